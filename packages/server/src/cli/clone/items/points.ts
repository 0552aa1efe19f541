import type { MultifieldChange, MultifieldRow } from '../../../schema/multifield.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'

/** Phones, e-mails and their like that records have here, by record. */
export async function pointsHere(
  reader: Reader,
  entityTypeId: number,
  ids: readonly number[],
): Promise<Map<number, MultifieldRow[]>> {
  const found = new Map<number, MultifieldRow[]>()
  if (ids.length === 0) return found
  const rows = await reader.find<{ id: number; record_id: number; type_id: string; value_type: string; value: string }>(
    sql`select id, record_id, type_id, value_type, value from crm_multifield where entity_type_id = ${entityTypeId} and record_id in (${sql.join([...ids])}) order by id`,
  )
  for (const { id, record_id, type_id, value_type, value } of rows)
    found.set(record_id, [...(found.get(record_id) ?? []), { id, typeId: type_id, valueType: value_type, value }])
  return found
}

/** Ids that rows of contact points have here already. */
export async function takenPoints(reader: Reader, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await reader.find<{ id: number }>(sql`select id from crm_multifield where id in (${sql.join([...ids])})`)
  return new Set(rows.map(({ id }) => id))
}

/**
 * What makes the contact points of a record those of the source: a row that says the same is the same, the others
 * change, come and go. `isFree` tells which ids of there new rows may have here.
 */
export function pointChanges(
  here: readonly MultifieldRow[],
  there: readonly MultifieldRow[],
  isFree: (id: number) => boolean,
): MultifieldChange[] {
  const left = [...here]
  const takeOut = (matches: (row: MultifieldRow) => boolean): MultifieldRow | undefined => {
    const at = left.findIndex(matches)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const others = there.filter(
    (row) =>
      takeOut((own) => own.typeId === row.typeId && own.valueType === row.valueType && own.value === row.value) ===
      undefined,
  )
  const changes: MultifieldChange[] = []
  for (const { id, typeId, valueType, value } of others) {
    const own = takeOut((each) => each.id === id && each.typeId === typeId)
    if (own !== undefined) changes.push({ do: 'change', id: own.id, typeId, valueType, value })
    else changes.push({ do: 'add', ...(isFree(id) ? { id } : {}), typeId, valueType, value })
  }
  return [...changes, ...left.map(({ id }): MultifieldChange => ({ do: 'remove', id }))]
}
