import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call, portal } from '../../api/portal.ts'

/** A currency as `crm.currency.list` tells it. */
export interface Currency {
  readonly CURRENCY: string
  readonly AMOUNT_CNT: string
  readonly AMOUNT: string
  readonly SORT: string
  readonly BASE: 'Y' | 'N'
  readonly FULL_NAME: string
  readonly FORMAT_STRING: string
  readonly DEC_POINT: string
  readonly THOUSANDS_SEP: string | null
  readonly DECIMALS: string
}

/** How amounts of a currency are written in a language. */
export interface Localization {
  readonly FULL_NAME: string
  /** `# €`: the sign stands for the number. */
  readonly FORMAT_STRING: string
  readonly DEC_POINT: string
  readonly THOUSANDS_VARIANT: string | null
  readonly THOUSANDS_SEP: string | null
  readonly DECIMALS: string | number
  readonly HIDE_ZERO: 'Y' | 'N'
}

export const currenciesKey = ['currencies'] as const

export const useCurrencies = (): UseQueryReturnType<readonly Currency[], Error> =>
  useQuery({
    queryKey: [...currenciesKey, 'all'],
    queryFn: ({ signal }): Promise<readonly Currency[]> =>
      call('crm.currency.list', { order: { sort: 'ASC' } }, signal),
  })

export const localizationsOf = (id: string): Promise<Readonly<Record<string, Localization>> | readonly []> =>
  call('crm.currency.localizations.get', { id })

/** The signs between thousands, by the names that the portal has for them. */
export const variants: Readonly<Record<string, string>> = { N: '', D: '.', C: ',', S: ' ', B: '\u00a0' }

/** An amount as it would be written. */
export function written(amount: number, local: Localization): string {
  const digits = Math.min(Math.max(Number(local.DECIMALS) || 0, 0), 8)
  const isWhole = local.HIDE_ZERO === 'Y' && Number.isInteger(amount)
  const [whole = '0', part = ''] = amount.toFixed(isWhole ? 0 : digits).split('.')
  const between = variants[local.THOUSANDS_VARIANT ?? ''] ?? local.THOUSANDS_SEP ?? ','
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, between)
  return local.FORMAT_STRING.replace('#', part === '' ? grouped : `${grouped}${local.DEC_POINT}${part}`).replaceAll(
    '&nbsp;',
    '\u00a0',
  )
}

/** Saves a currency and how it is written. */
export async function saveCurrency(
  id: string,
  fields: object,
  localizations: Readonly<Record<string, object>>,
  isNew: boolean,
): Promise<void> {
  if (isNew) await portal.call('crm.currency.add' as never, { fields: { CURRENCY: id, ...fields } } as never)
  else await call('crm.currency.update', { id, fields })
  await call('crm.currency.localizations.set', { id, localizations })
}
