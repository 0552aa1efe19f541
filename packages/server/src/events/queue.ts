import { takeTurn } from '../modules/event/turn.ts'
import type { Application } from '../records/applications.ts'
import { eventAttempt } from '../records/deliveries.ts'
import { type Fragment, sql } from '../store/sql.ts'
import type { Reader, Session } from '../store/store.ts'

/** Seconds for which a server has what it has taken; if it dies, another takes it then. */
export const LEASE = 30

/** A delivery that this server has taken. */
export interface Claimed {
  readonly id: number
  readonly source: string
  readonly handlerId: number
  readonly applicationId: number
  readonly sender: Application | undefined
  readonly event: string
  readonly data: string
  readonly userId: number
  readonly withRefreshToken: boolean
  readonly ts: number
  readonly url: string
  readonly seq: number
  readonly attempts: number
  readonly host: string
  readonly lane: string
  /** Epoch seconds until when it is this server's. */
  readonly until: number
}

/** How an attempt went. */
export interface Attempt {
  readonly delivery: Claimed
  /** Epoch seconds. */
  readonly time: number
  /** Milliseconds. */
  readonly duration: number
  readonly status: number
  readonly answer: string
  readonly error: string
  /** A repeated one is told in the ledger, and changes nothing. */
  readonly outcome: 'delivered' | 'failed' | 'dropped' | 'repeated' | { readonly retry: number }
}

/** What is put off without having been tried, until then in epoch seconds. */
export interface PutOff {
  readonly delivery: Claimed
  readonly until: number
  /** What follows in its lane need not wait for it. */
  readonly overtaken: boolean
}

interface Row {
  readonly id: number
  readonly source: string
  readonly handler_id: number
  readonly application_id: number
  readonly sender: string | null
  readonly event: string
  readonly data: string
  readonly user_id: number
  readonly refresh: string
  readonly ts: number
  readonly url: string
  readonly seq: number
  readonly attempts: number
  readonly host: string
  readonly lane: string
}

/** The hosts for which something waits: one step in the index for each, however much it is. */
export async function waitingHosts(session: Session): Promise<string[]> {
  const hosts: string[] = []
  for (let last = ''; ;) {
    const [row] = await session.find<{ host: string | null }>(
      sql`select min(host) as host from event_delivery where host > ${last}`,
    )
    if (row === undefined || row.host === null) return hosts
    hosts.push((last = row.host))
  }
}

/**
 * Takes what may be sent now: of each lane the first that waits, and what follows it as far as that may be sent too, so
 * that no other server can send a later one first.
 * @param wanted how many for which host
 * @param claim the name of this server
 */
export async function claim(
  session: Session,
  { wanted, claim: mine, now }: { wanted: ReadonlyMap<string, number>; claim: string; now: number },
): Promise<Claimed[]> {
  const until = now + LEASE
  const rows = await session.transaction(async (tx) => {
    await takeTurn(tx)
    const ids: number[] = []
    for (const [host, most] of wanted) ids.push(...(await idsOf(tx, host, most, now)))
    if (ids.length === 0) return []
    const chosen = sql`id in (${sql.join(ids)})`
    await tx.change(sql`update event_delivery set claim = ${mine}, claimed = ${until} where ${chosen}`)
    return tx.find<Row>(
      sql`select id, source, handler_id, application_id, sender, event, data, user_id, refresh, ts, url, seq, attempts, host, lane from event_delivery where ${chosen} order by seq, id`,
    )
  })
  await session.settled()
  return rows.map((row) => read(row, until))
}

async function idsOf(tx: Reader, host: string, most: number, now: number): Promise<number[]> {
  const free = (of: Fragment): Fragment => sql`(${of}.claimed is null or ${of}.claimed < ${now})`
  const heads = await tx.find<{ id: number; lane: string }>(
    sql`select d.id, d.lane from event_delivery d where d.host = ${host} and d.due <= ${now} and ${free(sql`d`)} and not exists (select 1 from event_delivery p where p.lane = d.lane and p.seq < d.seq) order by d.due, d.seq limit ${most}`,
  )
  const ids = heads.map(({ id }) => Number(id))
  if (ids.length === 0 || ids.length >= most) return ids
  const following = await tx.find<{ id: number; lane: string; due: number; claimed: number | null }>(
    sql`select id, lane, due, claimed from event_delivery where lane in (${sql.join(heads.map(({ lane }) => lane))}) order by lane, seq limit ${most * 2}`,
  )
  const taken = new Set(ids)
  const blocked = new Set<string>()
  for (const { id, lane, due, claimed } of following) {
    if (taken.has(Number(id)) || blocked.has(lane)) continue
    if (Number(due) > now || (claimed !== null && Number(claimed) >= now)) blocked.add(lane)
    else if (taken.size < most) taken.add(Number(id))
    else break
  }
  return [...taken]
}

const read = (row: Row, until: number): Claimed => ({
  id: Number(row.id),
  source: row.source,
  handlerId: Number(row.handler_id),
  applicationId: Number(row.application_id),
  sender: row.sender === null ? undefined : (JSON.parse(row.sender) as Application),
  event: row.event,
  data: row.data,
  userId: Number(row.user_id),
  withRefreshToken: row.refresh === 'Y',
  ts: Number(row.ts),
  url: row.url,
  seq: Number(row.seq),
  attempts: Number(row.attempts),
  host: row.host,
  lane: row.lane,
  until,
})

/** Writes what came of the attempts, in one transaction, with a line in the ledger for each. */
export async function record(
  session: Session,
  { attempts, claim: mine, now }: { attempts: readonly Attempt[]; claim: string; now: number },
): Promise<void> {
  if (attempts.length === 0) return
  const ended = (state: 'delivered' | 'failed' | 'dropped'): number[] =>
    attempts.filter(({ outcome }) => outcome === state).map(({ delivery }) => delivery.id)
  await session.transaction(async (tx) => {
    for (const state of ['delivered', 'failed', 'dropped'] as const) {
      const ids = ended(state)
      if (ids.length > 0)
        await tx.change(
          sql`update event_delivery set state = ${state}, attempts = attempts + 1, host = null, lane = null, due = null, claim = null, claimed = null, finished = ${now} where id in (${sql.join(ids)}) and claim = ${mine}`,
        )
    }
    for (const { delivery, outcome } of attempts) {
      if (typeof outcome === 'string') continue
      const { id, lane } = delivery
      const due = outcome.retry
      await tx.change(sql`update event_delivery set attempts = attempts + 1 where id = ${id} and claim = ${mine}`)
      // What follows waits with it.
      await tx.change(
        sql`update event_delivery set claim = null, claimed = null, due = case when due < ${due} then ${due} else due end where lane = ${lane} and (claim is null or claim = ${mine})`,
      )
    }
    for (const { delivery, time, duration, status, answer, error } of attempts)
      tx.insert(eventAttempt, {
        id: await tx.nextId(eventAttempt),
        delivery_id: delivery.id,
        time,
        duration,
        status,
        answer,
        error,
      })
  })
  await session.settled()
}

/** Puts deliveries off, and lets those go on that were put off until now. */
export async function rearrange(
  session: Session,
  given: { putOff: readonly PutOff[]; recalled: readonly Pick<Claimed, 'id' | 'seq'>[]; claim: string; now: number },
): Promise<void> {
  const { putOff, recalled, claim: mine, now } = given
  if (putOff.length === 0 && recalled.length === 0) return
  await session.transaction(async (tx) => {
    for (const { delivery, until, overtaken } of putOff) {
      const due = Math.ceil(until)
      const free = sql`claim = null, claimed = null`
      const held = sql`claim is null or claim = ${mine}`
      if (overtaken) {
        // At the end of its lane, whatever comes until then.
        const seq = Number.MAX_SAFE_INTEGER
        await tx.change(
          sql`update event_delivery set ${free}, due = ${due}, seq = ${seq} where id = ${delivery.id} and claim = ${mine}`,
        )
        await tx.change(sql`update event_delivery set ${free} where lane = ${delivery.lane} and claim = ${mine}`)
      } else
        await tx.change(
          sql`update event_delivery set ${free}, due = case when due < ${due} then ${due} else due end where lane = ${delivery.lane} and (${held})`,
        )
    }
    for (const { id, seq } of recalled)
      await tx.change(
        sql`update event_delivery set due = ${now}, seq = ${seq} where id = ${id} and state = 'waiting' and claim is null`,
      )
  })
  await session.settled()
}

/** Gives back what was taken and not sent. */
export async function release(session: Session, ids: readonly number[], mine: string): Promise<void> {
  if (ids.length === 0) return
  await session.transaction((tx) =>
    tx.change(
      sql`update event_delivery set claim = null, claimed = null where id in (${sql.join([...ids])}) and claim = ${mine}`,
    ),
  )
  await session.settled()
}
