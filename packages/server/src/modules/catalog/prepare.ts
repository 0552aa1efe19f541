import type { Entity } from '../../schema/entity.ts'
import type { Scalar } from '../../schema/kind.ts'
import type { Portal } from '../../records/context.ts'
import { entityTable } from '../../store/entity-table.ts'
import type { Transaction } from '../../store/store.ts'
import { catalogEntity } from './catalog.ts'
import { measure } from './measure.ts'
import { priceType } from './price-type.ts'
import { property } from './property.ts'
import { vat } from './vat.ts'

/** Writes a first row, by names of fields; answers its id. */
async function plant(tx: Transaction, entity: Entity, values: Readonly<Record<string, Scalar>>): Promise<number> {
  const table = entityTable(entity)
  const id = await tx.nextId(table)
  tx.insert(table, {
    id,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [entity.columnOf(name), value])),
  })
  tx.count(entity.table, 1)
  return id
}

/** By their codes in the international classification of units (api-reference/catalog/measure/catalog-measure-list.md). */
const measures: readonly (readonly [code: number, title: string, symbol: string, intl: string, letters: string])[] = [
  [6, 'Metre', 'm', 'm', 'MTR'],
  [112, 'Litre', 'l', 'l', 'LTR'],
  [163, 'Gram', 'g', 'g', 'GRM'],
  [166, 'Kilogram', 'kg', 'kg', 'KGM'],
  [796, 'Piece', 'pcs', 'pc. 1', 'PCE. NMB'],
]
const DEFAULT_MEASURE = 796

/** Without a number, a rate says that there is no tax (api-reference/crm/outdated/vat/crm-vat-list.md). */
const rates: readonly (readonly [name: string, hundredths: number | null])[] = [
  ['Without VAT', null],
  ['VAT 0%', 0],
  ['VAT 20%', 2000],
]

/** The first portal's catalogue: of products and of variations, with units, rates and the base type of prices. */
export async function prepareCatalog(tx: Transaction, portal: Portal): Promise<void> {
  const now = Math.floor(portal.sources.now())
  for (const [index, [name, rate]] of rates.entries())
    await plant(tx, vat, { name, rate, active: 'Y', sort: (index + 1) * 100, timestampX: now })
  for (const [code, measureTitle, symbol, symbolIntl, symbolLetterIntl] of measures)
    await plant(tx, measure, {
      code,
      measureTitle,
      symbol,
      symbolIntl,
      symbolLetterIntl,
      isDefault: code === DEFAULT_MEASURE ? 'Y' : 'N',
    })
  const moment = { dateCreate: now, timestampX: now, createdBy: 1, modifiedBy: 1 }
  await plant(tx, priceType, { name: 'BASE', xmlId: 'BASE', base: 'Y', sort: 100, ...moment })
  const common = { subscription: 'N', vatId: null }
  const products = await plant(tx, catalogEntity, { ...common, name: 'Product catalog CRM', xmlId: 'crm_catalog' })
  const offers = await tx.nextId(entityTable(catalogEntity))
  const shared = {
    active: 'Y',
    rowCount: 1,
    colCount: 30,
    listType: 'L',
    searchable: 'N',
    filtrable: 'N',
    isRequired: 'N',
  }
  const skuPropertyId = await plant(tx, property, {
    ...shared,
    iblockId: offers,
    name: 'Catalog Element',
    code: 'CML2_LINK',
    propertyType: 'E',
    userType: 'SKU',
    multiple: 'N',
    sort: 5,
    xmlId: 'CML2_LINK',
    linkIblockId: products,
    userTypeSettings: JSON.stringify({ VIEW: 'A', SHOW_ADD: 'N', MAX_WIDTH: 0 }),
    timestampX: now,
  })
  tx.insert(entityTable(catalogEntity), {
    id: offers,
    name: 'Product catalog CRM (offers)',
    xml_id: 'crm_catalog_offers',
    product_iblock_id: products,
    sku_property_id: skuPropertyId,
    subscription: 'N',
    vat_id: null,
  })
  tx.count(catalogEntity.table, 1)
  for (const iblockId of [products, offers])
    await plant(tx, property, {
      ...shared,
      iblockId,
      name: 'Pictures',
      code: 'MORE_PHOTO',
      propertyType: 'F',
      multiple: 'Y',
      multipleCnt: 5,
      sort: 10,
      xmlId: null,
      fileType: 'jpg, gif, bmp, png, jpeg, webp',
      timestampX: now,
    })
}
