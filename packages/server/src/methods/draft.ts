import { emptyDraft, type Draft, type Written } from '../records/change.ts'
import type { Context } from '../records/context.ts'
import type { Saved } from '../records/files.ts'
import { Failure } from '../records/failure.ts'
import { remark } from '../records/remarks.ts'
import type { Entity, Field } from '../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Decoded, type Upload } from '../schema/kind.ts'
import { itemChanges, legacyChanges, multifieldTypes, type MultifieldType } from '../schema/multifield.ts'
import { holdsOn, keysOf, type Wire } from '../schema/wire.ts'
import { isMap, type Map } from './method.ts'

export interface DraftOptions {
  readonly isNew: boolean
  /** IMPORT=Y: creation dates and authors may be given. */
  readonly importing?: boolean
  /** Whether a scalar for a multiple field is an error (`crm.item.*`) or a list of one. */
  readonly strict: boolean
}

const isUpload = (value: Decoded): value is Upload => typeof value === 'object' && value !== null

/**
 * Reads `fields` into a draft by the kinds of the entity. Unknown and read-only keys are ignored silently, as the
 * documentation's own samples rely on. Files are saved to disk; nothing else happens yet.
 */
export async function readDraft(
  context: Context,
  entity: Entity,
  wire: Wire,
  fields: Map,
  options: DraftOptions,
): Promise<Draft> {
  const draft = emptyDraft()
  const blobs: string[] = []
  for (const [key, input] of Object.entries(fields)) {
    const field = wire.find(entity, key)
    if (field === undefined || !writable(field, wire, options)) {
      remark({
        about: field === undefined ? 'field' : 'read-only',
        name: key,
        of: entity.name,
        known: keysOf(entity, wire),
      })
      continue
    }
    try {
      if (field.place.in === 'column') {
        // Only files have to wait; a turn of the queue for each of the others would add up.
        const value = field.kind.decode(input, field, { zone: context.portal.zone })
        draft.values.set(field.name, isUpload(value) ? await saved(context, value, blobs) : value)
      } else await readField(context, draft, field, input, options, blobs)
    } catch (cause) {
      // The files of the fields before it would stay on disk, owned by nobody.
      await context.portal.files.discard(blobs)
      if (!(cause instanceof InvalidValue)) throw cause
      throw new Failure({ why: 'invalid', field, detail: cause.reason })
    }
  }
  return draft
}

function writable(field: Field, wire: Wire, { isNew, importing }: DraftOptions): boolean {
  if (field.disabled === true) return false
  if (importing === true && field.importable === true) return true
  return !holdsOn(wire, field.readOnly) && (isNew || !holdsOn(wire, field.immutable))
}

async function saved(context: Context, upload: Upload, blobs: string[]): Promise<Saved> {
  const file = await context.portal.files.save(upload)
  blobs.push(file.blob)
  return file
}

/** What does not stand in a column of its own. */
async function readField(
  context: Context,
  draft: Draft,
  field: Field,
  input: unknown,
  options: DraftOptions,
  blobs: string[],
): Promise<void> {
  switch (field.place.in) {
    case 'values': {
      const values: Written[] = []
      const rows: (number | undefined)[] = []
      const withIds = field.place.ids === true
      for (const each of withIds ? entriesOf(field, input) : itemsOf(field, input, options)) {
        const entry = withIds ? entryOf(each) : { value: each, row: undefined }
        const value = field.kind.decode(entry.value, field, { zone: context.portal.zone })
        const blank = value === null || value === ''
        if (blank && entry.row === undefined) continue
        values.push(isUpload(value) ? await saved(context, value, blobs) : blank ? null : value)
        rows.push(entry.row)
      }
      draft.lists.set(field.name, values)
      if (withIds) draft.rows.set(field.name, rows)
      break
    }
    case 'links':
      draft.links.set(
        field.name,
        isBlank(input) || input === false
          ? []
          : itemsOf(field, input, { ...options, strict: false })
              .filter((each) => !isBlank(each))
              .map(integerOf)
              .filter((id) => id > 0),
      )
      break
    case 'multifield': {
      const { type } = field.place
      const changes = type === undefined ? itemChanges(input) : legacyChanges(typeOf(type), input)
      draft.multifields.push(...changes)
      break
    }
    default:
  }
}

const typeOf = (type: string): MultifieldType => multifieldTypes.find((each) => each === type) ?? 'PHONE'

/** The elements of a list from the wire. A single file is `["name", "BASE64"]`, which looks like a list of two. */
function itemsOf(field: Field, input: unknown, { strict }: DraftOptions): readonly unknown[] {
  if (isBlank(input) || input === false) return []
  if (field.kind.isOne?.(input) === true) return [input]
  if (Array.isArray(input)) return input
  if (isMap(input)) return Object.values(input)
  if (strict) throw new Failure({ why: 'not-a-list', field, got: typeof input === 'number' ? 'integer' : typeof input })
  return [input]
}

const has = (map: Map, name: string): boolean => Object.hasOwn(map, name) || Object.hasOwn(map, name.toUpperCase())
const isEntry = (input: unknown): input is Map => isMap(input) && (has(input, 'value') || has(input, 'valueId'))

/** A value with the id of its row, `{valueId: 9816, value: "text"}`, or a value alone. */
function entryOf(input: unknown): { value: unknown; row: number | undefined } {
  if (!isEntry(input)) return { value: input, row: undefined }
  const id = input.valueId ?? input.VALUEID ?? input.VALUE_ID
  // A file may stand beside the id (api-reference/crm/outdated/products/crm-product-update.md, example 2).
  const value = has(input, 'value') ? (input.value ?? input.VALUE) : has(input, 'fileData') ? input : null
  return { value, row: isBlank(id) || Number(id) === 0 ? undefined : integerOf(id) }
}

/** The values of a field whose rows have ids: one that may have only one takes a list's first. */
function entriesOf(field: Field, input: unknown): readonly unknown[] {
  if (isBlank(input) || input === false) return []
  if (isEntry(input) || field.kind.isOne?.(input) === true) return [input]
  if (Array.isArray(input)) return field.multiple === true ? input : input.slice(0, 1)
  if (isMap(input) && field.multiple === true) return Object.values(input)
  return [input]
}
