import { stageDirectory } from '../../../../modules/crm/stages.ts'
import { SeedError } from '../items.ts'
import { type Fields, idIn, type Kind, listOf, type Made, mapOf, plain, without, type Workshop } from './kind.ts'

/** The stage of a pipeline that has this code, with or without the prefix of its pipeline. */
async function stageOf({ ask }: Workshop, directory: string, code: string): Promise<string | undefined> {
  const rows = listOf(await ask('crm.status.list', { filter: { ENTITY_ID: directory } }))
  const found = rows.find(({ STATUS_ID: own }) => own === code || String(own).endsWith(`:${code}`))
  return found === undefined ? undefined : String(found.STATUS_ID)
}

const pipelinesOf = async ({ ask }: Workshop, entityTypeId: unknown): Promise<Record<string, unknown>[]> =>
  listOf(mapOf(await ask('crm.category.list', { entityTypeId })).categories)

const typeIn = (answer: unknown): Made => {
  const type = mapOf(mapOf(answer).type)
  return { id: Number(type.id), value: Number(type.entityTypeId) }
}

/**
 * A reference to a smart process is its number; `@name.id` is its id, as in `CRM_@{name.id}`; `@name.pipeline` is its
 * default pipeline, and `@name.NEW` a stage of that.
 */
export const types: Kind = {
  add: async ({ call }, fields) => typeIn(await call('crm.type.add', { fields })),
  update: async ({ call }, id, fields) =>
    void (await call('crm.type.update', { id, fields: without(fields, ['entityTypeId']) })),
  exists: async ({ ask }, id) => (await ask('crm.type.get', { id })) !== undefined,
  async adopt({ ask }, { entityTypeId }) {
    if (entityTypeId === undefined) return undefined
    const found = await ask('crm.type.getByEntityTypeId', { entityTypeId })
    return found === undefined ? undefined : typeIn(found)
  },
  async member(shop, id, name) {
    const { value: entityTypeId } = typeIn(await shop.ask('crm.type.get', { id }))
    const found = (await pipelinesOf(shop, entityTypeId)).find((each) => each.isDefault === 'Y')
    if (found === undefined || name === 'pipeline') return found === undefined ? undefined : idIn(found)
    return stageOf(shop, stageDirectory(Number(entityTypeId), idIn(found)), name)
  },
}

/** Deals, contacts and companies each have a general pipeline with the number 0: it is remembered with its type. */
const madeOf = (entityTypeId: unknown, id: number): Made =>
  id === 0 ? { id: `${String(entityTypeId)}/0`, value: 0 } : plain(id)
const numberIn = (id: Made['id']): number => Number(String(id).split('/').at(-1))

/** `@partners.REVIEW` is a stage of it. The default pipeline, `isDefault: Y`, is there already, and is only described. */
export const pipelines: Kind = {
  async add({ call }, { entityTypeId, ...fields }) {
    return plain(idIn(mapOf(await call('crm.category.add', { entityTypeId, fields })).category))
  },
  update: async ({ call }, id, { entityTypeId, ...fields }) =>
    void (await call('crm.category.update', { entityTypeId, id: numberIn(id), fields })),
  exists: async ({ ask }, id, _item, { entityTypeId }) =>
    (await ask('crm.category.get', { entityTypeId, id: numberIn(id) })) !== undefined,
  async adopt(shop, { entityTypeId, isDefault }) {
    if (isDefault !== 'Y') return undefined
    const found = (await pipelinesOf(shop, entityTypeId)).find((each) => each.isDefault === 'Y')
    return found === undefined ? undefined : madeOf(entityTypeId, idIn(found))
  },
  async member(shop, id, code) {
    for (const directory of await directoriesOf(shop, numberIn(id))) {
      const stage = await stageOf(shop, directory, code)
      if (stage !== undefined) return stage
    }
    return undefined
  },
}

/** Where the stages of a pipeline are: which entity it is of, its id does not tell. */
async function directoriesOf({ portal, session }: Workshop, id: number): Promise<string[]> {
  const types = (await portal.entities.all(session)).filter(({ categories }) => categories)
  return types.map(({ entityTypeId }) => stageDirectory(entityTypeId, id))
}

/** Of a directory of stages, whose they are. */
function stagesOf(directory: string): { readonly entityTypeId: number; readonly categoryId: number } | undefined {
  const [, dynamic, pipeline] = /^DYNAMIC_(\d+)_STAGE_(\d+)$/.exec(directory) ?? []
  if (dynamic !== undefined) return { entityTypeId: Number(dynamic), categoryId: Number(pipeline) }
  const [, kind = '', category = '0'] =
    /^(STATUS|QUOTE_STATUS|DEAL_STAGE|SMART_INVOICE_STAGE)(?:_(\d+))?$/.exec(directory) ?? []
  const entityTypeId = { STATUS: 1, QUOTE_STATUS: 7, DEAL_STAGE: 2, SMART_INVOICE_STAGE: 31 }[kind]
  return entityTypeId === undefined ? undefined : { entityTypeId, categoryId: Number(category) }
}

/** Writes an entry; `required` names the fields without which no record gets into a stage. */
async function writeStatus({ call }: Workshop, id: Made['id'], { required, ...fields }: Fields): Promise<void> {
  if (Object.keys(fields).length > 0) await call('crm.status.update', { id, fields })
  if (required === undefined) return
  const { ENTITY_ID: directory, STATUS_ID: stageId } = mapOf(await call('crm.status.get', { id }))
  const of = stagesOf(String(directory))
  if (of === undefined) throw new SeedError(`${String(directory)} is no directory of stages: nothing is required there`)
  await call('portico.stage.required.set', { ...of, stageId, fields: required })
}

/** A reference to a status or stage is its code, as records hold it. */
export const statuses: Kind = {
  async add(shop, fields) {
    const { required } = fields
    const id = Number(await shop.call('crm.status.add', { fields: without(fields, ['required']) }))
    if (required !== undefined) await writeStatus(shop, id, { required })
    return { id, value: String(mapOf(await shop.call('crm.status.get', { id })).STATUS_ID) }
  },
  async update(shop, id, fields) {
    await writeStatus(shop, id, without(fields, ['ENTITY_ID', 'STATUS_ID']))
    return undefined
  },
  exists: async ({ ask }, id) => (await ask('crm.status.get', { id })) !== undefined,
  async adopt({ ask }, { ENTITY_ID: directory, STATUS_ID: code }) {
    const rows = listOf(await ask('crm.status.list', { filter: { ENTITY_ID: directory } }))
    // In a pipeline the code of a stage has that of the pipeline before it.
    const found = rows.find(({ STATUS_ID: own }) => own === code || String(own).endsWith(`:${String(code)}`))
    return found === undefined ? undefined : { id: idIn(found), value: String(found.STATUS_ID) }
  },
  remove: async ({ call }, id) => void (await call('crm.status.delete', { id, params: { FORCED: 'Y' } })),
}
