import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { keyOf, type Row, type Table } from '../../store/table.ts'

export type Outcome = 'made' | 'changed' | 'same'

/** Makes the row of this key be as given, as far as it is given. */
export async function upsert(tx: Transaction, table: Table, row: Row): Promise<Outcome> {
  const key = keyOf(table)
  const same = sql.join(
    key.map((name) => sql`${sql.ref(name)} = ${row[name]}`),
    sql` and `,
  )
  const [known] = await tx.find<Record<string, unknown>>(sql`select * from ${sql.table(table.name)} where ${same}`)
  if (known === undefined) {
    tx.insert(table, row)
    return 'made'
  }
  const other = Object.entries(row).filter(([name, value]) => known[name] !== value)
  if (other.length === 0) return 'same'
  const sets = other.map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  await tx.change(sql`update ${sql.table(table.name)} set ${sql.join(sets)} where ${same}`)
  return 'changed'
}

/** Whether a table has a row with this id. */
export const hasId = async (tx: Transaction, table: string, id: number): Promise<boolean> =>
  (await tx.find(sql`select 1 as one from ${sql.table(table)} where id = ${id}`)).length > 0

/**
 * The id that a row of the source gets here: its own, where ids are kept and nobody has it, or the next one.
 * `wanted` below 1 is none.
 */
export async function freshId(tx: Transaction, table: Table, wanted: number | undefined): Promise<number> {
  if (wanted === undefined || !(wanted > 0) || (await hasId(tx, table.name, wanted))) return tx.nextId(table)
  await tx.skipIds(table, wanted + 1)
  return wanted
}
