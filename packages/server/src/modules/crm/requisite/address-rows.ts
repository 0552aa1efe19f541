import type { Within } from '../../../records/records.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { announceEvent } from '../../../records/outbox.ts'
import { address } from './address.ts'
import type { Anchor } from './rights.ts'

/** What an address says, by the columns of its table. */
export const addressTexts = [
  'address_1',
  'address_2',
  'city',
  'postal_code',
  'region',
  'province',
  'country',
  'country_code',
] as const
export type AddressText = (typeof addressTexts)[number]
export type AddressTexts = Readonly<Record<AddressText, string | null>>

/** Of every record one address of each type. */
export interface AddressKey {
  readonly typeId: number
  readonly entityTypeId: number
  readonly entityId: number
}

export interface AddressRow extends AddressTexts {
  readonly id: number
  readonly type_id: number
  readonly entity_type_id: number
  readonly entity_id: number
  readonly anchor_type_id: number
  readonly anchor_id: number
}

const table = sql.table(address.table)

export const isBlankAddress = (texts: AddressTexts): boolean => addressTexts.every((column) => !texts[column])

/** Cleared and never said are the same in an address. */
export const sameAddress = (one: AddressTexts, other: AddressTexts): boolean =>
  addressTexts.every((column) => (one[column] ?? '') === (other[column] ?? ''))

export async function findAddress(
  reader: Reader,
  { typeId, entityTypeId, entityId }: AddressKey,
): Promise<AddressRow | undefined> {
  const [row] = await reader.find<AddressRow>(
    sql`select * from ${table} where entity_id = ${entityId} and entity_type_id = ${entityTypeId} and type_id = ${typeId}`,
  )
  return row
}

export async function findLocation(reader: Reader, id: number): Promise<AddressRow | undefined> {
  const [row] = await reader.find<AddressRow>(sql`select * from ${table} where id = ${id}`)
  return row
}

export const addressesOf = (reader: Reader, { typeId, id }: Anchor): Promise<AddressRow[]> =>
  reader.find<AddressRow>(
    sql`select * from ${table} where entity_id = ${id} and entity_type_id = ${typeId} order by id`,
  )

/** The address of a type that its card shows of a client: its own, or else that of its first requisite that has one. */
export async function shownAddress(
  reader: Reader,
  { typeId: anchorTypeId, id }: Anchor,
  typeId: number,
): Promise<AddressRow | undefined> {
  const [row] = await reader.find<AddressRow>(
    sql`select a.* from ${table} as a left join crm_requisite as r on a.entity_type_id = 8 and r.id = a.entity_id where a.anchor_id = ${id} and a.anchor_type_id = ${anchorTypeId} and a.type_id = ${typeId} order by case when a.entity_type_id = 8 then 1 else 0 end, coalesce(r.sort, 500), a.entity_id limit 1`,
  )
  return row
}

/** api-reference/crm/requisites/events/on-crm-address-register.md. */
async function announce(within: Within, verb: 'REGISTER' | 'UNREGISTER', row: AddressRow): Promise<void> {
  await announceEvent(within, {
    event: `ONCRMADDRESS${verb}`,
    entityTypeId: address.entityTypeId,
    recordId: row.id,
    data: {
      FIELDS: {
        TYPE_ID: row.type_id,
        ENTITY_TYPE_ID: row.entity_type_id,
        ENTITY_ID: row.entity_id,
        ANCHOR_ID: row.anchor_id,
        ANCHOR_TYPE_ID: row.anchor_type_id,
      },
    },
  })
}

export async function insertAddress(within: Within, row: AddressRow): Promise<void> {
  within.tx.insert(entityTable(address), { ...row })
  within.tx.count(address.table, 1)
  await announce(within, 'REGISTER', row)
}

export async function rewriteAddress({ tx }: Within, id: number, texts: AddressTexts): Promise<void> {
  const sets = addressTexts.map((column) => sql`${sql.ref(column)} = ${texts[column]}`)
  await tx.change(sql`update ${table} set ${sql.join(sets)} where id = ${id}`)
}

export async function removeAddress(within: Within, row: AddressRow): Promise<void> {
  await within.tx.change(sql`delete from ${table} where id = ${row.id}`)
  within.tx.count(address.table, -1)
  await announce(within, 'UNREGISTER', row)
}
