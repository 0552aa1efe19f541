import { emptyDraft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import { mirrorBasePrices } from '../../../modules/catalog/base-price.ts'
import { ids } from '../../../modules/catalog/numbers.ts'

import { product } from '../../../modules/catalog/product.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { catalogWire, legacyWire, type Wire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { isRow, numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf } from './draft-of.ts'
import { fetchFiles, linksOf } from './files.ts'
import { bringBasePrice } from './prices.ts'

const STEP = 'products'
const CATALOG = itemKind(ids.catalog)
const PROPERTY = itemKind(ids.property)

/** The four sorts of products, in the order in which they refer to each other: variations name their product. */
const sorts = [
  { method: 'catalog.product.list', path: 'products' },
  { method: 'catalog.product.service.list', path: 'services' },
  { method: 'catalog.product.sku.list', path: 'units' },
  { method: 'catalog.product.offer.list', path: 'offers' },
] as const

/** Products, services and variations with their pictures and the values of their properties. */
export const products: Step = {
  name: STEP,
  after: ['sections'],
  count: (source) => source.total('crm.product.list', { select: ['ID'] }),
  async run(clone) {
    const entity = await clone.target.portal.entities.get(clone.session, product.entityTypeId)
    try {
      for (const catalog of (await clone.state.all(clone.session, CATALOG)).keys())
        for (const sort of sorts) await bringSort(clone, entity, Number(catalog), sort)
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      // Without the scope `catalog`, as the CRM knows them.
      await bringPlain(clone, entity)
    }
    await removeGone(clone, STEP, entity)
  },
}

async function bringSort(
  clone: Clone,
  entity: Entity,
  catalog: number,
  { method, path }: (typeof sorts)[number],
): Promise<void> {
  const { state, session, source } = clone
  const part = `${path} of ${catalog}`
  if (state.isDone(STEP, part)) return
  const properties = new Map([...(await state.all(session, PROPERTY))].map(([there, here]) => [here, there]))
  // Properties are told under their numbers there.
  const names = new Map<string, string>()
  for (const field of entity.fields) {
    const key = catalogWire.key(field)
    if (key === undefined || field.kind.type.item === '') continue
    const own = /^property(\d+)$/.exec(key)?.[1]
    const there = own === undefined ? key : `property${properties.get(Number(own)) ?? ''}`
    if (there !== 'property') names.set(there, key)
  }
  const select = [...names.keys()].filter((name) => !UNASKED.has(name))
  const pages = source.pages(
    method,
    { select, filter: { iblockId: catalog } },
    { after: state.cursorOf(STEP, part), idName: 'id', path },
  )
  for await (const { rows, cursor } of pages)
    await bringPage(clone, entity, catalogWire, { part, cursor }, rows, (row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([key, value]) => {
          const name = names.get(key)
          return name === undefined ? [] : [[name, value]]
        }),
      ),
    )
  await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
}

/** Worked out, or told by every portal without being asked. */
const UNASKED = new Set(['bundle'])

async function bringPlain(clone: Clone, entity: Entity): Promise<void> {
  const part = 'plain'
  if (clone.state.isDone(STEP, part)) return
  const properties = await clone.state.all(clone.session, PROPERTY)
  const params = { select: ['*', 'PROPERTY_*'] }
  const pages = clone.source.pages('crm.product.list', params, { after: clone.state.cursorOf(STEP, part) })
  for await (const { rows, cursor } of pages)
    await bringPage(clone, entity, legacyWire, { part, cursor }, rows, (row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([key, value]) => {
          const there = /^PROPERTY_(\d+)$/.exec(key)?.[1]
          if (there === undefined) return [[key, value]]
          const own = properties.get(there)
          return own === undefined ? [] : [[`PROPERTY_${own}`, value]]
        }),
      ),
    )
  await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
}

async function bringPage(
  clone: Clone,
  entity: Entity,
  wire: Wire,
  { part, cursor }: { part: string; cursor: string },
  rows: readonly Row[],
  named: (row: Row) => Row,
): Promise<void> {
  const catalogs = await clone.state.all(clone.session, CATALOG)
  const plain = wire === legacyWire
  await bring(clone, {
    at: { step: STEP, part, cursor },
    entity,
    rows,
    key: (row) => textOf(row.id ?? row.ID),
    // The prices have a step of their own, and values no numbers that last.
    without: ['valueId', 'timestampX', 'TIMESTAMP_X'],
    async prepare(fresh) {
      const here = fresh.map(named)
      const drafts = await draftsOf(clone, entity, wire, here, { without: ['id', 'price', 'currencyId'] })
      const ready: (Ready | Left)[] = []
      for (const [index, row] of fresh.entries()) {
        const draft = drafts[index] ?? emptyDraft()
        const { values } = draft
        const catalog = catalogs.get(textOf(row.iblockId ?? row.CATALOG_ID))
        if (catalog === undefined) {
          ready.push({ row, why: 'its catalogue has not come' })
          continue
        }
        values.set('iblockId', catalog)
        for (const [name, value] of presets) if ((values.get(name) ?? null) === null) values.set(name, value)
        // Variations have properties of their own, and so have products.
        for (const { name, only } of entity.fields) if (only !== undefined && only !== catalog) draft.lists.delete(name)
        const lost = await files(clone, entity, wire, here[index] ?? {}, draft)
        ready.push({
          row,
          draft,
          lost,
          by: numberOf(values.get('createdBy')),
          at: numberOf(values.get('dateCreate')),
          first: (within, id) => removeFiles(within, entity, id),
          beside: async (within, id) => {
            if (plain) await bringBasePrice(within, id, row)
            await mirrorBasePrices(within.tx, id)
          },
        })
      }
      return ready
    },
  })
}

const presets = [
  ['active', 'Y'],
  ['available', 'Y'],
  ['type', 1],
  ['sort', 500],
  ['vatIncluded', 'N'],
  ['barcodeMulti', 'N'],
  ['canBuyZero', 'N'],
  ['quantityTrace', 'D'],
  ['negativeAmountTrace', 'D'],
  ['subscribe', 'D'],
  ['priceType', 'S'],
  ['recurSchemeLength', 0],
  ['recurSchemeType', 'D'],
  ['withoutOrder', 'N'],
] as const

const holdsFile = ({ kind }: Field): boolean => kind.holdsFile === true

/** Pictures and files of properties. */
async function files(clone: Clone, entity: Entity, wire: Wire, row: Row, draft: Ready['draft']): Promise<string[]> {
  const lost: string[] = []
  for (const [key, value] of Object.entries(row)) {
    const field = wire.find(entity, key)
    if (field === undefined || !holdsFile(field)) continue
    const each = Array.isArray(value) ? value : [value]
    const shown = each.map((one: unknown) => (isRow(one) && 'value' in one ? one.value : one))
    const saved = await fetchFiles(clone, linksOf(shown, `product ${textOf(row.id ?? row.ID)}, ${field.title}`), (of) =>
      lost.push(of),
    )
    if (field.place.in === 'values') draft.lists.set(field.name, saved)
    else draft.values.set(field.name, saved[0] ?? null)
  }
  return lost
}

/** The files of properties, which are kept until they are removed: those of a product that comes again. */
async function removeFiles({ tx, portal }: Within, entity: Entity, id: number): Promise<void> {
  const names = entity.fields
    .filter((field) => holdsFile(field) && field.place.in === 'values')
    .map(({ upper }) => upper)
  if (names.length === 0) return
  const mine = sql`entity_type_id = ${entity.entityTypeId} and record_id = ${id} and field in (${sql.join(names)})`
  const rows = await tx.find<{ id: number }>(sql`select integer_value as id from field_value where ${mine}`)
  await portal.files.remove(
    tx,
    rows.map((row) => row.id),
  )
  await tx.change(sql`delete from field_value where ${mine}`)
}
