import { legacyError } from '../../../methods/errors.ts'
import { argument, type Call, isMap, type Method } from '../../../methods/method.ts'
import type { Guarded } from '../../../methods/crud.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import { ownedCondition } from '../../../records/owned.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { address } from './address.ts'
import { bankDetail } from './bank-detail.ts'
import { idIn, listDenied, notDefined, numberIn } from './given.ts'
import { requisite } from './requisite.ts'

export const LEAD = 1
export const CONTACT = 3
export const COMPANY = 4
const clients = [CONTACT, COMPANY]

/** A lead, a contact or a company. */
export interface Anchor {
  readonly typeId: number
  readonly id: number
}

export interface RequisiteRow {
  readonly id: number
  readonly entity_type_id: number
  readonly entity_id: number
  readonly preset_id: number
  readonly address_only: string
}

export async function findRequisite(reader: Reader, id: number): Promise<RequisiteRow | undefined> {
  const [row] = await reader.find<RequisiteRow>(
    sql`select id, entity_type_id, entity_id, preset_id, address_only from crm_requisite where id = ${id}`,
  )
  return row
}

export const clientOf = ({ entity_type_id: typeId, entity_id: id }: RequisiteRow): Anchor => ({ typeId, id })

/** Whoever may do something to a record may do the same to its requisites and addresses. */
export async function requireAnchor(call: Call, { typeId, id }: Anchor, action: Action): Promise<void> {
  const entity = await call.portal.entities.get(call.session, typeId)
  try {
    await requireRecord(call, call.session, entity, id, action)
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found') throw legacyError('Entity not found.')
    throw cause
  }
}

const actions = { add: 'add', get: 'read', update: 'update', delete: 'delete' } as const

export async function guardRequisite(call: Call, { verb, id, fields }: Guarded): Promise<void> {
  if (verb === 'add') {
    const typeId = idIn(fields, 'ENTITY_TYPE_ID', clients)
    const owner = { typeId, id: idIn(fields, 'ENTITY_ID') }
    // Whether there is such a template isn't checked (tutorials/crm/how-to-add-crm-objects/how-to-add-deal-with-choice-of-requisite.md).
    idIn(fields, 'PRESET_ID')
    return requireAnchor(call, owner, 'add')
  }
  const row = await findRequisite(call.session, id)
  if (row === undefined) throw legacyError(`The Requisite with ID '${id}' is not found`)
  await requireAnchor(call, clientOf(row), actions[verb])
}

export async function guardBankDetail(call: Call, { verb, id, fields }: Guarded): Promise<void> {
  let requisiteId = verb === 'add' ? idIn(fields, 'ENTITY_ID') : 0
  if (verb !== 'add') {
    const [row] = await call.session.find<{ entity_id: number }>(
      sql`select entity_id from crm_bank_detail where id = ${id}`,
    )
    if (row === undefined) throw legacyError(`The RequisiteBankDetail with ID '${id}' is not found`)
    requisiteId = row.entity_id
  }
  const owner = await findRequisite(call.session, requisiteId)
  if (owner === undefined) throw notDefined('ENTITY_ID')
  await requireAnchor(call, clientOf(owner), actions[verb])
}

async function mayRead(call: Call, typeId: number): Promise<boolean> {
  const entity = await call.portal.entities.get(call.session, typeId)
  return !(await call.portal.access.reach(call, entity, 'read')).none
}

/** Whether the caller may read contacts or companies at all. */
export const readsClients = async (call: Call): Promise<boolean> =>
  (await mayRead(call, CONTACT)) || (await mayRead(call, COMPANY))

/** "The user does not have permission to read the object specified in ENTITY_TYPE_ID" (tutorials/crm/how-to-get-lists/how-to-get-address.md). */
async function maySee(call: Call, filter: unknown): Promise<boolean> {
  const given = isMap(filter) ? filter : {}
  if (argument(given, 'ENTITY_TYPE_ID') === undefined && argument(given, '=ENTITY_TYPE_ID') === undefined)
    return readsClients(call)
  const asked = numberIn(given, 'ENTITY_TYPE_ID') ?? numberIn(given, '=ENTITY_TYPE_ID')
  // A list of types, or none that could be: the filter itself finds what there is.
  if (asked === undefined) return readsClients(call)
  return clients.includes(asked) && mayRead(call, asked)
}

const owned = { table: requisite.table, id: 'id', type: 'entity_type_id', record: 'entity_id' }

/** Requisites of the contacts and companies that the caller may read. */
export async function shownRequisites(call: Call, filter: unknown): Promise<Test | undefined> {
  if (!(await maySee(call, filter))) throw listDenied()
  return ownedCondition(call, owned)
}

/** Accounts of those requisites. Unlike elsewhere, the refusal has no code (crm-requisite-bank-detail-list.md). */
export async function shownBankDetails(call: Call): Promise<Test | undefined> {
  if (!(await readsClients(call))) throw new Failure({ why: 'access-denied' })
  const test = await ownedCondition(call, owned)
  if (test?.is !== 'among') return test
  const table = sql.table(bankDetail.table)
  return {
    ...test,
    shape: `${bankDetail.table} ${test.shape}`,
    ids: (...given) => sql`select detail.id from ${table} as detail where detail.entity_id in (${test.ids(...given)})`,
  }
}

/**
 * Addresses of what the caller may read: "the method requires permissions to read contacts, companies, and leads
 * simultaneously" (tutorials/crm/how-to-get-lists/how-to-get-address.md).
 */
export async function shownAddresses(call: Call): Promise<Test | undefined> {
  for (const typeId of [LEAD, ...clients]) if (!(await mayRead(call, typeId))) throw listDenied()
  return ownedCondition(call, { table: address.table, id: 'id', type: 'anchor_type_id', record: 'anchor_id' })
}

/** The same method for those only who pass a check. */
export const guarded = (method: Method, check: (call: Call) => Promise<void>): Method => ({
  ...method,
  async run(call) {
    await check(call)
    return method.run(call)
  },
})
