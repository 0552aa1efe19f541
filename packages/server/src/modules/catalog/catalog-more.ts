import { type CatalogFamily, CatalogCrud, catalogCrud } from '../../methods/families/catalog-crud.ts'
import { usualDenied } from '../../methods/families/catalog-style.ts'
import { Listing, method } from '../../methods/method.ts'
import { ids } from './numbers.ts'
import { languageRows, NO_LANGUAGE, NO_PRICE_TYPE, TRANSLATED } from './price-type-parts.ts'
import { product } from './product.ts'
import { roundTypes } from './rounding-rule.ts'

const scope = 'catalog'
const usual = { readersOf: ids.product } satisfies Partial<CatalogFamily>
const gone = (name: string): string => `${name} does not exist.`

const langs = new CatalogCrud({
  ...usual,
  prefix: 'catalog.priceTypeLang',
  entityTypeId: ids.priceTypeLang,
  one: 'priceTypeLang',
  many: 'priceTypeLangs',
  required: ['catalogGroupId', 'lang', 'name'],
  words: {
    other: 0,
    denied: usualDenied,
    notFound: [201200000000, gone('priceTypeLang')],
    rules: { [NO_LANGUAGE]: 201200000010, [NO_PRICE_TYPE]: 201000000000, [TRANSLATED]: '' },
  },
})

const groups =
  'groups of customers are kept as given: the portal has none, and prices are open to whoever reads products'

/** What stands around prices: rounding, translations, access, markups, ratios of units. */
export default [
  ...catalogCrud({
    ...usual,
    prefix: 'catalog.roundingRule',
    entityTypeId: ids.roundingRule,
    one: 'roundingRule',
    many: 'roundingRules',
    required: ['catalogGroupId', 'price', 'roundType', 'roundPrecision'],
    words: { other: 0, denied: usualDenied, notFound: [200900000000, gone('roundingRule')] },
  }),
  ...langs.methods(),
  method({
    name: 'catalog.priceTypeLang.getLanguages',
    scope,
    params: {},
    run: (_none, call) =>
      langs.run(call, 'getFields', () => new Listing({ languages: languageRows }, languageRows.length)),
  }),
  ...catalogCrud({
    ...usual,
    prefix: 'catalog.priceTypeGroup',
    entityTypeId: ids.priceTypeGroup,
    one: 'priceTypeGroup',
    many: 'priceTypeGroups',
    verbs: ['add', 'list', 'delete', 'getFields'],
    required: ['catalogGroupId', 'groupId', 'access'],
    words: { other: 0, denied: usualDenied, notFound: [0, 'Entity does not exist'] },
    partial: { add: groups },
  }),
  ...catalogCrud({
    ...usual,
    prefix: 'catalog.extra',
    entityTypeId: ids.extra,
    one: 'extra',
    many: 'extras',
    verbs: ['get', 'list', 'getFields'],
    required: ['name', 'percentage'],
    words: { other: 0, denied: usualDenied, notFound: [202000000000, gone('extra')] },
  }),
  ...catalogCrud({
    ...usual,
    prefix: 'catalog.ratio',
    entityTypeId: ids.ratio,
    one: 'ratio',
    many: 'ratios',
    verbs: ['get', 'list', 'getFields'],
    owner: { field: 'productId', entity: product },
    required: ['productId', 'ratio'],
    words: {
      other: 0,
      denied: (verb) => [200040300010, verb === 'list' ? 'Access denied' : 'Access Denied'],
      notFound: [0, gone('ratio')],
    },
  }),
  method({
    name: 'catalog.enum.getRoundTypes',
    scope,
    params: {},
    run: () => ({ enum: roundTypes }),
  }),
  method({
    name: 'catalog.enum.getStoreDocumentTypes',
    scope,
    params: {},
    run: () => ({
      enum: [
        { id: 'A', name: 'Goods Receipt' },
        { id: 'S', name: 'Goods Acquisition' },
        { id: 'M', name: 'Goods Transfer Between Warehouses' },
        { id: 'R', name: 'Goods Return' },
        { id: 'D', name: 'Goods Write-off' },
      ],
    }),
  }),
]
