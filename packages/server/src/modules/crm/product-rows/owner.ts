import { apiError, ApiError } from '../../../methods/errors.ts'
import type { Action } from '../../../records/access.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { codeOfEntityType, entityTypeIdOfCode, isDynamic } from '../../../schema/entity-types.ts'
import { integerOf, InvalidValue } from '../../../schema/kind.ts'
import type { Reader } from '../../../store/store.ts'

/** The item whose rows are meant. */
export interface Owner {
  readonly entity: Entity
  readonly id: number
  /** `D`, `L`, `T9a`. */
  readonly type: string
}

export const ownerOf = (entity: Entity, id: number): Owner => ({
  entity,
  id,
  type: codeOfEntityType(entity.entityTypeId),
})

/** Whether items of that kind have products: those that have an amount which may follow them. */
export const hasRows = (entity: Entity): boolean => entity.byName.has('isManualOpportunity')

/** Whether they have or had: a smart process that has no products any more keeps the rows of before. */
export const mayHaveRows = (entity: Entity): boolean => hasRows(entity) || isDynamic(entity.entityTypeId)

const notFound = (): ApiError => new ApiError('OWNER_NOT_FOUND', 400, 'Owner was not found')

/** The id of a record, if it is one. */
export const idOf = (input: unknown): number | undefined => {
  try {
    const id = integerOf(input)
    return id > 0 ? id : undefined
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    return undefined
  }
}

/** The item that `crm.item.productrow.*` names by its type's code and its id, if the caller may do this to it. */
export async function requireOwner(
  context: Context,
  reader: Reader,
  ownerType: unknown,
  ownerId: unknown,
  action: Action,
): Promise<Owner> {
  const number = typeof ownerType === 'string' ? entityTypeIdOfCode(ownerType.toUpperCase()) : undefined
  const entity = number === undefined ? undefined : await context.portal.entities.find(reader, number)
  if (entity === undefined || !hasRows(entity)) throw apiError('typeNotSupported')
  const id = idOf(ownerId)
  if (id === undefined) throw notFound()
  try {
    await requireRecord(context, reader, entity, id, action)
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found') throw notFound()
    throw cause
  }
  return ownerOf(entity, id)
}
