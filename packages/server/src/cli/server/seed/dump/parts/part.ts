import type { Dumping } from '../dumping.ts'
import { isNothing, type Row, textOf } from '../look.ts'
import { literally } from '../../references.ts'

/** A kind of records beside the CRM's items, as methods of one prefix make them. */
export interface Part {
  /** What stands before `.add`; what they are called in a seed. */
  readonly name: string
  /** Before the items, which name them, or after them, because they name those. */
  readonly when: 'before' | 'after'
  /** All of them, a page after the other by id. */
  pages(dumping: Dumping): AsyncIterable<readonly Row[]>
  titleOf(row: Row): string
  /** As seeds remember it, where it has no number of its own. */
  readonly keyOf?: (row: Row) => string
  /** What is said of one; undefined where nothing can be said. */
  tell(dumping: Dumping, row: Row): Promise<Row | undefined> | Row | undefined
  /** Numbers that new portals have, too: what is as it is there is left out. */
  readonly known?: (dumping: Dumping) => readonly Row[]
}

/** Pages of a list in UPPER_CASE. */
export const listed =
  (method: string, select: readonly string[] = ['*']) =>
  ({ look }: Dumping): AsyncIterable<readonly Row[]> =>
    look.pages(method, { select }, 'ID')

/** Of the named values those that are not what they are where nobody says them. */
export function told(row: Row, keys: readonly string[], presets: Row = {}): Record<string, unknown> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = row[key]
      const isPreset = textOf(value) === textOf(presets[key]) && typeof value !== 'object'
      return isNothing(value) || isPreset ? [] : [[key, readable(value)]]
    }),
  )
}

/** Whole numbers need no quotes, although UPPER_CASE rows have them as texts. */
const readable = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) && String(Number(value)) === value
    ? Number(value)
    : literally(value)

/** `@acme`: the record of a type that a row names; undefined where it isn't in the dump. */
export function ownerIn(dumping: Dumping, type: unknown, id: unknown): string | undefined {
  const entityTypeId = Number(type)
  const kind = entityTypeId === REQUISITE ? 'crm.requisite' : dumping.entityName(entityTypeId)
  return nameIn(dumping, kind, id)
}

export function nameIn({ names }: Dumping, kind: string, id: unknown): string | undefined {
  const named = names.find(`records ${kind}`, Number(id))
  return named === undefined ? undefined : `@${named.name}`
}

/** Requisites are the owners of their addresses. */
export const REQUISITE = 8
