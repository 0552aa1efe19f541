import { type Call, isMap, Listing, type Map, method, type Method, take } from '../methods/method.ts'
import { encodeRow } from '../methods/rows.ts'
import { PRESENCE } from '../records/people.ts'
import { PAGE } from '../records/records.ts'
import type { Entity, Field } from '../schema/entity.ts'
import { legacyWire, type Wire } from '../schema/wire.ts'
import { countRecords, listOf, scalarOf, select, type Stored } from '../store/entity-query.ts'
import type { Test } from '../store/entity-test.ts'
import { conditionsOf, orderOf } from './people/list-params.ts'
import { profileTest } from './people/profile-conditions.ts'
import { isAlwaysShown, person, personIn, profileWire } from './person.ts'

const lastActivity = person.field('lastActivityDate')

const isSet = (stored: Stored, field: Field): boolean =>
  field.place.in === 'values' ? listOf(stored, field).length > 0 : scalarOf(stored, field) !== null

/** A profile as a row. Fields that were never set are left out unless `named` asks for them. */
function rowOf(stored: Stored, fields: readonly Field[], call: Call, named: boolean): Record<string, unknown> {
  const whole = encodeRow(stored, fields, legacyWire, call.encode)
  const row: Record<string, unknown> = {}
  for (const field of fields)
    if (field.name === 'isOnline')
      row.IS_ONLINE = Number(scalarOf(stored, lastActivity) ?? 0) > call.now - PRESENCE ? 'Y' : 'N'
    else if (named || isAlwaysShown(field) || isSet(stored, field))
      row[field.upper] =
        field.userFieldId !== undefined && field.kind.holdsFile === true
          ? filesOf(whole[field.upper], field, Number(scalarOf(stored, person.field('id'))))
          : whole[field.upper]
  return row
}

/** Files of user fields come with what `user.userfield.file.get` takes (user-userfield-file-get.md). */
function filesOf(shown: unknown, { upper: field }: Field, id: number): unknown {
  if (Array.isArray(shown)) return shown.map((each) => withDownload(each as Map, field, id))
  return isMap(shown) ? withDownload(shown, field, id) : shown
}

const withDownload = (shown: Map, field: string, id: number): Map => ({
  ...shown,
  downloadData: { id, field, value: shown.id },
})

/** Known names and the masks `*` and `UF_*`; what is unknown or closed is skipped without an error. */
function selection(
  entity: Entity,
  wire: Wire,
  names: readonly unknown[] | undefined,
): { fields: Field[]; named: boolean } {
  const open = entity.fields.filter((field) => wire.key(field) !== undefined)
  const asked = (names ?? []).filter((name): name is string => typeof name === 'string' && name !== '')
  if (asked.length === 0 || asked.includes('*')) return { fields: open, named: false }
  const chosen = new Set<Field | undefined>([entity.field('id'), ...asked.map((name) => wire.find(entity, name))])
  const custom = asked.some((name) => name.toUpperCase() === 'UF_*')
  return {
    fields: open.filter((field) => chosen.has(field) || (custom && field.upper.startsWith('UF_'))),
    named: !custom,
  }
}

const scopes = { scope: 'user', orScopes: ['user_basic', 'user_brief'] } as const
const withPresence = (entity: Entity, fields: readonly Field[]): Field[] => [
  ...new Set([...fields, entity.field('id'), entity.field(lastActivity.name)]),
]

/** `user.get` and `user.search`: the second finds people by how their names begin, and by their departments. */
const listing = (name: string, search: boolean): Method =>
  method({
    name,
    ...scopes,
    style: 'legacy',
    partial: 'IMAGE_RESIZE is taken, but pictures are answered in their original size.',
    params: { select: take.list, start: take.start },
    async run({ select: names, start }, call) {
      const wire = profileWire(call.credential.scopes)
      const entity = await personIn(call)
      const { fields, named } = selection(entity, wire, names)
      const test = await profileTest(call, { entity, wire, given: conditionsOf(call), search })
      const offset = Math.max(start, 0)
      const stored = await select(call.session, {
        entity,
        fields: withPresence(entity, fields),
        test,
        order: orderOf(call, entity, wire),
        limit: PAGE,
        offset,
      })
      const rows = stored.map((each) => rowOf(each, fields, call, named))
      if (start < 0) return new Listing(rows, 0)
      const total = await countRecords(call.session, entity, test)
      return new Listing(rows, total, offset + PAGE < total ? offset + PAGE : undefined)
    },
  })

export default [
  method({
    name: 'user.current',
    ...scopes,
    style: 'legacy',
    params: {},
    async run(_none, call) {
      const entity = await personIn(call)
      const { fields } = selection(entity, profileWire(call.credential.scopes), undefined)
      const test: Test = { is: 'compare', field: entity.field('id'), op: 'eq', values: [call.person.id] }
      const [stored] = await select(call.session, { entity, fields: withPresence(entity, fields), test })
      return stored === undefined ? {} : rowOf(stored, fields, call, false)
    },
  }),
  listing('user.get', false),
  listing('user.search', true),
  method({
    name: 'user.fields',
    ...scopes,
    style: 'legacy',
    params: {},
    async run(_none, call) {
      const wire = profileWire(call.credential.scopes)
      const { fields } = await personIn(call)
      const told = fields.filter((field) => field.undescribed !== true && wire.key(field) !== undefined)
      return Object.fromEntries(told.map((field) => [field.upper, field.title]))
    },
  }),
]
