import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { crud } from '../../../methods/crud.ts'
import { inStyle, legacyError } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, method, need, take } from '../../../methods/method.ts'
import { encodeRow, legacySelection } from '../../../methods/rows.ts'
import { Failure } from '../../../records/failure.ts'
import { ownedCondition } from '../../../records/owned.ts'
import * as records from '../../../records/records.ts'
import { legacyWire } from '../../../schema/wire.ts'
import type { Stored } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { load } from '../shown.ts'
import { activity, rowNames } from './activity.ts'
import { bindingsOfAll, keyOf, readableAmong, requireActivity } from './bindings.ts'
import { boundTo } from './bound-test.ts'
import { communicationRows } from './communications.ts'
import { oldStyle } from './errors.ts'
import { checkApplication, readChanged, readNew } from './input.ts'
import { obstacle } from './letter.ts'
import { bindingTable } from './tables.ts'

const scope = 'crm'
const style = 'legacy'
const wire = legacyWire
const missing = 'clear'

/** The activity, if the caller may do this to one of its records. */
async function find(call: Call, id: number, action: 'read' | 'update'): Promise<Stored> {
  await requireActivity(call, id, action)
  const stored = await load(call.session, activity, id)
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

const OLD_FILES = 'WEBDAV_ELEMENTS'

/** Names of a selection: `*` doesn't cover what stands in other tables; files are known by an older name as well. */
function namesOf(select: readonly unknown[] | undefined): string[] {
  const names = (select ?? []).filter((name): name is string => typeof name === 'string' && name !== '')
  const upper = names.map((name) => name.toUpperCase())
  return (upper.length === 0 ? ['*'] : upper).flatMap((name) =>
    name === '*' ? rowNames : name === 'STORAGE_ELEMENT_IDS' ? 'FILES' : name === OLD_FILES ? ['FILES', name] : name,
  )
}

/** Activities of records that the caller may read, and that pass the filter. */
async function testOf(call: Call, filter: unknown): Promise<Test | undefined> {
  const own = isMap(filter) ? Object.entries(filter).filter(([key]) => isBindings(key)) : []
  const tests = [
    readFilter(activity, wire, filter, { zone: call.portal.zone }),
    ...own.map(([, value]) => boundTo(value)),
    await ownedCondition(call, {
      table: bindingTable.name,
      id: 'activity_id',
      type: 'owner_type_id',
      record: 'owner_id',
    }),
  ].filter((test) => test !== undefined)
  return tests.length > 1 ? and(tests) : tests[0]
}

const isBindings = (key: string): boolean => /^[=@]?bindings$/i.test(key)

/** Adds what stands in other tables to rows that were asked for it. */
async function complete(call: Call, rows: Record<string, unknown>[], names: readonly string[]): Promise<void> {
  const ids = rows.map((row) => Number(row.ID))
  if (names.includes(OLD_FILES)) for (const row of rows) row[OLD_FILES] = row.FILES
  if (names.includes('COMMUNICATIONS')) {
    const communications = await communicationRows(call, ids)
    for (const row of rows) row.COMMUNICATIONS = communications.get(Number(row.ID)) ?? []
  }
  if (names.includes('BINDINGS')) {
    const bindings = await bindingsOfAll(call.session, ids)
    const readable = await readableAmong(call, [...bindings.values()].flat())
    for (const row of rows)
      row.BINDINGS = (bindings.get(Number(row.ID)) ?? [])
        .filter((ref) => readable.has(keyOf(ref)))
        .map((ref) => ({ OWNER_TYPE_ID: String(ref.entityTypeId), OWNER_ID: String(ref.recordId) }))
  }
}

export default [
  ...crud('crm.activity', activity.entityTypeId, { verbs: ['fields'] }),
  method({
    name: 'crm.activity.add',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(oldStyle, 'write', async () => {
        const draft = await readNew(call, fields)
        const id = await records.create(call, activity, draft, { missing })
        const unsent = obstacle(call.portal, (name) => draft.values.get(name))
        if (unsent !== undefined) throw legacyError(unsent)
        return id
      }),
  }),
  method({
    name: 'crm.activity.get',
    scope,
    style,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(oldStyle, 'read', async () => {
        const row = encodeRow(await find(call, id, 'read'), whole, wire, call.encode)
        const { FILES: files, ...rest } = row
        // The documented row of a call without files has no such key.
        return Array.isArray(files) && files.length > 0 ? row : rest
      }),
  }),
  method({
    name: 'crm.activity.list',
    scope,
    style,
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: ({ select, filter, order, start }, call) =>
      inStyle(oldStyle, 'read', async () => {
        const names = namesOf(select)
        const fields = legacySelection(activity, wire, names)
        const given = readOrder(activity, wire, order)
        const page = await records.list(call, activity, {
          fields,
          test: await testOf(call, filter),
          order: given.length > 0 ? given : [{ field: activity.field('startTime'), direction: 'ASC' }],
          start,
        })
        const rows = page.rows.map((stored) => encodeRow(stored, fields, wire, call.encode))
        await complete(call, rows, names)
        return new Listing(rows, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.activity.update',
    scope,
    style,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(oldStyle, 'write', async () => {
        const draft = await readChanged(call, await find(call, id, 'update'), fields)
        await records.update(call, activity, id, draft, { missing })
        return true
      }),
  }),
  method({
    name: 'crm.activity.delete',
    scope,
    style,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(oldStyle, 'write', async () => {
        checkApplication(call, await find(call, id, 'update'))
        await records.remove(call, activity, id)
        return true
      }),
  }),
]

const whole = legacySelection(activity, wire, [...rowNames, 'FILES'])
