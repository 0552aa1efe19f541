import { describeFields } from '../../methods/describe.ts'
import { inStyle, legacyError, legacyStyle } from '../../methods/errors.ts'
import { type Call, isMap, method, take } from '../../methods/method.ts'
import { smallTable } from '../../methods/small-table.ts'
import { administer, announceSetting, requireReader } from '../../records/administration.ts'
import { field } from '../../schema/entity.ts'
import { InvalidValue } from '../../schema/kind.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import type { CurrencyLocalization } from './defaults/currencies.ts'
import * as rows from './currency-rows.ts'

const scope = 'crm'
const style = 'legacy'

/** api-reference/crm/currency/localizations/crm-currency-localizations-fields.md */
const description = smallTable('crm_currency_localization', 'Currency localization', {
  fullName: field(string, 'Name'),
  formatString: field(string, 'Currency output format string'),
  decPoint: field(string, 'Decimal point for output'),
  thousandsVariant: field(string, 'Thousands separator for output'),
  thousandsSep: field(string, 'Custom thousands separator for output'),
  decimals: field({ ...integer, type: { legacy: 'int', item: 'int' } }, 'Number of decimal places'),
  hideZero: field(flag, 'Do not show insignificant zeros'),
})

async function currencyOf(reader: Reader, id: unknown): Promise<string> {
  const code = rows.currencyCode(id)
  if (code === undefined || (await rows.findCurrency(reader, code)) === undefined)
    throw legacyError('The parameter id is invalid or not defined.')
  return code
}

async function set(id: unknown, localizations: unknown, call: Call): Promise<boolean> {
  return administer(call, ['directories'], async (tx) => {
    const code = await currencyOf(tx, id)
    const known = (await rows.localizationsOf(tx, code)).get(code)
    const given = rows.readLocalizations(isMap(localizations) ? localizations : {}, code, known)
    const text = (local: CurrencyLocalization): string => JSON.stringify(rows.encodeLocalization(local))
    const isChanged = ([lang, local]: readonly [string, CurrencyLocalization]): boolean => {
      const old = known?.get(lang)
      return old === undefined || text(old) !== text(local)
    }
    if (![...given].some(isChanged)) return false
    await rows.writeLocalizations(tx, code, given)
    await rows.markChanged(call, tx, code)
    await announceSetting(call, tx, 'ONCRMCURRENCYUPDATE', code)
    return true
  })
}

async function remove(id: unknown, lids: readonly unknown[], call: Call): Promise<boolean> {
  return administer(call, ['directories'], async (tx) => {
    const code = await currencyOf(tx, id)
    let removed = 0
    for (const lang of lids)
      if (typeof lang === 'string')
        removed += await tx.change(
          sql`delete from crm_currency_localization where currency = ${code} and lang = ${lang.toLowerCase()}`,
        )
    if (removed === 0) return false
    await rows.markChanged(call, tx, code)
    await announceSetting(call, tx, 'ONCRMCURRENCYUPDATE', code)
    return true
  })
}

export default [
  method({
    name: 'crm.currency.localizations.fields',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        return describeFields(description, legacyWire)
      }),
  }),
  method({
    name: 'crm.currency.localizations.get',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        const code = await currencyOf(call.session, id)
        return rows.encodeLocalizations((await rows.localizationsOf(call.session, code)).get(code))
      }),
  }),
  method({
    name: 'crm.currency.localizations.set',
    scope,
    style,
    params: { id: take.any, localizations: take.any },
    run: ({ id, localizations }, call) =>
      inStyle(legacyStyle, 'write', async () => {
        try {
          return await set(id, localizations, call)
        } catch (cause) {
          throw cause instanceof InvalidValue ? legacyError(cause.reason) : cause
        }
      }),
  }),
  method({
    name: 'crm.currency.localizations.delete',
    scope,
    style,
    params: { id: take.any, lids: take.list },
    run: ({ id, lids }, call) => inStyle(legacyStyle, 'write', () => remove(id, lids ?? [], call)),
  }),
]
