import type { Entity } from '../schema/entity.ts'
import type { Test } from '../store/entity-test.ts'
import { type Fragment, sql } from '../store/sql.ts'
import type { Context } from './context.ts'

/** Where parts say whose they are: in their own table, or in one that binds them to records. */
export interface Ownership {
  readonly table: string
  /** The column with the part's own id. */
  readonly id: string
  /** The columns with the owner's type and id. */
  readonly type: string
  readonly record: string
  /** What the type's column holds, where it isn't the number of the type. */
  readonly code?: (entityTypeId: number) => string
  /** Owners that are no CRM items themselves, by their types: the old invoices. */
  readonly parts?: readonly number[]
}

/**
 * The condition on a list of parts (documents, activities, requisites): only those of records that the caller may read.
 * Undefined where that is every one.
 */
export async function ownedCondition(
  context: Context,
  { table, id, type, record, code, parts = [] }: Ownership,
): Promise<Test | undefined> {
  const { portal, session } = context
  const whole: Entity[] = []
  const some: { entity: Entity; test: Test }[] = []
  const entities = [...(await portal.entities.all(session))]
  for (const part of parts) entities.push(await portal.entities.get(session, part))
  for (const entity of entities) {
    const { none, test } = await portal.access.reach(context, entity, 'read')
    if (test === undefined) whole.push(entity)
    else if (!none) some.push({ entity, test })
  }
  if (whole.length === entities.length) return undefined
  const ofType = sql.ref(`part.${type}`)
  const named = (entityTypeId: number): Fragment => sql.lit(code === undefined ? entityTypeId : code(entityTypeId))
  const numbers = whole.map(({ entityTypeId }) => entityTypeId)
  return {
    is: 'among',
    shape: `${table} ${numbers.join()}`,
    values: [],
    of: some,
    ids(_none, conditions) {
      const allowed = [
        ...(whole.length === 0 ? [] : [sql`${ofType} in (${sql.join(numbers.map(named))})`]),
        ...some.map(
          ({ entity }, index) =>
            sql`(${ofType} = ${named(entity.entityTypeId)} and exists (select 1 from ${sql.table(entity.table)} as t where t.id = part.${sql.ref(record)} and ${conditions[index]}))`,
        ),
      ]
      const condition = allowed.length === 0 ? sql`1 = 0` : sql`(${sql.join(allowed, sql` or `)})`
      return sql`select part.${sql.ref(id)} from ${sql.table(table)} as part where ${condition}`
    },
  }
}
