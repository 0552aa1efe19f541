import { defineEntity, field, type FieldOptions } from '../../schema/entity.ts'
import type { Kind } from '../../schema/kind.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { double } from '../../schema/kinds/double.ts'
import { file } from '../../schema/kinds/file.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import { choice, linked, person, price, reference, typed } from './kinds.ts'
import { ids } from './numbers.ts'

/*
 * crm_product, one row per product, service, parent of variations or variation (`type` 1, 7, 3, 4). What others read:
 *   id, name, active (Y/N), sort, code, xml_id
 *   price          hundredths; the price of the base type in crm_product_price, which is the truth; null: no price
 *   currency_id    of that price; null with it
 *   vat_id         crm_vat.id or null; the rate in hundredths of a percent is crm_vat.rate, null there: without VAT
 *   vat_included   Y/N: whether the price contains it
 *   measure        crm_measure.id or null; product rows show crm_measure.code
 *   section_id     crm_product_section.id or null
 *   catalog_id     crm_catalog.id
 *   description    the detailed description
 */

const catalogOnly: FieldOptions = { legacy: null }
const crmOnly: FieldOptions = { item: false }
const textType = choice(['text', 'html'], 'text', 'string')
const picture = { ...file, type: { legacy: 'product_file', item: 'file' } }
const measured = (title: string) => field(double, title, { ...catalogOnly, settings: { PRECISION: 4 } })
const own = (kind: Kind, title: string) => field(kind, title, catalogOnly)

/**
 * Products. Both roads to them have their names here: `crm.product.*` UPPER_CASE ones, `catalog.product.*` camelCase
 * ones. Properties come as further fields, and with them the product of a variation (`parentId`): `property-fields.ts`.
 */
export const product = defineEntity({
  name: 'product',
  title: 'Product',
  table: 'crm_product',
  entityTypeId: ids.product,
  event: 'ONCRMPRODUCT',
  part: true,
  rights: 'roles',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    iblockId: field(reference(ids.catalog), 'Catalog', { upper: 'CATALOG_ID', immutable: true, index: true }),
    price: field(price, 'Price', crmOnly),
    currencyId: field(typed(currency, 'string'), 'Currency', crmOnly),
    name: field(string, 'Name', { required: true }),
    code: field(string, 'Symbolic code', { max: 100, index: true }),
    detailText: field(text, 'Description', { upper: 'DESCRIPTION' }),
    detailTextType: field(textType, 'Description type', { upper: 'DESCRIPTION_TYPE' }),
    active: field(flag, 'Active'),
    iblockSectionId: field(reference(ids.section), 'Section', { upper: 'SECTION_ID', index: true }),
    sort: field(integer, 'Sort order'),
    vatId: field(linked(ids.vat), 'VAT rate'),
    vatIncluded: field(flag, 'VAT included in price'),
    measure: field(linked(ids.measure), 'Unit of measure'),
    xmlId: field(string, 'External code', { index: true }),
    previewPicture: field(picture, 'Preview picture'),
    detailPicture: field(picture, 'Detailed picture'),
    dateCreate: field(datetime, 'Created on', { readOnly: 'legacy' }),
    timestampX: field(datetime, 'Modified on', { readOnly: 'legacy' }),
    modifiedBy: field(person, 'Modified by', { readOnly: 'legacy' }),
    createdBy: field(person, 'Created by', { readOnly: 'legacy' }),
    previewText: own(text, 'Preview description'),
    previewTextType: own(textType, 'Type of preview description'),
    type: field(integer, 'Product type', { ...catalogOnly, readOnly: true }),
    available: field(flag, 'Availability', { ...catalogOnly, readOnly: true }),
    bundle: field(flag, 'Set availability', { ...catalogOnly, readOnly: true, place: { in: 'nowhere', value: 'N' } }),
    barcodeMulti: own(flag, 'Unique barcodes'),
    canBuyZero: own(choice(['Y', 'N', 'D'], 'N'), 'Purchase when out of stock'),
    quantityTrace: own(choice(['Y', 'N', 'D'], 'D'), 'Quantity accounting mode'),
    negativeAmountTrace: field(choice(['Y', 'N', 'D'], 'D'), 'NEGATIVE_AMOUNT_TRACE', {
      ...catalogOnly,
      readOnly: true,
    }),
    subscribe: own(choice(['Y', 'N', 'D'], 'D'), 'Subscription'),
    dateActiveFrom: own(datetime, 'Active from'),
    dateActiveTo: own(datetime, 'Active to'),
    height: measured('Height'),
    length: measured('Length'),
    width: measured('Width'),
    weight: measured('Weight'),
    quantity: measured('Available quantity'),
    quantityReserved: measured('Reserved quantity'),
    // Described as a text, and one where a product is shown alone.
    purchasingPrice: own(typed(price, 'string'), 'Purchasing price'),
    purchasingCurrency: own(typed(currency, 'string'), 'Purchasing price currency'),
    priceType: own(choice(['S', 'R', 'T'], 'S'), 'Payment type'),
    recurSchemeLength: own(integer, 'Payment period'),
    recurSchemeType: own(choice(['H', 'D', 'W', 'M', 'Q', 'S', 'Y'], 'D'), 'Unit of the payment period'),
    trialPriceId: own(integer, 'Product for trial payment'),
    withoutOrder: own(flag, 'Extension without an order'),
  },
})
