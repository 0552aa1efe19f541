import { CatalogCrud, type CatalogFamily } from '../../methods/families/catalog-crud.ts'
import { readDraft } from '../../methods/draft.ts'
import { encodeRow, itemSelection } from '../../methods/rows.ts'
import { type Call, type Map, method, need } from '../../methods/method.ts'
import { Failure } from '../../records/failure.ts'
import * as records from '../../records/records.ts'
import type { Entity } from '../../schema/entity.ts'
import { catalogWire } from '../../schema/wire.ts'
import { scalarOf } from '../../store/entity-query.ts'
import { ids } from './numbers.ts'
import { property } from './property.ts'
import { features } from './property-parts.ts'

const scope = 'catalog'
const gone = (name: string): readonly ['0', string] => ['0', `${name} does not exist.`]
const denied = (): readonly ['0', string] => ['0', 'Access Denied']

const featureFamily: CatalogFamily = {
  prefix: 'catalog.productPropertyFeature',
  entityTypeId: ids.propertyFeature,
  one: 'productPropertyFeature',
  many: 'productPropertyFeatures',
  verbs: ['add', 'get', 'list', 'update', 'getFields'],
  readersOf: ids.product,
  required: ['propertyId', 'moduleId', 'featureId', 'isEnabled'],
  demanded: ['moduleId', 'featureId', 'isEnabled'],
  words: { other: '0', denied, notFound: gone('productPropertyFeature') },
}
const featureCrud = new CatalogCrud(featureFamily)

const sectionFamily: CatalogFamily = {
  prefix: 'catalog.productPropertySection',
  entityTypeId: ids.propertySection,
  one: 'productPropertySection',
  many: 'productPropertySections',
  verbs: ['list'],
  readersOf: ids.product,
  required: [],
  // Settings have no id of their own: their property's is theirs.
  knows: ({ name }) => name !== 'id',
  words: { other: '0', denied, notFound: gone('productPropertySection') },
}
const sectionCrud = new CatalogCrud(sectionFamily)

/** The catalogue of a property; throws as if what is asked for weren't there. */
async function catalogOf(call: Call, propertyId: number): Promise<number> {
  const stored = await records.get(call, property, propertyId)
  return Number(scalarOf(stored, property.field('iblockId')))
}

async function settingsOf(call: Call, of: Entity, propertyId: number) {
  const fields = itemSelection(of, catalogWire, undefined)
  const { rows } = await records.list(call, of, {
    fields,
    test: { is: 'compare', field: of.field('propertyId'), op: 'eq', values: [propertyId] },
    order: [],
    start: -1,
  })
  const [stored] = rows
  if (stored === undefined) return undefined
  const { id, ...row } = encodeRow(stored, fields, catalogWire, call.encode)
  return { id: Number(id), row }
}

async function setSettings(call: Call, of: Entity, propertyId: number, fields: Map): Promise<unknown> {
  const iblockId = await catalogOf(call, propertyId)
  const known = await settingsOf(call, of, propertyId)
  const given = { ...fields, propertyId }
  const draft = await readDraft(call, of, catalogWire, given, { isNew: known === undefined, strict: false })
  if (known === undefined) await records.create(call, of, draft, { missing: 'refuse' })
  else await records.update(call, of, known.id, draft, { missing: 'refuse' })
  const after = await settingsOf(call, of, propertyId)
  // Numbers are texts here, and the section is all of them (catalog-product-property-section-set.md).
  return { ...after?.row, iblockId: String(iblockId), propertyId: String(propertyId), sectionId: '0' }
}

/** What shops are told of a property, beside its values. */
export default [
  ...featureCrud.methods(),
  method({
    name: 'catalog.productPropertyFeature.getAvailableFeaturesByProperty',
    scope,
    params: { propertyId: need.id },
    run: ({ propertyId }, call) =>
      featureCrud.run(call, 'get', async () => {
        await catalogOf(call, propertyId)
        return { features }
      }),
  }),
  ...sectionCrud.methods(),
  method({
    name: 'catalog.productPropertySection.get',
    scope,
    params: { propertyId: need.id },
    run: ({ propertyId }, call) =>
      sectionCrud.run(call, 'get', async (of) => {
        const known = await settingsOf(call, of, propertyId)
        if (known === undefined) throw new Failure({ why: 'not-found' })
        return { productPropertySection: known.row }
      }),
  }),
  method({
    name: 'catalog.productPropertySection.set',
    scope,
    params: { propertyId: need.id, fields: need.map },
    run: ({ propertyId, fields }, call) =>
      sectionCrud.run(call, 'update', async (of) => ({
        productPropertySection: await setSettings(call, of, propertyId, fields),
      })),
  }),
]
