import { describeFields } from '../../methods/describe.ts'
import { ApiError, inStyle, legacyError, legacyStyle } from '../../methods/errors.ts'
import { type Call, isMap, Listing, type Map, method, need, take } from '../../methods/method.ts'
import { encodeSmallRow, sift, smallTable, type SmallRow } from '../../methods/small-table.ts'
import { administer, announceSetting, requireReader } from '../../records/administration.ts'
import { formatDecimal, parseDecimal } from '../../schema/decimal.ts'
import { field } from '../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Kind, yesNo } from '../../schema/kind.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { currency } from '../../store/tables.ts'
import { defaultLocalization } from './defaults/currencies.ts'
import * as rows from './currency-rows.ts'

const scope = 'crm'
const CACHES = ['directories']
const RATE_SCALE = 4
const DEFAULT_SORT = 100

const named = (kind: Kind, legacy: string): Kind => ({ ...kind, type: { legacy, item: legacy } })
const int = named(integer, 'int')
/** Rates are texts of four decimals, and are put in order as the numbers they are. */
const rate: Kind = { ...named(string, 'double'), column: 'real' }
const readOnly = { readOnly: true }

/** api-reference/crm/currency/crm-currency-fields.md */
const description = smallTable('crm_currency', 'Currency', {
  currency: field(string, 'Currency'),
  amountCnt: field(int, 'Face value'),
  amount: field(rate, 'Exchange rate'),
  base: field(flag, 'Base currency', readOnly),
  sort: field(int, 'Sorting'),
  dateUpdate: field(datetime, 'Date modified', readOnly),
  lid: field(string, 'Website', readOnly),
  formatString: field(string, 'Currency output format string', readOnly),
  fullName: field(string, 'Name', readOnly),
  decPoint: field(string, 'Decimal point for output', readOnly),
  thousandsSep: field(string, 'Custom thousands separator for output', readOnly),
  decimals: field(int, 'Number of decimal places', readOnly),
  lang: field(named(string, 'currency_localization'), 'Language binding', {
    multiple: true,
    place: { in: 'nowhere', value: null },
  }),
})

/** Rows have an order of their own, which is not that of the description (crm-currency-list.md). */
const shown = [
  'currency',
  'amountCnt',
  'amount',
  'sort',
  'base',
  'fullName',
  'lid',
  'formatString',
  'decPoint',
  'thousandsSep',
  'decimals',
  'dateUpdate',
]

/** A currency with the localization of the portal's language. */
function smallRow(row: rows.CurrencyRow, languages: rows.Localizations | undefined, language: string): SmallRow {
  const local =
    languages?.get(language) ??
    languages?.get('en') ??
    [...(languages?.values() ?? [])][0] ??
    defaultLocalization(row.currency)
  return {
    currency: row.currency,
    amountCnt: row.amount_cnt,
    amount: row.amount,
    sort: row.sort,
    base: row.base,
    fullName: local.fullName,
    lid: language,
    formatString: local.formatString,
    decPoint: local.decPoint,
    thousandsSep: local.thousandsSep,
    decimals: local.decimals,
    dateUpdate: row.date_update,
  }
}

/** Reads values, or refuses with the code under which the documentation has "other errors". */
function reading<T>(code: 'ERROR_CORE' | 'ERROR_CODE', read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof InvalidValue ? new ApiError(code, 400, cause.reason) : cause
  }
}

function rateOf(input: unknown): string {
  const units = parseDecimal(input, RATE_SCALE)
  if (units === undefined || units < 0n) throw new InvalidValue('AMOUNT must be a number')
  return formatDecimal(units, RATE_SCALE)
}

function countOf(input: unknown): number {
  const count = integerOf(input)
  if (count <= 0) throw new InvalidValue('AMOUNT_CNT must be a positive number')
  return count
}

const upperKeys = (fields: Map): Map =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.toUpperCase(), value]))

async function add(given: Map, call: Call): Promise<string> {
  const fields = upperKeys(given)
  const code = await administer(call, CACHES, async (tx) => {
    for (const name of ['CURRENCY', 'AMOUNT_CNT', 'AMOUNT'])
      if (isBlank(fields[name])) throw new ApiError('ERROR_CORE', 400, `Undefined array key "${name}"`)
    const code = rows.currencyCode(fields.CURRENCY)
    if (code === undefined) throw new ApiError('ERROR_CORE', 400, 'CURRENCY must be a code of three letters')
    if ((await rows.findCurrency(tx, code)) !== undefined)
      throw new ApiError('ERROR_CORE', 400, `Currency ${code} already exists.`)
    const read = reading('ERROR_CORE', () => ({
      amount: rateOf(fields.AMOUNT),
      amountCnt: countOf(fields.AMOUNT_CNT),
      sort: isBlank(fields.SORT) ? DEFAULT_SORT : integerOf(fields.SORT),
      languages: rows.readLocalizations(isMap(fields.LANG) ? fields.LANG : {}, code, undefined),
    }))
    const { languages } = read
    for (const lang of new Set(['en', call.portal.language]))
      if (!languages.has(lang)) languages.set(lang, defaultLocalization(code))
    tx.insert(currency, {
      currency: code,
      base: 'N',
      amount_cnt: read.amountCnt,
      amount: read.amount,
      sort: read.sort,
      date_update: Math.floor(call.now),
      current_base_rate: read.amount,
      created_by: call.person.id,
      modified_by: call.person.id,
      date_create: Math.floor(call.now),
    })
    await rows.writeLocalizations(tx, code, languages)
    if (yesNo(fields.BASE) === true) await rows.makeBase(tx, code)
    await announceSetting(call, tx, 'ONCRMCURRENCYADD', code)
    return code
  })
  return code
}

async function update(id: unknown, given: Map, call: Call): Promise<boolean> {
  const fields = upperKeys(given)
  return administer(call, CACHES, async (tx) => {
    const before = await required(tx, id)
    const code = before.currency
    const known = (await rows.localizationsOf(tx, code)).get(code)
    const after = reading('ERROR_CODE', () => ({
      amount: isBlank(fields.AMOUNT) ? before.amount : rateOf(fields.AMOUNT),
      amountCnt: isBlank(fields.AMOUNT_CNT) ? before.amount_cnt : countOf(fields.AMOUNT_CNT),
      sort: isBlank(fields.SORT) ? before.sort : integerOf(fields.SORT),
      languages: rows.readLocalizations(isMap(fields.LANG) ? fields.LANG : {}, code, known),
    }))
    await tx.change(
      sql`update crm_currency set amount = ${after.amount}, amount_cnt = ${after.amountCnt}, current_base_rate = ${after.amount}, sort = ${after.sort} where currency = ${code}`,
    )
    await rows.writeLocalizations(tx, code, after.languages)
    // The base stays the base until another one takes its place, and its rate is one.
    if (before.base === 'Y' || yesNo(fields.BASE) === true) await rows.makeBase(tx, code)
    await rows.markChanged(call, tx, code)
    await announceSetting(call, tx, 'ONCRMCURRENCYUPDATE', code)
    return true
  })
}

async function required(tx: Transaction, id: unknown): Promise<rows.CurrencyRow> {
  const code = rows.currencyCode(id)
  const row = code === undefined ? undefined : await rows.findCurrency(tx, code)
  if (row === undefined) throw legacyError('Not found')
  return row
}

async function remove(id: unknown, call: Call): Promise<boolean> {
  return administer(call, CACHES, async (tx) => {
    // An id that is no code is refused without a word (crm-currency-delete.md).
    if (rows.currencyCode(id) === undefined) throw legacyError('')
    const { currency: code, base } = await required(tx, id)
    if (base === 'Y') throw legacyError('Cannot delete base currency.')
    await tx.change(sql`delete from crm_currency_localization where currency = ${code}`)
    await tx.change(sql`delete from crm_currency where currency = ${code}`)
    await announceSetting(call, tx, 'ONCRMCURRENCYDELETE', code)
    return true
  })
}

async function setBase(id: unknown, call: Call): Promise<boolean> {
  return administer(call, CACHES, async (tx) => {
    const code = rows.currencyCode(id)
    const row = code === undefined ? undefined : await rows.findCurrency(tx, code)
    if (code === undefined || row === undefined) return false
    if (row.base === 'Y') return true
    await rows.makeBase(tx, code)
    await rows.markChanged(call, tx, code)
    await announceSetting(call, tx, 'ONCRMCURRENCYUPDATE', code)
    return true
  })
}

async function get(id: unknown, call: Call): Promise<unknown> {
  const code = rows.currencyCode(id)
  const row = code === undefined ? undefined : await rows.findCurrency(call.session, code)
  if (row === undefined) throw legacyError('Not found')
  const languages = (await rows.localizationsOf(call.session, row.currency)).get(row.currency)
  const encoded = encodeSmallRow(description, smallRow(row, languages, call.portal.language), legacyWire, call, shown)
  return { ...encoded, LANG: rows.encodeLocalizations(languages) }
}

async function list(order: unknown, call: Call): Promise<Listing> {
  const stored = await call.session.find<rows.CurrencyRow>(sql`select * from crm_currency order by sort, currency`)
  const languages = await rows.localizationsOf(call.session)
  const small = stored.map((row) => smallRow(row, languages.get(row.currency), call.portal.language))
  const sorted = sift(description, legacyWire, small, { order }, call)
  // The documented total is 0, whatever there is (crm-currency-list.md).
  return new Listing(
    sorted.map((row) => encodeSmallRow(description, row, legacyWire, call, shown)),
    0,
  )
}

const style = 'legacy'
const reader = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(legacyStyle, 'read', async () => {
    await requireReader(call)
    return body()
  })
const writer = <T>(body: () => Promise<T>): Promise<T> => inStyle(legacyStyle, 'write', body)

export default [
  method({
    name: 'crm.currency.add',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) => writer(() => add(fields, call)),
  }),
  method({
    name: 'crm.currency.update',
    scope,
    style,
    params: { id: take.any, fields: need.map },
    run: ({ id, fields }, call) => writer(() => update(id, fields, call)),
  }),
  method({
    name: 'crm.currency.get',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) => reader(call, () => get(id, call)),
  }),
  method({
    name: 'crm.currency.list',
    scope,
    style,
    params: { order: take.any },
    run: ({ order }, call) => reader(call, () => list(order, call)),
  }),
  method({
    name: 'crm.currency.delete',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) => writer(() => remove(id, call)),
  }),
  method({
    name: 'crm.currency.fields',
    scope,
    style,
    params: {},
    run: (_none, call) => reader(call, () => Promise.resolve(describeFields(description, legacyWire))),
  }),
  method({
    name: 'crm.currency.base.get',
    scope,
    style,
    params: {},
    run: (_none, call) => call.portal.directories.baseCurrency(call.session),
  }),
  method({
    name: 'crm.currency.base.set',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) => writer(() => setBase(id, call)),
  }),
]
