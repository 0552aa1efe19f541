import { type Draft, emptyDraft } from '../../../records/change.ts'
import type { Context } from '../../../records/context.ts'
import type { Saved } from '../../../records/files.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { listOf, scalarOf, select, type Stored } from '../../../store/entity-query.ts'

/** What no copy takes over: it has its own. */
const OWN = new Set(
  `id createdTime createdBy updatedTime updatedBy movedTime movedBy lastActivityTime lastActivityBy closed isRecurring`.split(
    ' ',
  ),
)

/** Bytes of the files of a record, saved once more for the copy: by the id of each file. */
export class Copies {
  readonly #saved = new Map<number, Saved>()
  readonly #used = new Set<string>()

  set(id: number, saved: Saved): void {
    this.#saved.set(id, saved)
  }

  /** For the draft of the copy. */
  take(id: unknown): Saved | null {
    const saved = this.#saved.get(Number(id))
    if (saved === undefined) return null
    this.#used.add(saved.blob)
    return saved
  }

  get all(): string[] {
    return [...this.#saved.values()].map(({ blob }) => blob)
  }

  get unused(): string[] {
    return this.all.filter((blob) => !this.#used.has(blob))
  }
}

const filesOf = (stored: Stored, field: Field): readonly unknown[] =>
  field.place.in === 'values' ? listOf(stored, field) : [scalarOf(stored, field)]

/**
 * Runs what copies a record, with copies of its files. They are saved before any transaction, so that none waits for
 * the disk, and those that become nobody's are removed again.
 */
export async function copying<T>(
  { portal, session }: Context,
  entity: Entity,
  id: number,
  body: (copies: Copies) => Promise<T>,
): Promise<T> {
  const copies = new Copies()
  try {
    const fields = entity.fields.filter(({ kind }) => kind.holdsFile === true)
    const own = entity.field('id')
    const [stored] =
      fields.length === 0
        ? []
        : await select(session, {
            entity,
            fields: [own, ...fields],
            test: { is: 'compare', field: own, op: 'eq', values: [id] },
          })
    for (const field of stored === undefined ? [] : fields)
      for (const file of stored === undefined ? [] : filesOf(stored, field)) {
        const known = file ? await portal.files.find(session, Number(file)) : undefined
        const bytes = file ? await portal.files.bytes(session, Number(file)) : undefined
        if (known !== undefined && bytes !== undefined)
          copies.set(known.id, await portal.files.save({ fileName: known.name, bytes }))
      }
    const result = await body(copies)
    await portal.files.discard(copies.unused)
    return result
  } catch (cause) {
    await portal.files.discard(copies.all)
    throw cause
  }
}

/** A draft of the same: fields, multiple values, links. */
export function draftOf(entity: Entity, stored: Stored, leftOut: readonly string[], copies: Copies): Draft {
  const draft = emptyDraft()
  for (const field of entity.fields) {
    const { name, place, kind } = field
    if (OWN.has(name) || leftOut.includes(name) || field.readOnly === true || field.disabled === true) continue
    if (place.in === 'column') {
      const value = scalarOf(stored, field)
      draft.values.set(name, kind.holdsFile === true ? copies.take(value) : value)
    } else if (place.in === 'values') {
      const values = listOf(stored, field) as readonly (string | number)[]
      draft.lists.set(
        name,
        kind.holdsFile === true ? values.map((each) => copies.take(each)).filter((each) => each !== null) : values,
      )
    } else if (place.in === 'links' && place.reverse !== true)
      draft.links.set(name, listOf(stored, field) as readonly number[])
  }
  return draft
}
