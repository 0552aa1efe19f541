import { ApiError } from '../../../methods/errors.ts'
import { type Call, listOfInput, method, take } from '../../../methods/method.ts'
import type { Reach } from '../../../records/access.ts'
import type { Entity } from '../../../schema/entity.ts'
import { entityTypeIdOfName, nameOfEntityType } from '../../../schema/entity-types.ts'
import { InvalidValue, isBlank, textOf } from '../../../schema/kind.ts'
import { normalise } from '../../../schema/multifield.ts'
import { conditionOf } from '../../../store/entity-test.ts'
import { type DialectName, type Fragment, sql } from '../../../store/sql.ts'

/** Whose duplicates are looked for, in the order in which they are answered. */
export const duplicateTypes = [1, 3, 4] as const
const COMMUNICATIONS = ['PHONE', 'EMAIL']
/** How many values are looked for, how many records of one are told, and how many of one type make the search end. */
const MOST = 20

const isWritten = (input: unknown): boolean => !isBlank(input) && typeof input !== 'object'

/** What is looked for, as it is stored; without what has no digit or letter to look for. */
function wantedValues(type: string, input: unknown): string[] {
  const given = isBlank(input) || input === false ? [] : listOfInput(input).filter(isWritten)
  if (given.length === 0)
    throw new ApiError('Communication values is not defined', 400, "Parameter 'values' is required.")
  const normal = given.slice(0, MOST).flatMap((value) => {
    try {
      return [normalise(type, textOf(value))]
    } catch (cause) {
      if (cause instanceof InvalidValue) return []
      throw cause
    }
  })
  return [...new Set(normal)].filter((value) => value !== '')
}

/** The communication type, if it is one that can be looked for. */
function communicationType(input: unknown): string {
  if (!isWritten(input)) throw new ApiError('Communication type is not defined', 400, "Parameter 'type' is required.")
  const type = textOf(input).trim().toUpperCase()
  if (COMMUNICATIONS.includes(type)) return type
  const text = `Communication type '${type}' is not supported in current context`
  throw new ApiError(text, 400, text)
}

/** The records of one entity that have this phone or e-mail, the oldest first, of those that may be seen. */
export function holders(
  { entity, reach }: { entity: Entity; reach: Pick<Reach, 'test'> },
  type: string,
  normal: string,
  dialect: DialectName,
): Fragment {
  const mine =
    reach.test === undefined
      ? sql``
      : sql` and exists (select 1 from ${sql.table(entity.table)} as t where t.id = m.record_id and ${conditionOf(reach.test, entity, dialect)})`
  return sql`select distinct m.record_id as id from crm_multifield as m where m.type_id = ${type} and m.normal = ${normal} and m.entity_type_id = ${entity.entityTypeId}${mine} order by id limit ${MOST}`
}

async function found(
  call: Call,
  open: { entity: Entity; reach: Reach },
  type: string,
  values: readonly string[],
): Promise<number[]> {
  const ids = new Set<number>()
  for (const value of values) {
    const query = holders(open, type, value, call.session.dialect)
    for (const { id } of await call.session.find<{ id: number }>(query)) ids.add(id)
  }
  return [...ids].sort((a, b) => a - b)
}

/** api-reference/crm/duplicates/crm-duplicate-find-by-comm.md */
export const findByCommunication = method({
  name: 'crm.duplicate.findbycomm',
  scope: 'crm',
  style: 'legacy',
  params: { type: take.any, values: take.any, entity_type: take.any },
  async run({ type: communication, values, entity_type: only }, call) {
    const type = communicationType(communication)
    const wanted = wantedValues(type, values)
    const named = isWritten(only) ? entityTypeIdOfName(textOf(only).trim().toUpperCase()) : undefined
    const open: { entity: Entity; reach: Reach }[] = []
    for (const id of duplicateTypes) {
      if (isWritten(only) && id !== named) continue
      const entity = await call.portal.entities.get(call.session, id)
      const reach = await call.portal.access.reach(call, entity, 'read')
      if (!reach.none) open.push({ entity, reach })
      else if (isWritten(only)) throw accessDenied()
    }
    if (open.length === 0 && !isWritten(only)) throw accessDenied()
    const result: Record<string, number[]> = {}
    for (const each of open) {
      const ids = await found(call, each, type, wanted)
      if (ids.length > 0) result[nameOfEntityType(each.entity.entityTypeId)] = ids
      // "If 20 or more duplicates are found for one object, the other types are not returned."
      if (ids.length >= MOST) break
    }
    // PHP's empty map is a list, and clients are told to expect it.
    return Object.keys(result).length === 0 ? [] : result
  },
})

const accessDenied = (): ApiError => new ApiError('ACCESS_DENIED', 403, 'Access denied')
