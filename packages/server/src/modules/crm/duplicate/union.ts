import { type Draft, emptyDraft } from '../../../records/change.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { normalise } from '../../../schema/multifield.ts'
import type { Zone } from '../../../schema/time.ts'
import { listOf, scalarOf, type Stored } from '../../../store/entity-query.ts'
import { dayOf, presetDays, presetTitle } from '../rules/defaults.ts'

type Multifield = readonly [id: number, typeId: string, valueType: string, value: string]

/** Of these the main record keeps its own: they say nothing of the client, or follow from other fields. */
const KEPT = new Set([
  'id',
  'opened',
  'export',
  'closed',
  'isReturnCustomer',
  'isRepeatedApproach',
  'isManualOpportunity',
  'taxValue',
  'lastActivityTime',
  'lastActivityBy',
  'ADDRESS_LOC_ADDR_ID',
  'REG_ADDRESS_LOC_ADDR_ID',
])
/** Amounts, of which 0 is none. A currency and a way of counting go along with them. */
const AMOUNTS = ['opportunity', 'revenue']
const WITH_AMOUNT = ['currencyId', 'isManualOpportunity']
const NUMBERS = ['quoteNumber', 'accountNumber']

/** A file that a field of the main record takes over from another record. */
export interface TakenFile {
  readonly field: Field
  readonly file: number
}

/** What the main record takes over from the others, beside the files of multiple fields. */
export interface Union {
  readonly draft: Draft
  readonly files: readonly TakenFile[]
}

/** Two of the records hold different values where only one can stand. */
export class Conflict extends Error {
  constructor(field: Field) {
    super(`${field.name} differs`)
  }
}

/** Whether two values of the field contradict each other. The first of a list of links is united with its list. */
export function isCompared(entity: Entity, field: Field): boolean {
  if (field.place.in !== 'column' || field.readOnly === true || KEPT.has(field.name)) return false
  return !entity.fields.some(({ place }) => place.in === 'links' && place.primary === field.name)
}

const isEmpty = ({ name, kind }: Field, value: Scalar): boolean =>
  value === null || value === '' || value === kind.empty || (value === 0 && AMOUNTS.includes(name))

/** Of which of the records a person has chosen the value, by the field's name. */
export type Chosen = ReadonlyMap<string, number>

/** Whether nobody has said it: empty, or what a new record gets by itself. */
export function isUnsaid(entity: Entity, stored: Stored, field: Field, zone: Zone): boolean {
  const value = scalarOf(stored, field)
  const id = Number(scalarOf(stored, entity.field('id')))
  const days = presetDays[field.name]
  if (isEmpty(field, value)) return true
  if (field.name === 'title') return value === presetTitle(entity, id)
  if (NUMBERS.includes(field.name)) return value === String(id)
  if (days !== undefined) return value === dayOf(Number(scalarOf(stored, entity.field('createdTime'))), zone, days)
  // A currency without an amount says nothing.
  const amount = field.name === 'currencyId' ? AMOUNTS.find((name) => entity.byName.has(name)) : undefined
  return amount !== undefined && !scalarOf(stored, entity.field(amount))
}

/** Columns: what is said by one record only stands, and what somebody has chosen. */
function uniteValues(
  entity: Entity,
  [main, ...others]: Several,
  zone: Zone,
  chosen: Chosen,
  { draft, files }: Collected,
): void {
  const idOf = (stored: Stored): number => Number(scalarOf(stored, entity.field('id')))
  for (const field of entity.fields) {
    if (!isCompared(entity, field)) continue
    const choice = chosen.get(field.name)
    if (choice !== undefined) {
      const stored = [main, ...others].find((each) => idOf(each) === choice)
      if (stored !== undefined) adopt(field, stored)
      continue
    }
    const [first, ...rest] = [main, ...others].filter((stored) => !isUnsaid(entity, stored, field, zone))
    if (first === undefined) continue
    const value = scalarOf(first, field)
    if (rest.some((stored) => scalarOf(stored, field) !== value)) throw new Conflict(field)
    adopt(field, first)
  }

  function adopt(field: Field, from: Stored): void {
    const value = scalarOf(from, field)
    if (from === main || value === scalarOf(main, field)) return
    if (field.kind.holdsFile === true && value !== null) files.push({ field, file: Number(value) })
    else draft.values.set(field.name, value)
    if (AMOUNTS.includes(field.name))
      for (const name of WITH_AMOUNT)
        if (entity.byName.has(name) && !chosen.has(name)) draft.values.set(name, scalarOf(from, entity.field(name)))
  }
}

/** Multiple values and links: those of the main record first, each once. Links from the other side are no list of its own. */
function uniteLists(entity: Entity, records: Several, { draft }: Collected): void {
  const [main] = records
  for (const field of entity.fields) {
    const { place, kind } = field
    const all = [...new Set(records.flatMap((stored) => listOf(stored, field) as Scalar[]))]
    if (all.length === listOf(main, field).length) continue
    if (place.in === 'values' && kind.holdsFile !== true) draft.lists.set(field.name, all)
    if (place.in !== 'links' || place.reverse === true) continue
    draft.links.set(field.name, all.map(Number))
    if (place.primary !== undefined)
      draft.values.set(place.primary, scalarOf(main, entity.field(place.primary)) ?? all[0] ?? null)
  }
}

/** Phones, e-mails and their like: one that is there in another writing isn't taken over. */
function uniteMultifields(entity: Entity, [main, ...others]: Several, { draft }: Collected): void {
  const field = entity.byName.get('fm')
  if (field === undefined) return
  const key = ([, typeId, , value]: Multifield): string => `${typeId} ${normalise(typeId, value)}`
  const known = new Set((listOf(main, field) as Multifield[]).map(key))
  for (const row of others.flatMap((stored) => listOf(stored, field) as Multifield[])) {
    if (known.has(key(row))) continue
    known.add(key(row))
    const [, typeId, valueType, value] = row
    draft.multifields.push({ do: 'add', typeId, valueType, value })
  }
}

export type Several = readonly [main: Stored, ...others: Stored[]]
interface Collected {
  readonly draft: Draft
  readonly files: TakenFile[]
}

/** Unites records, the first of which stays; throws a {@link Conflict} where they contradict each other. */
export function unite(entity: Entity, records: Several, zone: Zone, chosen: Chosen = new Map()): Union {
  const union: Collected = { draft: emptyDraft(), files: [] }
  uniteValues(entity, records, zone, chosen, union)
  uniteLists(entity, records, union)
  uniteMultifields(entity, records, union)
  return union
}
