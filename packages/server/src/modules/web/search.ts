import { type Call, method, need, take } from '../../methods/method.ts'
import type { Reach } from '../../records/access.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import { listOf, scalarOf, select, type Stored } from '../../store/entity-query.ts'
import { and, conditionOf, type Test } from '../../store/entity-test.ts'
import { sql } from '../../store/sql.ts'
import { textPattern } from '../../store/text-pattern.ts'
import { titleOf } from '../crm/shown.ts'
import { rankOf, type Wanted, wantedOf } from './search-query.ts'

const MOST = 50
const PRESET = 12
/** The newest so many of a type that answer are ranked against each other. */
const CANDIDATES = 40

type Match = 'id' | 'title' | 'phone' | 'email'

interface Open {
  readonly entity: Entity
  readonly reach: Reach
}

interface Hit {
  readonly entity: Entity
  readonly stored: Stored
  readonly match: Match
  /** 0 is best. */
  readonly rank: number
  /** The phone or the e-mail that was found. */
  readonly point?: string | undefined
}

/** What a hit is shown and ranked by, of what the entity has. */
const SHOWN = ['id', 'title', 'name', 'secondName', 'lastName', 'companyTitle', 'companyId', 'contactId', 'fm'] as const
const shownFields = new WeakMap<Entity, readonly Field[]>()
function fieldsOf(entity: Entity): readonly Field[] {
  let fields = shownFields.get(entity)
  if (fields === undefined) shownFields.set(entity, (fields = SHOWN.flatMap((name) => entity.byName.get(name) ?? [])))
  return fields
}

const valueOf = (entity: Entity, stored: Stored, name: string): string => {
  const field = entity.byName.get(name)
  const value = field === undefined ? null : scalarOf(stored, field)
  return value === null ? '' : String(value)
}

const personOf = (entity: Entity, stored: Stored): string =>
  ['name', 'secondName', 'lastName']
    .map((name) => valueOf(entity, stored, name))
    .filter(Boolean)
    .join(' ')

const pointsOf = ({ entity, stored }: Pick<Hit, 'entity' | 'stored'>, type: 'PHONE' | 'EMAIL'): string[] => {
  const field = entity.byName.get('fm')
  const rows = field === undefined ? [] : (listOf(stored, field) as [number, string, string, string][])
  return rows.flatMap(([, typeId, , value]) => (typeId === type ? [value] : []))
}

/** Only what the caller may read, whatever else is asked. */
const within = ({ reach }: Open, test: Test): Test => (reach.test === undefined ? test : and([test, reach.test]))

const read = ({ session }: Call, open: Open, test: Test): Promise<Stored[]> =>
  select(session.unhurried, {
    entity: open.entity,
    fields: fieldsOf(open.entity),
    test: within(open, test),
    order: [{ field: open.entity.field('id'), direction: 'DESC' }],
    limit: CANDIDATES,
  })

const byIds = ({ entity }: Open, ids: readonly number[]): Test => ({
  is: 'compare',
  field: entity.field('id'),
  op: 'in',
  values: ids,
})

/** Every word in what is kept to be searched, or in the title where nothing is kept. */
function byWords({ entity }: Open, words: readonly string[]): Test | undefined {
  const field = entity.byName.get('searchContent') ?? entity.byName.get('title')
  if (field === undefined || words.length === 0) return undefined
  return and(words.map((word) => ({ is: 'compare', field, op: 'contains', values: [word] })))
}

/** Records with a phone or an e-mail like these, the newest first; read from an index alone. */
async function holders(call: Call, open: Open, type: string, pieces: readonly string[]): Promise<number[]> {
  const { entity, reach } = open
  const { dialect } = call.session
  if (pieces.length === 0 || !entity.byName.has('fm')) return []
  const like = pieces.map((piece) => {
    const { operator, pattern } = textPattern(piece, false, dialect)
    return operator === 'glob' ? sql`m.normal glob ${pattern}` : sql`m.normal like ${pattern} escape '\\'`
  })
  const mine =
    reach.test === undefined
      ? sql``
      : sql` and exists (select 1 from ${sql.table(entity.table)} as t where t.id = m.record_id and ${conditionOf(reach.test, entity, dialect)})`
  const rows = await call.session.unhurried.find<{ id: number }>(
    sql`select distinct m.record_id as id from crm_multifield as m where m.type_id = ${type} and (${sql.join(like, sql` or `)}) and m.entity_type_id = ${entity.entityTypeId}${mine} order by id desc limit ${CANDIDATES}`,
  )
  return rows.map(({ id }) => Number(id))
}

/** Why a record was found, and how well it answers. */
function hitOf(entity: Entity, stored: Stored, wanted: Wanted): Hit {
  const hit = { entity, stored }
  if (wanted.id !== undefined && Number(valueOf(entity, stored, 'id')) === wanted.id)
    return { ...hit, match: 'id', rank: 0 }
  const names = [titleOf(entity, stored), personOf(entity, stored), valueOf(entity, stored, 'companyTitle')]
  const ranks = names.flatMap((name) => rankOf(name, wanted.words) ?? [])
  if (ranks.length > 0) return { ...hit, match: 'title', rank: Math.min(...ranks) }
  const phone = pointsOf(hit, 'PHONE').find((value) => {
    const digits = value.replace(/\D/g, '')
    return wanted.phones.some((piece) => digits.includes(piece))
  })
  if (phone !== undefined) return { ...hit, match: 'phone', rank: 1, point: phone }
  const [email] = pointsOf(hit, 'EMAIL').flatMap((value) => {
    const rank = rankOf(value, wanted.words)
    return rank === undefined ? [] : [{ value, rank }]
  })
  // Inside of an address, a few letters mean little.
  if (email !== undefined) return { ...hit, match: 'email', rank: email.rank + 1, point: email.value }
  return { ...hit, match: 'title', rank: 4 }
}

async function hitsIn(call: Call, open: Open, wanted: Wanted): Promise<Hit[]> {
  const words = byWords(open, wanted.words)
  const asked = await Promise.all([
    words === undefined ? [] : read(call, open, words),
    wanted.id === undefined ? [] : read(call, open, byIds(open, [wanted.id])),
    holders(call, open, 'PHONE', wanted.phones),
    holders(call, open, 'EMAIL', wanted.email === undefined ? [] : [wanted.email]),
  ])
  const [byText, byId, phones, emails] = asked
  const found = new Map([...byText, ...byId].map((stored) => [Number(valueOf(open.entity, stored, 'id')), stored]))
  const more = [...new Set([...phones, ...emails])].filter((id) => !found.has(id))
  if (more.length > 0)
    for (const stored of await read(call, open, byIds(open, more)))
      found.set(Number(valueOf(open.entity, stored, 'id')), stored)
  return [...found.values()]
    .map((stored) => hitOf(open.entity, stored, wanted))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(scalarOf(b.stored, b.entity.field('id'))) - Number(scalarOf(a.stored, a.entity.field('id'))),
    )
}

/** The best of all types first; of those that answer alike, each type has its turn, so that none hides the others. */
function best(hits: readonly (readonly Hit[])[], limit: number): Hit[] {
  const places = hits.flatMap((ofType, type) => {
    const seen = new Map<number, number>()
    return ofType.map((hit) => {
      const turn = seen.get(hit.rank) ?? 0
      seen.set(hit.rank, turn + 1)
      return { hit, type, turn }
    })
  })
  return places
    .sort((a, b) => a.hit.rank - b.hit.rank || a.turn - b.turn || a.type - b.type)
    .slice(0, limit)
    .map(({ hit }) => hit)
}

/** Names of the companies and people that hits belong to, of those that the caller may read. */
async function ownersOf(call: Call, hits: readonly Hit[], entityTypeId: 3 | 4): Promise<ReadonlyMap<number, string>> {
  const name = entityTypeId === 4 ? 'companyId' : 'contactId'
  const ids = [...new Set(hits.map(({ entity, stored }) => Number(valueOf(entity, stored, name))))].filter(
    (id) => id > 0,
  )
  if (ids.length === 0) return new Map()
  const entity = await call.portal.entities.get(call.session, entityTypeId)
  const reach = await call.portal.access.reach(call, entity, 'read')
  if (reach.none) return new Map()
  const open: Open = { entity, reach }
  const rows = await select(call.session, {
    entity,
    fields: fieldsOf(entity),
    test: within(open, byIds(open, ids)),
  })
  return new Map(rows.map((stored) => [Number(valueOf(entity, stored, 'id')), titleOf(entity, stored)]))
}

async function shown(call: Call, hits: readonly Hit[]): Promise<object[]> {
  const companies = await ownersOf(call, hits, 4)
  const contacts = await ownersOf(call, hits, 3)
  return hits.map((hit) => {
    const { entity, stored, match, point } = hit
    const title = titleOf(entity, stored)
    const beside = [
      point ?? '',
      personOf(entity, stored),
      valueOf(entity, stored, 'companyTitle'),
      contacts.get(Number(valueOf(entity, stored, 'contactId'))) ?? '',
      companies.get(Number(valueOf(entity, stored, 'companyId'))) ?? '',
    ].filter((text) => text !== '' && text !== title)
    return {
      entityTypeId: entity.entityTypeId,
      id: Number(valueOf(entity, stored, 'id')),
      title,
      subtitle: [
        ...new Set(beside.length > 0 ? beside : [...pointsOf(hit, 'PHONE'), ...pointsOf(hit, 'EMAIL')].slice(0, 1)),
      ].join(' · '),
      match,
    }
  })
}

/** Finds records by name, phone, e-mail or id, in everything that the caller may read. */
export const search = method({
  name: 'portico.search',
  scope: 'crm',
  params: { query: need.text, limit: take.integer(PRESET), entityTypeId: take.integer() },
  async run({ query, limit = PRESET, entityTypeId }, call) {
    const wanted = wantedOf(query)
    const all = await call.portal.entities.all(call.session)
    const open: Open[] = []
    for (const entity of all) {
      if (entityTypeId !== undefined && entity.entityTypeId !== entityTypeId) continue
      const reach = await call.portal.access.reach(call, entity, 'read')
      if (!reach.none) open.push({ entity, reach })
    }
    const hits = await Promise.all(open.map((each) => hitsIn(call, each, wanted)))
    return { items: await shown(call, best(hits, Math.min(Math.max(limit, 1), MOST))) }
  },
})
