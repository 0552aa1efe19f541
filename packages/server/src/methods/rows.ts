import { entriesOf, listOf, scalarOf, type Stored } from '../store/entity-query.ts'
import type { Entity, Field } from '../schema/entity.ts'
import type { EncodeContext, Scalar } from '../schema/kind.ts'
import { isRemarking, remark } from '../records/remarks.ts'
import { keysOf, type Wire } from '../schema/wire.ts'

type Multifield = readonly [id: number, typeId: string, valueType: string, value: string]

/** How one selection looks on one dialect, worked out once: rows are made by the million. */
interface Layout {
  readonly cells: readonly { readonly key: string; readonly field: Field; readonly position: number | undefined }[]
  /** A row of absent values. Its copies are filled faster than objects that grow key by key, and keep their order. */
  readonly blank: Readonly<Record<string, unknown>>
}

const layouts = new WeakMap<
  readonly Field[],
  Map<Wire, { readonly of: Stored['positions']; readonly layout: Layout }>
>()

function layoutOf(stored: Stored, fields: readonly Field[], wire: Wire, context: EncodeContext): Layout {
  let wires = layouts.get(fields)
  if (wires === undefined) layouts.set(fields, (wires = new Map()))
  const known = wires.get(wire)
  if (known?.of === stored.positions) return known.layout
  const cells = fields.flatMap((field) => {
    const key = wire.key(field)
    const position = field.place.in === 'column' ? stored.positions.get(field.place.column) : undefined
    return key === undefined ? [] : [{ key, field, position }]
  })
  // Parsed rather than built: V8 keeps objects out of JSON compact, however many keys they have.
  const blank = JSON.parse(`{${cells.map(({ key }) => `${JSON.stringify(key)}:null`).join()}}`) as Record<
    string,
    unknown
  >
  for (const { key, field } of cells) if (field.place.in === 'column') blank[key] = wire.absent(field, context)
  const layout = { cells, blank }
  wires.set(wire, { of: stored.positions, layout })
  return layout
}

/** A stored record as a row of a dialect, with these fields. */
export function encodeRow(
  stored: Stored,
  fields: readonly Field[],
  wire: Wire,
  context: EncodeContext,
): Record<string, unknown> {
  const { cells, blank } = layoutOf(stored, fields, wire, context)
  const row: Record<string, unknown> = { ...blank }
  for (const { key, field, position } of cells) {
    if (position === undefined) {
      row[key] = encodeField(stored, field, wire, context)
      continue
    }
    const value = stored.values[position]
    if (value !== null) row[key] = wire.value(value as Scalar, field, context)
  }
  return row
}

function encodeField(stored: Stored, field: Field, wire: Wire, context: EncodeContext): unknown {
  const { place } = field
  switch (place.in) {
    case 'column':
      return wire.value(scalarOf(stored, field), field, context)
    case 'values':
      if (place.ids === true) return encodeEntries(stored, field, wire, context)
      return listOf(stored, field).map((value) => wire.value(value as Scalar, field, context))
    case 'links':
      return listOf(stored, field).map((id) => wire.id(Number(id)))
    case 'multifield': {
      const rows = (listOf(stored, field) as Multifield[]).filter(
        ([, type]) => place.type === undefined || type === place.type,
      )
      return wire.multifields(rows.map(([id, typeId, valueType, value]) => ({ id, typeId, valueType, value })))
    }
    case 'pick': {
      const rows = listOf(stored, field) as Multifield[]
      return (
        rows.find(
          ([, type, valueType]) =>
            type === place.type && (place.valueTypes === undefined || place.valueTypes.includes(valueType)),
        )?.[3] ?? ''
      )
    }
    case 'nowhere':
      return place.value
  }
}

/** Values that show the ids of their rows: one, a list where there may be several, null where there are none. */
function encodeEntries(stored: Stored, field: Field, wire: Wire, context: EncodeContext): unknown {
  const entries = entriesOf(stored, field).map(([id, value]) => ({
    valueId: String(id),
    ...wire.entry(value, field, context),
  }))
  if (entries.length === 0) return null
  return field.multiple === true ? entries : entries[0]
}

const selections = new WeakMap<Entity, WeakMap<Wire, Map<string, readonly Field[]>>>()
const MAX_SELECTIONS = 500

/** The same list of fields for the same question: what is worked out from it is kept with it. */
function remembered(
  entity: Entity,
  wire: Wire,
  names: readonly string[],
  choose: () => readonly Field[],
): readonly Field[] {
  let wires = selections.get(entity)
  if (wires === undefined) selections.set(entity, (wires = new WeakMap()))
  let known = wires.get(wire)
  if (known === undefined) wires.set(wire, (known = new Map()))
  const key = JSON.stringify(names)
  let fields = known.get(key)
  if (fields === undefined) {
    if (known.size >= MAX_SELECTIONS) known.clear()
    known.set(key, (fields = choose()))
  }
  return fields
}

const namesOf = (select: readonly unknown[] | undefined): string[] =>
  (select ?? []).filter((name): name is string => typeof name === 'string' && name !== '')

/** Tells of what is no name of a field and no mask of several. */
function remarkUnknown(entity: Entity, wire: Wire, names: readonly string[]): void {
  for (const name of names)
    if (!name.includes('*') && wire.find(entity, name) === undefined)
      remark({ about: 'select', name, of: entity.name, known: keysOf(entity, wire) })
}

const isUserField = (field: Field): boolean => field.userFieldId !== undefined

/** The fields of an UPPER_CASE row: by name, or by the masks `*` (no user fields, no multifields), `UF_*` and `PROPERTY_*`. */
export function legacySelection(entity: Entity, wire: Wire, select: readonly unknown[] | undefined): readonly Field[] {
  const names = namesOf(select)
  if (isRemarking()) remarkUnknown(entity, wire, names)
  return remembered(entity, wire, names, () => {
    const asked = names.length > 0 ? names : ['*', 'UF_*']
    const chosen = new Set<Field>([entity.field('id')])
    for (const name of asked) {
      if (name === '*') for (const field of entity.fields) if (inStar(field)) chosen.add(field)
      if (name.toUpperCase() === 'UF_*') for (const field of entity.fields) if (isUserField(field)) chosen.add(field)
      if (name.toUpperCase() === 'PROPERTY_*')
        for (const field of entity.fields) if (field.only !== undefined) chosen.add(field)
      const field = wire.find(entity, name)
      if (field !== undefined) chosen.add(field)
    }
    return entity.legacyRow.filter((field) => chosen.has(field) && wire.key(field) !== undefined)
  })
}

const inStar = (field: Field): boolean =>
  !isUserField(field) && (field.place.in === 'column' || field.place.in === 'nowhere')

const whole = new WeakMap<Entity, readonly Field[]>()

/** What `crm.lead.get` shows: all but the lists of links, which have methods of their own. */
export function legacyRecord(entity: Entity): readonly Field[] {
  let fields = whole.get(entity)
  if (fields === undefined) {
    fields = entity.legacyRow.filter((field) => field.legacy !== null && field.place.in !== 'links')
    whole.set(entity, fields)
  }
  return fields
}

/** The fields of a camelCase row: everything unless named; `uf*` and upper-case names are taken as well. */
export function itemSelection(entity: Entity, wire: Wire, select: readonly unknown[] | undefined): readonly Field[] {
  const names = namesOf(select)
  if (isRemarking()) remarkUnknown(entity, wire, names)
  return remembered(entity, wire, names, () => {
    const shown = entity.fields.filter((field) => wire.key(field) !== undefined)
    if (names.length === 0 || names.includes('*')) return shown
    const chosen = new Set<Field>([entity.field('id')])
    for (const name of names) {
      if (/^uf(crm|_crm)?_?\*$/i.test(name)) for (const field of shown) if (isUserField(field)) chosen.add(field)
      const field = wire.find(entity, name)
      // `fm` comes with `*` only (api-reference/crm/universal/crm-item-list.md).
      if (field !== undefined && field.name !== 'fm') chosen.add(field)
    }
    return shown.filter((field) => chosen.has(field))
  })
}
