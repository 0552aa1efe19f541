import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import type { OwnedRows } from '../../module.ts'

/** Hands the rows of these tables over to the item that the other one is merged into. */
export const movesOwned = (owned: readonly OwnedRows[]): Hooks => ({
  async merged({ tx, entity, into, from }) {
    for (const { table, type, record, distinctBy = [] } of owned) {
      const [rows, typeColumn, recordColumn] = [sql.table(table), sql.ref(type), sql.ref(record)]
      const theirs = sql`${typeColumn} = ${entity.entityTypeId} and ${recordColumn} = ${from}`
      if (distinctBy.length > 0) {
        const alike = distinctBy.map((column) => sql`own.${sql.ref(column)} = ${rows}.${sql.ref(column)}`)
        const own = sql`own.${typeColumn} = ${entity.entityTypeId} and own.${recordColumn} = ${into}`
        await tx.change(
          sql`delete from ${rows} where ${theirs} and exists (select 1 from ${rows} as own where ${own} and ${sql.join(alike, sql` and `)})`,
        )
      }
      await tx.change(sql`update ${rows} set ${recordColumn} = ${into} where ${theirs}`)
    }
  },
})
