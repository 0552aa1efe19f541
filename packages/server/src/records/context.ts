import type { Zone } from '../schema/time.ts'
import type { Session, Store } from '../store/store.ts'
import type { Access } from './access.ts'
import type { Applications } from './applications.ts'
import type { Asked, Visitor } from './audit.ts'
import type { Bell } from './bell.ts'
import type { Caches } from './cache.ts'
import type { Deliveries } from './deliveries.ts'
import type { Directories } from './directories.ts'
import type { Entities } from './entities.ts'
import type { Files } from './files.ts'
import type { HookTable } from './hooks.ts'
import type { Jobs } from './jobs.ts'
import type { Logger } from './logger.ts'
import type { Outgoing } from './outgoing.ts'
import type { People, Person } from './people.ts'
import type { RequestLog } from './request-log.ts'
import type { Settings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Where time and chance come from; tests and the emulator set them. */
export interface Sources {
  /** Epoch seconds, with a fraction. */
  now(): number
  /** Milliseconds since any moment, of a clock that only goes forward: for durations that are answered. */
  elapsed(): number
  /**
   * Lower-case letters and digits, unguessable.
   * @param purpose what is drawn so often that it must not change what else is drawn, where chance can be repeated
   */
  token(length: number, purpose?: 'request'): string
}

/** The world outside of the portal, as the operator has set it. */
export interface Outside {
  /** LibreOffice's program, for PDF. */
  readonly office: string
  /** `smtp://user:password@host:587`; null: no mail leaves. */
  readonly smtpUrl: string | null
  /** The sender of what the portal itself writes. */
  readonly mailFrom: string
}

/** The services of one running portal, composed once in `main.ts`. */
export interface Portal {
  readonly store: Store
  readonly caches: Caches
  readonly entities: Entities
  readonly directories: Directories
  readonly people: People
  readonly files: Files
  readonly access: Access
  readonly applications: Applications
  readonly settings: Settings
  readonly hooks: HookTable
  readonly jobs: Jobs
  readonly subscriptions: Subscriptions
  readonly deliveries: Deliveries
  readonly sources: Sources
  /** What the operator reads. */
  readonly log: Logger
  readonly outside: Outside
  readonly zone: Zone
  readonly language: string
  /** Requests to the outside. */
  readonly outgoing: Outgoing
  /** The origin under which others reach the portal, if it was told. */
  readonly publicUrl: string | null
  /** Where the server listens, once it does: what stands in for the address that it was not told. */
  readonly listening: { origin: string }
  /** What this server was asked last. */
  readonly requests: RequestLog
  /** Rings when something has been put aside for those who listen (modules/operator/listen.ts). */
  readonly heard: Bell
  /** Rings when something has happened that open pages show (records/live.ts). */
  readonly live: Bell
}

/** One caller's view of the portal during one request. */
export interface Context {
  readonly portal: Portal
  readonly session: Session
  readonly person: Person
  /** Epoch seconds of this operation. */
  readonly now: number
  /** The method that runs, and with what. */
  readonly asked?: Asked | undefined
  /** Where the call came from; calls from inside the program come from nowhere. */
  readonly visitor?: Visitor | undefined
}
