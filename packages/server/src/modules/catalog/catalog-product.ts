import { catalogField, CatalogCrud, type CatalogFamily } from '../../methods/families/catalog-crud.ts'
import type { CatalogVerb } from '../../methods/families/catalog-style.ts'
import { type Method, method, need } from '../../methods/method.ts'
import { itemSelection } from '../../methods/rows.ts'
import { Failure } from '../../records/failure.ts'
import type { Field } from '../../schema/entity.ts'
import { isBlank } from '../../schema/kind.ts'
import { catalogWire } from '../../schema/wire.ts'
import { ids, types } from './numbers.ts'
import { product } from './product.ts'

/** What is only sold as content, and what lists alone show. */
const listed = ['barcodeMulti', 'recurSchemeLength', 'recurSchemeType', 'trialPriceId', 'withoutOrder']
const described = ['priceType', 'negativeAmountTrace']
const goods = ['canBuyZero', 'height', 'length', 'measure', 'purchasingCurrency', 'purchasingPrice', 'quantity']
const bought = [...goods, 'subscribe', 'weight', 'width']
const counted = ['quantityReserved', 'quantityTrace', 'negativeAmountTrace', ...listed]

interface Variety {
  readonly prefix: string
  readonly one: string
  readonly many: string
  readonly made: string
  readonly type: number
  /** Fields of products that these have not. */
  readonly without: readonly string[]
}

/** The four sorts of products (api-reference/catalog/product/index.md). */
const varieties: readonly Variety[] = [
  {
    prefix: 'catalog.product',
    one: 'product',
    many: 'products',
    made: 'element',
    type: types.simple,
    without: [],
  },
  {
    prefix: 'catalog.product.service',
    one: 'service',
    many: 'services',
    made: 'service',
    type: types.service,
    without: [...bought, ...counted],
  },
  {
    prefix: 'catalog.product.sku',
    one: 'sku',
    many: 'units',
    made: 'sku',
    type: types.sku,
    without: [...counted],
  },
  { prefix: 'catalog.product.offer', one: 'offer', many: 'offers', made: 'offer', type: types.offer, without: [] },
]

/** A single record shows the sum with six decimals, as a text. */
const finish = (row: Record<string, unknown>): Record<string, unknown> =>
  typeof row.purchasingPrice === 'number' ? { ...row, purchasingPrice: row.purchasingPrice.toFixed(6) } : row

/** Whoever may not even read the catalogue is told so by additions and changes as well. */
const denied = (verb: CatalogVerb, reading: boolean): readonly [number, string] => [
  reading ? 200040300010 : 200040300040,
  verb === 'list' || verb === 'update' ? 'Access denied' : 'Access Denied',
]

function familyOf({ prefix, one, many, made, type, without }: Variety): CatalogFamily {
  const absent = new Set(without)
  const section = 'of several sections, a product is only in the main one'
  return {
    prefix,
    entityTypeId: ids.product,
    one,
    many,
    made,
    verbs: ['add', 'get', 'list', 'update', 'delete'],
    readersOf: ids.product,
    readFirst: new Set<CatalogVerb>(['add', 'update']),
    required: ['iblockId', 'name'],
    selected: ['id', 'iblockId'],
    filtered: ['iblockId'],
    knows: ({ name }) => !absent.has(name),
    unshown: new Set([...listed, ...described]),
    is: { field: 'type', value: type },
    finish,
    partial: { add: section, update: section },
    words: { other: 0, denied, notFound: [0, `${one} does not exist.`] },
  }
}

/** Properties are told with their types; every field has its name here. */
const describe = (field: Field, required: readonly string[]): Record<string, unknown> => ({
  ...catalogField(field, required),
  name: field.title,
  ...(field.only === undefined
    ? {}
    : {
        ...field.told,
        isMultiple: field.multiple ?? false,
        isRequired: field.describedRequired ?? false,
        type: 'productproperty',
      }),
})

function methodsOf(variety: Variety): Method[] {
  const family = familyOf(variety)
  const crud = new CatalogCrud(family)
  return [
    ...crud.methods(),
    method({
      name: `${family.prefix}.getFieldsByFilter`,
      scope: 'catalog',
      params: { filter: need.map },
      run: ({ filter }, call) =>
        crud.run(call, 'getFields', (of) => {
          if (isBlank(filter.iblockId)) throw new Failure({ why: 'required', fields: [product.field('iblockId')] })
          const catalog = Number(filter.iblockId)
          const fields = itemSelection(of, catalogWire, undefined).filter(
            (field) =>
              family.knows?.(field) !== false &&
              !listed.includes(field.name) &&
              (field.only === undefined || field.only === catalog),
          )
          return {
            [family.one]: Object.fromEntries(fields.map((field) => [field.name, describe(field, family.required)])),
          }
        }),
    }),
  ]
}

export default varieties.flatMap(methodsOf)
