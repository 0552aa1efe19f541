import { type CatalogFamily, CatalogCrud, catalogCrud } from '../../methods/families/catalog-crud.ts'
import { usualDenied } from '../../methods/families/catalog-style.ts'
import { method, need } from '../../methods/method.ts'
import { Failure } from '../../records/failure.ts'
import { isOffers } from './catalog.ts'
import { CODE_TAKEN, DEFAULT_TAKEN } from './measure.ts'
import { ids } from './numbers.ts'
import { BASE_STAYS } from './price-type.ts'
import { OTHER_CATALOG, SECTION_CODE_TAKEN } from './section.ts'

const usual = { readersOf: ids.product } satisfies Partial<CatalogFamily>
const gone = (name: string): string => `${name} does not exist.`

const vats = catalogCrud({
  ...usual,
  prefix: 'catalog.vat',
  entityTypeId: ids.vat,
  one: 'vat',
  many: 'vats',
  required: ['name', 'rate'],
  words: { other: 0, denied: usualDenied, notFound: [200800000000, gone('vat')] },
})

const measures = catalogCrud({
  ...usual,
  prefix: 'catalog.measure',
  entityTypeId: ids.measure,
  one: 'measure',
  many: 'measures',
  required: ['code', 'measureTitle'],
  words: {
    other: 0,
    denied: usualDenied,
    notFound: [200600000020, gone('measure')],
    rules: { [CODE_TAKEN]: 200600000000, [DEFAULT_TAKEN]: 200600000010 },
  },
})

const priceTypes = catalogCrud({
  ...usual,
  prefix: 'catalog.priceType',
  entityTypeId: ids.priceType,
  one: 'priceType',
  many: 'priceTypes',
  required: ['name'],
  words: {
    other: 0,
    denied: usualDenied,
    notFound: [201000000000, gone('priceType')],
    rules: { [BASE_STAYS]: 'BASE' },
  },
})

const sections = catalogCrud({
  ...usual,
  prefix: 'catalog.section',
  entityTypeId: ids.section,
  one: 'section',
  many: 'sections',
  required: ['iblockId', 'name'],
  filtered: ['iblockId'],
  words: {
    other: 0,
    denied: (verb) => [{ list: 200040300030, delete: 200040300050 }[verb as string] ?? 200040300040, 'Access Denied'],
    notFound: [200700300030, gone('section')],
    rules: { [OTHER_CATALOG]: 200700300000, [SECTION_CODE_TAKEN]: 200700300040 },
  },
})

const catalogFamily: CatalogFamily = {
  ...usual,
  prefix: 'catalog.catalog',
  entityTypeId: ids.catalog,
  one: 'catalog',
  many: 'catalogs',
  verbs: ['get', 'list', 'getFields'],
  required: ['iblockId'],
  words: { other: 0, denied: usualDenied, notFound: [0, gone('catalog')] },
}
const catalogs = new CatalogCrud(catalogFamily)

/** What describes products, by its newer names. */
export default [
  ...vats,
  ...measures,
  ...priceTypes,
  ...sections,
  ...catalogs.methods(),
  method({
    name: 'catalog.catalog.isOffers',
    scope: 'catalog',
    params: { id: need.id },
    run: ({ id }, call) =>
      catalogs.run(call, 'get', async () => {
        const offers = await isOffers(call.session, id)
        if (offers === undefined) throw new Failure({ why: 'not-found' })
        return offers
      }),
  }),
]
