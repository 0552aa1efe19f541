import type { Entity } from '../schema/entity.ts'
import type { Test } from '../store/entity-test.ts'
import { type Fragment, type Slot, sql } from '../store/sql.ts'
import { ownerOf } from './access.ts'
import type { Context } from './context.ts'

/** Where parts say whose they are: in their own table, or in one that binds them to records. */
export interface Ownership {
  readonly table: string
  /** The column with the part's own id. */
  readonly id: string
  /** The columns with the owner's type and id. */
  readonly type: string
  readonly record: string
  /** Owners that are no CRM items themselves, by their types: the old invoices. */
  readonly parts?: readonly number[]
}

/**
 * The condition on a list of parts (documents, activities, requisites): only those of records that the caller may read.
 * Undefined where that is every one.
 */
export async function ownedCondition(
  context: Context,
  { table, id, type, record, parts = [] }: Ownership,
): Promise<Test | undefined> {
  const whole: Entity[] = []
  const own: Entity[] = []
  const entities = [...(await context.portal.entities.all(context.session))]
  for (const part of parts) entities.push(await context.portal.entities.get(context.session, part))
  for (const entity of entities) {
    const level = await context.portal.access.level(context, entity, 'read')
    if (level === 'all') whole.push(entity)
    if (level === 'own') own.push(entity)
  }
  if (whole.length === entities.length) return undefined
  const numbers = (list: readonly Entity[]): string => list.map(({ entityTypeId }) => entityTypeId).join()
  const mine = (entity: Entity, person: Slot | undefined): Fragment => {
    const { place } = ownerOf(entity)
    const column = sql.ref(`owner.${place.in === 'column' ? place.column : 'id'}`)
    return sql`(part.${sql.ref(type)} = ${sql.lit(entity.entityTypeId)} and exists (select 1 from ${sql.table(entity.table)} as owner where owner.id = part.${sql.ref(record)} and ${column} = ${person}))`
  }
  return {
    is: 'among',
    shape: `${table} ${numbers(whole)} ${numbers(own)}`,
    values: own.length === 0 ? [] : own.map(() => context.person.id),
    ids(slots) {
      const allowed = [
        ...(whole.length === 0
          ? []
          : [sql`part.${sql.ref(type)} in (${sql.join(whole.map(({ entityTypeId }) => sql.lit(entityTypeId)))})`]),
        ...own.map((entity, index) => mine(entity, slots[index])),
      ]
      const condition = allowed.length === 0 ? sql`1 = 0` : sql`(${sql.join(allowed, sql` or `)})`
      return sql`select part.${sql.ref(id)} from ${sql.table(table)} as part where ${condition}`
    },
  }
}
