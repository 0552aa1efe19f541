import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { findLink, isLinkable, moveLink, noChoice, removeLink, settleLink } from './link-rows.ts'
import { type Anchor, COMPANY, CONTACT, findRequisite } from './rights.ts'

interface Pair {
  readonly requisite: number
  readonly bankDetail: number
}

async function firstOf(reader: Reader, owners: readonly Anchor[]): Promise<Pair> {
  for (const { typeId, id } of owners) {
    const [requisite] = await reader.find<{ id: number }>(
      sql`select id from crm_requisite where entity_id = ${id} and entity_type_id = ${typeId} and address_only <> 'Y' order by coalesce(sort, 500), id limit 1`,
    )
    if (requisite === undefined) continue
    const [detail] = await reader.find<{ id: number }>(
      sql`select id from crm_bank_detail where entity_id = ${requisite.id} order by coalesce(sort, 500), id limit 1`,
    )
    return { requisite: requisite.id, bankDetail: detail?.id ?? 0 }
  }
  return { requisite: 0, bankDetail: 0 }
}

/** The requisites chosen, if they are those of an owner; the first ones otherwise. */
async function chosen(reader: Reader, owners: readonly Anchor[], known: Pair): Promise<Pair> {
  const row = known.requisite === 0 ? undefined : await findRequisite(reader, known.requisite)
  const holds = owners.some(({ typeId, id }) => row?.entity_type_id === typeId && row.entity_id === id)
  return holds ? known : firstOf(reader, owners)
}

const idOf = (change: Change, name: string): number => (change.has(name) ? Number(change.value(name) ?? 0) : 0)

/** The company and the contact for whom an item is. */
export const clientsOf = (companyId: number, contactId: number): Anchor[] =>
  [
    { typeId: COMPANY, id: companyId },
    { typeId: CONTACT, id: contactId },
  ].filter(({ id }) => id > 0)

/**
 * "Bitrix24 substitutes the client requisite automatically when a deal is created with COMPANY_ID"
 * (tutorials/crm/how-to-add-crm-objects/how-to-add-deal-with-choice-of-requisite.md); when the client or the seller
 * changes, what has been chosen of the other one doesn't hold any more.
 */
export const linkHooks: Hooks = {
  async saved(change) {
    const { entity, tx, id } = change
    if (!isLinkable(entity.entityTypeId)) return
    const isChanged = (name: string): boolean => change.has(name) && change.changes(name)
    const [newClient, newSeller] = [isChanged('companyId') || isChanged('contactId'), isChanged('mycompanyId')]
    if (!newClient && !newSeller) return
    const item = { typeId: entity.entityTypeId, id }
    const known = change.isNew ? undefined : await findLink(tx, item)
    const { requisite_id, bank_detail_id, mc_requisite_id, mc_bank_detail_id } = known ?? noChoice
    let client: Pair = { requisite: requisite_id, bankDetail: bank_detail_id }
    let seller: Pair = { requisite: mc_requisite_id, bankDetail: mc_bank_detail_id }
    if (newClient) client = await chosen(tx, clientsOf(idOf(change, 'companyId'), idOf(change, 'contactId')), client)
    if (newSeller) seller = await chosen(tx, clientsOf(idOf(change, 'mycompanyId'), 0), seller)
    await settleLink(tx, item, known, {
      requisite_id: client.requisite,
      bank_detail_id: client.bankDetail,
      mc_requisite_id: seller.requisite,
      mc_bank_detail_id: seller.bankDetail,
    })
  },
  async removed({ entity, tx, id }) {
    if (isLinkable(entity.entityTypeId)) await removeLink(tx, { typeId: entity.entityTypeId, id })
  },
  /** The item that stays keeps what is chosen for it. */
  async merged({ entity, tx, into, from }) {
    const typeId = entity.entityTypeId
    if (!isLinkable(typeId)) return
    if ((await findLink(tx, { typeId, id: into })) === undefined) await moveLink(tx, typeId, from, into)
    else await removeLink(tx, { typeId, id: from })
  },
}
