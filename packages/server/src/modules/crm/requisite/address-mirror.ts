import { type Change, emptyDraft } from '../../../records/change.ts'
import type { Hooks, Merge } from '../../../records/hooks.ts'
import { updateWithin, type Within } from '../../../records/records.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { scalarOf } from '../../../store/entity-query.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import { load } from '../shown.ts'
import { address } from './address.ts'
import {
  type AddressText,
  type AddressTexts,
  addressTexts,
  insertAddress,
  isBlankAddress,
  removeAddress,
  rewriteAddress,
  sameAddress,
  shownAddress,
} from './address-rows.ts'
import { type Anchor, COMPANY, CONTACT, LEAD } from './rights.ts'

/**
 * The fields of an address in UPPER_CASE rows of leads, contacts and companies, which are "used for compatibility"
 * (api-reference/crm/contacts/crm-contact-add.md). They show one of the record's addresses, and who writes them writes
 * that address: there is one truth, whichever road is taken.
 */
export interface Mirror {
  readonly anchorTypeId: number
  readonly prefix: '' | 'REG_'
  readonly typeId: number
}

const PHYSICAL = 1
const LEGAL = 6

export const mirrors: readonly Mirror[] = [
  { anchorTypeId: LEAD, prefix: '', typeId: PHYSICAL },
  { anchorTypeId: CONTACT, prefix: '', typeId: PHYSICAL },
  { anchorTypeId: COMPANY, prefix: '', typeId: PHYSICAL },
  { anchorTypeId: COMPANY, prefix: 'REG_', typeId: LEGAL },
]

/** `ADDRESS_CITY` of the record is `city` of the address. */
const parts: Record<AddressText, string> = {
  address_1: 'ADDRESS',
  address_2: 'ADDRESS_2',
  city: 'ADDRESS_CITY',
  postal_code: 'ADDRESS_POSTAL_CODE',
  region: 'ADDRESS_REGION',
  province: 'ADDRESS_PROVINCE',
  country: 'ADDRESS_COUNTRY',
  country_code: 'ADDRESS_COUNTRY_CODE',
}

/** The fields of the record, by the columns of the address. */
export const fieldsOf = ({ prefix }: Mirror): readonly (readonly [column: AddressText, name: string])[] =>
  addressTexts.map((column) => [column, `${prefix}${parts[column]}`])
export const locationField = ({ prefix }: Mirror): string => `${prefix}ADDRESS_LOC_ADDR_ID`

const textOrNull = (value: Scalar): string | null => (value === null ? null : String(value))

const textsOf = (mirror: Mirror, value: (name: string) => Scalar): AddressTexts =>
  Object.fromEntries(fieldsOf(mirror).map(([column, name]) => [column, textOrNull(value(name))])) as AddressTexts

/** Lets a record show the address that is its own now. */
export async function showAddress(within: Within, anchor: Anchor, typeId: number): Promise<void> {
  const mirror = mirrors.find((each) => each.anchorTypeId === anchor.typeId && each.typeId === typeId)
  if (mirror === undefined) return
  const entity = await within.portal.entities.get(within.tx, anchor.typeId)
  const stored = await load(within.tx, entity, anchor.id)
  // It may be on its way out, with its requisites.
  if (stored === undefined) return
  const row = await shownAddress(within.tx, anchor, typeId)
  const draft = emptyDraft()
  for (const [column, name] of fieldsOf(mirror)) {
    const text = row?.[column] ?? null
    if ((text ?? '') !== (scalarOf(stored, entity.field(name)) ?? '')) draft.values.set(name, text)
  }
  const location = row?.id ?? null
  if (location !== scalarOf(stored, entity.field(locationField(mirror))))
    draft.values.set(locationField(mirror), location)
  if (draft.values.size > 0) await updateWithin(within, entity, anchor.id, draft)
}

const anchorOf = ({ entity, id }: Change): Anchor => ({ typeId: entity.entityTypeId, id })

const own = ({ entity }: Pick<Change, 'entity'>): Mirror[] =>
  mirrors.filter(({ anchorTypeId }) => anchorTypeId === entity.entityTypeId)

export const mirrorHooks: Hooks = {
  /** The number of the address is not the client's to say. */
  async complete(change) {
    for (const mirror of own(change)) {
      const location = locationField(mirror)
      if (!change.gives(location) && !fieldsOf(mirror).some(([, name]) => change.gives(name))) continue
      const known = change.isNew ? undefined : await shownAddress(change.tx, anchorOf(change), mirror.typeId)
      const texts = textsOf(mirror, (name) => change.value(name))
      if (known !== undefined && (sameAddress(known, texts) || !isBlankAddress(texts))) change.set(location, known.id)
      else if (isBlankAddress(texts)) change.set(location, null)
      else change.set(location, await change.tx.nextId(entityTable(address)))
    }
  },
  /** What the record says now is what its address says. */
  async followed(change) {
    for (const mirror of own(change)) {
      if (!change.gives(locationField(mirror))) continue
      const anchor = anchorOf(change)
      const known = change.isNew ? undefined : await shownAddress(change.tx, anchor, mirror.typeId)
      const texts = textsOf(mirror, (name) => change.value(name))
      if (known === undefined) {
        if (!isBlankAddress(texts))
          await insertAddress(change, {
            id: Number(change.value(locationField(mirror))),
            type_id: mirror.typeId,
            entity_type_id: anchor.typeId,
            entity_id: anchor.id,
            anchor_type_id: anchor.typeId,
            anchor_id: anchor.id,
            ...texts,
          })
      } else if (sameAddress(known, texts)) continue
      else if (isBlankAddress(texts)) {
        await removeAddress(change, known)
        // Another requisite may have one.
        await showAddress(change, anchor, mirror.typeId)
      } else await rewriteAddress(change, known.id, texts)
    }
  },
}

/** Requisites and addresses go over to the record that stays; of two addresses of one type it keeps its own. */
export async function mergeAddresses(merge: Merge): Promise<void> {
  const { tx, entity, into, from } = merge
  const typeId = entity.entityTypeId
  const types = sql`select type_id from crm_address where entity_id = ${into} and entity_type_id = ${typeId}`
  await tx.change(
    sql`update crm_requisite set entity_id = ${into} where entity_id = ${from} and entity_type_id = ${typeId}`,
  )
  await tx.change(
    sql`update crm_address set anchor_id = ${into} where anchor_id = ${from} and anchor_type_id = ${typeId} and entity_type_id = 8`,
  )
  await tx.change(
    sql`update crm_address set entity_id = ${into}, anchor_id = ${into} where entity_id = ${from} and entity_type_id = ${typeId} and type_id not in (${types})`,
  )
  for (const mirror of own({ entity })) await showAddress(merge, { typeId, id: into }, mirror.typeId)
}
