import { readFilter, readOrder } from '../methods/conditions.ts'
import { argument, type Call, isMap, listOfInput, Listing, type Map, method, take } from '../methods/method.ts'
import { PAGE } from '../records/records.ts'
import type { Field } from '../schema/entity.ts'
import { splitKey } from '../schema/filter.ts'
import { yesNo, type Scalar } from '../schema/kind.ts'
import { legacyWire, type Wire } from '../schema/wire.ts'
import { countRecords, type Order, scalarOf, select, type Stored } from '../store/entity-query.ts'
import { and, type Test } from '../store/entity-test.ts'
import { isAlwaysShown, person, readableFields } from './person.ts'

/** Whoever did something this long ago is still at the desk, in seconds. */
const PRESENCE = 180

/** The UPPER_CASE dialect, blind to the fields that the caller's scopes don't open: they can't be searched either. */
function wireFor(call: Call): Wire {
  const names = readableFields(call.credential.scopes)
  if (names === undefined) return legacyWire
  return {
    ...legacyWire,
    key: (field) => (names.has(field.upper) ? field.upper : undefined),
    find: (entity, key) => {
      const field = legacyWire.find(entity, key)
      return field !== undefined && names.has(field.upper) ? field : undefined
    },
  }
}

const lastActivity = person.field('lastActivityDate')

/** A profile as a row. Fields that were never set are left out unless `named` asks for them. */
function rowOf(stored: Stored, fields: readonly Field[], call: Call, named: boolean): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.name === 'isOnline') {
      row.IS_ONLINE = Number(scalarOf(stored, lastActivity) ?? 0) > call.now - PRESENCE ? 'Y' : 'N'
      continue
    }
    const value = scalarOf(stored, field)
    if (value !== null || named || isAlwaysShown(field)) row[field.upper] = legacyWire.value(value, field, call.encode)
  }
  return row
}

/** Known names and the masks `*` and `UF_*`; what is unknown or closed is skipped without an error. */
function selection(wire: Wire, names: readonly unknown[] | undefined): { fields: Field[]; named: boolean } {
  const open = person.fields.filter((field) => wire.key(field) !== undefined)
  const asked = (names ?? []).filter((name): name is string => typeof name === 'string' && name !== '')
  if (asked.length === 0 || asked.includes('*')) return { fields: open, named: false }
  const chosen = new Set<Field | undefined>([person.field('id'), ...asked.map((name) => wire.find(person, name))])
  const custom = asked.some((name) => name.toUpperCase() === 'UF_*')
  return {
    fields: open.filter((field) => chosen.has(field) || (custom && field.upper.startsWith('UF_'))),
    named: !custom,
  }
}

const compare = (name: string, op: 'in' | 'like' | 'gt' | 'search', values: readonly Scalar[]): Test => ({
  is: 'compare',
  field: person.field(name),
  op,
  values,
})
/** The texts and numbers of a list; whatever else stands in it can't be meant. */
const textsOf = (value: unknown): string[] =>
  listOfInput(value)
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .map(String)

const never: Test = { is: 'constant', value: false }
const not = (test: Test, negate: boolean): Test =>
  !negate || test.is !== 'compare'
    ? test
    : { ...test, op: test.op === 'in' ? 'notIn' : test.op === 'gt' ? 'lte' : 'notLike' }

/** Conditions that are no comparison of a field: they have a meaning of their own (api-reference/user/user-get.md). */
const special: Readonly<Record<string, (value: unknown, negate: boolean, call: Call) => Test | undefined>> = {
  UF_DEPARTMENT(value, negate) {
    const ids = textsOf(value).filter((id) => /^\d{1,15}$/.test(id))
    // Stored as `[1,25]`: an id stands alone, first, last or in the middle.
    const patterns = ids.flatMap((id) => [`[${id}]`, `[${id},%`, `%,${id},%`, `%,${id}]`])
    return ids.length === 0 ? never : not(compare('ufDepartment', 'like', patterns), negate)
  },
  IS_ONLINE(value, negate, call) {
    const online = yesNo(value)
    if (online === undefined) return never
    const since = Math.floor(call.now) - PRESENCE
    if (online !== negate) return compare('lastActivityDate', 'gt', [since])
    const away: Test = { is: 'compare', field: lastActivity, op: 'lte', values: [since] }
    return { is: 'group', logic: 'OR', members: [away, { is: 'empty', field: lastActivity, negate: false }] }
  },
  NAME_SEARCH(value) {
    const words = textsOf(value)
      .flatMap((text) => text.split(/\s+/))
      .filter(Boolean)
    const places = ['name', 'lastName', 'secondName', 'workPosition']
    return and(
      words.map((word) => ({
        is: 'group',
        logic: 'OR',
        members: places.map((place) => compare(place, 'search', [word])),
      })),
    )
  },
}

const OWN_PARAMETERS = new Set(['sort', 'order', 'filter', 'admin_mode', 'select', 'image_resize', 'start'])

/** `filter` and the bare fields beside it (`ID=1`, `ACTIVE=true`): both forms are documented. */
function conditionsOf(call: Call): Map {
  const filter = argument(call.raw, 'filter')
  const bare = Object.entries(call.raw).filter(([name]) => !OWN_PARAMETERS.has(name.toLowerCase()))
  return { ...Object.fromEntries(bare), ...(isMap(filter) ? filter : {}) }
}

function testOf(call: Call, wire: Wire): Test {
  const members: Test[] = []
  const plain: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  let types: Test = compare('userType', 'in', ['employee', 'extranet'])
  for (const [key, value] of Object.entries(conditionsOf(call))) {
    const { op, field: name, bare } = splitKey(key)
    const upper = name.toUpperCase()
    const field = wire.find(person, name)
    const test = Object.hasOwn(special, upper)
      ? special[upper]?.(value, op.startsWith('no') || op === 'ne', call)
      : undefined
    if (test !== undefined) members.push(test)
    // Mail users are told only to those who ask for them.
    else if (upper === 'USER_TYPE') types = compare('userType', 'in', textsOf(value))
    // "Names that begin with": the documented sample has the wildcard without an operator.
    else if (bare && typeof value === 'string' && value.includes('%') && field?.kind.ops.has('like') === true)
      plain[`=%${name}`] = value
    else plain[key] = value
  }
  const rest = readFilter(person, wire, plain, { zone: call.portal.zone })
  return and([types, ...members, ...(rest === undefined ? [] : [rest])])
}

/** `sort` names a field and `order` the direction; SDKs that walk lists send `order` as a map, as elsewhere. */
function orderOf(call: Call, wire: Wire): Order[] {
  const order = argument(call.raw, 'order')
  if (isMap(order)) return readOrder(person, wire, order)
  const sort = argument(call.raw, 'sort')
  return typeof sort === 'string' && sort !== '' ? readOrder(person, wire, { [sort]: order ?? 'ASC' }) : []
}

const scopes = { scope: 'user', orScopes: ['user_basic', 'user_brief'] } as const
const withPresence = (fields: readonly Field[]): Field[] => [...new Set([...fields, lastActivity])]

export default [
  method({
    name: 'user.current',
    ...scopes,
    style: 'legacy',
    params: {},
    async run(_none, call) {
      const { fields } = selection(wireFor(call), undefined)
      const test: Test = { is: 'compare', field: person.field('id'), op: 'eq', values: [call.person.id] }
      const [stored] = await select(call.session, { entity: person, fields: withPresence(fields), test })
      return stored === undefined ? {} : rowOf(stored, fields, call, false)
    },
  }),
  method({
    name: 'user.get',
    ...scopes,
    style: 'legacy',
    partial: 'IMAGE_RESIZE is taken, but pictures are answered in their original size.',
    params: { select: take.list, start: take.start },
    async run({ select: names, start }, call) {
      const wire = wireFor(call)
      const { fields, named } = selection(wire, names)
      const test = testOf(call, wire)
      const offset = Math.max(start, 0)
      const stored = await select(call.session, {
        entity: person,
        fields: withPresence(fields),
        test,
        order: orderOf(call, wire),
        limit: PAGE,
        offset,
      })
      const rows = stored.map((each) => rowOf(each, fields, call, named))
      if (start < 0) return new Listing(rows, 0)
      const total = await countRecords(call.session, person, test)
      return new Listing(rows, total, offset + PAGE < total ? offset + PAGE : undefined)
    },
  }),
  method({
    name: 'user.fields',
    ...scopes,
    style: 'legacy',
    params: {},
    run(_none, call) {
      const wire = wireFor(call)
      const told = person.fields.filter((field) => field.undescribed !== true && wire.key(field) !== undefined)
      return Object.fromEntries(told.map((field) => [field.upper, field.title]))
    },
  }),
]
