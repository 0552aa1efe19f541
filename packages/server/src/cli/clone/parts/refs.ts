import type { Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone } from '../step.ts'
import type { Translation } from '../translation.ts'
import { numberOf } from '../values.ts'
import { idsOf } from './draft-of.ts'

/** The parts that have types of their own among owners: requisites have addresses. */
const PARTS = [8]

/** A record, by its type and number here. */
export interface Ref {
  readonly entityTypeId: number
  readonly id: number
}

/** The records that rows name by a type and a number, as they are here; undefined for those that have not come. */
export async function refsOf(
  clone: Clone,
  translation: Translation,
  rows: readonly Row[],
  typeName: string,
  idName: string,
): Promise<(Ref | undefined)[]> {
  const named = rows.map((row) => {
    const there = numberOf(row[typeName]) ?? 0
    const type = PARTS.includes(there) ? there : there > 0 ? translation.type(there) : undefined
    const key = numberOf(row[idName]) ?? 0
    return type === undefined || key <= 0 ? undefined : { kind: itemKind(type), key, type }
  })
  const ids = await idsOf(
    clone,
    clone.session,
    named.flatMap((each) => each ?? []),
  )
  return named.map((each) => {
    const id = each === undefined ? undefined : ids(each.kind, each.key)
    return each === undefined || id === undefined ? undefined : { entityTypeId: each.type, id }
  })
}
