import { defineEntity, field } from '../../../schema/entity.ts'
import { decimal } from '../../../schema/kinds/decimal.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'

const char = { ...flag, type: { legacy: 'char', item: 'char' } }
const price = decimal(4)

/** A line of goods or services of a CRM item (api-reference/crm/universal/product-rows/index.md). */
export const productRow = defineEntity({
  name: 'productRow',
  title: 'Product row',
  table: 'crm_product_row',
  entityTypeId: -70,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    ownerId: field(integer, 'Owner ID', { required: true, immutable: true, index: true }),
    ownerType: field(string, 'Owner Type', { required: true, immutable: true }),
    productId: field(integer, 'Product', { describedRequired: true, index: true }),
    productName: field(string, 'Product Name'),
    // Where it isn't the product's own. Only crm.quote.productrows.set tells of it.
    productDescription: field(text, 'PRODUCT_DESCRIPTION', { item: false, undescribed: true }),
    price: field(price, 'Price'),
    priceAccount: field(price, 'PRICE_ACCOUNT', { readOnly: true, undescribed: true }),
    // UPPER_CASE methods write them, and send them back as they have read them.
    priceExclusive: field(price, 'Discounted price excluding tax', { readOnly: 'item' }),
    priceNetto: field(price, 'PRICE_NETTO', { readOnly: 'item' }),
    priceBrutto: field(price, 'PRICE_BRUTTO', { readOnly: 'item' }),
    quantity: field(decimal(4), 'Quantity'),
    discountTypeId: field(integer, 'Discount Type'),
    discountRate: field(decimal(4), 'Discount Amount'),
    discountSum: field(price, 'Discount Total'),
    taxRate: field(decimal(4), 'Tax'),
    taxIncluded: field(char, 'Tax included in price'),
    customized: field(char, 'Modified'),
    measureCode: field(integer, 'Unit of Measure Code'),
    measureName: field(string, 'Unit of Measure'),
    sort: field(integer, 'Sorting'),
    xmlId: field(string, 'XML_ID', { readOnly: 'item', undescribed: true }),
    type: field(integer, 'TYPE', { readOnly: true }),
    // There are no warehouses.
    storeId: field(integer, 'STORE_ID', { readOnly: true, place: { in: 'nowhere', value: null } }),
  },
})

/** A stored row; amounts are ten-thousandths. */
export interface Row {
  readonly id: number
  readonly ownerId: number
  readonly ownerType: string
  readonly productId: number
  readonly productName: string
  readonly productDescription: string | null
  readonly price: number
  readonly priceAccount: number
  readonly priceExclusive: number
  readonly priceNetto: number
  readonly priceBrutto: number
  readonly quantity: number
  readonly discountTypeId: number
  readonly discountRate: number
  readonly discountSum: number
  readonly taxRate: number | null
  readonly taxIncluded: string
  readonly customized: string
  readonly measureCode: number
  readonly measureName: string
  readonly sort: number
  readonly xmlId: string
  readonly type: number
}

export const columns = productRow.columns

export const rowOf = (stored: Stored): Row =>
  Object.fromEntries(columns.map((each) => [each.name, scalarOf(stored, each)])) as unknown as Row
