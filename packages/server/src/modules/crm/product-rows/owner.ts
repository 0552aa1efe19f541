import { apiError, ApiError } from '../../../methods/errors.ts'
import type { Action } from '../../../records/access.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { codeOfEntityType, entityTypeIdOfCode } from '../../../schema/entity-types.ts'
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

/** The item that `crm.item.productrow.*` names by its type's code and its id, if the caller may do this to it. */
export async function requireOwner(
  context: Context,
  reader: Reader,
  ownerType: string,
  id: number,
  action: Action,
): Promise<Owner> {
  const number = entityTypeIdOfCode(ownerType.toUpperCase()) ?? entityTypeIdOfCode(ownerType)
  const entity = number === undefined ? undefined : await context.portal.entities.find(reader, number)
  if (entity === undefined || !hasRows(entity)) throw apiError('typeNotSupported')
  try {
    await requireRecord(context, reader, entity, id, action)
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found')
      throw new ApiError('OWNER_NOT_FOUND', 400, 'Owner was not found')
    throw cause
  }
  return ownerOf(entity, id)
}
