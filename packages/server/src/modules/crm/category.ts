import { describeFields } from '../../methods/describe.ts'
import { apiError, ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, Listing, type Map, method, need } from '../../methods/method.ts'
import { encodeSmallRow, named, smallTable } from '../../methods/small-table.ts'
import { administer, hasRow } from '../../records/administration.ts'
import type { Category } from '../../records/directories.ts'
import { Failure } from '../../records/failure.ts'
import { closePipeline } from '../../records/role-rows.ts'
import { type Entity, field } from '../../schema/entity.ts'
import { entityTypes, isDynamic } from '../../schema/entity-types.ts'
import { InvalidValue, integerOf, isBlank, textOf, yesNo } from '../../schema/kind.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { itemWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { changeGeneralPipeline, pipelines } from './general-pipeline.ts'
import { clearDefault, createPipeline, DEFAULT_SORT, removePipeline } from './pipelines.ts'
import { flagsOf } from './type-settings.ts'

const scope = 'crm'
const CACHES = ['directories', 'entities', 'roles', 'settings', 'stage-required']
const DEAL = 2
const MAX_NAME = 255
/** Contacts and companies. */
const CLIENTS: ReadonlySet<number> = new Set([3, 4])
const supports = (entityTypeId: number): boolean =>
  entityTypeId === DEAL || CLIENTS.has(entityTypeId) || entityTypeId === 31 || isDynamic(entityTypeId)

/** Titles are the upper-case names, literally (api-reference/crm/universal/category/crm-category-fields.md). */
function describeTable(entityTypeId: number): Entity {
  return smallTable('crm_category', 'Pipeline', {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'NAME'),
    sort: field(integer, 'SORT'),
    entityTypeId: field(integer, 'ENTITY_TYPE_ID', { required: true, readOnly: true }),
    isDefault: field(flag, 'IS_DEFAULT', { readOnly: entityTypeId === DEAL }),
    ...(entityTypeId === DEAL
      ? { originId: field(string, 'ORIGIN_ID'), originatorId: field(string, 'ORIGINATOR_ID') }
      : {}),
    ...(isDynamic(entityTypeId) ? { isSystem: field(flag, 'IS_SYSTEM'), code: field(string, 'CODE') } : {}),
  })
}

const row = smallTable('crm_category', 'Pipeline', {
  id: field(integer, 'ID'),
  name: field(string, 'NAME'),
  sort: field(integer, 'SORT'),
  entityTypeId: field(integer, 'ENTITY_TYPE_ID'),
  isDefault: field(flag, 'IS_DEFAULT'),
})

/** Sources are those of deals' own pipelines only: the general one has none. */
function encode(category: Category, call: Call): Record<string, unknown> {
  const { id, name, sort, entityTypeId, isDefault, originId, originatorId } = category
  const common = encodeSmallRow(row, { id, name, sort, entityTypeId, isDefault: isDefault ? 'Y' : 'N' }, itemWire, call)
  return entityTypeId === DEAL && id !== 0 ? { ...common, originId, originatorId } : common
}

/** The documentation calls the missing type now one, now the other. */
type NotFound = 'SPA not found' | 'Smart process not found'

async function entityOf(call: Call, entityTypeId: number, notFound: NotFound): Promise<Entity> {
  const entity = await call.portal.entities.find(call.session, entityTypeId)
  const named = entityTypes.find((type) => type.id === entityTypeId)
  if (named !== undefined && !supports(entityTypeId))
    throw apiError('typeNotSupported', `Entity type ${entity?.title ?? named.name} is not supported`)
  if (entity === undefined) throw new ApiError('NOT_FOUND', 400, notFound)
  return entity
}

const elementNotFound = (): ApiError => new ApiError('NOT_FOUND', 400, 'Element not found')

async function find(call: Call, reader: Call['session'] | Transaction, entityTypeId: number, id: number) {
  const found = (await pipelines(call.portal, reader, entityTypeId)).find((each) => each.id === id)
  if (found === undefined) throw elementNotFound()
  return found
}

function nameOf(input: unknown): string {
  const name = isBlank(input) ? '' : textOf(input).trim()
  if (name === '') throw new ApiError('0', 400, "Field 'NAME' is required")
  if (name.length > MAX_NAME) throw new ApiError('0', 400, `Field 'NAME' is longer than ${MAX_NAME} characters`)
  return name
}

/** A place before the first is the first. */
const sortOf = (input: unknown): number => (isBlank(input) ? DEFAULT_SORT : Math.max(integerOf(input), 0))

function reading<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${field}': ${cause.reason}`)
  }
}

/** Deals and clients keep their default for ever; smart processes and invoices may choose another. */
function wantsDefault(fields: Map, entityTypeId: number): boolean {
  const asked = yesNo(fields.isDefault) === true
  if (asked && CLIENTS.has(entityTypeId))
    throw new ApiError('0', 400, 'Default client category does not support updating default state')
  return asked && entityTypeId !== DEAL
}

async function add(entity: Entity, sent: Map, call: Call): Promise<unknown> {
  const { entityTypeId } = entity
  const fields = named(row, sent)
  const given = await administer(
    call,
    CACHES,
    async (tx) => {
      if (isDynamic(entityTypeId) && yesNo(fields.isSystem) === true)
        throw new ApiError('ADDING_DISABLED', 400, 'Adding a system category is prohibited')
      const name = reading('name', () => nameOf(fields.name))
      const sort = reading('sort', () => sortOf(fields.sort))
      const isDefault = wantsDefault(fields, entityTypeId)
      const id = await createPipeline(call, tx, { entityTypeId, name, sort, isDefault })
      const type = (await call.portal.entities.types(tx)).find((each) => each.entity_type_id === entityTypeId)
      if (type !== undefined && flagsOf(type).isSetOpenPermissions !== 'Y') await closePipeline(tx, entity.name, id)
      return { id, name, sort, entityTypeId, isDefault }
    },
    { entity },
  )
  return { category: encodeSmallRow(row, { ...given, isDefault: given.isDefault ? 'Y' : 'N' }, itemWire, call) }
}

async function update(entity: Entity, id: number, sent: Map, call: Call): Promise<unknown> {
  const { entityTypeId } = entity
  const fields = named(row, sent)
  const changed = await administer(
    call,
    CACHES,
    async (tx) => {
      const before = await find(call, tx, entityTypeId, id)
      const after: Category = {
        ...before,
        name: fields.name === undefined ? before.name : reading('name', () => nameOf(fields.name)),
        sort: fields.sort === undefined ? before.sort : reading('sort', () => sortOf(fields.sort)),
        isDefault: before.isDefault || wantsDefault(fields, entityTypeId),
      }
      if (id === 0) await changeGeneralPipeline(call.portal, tx, after)
      else {
        if (after.isDefault && !before.isDefault) await clearDefault(tx, entityTypeId)
        const isDefault = after.isDefault ? 'Y' : 'N'
        await tx.change(
          sql`update crm_category set name = ${after.name}, sort = ${after.sort}, is_default = ${isDefault} where id = ${id}`,
        )
      }
      return after
    },
    { entity, category: id },
  )
  return { category: encode(changed, call) }
}

async function remove(entity: Entity, id: number, call: Call): Promise<null> {
  const { entityTypeId } = entity
  return administer(
    call,
    CACHES,
    async (tx) => {
      const category = await find(call, tx, entityTypeId, id)
      const isDeal = entityTypeId === DEAL
      if (category.isDefault)
        throw isDeal
          ? new ApiError('0', 400, 'Default deal category cannot be deleted')
          : new ApiError('BX_ERROR', 400, 'This funnel is the default funnel')
      if (category.isSystem) throw new ApiError('REMOVING_DISABLED', 400, 'Deletion of system category is prohibited')
      if (entity.byName.has('categoryId') && (await hasRow(tx, entity.table, entity.columnOf('categoryId'), id)))
        throw isDeal
          ? new ApiError('0', 400, `Deals related to the funnel ${category.name} found`)
          : new ApiError('BX_ERROR', 400, 'Elements related to the funnel found')
      await removePipeline(tx, entity, id)
      return null
    },
    { entity, category: id },
  )
}

const entityTypeId = need.integer
/** 0 is the general pipeline. */
const id = need.integer

export default [
  method({
    name: 'crm.category.add',
    scope,
    params: { entityTypeId, fields: need.map },
    run: ({ entityTypeId, fields }, call) =>
      inStyle(itemStyle, 'write', async () => {
        const entity = await entityOf(call, entityTypeId, 'SPA not found')
        return add(entity, fields, call)
      }),
  }),
  method({
    name: 'crm.category.update',
    scope,
    params: { entityTypeId, id, fields: need.map },
    run: ({ entityTypeId, id, fields }, call) =>
      inStyle(itemStyle, 'write', async () => {
        const entity = await entityOf(call, entityTypeId, 'Smart process not found')
        return update(entity, id, fields, call)
      }),
  }),
  method({
    name: 'crm.category.get',
    scope,
    params: { entityTypeId, id },
    run: ({ entityTypeId, id }, call) =>
      // Here, too, it is "Access denied", not the sentence about items.
      inStyle(itemStyle, 'write', async () => {
        const entity = await entityOf(call, entityTypeId, 'SPA not found')
        const reach = await call.portal.access.require(call, entity, 'read')
        const found = await find(call, call.session, entityTypeId, id)
        if (!reach.touches(id)) throw new Failure({ why: 'access-denied' })
        return { category: encode(found, call) }
      }),
  }),
  method({
    name: 'crm.category.list',
    scope,
    params: { entityTypeId },
    run: async ({ entityTypeId }, call) => {
      const entity = await entityOf(call, entityTypeId, 'Smart process not found')
      const all = await pipelines(call.portal, call.session, entityTypeId)
      const reach = await call.portal.access.reach(call, entity, 'read')
      const shown = all.filter((each) => reach.touches(each.id))
      return new Listing({ categories: shown.map((each) => encode(each, call)) }, shown.length)
    },
  }),
  method({
    name: 'crm.category.delete',
    scope,
    params: { entityTypeId, id },
    run: ({ entityTypeId, id }, call) =>
      inStyle(itemStyle, 'write', async () => remove(await entityOf(call, entityTypeId, 'SPA not found'), id, call)),
  }),
  method({
    name: 'crm.category.fields',
    scope,
    params: { entityTypeId },
    run: async ({ entityTypeId }, call) => {
      await entityOf(call, entityTypeId, 'SPA not found')
      return { fields: describeFields(describeTable(entityTypeId), itemWire) }
    },
  }),
]
