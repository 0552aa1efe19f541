import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { countRecords } from '../store/entity-query.ts'
import type { Test } from '../store/entity-test.ts'
import type { Reader } from '../store/store.ts'
import type { Change } from './change.ts'
import type { Context } from './context.ts'

/** The fields whose combinations people page through; each combination has a kept total. */
const kept = (
  entity: Entity,
): { stage: string | undefined; category: string | undefined; person: string | undefined } => ({
  stage: entity.stageField,
  category: entity.categories ? 'categoryId' : undefined,
  person: entity.byName.has('assignedById') ? 'assignedById' : undefined,
})

function keysOf(entity: Entity, value: (name: string) => Scalar): string[] {
  const { stage, category, person } = kept(entity)
  const keys = [entity.table]
  if (stage !== undefined) keys.push(`${entity.table}|s|${value(stage)}`)
  if (category !== undefined) {
    keys.push(`${entity.table}|c|${value(category)}`)
    if (stage !== undefined) keys.push(`${entity.table}|c|${value(category)}|s|${value(stage)}`)
  }
  if (person !== undefined) keys.push(`${entity.table}|p|${value(person)}`)
  return keys
}

/** Moves the kept totals with a change, in its transaction. */
export function countChange(change: Change): void {
  const { entity, tx } = change
  const after = keysOf(entity, (name) => change.value(name))
  if (change.isNew) for (const key of after) tx.count(key, 1)
  else {
    const before = keysOf(entity, (name) => change.old(name))
    for (const key of before) if (!after.includes(key)) tx.count(key, -1)
    for (const key of after) if (!before.includes(key)) tx.count(key, 1)
  }
}

export function countRemoval(change: Change): void {
  for (const key of keysOf(change.entity, (name) => change.old(name))) change.tx.count(key, -1)
}

/** The conditions of a test when it only ANDs equalities of columns; undefined for anything richer. */
function equalities(test: Test | undefined): Map<Field, readonly Scalar[]> | undefined {
  const found = new Map<Field, readonly Scalar[]>()
  const walk = (each: Test): boolean => {
    if (each.is === 'group') return (each.logic === 'AND' || each.members.length < 2) && each.members.every(walk)
    if (each.is !== 'compare' || (each.op !== 'eq' && each.op !== 'in') || found.has(each.field)) return false
    found.set(each.field, [...new Set(each.values)])
    return true
  }
  return test === undefined || walk(test) ? found : undefined
}

/** The keys whose kept totals add up to the records that pass a test, or undefined where they must be counted. */
export function keysFor(entity: Entity, test: Test | undefined): string[] | undefined {
  const conditions = equalities(test)
  if (conditions === undefined) return undefined
  const { stage, category, person } = kept(entity)
  const names = [...conditions.keys()].map((field) => field.name).sort()
  const of = (name: string | undefined): readonly Scalar[] =>
    name === undefined ? [] : (conditions.get(entity.field(name)) ?? [])
  const shape = names.join()
  if (shape === '') return [entity.table]
  if (shape === stage) return of(stage).map((value) => `${entity.table}|s|${value}`)
  if (shape === person) return of(person).map((value) => `${entity.table}|p|${value}`)
  if (shape === category) return of(category).map((value) => `${entity.table}|c|${value}`)
  if (stage !== undefined && category !== undefined && shape === [category, stage].sort().join())
    return of(category).flatMap((value) => of(stage).map((code) => `${entity.table}|c|${value}|s|${code}`))
  return undefined
}

/** How many records pass a test: a kept total where there is one, an exact count where not. */
export async function totalOf(
  context: Context,
  entity: Entity,
  test: Test | undefined,
  counting: Reader = context.session,
): Promise<number> {
  const keys = keysFor(entity, test)
  return keys === undefined ? countRecords(counting, entity, test) : context.portal.store.total(context.session, keys)
}
