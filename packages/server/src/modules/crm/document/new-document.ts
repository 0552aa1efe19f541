import type { Call } from '../../../methods/method.ts'
import { emptyDraft, type Written } from '../../../records/change.ts'
import * as records from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank } from '../../../schema/kind.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Given } from './answer.ts'
import { document } from './document.ts'
import { plain } from './words.ts'

/** The record that a document is about. */
export interface Owner {
  readonly entity: Entity
  readonly id: number
}

/** The record that a request names, if the caller may do this to it. */
export async function ownerOf(call: Call, type: unknown, id: unknown, action: 'read' | 'update'): Promise<Owner> {
  const entity = await call.portal.entities.find(call.session, number(type))
  if (entity === undefined) throw plain('No provider for entityTypeId')
  if (isBlank(id)) throw plain('Empty required parameter "value"')
  const owner = { entity, id: number(id) }
  await records.requireRecord(call, call.session, entity, owner.id, action)
  return owner
}

/** What is no number is none. */
export function number(input: unknown): number {
  try {
    return integerOf(input ?? 0)
  } catch (cause) {
    if (cause instanceof InvalidValue) return 0
    throw cause
  }
}

/** A document on its way in, with its number. */
export interface NewDocument {
  readonly owner: Owner
  readonly templateId: number | null
  readonly title: string
  readonly number: string
  readonly given: Given
  readonly stamps: boolean
}

export async function insert(call: Call, tx: Transaction, given: NewDocument): Promise<number> {
  const now = Math.floor(call.now)
  const draft = emptyDraft()
  const values: Record<string, Written> = {
    title: given.title.slice(0, 255),
    number: given.number.slice(0, 255),
    templateId: given.templateId,
    createTime: now,
    updateTime: now,
    createdBy: call.person.id,
    values: JSON.stringify(given.given),
    stampsEnabled: given.stamps ? 'Y' : 'N',
    entityTypeId: given.owner.entity.entityTypeId,
    entityId: given.owner.id,
  }
  for (const [name, value] of Object.entries(values)) draft.values.set(name, value)
  return records.createWithin({ ...call, tx }, document, draft)
}
