import type { Field } from '../model/fields.ts'

/** A record as a board holds it: a row of `crm.item.list` with the fields that are shown and sorted by. */
export interface Card {
  readonly id: number
  readonly stageId: string
  readonly [field: string]: unknown
}

/**
 * What a card may show. Beside fields of the record: `client` (its contact and company by name), `activity` (what is to
 * be done next) and `reach` (phone and e-mail).
 */
export type Part = 'client' | 'activity' | 'reach' | (string & {})

/** What every card needs, whatever it shows. */
const ALWAYS = [
  'id',
  'title',
  'stageId',
  'categoryId',
  'assignedById',
  'createdTime',
  'updatedTime',
  'movedTime',
  'opportunity',
  'currencyId',
]
const OF_CLIENT = ['contactId', 'contactIds', 'companyId', 'name', 'lastName', 'companyTitle']
const OF_REACH = ['phone', 'email', 'contactId', 'companyId']

/** The fields to ask for, of those that the type has. */
export function selectionOf(fields: readonly Field[], parts: readonly Part[], sortField: string): string[] {
  const names = new Set(fields.map(({ name }) => name))
  const wanted = [
    ...ALWAYS,
    sortField,
    ...parts.flatMap((part) => (part === 'client' ? OF_CLIENT : part === 'reach' ? OF_REACH : [part])),
  ]
  return [...new Set(wanted)].filter((name) => names.has(name) || name === 'id')
}

/** What is shown in places of its own; everything else stands as a line with its name. */
const PLACED: ReadonlySet<string> = new Set([
  'title',
  'client',
  'activity',
  'reach',
  'opportunity',
  'sourceId',
  'typeId',
  'createdTime',
  'assignedById',
])
/** What a card shows where nobody has chosen anything. */
const PRESET: readonly Part[] = [
  'client',
  'opportunity',
  'sourceId',
  'typeId',
  'activity',
  'reach',
  'createdTime',
  'assignedById',
]

export const presetParts = (fields: readonly Field[]): readonly Part[] => {
  const names = new Set(fields.map(({ name }) => name))
  const isThere = (part: Part): boolean => {
    if (part === 'client') return OF_CLIENT.some((name) => names.has(name))
    if (part === 'reach') return OF_REACH.some((name) => names.has(name))
    // A badge says one thing: the source of a lead, the type of a deal.
    if (part === 'sourceId' && names.has('typeId')) return false
    return part === 'activity' || names.has(part)
  }
  return PRESET.filter(isThere)
}

export const extraParts = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => !PLACED.has(part))

/** Fields that can stand on a card: not those that are its frame, nor those that are never filled or too long for it. */
export const fitsCard = ({ name, type }: Field): boolean =>
  ![
    'id',
    'title',
    'stageId',
    'categoryId',
    'fm',
    'phone',
    'email',
    'searchContent',
    'entityTypeId',
    'contactId',
    'contactIds',
    'contacts',
    'currencyId',
  ].includes(name) && type !== 'crm_multifield'

export const numbersOf = (value: unknown): number[] =>
  (Array.isArray(value) ? value : [value]).map(Number).filter((id) => id > 0)
