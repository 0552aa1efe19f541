import { ApiError } from '../../../methods/errors.ts'
import type { Action } from '../../../records/access.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { entityTypeIdOfName, nameOfEntityType } from '../../../schema/entity-types.ts'
import { integerOf, InvalidValue } from '../../../schema/kind.ts'
import { select } from '../../../store/entity-query.ts'
import type { Transaction } from '../../../store/store.ts'

/** A CRM item, whose timeline is meant. */
export interface Owner {
  readonly entity: Entity
  readonly id: number
}

/** `deal`, `dynamic_1046` (api-reference/crm/data-types.md, "CRM object type"). */
export const typeText = (entityTypeId: number): string => nameOfEntityType(entityTypeId).toLowerCase()

/** The number of a type that a request names: by its text in any case, or by the number itself. */
export function typeNumber(input: unknown): number | undefined {
  if (typeof input !== 'string' && typeof input !== 'number') return undefined
  const name = String(input).trim()
  return /^\d{1,9}$/.test(name) ? Number(name) : entityTypeIdOfName(name.toUpperCase())
}

/** The number of a record that a request names; undefined for what is none. */
export function idNumber(input: unknown): number | undefined {
  try {
    const id = integerOf(input)
    return id > 0 ? id : undefined
  } catch (cause) {
    if (cause instanceof InvalidValue) return undefined
    throw cause
  }
}

export const ownerNotFound = (): ApiError => new ApiError('OWNER_NOT_FOUND', 400, 'Owner of the item not found')

/** The record, if the caller may do this to it; a refusal says which of the two is wrong. */
export async function requireOwner(context: Context, typeId: number, id: number, action: Action): Promise<Owner> {
  const entity = await context.portal.entities.find(context.session, typeId)
  if (entity === undefined) throw ownerNotFound()
  try {
    await requireRecord(context, context.session, entity, id, action)
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found') throw ownerNotFound()
    throw cause
  }
  return { entity, id }
}

/** Whether a record is there and the caller may do this to it. */
export async function mayDo(context: Context, typeId: number, id: number, action: Action): Promise<boolean> {
  const entity = await context.portal.entities.find(context.session, typeId)
  if (entity === undefined) return false
  try {
    await requireRecord(context, context.session, entity, id, action)
    return true
  } catch (cause) {
    if (cause instanceof Failure) return false
    throw cause
  }
}

/** Holds the records until the transaction ends, so that none goes while something is hung on it; answers those there. */
export async function hold(tx: Transaction, entity: Entity, ids: readonly number[]): Promise<readonly number[]> {
  const id = entity.field('id')
  const rows = await select(tx, {
    entity,
    fields: [id],
    test: { is: 'compare', field: id, op: 'in', values: ids },
    lock: true,
  })
  return rows.map((row) => Number(row.values[0]))
}
