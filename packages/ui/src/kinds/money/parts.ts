import { money } from '../../model/format.ts'
import { isEmpty, type Row } from '../kind.ts'

/** A custom field's money: `"300|USD"`. */
export function partsOf(value: unknown): { sum: string; currencyId: string } {
  const [sum = '', currencyId = ''] = String(value ?? '').split('|')
  return { sum, currencyId }
}

export function moneyText(value: unknown): string {
  if (isEmpty(value)) return ''
  const { sum, currencyId } = partsOf(value)
  return money(Number(sum), currencyId)
}

/** An amount in its record's currency. */
export const amountText = (value: unknown, row: Row | undefined): string =>
  isEmpty(value) ? '' : money(Number(value), row?.currencyId as string | undefined)
