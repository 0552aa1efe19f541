import { type Draft, emptyDraft } from '../../../records/change.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { InvalidValue, isBlank, type Reference, type Scalar } from '../../../schema/kind.ts'
import type { Wire } from '../../../schema/wire.ts'
import type { Reader } from '../../../store/store.ts'
import type { Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone } from '../step.ts'
import { OPTION, USER } from '../translation.ts'

/** The kinds of what values point at, as the map calls them. */
const kindOf = (reference: Reference): { kind: string; key: number } | undefined => {
  switch (reference.to) {
    case 'user':
      return { kind: USER, key: reference.id }
    case 'record':
      return { kind: itemKind(reference.entityTypeId), key: reference.id }
    case 'option':
      return { kind: OPTION, key: reference.id }
    default:
      return undefined
  }
}

/** Values of lists of product properties are options of their fields, too. */
const PROPERTY_OPTION = itemKind(-7)

function referenceOf(field: Field, value: Scalar): { kind: string; key: number } | undefined {
  if (value === null || value === 0 || value === '') return undefined
  if (field.kind.name === 'enumeration' && field.userFieldId === undefined)
    return { kind: PROPERTY_OPTION, key: Number(value) }
  const reference = field.kind.references?.(value, field)
  return reference === undefined ? undefined : kindOf(reference)
}

/** Ids of here by kinds and ids of there. */
export type Ids = (kind: string, key: string | number) => number | undefined

/** Reads ids of here for what rows point at, all of a kind at once. */
export async function idsOf(
  { state }: Clone,
  reader: Reader,
  wanted: Iterable<{ readonly kind: string; readonly key: string | number }>,
): Promise<Ids> {
  const byKind = new Map<string, Set<string>>()
  for (const { kind, key } of wanted) {
    const keys = byKind.get(kind) ?? new Set()
    byKind.set(kind, keys.add(String(key)))
  }
  const found = new Map<string, ReadonlyMap<string, { readonly id: number }>>()
  for (const [kind, keys] of byKind) found.set(kind, await state.known(reader, kind, keys))
  return (kind, key) => found.get(kind)?.get(String(key))?.id
}

/**
 * What rows of the source say of records of an entity, as drafts: decoded by the kinds of the fields, whatever requests
 * may write of them, with ids of here in place of ids of there. Files, links with an order and what the entity doesn't
 * know are not in them; what a kind refuses, and what points at something that has not come, is left empty.
 */
export async function draftsOf(
  clone: Clone,
  entity: Entity,
  wire: Wire,
  rows: readonly Row[],
  { without = [], refused }: { without?: readonly string[]; refused?: (field: Field, row: Row) => void } = {},
): Promise<Draft[]> {
  const zone = clone.target.portal.zone
  const drafts = rows.map((row) => {
    const draft = emptyDraft()
    for (const [key, input] of Object.entries(row)) {
      const field = wire.find(entity, key)
      if (field === undefined || field.disabled === true || field.kind.holdsFile === true) continue
      if (without.includes(field.name)) continue
      try {
        read(draft, field, input, (value) => {
          const decoded = field.kind.decode(value, field, { zone })
          return typeof decoded === 'object' ? null : decoded
        })
      } catch (cause) {
        if (!(cause instanceof InvalidValue)) throw cause
        refused?.(field, row)
      }
    }
    return draft
  })
  const wanted = drafts.flatMap((draft) => [
    ...[...draft.values].flatMap(([name, value]) => referenceOf(entity.field(name), value as Scalar) ?? []),
    ...[...draft.lists].flatMap(([name, values]) =>
      values.flatMap((value) => referenceOf(entity.field(name), value as Scalar) ?? []),
    ),
  ])
  const ids = await idsOf(clone, clone.session, wanted)
  for (const draft of drafts) translate(draft, entity, ids)
  return drafts
}

function read(draft: Draft, field: Field, input: unknown, decode: (input: unknown) => Scalar): void {
  const { place, name } = field
  switch (place.in) {
    case 'column':
      draft.values.set(name, decode(input))
      break
    case 'values': {
      const list = isBlank(input) || input === false ? [] : Array.isArray(input) ? input : valuesIn(input, place.ids)
      const decoded = list.map((each: unknown) => decode(place.ids === true ? valueOf(each) : each))
      draft.lists.set(
        name,
        decoded.filter((value) => value !== null && value !== ''),
      )
      break
    }
    default:
  }
}

const isMap = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/** `{valueId: 15, value: …}` as properties show theirs: one such is a list of one. */
const isEntry = (input: unknown): input is Readonly<Record<string, unknown>> =>
  isMap(input) && ('value' in input || 'valueId' in input)

function valuesIn(input: unknown, withIds: true | undefined): unknown[] {
  if (withIds === true && isEntry(input)) return [input]
  return isMap(input) && withIds === true ? Object.values(input) : [input]
}

const valueOf = (input: unknown): unknown => (isEntry(input) ? input.value : input)

/** Puts ids of here in the place of ids of there. */
function translate(draft: Draft, entity: Entity, ids: Ids): void {
  const here = (field: Field, value: Scalar): Scalar => {
    const reference = referenceOf(field, value)
    if (reference === undefined) return value
    const id = ids(reference.kind, reference.key)
    if (id === undefined) return null
    const to = field.kind.references?.(value, field)
    return to?.to === 'record' && field.kind.mention !== undefined ? field.kind.mention(to.entityTypeId, id) : id
  }
  for (const [name, value] of draft.values) draft.values.set(name, here(entity.field(name), value as Scalar))
  for (const [name, values] of draft.lists)
    draft.lists.set(
      name,
      values.map((value) => here(entity.field(name), value as Scalar)).filter((value) => value !== null),
    )
}
