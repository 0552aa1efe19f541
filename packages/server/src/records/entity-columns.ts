import type { Entity } from '../schema/entity.ts'
import { missing } from '../store/ddl.ts'
import { entityTable } from '../store/entity-table.ts'
import type { Transaction } from '../store/store.ts'

/** Makes an entity's table and the columns and indexes of its fields exist; nothing is ever dropped. */
export async function ensureColumns(tx: Transaction, entity: Entity): Promise<void> {
  const there = await tx.columnsOf(entity.table)
  const columns = new Map(there.size === 0 ? [] : [[entity.table, there]])
  const statements = missing(entityTable(entity), { columns, indexes: new Set() }, tx.dialect)
  if (statements.length > 0) await tx.define(statements)
}
