import { nearest } from '../config/nearest.ts'
import { type Backend, type Params, Refusal } from './backend.ts'

/** A field as `crm.item.fields` describes it. */
export interface FieldDescription {
  readonly type: string
  readonly title: string
  readonly isRequired?: boolean
  readonly isReadOnly?: boolean
  readonly isImmutable?: boolean
  readonly isMultiple?: boolean
  readonly isDynamic?: boolean
  readonly isDeprecated?: boolean
  readonly statusType?: string
  readonly upperName?: string
  readonly items?: readonly { readonly ID: string; readonly VALUE: string }[]
}
export type FieldMap = Readonly<Record<string, FieldDescription>>

/** How long descriptions are kept, in milliseconds: an hour of talk should not ask for them at every step. */
const KEPT = 60_000

/** The fields of types of records, as a portal describes them to its caller. */
export class Fields {
  readonly #backend: Backend
  readonly #kept = new Map<number, { readonly until: number; readonly fields: FieldMap }>()

  constructor(backend: Backend) {
    this.#backend = backend
  }

  async of(entityTypeId: number, signal: AbortSignal): Promise<FieldMap> {
    const kept = this.#kept.get(entityTypeId)
    if (kept !== undefined && kept.until > performance.now()) return kept.fields
    const { result } = await this.#backend.call('crm.item.fields', { entityTypeId }, { signal })
    const { fields = {} } = result as { fields?: FieldMap }
    this.#kept.set(entityTypeId, { until: performance.now() + KEPT, fields })
    return fields
  }

  /** Refuses names that the type has no field for: the portal would pass over them without a word. */
  async requireKnown(entityTypeId: number, names: Iterable<string>, signal: AbortSignal): Promise<void> {
    const given = [...names]
    if (given.length === 0) return
    const fields = await this.of(entityTypeId, signal)
    const known = new Set(
      Object.entries(fields).flatMap(([name, { upperName = '' }]) => [plain(name), plain(upperName)]),
    )
    const unknown = given.filter((name) => !known.has(plain(name)))
    if (unknown.length === 0) return
    const [first = ''] = unknown
    const meant = nearest(first, Object.keys(fields)) ?? titled(fields, first)
    throw new Refusal({
      code: 'UNKNOWN_FIELD',
      text: `There is no field ${unknown.map((name) => `"${name.slice(0, 100)}"`).join(', ')}`,
      status: 400,
      hint:
        meant === undefined ? 'describe_fields tells the fields.' : `Did you mean ${meant}? describe_fields tells all.`,
    })
  }
}

/** `UF_CRM_1` and `ufCrm_1` are one name on the wire. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()

/** A field by what people call it. */
const titled = (fields: FieldMap, name: string): string | undefined =>
  Object.entries(fields).find(([, { title }]) => title.toLowerCase() === name.toLowerCase())?.[0]

/** The names of the fields that a filter compares; operators stand before them, and groups have numbers for keys. */
export function filteredNames(filter: Params): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key.toLowerCase() === 'logic') return []
    if (/^\d+$/.test(key)) return typeof value === 'object' && value !== null ? filteredNames(value as Params) : []
    return [key.replace(/^[^\p{L}_]+/u, '')]
  })
}
