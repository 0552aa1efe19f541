import { inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, Listing, method, need, take } from '../../methods/method.ts'
import { Failure } from '../../records/failure.ts'
import { PAGE, requireRecord } from '../../records/records.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import type { Scalar } from '../../schema/kind.ts'
import { formatDateTime } from '../../schema/time.ts'
import { itemWire } from '../../schema/wire.ts'
import type { MultifieldChange } from '../../schema/multifield.ts'
import { sql } from '../../store/sql.ts'
import { load, Shown } from '../crm/shown.ts'
import { stageNamed } from '../crm/timeline/history-source.ts'
import { mayDo } from '../crm/timeline/owners.ts'

interface Row {
  readonly id: number
  readonly action: string
  readonly user_id: number
  readonly time: number
  readonly changes: string | null
}

/** Well below what anybody reads: a list of product rows has no end. */
const MAX_WORDS = 2_000

/** A value before and after, as stored. */
type Pair = readonly [from: unknown, to: unknown]

async function words(call: Call, shown: Shown, entity: Entity, field: Field, value: unknown): Promise<string> {
  const texts: string[] = []
  for (const each of Array.isArray(value) ? value : [value]) {
    const one = (each ?? null) as Scalar
    const stage = field.name === entity.stageField ? await stageNamed(call, entity, one) : undefined
    texts.push(stage?.name ?? (await shown.words(field, one)))
  }
  return texts.filter(Boolean).join(', ').slice(0, MAX_WORDS)
}

/** Phones, e-mails and their like: what came, what it was changed into, and how many went. */
function contactPoints(changes: readonly MultifieldChange[]): object {
  const written = (what: MultifieldChange['do']): string[] =>
    changes.flatMap((change) => (change.do === what && 'value' in change ? [change.value] : []))
  return {
    added: written('add'),
    changed: written('change'),
    removed: changes.filter((each) => each.do === 'remove').length,
  }
}

async function change(
  call: Call,
  shown: Shown | undefined,
  entity: Entity,
  name: string,
  [from, to]: Pair,
): Promise<object | undefined> {
  if (name === 'productRows') return { field: name, title: 'Products', from, to }
  const field = entity.byName.get(name)
  // A field of the portal's own that is gone since.
  if (field === undefined || shown === undefined) return undefined
  const base = { field: name, title: field.title }
  if (field.place.in === 'multifield')
    return { ...base, points: contactPoints((to ?? []) as readonly MultifieldChange[]) }
  // What a file was is gone with it.
  if (field.kind.holdsFile === true) return base
  const raw = (value: unknown): unknown => {
    const one = (each: unknown): unknown => itemWire.value((each ?? null) as Scalar, field, call.encode)
    return Array.isArray(value) ? value.map(one) : one(value)
  }
  return {
    ...base,
    from: raw(from),
    to: raw(to),
    fromText: await words(call, shown, entity, field, from),
    toText: await words(call, shown, entity, field, to),
  }
}

/** Who has changed a record, when, and each field from which value to which, in raw values and in words. */
export const historyList = method({
  name: 'portico.history.list',
  scope: 'crm',
  params: { entityTypeId: need.integer, id: need.id, userId: take.integer(), start: take.start },
  run: ({ entityTypeId, id, userId, start }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const entity = await call.portal.entities.find(call.session, entityTypeId)
      if (entity === undefined) throw new Failure({ why: 'not-found' })
      await requireRecord(call, call.session, entity, id, 'read')
      const person = userId === undefined ? sql`` : sql` and user_id = ${userId}`
      const here = sql`history where entity_type_id = ${entityTypeId} and record_id = ${id} and action in ('add', 'update')${person}`
      const offset = Math.max(start, 0)
      const rows = await call.session.find<Row>(
        sql`select id, action, user_id, time, changes from ${here} order by time desc, id desc limit ${PAGE} offset ${offset}`,
      )
      const [counted] = await call.session.find<{ n: number }>(sql`select count(*) as n from ${here}`)
      const total = Number(counted?.n ?? 0)
      const stored = await load(call.session, entity, id)
      const readable = (other: Entity, record: number): Promise<boolean> =>
        mayDo(call, other.entityTypeId, record, 'read')
      const shown =
        stored === undefined ? undefined : await Shown.of(call.portal, call.session, entity, stored, readable)
      const entries: object[] = []
      for (const row of rows) {
        const changes = Object.entries(JSON.parse(row.changes ?? '{}') as Record<string, Pair>)
        const told: object[] = []
        for (const [name, pair] of changes) {
          const one = await change(call, shown, entity, name, pair)
          if (one !== undefined) told.push(one)
        }
        entries.push({
          id: row.id,
          action: row.action,
          userId: row.user_id,
          time: formatDateTime(row.time, call.portal.zone),
          changes: told,
        })
      }
      const next = offset + PAGE < total ? offset + PAGE : undefined
      return new Listing({ entries }, total, next)
    }),
})
