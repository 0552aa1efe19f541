import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, Listing, method, need, take } from '../../methods/method.ts'
import type { Reach } from '../../records/access.ts'
import { Failure } from '../../records/failure.ts'
import { PAGE } from '../../records/records.ts'
import type { Entity } from '../../schema/entity.ts'
import { textOf } from '../../schema/kind.ts'
import { normalise } from '../../schema/multifield.ts'
import { formatDateTime } from '../../schema/time.ts'
import { listOf, scalarOf, select, type Stored } from '../../store/entity-query.ts'
import { and, conditionOf } from '../../store/entity-test.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import { duplicateTypes, holders } from '../crm/duplicate/find-by-communication.ts'
import { titleOf } from '../crm/shown.ts'

/** By what records are taken for the same. */
const grounds = ['phone', 'email', 'name'] as const
type Ground = (typeof grounds)[number]

/** So many records of one group are told, and so many matches while somebody types. */
const MOST_IN_GROUP = 20
const MOST_MATCHES = 10
/** Phones, e-mails or names that are looked for at once. */
const MOST_WANTED = 20
const CONTACT = 3
const COMPANY = 4

const invalid = (text: string): ApiError => new ApiError('INVALID_ARG_VALUE', 400, text)

interface Open {
  readonly entity: Entity
  readonly reach: Reach
}

/** Leads, contacts or companies, of which the caller may read some. */
async function openType(call: Call, entityTypeId: number): Promise<Open> {
  if (!duplicateTypes.some((id) => id === entityTypeId))
    throw invalid(`Invalid value of "entityTypeId": one of ${duplicateTypes.join(', ')}`)
  const entity = await call.portal.entities.get(call.session, entityTypeId)
  return { entity, reach: await call.portal.access.require(call, entity, 'read') }
}

const mine = ({ entity, reach }: Open, call: Call): Fragment => conditionOf(reach.test, entity, call.session.dialect)

/** The name of a record as it is compared, in SQL, about its table under the name of `t`. */
function nameIn(entity: Entity): Fragment {
  const column = (name: string): Fragment => sql`coalesce(${sql.ref(`t.${entity.columnOf(name)}`)}, '')`
  return entity.entityTypeId === COMPANY
    ? sql`lower(trim(${column('title')}))`
    : sql`lower(trim(trim(${column('name')}) || ' ' || trim(${column('lastName')})))`
}

const SHOWN = ['id', 'title', 'name', 'secondName', 'lastName', 'companyTitle', 'assignedById', 'createdTime', 'fm']

async function recordsOf(call: Call, { entity, reach }: Open, ids: readonly number[]): Promise<Map<number, object>> {
  if (ids.length === 0) return new Map()
  const id = entity.field('id')
  const rows = await select(call.session, {
    entity,
    fields: SHOWN.flatMap((name) => entity.byName.get(name) ?? []),
    test: and([{ is: 'compare', field: id, op: 'in', values: ids }, ...(reach.test === undefined ? [] : [reach.test])]),
  })
  return new Map(rows.map((stored) => [Number(scalarOf(stored, id)), shown(call, entity, stored)]))
}

function shown(call: Call, entity: Entity, stored: Stored): object {
  const points = listOf(stored, entity.field('fm')) as [number, string, string, string][]
  const of = (wanted: string): string[] => points.flatMap(([, type, , value]) => (type === wanted ? [value] : []))
  const person = entity.entityTypeId === COMPANY ? '' : personOf(entity, stored)
  return {
    entityTypeId: entity.entityTypeId,
    id: Number(scalarOf(stored, entity.field('id'))),
    title: titleOf(entity, stored),
    ...(person === '' || entity.entityTypeId === CONTACT ? {} : { person }),
    assignedById: Number(scalarOf(stored, entity.field('assignedById'))),
    createdTime: formatDateTime(Number(scalarOf(stored, entity.field('createdTime'))), call.portal.zone),
    phones: of('PHONE'),
    emails: of('EMAIL'),
  }
}

const personOf = (entity: Entity, stored: Stored): string =>
  ['name', 'lastName']
    .map((name) => scalarOf(stored, entity.field(name)))
    .filter(Boolean)
    .join(' ')

function textsIn(name: string, input: readonly unknown[] | undefined): string[] {
  const texts = (input ?? []).map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number')
      throw invalid(`Invalid value of "${name}": texts are expected`)
    return textOf(each).trim()
  })
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, MOST_WANTED)
}

/**
 * Leads, contacts and companies that somebody who is about to write one may mean, with what they have in common with
 * it: a phone, an e-mail address or the name. Of each type the oldest first.
 */
const find = method({
  name: 'portico.duplicate.find',
  scope: 'crm',
  params: {
    phones: take.list,
    emails: take.list,
    names: take.list,
    entityTypeId: take.integer(),
    exceptId: take.integer(),
  },
  run: ({ phones, emails, names, entityTypeId, exceptId }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const wanted = {
        phone: textsIn('phones', phones)
          .map((text) => normalise('PHONE', text))
          .filter((text) => text.length > 3),
        email: textsIn('emails', emails).map((text) => normalise('EMAIL', text)),
        name: textsIn('names', names).map((text) => text.toLowerCase().replace(/\s+/g, ' ')),
      }
      const matches: object[] = []
      let isOpen = false
      for (const type of duplicateTypes) {
        const entity = await call.portal.entities.get(call.session, type)
        const open = { entity, reach: await call.portal.access.reach(call, entity, 'read') }
        if (open.reach.none) continue
        isOpen = true
        const found = await alike(call, open, wanted)
        if (type === entityTypeId && exceptId !== undefined) found.delete(exceptId)
        const ids = [...found.keys()].sort((a, b) => a - b).slice(0, MOST_MATCHES)
        const records = await recordsOf(call, open, ids)
        for (const id of ids) {
          const record = records.get(id)
          if (record !== undefined) matches.push({ ...record, by: [...(found.get(id) ?? [])] })
        }
      }
      if (!isOpen) throw new Failure({ why: 'access-denied' })
      return { matches }
    }),
})

/** The records of one type that share something with what is wanted, and what. */
async function alike(
  call: Call,
  open: Open,
  wanted: Readonly<Record<Ground, readonly string[]>>,
): Promise<Map<number, Set<Ground>>> {
  const found = new Map<number, Set<Ground>>()
  const note = (rows: readonly { readonly id: number }[], by: Ground): void => {
    for (const { id } of rows) found.set(id, (found.get(id) ?? new Set()).add(by))
  }
  for (const by of ['phone', 'email'] as const)
    for (const value of wanted[by])
      note(await call.session.find<{ id: number }>(holders(open, by.toUpperCase(), value, call.session.dialect)), by)
  if (wanted.name.length > 0)
    note(
      await call.session.unhurried.find<{ id: number }>(
        sql`select t.id as id from ${sql.table(open.entity.table)} as t where ${nameIn(open.entity)} in (${sql.join([...wanted.name])}) and ${mine(open, call)} order by t.id limit ${MOST_MATCHES}`,
      ),
      'name',
    )
  return found
}

interface GroupRow {
  readonly value: string
  readonly n: number
}

/** What several records have in common, as a table of `value` and `n`. */
function groupsIn(call: Call, open: Open, by: Ground): Fragment {
  const { entity } = open
  const table = sql.table(entity.table)
  if (by === 'name') {
    const name = nameIn(entity)
    return sql`select ${name} as value, count(*) as n from ${table} as t where ${name} <> '' and ${mine(open, call)} group by ${name} having count(*) > 1`
  }
  return sql`select m.normal as value, count(distinct m.record_id) as n from crm_multifield as m join ${table} as t on t.id = m.record_id where m.entity_type_id = ${entity.entityTypeId} and m.type_id = ${by.toUpperCase()} and m.normal <> '' and ${mine(open, call)} group by m.normal having count(distinct m.record_id) > 1`
}

async function membersOf(call: Call, open: Open, by: Ground, value: string): Promise<number[]> {
  const query =
    by === 'name'
      ? sql`select t.id as id from ${sql.table(open.entity.table)} as t where ${nameIn(open.entity)} = ${value} and ${mine(open, call)} order by t.id limit ${MOST_IN_GROUP}`
      : holders(open, by.toUpperCase(), value, call.session.dialect)
  return (await call.session.unhurried.find<{ id: number }>(query)).map((row) => row.id)
}

/**
 * Records of one type that are probably the same, by what they have in common: groups with the most records first,
 * those that the caller may read. A group that is larger than what is told of it says so in `count`.
 */
const groups = method({
  name: 'portico.duplicate.groups',
  scope: 'crm',
  params: { entityTypeId: need.integer, by: take.text, start: take.start },
  run: ({ entityTypeId, by = 'phone', start }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const ground = grounds.find((each) => each === by)
      if (ground === undefined) throw invalid(`Invalid value of "by": one of ${grounds.join(', ')}`)
      const open = await openType(call, entityTypeId)
      if (open.reach.none) throw new Failure({ why: 'access-denied' })
      const { unhurried } = call.session
      const all = groupsIn(call, open, ground)
      const offset = Math.max(start, 0)
      const rows = await unhurried.find<GroupRow>(
        sql`select g.value as value, g.n as n from (${all}) as g order by g.n desc, g.value limit ${PAGE} offset ${offset}`,
      )
      const [counted] = await unhurried.find<{ n: number }>(sql`select count(*) as n from (${all}) as g`)
      const total = Number(counted?.n ?? 0)
      const told: object[] = []
      for (const { value, n } of rows) {
        const ids = await membersOf(call, open, ground, value)
        const records = await recordsOf(call, open, ids)
        told.push({ value, count: Number(n), records: ids.flatMap((id) => records.get(id) ?? []) })
      }
      return new Listing({ groups: told }, total, offset + PAGE < total ? offset + PAGE : undefined)
    }),
})

export const duplicateMethods = [find, groups]
