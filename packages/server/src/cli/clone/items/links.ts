import type { Draft, Written } from '../../../records/change.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Ids } from '../parts/draft-of.ts'
import { itemKind } from '../state.ts'
import type { Clone } from '../step.ts'
import { OPTION, type Translation, USER } from '../translation.ts'

/** The first person of every portal: stands in for people who have not come. */
const ADMINISTRATOR = 1
/** Fields that must name somebody. */
const SOMEBODY: ReadonlySet<string> = new Set(['createdBy', 'updatedBy', 'assignedById', 'movedBy', 'lastActivityBy'])

/** What a value points at, as the map calls it. */
interface Pointer {
  readonly kind: string
  readonly key: number
  /** How a pointer to this id is stored. */
  stored(id: number): Scalar
}

function pointerOf(field: Field, value: Written): Pointer | undefined {
  if (value === null || value === 0 || value === '' || typeof value === 'object') return undefined
  const { kind, place } = field
  if (place.in === 'links' && place.role === 'observer') return { kind: USER, key: Number(value), stored: (id) => id }
  const to = kind.references?.(value, field)
  switch (to?.to) {
    case 'user':
      return { kind: USER, key: to.id, stored: (id) => id }
    case 'option':
      return { kind: OPTION, key: to.id, stored: (id) => id }
    case 'record':
      return {
        kind: itemKind(to.entityTypeId),
        key: to.id,
        stored: (id) => kind.mention?.(to.entityTypeId, id) ?? id,
      }
    default:
      return undefined
  }
}

/** Every pointer of a draft. */
export function pointersIn(draft: Draft, entity: Entity): { kind: string; key: number }[] {
  const values = [
    ...[...draft.values].map(([name, value]) => [name, [value]] as const),
    ...draft.lists,
    ...draft.links,
  ] as readonly (readonly [string, readonly Written[]])[]
  return values.flatMap(([name, list]) => list.flatMap((value) => pointerOf(entity.field(name), value) ?? []))
}

export interface Translating {
  readonly entity: Entity
  readonly there: number
  readonly translation: Translation
  readonly ids: Ids
  /** Told of people and options that are not here. */
  onLost(what: 'person' | 'option', field: Field): void
}

/** A link to a record that has not come yet. */
export interface Waiting {
  readonly field: string
  readonly kind: string
  readonly key: number
}

/**
 * Puts ids of here in the place of ids of there. Links to records that have not come yet are answered: where ids are kept
 * (`inPlace`) they stand in their places already, as they will be.
 */
export function translate(draft: Draft, inPlace: boolean, given: Translating): Waiting[] {
  const { entity, there, translation, ids, onLost } = given
  const waiting: Waiting[] = []
  const here = (field: Field, value: Written): Written[] => {
    const pointer = pointerOf(field, value)
    if (pointer === undefined) return [value]
    const id = ids(pointer.kind, pointer.key)
    if (id !== undefined) return [pointer.stored(id)]
    if (pointer.kind === USER && SOMEBODY.has(field.name)) return [ADMINISTRATOR]
    if (pointer.kind === USER || pointer.kind === OPTION) {
      onLost(pointer.kind === USER ? 'person' : 'option', field)
      return []
    }
    waiting.push({ field: field.name, kind: pointer.kind, key: pointer.key })
    return inPlace ? [pointer.stored(pointer.key)] : []
  }
  for (const [name, value] of draft.values) {
    const field = entity.field(name)
    if (field.kind.name === 'category' && typeof value === 'number')
      draft.values.set(name, translation.category(there, value) ?? null)
    else draft.values.set(name, here(field, value)[0] ?? null)
  }
  for (const [name, list] of draft.lists)
    draft.lists.set(
      name,
      list.flatMap((value) => here(entity.field(name), value)),
    )
  for (const [name, list] of draft.links)
    draft.links.set(name, list.flatMap((id) => here(entity.field(name), id)).map(Number))
  return waiting
}

/** Remembers the links that wait, in place of those that waited before. */
export async function postpone(
  { state }: Clone,
  tx: Transaction,
  { entityTypeId }: Entity,
  recordId: number,
  waiting: readonly Waiting[],
): Promise<void> {
  for (const { field, kind, key } of waiting)
    await state.postpone(tx, { entityTypeId, recordId, field }, { kind, key, isInPlace: state.keepsIds })
}
