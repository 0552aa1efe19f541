import type { Portal } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { OutgoingError } from '../records/outgoing.ts'
import { GoneError, SenderBlocks } from './credentials.ts'
import { bodyOf } from '../records/event-payload.ts'
import type { Attempt, Claimed } from './queue.ts'

/** Seconds for an answer. */
const PATIENCE = 8
/** Seconds until a delivery is tried again, by how often it has failed; after the last it is kept as failed. */
const RETRY_AFTER = [5, 30, 120, 600, 3_600, 21_600]
/** Seconds after which what fails isn't tried again: what has waited behind it may be that old. */
const TOO_OLD = 86_400
/** Characters of an answer that the ledger keeps. */
const KEPT = 500

/** Sends deliveries, one attempt at a time. */
export class Sender {
  readonly #portal: Portal
  readonly #log: Logger
  readonly #blocks: SenderBlocks

  constructor(portal: Portal, log: Logger) {
    this.#portal = portal
    this.#log = log
    this.#blocks = new SenderBlocks(portal)
  }

  /** One attempt; undefined if there is too little time left to be the only one who makes it. */
  async send(delivery: Claimed): Promise<Attempt | undefined> {
    const portal = this.#portal
    const time = Math.floor(portal.sources.now())
    if (time + PATIENCE >= delivery.until) return undefined
    const begun = performance.now()
    const told = (more: Pick<Attempt, 'status' | 'answer' | 'error' | 'outcome'>): Attempt => ({
      delivery,
      time,
      duration: Math.round(performance.now() - begun),
      ...more,
    })
    try {
      const auth = await this.#blocks.of(portal.store.session(), delivery)
      const body = bodyOf({
        event: delivery.event,
        event_handler_id: String(delivery.handlerId),
        data: JSON.parse(delivery.data) as unknown,
        ts: String(delivery.ts),
        auth,
      })
      const { status, body: answer } = await portal.outgoing.post(delivery.url, body, {
        patience: PATIENCE,
        whole: true,
      })
      const delivered = status >= 200 && status < 300
      return told({
        status,
        answer: withoutSecrets(answer, auth).slice(0, KEPT),
        error: delivered ? '' : `the handler answered ${status}`,
        outcome: delivered ? 'delivered' : later(delivery, time),
      })
    } catch (cause) {
      const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, KEPT)
      const gone = cause instanceof GoneError
      if (!gone && !(cause instanceof OutgoingError))
        this.#log.warn({ err: cause, delivery: delivery.id }, 'a delivery could not be made')
      const permanent = cause instanceof OutgoingError && cause.permanent
      const outcome = gone ? 'dropped' : permanent ? 'failed' : later(delivery, time)
      return told({ status: 0, answer: '', error, outcome })
    }
  }
}

/** When it is tried again, if it is. */
function later({ attempts, seq }: Claimed, now: number): Attempt['outcome'] {
  const wait = RETRY_AFTER[attempts]
  return wait === undefined || now - seq / 1_000_000 > TOO_OLD ? 'failed' : { retry: now + wait }
}

/** What handlers send back may hold what they were sent. */
function withoutSecrets(answer: string, auth: object): string {
  let text = answer.replaceAll('\u0000', '')
  for (const [name, value] of Object.entries(auth))
    if (name.endsWith('_token') && typeof value === 'string') text = text.replaceAll(value, '***')
  return text
}
