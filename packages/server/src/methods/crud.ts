import type { Written } from '../records/change.ts'
import * as records from '../records/records.ts'
import type { Entity, Field } from '../schema/entity.ts'
import { itemWire, itemWireOriginalUf, legacyWire, type Wire } from '../schema/wire.ts'
import { and, type Test } from '../store/entity-test.ts'
import { readFilter, readOrder } from './conditions.ts'
import { describeFields } from './describe.ts'
import { readDraft } from './draft.ts'
import { apiError, type ApiError, type ErrorStyle, inStyle, itemStyle, legacyStyle } from './errors.ts'
import { type Call, Listing, type Map, method, type Method, need, take } from './method.ts'
import { encodeRow, itemSelection, legacyRecord, legacySelection } from './rows.ts'

/** The entity that a request of `crm.item.*` names. */
export const itemEntity = async (call: Call, entityTypeId: number): Promise<Entity> => {
  const entity = await call.portal.entities.find(call.session, entityTypeId)
  if (entity !== undefined) return entity
  // The old invoices have a number of their own and no place here (api-reference/crm/universal/crm-item-list.md).
  throw entityTypeId === 5
    ? apiError('typeNotSupported', 'Entity type Invoice is not supported')
    : apiError('unknownType')
}

const flagOf = (params: Map | undefined, name: string): boolean => {
  const value = params?.[name] ?? params?.[name.toLowerCase()]
  return value === 'Y' || value === true || value === 1 || value === '1'
}

type Verb = 'add' | 'get' | 'list' | 'update' | 'delete' | 'fields'

/** How a family differs from `crm.lead.*`. */
export interface CrudOptions {
  /** What it says of an id that it doesn't know, where others say `Not found`. */
  readonly notFound?: { readonly update?: () => ApiError; readonly delete?: () => ApiError }
  /** Its own words for what is refused. */
  readonly style?: ErrorStyle
  /** The methods that it has; all six if not given. The others of the family are written apart. */
  readonly verbs?: readonly Verb[]
  /** Refuses those to whom the owner of a record is closed, before anything happens: for the rights `owner`. */
  readonly guard?: (call: Call, what: Guarded) => Promise<void>
  /** Which records a list shows to the caller beside what it asks for; may refuse the list altogether. */
  readonly shown?: (call: Call, filter: unknown) => Promise<Test | undefined>
  /** Rows of a list have the id only if it is selected. */
  readonly plainRows?: true
  /** Reads what a request gives of fields that have no column: rows that a table of their own keeps. */
  readonly read?: (fields: Map) => ReadonlyMap<string, Written>
  /** Completes the rows of a list with what isn't stored with the records. */
  readonly complete?: (rows: Record<string, unknown>[], call: Call) => Promise<void>
}

/** A record that is to be read or written, or the fields of a new one. */
export interface Guarded {
  readonly verb: 'add' | 'get' | 'update' | 'delete'
  readonly id: number
  readonly fields: Map
}

/** `crm.lead.{add,get,list,update,delete,fields}` and its siblings: UPPER_CASE rows of strings. */
export function crud(
  prefix: string,
  entityTypeId: number,
  { notFound = {}, style = legacyStyle, verbs, guard, shown, plainRows, read, complete }: CrudOptions = {},
): Method[] {
  const wire = legacyWire
  const missing = 'clear'
  const scope = 'crm'
  const entity = (call: Call): Promise<Entity> => call.portal.entities.get(call.session, entityTypeId)
  const methods = [
    method({
      name: `${prefix}.add`,
      scope,
      style: 'legacy',
      params: { fields: need.map, params: take.map },
      run: ({ fields, params }, call) =>
        inStyle(style, 'write', async () => {
          const of = await entity(call)
          const importing = flagOf(params, 'IMPORT')
          // Rights come before anything that a request can make happen.
          await call.portal.access.require(call, of, importing ? 'import' : 'add')
          await guard?.(call, { verb: 'add', id: 0, fields })
          const more = read?.(fields) ?? []
          const draft = await readDraft(call, of, wire, fields, { isNew: true, importing, strict: false })
          for (const [name, value] of more) draft.values.set(name, value)
          return records.create(call, of, draft, { missing, action: importing ? 'import' : 'add' })
        }),
    }),
    method({
      name: `${prefix}.get`,
      scope,
      style: 'legacy',
      params: { id: need.id },
      run: ({ id }, call) =>
        inStyle(style, 'read', async () => {
          const of = await entity(call)
          await guard?.(call, { verb: 'get', id, fields: {} })
          const fields = legacyRecord(of)
          return encodeRow(await records.get(call, of, id, fields), fields, wire, call.encode)
        }),
    }),
    method({
      name: `${prefix}.list`,
      scope,
      style: 'legacy',
      params: { select: take.list, filter: take.any, order: take.any, start: take.start },
      run: ({ select, filter, order, start }, call) =>
        inStyle(style, 'read', async () => {
          const of = await entity(call)
          const test = await shown?.(call, filter)
          const chosen = legacySelection(of, wire, select)
          const fields = plainRows === true ? withoutId(of, chosen, select) : chosen
          const page = await listPage(call, of, wire, { fields, filter, order, start, test })
          await complete?.(page.rows, call)
          return new Listing(page.rows, page.total, page.next)
        }),
    }),
    method({
      name: `${prefix}.update`,
      scope,
      style: 'legacy',
      params: { id: need.id, fields: need.map, params: take.map },
      run: ({ id, fields }, call) =>
        inStyle({ ...style, notFound: notFound.update ?? style.notFound }, 'write', async () => {
          const of = await entity(call)
          await call.portal.access.require(call, of, 'update')
          await guard?.(call, { verb: 'update', id, fields })
          const more = read?.(fields) ?? []
          const draft = await readDraft(call, of, wire, fields, { isNew: false, strict: false })
          for (const [name, value] of more) draft.values.set(name, value)
          await records.update(call, of, id, draft, { missing })
          return true
        }),
    }),
    method({
      name: `${prefix}.delete`,
      scope,
      style: 'legacy',
      params: { id: need.id },
      run: ({ id }, call) =>
        inStyle({ ...style, notFound: notFound.delete ?? style.notFound }, 'write', async () => {
          const of = await entity(call)
          await guard?.(call, { verb: 'delete', id, fields: {} })
          await records.remove(call, of, id)
          return true
        }),
    }),
    method({
      name: `${prefix}.fields`,
      scope,
      style: 'legacy',
      params: {},
      run: (_none, call) =>
        inStyle(style, 'read', async () => {
          const of = await entity(call)
          await call.portal.access.require(call, of, 'read')
          return describeFields(of, wire)
        }),
    }),
  ]
  return methods.flatMap((each) => {
    const verb = each.name.slice(prefix.length + 1)
    if (verbs?.some((wanted) => wanted === verb) === false) return []
    return [{ ...each, records: { entityTypeId, verb, wire } }]
  })
}

interface ListParams {
  readonly fields: ReturnType<typeof legacySelection>
  readonly filter: unknown
  readonly order: unknown
  readonly start: number
  /** What must hold beside the filter. */
  readonly test?: Test | undefined
}

/** A selection without the id that nobody has asked for. */
function withoutId(entity: Entity, chosen: readonly Field[], select: readonly unknown[] | undefined): readonly Field[] {
  const id = entity.field('id')
  const names = (select ?? []).filter((name) => typeof name === 'string' && name !== '')
  const asked = names.length === 0 || names.some((name) => name === '*' || legacyWire.find(entity, String(name)) === id)
  return asked || chosen.length < 2 ? chosen : chosen.filter((field) => field !== id)
}

async function listPage(
  call: Call,
  entity: Entity,
  wire: Wire,
  { fields, filter, order, start, test: beside }: ListParams,
) {
  const asked = readFilter(entity, wire, filter, { zone: call.portal.zone })
  const page = await records.list(call, entity, {
    fields,
    test: asked === undefined ? beside : beside === undefined ? asked : and([asked, beside]),
    order: readOrder(entity, wire, order),
    start,
  })
  return { ...page, rows: page.rows.map((stored) => encodeRow(stored, fields, wire, call.encode)) }
}

/** Creates an item of what `fields` says: `crm.item.add`, or with the right to import `crm.item.import`. */
export async function createItem(
  call: Call,
  entity: Entity,
  wire: Wire,
  fields: Map,
  action: 'add' | 'import',
): Promise<number> {
  // Rights come before anything that a request can make happen.
  await call.portal.access.require(call, entity, action)
  const importing = action === 'import'
  const draft = await readDraft(call, entity, wire, fields, { isNew: true, importing, strict: true })
  return records.create(call, entity, draft, { missing: 'refuse', action })
}

/** The dialect of `crm.item.*`, with user fields under their camelCase or their original names. */
export const itemWireOf = (useOriginalUfNames: boolean): Wire => (useOriginalUfNames ? itemWireOriginalUf : itemWire)

/** `crm.item.*`: one set of methods for every entity type; camelCase rows of typed values. */
export function itemCrud(): Method[] {
  const style = itemStyle
  const missing = 'refuse'
  const scope = 'crm'
  const original = { useOriginalUfNames: take.flag }
  const item = async (
    read: typeof records.get | typeof records.written,
    call: Call,
    entity: Entity,
    id: number,
    wire: Wire,
  ): Promise<{ item: object }> => {
    const fields = itemSelection(entity, wire, undefined)
    return { item: encodeRow(await read(call, entity, id, fields), fields, wire, call.encode) }
  }
  const methods = [
    method({
      name: 'crm.item.add',
      scope,
      params: { entityTypeId: need.integer, fields: need.map, ...original },
      run: ({ entityTypeId, fields, useOriginalUfNames }, call) =>
        inStyle(style, 'write', async () => {
          const entity = await itemEntity(call, entityTypeId)
          const wire = itemWireOf(useOriginalUfNames)
          const id = await createItem(call, entity, wire, fields, 'add')
          const made = await item(records.written, call, entity, id, wire)
          // The page shows no search text in the answer to an addition, only in later ones (crm-item-add.md).
          return 'searchContent' in made.item ? { item: { ...made.item, searchContent: null } } : made
        }),
    }),
    method({
      name: 'crm.item.get',
      scope,
      params: { entityTypeId: need.integer, id: need.id, ...original },
      run: ({ entityTypeId, id, useOriginalUfNames }, call) =>
        inStyle(style, 'read', async () =>
          item(records.get, call, await itemEntity(call, entityTypeId), id, itemWireOf(useOriginalUfNames)),
        ),
    }),
    method({
      name: 'crm.item.list',
      scope,
      params: {
        entityTypeId: need.integer,
        select: take.list,
        filter: take.any,
        order: take.any,
        start: take.start,
        ...original,
      },
      run: ({ entityTypeId, select, filter, order, start, useOriginalUfNames }, call) =>
        inStyle(style, 'read', async () => {
          const entity = await itemEntity(call, entityTypeId)
          const wire = itemWireOf(useOriginalUfNames)
          const fields = itemSelection(entity, wire, select)
          const page = await listPage(call, entity, wire, { fields, filter, order, start })
          return new Listing({ items: page.rows }, page.total, page.next)
        }),
    }),
    method({
      name: 'crm.item.update',
      scope,
      params: { entityTypeId: need.integer, id: need.id, fields: need.map, ...original },
      run: ({ entityTypeId, id, fields, useOriginalUfNames }, call) =>
        inStyle(style, 'write', async () => {
          const entity = await itemEntity(call, entityTypeId)
          const wire = itemWireOf(useOriginalUfNames)
          await call.portal.access.require(call, entity, 'update')
          const draft = await readDraft(call, entity, wire, fields, { isNew: false, strict: true })
          await records.update(call, entity, id, draft, { missing, shown: true })
          return item(records.written, call, entity, id, wire)
        }),
    }),
    method({
      name: 'crm.item.delete',
      scope,
      params: { entityTypeId: need.integer, id: need.id },
      run: ({ entityTypeId, id }, call) =>
        inStyle(style, 'write', async () => {
          await records.remove(call, await itemEntity(call, entityTypeId), id)
          // The empty array is the documented success (api-reference/crm/universal/crm-item-delete.md).
          return []
        }),
    }),
    method({
      name: 'crm.item.fields',
      scope,
      params: { entityTypeId: need.integer, ...original },
      run: ({ entityTypeId, useOriginalUfNames }, call) =>
        inStyle(style, 'read', async () => {
          const entity = await itemEntity(call, entityTypeId)
          await call.portal.access.require(call, entity, 'read')
          return { fields: describeFields(entity, itemWireOf(useOriginalUfNames)) }
        }),
    }),
  ]
  return methods.map((each) => {
    const verb = each.name.slice('crm.item.'.length)
    const one = verb === 'fields' ? 'fields' : 'item'
    return { ...each, records: { entityTypeId: undefined, verb, wire: itemWire, one, many: 'items' } }
  })
}
