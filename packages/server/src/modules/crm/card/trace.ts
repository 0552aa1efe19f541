import { ApiError } from '../../../methods/errors.ts'
import { type Call, isMap, listOfInput, method, take } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import { locked, requireRecord } from '../../../records/records.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../../schema/kind.ts'
import { sql } from '../../../store/sql.ts'
import type { Table } from '../../../store/table.ts'

const scope = 'crm'
/** Far more than a browser sends; a trace is kept as it comes. */
const MAX_TRACE = 1_000_000

/** What a client did on a site before becoming one, as the site's script tells it: opaque to the server. */
export const traceTable: Table = {
  name: 'crm_trace',
  columns: { id: 'integer', created: 'integer', created_by: 'integer', trace: 'text' },
}

/** To whom a trace belongs: to several records, or to none. */
export const traceOwnerTable: Table = {
  name: 'crm_trace_entity',
  columns: { trace_id: 'integer', entity_type_id: 'integer', entity_id: 'integer' },
  key: ['trace_id', 'entity_type_id', 'entity_id'],
  indexes: [{ columns: ['entity_type_id', 'entity_id'] }],
}

interface Owner {
  readonly entityTypeId: number
  readonly type: string
  readonly id: number
}

/** In the order in which the refusal names them (crm-tracking-trace-add.md). */
const types: Readonly<Record<string, number>> = { COMPANY: 4, CONTACT: 3, DEAL: 2, LEAD: 1, QUOTE: 7 }

const refusal = (text: string): ApiError => new ApiError('ERROR_CORE', 400, text)

function traceOf(input: unknown): string {
  if (isBlank(input)) throw refusal('Parameter `TRACE` required.')
  try {
    const text = textOf(input)
    if (text.length > MAX_TRACE || !isMap(JSON.parse(text))) throw new SyntaxError('no trace')
    return text
  } catch (cause) {
    if (!(cause instanceof InvalidValue || cause instanceof SyntaxError)) throw cause
    throw refusal('Can not parse JSON in parameter `TRACE`.')
  }
}

function ownersOf(input: unknown): Owner[] {
  if (isBlank(input)) return []
  const owners = new Map<string, Owner>()
  for (const each of listOfInput(input)) {
    const given = isMap(each) ? each : {}
    const type = typeof given.TYPE === 'string' ? given.TYPE.toUpperCase() : ''
    const entityTypeId = Object.hasOwn(types, type) ? types[type] : undefined
    if (entityTypeId === undefined)
      throw refusal(`Wrong TYPE in parameter \`ENTITIES\`. Allowed types: ${Object.keys(types).join()}`)
    const id = idOf(given.ID)
    if (id === undefined) throw refusal('Wrong ID in parameter `ENTITIES`.')
    owners.set(`${type} ${id}`, { entityTypeId, type, id })
  }
  return [...owners.values()]
}

function idOf(input: unknown): number | undefined {
  try {
    const id = isBlank(input) ? 0 : integerOf(input)
    return id > 0 ? id : undefined
  } catch (cause) {
    if (cause instanceof InvalidValue) return undefined
    throw cause
  }
}

const noAccess = ({ type, id }: Owner): ApiError =>
  refusal(`You have no access to entity \`${type}\` with ID \`${id}\`.`)

/** Answers with what a use case would, or with undefined where it refuses. */
async function unless<T>(body: () => Promise<T>): Promise<T | undefined> {
  try {
    return await body()
  } catch (cause) {
    if (cause instanceof Failure) return undefined
    throw cause
  }
}

/** Whether the caller may change that record; what isn't there, nobody may. */
async function mayChange(call: Call, entityTypeId: number, id: number): Promise<boolean> {
  const entity = await call.portal.entities.get(call.session, entityTypeId)
  return (
    (await unless(async () => {
      await requireRecord(call, call.session, entity, id, 'update')
      return true
    })) ?? false
  )
}

async function add(call: Call, trace: string, owners: readonly Owner[]): Promise<number> {
  for (const owner of owners) if (!(await mayChange(call, owner.entityTypeId, owner.id))) throw noAccess(owner)
  return call.session.transaction(async (tx) => {
    const id = await tx.nextId(traceTable)
    tx.insert(traceTable, { id, created: Math.floor(call.now), created_by: call.person.id, trace })
    for (const owner of owners) {
      const entity = await call.portal.entities.get(tx, owner.entityTypeId)
      // Held, so that it doesn't go in the meantime.
      if ((await unless(() => locked(tx, entity, owner.id))) === undefined) throw noAccess(owner)
      tx.insert(traceOwnerTable, { trace_id: id, entity_type_id: owner.entityTypeId, entity_id: owner.id })
    }
    return id
  })
}

/** Takes a trace from the records that the caller may change; it goes when none has it any more. */
async function remove(call: Call, id: number): Promise<void> {
  const owners = await call.session.find<{ entity_type_id: number; entity_id: number }>(
    sql`select entity_type_id, entity_id from crm_trace_entity where trace_id = ${id}`,
  )
  const gone: typeof owners = []
  for (const owner of owners) if (await mayChange(call, owner.entity_type_id, owner.entity_id)) gone.push(owner)
  await call.session.transaction(async (tx) => {
    for (const { entity_type_id: type, entity_id: record } of gone)
      await tx.change(
        sql`delete from crm_trace_entity where trace_id = ${id} and entity_type_id = ${type} and entity_id = ${record}`,
      )
    await tx.change(
      sql`delete from crm_trace where id = ${id} and not exists (select 1 from crm_trace_entity e where e.trace_id = ${id})`,
    )
  })
}

export default [
  method({
    name: 'crm.tracking.trace.add',
    scope,
    style: 'legacy',
    params: { TRACE: take.any, ENTITIES: take.any },
    run: ({ TRACE, ENTITIES }, call) => add(call, traceOf(TRACE), ownersOf(ENTITIES)),
  }),
  method({
    name: 'crm.tracking.trace.delete',
    scope,
    style: 'legacy',
    params: { id: take.any },
    async run({ id: given }, call) {
      const id = idOf(given)
      if (id === undefined) throw refusal('Parameter `id` required.')
      await remove(call, id)
      // That nothing is told is documented (crm-tracking-trace-delete.md).
      return null
    },
  }),
]
