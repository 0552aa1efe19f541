import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import { allOf, type Hooks } from '../../records/hooks.ts'
import { removeWithin } from '../../records/records.ts'
import { sql } from '../../store/sql.ts'
import { writeBasePrice } from './base-price.ts'
import { defaultCatalog, isOffers } from './catalog.ts'
import { codeOf } from './code.ts'
import { announcing } from './events.ts'
import { defaultMeasure } from './measure.ts'
import { ids, types } from './numbers.ts'
import { findSection } from './section.ts'

export const PRODUCT_CODE_TAKEN = 'Product with the specified symbolic code already exists'

const presets: Readonly<Record<string, string | number>> = {
  active: 'Y',
  sort: 500,
  vatIncluded: 'N',
  detailTextType: 'text',
  previewTextType: 'text',
  barcodeMulti: 'N',
  canBuyZero: 'N',
  quantityTrace: 'D',
  negativeAmountTrace: 'D',
  subscribe: 'D',
  priceType: 'S',
  recurSchemeLength: 0,
  recurSchemeType: 'D',
  withoutOrder: 'N',
}

async function hasCode({ tx, id }: Change, catalog: unknown, code: string): Promise<boolean> {
  const rows = await tx.find<{ id: number }>(
    sql`select id from crm_product where catalog_id = ${catalog} and code = ${code} and id <> ${id} limit 1`,
  )
  return rows.length > 0
}

/** A code from the name, for which a product of the same name takes its number. */
async function freshCode(change: Change): Promise<string> {
  const code = codeOf(String(change.value('name') ?? ''))
  if (code === '' || (await hasCode(change, change.value('iblockId'), code)))
    return [code.slice(0, 80), change.id].filter((part) => part !== '').join('_')
  return code
}

async function completeNew(change: Change): Promise<void> {
  if (!change.value('iblockId')) change.set('iblockId', await defaultCatalog(change.tx))
  for (const [name, value] of Object.entries(presets)) change.default(name, value)
  change.default('type', types.simple)
  change.default('createdBy', change.person.id)
  change.default('dateCreate', Math.floor(change.now))
  change.default('modifiedBy', change.person.id)
  change.default('xmlId', String(change.id))
  if (!change.value('code')) change.set('code', await freshCode(change))
  if (change.value('type') !== types.service) change.default('measure', await defaultMeasure(change.tx))
  // Variations have properties of their own, and so have products.
  for (const { name, only } of change.entity.fields)
    if (only !== undefined && only !== change.value('iblockId')) change.draft.lists.delete(name)
}

/** Whether the product can be bought: where quantities are counted, something must be there. */
const isAvailable = (change: Change): boolean =>
  change.value('type') === types.service ||
  change.value('quantityTrace') !== 'Y' ||
  change.value('canBuyZero') === 'Y' ||
  Number(change.value('quantity') ?? 0) > 0

async function check(change: Change): Promise<void> {
  const refuse = (text: string): never => {
    throw new Failure({ why: 'rule', text })
  }
  const catalog = change.value('iblockId')
  const sectionId = change.value('iblockSectionId')
  if (sectionId !== null && change.changes('iblockSectionId')) {
    const section = await findSection(change.tx, Number(sectionId))
    if (section !== undefined && section.catalog_id !== catalog) refuse('The section belongs to another catalog')
  }
  const code = change.value('code')
  if (code && change.changes('code') && (await hasCode(change, catalog, String(code)))) refuse(PRODUCT_CODE_TAKEN)
  if (change.isNew && change.value('type') !== types.offer && (await isOffers(change.tx, Number(catalog))) === true)
    refuse('Only variations of products may be in this catalog')
  const empty = change.entity.fields.filter(
    (field) =>
      field.describedRequired === true &&
      field.only === catalog &&
      (change.isNew || change.draft.lists.has(field.name)) &&
      !change.isFilled(field),
  )
  if (empty.length > 0) throw new Failure({ why: 'required', fields: empty })
}

export const productHooks: Hooks = allOf(
  {
    async complete(change) {
      if (change.isNew) await completeNew(change)
      else if (!change.gives('modifiedBy')) change.set('modifiedBy', change.person.id)
      for (const name of ['iblockSectionId', 'vatId', 'measure']) if (change.value(name) === 0) change.set(name, null)
      change.set('timestampX', Math.floor(change.now))
      change.set('available', isAvailable(change) ? 'Y' : 'N')
    },
    check,
    saved: writeBasePrice,
    async removed(change) {
      const { tx, id, portal } = change
      const prices = await portal.entities.get(tx, ids.price)
      for (const row of await tx.find<{ id: number }>(
        sql`select id from crm_product_price where product_id = ${id} order by id`,
      ))
        await removeWithin(change, prices, row.id)
      // A product takes its variations along.
      for (const row of await tx.find<{ id: number }>(
        sql`select record_id as id from field_value where entity_type_id = ${ids.product} and field in (select 'PROPERTY_' || cast(sku_property_id as text) from crm_catalog where sku_property_id is not null) and integer_value = ${id} order by record_id`,
      ))
        await removeWithin(change, change.entity, row.id)
    },
  },
  announcing('CATALOG.PRODUCT.ON', (change) => ({ TYPE: change.value('type') })),
)
