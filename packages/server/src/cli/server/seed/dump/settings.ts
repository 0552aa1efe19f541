import { crmModes } from '../portal-settings.ts'
import { literally } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { mapOf, type Row, same, textOf } from './look.ts'

/** What is a setting of the portal itself. */
export function dumpPortal(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  const add = (entity: string, value: unknown): void =>
    dumping.add({ section: 'portal', entity, name: `portal.${entity}`, fields: { value } })
  if (state.crmMode !== fresh.state.crmMode)
    add('crmMode', Object.entries(crmModes).find(([, mode]) => mode === state.crmMode)?.[0])
  if (state.baseCurrency === fresh.state.baseCurrency) return
  const named = names.find('currencies', state.baseCurrency)
  add('baseCurrency', named === undefined ? state.baseCurrency : `@${named.name}`)
}

/** A currency is called what its code is. */
export function dumpCurrencies(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  const before = new Map(fresh.state.currencies.map((row) => [textOf(row.CURRENCY), row]))
  for (const row of state.currencies) {
    const code = textOf(row.CURRENCY)
    const known = before.get(code)
    before.delete(code)
    const fields = currencyFields(row, known)
    if (known !== undefined && Object.keys(fields).length === 0) continue
    names.fix('currencies', code, code)
    dumping.add({ section: 'currencies', entity: '', name: code, fields })
  }
  for (const code of before.keys())
    dumping.add({ section: 'currencies', entity: '', name: code, fields: {}, absent: true })
}

function currencyFields(row: Row, known: Row | undefined): Row {
  const number = (key: string): Row => (row[key] === known?.[key] ? {} : { [key]: Number(row[key]) })
  return {
    ...number('AMOUNT_CNT'),
    ...number('AMOUNT'),
    ...number('SORT'),
    ...(same(row.LANG, known?.LANG) ? {} : { LANG: literally(localizations(mapOf(row.LANG), mapOf(known?.LANG))) }),
  }
}

/** In each language what is said otherwise there; a separator is said by its kind, unless it is one of one's own. */
function localizations(languages: Row, known: Row): Row {
  const found: Record<string, Row> = {}
  for (const [language, given] of Object.entries(languages)) {
    if (same(given, known[language])) continue
    const { THOUSANDS_VARIANT: variant, THOUSANDS_SEP: separator, ...rest } = mapOf(given)
    found[language] = { ...rest, ...(variant ? { THOUSANDS_VARIANT: variant } : { THOUSANDS_SEP: separator ?? '' }) }
  }
  return found
}
