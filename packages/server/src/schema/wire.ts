import type { Dialect, Entity, Field } from './entity.ts'
import type { EncodeContext, Scalar } from './kind.ts'
import type { MultifieldRow } from './multifield.ts'

/**
 * A dialect of the wire: which names fields have and how their values look. Methods are written once and take the
 * dialect as a value; nothing asks "is this the legacy wire?".
 */
export interface Wire {
  readonly name: Dialect
  /** The field's key in rows, or undefined where this dialect doesn't know it. */
  key(field: Field): string | undefined
  /** The fields of an entity in the order in which this dialect describes them; some may have no key in it. */
  fields(entity: Entity): Iterable<Field>
  /** The field that a client means by a key. */
  find(entity: Entity, key: string): Field | undefined
  value(value: Scalar, field: Field, context: EncodeContext): unknown
  /** A value that shows the id of its row, without that id. */
  entry(value: Scalar, field: Field, context: EncodeContext): Readonly<Record<string, unknown>>
  /** A field without a value. */
  absent(field: Field, context: EncodeContext): unknown
  type(field: Field): string
  /** Ids of multifield rows and links: strings or numbers. */
  id(value: number): string | number
  /** The rows of a multifield; undefined leaves the key out. */
  multifields(rows: readonly MultifieldRow[]): unknown
  /** Whether filters nest, and unknown names and bad operands in them are refused instead of ignored. */
  readonly strict: boolean
}

/** Whether a mark of a field (read-only, immutable) holds on a dialect: on every one, or on this one alone. */
export const holdsOn = (wire: Wire, mark: boolean | Dialect | undefined): boolean => mark === true || mark === wire.name

/** The names of an entity's fields in a dialect, when somebody wants them. */
export const keysOf = (entity: Entity, wire: Wire) => (): string[] =>
  [...wire.fields(entity)].flatMap((field) => wire.key(field) ?? [])

/** UPPER_CASE rows of strings: `crm.lead.*` and its siblings. Any case is taken in names. */
export const legacyWire: Wire = {
  name: 'legacy',
  key: (field) => field.legacy ?? undefined,
  fields: (entity) => entity.byLegacy.values(),
  find: (entity, key) =>
    entity.byLegacy.get(key) ?? entity.byLegacy.get(key.toUpperCase()) ?? legacyOnly(entity.loosely(key)),
  value: (value, field, context) =>
    value === null || value === undefined
      ? legacyWire.absent(field, context)
      : field.kind.legacy(value, field, context),
  entry: (value, field, context) => ({ value: legacyWire.value(value, field, context) }),
  absent: (field, context) => (field.disabled ? null : field.kind.legacy(null, field, context)),
  type: (field) => field.kind.type.legacy,
  id: String,
  multifields: (rows) =>
    rows.length === 0
      ? undefined
      : rows.map(({ id, typeId, valueType, value }) => ({
          ID: String(id),
          VALUE_TYPE: valueType,
          VALUE: value,
          TYPE_ID: typeId,
        })),
  strict: false,
}

const legacyOnly = (field: Field | undefined): Field | undefined => (field?.legacy === null ? undefined : field)
const itemOnly = (field: Field | undefined): Field | undefined => (field?.item === false ? undefined : field)

function makeItemWire(originalUfNames: boolean): Wire {
  return {
    name: 'item',
    key: (field) =>
      field.item === false ? undefined : originalUfNames && field.userFieldId !== undefined ? field.upper : field.name,
    fields: (entity) => entity.fields,
    // Both camelCase and the UPPER original are taken: useOriginalUfNames mixes them.
    find: (entity, key) => itemOnly(entity.byName.get(key) ?? entity.loosely(key)),
    value: (value, field, context) =>
      value === null || value === undefined
        ? (field.absent ?? field.kind.item(null, field, context))
        : field.kind.item(value, field, context),
    entry: (value, field, context) => ({ value: field.kind.item(value, field, context) }),
    absent: (field, context) => field.absent ?? field.kind.item(null, field, context),
    type: (field) => field.kind.type.item,
    id: (value) => value,
    multifields: (rows) => rows.map(({ id, typeId, valueType, value }) => ({ id, valueType, value, typeId })),
    strict: true,
  }
}

/** camelCase rows of typed values: `crm.item.*`. */
export const itemWire = makeItemWire(false)
/** The same with user fields under their original names: `useOriginalUfNames: "Y"`. */
export const itemWireOriginalUf = makeItemWire(true)

/**
 * camelCase rows of `catalog.*`: an empty text is null, the id of a file is a text, types have the names of UPPER_CASE
 * descriptions (`char`), and filters ignore what they don't know.
 */
export const catalogWire: Wire = {
  ...itemWire,
  value: (value, field, context) => {
    if (value === '') return null
    const shown = itemWire.value(value, field, context)
    return field.kind.holdsFile === true && value !== null ? { ...(shown as object), id: String(value) } : shown
  },
  // Values of properties are texts, as in UPPER_CASE rows; those of lists are told in words too (tutorials/catalog/index.md).
  entry: (value, field, context) => ({
    value:
      field.kind.holdsFile === true
        ? catalogWire.value(value, field, context)
        : legacyWire.value(value, field, context),
    ...(field.options === undefined ? {} : { valueEnum: field.options.find(({ id }) => id === value)?.value ?? null }),
  }),
  type: (field) => field.kind.type.legacy,
  strict: false,
}
