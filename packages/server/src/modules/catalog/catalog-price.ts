import { CatalogCrud, requireNamed } from '../../methods/families/catalog-crud.ts'
import { usualDenied } from '../../methods/families/catalog-style.ts'
import { readDraft } from '../../methods/draft.ts'
import { type Call, isMap, listOfInput, type Map, method, need } from '../../methods/method.ts'
import { encodeRow, itemSelection } from '../../methods/rows.ts'
import type { Draft } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import * as records from '../../records/records.ts'
import { checkReferences } from '../../records/references.ts'
import type { Entity } from '../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank } from '../../schema/kind.ts'
import { catalogWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import { ids } from './numbers.ts'
import { ONE_PRICE } from './price.ts'
import { product } from './product.ts'

const required = ['productId', 'catalogGroupId', 'price', 'currency']

const prices = new CatalogCrud({
  prefix: 'catalog.price',
  entityTypeId: ids.price,
  one: 'price',
  many: 'prices',
  readersOf: ids.product,
  writersOf: ids.product,
  owner: { field: 'productId', entity: product },
  required,
  demanded: ['price', 'currency'],
  // Shown in lists and after changes of several (catalog-price-modify.md).
  unshown: new Set(['priceScale']),
  words: { other: 0, denied: usualDenied, notFound: ['', 'Price does not exist'] },
})

interface Wanted {
  readonly id: number | undefined
  readonly draft: Draft
}

const textOf = (type: unknown): string => (typeof type === 'number' || typeof type === 'string' ? String(type) : '')

function idOf(input: unknown): number | undefined {
  try {
    return isBlank(input) || input === 0 || input === '0' ? undefined : integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) throw new Failure({ why: 'rule', text: 'Wrong format of field id' })
    throw cause
  }
}

/** The prices that a product is to have, read and checked before anything is written. */
async function wantedPrices(call: Call, of: Entity, productId: number, given: readonly unknown[]): Promise<Wanted[]> {
  const wanted: Wanted[] = []
  const types = new Set<string>()
  for (const each of given) {
    const fields: Map = isMap(each) ? each : {}
    requireNamed(of, { ...fields, productId }, required, true)
    const type = textOf(fields.catalogGroupId)
    const isRange = !isBlank(fields.quantityFrom) || !isBlank(fields.quantityTo)
    if (types.has(type) && !isRange) throw new Failure({ why: 'rule', text: ONE_PRICE })
    types.add(type)
    const draft = await readDraft(call, of, catalogWire, { ...fields, productId }, { isNew: true, strict: false })
    await checkReferences(call, of, draft, 'refuse')
    wanted.push({ id: idOf(fields.id), draft })
  }
  return wanted
}

/** Makes the prices of a product be these: those with an id change, others are new, and the rest goes. */
async function modify(call: Call, of: Entity, fields: Map): Promise<unknown> {
  const given = isMap(fields.product) ? fields.product : {}
  const rule = (text: string): never => {
    throw new Failure({ why: 'rule', text })
  }
  const productId = idOf(given.id) ?? rule('Required fields: product')
  if (given.prices === undefined) rule('Required fields: prices')
  const wanted = await wantedPrices(call, of, productId, listOfInput(given.prices))
  await call.session.transaction(async (tx) => {
    const within = { ...call, tx }
    const rows = await tx.find<{ id: number }>(
      sql`select id from crm_product_price where product_id = ${productId} order by id`,
    )
    const known = new Set(rows.map(({ id }) => id))
    const stay = new Set(wanted.map(({ id }) => id))
    for (const { id } of rows) if (!stay.has(id)) await records.removeWithin(within, of, id)
    for (const { id, draft } of wanted) {
      if (id === undefined) await records.createWithin(within, of, draft)
      else if (known.has(id)) {
        draft.values.delete('productId')
        await records.updateWithin(within, of, id, draft)
      } else throw new Failure({ why: 'not-found' })
    }
  })
  const shown = itemSelection(of, catalogWire, undefined)
  const page = await records.list(call, of, {
    fields: shown,
    test: { is: 'compare', field: of.field('productId'), op: 'eq', values: [productId] },
    order: [],
    start: -1,
  })
  return { prices: page.rows.map((row) => encodeRow(row, shown, catalogWire, call.encode)) }
}

/** Prices by type (api-reference/catalog/price/index.md). */
export default [
  ...prices.methods(),
  method({
    name: 'catalog.price.modify',
    scope: 'catalog',
    params: { fields: need.map },
    run: ({ fields }, call) =>
      prices.run(call, 'update', async (of) => {
        const { product: given } = fields
        const id = isMap(given) ? idOf(given.id) : undefined
        if (id !== undefined) await records.requireRecord(call, call.session, product, id, 'update')
        return modify(call, of, fields)
      }),
  }),
]
