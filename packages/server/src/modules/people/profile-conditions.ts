import { readFilter } from '../../methods/conditions.ts'
import { argument, type Call, listOfInput, type Map } from '../../methods/method.ts'
import { PRESENCE } from '../../records/people.ts'
import type { Entity } from '../../schema/entity.ts'
import { splitKey } from '../../schema/filter.ts'
import { type Scalar, yesNo } from '../../schema/kind.ts'
import type { Wire } from '../../schema/wire.ts'
import { and, type Test } from '../../store/entity-test.ts'
import { person } from '../person.ts'
import { departmentsIn } from './department.ts'

const lastActivity = person.field('lastActivityDate')

const compare = (name: string, op: 'in' | 'like' | 'gt' | 'search', values: readonly Scalar[]): Test => ({
  is: 'compare',
  field: person.field(name),
  op,
  values,
})
const any = (members: readonly Test[]): Test => ({ is: 'group', logic: 'OR', members })
const never: Test = { is: 'constant', value: false }

/** The texts and numbers of a list; whatever else stands in it can't be meant. */
const textsOf = (value: unknown): string[] =>
  listOfInput(value)
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .map(String)

const not = (test: Test, negate: boolean): Test =>
  !negate || test.is !== 'compare'
    ? test
    : { ...test, op: test.op === 'in' ? 'notIn' : test.op === 'gt' ? 'lte' : 'notLike' }

/** Stored as `[1,25]`: an id stands alone, first, last or in the middle. */
const inDepartments = (ids: readonly (string | number)[]): Test =>
  ids.length === 0
    ? never
    : compare(
        'ufDepartment',
        'like',
        ids.flatMap((id) => [`[${id}]`, `[${id},%`, `%,${id},%`, `%,${id}]`]),
      )

/** People of the departments whose names begin with one of these texts. */
async function inNamedDepartments(call: Call, texts: readonly string[]): Promise<Test> {
  const tree = await departmentsIn(call.portal.caches).get(call.session)
  const wanted = texts.map((text) => text.replace(/%/g, '').toLowerCase()).filter(Boolean)
  const found = [...tree.values()].filter(({ name }) => wanted.some((text) => name.toLowerCase().startsWith(text)))
  return inDepartments(found.map(({ id }) => id))
}

/** Everyone who has each of the words in one of these places. */
async function finding(value: unknown, word: (text: string) => Promise<Test[]> | Test[]): Promise<Test> {
  const words = textsOf(value)
    .flatMap((text) => text.split(/\s+/))
    .filter(Boolean)
  return and(await Promise.all(words.map(async (text) => any(await word(text)))))
}
const places = ['name', 'lastName', 'secondName', 'workPosition']
const inPlaces = (text: string): Test[] => places.map((place) => compare(place, 'search', [text]))

type Special = (value: unknown, negate: boolean, call: Call) => Promise<Test> | Test

/** Conditions that are no comparison of a field: they have a meaning of their own (api-reference/user/user-get.md). */
const special: Readonly<Record<string, Special>> = {
  UF_DEPARTMENT(value, negate) {
    const ids = textsOf(value).filter((id) => /^\d{1,15}$/.test(id))
    return not(inDepartments(ids), negate)
  },
  IS_ONLINE(value, negate, call) {
    const online = yesNo(value)
    if (online === undefined) return never
    const since = Math.floor(call.now) - PRESENCE
    if (online !== negate) return compare('lastActivityDate', 'gt', [since])
    const away: Test = { is: 'compare', field: lastActivity, op: 'lte', values: [since] }
    return any([away, { is: 'empty', field: lastActivity, negate: false }])
  },
  NAME_SEARCH: (value) => finding(value, inPlaces),
}

/** What `user.search` adds (api-reference/user/user-search.md). */
const searching: Readonly<Record<string, Special>> = {
  ...special,
  UF_DEPARTMENT_NAME: async (value, negate, call) => not(await inNamedDepartments(call, textsOf(value)), negate),
  FIND: (value, _negate, call) =>
    finding(value, async (text) => [...inPlaces(text), await inNamedDepartments(call, [text])]),
}
/** Texts by whose beginning people are searched. */
const BEGINNINGS = new Set(['NAME', 'LAST_NAME', 'SECOND_NAME', 'WORK_POSITION'])

export interface Conditions {
  readonly entity: Entity
  readonly wire: Wire
  readonly given: Map
  /** Names are found by their beginnings, and departments by their names. */
  readonly search: boolean
}

export async function profileTest(call: Call, { entity, wire, given, search }: Conditions): Promise<Test> {
  const own = search ? searching : special
  const members: Test[] = []
  const plain: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  // Robots and mail users are told only to those who ask for them, and to administrators who ask for everybody.
  const everybody = call.person.admin && yesNo(argument(call.raw, 'ADMIN_MODE')) === true
  let types: Test = everybody ? and([]) : compare('userType', 'in', ['employee', 'extranet'])
  for (const [key, value] of Object.entries(given)) {
    const { op, field: name, bare } = splitKey(key)
    const upper = name.toUpperCase()
    const field = wire.find(entity, name)
    const test = Object.hasOwn(own, upper)
      ? await own[upper]?.(value, op.startsWith('no') || op === 'ne', call)
      : undefined
    if (test !== undefined) members.push(test)
    else if (upper === 'USER_TYPE') types = compare('userType', 'in', textsOf(value))
    else if (bare && search && BEGINNINGS.has(upper) && typeof value === 'string' && value !== '')
      plain[`=%${name}`] = value.includes('%') ? value : `${value}%`
    // "Names that begin with": the documented sample has the wildcard without an operator.
    else if (bare && typeof value === 'string' && value.includes('%') && field?.kind.ops.has('like') === true)
      plain[`=%${name}`] = value
    else plain[key] = value
  }
  const rest = readFilter(entity, wire, plain, { zone: call.portal.zone })
  return and([types, ...members, ...(rest === undefined ? [] : [rest])])
}
