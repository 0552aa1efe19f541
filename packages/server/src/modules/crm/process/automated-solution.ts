import { describeFields } from '../../../methods/describe.ts'
import { ApiError, type ErrorStyle, inStyle, itemStyle } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, listOfInput, type Map, method, need, take } from '../../../methods/method.ts'
import { encodeSmallRow, named, sift, smallTable } from '../../../methods/small-table.ts'
import { administer, hasRow } from '../../../records/administration.ts'
import { Failure } from '../../../records/failure.ts'
import { PAGE } from '../../../records/records.ts'
import { field } from '../../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Kind, textOf } from '../../../schema/kind.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { itemWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { findWorkplace, type Workplace, workplaces, workplaceTable } from './workplaces.ts'

const scope = 'crm'
const MAX_TITLE = 255
const MEMBERS = 'crm_type'
const dynamicType: Kind = { ...integer, type: { legacy: 'crm_dynamic_type', item: 'crm_dynamic_type' } }

/** Titles are the upper-case names, literally (api-reference/crm/automated-solution/crm-automated-solution-fields.md). */
const table = smallTable(workplaceTable.name, 'Digital workplace', {
  id: field(integer, 'ID', { readOnly: true }),
  title: field(string, 'TITLE', { required: true }),
  typeIds: field(dynamicType, 'TYPE_IDS', { multiple: true, place: { in: 'nowhere' } }),
})

const style: ErrorStyle = {
  ...itemStyle,
  accessDenied: () => new ApiError('ACCESS_DENIED', 400, 'Insufficient permissions'),
  notFound: () => new ApiError('NOT_FOUND', 400, 'Digital workplace with such id not found'),
}

/** The pages of the two methods put it differently. */
const unfilled = { add: "The required field 'Title' is not filled", update: 'Required field is not filled' }

const invalid = (name: string, reason: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${name}': ${reason}`)

function reading<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw invalid(name, cause.reason)
  }
}

function titleOf(input: unknown, verb: keyof typeof unfilled): string {
  const title = isBlank(input) ? '' : reading('title', () => textOf(input).trim())
  if (title === '') throw new ApiError('BX_EMPTY_REQUIRED', 400, unfilled[verb])
  if (title.length > MAX_TITLE) throw invalid('title', `it is longer than ${MAX_TITLE} characters`)
  return title
}

function typeIdsOf(input: unknown): number[] {
  if (isBlank(input)) return []
  if (!Array.isArray(input) && !isMap(input)) throw invalid('typeIds', 'a list is expected')
  return reading('typeIds', () => [...new Set(listOfInput(input).map(integerOf))])
}

const memberIds = async (reader: Reader): Promise<(workplace: Workplace) => number[]> => {
  const rows = await reader.find<{ id: number; place: number }>(
    sql`select id, custom_section_id as place from crm_type where custom_section_id is not null order by id`,
  )
  return ({ id }) => rows.filter(({ place }) => place === id).map((row) => row.id)
}

/** Puts these smart processes here, from wherever they are; those that were here and are not named go back to the CRM. */
async function settleMembers(tx: Transaction, id: number, typeIds: readonly number[]): Promise<void> {
  for (const typeId of typeIds)
    if (!(await hasRow(tx, MEMBERS, 'id', typeId))) throw invalid('typeIds', `there is no smart process ${typeId}`)
  await tx.change(sql`update crm_type set custom_section_id = null where custom_section_id = ${id}`)
  if (typeIds.length > 0)
    await tx.change(sql`update crm_type set custom_section_id = ${id} where id in (${sql.join(typeIds)})`)
}

const shown = (workplace: Workplace, typeIds: readonly number[], call: Call): Record<string, unknown> => ({
  ...encodeSmallRow(table, { id: workplace.id, title: workplace.title }, itemWire, call),
  typeIds,
})

const add = (sent: Map, call: Call): Promise<unknown> =>
  administer(call, ['entities'], async (tx) => {
    const fields = named(table, sent)
    const title = titleOf(fields.title, 'add')
    const typeIds = typeIdsOf(fields.typeIds)
    const id = await tx.nextId(workplaceTable)
    tx.insert(workplaceTable, { id, title, created_by: call.person.id, created: Math.floor(call.now) })
    await settleMembers(tx, id, typeIds)
    return { automatedSolution: shown({ id, title }, (await memberIds(tx))({ id, title }), call) }
  })

const update = (id: number, sent: Map, call: Call): Promise<unknown> =>
  administer(call, ['entities'], async (tx) => {
    const fields = named(table, sent)
    const before = await stored(tx, id)
    const title = fields.title === undefined ? before.title : titleOf(fields.title, 'update')
    await tx.change(sql`update crm_automated_solution set title = ${title} where id = ${id}`)
    if (fields.typeIds !== undefined) await settleMembers(tx, id, typeIdsOf(fields.typeIds))
    return { automatedSolution: shown({ id, title }, (await memberIds(tx))(before), call) }
  })

const remove = (id: number, call: Call): Promise<null> =>
  administer(call, ['entities'], async (tx) => {
    await stored(tx, id)
    if (await hasRow(tx, MEMBERS, 'custom_section_id', id))
      throw new ApiError(
        'HAS_BOUND_TYPES',
        400,
        'Cannot delete the workplace that has SPAs. Move them to another workplace',
      )
    await tx.change(sql`delete from crm_automated_solution where id = ${id}`)
    return null
  })

async function stored(reader: Reader, id: number): Promise<Workplace> {
  const found = await findWorkplace(reader, id)
  if (found === undefined) throw new Failure({ why: 'not-found' })
  return found
}

interface ListParams {
  readonly order: unknown
  readonly filter: unknown
  readonly start: number
}

async function list({ order, filter, start }: ListParams, call: Call): Promise<Listing> {
  const all = (await workplaces(call.session)).map(({ id, title }) => ({ id, title }))
  const found = sift(table, itemWire, all, { filter, order }, call)
  const from = Math.max(start, 0)
  const members = await memberIds(call.session)
  const automatedSolutions = found.slice(from, from + PAGE).map((row) => shown(row, members(row), call))
  if (start < 0) return new Listing({ automatedSolutions }, 0)
  return new Listing({ automatedSolutions }, found.length, from + PAGE < found.length ? from + PAGE : undefined)
}

/** Everything here is for administrators. */
const run = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(style, 'write', async () => {
    await call.portal.access.requireSettings(call)
    return body()
  })

export default [
  method({
    name: 'crm.automatedsolution.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) => run(call, () => add(fields, call)),
  }),
  method({
    name: 'crm.automatedsolution.update',
    scope,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) => run(call, () => update(id, fields, call)),
  }),
  method({
    name: 'crm.automatedsolution.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      run(call, async () => {
        const workplace = await stored(call.session, id)
        return { automatedSolution: shown(workplace, (await memberIds(call.session))(workplace), call) }
      }),
  }),
  method({
    name: 'crm.automatedsolution.list',
    scope,
    params: { order: take.any, filter: take.any, start: take.start },
    run: (params, call) => run(call, () => list(params, call)),
  }),
  method({
    name: 'crm.automatedsolution.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) => run(call, () => remove(id, call)),
  }),
  method({
    name: 'crm.automatedsolution.fields',
    scope,
    params: {},
    run: (_none, call) => run(call, async () => describeFields(table, itemWire)),
  }),
]
