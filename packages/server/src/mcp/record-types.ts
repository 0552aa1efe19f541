import { nearest } from '../config/nearest.ts'
import { type Backend, Refusal } from './backend.ts'

/** A type of record that `crm.item.*` serves. */
export interface RecordType {
  /** What the tools call it: `deal`, or the entityTypeId of a smart process as text. */
  readonly name: string
  readonly entityTypeId: number
  /** What people call it here. */
  readonly title: string
}

/** Those that every portal has. */
export const builtIn: readonly RecordType[] = [
  { name: 'lead', entityTypeId: 1, title: 'Lead' },
  { name: 'deal', entityTypeId: 2, title: 'Deal' },
  { name: 'contact', entityTypeId: 3, title: 'Contact' },
  { name: 'company', entityTypeId: 4, title: 'Company' },
  { name: 'quote', entityTypeId: 7, title: 'Quote' },
  { name: 'invoice', entityTypeId: 31, title: 'Invoice' },
]
const FIRST_SMART = 128

/** The portal's types of records, smart processes included. */
export async function recordTypes(backend: Backend, signal: AbortSignal): Promise<RecordType[]> {
  const { result } = await backend.call('crm.enum.ownertype', {}, { signal })
  const rows = Array.isArray(result) ? (result as { ID?: unknown; NAME?: unknown }[]) : []
  const smart = rows
    .map(({ ID, NAME }) => ({ name: String(ID), entityTypeId: Number(ID), title: String(NAME) }))
    .filter(({ entityTypeId }) => entityTypeId >= FIRST_SMART)
  return [...builtIn, ...smart]
}

/** The type that a caller has named, by name, title or number; throws Refusal. */
export async function typeNamed(backend: Backend, given: unknown, signal: AbortSignal): Promise<RecordType> {
  const text = String(given).trim()
  const wanted = text.toLowerCase()
  const own = builtIn.find(({ name, entityTypeId }) => isNamed(wanted, name) || String(entityTypeId) === wanted)
  if (own !== undefined) return own
  const number = Number(/^(?:dynamic_)?(\d{1,9})$/.exec(wanted)?.[1] ?? Number.NaN)
  if (number >= FIRST_SMART) return { name: String(number), entityTypeId: number, title: `Smart process ${number}` }
  const all = await recordTypes(backend, signal)
  const titled = all.find(({ title }) => title.toLowerCase() === wanted)
  if (titled !== undefined) return titled
  const meant = nearest(text, [...all.map(({ name }) => name), ...all.map(({ title }) => title)])
  throw new Refusal({
    code: 'UNKNOWN_TYPE',
    text: `There is no type of record "${text.slice(0, 100)}"`,
    status: 400,
    hint: meant === undefined ? 'list_types tells the types.' : `Did you mean ${meant}?`,
  })
}

/** `lead`, `leads`, `companies`. */
const isNamed = (wanted: string, name: string): boolean =>
  wanted === name || wanted === `${name}s` || wanted === `${name.replace(/y$/, 'ie')}s`
