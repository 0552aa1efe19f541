import type { Moment } from '../test-sources.ts'
import type { OwnError } from './system-errors.ts'

export type { OwnError } from './system-errors.ts'

/** How often, and how long. */
interface Occasions {
  /** The first so many are let through. */
  readonly skip?: number
  /** So many are struck, and no more. */
  readonly times?: number
  /** 0 to 1; drawn from the portal's seeded chance, in a stream of the rule's own. */
  readonly probability?: number
  /** By the portal's clock. */
  readonly until?: Moment
}

/** What goes wrong with calls. Of `error` … `tokens` there is one at most; `delay` stands alone or beside it. */
export interface CallFault extends Occasions {
  /** Names, globs such as `crm.lead.*`, or `*`; all where nothing is said. `oauth.token` is the token endpoint. */
  readonly methods?: string | readonly string[]
  /**
   * Whose calls: a webhook as `1/code` or by its address, a user by id, an application by its client id, `session` for
   * the pages of the portal itself, which nothing else strikes.
   */
  readonly credentials?: string | number | readonly (string | number)[]
  /** Whether the method has run, and its writes are durable. `before` where nothing is said. */
  readonly when?: 'before' | 'after'
  /** Code of a documented error, or one of your own. */
  readonly error?: string | OwnError
  /** Real seconds, whatever clock the portal has. */
  readonly delay?: number
  /** It is never answered: the connection stays open until the client leaves. */
  readonly timeout?: boolean
  /** The connection is reset. */
  readonly reset?: boolean
  /** Half of the answer, and the connection ends. */
  readonly cut?: boolean
  /** A page of the gateway before the portal in place of the answer. */
  readonly garbage?: 502 | 503 | 504
  /** The portal has another address: 302 to the same path there. */
  readonly redirect?: string
  /** The very token that calls has ended, or is taken back with all that came of its authorisation, before it is looked at. */
  readonly tokens?: 'expire' | 'revoke'
}

/** What goes wrong with events on their way to handlers: one of `duplicate` … `drop`. */
export interface EventFault extends Occasions {
  /** Names or globs: `ONCRMLEADADD`, `ONCRM*`. */
  readonly events: string | readonly string[]
  /** The handler's address, or a glob. */
  readonly handler?: string
  /** It arrives so many times more. */
  readonly duplicate?: number
  /** It arrives so many seconds later, by the portal's clock; what follows for the same object waits with it. */
  readonly delay?: number
  /** It arrives after the next one of that handler, or after a minute of the portal's clock. */
  readonly reorder?: boolean
  /** It never arrives. */
  readonly drop?: boolean
}

export type FaultRule = CallFault | EventFault

/** A rule, and what has come of it. */
export interface FaultReport {
  readonly id: number
  readonly rule: FaultRule
  /** How many it was about, those that it let through among them. */
  readonly matched: number
  readonly struck: number
}

export const isEventFault = (rule: FaultRule): rule is EventFault => 'events' in rule

/** What becomes of the connection instead of an answer. */
export const CONNECTION_KINDS = ['timeout', 'reset', 'cut', 'garbage', 'redirect'] as const
