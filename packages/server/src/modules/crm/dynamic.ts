import type { TypeRow } from '../../records/entities.ts'
import type { Entity } from '../../schema/entity.ts'

/** The entity of a smart process. */
export function dynamicEntity(type: TypeRow): Entity {
  throw new Error(`no entity for ${type.id}`)
}
