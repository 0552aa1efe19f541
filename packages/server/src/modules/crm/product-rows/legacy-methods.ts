import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { describeFields } from '../../../methods/describe.ts'
import { ApiError, type ErrorStyle, inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, listOfInput, mapOf, method, type Method, take } from '../../../methods/method.ts'
import { requireReader } from '../../../records/administration.ts'
import { Failure } from '../../../records/failure.ts'
import { ownedCondition } from '../../../records/owned.ts'
import * as records from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { decimalToNumberText, formatDecimal } from '../../../schema/decimal.ts'
import { codeOfEntityType, entityTypeIdOfCode } from '../../../schema/entity-types.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { productsOf } from './catalogue.ts'
import { readRow } from './given.ts'
import { idOf, ownerOf } from './owner.ts'
import { productRow, type Row, rowOf } from './row.ts'
import { replaceRows } from './rows.ts'
import { rowsOf } from './stored-rows.ts'

const common = { scope: 'crm', style: 'legacy' } as const
const number = (units: number | null): number | null => (units === null ? null : Number(decimalToNumberText(units, 4)))

/** UPPER_CASE rows, in the order of the pages: ids are texts, amounts are numbers (crm-deal-productrows-get.md). */
async function legacyRows(call: Call, rows: readonly Row[], accountDecimals: number): Promise<object[]> {
  const products = await productsOf(
    call.session,
    rows.map(({ productId }) => productId),
  )
  return rows.map((row) => {
    const product = products.get(row.productId)
    return {
      ID: String(row.id),
      OWNER_ID: String(row.ownerId),
      OWNER_TYPE: row.ownerType,
      PRODUCT_ID: row.productId,
      PRODUCT_NAME: row.productName,
      ORIGINAL_PRODUCT_NAME: product?.name ?? row.productName,
      PRODUCT_DESCRIPTION: row.productDescription ?? product?.description ?? null,
      PRICE: number(row.price),
      PRICE_EXCLUSIVE: number(row.priceExclusive),
      PRICE_NETTO: number(row.priceNetto),
      PRICE_BRUTTO: number(row.priceBrutto),
      PRICE_ACCOUNT: formatDecimal(BigInt(row.priceAccount) * 10_000n, 8).slice(0, accountDecimals - 8 || undefined),
      QUANTITY: number(row.quantity),
      DISCOUNT_TYPE_ID: row.discountTypeId,
      DISCOUNT_RATE: number(row.discountRate),
      DISCOUNT_SUM: number(row.discountSum),
      TAX_RATE: number(row.taxRate),
      TAX_INCLUDED: row.taxIncluded,
      CUSTOMIZED: row.customized,
      MEASURE_CODE: row.measureCode,
      MEASURE_NAME: row.measureName,
      SORT: row.sort,
      XML_ID: row.xmlId,
      TYPE: row.type,
      STORE_ID: null,
      RESERVE_ID: null,
      DATE_RESERVE_END: null,
      RESERVE_QUANTITY: null,
    }
  })
}

/** How a family's pages differ. */
export interface RowWords {
  readonly accessDenied: string
  readonly notFound: string
  readonly idInvalid: string
  readonly rowsInvalid: string
  /** Digits behind the point of PRICE_ACCOUNT. */
  readonly accountDecimals: number
}

function requireId(input: unknown, text: string): number {
  const id = idOf(input)
  if (id === undefined) throw legacyError(text)
  return id
}

/** `crm.deal.productrows.{get,set}` and its siblings. */
export function productRows(prefix: string, declared: Entity, words: RowWords): Method[] {
  const style: ErrorStyle = {
    ...legacyStyle,
    accessDenied: () => legacyError(words.accessDenied),
    notFound: () => legacyError(words.notFound),
    rule: (text) => new ApiError('ERROR_CORE', 400, text),
  }
  return [
    method({
      ...common,
      name: `${prefix}.productrows.get`,
      params: { id: take.any },
      run: ({ id }, call) =>
        inStyle(style, 'read', async () => {
          const own = requireId(id, words.idInvalid)
          const entity = await call.portal.entities.get(call.session, declared.entityTypeId)
          await records.requireRecord(call, call.session, entity, own, 'read')
          return legacyRows(call, await rowsOf(call.session, ownerOf(entity, own)), words.accountDecimals)
        }),
    }),
    method({
      ...common,
      name: `${prefix}.productrows.set`,
      params: { id: take.any, rows: take.any },
      run: ({ id, rows }, call) =>
        inStyle(style, 'write', async () => {
          const own = requireId(id, words.idInvalid)
          if (typeof rows !== 'object' || rows === null) throw legacyError(words.rowsInvalid)
          const entity = await call.portal.entities.get(call.session, declared.entityTypeId)
          await records.requireRecord(call, call.session, entity, own, 'update')
          const said = listOfInput(rows).map((each) => {
            if (typeof each !== 'object' || each === null) throw legacyError(words.rowsInvalid)
            return readRow(mapOf(each), legacyWire, call.portal.zone)
          })
          await call.session.transaction(async (tx) => {
            await records.locked(tx, entity, own)
            await replaceRows({ ...call, tx }, ownerOf(entity, own), said)
          })
          return true
        }),
    }),
  ]
}

/** The rows of an item that a filter names, or of all items that the caller may read. */
async function readable(call: Call, filter: unknown): Promise<void> {
  const given = isMap(filter) ? filter : {}
  const type = given.OWNER_TYPE ?? given['=OWNER_TYPE']
  const entityTypeId = typeof type === 'string' ? entityTypeIdOfCode(type) : undefined
  const entity = entityTypeId === undefined ? undefined : await call.portal.entities.find(call.session, entityTypeId)
  const id = idOf(given.OWNER_ID ?? given['=OWNER_ID'])
  if (entity !== undefined && id !== undefined) return records.requireRecord(call, call.session, entity, id, 'read')
  // Without an owner, the rows of everybody's items: for those who may read all of them.
  for (const each of await call.portal.entities.all(call.session))
    if (!(await call.portal.access.reach(call, each, 'read')).all) throw new Failure({ why: 'access-denied' })
}

/** What the filter finds among the rows of items that the caller may read, whatever logic it has. */
async function shown(call: Call, filter: unknown): Promise<Test> {
  const place = { table: productRow.table, id: 'id', type: 'owner_type', record: 'owner_id', code: codeOfEntityType }
  const tests = [
    readFilter(productRow, legacyWire, filter, { zone: call.portal.zone }),
    await ownedCondition(call, place),
  ]
  return and(tests.filter((test) => test !== undefined))
}

/** What of a row is asked for; all of it where nothing that it has is named. Its id is always there. */
function selected(row: object, select: readonly unknown[] | undefined): object {
  const names = new Set((select ?? []).map((name) => (typeof name === 'string' ? name.toUpperCase() : '')))
  const chosen = Object.entries(row).filter(([name]) => names.has(name))
  const id = Object.entries(row).slice(0, 1)
  return names.has('*') || chosen.length === 0 ? row : Object.fromEntries([...id, ...chosen])
}

/** Outdated, still used (api-reference/crm/outdated/productrow-old/index.md). */
export const productRowMethods: readonly Method[] = [
  method({
    ...common,
    name: 'crm.productrow.fields',
    params: {},
    run: (_none, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        return describeFields(productRow, legacyWire)
      }),
  }),
  method({
    ...common,
    name: 'crm.productrow.list',
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: ({ select, filter, order, start }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await readable(call, filter)
        const page = await records.list(call, productRow, {
          fields: productRow.columns,
          test: await shown(call, filter),
          order: readOrder(productRow, legacyWire, order),
          start,
        })
        const rows = await legacyRows(call, page.rows.map(rowOf), 8)
        return new Listing(
          rows.map((row) => selected(row, select)),
          page.total,
          page.next,
        )
      }),
  }),
]
