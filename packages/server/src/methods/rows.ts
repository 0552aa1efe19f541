import { listOf, scalarOf, type Stored } from '../store/entity-query.ts'
import type { Entity, Field } from '../schema/entity.ts'
import type { EncodeContext, Scalar } from '../schema/kind.ts'
import type { Wire } from '../schema/wire.ts'

type Multifield = readonly [id: number, typeId: string, valueType: string, value: string]

/** A stored record as a row of a dialect, with these fields. */
export function encodeRow(
  stored: Stored,
  fields: readonly Field[],
  wire: Wire,
  context: EncodeContext,
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const field of fields) {
    const key = wire.key(field)
    if (key === undefined) continue
    const value = encodeField(stored, field, wire, context)
    if (value !== undefined) row[key] = value
  }
  return row
}

function encodeField(stored: Stored, field: Field, wire: Wire, context: EncodeContext): unknown {
  const { place } = field
  switch (place.in) {
    case 'column':
      return wire.value(scalarOf(stored, field), field, context)
    case 'values':
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

const isUserField = (field: Field): boolean => field.userFieldId !== undefined

/** The fields of an UPPER_CASE row: by name, or by the masks `*` (no user fields, no multifields) and `UF_*`. */
export function legacySelection(entity: Entity, wire: Wire, select: readonly unknown[] | undefined): Field[] {
  const names = (select ?? []).filter((name): name is string => typeof name === 'string' && name !== '')
  const asked = names.length > 0 ? names : ['*', 'UF_*']
  const chosen = new Set<Field>([entity.field('id')])
  for (const name of asked) {
    if (name === '*') for (const field of entity.fields) if (inStar(field)) chosen.add(field)
    if (name.toUpperCase() === 'UF_*') for (const field of entity.fields) if (isUserField(field)) chosen.add(field)
    const field = wire.find(entity, name)
    if (field !== undefined) chosen.add(field)
  }
  return entity.fields.filter((field) => chosen.has(field) && wire.key(field) !== undefined)
}

const inStar = (field: Field): boolean =>
  !isUserField(field) && (field.place.in === 'column' || field.place.in === 'nowhere')

/** What `crm.lead.get` shows: all but the lists of links, which have methods of their own. */
export const legacyRecord = (entity: Entity): Field[] =>
  entity.fields.filter((field) => field.legacy !== null && field.place.in !== 'links')

/** The fields of a camelCase row: everything unless named; `uf*` and upper-case names are taken as well. */
export function itemSelection(entity: Entity, wire: Wire, select: readonly unknown[] | undefined): Field[] {
  const names = (select ?? []).filter((name): name is string => typeof name === 'string' && name !== '')
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
}
