import { type Draft, emptyDraft } from '../../../records/change.ts'
import { codeOfEntityType, entityTypeIdOfCode } from '../../../schema/entity-types.ts'
import { type Entity, type Field, parentName } from '../../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Scalar } from '../../../schema/kind.ts'
import type { MultifieldRow } from '../../../schema/multifield.ts'
import type { Zone } from '../../../schema/time.ts'
import { itemWireOriginalUf, legacyWire } from '../../../schema/wire.ts'
import type { Row } from '../source.ts'
import type { Translation } from '../translation.ts'
import { isRow, numberOf, textOf } from '../values.ts'

/** One item of the source, read: values as this portal stores them, but with the ids of there. */
export interface ItemRow {
  readonly key: string
  readonly draft: Draft
  readonly points: readonly MultifieldRow[]
  /** By the field: what its answer shows of its files. */
  readonly files: ReadonlyMap<string, readonly Row[]>
  /** Fields whose value this portal refuses, and why. */
  readonly refused: readonly (readonly [field: Field, why: string])[]
  /** Fields that this portal doesn't know. */
  readonly unknown: readonly string[]
}

export interface Reading {
  /** As it is here. */
  readonly entity: Entity
  /** Its number there, and the name that it has there in user-field methods. */
  readonly there: number
  readonly fieldsThere: string
  readonly translation: Translation
  readonly zone: Zone
}

/** What follows from other values here, or is this portal's own. */
const DERIVED: ReadonlySet<string> = new Set(['id', 'searchContent', 'entityTypeId', 'hasPhone', 'hasEmail', 'hasImol'])

/** Reads a row of `crm.item.list`, and of the UPPER_CASE list beside it where there is one. */
export function readItem(row: Row, beside: Row | undefined, reading: Reading): ItemRow {
  const { entity, translation, zone } = reading
  const draft = emptyDraft()
  const refused: [Field, string][] = []
  const unknown: string[] = []
  const files = new Map<string, readonly Row[]>()
  const read = (field: Field, input: unknown): void => {
    if (field.disabled === true || DERIVED.has(field.name)) return
    if (field.kind.holdsFile === true) {
      const shown = (Array.isArray(input) ? (input as unknown[]) : [input]).filter(isRow)
      files.set(field.name, shown)
      return
    }
    try {
      readValue(draft, field, input, (value) => {
        const decoded = field.kind.decode(pointingHere(value, field, translation), field, { zone })
        if (typeof decoded === 'object' || isNone(decoded, field)) return null
        return codeHere(decoded, field, entity, translation)
      })
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      refused.push([field, cause.reason])
    }
  }
  for (const [key, input] of Object.entries(row)) {
    const field = fieldOf(key, reading)
    if (field === undefined) {
      if (/^UF_/i.test(key) && !isEmpty(input)) unknown.push(key)
    } else read(field, input)
  }
  // UPPER_CASE rows add what camelCase ones don't know (the texts of addresses).
  for (const [key, input] of Object.entries(beside ?? {})) {
    const field = legacyWire.find(entity, key)
    if (field?.item === false && field.place.in === 'column') read(field, input)
  }
  completeLinks(draft, entity)
  return { key: textOf(row.id), draft, points: pointsOf(row.fm), files, refused, unknown }
}

/** The field here that a key of there means: numbers of smart processes in names may differ. */
function fieldOf(key: string, { entity, fieldsThere, translation }: Reading): Field | undefined {
  if (key.startsWith('UF_')) return itemWireOriginalUf.find(entity, translation.fieldName(key, fieldsThere))
  const [, parent] = /^parentId(\d+)$/.exec(key) ?? []
  if (parent === undefined) return itemWireOriginalUf.find(entity, key)
  const here = translation.type(Number(parent))
  return here === undefined ? undefined : entity.byName.get(parentName(here))
}

function readValue(draft: Draft, field: Field, input: unknown, decode: (input: unknown) => Scalar): void {
  const { place, name } = field
  if (place.in === 'column') draft.values.set(name, decode(input))
  else if (place.in === 'values') {
    const list = isBlank(input) || input === false ? [] : Array.isArray(input) ? (input as unknown[]) : [input]
    draft.lists.set(
      name,
      list.map(decode).filter((value) => value !== null && value !== ''),
    )
  } else if (place.in === 'links' && place.reverse !== true && Array.isArray(input))
    draft.links.set(
      name,
      [...new Set(input.map(integerOf))].filter((id) => id > 0),
    )
}

/** `T408_5`: the number of a smart process stands in the value of a link. */
function pointingHere(value: unknown, field: Field, { type }: Translation): unknown {
  if (field.kind.mention === undefined || typeof value !== 'string') return value
  const [, code = '', id = ''] = /^(T[0-9a-f]+)_(\d+)$/i.exec(value) ?? []
  const there = code === '' ? undefined : entityTypeIdOfCode(code)
  const here = there === undefined ? undefined : type(there)
  return here === undefined ? value : `${codeOfEntityType(here)}_${id}`
}

/** What answers show of a field without a value, whatever its type. */
const isEmpty = (input: unknown): boolean =>
  isBlank(input) || input === false || input === 0 || input === '0' || (Array.isArray(input) && input.length === 0)

/** Answers show 0 for a link to nothing. */
const isNone = (value: Scalar, { kind, absent }: Field): boolean =>
  value === 0 && (absent === 0 || kind.target !== undefined || kind.name === 'user')

/** Stages have the numbers of their pipelines in their codes. */
function codeHere(value: Scalar, field: Field, entity: Entity, translation: Translation): Scalar {
  if (typeof value !== 'string' || field.kind.references === undefined) return value
  const isStage =
    field.name === entity.stageField || field.name === 'previousStageId' || field.kind.name === 'crm-status'
  return isStage ? translation.code(value) : value
}

/** Where an answer has the first of a list alone, the list is that one. */
function completeLinks(draft: Draft, entity: Entity): void {
  for (const { name, place } of entity.fields) {
    if (place.in !== 'links' || place.primary === undefined || place.reverse === true) continue
    const primary = numberOf(draft.values.get(place.primary)) ?? 0
    const list = draft.links.get(name) ?? []
    if (primary > 0 && !list.includes(primary)) draft.links.set(name, [primary, ...list])
    else if (!draft.links.has(name)) draft.links.set(name, [])
  }
}

function pointsOf(given: unknown): MultifieldRow[] {
  const rows = Array.isArray(given) ? (given as unknown[]).filter(isRow) : []
  return rows.flatMap((row) => {
    const [id, typeId, valueType, value] = [
      numberOf(row.id),
      textOf(row.typeId),
      textOf(row.valueType),
      textOf(row.value),
    ]
    return id === undefined || typeId === '' || value === '' ? [] : [{ id, typeId, valueType, value }]
  })
}
