import { crud } from '../../../methods/crud.ts'
import { inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { type Call, type Map, method, need, take } from '../../../methods/method.ts'
import { ownedCondition } from '../../../records/owned.ts'
import { Failure } from '../../../records/failure.ts'
import { locked, requireRecord } from '../../../records/records.ts'
import type { Action } from '../../../records/access.ts'
import { requireReader } from '../../../records/administration.ts'
import type { Entity } from '../../../schema/entity.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import type { Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { idIn, listDenied, notDefined, numberIn } from './given.ts'
import { clientsOf } from './link-hooks.ts'
import { requisiteLink } from './link.ts'
import { type Choice, findLink, isLinkable, OLD_INVOICE, removeLink, writeLink } from './link-rows.ts'
import { type Anchor, COMPANY, findRequisite } from './rights.ts'

const scope = 'crm'
const style = 'legacy'

/** Where one request says `ENTITY_TYPE_ID`, another says `entityTypeId`. */
function itemIn(given: Map, typeName: string, idName: string): Anchor {
  const typeId = idIn(given, typeName)
  if (!isLinkable(typeId)) throw notDefined(typeName)
  return { typeId, id: idIn(given, idName) }
}

async function requireItem(call: Call, { typeId, id }: Anchor, action: Action, missing: string): Promise<Entity> {
  const entity = await call.portal.entities.any(call.session, typeId)
  if (entity === undefined) throw legacyError(missing)
  try {
    await requireRecord(call, call.session, entity, id, action)
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found') throw legacyError(missing)
    throw cause
  }
  return entity
}

/** All four must be given, be it as 0. */
function choiceIn(fields: Map): Choice {
  const of = (name: string): number => {
    const id = numberIn(fields, name)
    if (id === undefined || id < 0) throw notDefined(name)
    return id
  }
  return {
    requisite_id: of('REQUISITE_ID'),
    bank_detail_id: of('BANK_DETAIL_ID'),
    mc_requisite_id: of('MC_REQUISITE_ID'),
    mc_bank_detail_id: of('MC_BANK_DETAIL_ID'),
  }
}

const linkedId = (entity: Entity, stored: Stored, name: string): number =>
  entity.byName.has(name) ? Number(scalarOf(stored, entity.field(name)) ?? 0) : 0

async function requisiteOfBankDetail(reader: Reader, id: number): Promise<number | undefined> {
  const [row] = await reader.find<{ entity_id: number }>(sql`select entity_id from crm_bank_detail where id = ${id}`)
  return row?.entity_id
}

async function checkClient(reader: Reader, entity: Entity, item: Stored, choice: Choice): Promise<void> {
  const { requisite_id: requisiteId, bank_detail_id: bankDetailId } = choice
  if (requisiteId > 0) {
    const row = await findRequisite(reader, requisiteId)
    if (row === undefined) throw legacyError(`The Requisite with ID '${requisiteId}' is not found`)
    const clients = clientsOf(linkedId(entity, item, 'companyId'), linkedId(entity, item, 'contactId'))
    if (!clients.some(({ typeId, id }) => row.entity_type_id === typeId && row.entity_id === id)) {
      const [{ typeId, id }] = [clients[0] ?? { typeId: COMPANY, id: 0 }]
      const name = typeId === COMPANY ? 'Company' : 'Contact'
      throw legacyError(`The Requisite with ID '${requisiteId}' is not assigned to ${name} with ID '${id}'`)
    }
  }
  if (bankDetailId > 0) {
    const of = await requisiteOfBankDetail(reader, bankDetailId)
    if (of === undefined) throw legacyError(`The BankDetail with ID '${bankDetailId}' is not found`)
    if (of !== requisiteId)
      throw legacyError(
        `The BankDetail with ID '${bankDetailId}' is not assigned to Requisite with ID '${requisiteId}'`,
      )
  }
}

/** The seller is the item's; where an item has none (a deal), any company of one's own is. */
async function isSeller(reader: Reader, entity: Entity, companyId: number, sellerId: number): Promise<boolean> {
  if (entity.byName.has('mycompanyId')) return companyId === sellerId
  const rows = await reader.find<{ id: number }>(
    sql`select id from crm_company where id = ${companyId} and is_my_company = 'Y'`,
  )
  return rows.length > 0
}

async function checkSeller(reader: Reader, entity: Entity, item: Stored, choice: Choice): Promise<void> {
  const { mc_requisite_id: requisiteId, mc_bank_detail_id: bankDetailId } = choice
  if (requisiteId > 0) {
    const row = await findRequisite(reader, requisiteId)
    if (row === undefined) throw legacyError(`The Requisite of your company with ID '${requisiteId}' is not found`)
    const sellerId = linkedId(entity, item, 'mycompanyId')
    if (row.entity_type_id !== COMPANY || !(await isSeller(reader, entity, row.entity_id, sellerId)))
      throw legacyError(`The Requisite with ID '${requisiteId}' is not assigned to your company with ID '${sellerId}'`)
  }
  if (bankDetailId > 0) {
    const of = await requisiteOfBankDetail(reader, bankDetailId)
    if (of === undefined) throw legacyError(`The BankDetail of your company with ID '${bankDetailId}' is not found`)
    if (of !== requisiteId)
      throw legacyError(
        `The BankDetail of your company with ID '${bankDetailId}' is not assigned to Requisite of your company with ID '${requisiteId}'`,
      )
  }
}

/** Links of the items that the caller may read. */
async function shown(call: Call): Promise<Test | undefined> {
  try {
    await requireReader(call)
  } catch (cause) {
    throw cause instanceof Failure ? listDenied() : cause
  }
  return ownedCondition(call, {
    table: requisiteLink.table,
    id: 'id',
    type: 'entity_type_id',
    record: 'entity_id',
    parts: [OLD_INVOICE],
  })
}

const itemParams = { entityTypeId: take.any, entityId: take.any }

/** api-reference/crm/requisites/links/index.md. */
export default [
  ...crud('crm.requisite.link', requisiteLink.entityTypeId, { verbs: ['list', 'fields'], shown }),
  method({
    name: 'crm.requisite.link.get',
    scope,
    style,
    params: itemParams,
    run: (params, call) =>
      inStyle(legacyStyle, 'read', async () => {
        const item = itemIn(params, 'entityTypeId', 'entityId')
        await requireItem(call, item, 'read', 'Not found')
        const link = await findLink(call.session, item)
        if (link === undefined) throw legacyError('Not found')
        return {
          ENTITY_TYPE_ID: item.typeId,
          ENTITY_ID: item.id,
          REQUISITE_ID: String(link.requisite_id),
          BANK_DETAIL_ID: String(link.bank_detail_id),
          MC_REQUISITE_ID: String(link.mc_requisite_id),
          MC_BANK_DETAIL_ID: String(link.mc_bank_detail_id),
        }
      }),
  }),
  method({
    name: 'crm.requisite.link.register',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(legacyStyle, 'write', async () => {
        const item = itemIn(fields, 'ENTITY_TYPE_ID', 'ENTITY_ID')
        const choice = choiceIn(fields)
        const entity = await requireItem(call, item, 'update', 'Entity is not found')
        await call.session.transaction(async (tx) => {
          const stored = await locked(tx, entity, item.id)
          await checkClient(tx, entity, stored, choice)
          await checkSeller(tx, entity, stored, choice)
          await writeLink(tx, item, await findLink(tx, item), choice)
        })
        return true
      }),
  }),
  method({
    name: 'crm.requisite.link.unregister',
    scope,
    style,
    params: itemParams,
    run: (params, call) =>
      inStyle(legacyStyle, 'write', async () => {
        const item = itemIn(params, 'entityTypeId', 'entityId')
        const entity = await requireItem(call, item, 'update', 'Not found')
        await call.session.transaction(async (tx) => {
          await locked(tx, entity, item.id)
          await removeLink(tx, item)
        })
        return true
      }),
  }),
]
