import type { Reader } from '../../store/store.ts'
import { sql } from '../../store/sql.ts'
import { maskText, masked } from '../../records/masked.ts'
import { pattern } from './call-filter.ts'

/** What a handler was sent, or is to be sent: one event for one address. */
export interface SeenDelivery {
  readonly id: number
  readonly event: string
  readonly url: string
  readonly state: 'waiting' | 'delivered' | 'failed' | 'dropped'
  /** What happened: the `data` of the event, without `auth`. */
  readonly data: unknown
  /** Epoch seconds of what happened; of the next attempt and of the end, null where there is none. */
  readonly ts: number
  readonly due: number | null
  readonly finished: number | null
  readonly attempts: readonly DeliveryAttempt[]
}

export interface DeliveryAttempt {
  /** Epoch seconds. */
  readonly time: number
  /** Milliseconds. */
  readonly duration: number
  /** Of HTTP; 0: there was no answer. */
  readonly status: number
  /** How the answer begins. */
  readonly answer: string
  readonly error: string
}

export interface DeliveryFilter {
  /** A name, or a pattern: `OnCrmLead*`. Case does not count. */
  readonly event?: string | undefined
  /** An address, or a pattern. */
  readonly url?: string | undefined
  readonly state?: string | undefined
}

const MOST = 10_000
const MOST_DATA = 64_000

/** In the order in which it happened. */
export async function deliveriesIn(reader: Reader, filter: DeliveryFilter): Promise<SeenDelivery[]> {
  const { event, url, state } = filter
  const rows = await reader.find<Row>(
    sql`select id, event, url, state, data, ts, due, finished from event_delivery where ${state === undefined ? sql`1 = 1` : sql`state = ${state}`} order by seq, id limit ${MOST}`,
  )
  const named = event === undefined ? undefined : pattern(event)
  const addressed = url === undefined ? undefined : pattern(url)
  const found = rows.filter((row) => named?.test(row.event) !== false && addressed?.test(row.url) !== false)
  const attempts = new Map<number, DeliveryAttempt[]>()
  if (found.length > 0)
    for (const { delivery_id: id, ...attempt } of await reader.find<DeliveryAttempt & { delivery_id: number }>(
      sql`select delivery_id, time, duration, status, answer, error from event_attempt order by time, id limit ${MOST * 10}`,
    ))
      attempts.set(Number(id), [...(attempts.get(Number(id)) ?? []), numbersIn(attempt)])
  return found.map((row) => ({
    id: Number(row.id),
    event: row.event,
    url: maskText(row.url),
    state: row.state,
    data: JSON.parse(masked(JSON.parse(row.data), MOST_DATA).text) as unknown,
    ts: Number(row.ts),
    due: row.due === null ? null : Number(row.due),
    finished: row.finished === null ? null : Number(row.finished),
    attempts: attempts.get(Number(row.id)) ?? [],
  }))
}

interface Row {
  readonly id: number
  readonly event: string
  readonly url: string
  readonly state: SeenDelivery['state']
  readonly data: string
  readonly ts: number
  readonly due: number | null
  readonly finished: number | null
}

const numbersIn = ({ time, duration, status, ...rest }: DeliveryAttempt): DeliveryAttempt => ({
  time: Number(time),
  duration: Number(duration),
  status: Number(status),
  ...rest,
})
