import { emptyDraft } from '../../../records/change.ts'
import { copyWithin, type Within } from '../../../records/records.ts'
import { mirrorBasePrices } from '../../../modules/catalog/base-price.ts'
import { ids } from '../../../modules/catalog/numbers.ts'
import { price } from '../../../modules/catalog/price.ts'
import { ratio } from '../../../modules/catalog/ratio.ts'
import { parseDecimal } from '../../../schema/decimal.ts'
import { catalogWire } from '../../../schema/wire.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf, idsOf } from './draft-of.ts'

const STEP = 'prices'
const PRODUCT = itemKind(ids.product)
const PRICE_TYPE = itemKind(ids.priceType)

/** Prices of products by their types, and the units in which they are sold. Needs the scope `catalog`. */
export const prices: Step = {
  name: STEP,
  after: ['products'],
  async count(source) {
    try {
      return await source.total('catalog.price.list', { select: ['id'] })
    } catch (cause) {
      // Base prices come with the products then.
      if (cause instanceof Refused) return 0
      throw cause
    }
  },
  async run(clone) {
    try {
      await bringPrices(clone)
      await bringRatios(clone)
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
    }
  },
}

async function bringPrices(clone: Clone): Promise<void> {
  const pages = clone.source.pages(
    'catalog.price.list',
    {},
    { after: clone.state.cursorOf(STEP), idName: 'id', path: 'prices' },
  )
  for await (const { rows, cursor } of pages)
    await bring(clone, {
      at: { step: STEP, cursor },
      entity: price,
      rows,
      key: (row) => textOf(row.id),
      without: ['timestampX', 'priceScale'],
      async prepare(fresh) {
        const drafts = await draftsOf(clone, price, catalogWire, fresh, { without: ['id'] })
        const here = await idsOf(
          clone,
          clone.session,
          fresh.flatMap((row) => [
            { kind: PRODUCT, key: numberOf(row.productId) ?? 0 },
            { kind: PRICE_TYPE, key: numberOf(row.catalogGroupId) ?? 0 },
          ]),
        )
        return fresh.map((row, index): Ready | Left => {
          const productId = here(PRODUCT, numberOf(row.productId) ?? 0)
          const type = here(PRICE_TYPE, numberOf(row.catalogGroupId) ?? 0)
          if (productId === undefined || type === undefined) return { row, why: 'its product has not come' }
          const draft = drafts[index] ?? emptyDraft()
          draft.values.set('productId', productId)
          draft.values.set('catalogGroupId', type)
          return { row, draft, beside: ({ tx }) => mirrorBasePrices(tx, productId) }
        })
      },
    })
  await removeGone(clone, STEP, price)
}

async function bringRatios(clone: Clone): Promise<void> {
  const part = 'ratios'
  if (clone.state.isDone(STEP, part)) return
  const pages = clone.source.pages(
    'catalog.ratio.list',
    {},
    { after: clone.state.cursorOf(STEP, part), idName: 'id', path: 'ratios' },
  )
  for await (const { rows, cursor } of pages)
    await bring(clone, {
      at: { step: STEP, part, cursor },
      entity: ratio,
      rows,
      key: (row) => textOf(row.id),
      async prepare(fresh) {
        const drafts = await draftsOf(clone, ratio, catalogWire, fresh, { without: ['id'] })
        const here = await idsOf(
          clone,
          clone.session,
          fresh.map((row) => ({ kind: PRODUCT, key: numberOf(row.productId) ?? 0 })),
        )
        return fresh.map((row, index): Ready | Left => {
          const productId = here(PRODUCT, numberOf(row.productId) ?? 0)
          if (productId === undefined) return { row, why: 'its product has not come' }
          const draft = drafts[index] ?? emptyDraft()
          draft.values.set('productId', productId)
          return { row, draft }
        })
      },
    })
  await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
  await removeGone(clone, STEP, ratio)
}

/** The price that a product of the CRM tells itself, as one of the base type. */
export async function bringBasePrice(within: Within, productId: number, row: Row): Promise<void> {
  const { tx } = within
  const units = parseDecimal(textOf(row.PRICE), 2)
  const [type] = await tx.find<{ id: number }>(sql`select id from crm_price_type where base = 'Y' order by id`)
  if (type === undefined) return
  const [known] = await tx.find<{ id: number }>(
    sql`select id from crm_product_price where product_id = ${productId} and catalog_group_id = ${type.id} order by id`,
  )
  if (units === undefined || textOf(row.PRICE) === '') return
  const draft = emptyDraft()
  const currency = textOf(row.CURRENCY_ID)
  for (const [name, value] of [
    ['productId', productId],
    ['catalogGroupId', type.id],
    ['price', Number(units)],
    ['currency', currency],
    ['priceScale', Number(units)],
    ['timestampX', Math.floor(within.now)],
  ] as const)
    draft.values.set(name, value)
  await copyWithin(within, price, known?.id ?? (await tx.nextId(entityTable(price))), draft)
}
