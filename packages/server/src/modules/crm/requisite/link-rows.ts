import { isDynamic } from '../../../schema/entity-types.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { requisiteLink } from './link.ts'
import type { Anchor } from './rights.ts'

/** A choice of requisites; 0 is none. */
export interface Choice {
  readonly requisite_id: number
  readonly bank_detail_id: number
  readonly mc_requisite_id: number
  readonly mc_bank_detail_id: number
}

export interface LinkRow extends Choice {
  readonly id: number
}

export const noChoice: Choice = { requisite_id: 0, bank_detail_id: 0, mc_requisite_id: 0, mc_bank_detail_id: 0 }
export const columns = ['requisite_id', 'bank_detail_id', 'mc_requisite_id', 'mc_bank_detail_id'] as const

const [DEAL, QUOTE, INVOICE] = [2, 7, 31]
/** Invoices of the old kind: unlike the others, they are no CRM items. */
export const OLD_INVOICE = 5
const table = sql.table(requisiteLink.table)
const isNone = (choice: Choice): boolean => columns.every((column) => choice[column] === 0)

/** Deals, estimates, invoices and smart processes have documents with requisites. */
export const isLinkable = (entityTypeId: number): boolean =>
  [DEAL, OLD_INVOICE, QUOTE, INVOICE].includes(entityTypeId) || isDynamic(entityTypeId)

export async function findLink(reader: Reader, { typeId, id }: Anchor): Promise<LinkRow | undefined> {
  const [row] = await reader.find<LinkRow>(
    sql`select id, ${sql.join(columns.map((column) => sql.ref(column)))} from ${table} where entity_id = ${id} and entity_type_id = ${typeId}`,
  )
  return row
}

export async function writeLink(
  tx: Transaction,
  { typeId, id }: Anchor,
  known: LinkRow | undefined,
  choice: Choice,
): Promise<void> {
  if (known === undefined) {
    const row = { id: await tx.nextId(entityTable(requisiteLink)), entity_type_id: typeId, entity_id: id, ...choice }
    tx.insert(entityTable(requisiteLink), row)
    tx.count(requisiteLink.table, 1)
    return
  }
  const sets = columns.map((column) => sql`${sql.ref(column)} = ${choice[column]}`)
  await tx.change(sql`update ${table} set ${sql.join(sets)} where id = ${known.id}`)
}

export async function removeLink(tx: Transaction, { typeId, id }: Anchor): Promise<void> {
  const gone = await tx.change(sql`delete from ${table} where entity_id = ${id} and entity_type_id = ${typeId}`)
  if (gone > 0) tx.count(requisiteLink.table, -gone)
}

export async function moveLink(tx: Transaction, typeId: number, from: number, into: number): Promise<void> {
  await tx.change(sql`update ${table} set entity_id = ${into} where entity_id = ${from} and entity_type_id = ${typeId}`)
}

/** Saves a choice that follows from the item's client and seller: where there is nothing to choose, there is no link. */
export async function settleLink(
  tx: Transaction,
  item: Anchor,
  known: LinkRow | undefined,
  choice: Choice,
): Promise<void> {
  if (!isNone(choice)) await writeLink(tx, item, known, choice)
  else if (known !== undefined) await removeLink(tx, item)
}

/** Takes a requisite or an account that is going out of every link. */
export async function forgetInLinks(
  tx: Transaction,
  id: number,
  pairs: readonly (readonly [column: (typeof columns)[number], ...along: (typeof columns)[number][]])[],
): Promise<void> {
  for (const pair of pairs) {
    const [column] = pair
    const rows = await tx.find<{ id: number }>(sql`select id from ${table} where ${sql.ref(column)} = ${id}`)
    if (rows.length === 0) continue
    const sets = pair.map((each) => sql`${sql.ref(each)} = 0`)
    await tx.change(sql`update ${table} set ${sql.join(sets)} where ${sql.ref(column)} = ${id}`)
    const empty = columns.map((each) => sql`${sql.ref(each)} = 0`)
    let gone = 0
    for (const row of rows)
      gone += await tx.change(sql`delete from ${table} where id = ${row.id} and ${sql.join(empty, sql` and `)}`)
    if (gone > 0) tx.count(requisiteLink.table, -gone)
  }
}
