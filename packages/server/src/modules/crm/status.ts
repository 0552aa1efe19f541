import { describeFields } from '../../methods/describe.ts'
import { ApiError, inStyle, legacyError, legacyStyle } from '../../methods/errors.ts'
import { type Call, isMap, Listing, type Map, method, need, take } from '../../methods/method.ts'
import { encodeSmallRow, sift, smallTable, type SmallRow } from '../../methods/small-table.ts'
import { administer, requireReader } from '../../records/administration.ts'
import type { SettingsOf } from '../../records/access.ts'
import { type Status, statusOf, type StatusRow } from '../../records/directories.ts'
import { forgetStage } from '../../records/role-rows.ts'
import { field } from '../../schema/entity.ts'
import { integerOf } from '../../schema/kind.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import { status } from '../../store/tables.ts'
import { statusDirectories } from './status-directories.ts'
import * as rules from './status-rules.ts'

const scope = 'crm'
const CACHES = ['directories', 'roles', 'stage-required']

/** api-reference/crm/status/crm-status-fields.md */
const statuses = smallTable('crm_status', 'Directory entry', {
  id: field(integer, 'ID', { readOnly: true }),
  entityId: field(string, 'Entity ID', { required: true, immutable: true }),
  statusId: field(string, 'Status', { required: true, immutable: true }),
  sort: field(integer, 'Sorting'),
  name: field(string, 'Name', { required: true }),
  nameInit: field(string, 'Default Name', { readOnly: true }),
  system: field(flag, 'System', { readOnly: true }),
  categoryId: field(integer, 'CATEGORY_ID', { immutable: true }),
  color: field(string, 'COLOR'),
  semantics: field({ ...string, type: { legacy: 'char', item: 'char' } }, 'SEMANTICS', { immutable: true }),
  extra: field({ ...string, type: { legacy: 'crm_status_extra', item: 'crm_status_extra' } }, 'Additional Fields', {
    place: { in: 'nowhere', value: null },
  }),
})

/** Only leads, deals and quotes say what their stages mean a second time. */
const EXTRA = /^(STATUS|QUOTE_STATUS|DEAL_STAGE(_\d+)?)$/
const FAILURES: ReadonlySet<string> = new Set(['JUNK', 'LOSE', 'DECLAINED'])

/** The first failure of a pipeline is called so; all others are apologies (crm-status-list.md). */
function extraSemantics({ semantics, statusId }: Status): string {
  if (semantics === 'S') return 'success'
  if (semantics !== 'F') return 'process'
  return FAILURES.has(statusId.slice(statusId.indexOf(':') + 1)) ? 'failure' : 'apology'
}

/** The order of rows (crm-status-list.md). */
const shown = ['id', 'entityId', 'statusId', 'name', 'nameInit', 'sort', 'system', 'categoryId', 'color', 'semantics']
export const smallRow = (entry: Status): SmallRow => ({ ...entry, system: entry.system ? 'Y' : 'N' })

function encode(entry: Status, call: Call): Record<string, unknown> {
  const row = encodeSmallRow(statuses, smallRow(entry), legacyWire, call, shown)
  if (!EXTRA.test(entry.entityId)) return row
  return { ...row, EXTRA: { SEMANTICS: extraSemantics(entry), COLOR: entry.color } }
}

export function statusIdentifier(input: unknown): number {
  const id = rules.readOr('Invalid identifier.', () => integerOf(input ?? ''))
  if (id <= 0) throw legacyError('Invalid identifier.')
  return id
}

/** A pipeline's stages are settings of it; every other directory is a setting of the whole CRM. */
async function settingsOf(call: Call, directoryId: unknown): Promise<SettingsOf | undefined> {
  const directory = (await statusDirectories(call.portal, call.session)).find((each) => each.id === directoryId)
  if (directory?.entityTypeId === undefined) return undefined
  const entity = await call.portal.entities.find(call.session, directory.entityTypeId)
  return entity === undefined
    ? undefined
    : { entity, category: entity.categories ? (directory.categoryId ?? 0) : undefined }
}

async function settingsOfEntry(call: Call, id: number): Promise<SettingsOf | undefined> {
  const [entry] = await call.session.find<{ entity_id: string }>(sql`select entity_id from crm_status where id = ${id}`)
  return entry === undefined ? undefined : settingsOf(call, entry.entity_id)
}

/** Makes an entry; `codeOf` gives it a code in directories whose codes are not for clients to choose. */
export async function addStatus(
  fields: Map,
  call: Call,
  codeOf?: (others: readonly Status[]) => string,
): Promise<number> {
  const written = (name: string): unknown => rules.givenField(fields, name)
  return administer(
    call,
    CACHES,
    async (tx) => {
      const needed = codeOf === undefined ? ['ENTITY_ID', 'STATUS_ID'] : ['ENTITY_ID']
      const missing = needed.filter((name) => written(name) === null)
      if (missing.length > 0) throw legacyError(missing.map((name) => `The field ${name} is required.`).join(', '))
      const entityId = written('ENTITY_ID')
      const directory = (await statusDirectories(call.portal, tx)).find((each) => each.id === entityId)
      if (directory === undefined) throw legacyError('Specified entity type is not supported.')
      if (written('NAME') === null) throw legacyError('The field Title is required.')
      const semantics = written('SEMANTICS')
      const others = await rules.entriesOf(tx, directory.id)
      const entry = rules.readOr('Error on creating status.', () => ({
        entityId: directory.id,
        statusId: codeOf === undefined ? rules.statusIdOf(written('STATUS_ID'), directory) : codeOf(others),
        name: rules.nameOf(written('NAME')),
        sort: rules.sortOf(written('SORT')),
        semantics: directory.stages && (semantics === 'S' || semantics === 'F') ? semantics : null,
      }))
      if (others.some((other) => other.statusId === entry.statusId))
        throw new ApiError('ERROR_CORE', 400, 'The specified status ID already exists.')
      rules.checkOrder(entry, others)
      const id = await tx.nextId(status)
      tx.insert(status, {
        id,
        entity_id: entry.entityId,
        status_id: entry.statusId,
        name: entry.name,
        name_init: '',
        sort: entry.sort,
        system: 'N',
        category_id: directory.categoryId,
        color: rules.colorOf(written('COLOR')),
        semantics: entry.semantics,
      })
      return id
    },
    await settingsOf(call, written('ENTITY_ID')),
  )
}

/** Changes an entry of any directory, or of one alone. */
export async function updateStatus(id: number, fields: Map, call: Call, directory?: string): Promise<boolean> {
  const written = (name: string): unknown => rules.givenField(fields, name)
  return administer(
    call,
    CACHES,
    async (tx) => {
      const before = await rules.requireStatus(tx, id, directory)
      const { name, sort } = rules.readOr('Error on updating status.', () => ({
        name: written('NAME') === null ? before.name : rules.nameOf(written('NAME')),
        sort: written('SORT') === null ? before.sort : integerOf(written('SORT')),
      }))
      const color = written('COLOR') === null ? before.color : rules.colorOf(written('COLOR'))
      await tx.change(sql`update crm_status set name = ${name}, sort = ${sort}, color = ${color} where id = ${id}`)
      return true
    },
    await settingsOfEntry(call, id),
  )
}

export async function removeStatus(id: number, forced: boolean, call: Call, only?: string): Promise<boolean> {
  return administer(
    call,
    CACHES,
    async (tx) => {
      const entry = await rules.requireStatus(tx, id, only)
      if (entry.system && !forced)
        throw legacyError('CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".')
      const directory = (await statusDirectories(call.portal, tx)).find((each) => each.id === entry.entityId)
      await rules.requireUnused(call.portal, tx, entry, directory)
      // A pipeline without any stage could hold no record.
      if (directory?.stages === true && (await rules.entriesOf(tx, entry.entityId)).length < 2)
        throw legacyError('Error on deleting status.')
      await tx.change(sql`delete from crm_status where id = ${id}`)
      if (directory?.entityTypeId !== undefined)
        await tx.change(
          sql`delete from crm_stage_required where entity_type_id = ${directory.entityTypeId} and stage_id = ${entry.statusId}`,
        )
      const entity =
        directory?.entityTypeId === undefined ? undefined : await call.portal.entities.find(tx, directory.entityTypeId)
      if (entity !== undefined) await forgetStage(tx, entity.name, entry.statusId)
      return true
    },
    await settingsOfEntry(call, id),
  )
}

async function list({ order, filter }: { order: unknown; filter: unknown }, call: Call): Promise<Listing> {
  for (const input of [order, filter])
    if (input !== undefined && input !== null && input !== '' && !isMap(input) && !Array.isArray(input))
      throw legacyError('Invalid parameters.')
  const stored = await call.session.find<StatusRow>(sql`select * from crm_status order by sort, id`)
  const byId = new Map(stored.map((row) => [row.id, statusOf(row)]))
  const found = sift(statuses, legacyWire, [...byId.values()].map(smallRow), { filter, order }, call)
  const rows = found.flatMap((row) => {
    const entry = byId.get(Number(row.id))
    return entry === undefined ? [] : [encode(entry, call)]
  })
  // A directory comes whole: the method has no pages.
  return new Listing(rows, rows.length)
}

export default [
  method({
    name: 'crm.status.add',
    scope,
    style: 'legacy',
    params: { fields: need.map },
    run: ({ fields }, call) => inStyle(legacyStyle, 'write', () => addStatus(fields, call)),
  }),
  method({
    name: 'crm.status.update',
    scope,
    style: 'legacy',
    params: { id: take.any, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(legacyStyle, 'write', () => updateStatus(statusIdentifier(id), fields, call)),
  }),
  method({
    name: 'crm.status.get',
    scope,
    style: 'legacy',
    params: { id: take.any },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        return encode(await rules.requireStatus(call.session, statusIdentifier(id)), call)
      }),
  }),
  method({
    name: 'crm.status.list',
    scope,
    style: 'legacy',
    params: { order: take.any, filter: take.any },
    run: (params, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        return list(params, call)
      }),
  }),
  method({
    name: 'crm.status.delete',
    scope,
    style: 'legacy',
    params: { id: take.any, params: take.any },
    run: ({ id, params }, call) =>
      inStyle(legacyStyle, 'write', () =>
        removeStatus(statusIdentifier(id), isMap(params) && rules.givenField(params, 'FORCED') === 'Y', call),
      ),
  }),
  method({
    name: 'crm.status.fields',
    scope,
    style: 'legacy',
    params: {},
    run: () => describeFields(statuses, legacyWire),
  }),
  method({
    name: 'crm.status.entity.types',
    scope,
    style: 'legacy',
    params: {},
    run: async (_none, call) =>
      (await statusDirectories(call.portal, call.session)).flatMap(({ shown }) => (shown === undefined ? [] : [shown])),
  }),
  method({
    name: 'crm.status.entity.items',
    scope,
    style: 'legacy',
    params: { entityId: take.any },
    run: ({ entityId }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        const known = (await statusDirectories(call.portal, call.session)).some(({ id }) => id === entityId)
        if (typeof entityId !== 'string' || !known)
          throw legacyError('The parameter entityId is not defined or invalid.')
        const entries = await call.portal.directories.statuses(call.session, entityId)
        return entries.map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId }))
      }),
  }),
]
