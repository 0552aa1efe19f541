import { legacyError } from '../../../methods/errors.ts'
import { argument, isMap, listOfInput } from '../../../methods/method.ts'
import { isBlank } from '../../../schema/kind.ts'
import type { Scalar } from '../../../schema/kind.ts'
import type { Operand, Test } from '../../../store/entity-test.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { idNumber } from '../timeline/owners.ts'
import { bindingTable } from './tables.ts'

const table = sql.table(bindingTable.name)
const MAX_PAIRS = 1000

const among = (shape: string, values: readonly Scalar[], condition: (slots: readonly Operand[]) => Fragment): Test => ({
  is: 'among',
  shape: `${bindingTable.name} ${shape}`,
  values,
  ids: (slots) => sql`select b.activity_id from ${table} as b where ${condition(slots)}`,
})

/** Lists are padded to powers of two, so that few statements exist. */
const padded = (ids: readonly number[]): number[] => {
  const size = 2 ** Math.ceil(Math.log2(Math.max(ids.length, 1)))
  return [...ids, ...Array.from({ length: size - ids.length }, () => ids.at(-1) ?? 0)]
}

const list = (slots: readonly Operand[]): Fragment => sql.join(slots.map((each) => sql.val(each)))

/**
 * `BINDINGS` of a filter: a list of types, of ids, or of both together; the activity has one of them at least
 * (crm-activity-list.md, "Using BINDINGS"). Each activity comes once, however many it has. What names nothing finds
 * nothing.
 */
export function boundTo(input: unknown): Test | undefined {
  if (isBlank(input)) return undefined
  const isPair = isMap(input) && Object.keys(input).some((key) => /^owner_(type_)?id$/i.test(key))
  const pairs = isPair ? [input] : listOfInput(input)
  if (pairs.length > MAX_PAIRS) throw legacyError(`Invalid filter: more than ${MAX_PAIRS} conditions`)
  const types = new Set<number>()
  const ids = new Set<number>()
  const both = new Map<number, Set<number>>()
  for (const pair of pairs) {
    if (!isMap(pair)) continue
    const [typeGiven, idGiven] = [argument(pair, 'OWNER_TYPE_ID'), argument(pair, 'OWNER_ID')]
    const [type, id] = [idNumber(typeGiven), idNumber(idGiven)]
    const wrong = (type === undefined && !isBlank(typeGiven)) || (id === undefined && !isBlank(idGiven))
    if (wrong) continue
    if (type !== undefined && id !== undefined) both.set(type, (both.get(type) ?? new Set()).add(id))
    else if (type !== undefined) types.add(type)
    else if (id !== undefined) ids.add(id)
  }
  const members = [...both].map(([type, records]) => {
    const values = padded([...records])
    return among(
      `both ${values.length}`,
      [type, ...values],
      ([first, ...rest]) => sql`b.owner_type_id = ${first} and b.owner_id in (${list(rest)})`,
    )
  })
  for (const [column, set] of [
    ['owner_type_id', types],
    ['owner_id', ids],
  ] as const) {
    if (set.size === 0) continue
    const values = padded([...set])
    members.push(among(`${column} ${values.length}`, values, (slots) => sql`b.${sql.ref(column)} in (${list(slots)})`))
  }
  return members.length === 0 ? { is: 'constant', value: false } : { is: 'group', logic: 'OR', members }
}
