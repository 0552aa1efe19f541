import { entityTable } from '../../../src/store/entity-table.ts'
import { property as propertyEntity } from '../../../src/modules/catalog/property.ts'
import { extra } from '../../../src/modules/catalog/ratio.ts'
import { sql } from '../../../src/store/sql.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Difference } from '../vectors-differences.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { documented, fieldsOf, fresh, must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

type Row = Record<string, unknown> & { id: number }

/** Calls a method that answers one record under a key. */
async function made(portal: TestPortal, method: string, params: unknown): Promise<Row> {
  const [row] = Object.values(await must<Record<string, Row>>(portal, method, params))
  if (row === undefined) throw new Error(`${method} has made nothing`)
  return row
}

const withFields = (params: Parameters, fields: Parameters): Parameters => ({
  ...params,
  fields: { ...(params.fields as Parameters), ...fields },
})

async function catalogs(portal: TestPortal): Promise<{ products: Row; offers: Row }> {
  const { catalogs: all } = await must<{ catalogs: Row[] }>(portal, 'catalog.catalog.list', { order: { id: 'asc' } })
  const [products, offers] = all
  if (products === undefined || offers === undefined) throw new Error('the portal has no catalogues')
  return { products, offers }
}
const iblock = async (portal: TestPortal): Promise<number> => (await catalogs(portal)).products.id

/** A record of a settings family in the place of the documented one. */
const settled =
  (prefix: string, fields: () => Parameters): Target =>
  async (portal, params) => ({ ...params, id: (await made(portal, `${prefix}.add`, { fields: fields() })).id })

const aVat = settled('catalog.vat', () => ({ name: 'Tax 13%', rate: 13, sort: 10 }))
const aPriceType = settled('catalog.priceType', () => ({ name: 'Wholesale price', xmlId: 'wholesale' }))
const aMeasure = settled('catalog.measure', () => ({
  code: 9000 + fresh(),
  measureTitle: 'Pair',
  symbol: 'PAIR',
  symbolIntl: 'pr; 2',
  symbolLetterIntl: 'NPR',
}))

async function section(portal: TestPortal, fields: Parameters = {}): Promise<number> {
  const iblockId = await iblock(portal)
  const given = { iblockId, name: 'Products', code: `toys${fresh()}`, xmlId: 'myXmlId', description: 'Toys', ...fields }
  return (await made(portal, 'catalog.section.add', { fields: given })).id
}

/** The section is in another, as the documented one is. */
const aSection: Target = async (portal, params) => ({
  ...params,
  id: await section(portal, { iblockSectionId: await section(portal) }),
})

async function property(portal: TestPortal, fields: Parameters): Promise<number> {
  const iblockId = await iblock(portal)
  return (await made(portal, 'catalog.productProperty.add', { fields: { iblockId, name: 'Category', ...fields } })).id
}
const aListProperty = (portal: TestPortal): Promise<number> => property(portal, { propertyType: 'L' })
const directory = { propertyType: 'S', userType: 'directory', userTypeSettings: { tableName: 'b_hlbd_categories' } }

async function aValue(portal: TestPortal): Promise<Row> {
  const fields = { propertyId: await aListProperty(portal), value: 'Average', xmlId: 'A', def: 'Y', sort: 100 }
  return made(portal, 'catalog.productPropertyEnum.add', { fields })
}

/** The properties that the documented products have, under the documented numbers. */
async function documentedProperties(portal: TestPortal): Promise<void> {
  // Another request has made one that products must have.
  const { productProperties: demanding } = await must<{ productProperties: Row[] }>(
    portal,
    'catalog.productProperty.list',
    { filter: { isRequired: 'Y' } },
  )
  for (const { id } of demanding) await must(portal, 'catalog.productProperty.delete', { id })
  const session = portal.portal.store.session()
  const { products, offers } = await catalogs(portal)
  const wanted: [number, Row, string][] = [
    [258, products, 'N'],
    [259, products, 'Y'],
    [261, offers, 'N'],
    [262, offers, 'Y'],
  ]
  for (const [id, { id: iblockId }, multiple] of wanted) {
    if ((await portal.call('catalog.productProperty.get', { id })).status === 200) continue
    await session.transaction((tx) => tx.skipIds(entityTable(propertyEntity), id))
    await session.settled()
    const fields = { iblockId, name: 'New Line', propertyType: 'S', multiple }
    const { id: given } = await made(portal, 'catalog.productProperty.add', { fields })
    if (given !== id) throw new Error(`the property has the number ${given} instead of ${id}`)
  }
}

interface Variety {
  readonly prefix: string
  readonly many: string
  readonly isOffer?: true
}
const varieties: readonly Variety[] = [
  { prefix: 'catalog.product', many: 'products' },
  { prefix: 'catalog.product.service', many: 'services' },
  { prefix: 'catalog.product.sku', many: 'units' },
  { prefix: 'catalog.product.offer', many: 'offers', isOffer: true },
]

const removeCode = async (portal: TestPortal, code: unknown): Promise<void> => {
  const { products, offers } = await catalogs(portal)
  for (const { prefix, many } of varieties)
    for (const { id: iblockId } of [products, offers]) {
      const params = { select: ['id', 'iblockId'], filter: { iblockId, code } }
      const found = await must<Record<string, Row[]>>(portal, `${prefix}.list`, params)
      for (const { id } of found[many] ?? []) await must(portal, `${prefix}.delete`, { id })
    }
}

/** The documented fields with what they name: a section, the catalogue, the product of a variation. */
async function productFields(
  portal: TestPortal,
  { prefix, isOffer }: Variety,
  fields: Parameters,
): Promise<Parameters> {
  await documentedProperties(portal)
  const { products, offers } = await catalogs(portal)
  await removeCode(portal, fields.code)
  const iblockId = isOffer ? offers.id : products.id
  const given: Parameters = { ...fields }
  if (prefix !== '' && 'iblockId' in given) given.iblockId = iblockId
  if ('iblockSectionId' in given) given.iblockSectionId = await section(portal, { iblockId })
  if ('parentId' in given) {
    const parent = { iblockId: products.id, name: 'Parent' }
    given.parentId = (await made(portal, 'catalog.product.sku.add', { fields: parent })).id
  }
  // The page names the properties of products where those of variations are meant.
  if (isOffer && 'property258' in given) {
    Object.assign(given, { property261: given.property258, property262: given.property259 })
  }
  return given
}

const adding =
  (variety: Variety): Target =>
  async (portal, params) => ({ ...params, fields: await productFields(portal, variety, fieldsOf(params)) })

/** A product like the documented one. */
async function product(portal: TestPortal, variety: Variety): Promise<Row> {
  const method = `${variety.prefix}.add`
  return made(portal, method, await adding(variety)(portal, documented(method)))
}

const there =
  (variety: Variety): Target =>
  async (portal, params) => ({ ...params, id: (await product(portal, variety)).id })

const changing =
  (variety: Variety): Target =>
  async (portal, params) => {
    const row = await product(portal, variety)
    const fields = await productFields(portal, variety, { ...fieldsOf(params), code: `tovar${fresh()}` })
    return { ...params, id: row.id, fields }
  }

const listing =
  (variety: Variety): Target =>
  async (portal, params) => {
    const { id, iblockId } = await product(portal, variety)
    return { ...params, filter: { ...(params.filter as Parameters), iblockId, '>id': id - 1 } }
  }

const filtered =
  ({ isOffer }: Variety): Target =>
  async (portal, params) => {
    await documentedProperties(portal)
    const { products, offers } = await catalogs(portal)
    return { ...params, filter: { iblockId: isOffer ? offers.id : products.id } }
  }

async function aProduct(portal: TestPortal): Promise<number> {
  await documentedProperties(portal)
  const fields = { iblockId: await iblock(portal), name: 'Priced' }
  return (await made(portal, 'catalog.product.add', { fields })).id
}
async function aPrice(portal: TestPortal): Promise<Row> {
  const fields = { productId: await aProduct(portal), catalogGroupId: 1, price: 100, currency: 'USD' }
  return made(portal, 'catalog.price.add', { fields })
}
const onAPrice: Target = async (portal, params) => ({ ...params, id: (await aPrice(portal)).id })
const anotherType = async (portal: TestPortal): Promise<number> =>
  (await made(portal, 'catalog.priceType.add', { fields: { name: 'Retail', xmlId: 'retail' } })).id

/** Removes what has the code that the request is about to take. */
const freeCode: Target = async (portal, params) => {
  const code = fieldsOf(params).code ?? fieldsOf(params).CODE
  const { measures } = await must<{ measures: Row[] }>(portal, 'catalog.measure.list', { filter: { code } })
  for (const { id } of measures) await must(portal, 'catalog.measure.delete', { id })
  return params
}

const withType = async (portal: TestPortal): Promise<Parameters> => ({ catalogGroupId: await anotherType(portal) })
const aRule: Target = async (portal, params) => {
  const fields = { ...(await withType(portal)), price: 1000, roundType: 4, roundPrecision: 100 }
  const { id } = await made(portal, 'catalog.roundingRule.add', { fields })
  return 'fields' in params ? withFields({ ...params, id }, await withType(portal)) : { ...params, id }
}
const aTranslation: Target = async (portal, params) => {
  const fields = { ...(await withType(portal)), lang: 'de', name: 'Retail Price' }
  return { ...params, id: (await made(portal, 'catalog.priceTypeLang.add', { fields })).id }
}
async function anAccess(portal: TestPortal): Promise<Row> {
  const fields = { ...(await withType(portal)), groupId: 23, access: 'Y' }
  return made(portal, 'catalog.priceTypeGroup.add', { fields })
}
async function aFeature(portal: TestPortal): Promise<Row> {
  const propertyId = await property(portal, { propertyType: 'S' })
  const fields = { propertyId, moduleId: 'iblock', featureId: 'LIST_PAGE_SHOW', isEnabled: 'Y' }
  return made(portal, 'catalog.productPropertyFeature.add', { fields })
}
const withSettings: Target = async (portal, params) => {
  const propertyId = await property(portal, { propertyType: 'S' })
  const { fields } = documented('catalog.productPropertySection.set')
  await must(portal, 'catalog.productPropertySection.set', { propertyId, fields })
  return 'filter' in params ? { ...params, filter: { propertyId } } : { ...params, propertyId }
}
const anImage: Target = async (portal, params) => {
  const { fields, fileContent } = documented('catalog.productImage.add')
  const productId = await aProduct(portal)
  const given = { fields: { ...(fields as Parameters), productId }, fileContent }
  const { id } = await made(portal, 'catalog.productImage.add', given)
  return 'id' in params ? { ...params, productId, id } : { ...params, productId }
}
/** Nobody makes markups by REST. */
const aMarkup: Target = async (portal, params) => {
  const session = portal.portal.store.session()
  const id = await session.transaction(async (tx) => {
    const number = await tx.nextId(entityTable(extra))
    tx.insert(entityTable(extra), { id: number, name: 'test', percentage: 5.1 })
    tx.count(extra.table, 1)
    return number
  })
  await session.settled()
  return 'id' in params ? { ...params, id } : params
}
const aRatio: Target = async (portal, params) => {
  const productId = await aProduct(portal)
  const filter = { '@productId': [productId], isDefault: 'Y' }
  const { ratios } = await must<{ ratios: Row[] }>(portal, 'catalog.ratio.list', { filter })
  return 'id' in params ? { ...params, id: ratios[0]?.id } : { ...params, filter: { ...filter, '>ratio': 0.5 } }
}

const targets: Record<string, Target> = {
  'catalog.roundingRule.add': async (portal, params) => withFields(params, await withType(portal)),
  'catalog.roundingRule.get': aRule,
  'catalog.roundingRule.update': aRule,
  'catalog.roundingRule.delete': aRule,
  'catalog.roundingRule.list': async (portal, params) => {
    await aRule(portal, {})
    return params
  },
  'catalog.priceTypeLang.add': async (portal, params) => withFields(params, await withType(portal)),
  'catalog.priceTypeLang.get': aTranslation,
  'catalog.priceTypeLang.update': aTranslation,
  'catalog.priceTypeLang.delete': aTranslation,
  'catalog.priceTypeLang.list': async (portal, params) => {
    await aTranslation(portal, {})
    return params
  },
  'catalog.priceTypeGroup.add': async (portal, params) => withFields(params, await withType(portal)),
  'catalog.priceTypeGroup.delete': async (portal, params) => ({ ...params, id: (await anAccess(portal)).id }),
  'catalog.priceTypeGroup.list': async (portal, params) => {
    const { catalogGroupId } = await anAccess(portal)
    return { ...params, filter: { catalogGroupId, groupId: 23 } }
  },
  'catalog.productPropertyFeature.add': async (portal, params) =>
    withFields(params, { propertyId: await property(portal, { propertyType: 'S' }) }),
  'catalog.productPropertyFeature.get': async (portal, params) => ({ ...params, id: (await aFeature(portal)).id }),
  'catalog.productPropertyFeature.update': async (portal, params) => {
    const { id, propertyId } = await aFeature(portal)
    return withFields({ ...params, id }, { propertyId })
  },
  'catalog.productPropertyFeature.list': async (portal, params) => ({
    ...params,
    filter: { propertyId: (await aFeature(portal)).propertyId },
  }),
  'catalog.productPropertyFeature.getAvailableFeaturesByProperty': async (portal, params) => ({
    ...params,
    propertyId: await property(portal, { propertyType: 'S' }),
  }),
  'catalog.productPropertySection.get': withSettings,
  'catalog.productPropertySection.set': withSettings,
  'catalog.productPropertySection.list': withSettings,
  'catalog.productImage.add': async (portal, params) => withFields(params, { productId: await aProduct(portal) }),
  'catalog.productImage.get': anImage,
  'catalog.productImage.delete': anImage,
  'catalog.productImage.list': anImage,
  'catalog.extra.get': aMarkup,
  'catalog.extra.list': aMarkup,
  'catalog.ratio.get': aRatio,
  'catalog.ratio.list': aRatio,
  'crm.vat.get': aVat,
  'crm.vat.update': aVat,
  'crm.vat.delete': aVat,
  'catalog.vat.get': aVat,
  'catalog.vat.update': aVat,
  'catalog.vat.delete': aVat,
  'catalog.measure.add': freeCode,
  'catalog.measure.get': aMeasure,
  'catalog.measure.update': aMeasure,
  'catalog.measure.delete': aMeasure,
  'catalog.priceType.update': async (portal, params) => {
    // The request makes it the base type, of which the others expect what a new portal has.
    const given = await aPriceType(portal, params)
    return withFields(given, { base: 'N' })
  },
  'catalog.priceType.delete': aPriceType,
  'catalog.priceType.list': async (portal, params) => {
    await aPriceType(portal, params)
    return params
  },
  'catalog.section.add': async (portal, params) =>
    withFields(params, {
      iblockId: await iblock(portal),
      iblockSectionId: await section(portal),
      code: `toys${fresh()}`,
    }),
  'catalog.section.get': aSection,
  'catalog.section.delete': aSection,
  'catalog.section.update': async (portal, params) =>
    withFields(await aSection(portal, params), { iblockId: await iblock(portal) }),
  'catalog.section.list': async (portal, params) => {
    await section(portal, { sort: 50 })
    return { ...params, filter: { ...(params.filter as Parameters), iblockId: await iblock(portal) } }
  },
  'catalog.catalog.get': async (portal, params) => ({ ...params, id: await iblock(portal) }),
  'catalog.catalog.isOffers': async (portal, params) => ({ ...params, id: (await catalogs(portal)).offers.id }),
  'catalog.catalog.list': async (portal, params) => {
    const { products, offers } = await catalogs(portal)
    // Nothing sets a rate for a catalogue, so that the documented one is put there.
    const session = portal.portal.store.session()
    await session.transaction((tx) =>
      tx.change(sql`update ${sql.table('crm_catalog')} set vat_id = 1 where id = ${offers.id}`),
    )
    await session.settled()
    return { ...params, filter: { '>id': products.id, '@vatId': [1, 2], skuPropertyId: offers.skuPropertyId } }
  },
  'catalog.productProperty.add': async (portal, params) => withFields(params, { iblockId: await iblock(portal) }),
  'catalog.productProperty.get': async (portal, params) => ({
    ...params,
    id: await property(portal, { ...directory, code: 's12' }),
  }),
  'catalog.productProperty.update': async (portal, params) =>
    withFields({ ...params, id: await aListProperty(portal) }, { iblockId: await iblock(portal) }),
  'catalog.productProperty.delete': async (portal, params) => ({ ...params, id: await property(portal, directory) }),
  'catalog.productProperty.list': async (portal, params) => ({ ...params, filter: { iblockId: await iblock(portal) } }),
  'catalog.productPropertyEnum.add': async (portal, params) =>
    withFields(params, { propertyId: await aListProperty(portal) }),
  'catalog.productPropertyEnum.get': async (portal, params) => ({ ...params, id: (await aValue(portal)).id }),
  'catalog.productPropertyEnum.update': async (portal, params) => {
    const { id, propertyId } = await aValue(portal)
    return withFields({ ...params, id }, { propertyId })
  },
  'catalog.productPropertyEnum.delete': async (portal, params) => ({ ...params, id: (await aValue(portal)).id }),
  'catalog.productPropertyEnum.list': async (portal, params) => ({
    ...params,
    filter: { propertyId: (await aValue(portal)).propertyId },
  }),
  'catalog.price.add': async (portal, params) => withFields(params, { productId: await aProduct(portal) }),
  'catalog.price.get': onAPrice,
  'catalog.price.update': onAPrice,
  'catalog.price.delete': onAPrice,
  'catalog.price.list': async (portal, params) => ({
    ...params,
    filter: { productId: (await aPrice(portal)).productId },
  }),
  'catalog.price.modify': async (portal, params) => {
    const { id, productId } = await aPrice(portal)
    const { product: given } = fieldsOf(params) as { product: { prices: Parameters[] } }
    const [first, second, third] = given.prices
    const prices = [
      { ...first, catalogGroupId: await anotherType(portal) },
      { ...second, catalogGroupId: await anotherType(portal) },
      { ...third, catalogGroupId: 1, id },
    ]
    return withFields(params, { product: { id: productId, prices } })
  },
  ...Object.fromEntries(
    varieties.flatMap((variety): [string, Target][] => [
      [`${variety.prefix}.add`, adding(variety)],
      [`${variety.prefix}.get`, there(variety)],
      [`${variety.prefix}.update`, changing(variety)],
      [`${variety.prefix}.delete`, there(variety)],
      [`${variety.prefix}.list`, listing(variety)],
      [`${variety.prefix}.getFieldsByFilter`, filtered(variety)],
    ]),
  ),
}

/** Products have the pictures that every portal's have, and what other requests of this file have made. */
const otherProperties: Difference = {
  at: /\.property(?!258|259|261|262)\d+: extra$/,
  why: 'a property that the documented portal has not, such as that of pictures',
}

const unknown: Provocation = { change: (params) => ({ ...params, id: 999_999 }) }
const blank = (name: string): Provocation => ({ change: (params) => withFields(params, { [name]: '' }) })
const noFields: Provocation = { change: (params) => ({ ...params, fields: {} }) }
const setTo = (name: string, value: unknown): Provocation => ({ change: (params) => ({ ...params, [name]: value }) })

const noText = { instead: null, why: 'the page stands for errors that have no text of their own' }
const reworded = (code: string | number, text: string, why: string) => ({
  instead: { error: code, error_description: text },
  why,
})
const vatPages = 'the page prints the text as the code and an explanation as the text; its tables have no code'

export const catalog: VectorArea = {
  targets,
  differences: {
    'catalog.productProperty.list': [
      { at: 'answer.next: missing', why: 'the documented portal has more than a page of properties' },
    ],
    ...Object.fromEntries(
      varieties
        .flatMap(({ prefix }) => ['add', 'get', 'update', 'getFieldsByFilter'].map((verb) => `${prefix}.${verb}`))
        .map((method) => [method, [otherProperties]]),
    ),
  },
  provocations: {
    'crm.vat.add': setTo('fields', 'text'),
    'crm.vat.get': unknown,
    'crm.vat.list': setTo('select', ['UNKNOWN']),
    'catalog.vat.update': blank('name'),
    'catalog.measure.update': blank('code'),
    'catalog.priceType.update': blank('name'),
    'catalog.section.update': blank('name'),
    'catalog.price.update': noFields,
    'catalog.price.modify': {
      change: (params) => withFields(params, { product: { id: 8, prices: [{ catalogGroupId: 1 }] } }),
    },
    'catalog.productProperty.add': { change: (params) => withFields(params, { userType: 'unknown' }) },
    'catalog.productProperty.get': unknown,
    'catalog.productProperty.update': noFields,
    'catalog.productProperty.delete': unknown,
    'catalog.productPropertyEnum.add': {
      async change(params, portal) {
        await made(portal, 'catalog.productPropertyEnum.add', params)
        return params
      },
    },
    'catalog.productPropertyFeature.add': {
      change: (params) => ({ ...params, fields: { propertyId: fieldsOf(params).propertyId } }),
    },
    'catalog.productPropertyFeature.get': unknown,
    'catalog.productPropertyFeature.update': unknown,
    'catalog.productPropertyFeature.getAvailableFeaturesByProperty': setTo('propertyId', 999_999),
    'catalog.productPropertySection.get': setTo('propertyId', 999_999),
    'catalog.productPropertySection.set': setTo('propertyId', 999_999),
    'catalog.roundingRule.update': blank('catalogGroupId'),
    'catalog.priceTypeLang.update': blank('name'),
    'catalog.productPropertyEnum.get': unknown,
    'catalog.productPropertyEnum.list': setTo('filter', 'text'),
    'catalog.productPropertyEnum.update': unknown,
    'catalog.productPropertyEnum.delete': unknown,
  },
  amended: {
    'crm.vat.add': reworded('', 'Invalid parameters.', vatPages),
    'crm.vat.update': reworded('', 'Invalid identifier.', vatPages),
    'crm.vat.delete': reworded('', 'Invalid identifier.', vatPages),
    'crm.vat.get': reworded('', 'VAT rate not found.', vatPages),
    'crm.vat.list': reworded('', 'Inadmissible fields for selection.', vatPages),
    'catalog.vat.update': reworded(0, 'Required fields: name', 'the text is that of units: a rate has no code'),
    'catalog.catalog.getFields': noText,
    'catalog.catalog.isOffers': noText,
    'catalog.catalog.list': noText,
    'catalog.section.getFields': noText,
    'catalog.productPropertyEnum.add': reworded(
      '0',
      "A value with xmlId 'M' already exists.",
      'the table of the page has this text for the same',
    ),
    'catalog.productPropertyEnum.list': reworded(
      '100',
      'Invalid value {filter} to match with parameter {filter}. Should be value of type array.',
      'so say the tables of the page and of its siblings, with braces',
    ),
  },
}
