import type { Entity, Field } from '../schema/entity.ts'
import type { Reference, Scalar } from '../schema/kind.ts'
import { sql } from '../store/sql.ts'
import type { Change, Draft, Written } from './change.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'

export type MissingReferences = 'refuse' | 'clear'

/** Whether what a value points at exists. Directories and people are in memory; records are looked up by id. */
async function exists(context: Context, reference: Reference): Promise<boolean> {
  const { portal, session } = context
  switch (reference.to) {
    case 'status':
      return (await portal.directories.status(session, reference.directory, reference.id)) !== undefined
    case 'user':
      return (await portal.people.find(session, reference.id)) !== undefined
    case 'currency':
      return portal.directories.hasCurrency(session, reference.id)
    case 'option':
      return true
    case 'record': {
      const target = await portal.entities.any(session, reference.entityTypeId)
      if (target === undefined) return false
      const rows = await session.find<{ id: number }>(
        sql`select id from ${sql.table(target.table)} where id = ${reference.id}`,
      )
      return rows.length > 0
    }
  }
}

/** Most fields point at nothing; asking only the others saves a turn of the queue for each. */
const pointsSomewhere = (field: Field): boolean => field.options !== undefined || field.kind.references !== undefined

async function missing(context: Context, field: Field, value: Scalar): Promise<boolean> {
  if (field.options !== undefined && value !== null && !field.options.some((option) => option.id === value)) return true
  const reference = field.kind.references?.(value, field)
  return reference !== undefined && !(await exists(context, reference))
}

const isLink = (field: Field, value: Scalar): boolean => field.kind.references?.(value, field)?.to === 'record'

/**
 * Checks that what a draft points at exists. `crm.item.*` refuses a link to nothing; UPPER_CASE methods store none
 * instead, silently, and keep codes of directories as they are given. People are checked on both.
 */
export async function checkReferences(
  context: Context,
  entity: Entity,
  draft: Draft,
  mode: MissingReferences,
): Promise<void> {
  const refuse = (field: Field): never => {
    throw new Failure({ why: 'invalid', field, detail: 'it does not exist' })
  }
  for (const [name, value] of draft.values) {
    const field = entity.field(name)
    // The stage has rules of its own: which stages exist depends on the pipeline.
    if (!pointsSomewhere(field) || typeof value === 'object' || name === entity.stageField) continue
    if (!(await missing(context, field, value))) continue
    if (mode === 'clear' && isLink(field, value)) draft.values.set(name, null)
    else if (mode === 'refuse' || field.kind.isCode !== true) refuse(field)
  }
  for (const [name, values] of draft.lists) {
    const field = entity.field(name)
    const found: Written[] = []
    for (const value of values) {
      if (typeof value === 'object' || !(await missing(context, field, value))) found.push(value)
      else if (mode === 'refuse' || !isLink(field, value)) refuse(field)
    }
    draft.lists.set(name, found)
  }
  for (const [name, ids] of draft.links) {
    const field = entity.field(name)
    const found: number[] = []
    for (const id of new Set(ids)) {
      if (!(await missing(context, field, id))) found.push(id)
      else if (mode === 'refuse') refuse(field)
    }
    draft.links.set(name, found)
  }
}

/** Nobody who has left is put into a field of employees; those who were there before they left may stay. */
export async function checkNewPeople(change: Change): Promise<void> {
  const { entity, draft, portal, tx } = change
  const check = async (field: Field, values: readonly Written[], known: readonly unknown[]): Promise<void> => {
    for (const value of values) {
      const reference = typeof value === 'object' ? undefined : field.kind.references?.(value, field)
      if (reference?.to !== 'user' || reference.active !== true || known.includes(value)) continue
      if ((await portal.people.find(tx, reference.id))?.active === true) continue
      throw new Failure({ why: 'invalid', field, detail: 'the person has left' })
    }
  }
  for (const [name, value] of draft.values) {
    const field = entity.field(name)
    if (pointsSomewhere(field)) await check(field, [value], [change.old(name)])
  }
  for (const [name, values] of draft.lists) await check(entity.field(name), values, change.oldList(name))
}
