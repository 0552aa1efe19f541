import type { Cached, Caches } from '../../../records/cache.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'

/** A field whose values are compared. */
export interface RegisteredField {
  readonly id: number
  readonly entityTypeId: number
  /** Its UPPER_CASE name. */
  readonly field: string
}

/** The name of the cache. */
export const REGISTERED = 'duplicate-fields'

const caches = new WeakMap<Caches, Cached<readonly RegisteredField[]>>()

/** All of them, kept in memory: every write of a lead, a contact or a company asks. */
export function registeredFields(of: Caches, reader: Reader): Promise<readonly RegisteredField[]> {
  let cached = caches.get(of)
  if (cached === undefined) {
    cached = of.define(REGISTERED, async (from) => {
      const rows = await from.find<{ id: number; entity_type_id: number; field: string }>(
        sql`select id, entity_type_id, field from crm_duplicate_field order by id`,
      )
      return rows.map(({ id, entity_type_id, field }) => ({ id, entityTypeId: entity_type_id, field }))
    })
    caches.set(of, cached)
  }
  return cached.get(reader)
}

/** Kinds whose values are written, and so may be written twice. */
const COMPARED = new Set(['string', 'text', 'url', 'address', 'integer', 'double'])

/** Whether the field may be registered: standard ones that people fill with text, and user fields of texts and numbers. */
export function isComparable({ legacy, kind, place, readOnly, disabled, userFieldId, options }: Field): boolean {
  if (legacy === null || disabled === true || readOnly !== undefined || options !== undefined) return false
  if (place.in !== 'column' && place.in !== 'values') return false
  return COMPARED.has(kind.name) && (userFieldId !== undefined || kind.column === 'text')
}

/** The fields of an entity that may be registered, in the order of its descriptions. */
export const comparableFields = (entity: Entity): Field[] => [...entity.byLegacy.values()].filter(isComparable)
