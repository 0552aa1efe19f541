import type { Entity, Field } from '../../../../schema/entity.ts'
import { codeOfEntityType } from '../../../../schema/entity-types.ts'
import { InvalidValue, type Scalar } from '../../../../schema/kind.ts'
import { literal, literally } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { optionReference } from './fields.ts'
import { isNothing, mapOf, type Row, textOf } from './look.ts'

/** Files up to here stand in a dump; for larger ones there are backups. */
export const LARGEST_FILE = 65_536

/** A value as a seed says it; nothing where it can't. */
export interface Written {
  readonly written: unknown
  /** The place of the last record that it names: a later one has to be made first. */
  readonly latest: number
}

const NOTHING: Written = { written: undefined, latest: -1 }
const plainly = (written: unknown): Written => ({ written, latest: -1 })

/** What a field of a record holds, with names in the place of numbers. */
export async function valueIn(
  dumping: Dumping,
  entity: Entity,
  field: Field,
  value: unknown,
  recordId: number,
): Promise<Written> {
  if (field.place.in === 'multifield')
    return plainly(
      (value as Row[]).map(({ typeId, valueType, value: text }) => ({
        typeId,
        valueType,
        value: literal(textOf(text)),
      })),
    )
  const where = `${entity.name} ${recordId}, ${field.name}`
  if (field.multiple !== true) return oneIn(dumping, field, value, where)
  const all: Written[] = []
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
    all.push(await oneIn(dumping, field, each, where))
  const said = all.filter(({ written }) => written !== undefined)
  return said.length === 0
    ? NOTHING
    : { written: said.map(({ written }) => written), latest: Math.max(...said.map(({ latest }) => latest)) }
}

async function oneIn(dumping: Dumping, field: Field, value: unknown, where: string): Promise<Written> {
  const { kind } = field
  if (kind.holdsFile === true) return fileIn(dumping, value, where)
  if (kind.name === 'category') return plainly(dumping.pipeline(value))
  const stored = storedOf(dumping, field, value)
  if (kind.name === 'date') return plainly(stored)
  const reference = kind.references?.(stored, field)
  switch (reference?.to) {
    case 'record':
      return recordIn(
        dumping,
        reference.entityTypeId,
        reference.id,
        kind.name === 'crm' && typeof value === 'string',
        where,
      )
    case 'user':
      return plainly(dumping.user(reference.id))
    case 'status':
      return plainly(dumping.stage(reference.id))
    case 'option':
      return plainly(optionReference(dumping, reference.fieldId, reference.id))
    case 'currency':
    case undefined:
      // The stage's directory is that of the record's pipeline.
      return plainly(field.name === 'stageId' ? dumping.stage(textOf(value)) : literally(value))
  }
}

/** The value as it is stored: which record or person it names is known of that. */
function storedOf({ look }: Dumping, field: Field, value: unknown): Scalar {
  try {
    const stored = field.kind.decode(value, field, { zone: look.portal.zone })
    return typeof stored === 'object' ? null : stored
  } catch (cause) {
    // What rules of today refuse has been written when there were others.
    if (cause instanceof InvalidValue) return null
    throw cause
  }
}

/** @param coded where several types are possible, the type stands before the name: `D_@{first}` */
function recordIn(dumping: Dumping, entityTypeId: number, id: number, coded: boolean, where: string): Written {
  const named = dumping.names.find(`records ${dumping.entityName(entityTypeId)}`, id)
  if (named === undefined) {
    dumping.left.add(`links to what is not in it (${where})`)
    return NOTHING
  }
  const { name, place } = named
  return { written: coded ? `${codeOfEntityType(entityTypeId)}_@{${name}}` : `@${name}`, latest: place }
}

async function fileIn({ look, left }: Dumping, value: unknown, where: string): Promise<Written> {
  const { portal, session } = look
  const stored = await portal.files.find(session, Number(mapOf(value).id))
  if (stored === undefined) return NOTHING
  if (stored.size > LARGEST_FILE) {
    left.add(`files of more than ${LARGEST_FILE} bytes (${where}: ${stored.name})`)
    return NOTHING
  }
  const bytes = await portal.files.bytes(session, stored.id)
  return bytes === undefined ? NOTHING : plainly([stored.name, bytes.toString('base64')])
}

/** Files of an activity or a comment, as their methods take them. */
export async function filesIn(dumping: Dumping, rows: readonly Row[], where: string): Promise<unknown[]> {
  const found: unknown[] = []
  for (const row of rows) {
    const { written } = await fileIn(dumping, row, where)
    if (written !== undefined) found.push(written)
  }
  return found
}

/** What an UPPER_CASE row holds in user fields; what names records waits until those are there. */
export async function userFieldsIn(
  dumping: Dumping,
  entityTypeId: number,
  row: Row,
): Promise<{ readonly fields: Row; readonly later: Row }> {
  const { portal, session } = dumping.look
  const entity = await portal.entities.get(session, entityTypeId)
  const [fields, later]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const field of entity.fields) {
    const value = row[field.upper]
    if (field.userFieldId === undefined || isNothing(value) || value === '0') continue
    if (field.kind.holdsFile === true) {
      dumping.left.add(`files in user fields of ${entityTypeId < 0 ? 'people' : 'requisites'}`)
      continue
    }
    const { written, latest } = await valueIn(dumping, entity, field, value, Number(row.ID))
    if (written !== undefined) (latest < 0 ? fields : later)[field.upper] = written
  }
  return { fields, later }
}
