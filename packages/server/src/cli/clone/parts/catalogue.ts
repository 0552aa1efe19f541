import { emptyDraft } from '../../../records/change.ts'
import { catalogEntity } from '../../../modules/catalog/catalog.ts'
import { measure } from '../../../modules/catalog/measure.ts'
import { ids } from '../../../modules/catalog/numbers.ts'
import { priceType } from '../../../modules/catalog/price-type.ts'
import { product } from '../../../modules/catalog/product.ts'
import { property } from '../../../modules/catalog/property.ts'
import { vat } from '../../../modules/catalog/vat.ts'
import type { Entity } from '../../../schema/entity.ts'
import { catalogWire, legacyWire, type Wire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { flagOf, numberOf, textOf } from '../values.ts'
import { bring, type Ready } from './bring.ts'
import { clearDefaults, type Defaults, makesRoom } from './defaults.ts'
import { draftsOf, idsOf } from './draft-of.ts'

const STEP = 'catalogue'
const VARIATIONS = 'variations'
const CATALOG = itemKind(ids.catalog)
const PROPERTY = itemKind(ids.property)

/** One of the small lists that products refer to. */
interface List {
  readonly entityTypeId: number
  /** Where it is asked for: the first that the source answers. */
  readonly sources: readonly ListSource[]
  /** Rows that the target has from the start. */
  readonly defaults?: Omit<Defaults, 'entityTypeId' | 'unless'>
  /** What of a row is the same in two portals, as SQL columns here and of a row there. */
  readonly twin?: { readonly columns: readonly string[]; of(draft: Ready['draft']): readonly unknown[] }
}

interface ListSource {
  readonly method: string
  readonly wire: Wire
  readonly path?: string
  /** Rows that come inside of the rows. */
  readonly inner?: (row: Row) => readonly Row[]
}

const camel = (name: string, path: string): ListSource => ({ method: `catalog.${name}.list`, wire: catalogWire, path })
const valueOf =
  (name: string) =>
  (draft: Ready['draft']): unknown =>
    draft.values.get(name) ?? null
const like = (entity: Entity, ...names: string[]): List['twin'] => ({
  columns: names.map((name) => entity.columnOf(name)),
  of: (draft) => names.map((name) => valueOf(name)(draft)),
})

/** In the order in which they refer to each other. */
const lists: readonly List[] = [
  {
    entityTypeId: ids.vat,
    sources: [{ method: 'crm.vat.list', wire: legacyWire }],
    defaults: { tables: [vat.table] },
    twin: like(vat, 'name', 'rate'),
  },
  {
    entityTypeId: ids.measure,
    sources: [{ method: 'crm.measure.list', wire: legacyWire }],
    defaults: { tables: [measure.table] },
    twin: like(measure, 'code'),
  },
  {
    entityTypeId: ids.priceType,
    sources: [camel('priceType', 'priceTypes')],
    defaults: { tables: [priceType.table, 'crm_price_type_lang', 'crm_price_type_group'] },
    twin: like(priceType, 'base'),
  },
  { entityTypeId: ids.priceTypeLang, sources: [camel('priceTypeLang', 'priceTypeLangs')] },
  { entityTypeId: ids.priceTypeGroup, sources: [camel('priceTypeGroup', 'priceTypeGroups')] },
  { entityTypeId: ids.roundingRule, sources: [camel('roundingRule', 'roundingRules')] },
  { entityTypeId: ids.extra, sources: [camel('extra', 'extras')] },
  {
    entityTypeId: ids.catalog,
    sources: [camel('catalog', 'catalogs'), { method: 'crm.catalog.list', wire: legacyWire }],
    defaults: {
      tables: [
        catalogEntity.table,
        property.table,
        ...['enum', 'feature', 'section'].map((part) => `${property.table}_${part}`),
      ],
    },
    twin: like(catalogEntity, 'productIblockId'),
  },
  {
    entityTypeId: ids.property,
    sources: [camel('productProperty', 'productProperties'), { method: 'crm.product.property.list', wire: legacyWire }],
    twin: like(property, 'iblockId', 'code', 'name'),
  },
  {
    entityTypeId: ids.propertyEnum,
    sources: [
      camel('productPropertyEnum', 'productPropertyEnums'),
      { method: 'crm.product.property.list', wire: catalogWire, inner: valuesIn },
    ],
  },
  { entityTypeId: ids.propertyFeature, sources: [camel('productPropertyFeature', 'productPropertyFeatures')] },
]

/** Rates of tax, units, types of prices, catalogues and properties of products with their lists. */
export const catalogue: Step = {
  name: STEP,
  after: ['currencies'],
  async count(source) {
    let sum = 0
    for (const method of ['crm.vat.list', 'crm.measure.list', 'crm.product.property.list'])
      sum += (await source.total(method)) ?? 0
    return sum
  },
  async run(clone) {
    for (const list of lists) {
      const part = itemKind(list.entityTypeId)
      if (!clone.state.isDone(STEP, part)) await bringList(clone, list, part)
    }
    if (!clone.state.isDone(STEP, VARIATIONS)) await joinVariations(clone)
  },
}

/** `VALUES` of a property of a list, as rows of their own. */
function valuesIn(row: Row): Row[] {
  return rowsOf(row.VALUES).map((value) => ({
    id: value.ID,
    propertyId: row.ID,
    value: value.VALUE,
    xmlId: value.XML_ID,
    sort: value.SORT,
    def: flagOf(value.DEF),
  }))
}

/** All rows of a list; undefined where the source has none of its methods for us. */
async function readList(clone: Clone, { sources }: List): Promise<{ rows: Row[]; wire: Wire } | undefined> {
  for (const { method, wire, path, inner } of sources) {
    const rows: Row[] = []
    try {
      const idName = path === undefined ? 'ID' : 'id'
      for await (const page of clone.source.pages(method, {}, { path, idName }))
        rows.push(...page.rows.flatMap((row) => inner?.(row) ?? [row]))
      return { rows, wire }
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
    }
  }
  return undefined
}

async function bringList(clone: Clone, list: List, part: string): Promise<void> {
  const found = await readList(clone, list)
  const at = { step: STEP, part, cursor: '', done: true, caches: ['entities'] }
  // The target's own stay: products have their prices of the base type, in the catalogue that there is.
  if (found === undefined) return clone.page(at, () => Promise.resolve())
  const { entityTypeId } = list
  const entity = await clone.target.portal.entities.get(clone.session, entityTypeId)
  const defaults = list.defaults === undefined ? undefined : { ...list.defaults, entityTypeId, unless: product.table }
  const room = defaults !== undefined && found.rows.length > 0 && (await makesRoom(clone, defaults))
  await bring(clone, {
    at,
    entity,
    rows: found.rows,
    key: (row) => textOf(row.id ?? row.ID),
    before: (page) => (room && defaults !== undefined ? clearDefaults(page, defaults) : Promise.resolve()),
    async prepare(fresh) {
      const drafts = await draftsOf(clone, entity, found.wire, fresh, { without: APART })
      await join(clone, entityTypeId, fresh, drafts)
      const ready: Ready[] = []
      for (const [index, row] of fresh.entries()) {
        const draft = drafts[index] ?? emptyDraft()
        ready.push({ row, draft, twin: room ? undefined : await twinOf(clone, entity, list, draft) })
      }
      return ready
    },
  })
}

/** What catalogues say of each other and of properties, which come after them. */
const APART = ['id', 'iblockId', 'productIblockId', 'skuPropertyId', 'linkIblockId']

/** Ids of catalogues here. A catalogue of variations names one that comes with it: with the same id, or none comes. */
async function join(
  clone: Clone,
  entityTypeId: number,
  rows: readonly Row[],
  drafts: readonly Ready['draft'][],
): Promise<void> {
  const there = (row: Row, ...names: string[]): number => numberOf(names.map((name) => row[name]).find(Boolean)) ?? 0
  if (entityTypeId === ids.catalog) {
    for (const [index, row] of rows.entries())
      drafts[index]?.values.set('productIblockId', there(row, 'productIblockId') || null)
    return
  }
  if (entityTypeId !== ids.property) return
  const known = await clone.state.all(clone.session, CATALOG)
  for (const [index, row] of rows.entries()) {
    const values = drafts[index]?.values
    values?.set('iblockId', known.get(String(there(row, 'iblockId', 'IBLOCK_ID'))) ?? null)
    const linked = there(row, 'linkIblockId', 'LINK_IBLOCK_ID')
    values?.set('linkIblockId', linked === 0 ? null : (known.get(String(linked)) ?? linked))
  }
}

/** A row of a portal that is in use which stands for one of the source: of catalogues, the one of its sort. */
async function twinOf(clone: Clone, { table }: Entity, { entityTypeId, twin }: List, draft: Ready['draft']) {
  const [columns, values] = twin === undefined ? [[], []] : [twin.columns, twin.of(draft)]
  if (columns.length === 0) return undefined
  const same = columns.map((column, index) => {
    const value = values[index]
    if (value === null) return sql`${sql.ref(column)} is null`
    return entityTypeId === ids.catalog ? sql`${sql.ref(column)} is not null` : sql`${sql.ref(column)} = ${value}`
  })
  const [row] = await clone.session.find<{ id: number }>(
    sql`select id from ${sql.table(table)} where ${sql.join(same, sql` and `)} order by id limit 1`,
  )
  return row?.id
}

/** Tells catalogues of variations by which of their properties a variation names its product. */
async function joinVariations(clone: Clone): Promise<void> {
  const found = await readList(clone, { entityTypeId: ids.catalog, sources: [camel('catalog', 'catalogs')] })
  const pairs = (found?.rows ?? []).flatMap((row) => {
    const [catalog, link] = [numberOf(row.id), numberOf(row.skuPropertyId)]
    return catalog === undefined || link === undefined ? [] : [{ catalog, link }]
  })
  const here = await idsOf(
    clone,
    clone.session,
    pairs.flatMap(({ catalog, link }) => [
      { kind: CATALOG, key: catalog },
      { kind: PROPERTY, key: link },
    ]),
  )
  await clone.page({ step: STEP, part: VARIATIONS, cursor: '', done: true, caches: ['entities'] }, async ({ tx }) => {
    for (const { catalog, link } of pairs)
      await tx.change(
        sql`update crm_catalog set sku_property_id = ${here(PROPERTY, link) ?? null} where id = ${here(CATALOG, catalog) ?? 0} and sku_property_id is null`,
      )
  })
}
