import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { locked, removeWithin, requireRecord } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import { addressesOf, removeAddress } from './address-rows.ts'
import { mergeAddresses, mirrorHooks, mirrors, showAddress } from './address-mirror.ts'
import { bankDetail } from './bank-detail.ts'
import { linkHooks } from './link-hooks.ts'
import { forgetInLinks } from './link-rows.ts'
import { findPreset } from './preset-methods.ts'
import { requisite } from './requisite.ts'
import { type Anchor, COMPANY, CONTACT, findRequisite, LEAD } from './rights.ts'
import { stamp } from './stamps.ts'

/** Whose a requisite is, or was. */
const ownerOf = (change: Change): Anchor => {
  const of = (name: string): number => Number((change.isNew ? change.value(name) : change.old(name)) ?? 0)
  return { typeId: of('entityTypeId'), id: of('entityId') }
}

/** Its client shows the addresses of its first requisite. */
async function showAddresses(change: Change, owner: Anchor): Promise<void> {
  for (const { anchorTypeId, typeId } of mirrors)
    if (anchorTypeId === owner.typeId) await showAddress(change, owner, typeId)
}

async function removeAddresses(change: Change, of: Anchor): Promise<void> {
  for (const row of await addressesOf(change.tx, of)) await removeAddress(change, row)
}

export const requisiteHooks: Hooks = {
  async readable(context, id) {
    const owner = await findRequisite(context.session, id)
    if (owner === undefined) throw new Failure({ why: 'not-found' })
    const client = await context.portal.entities.get(context.session, owner.entity_type_id)
    await requireRecord(context, context.session, client, owner.entity_id, 'read')
  },
  complete(change) {
    stamp(change)
    for (const name of ['addressOnly', 'rqVatPayer']) change.default(name, 'N')
  },
  async check(change) {
    if (!change.isNew) return
    const { typeId, id } = ownerOf(change)
    try {
      await locked(change.tx, await change.portal.entities.get(change.tx, typeId), id)
    } catch (cause) {
      throw cause instanceof Failure ? new Failure({ why: 'rule', text: 'Entity not found.' }) : cause
    }
  },
  async followed(change) {
    if (!change.isNew && change.changes('sort')) await showAddresses(change, ownerOf(change))
  },
  async removed(change) {
    const { tx, id } = change
    const details = await tx.find<{ id: number }>(
      sql`select id from crm_bank_detail where entity_id = ${id} order by id`,
    )
    for (const detail of details) await removeWithin(change, bankDetail, detail.id)
    await removeAddresses(change, { typeId: requisite.entityTypeId, id })
    await forgetInLinks(tx, id, [
      ['requisite_id', 'bank_detail_id'],
      ['mc_requisite_id', 'mc_bank_detail_id'],
    ])
    await showAddresses(change, ownerOf(change))
  },
}

export const bankDetailHooks: Hooks = {
  /** "The country code of the bank details matches the country code in the linked requisite template" (crm-requisite-bank-detail-add.md). */
  async complete(change) {
    stamp(change)
    if (!change.isNew) return
    const owner = await findRequisite(change.tx, Number(change.value('entityId')))
    const preset = owner === undefined ? undefined : await findPreset(change.tx, owner.preset_id)
    change.default('countryId', preset?.country_id ?? null)
  },
  async check(change) {
    if (!change.isNew) return
    await locked(change.tx, requisite, Number(change.value('entityId')))
  },
  async removed({ tx, id }) {
    await forgetInLinks(tx, id, [['bank_detail_id'], ['mc_bank_detail_id']])
  },
}

/** What a lead, a contact or a company takes with it, and what it hands over. */
const owners = [LEAD, CONTACT, COMPANY]

const ownerHooks: Hooks = {
  async removed(change) {
    const { tx, entity, id, portal } = change
    if (!owners.includes(entity.entityTypeId)) return
    const requisites = await tx.find<{ id: number }>(
      sql`select id from crm_requisite where entity_id = ${id} and entity_type_id = ${entity.entityTypeId} order by id`,
    )
    const extended = await portal.entities.get(tx, requisite.entityTypeId)
    for (const each of requisites) await removeWithin(change, extended, each.id)
    await removeAddresses(change, { typeId: entity.entityTypeId, id })
  },
  async merged(merge) {
    if (owners.includes(merge.entity.entityTypeId)) await mergeAddresses(merge)
  },
}

/** What requisites and addresses add to the life of every CRM item. */
export const itemHooks: readonly Hooks[] = [mirrorHooks, ownerHooks, linkHooks]
