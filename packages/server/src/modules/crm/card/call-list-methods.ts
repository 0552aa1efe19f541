import { ApiError, inStyle, legacyStyle } from '../../../methods/errors.ts'
import { type Call, isMap, method, take } from '../../../methods/method.ts'
import { encodeSmallRow, sift, smallTable } from '../../../methods/small-table.ts'
import { type Entity, field } from '../../../schema/entity.ts'
import { splitKey } from '../../../schema/filter.ts'
import { InvalidValue, integerOf, isBlank } from '../../../schema/kind.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { formatDateTime } from '../../../schema/time.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import {
  allCallLists,
  type CallList,
  callListTable,
  existing,
  findCallList,
  participantsOf,
  readableOf,
  STATUSES,
  writeParticipants,
} from './call-lists.ts'

const scope = 'crm'
const style = 'legacy'
/** Each is a parameter of one query. */
const MAX_PARTICIPANTS = 5000
const types: Readonly<Record<string, number>> = { CONTACT: 3, COMPANY: 4 }
const typeName = (id: number): string => (id === 3 ? 'CONTACT' : 'COMPANY')
const partial = 'There are no CRM forms here: the number of one is kept and shown, and not looked up'

const refusal = (code: string, text: string, status = 400): ApiError => new ApiError(code, status, text)
const missing = (name: string): ApiError => refusal('ERROR_ARGUMENT', `${name} is not found`)

const rows = smallTable(callListTable.name, 'Call list', {
  id: field(integer, 'ID'),
  dateCreate: field(datetime, 'Created on'),
  createdById: field(integer, 'Created by'),
  webformId: field(integer, 'Form'),
  entityTypeId: field(integer, 'Type'),
})

const rowOf = (list: CallList) => ({
  id: list.id,
  dateCreate: list.created,
  createdById: list.created_by,
  webformId: list.webform_id,
  entityTypeId: list.entity_type_id,
})

/** `2025-07-14 08:47:19`: unlike other times, this one has no zone (crm-calllist-get.md). */
const plainTime = (seconds: number, call: Call): string =>
  formatDateTime(seconds, call.portal.zone).slice(0, 19).replace('T', ' ')

function encode(list: CallList, call: Call, names?: readonly string[]): Record<string, unknown> {
  const row = encodeSmallRow(rows, rowOf(list), legacyWire, call, names)
  return 'DATE_CREATE' in row ? { ...row, DATE_CREATE: plainTime(list.created, call) } : row
}

function numberOf(input: unknown): number | undefined {
  try {
    return integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return undefined
    throw cause
  }
}

interface Wanted {
  readonly entityTypeId: number
  readonly ids: readonly number[]
  readonly webformId: number | null
}

interface WantedParams {
  readonly ENTITY_TYPE: unknown
  readonly ENTITIES: unknown
  readonly WEBFORM_ID: unknown
}

/** Additions and changes have the same parameters, and different words for what is wrong with them. */
function wantedOf({ ENTITY_TYPE: type, ENTITIES: entities, WEBFORM_ID: webform }: WantedParams, words: Words): Wanted {
  if (isBlank(type)) throw missing('ENTITY_TYPE')
  if (isBlank(entities)) throw missing('ENTITIES')
  const entityTypeId = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined
  if (entityTypeId === undefined) throw refusal('ENTITY_TYPE_ERROR', words.type)
  if (!Array.isArray(entities) && !isMap(entities)) throw refusal('ENTITIES_ERROR', 'Entities is not array')
  const given: unknown[] = Array.isArray(entities) ? entities : Object.values(entities)
  if (given.length === 0) throw missing('ENTITIES')
  if (given.length > MAX_PARTICIPANTS)
    throw refusal('ENTITIES_ERROR', `A call list has at most ${MAX_PARTICIPANTS} participants`)
  const ids = given.map((each) => numberOf(each) ?? 0)
  if (ids.some((id) => id <= 0)) throw words.unknown()
  const webformId = isBlank(webform) ? null : (numberOf(webform) ?? 0)
  if (webformId !== null && webformId <= 0) throw refusal('WEBFORM_ERROR', 'Incorrect webform id')
  return { entityTypeId, ids: [...new Set(ids)], webformId }
}

interface Words {
  readonly type: string
  unknown(): ApiError
  denied(): ApiError
}

const adding: Words = {
  type: 'Incorrect entity type',
  unknown: () => refusal('ENTITY_ERROR', 'Incorrect entities id'),
  denied: () => refusal('ACCESS_ERROR', "You don't have access to these entities", 403),
}
const changing: Words = {
  type: 'EntityType is incorrect',
  unknown: () => refusal('ENTITIES_ERROR', 'Incorrect entities id'),
  denied: () => refusal('ACCESS_ERROR', 'Access Denied', 403),
}

/** Refuses records that there aren't, and those that the caller may not read. */
async function requireParticipants(call: Call, { entityTypeId, ids }: Wanted, words: Words): Promise<Entity> {
  const entity = await call.portal.entities.get(call.session, entityTypeId)
  if ((await call.portal.access.reach(call, entity, 'read')).none) throw words.denied()
  if ((await existing(call.session, entity, ids)).size < ids.length) throw words.unknown()
  if ((await readableOf(call, entity, ids)).size < ids.length) throw words.denied()
  return entity
}

async function add(call: Call, wanted: Wanted): Promise<number> {
  const entity = await requireParticipants(call, wanted, adding)
  const { entityTypeId, ids, webformId } = wanted
  return call.session.transaction(async (tx) => {
    // Held, so that none of them goes in the meantime.
    if ((await existing(tx, entity, ids, { lock: true })).size < ids.length) throw adding.unknown()
    const id = await tx.nextId(callListTable)
    const created = Math.floor(call.now)
    const author = { created, created_by: call.person.id }
    tx.insert(callListTable, { id, entity_type_id: entityTypeId, ...author, webform_id: webformId })
    await writeParticipants(tx, { id, entity_type_id: entityTypeId }, ids)
    return id
  })
}

/** A list whose participants are of a kind that the caller may read. */
async function readableList(call: Call, id: number): Promise<CallList | undefined> {
  const list = await findCallList(call.session, id)
  if (list === undefined) return undefined
  const entity = await call.portal.entities.get(call.session, list.entity_type_id)
  return (await call.portal.access.reach(call, entity, 'read')).none ? undefined : list
}

async function update(call: Call, listId: unknown, wanted: Wanted): Promise<boolean> {
  const entity = await requireParticipants(call, wanted, changing)
  const unknown = (): ApiError => refusal('LIST_ID_ERROR', 'Incorrect list id or access denied')
  const id = numberOf(listId) ?? 0
  return call.session.transaction(async (tx) => {
    const { ids, webformId, entityTypeId } = wanted
    // First, so that whoever else changes this list waits.
    const sets = sql`webform_id = ${webformId}`
    if ((await tx.change(sql`update crm_call_list set ${sets} where id = ${id}`)) === 0) throw unknown()
    const list = await findCallList(tx, id)
    if (list === undefined) throw unknown()
    if (list.entity_type_id !== entityTypeId)
      throw refusal('ENTITY_TYPE_ERROR', 'Discrepancy between the type of call participants and incoming type')
    if ((await existing(tx, entity, ids, { lock: true })).size < ids.length) throw changing.unknown()
    await writeParticipants(tx, list, ids)
    return true
  })
}

/** Unlike other lists, this one refuses what it doesn't know, in these words (crm-calllist-list.md). */
function requireKnown(names: readonly unknown[]): void {
  for (const name of names)
    if (typeof name !== 'string' || !rows.byLegacy.has(name))
      throw refusal(
        '100',
        `Unknown field definition \`${String(name)}\` (${String(name)}) for \\Bitrix\\Crm\\CallList\\Internals\\CallList Entity.`,
      )
}

const keysOf = (input: unknown): string[] => (isMap(input) ? Object.keys(input) : [])

async function list(
  { SELECT: select, FILTER: filter, ORDER: order }: { SELECT?: readonly unknown[]; FILTER: unknown; ORDER: unknown },
  call: Call,
): Promise<object[]> {
  const asked = select?.filter((name) => name !== '*') ?? []
  requireKnown([...asked, ...keysOf(filter).map((key) => splitKey(key).field), ...keysOf(order)])
  const names = rows.columns
    .filter(({ legacy }) => asked.length === 0 || asked.includes(legacy))
    .map(({ name }) => name)
  const shown = new Set<number>()
  for (const id of Object.values(types)) {
    const entity = await call.portal.entities.get(call.session, id)
    if (!(await call.portal.access.reach(call, entity, 'read')).none) shown.add(id)
  }
  const all = (await allCallLists(call.session)).filter((each) => shown.has(each.entity_type_id))
  const byId = new Map(all.map((each) => [each.id, each]))
  return sift(rows, legacyWire, all.map(rowOf), { filter, order }, call).flatMap(({ id }) => {
    const found = byId.get(Number(id))
    return found === undefined ? [] : [encode(found, call, names)]
  })
}

async function participants(call: Call, listId: unknown, filter: unknown): Promise<object[]> {
  if (isBlank(listId)) throw missing('LIST_ID')
  const id = numberOf(listId) ?? 0
  if (id <= 0) throw refusal('LIST_ID_ERROR', 'List id should be positive')
  const status = isMap(filter) ? filter.STATUS : undefined
  const statuses = await call.portal.directories.statuses(call.session, STATUSES)
  if (!isBlank(status) && !statuses.some(({ statusId }) => statusId === status))
    throw refusal('STATUS_ERROR', 'Incorrect status')
  const found = await findCallList(call.session, id)
  if (found === undefined) throw refusal('LIST_ID_ERROR', 'Call list is not found')
  const all = await participantsOf(call.session, id)
  if (all.length === 0) return []
  const entity = await call.portal.entities.get(call.session, found.entity_type_id)
  const ids = all.map(({ entity_id: each }) => each)
  const readable = await readableOf(call, entity, ids)
  if (readable.size === 0)
    throw refusal('ACCESS_ERROR', 'You do not have access to the participants of this call list', 403)
  return all
    .filter((each) => readable.has(each.entity_id) && (isBlank(status) || each.status === status))
    .map((each) => ({ ID: each.entity_id, STATUS: each.status, ENTITY_TYPE: found.entity_type_id }))
}

const wantedParams = { ENTITY_TYPE: take.any, ENTITIES: take.any, WEBFORM_ID: take.any }

export default [
  method({
    name: 'crm.calllist.add',
    scope,
    style,
    params: wantedParams,
    partial,
    run: (params, call) => add(call, wantedOf(params, adding)),
  }),
  method({
    name: 'crm.calllist.update',
    scope,
    style,
    params: { LIST_ID: take.any, ...wantedParams },
    partial,
    run({ LIST_ID: id, ...params }, call) {
      if (isBlank(id)) throw missing('LIST_ID')
      return update(call, id, wantedOf(params, changing))
    },
  }),
  method({
    name: 'crm.calllist.get',
    scope,
    style,
    params: { ID: take.any },
    async run({ ID: id }, call) {
      if (isBlank(id)) throw missing('ID')
      const found = await readableList(call, numberOf(id) ?? 0)
      if (found === undefined) throw refusal('LIST_ID_ERROR', 'Incorrect list id')
      return { ...encode(found, call), ENTITY_TYPE: typeName(found.entity_type_id) }
    },
  }),
  method({
    name: 'crm.calllist.list',
    scope,
    style,
    params: { SELECT: take.list, FILTER: take.any, ORDER: take.any },
    run: (params, call) => inStyle(legacyStyle, 'read', () => list(params, call)),
  }),
  method({
    name: 'crm.calllist.statuslist',
    scope,
    style,
    params: {},
    async run(_none, call) {
      const statuses = await call.portal.directories.statuses(call.session, STATUSES)
      return statuses.map(({ id, name, sort, statusId }) => ({ ID: id, NAME: name, SORT: sort, STATUS_ID: statusId }))
    },
  }),
  method({
    name: 'crm.calllist.items.get',
    scope,
    style,
    params: { LIST_ID: take.any, FILTER: take.any },
    run: ({ LIST_ID: id, FILTER: filter }, call) => participants(call, id, filter),
  }),
]
