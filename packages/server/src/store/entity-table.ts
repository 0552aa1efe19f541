import type { Entity } from '../schema/entity.ts'
import type { ColumnType, Index, Table } from './table.ts'

const tables = new WeakMap<Entity, Table>()

/** The table of an entity: its columns and the indexes that lists and links ask for. */
export function entityTable(entity: Entity): Table {
  let table = tables.get(entity)
  if (table === undefined) {
    table = makeTable(entity)
    tables.set(entity, table)
  }
  return table
}

function makeTable(entity: Entity): Table {
  const columns: Record<string, ColumnType> = {}
  const indexes: Index[] = []
  for (const field of entity.columns) {
    if (field.place.in !== 'column') continue
    columns[field.place.column] = field.name === 'id' ? 'integer' : field.kind.column
    if (field.index) indexes.push({ columns: [field.place.column, 'id'] })
  }
  if (entity.stageField !== undefined) {
    const stage = entity.columnOf(entity.stageField)
    indexes.push({ columns: entity.categories ? [entity.columnOf('categoryId'), stage, 'id'] : [stage, 'id'] })
  }
  return { name: entity.table, columns, indexes }
}
