import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Visitor } from '../records/audit.ts'
import type { Cached, Caches } from '../records/cache.ts'
import type { Sources } from '../records/context.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Session, Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import { digest } from './secrets.ts'

/** Letters and digits of a session's token: 258 bits. */
export const SESSION_TOKEN_LENGTH = 50
/** Seconds without a request after which a session has ended: a holiday of two weeks asks for the password again. */
const IDLE = 14 * 86_400
/** Seconds after which a session has ended in any case. */
export const ABSOLUTE = 60 * 86_400
/** How often a session's last use is written down, in seconds. */
const TOUCH_EVERY = 300
const MAX_KNOWN = 10_000

/** People who are signed in. Only the hash of what their browsers hold is stored. */
export const personSession: Table = {
  name: 'person_session',
  columns: {
    id: 'integer',
    token_hash: 'text',
    user_id: 'integer',
    created: 'integer',
    used: 'integer',
    address: 'text',
    user_agent: 'text',
  },
  indexes: [{ columns: ['token_hash'], unique: true }, { columns: ['user_id'] }, { columns: ['used'] }],
}

export interface PersonSession {
  readonly id: number
  readonly userId: number
  /** Epoch seconds of the sign-in. */
  readonly created: number
  /** Epoch seconds of the last use, up to five minutes ago. */
  readonly used: number
  readonly address: string
  readonly userAgent: string
}

interface SessionRow {
  readonly id: number
  readonly user_id: number
  readonly created: number
  readonly used: number
  readonly address: string
  readonly user_agent: string
}

const read = (row: SessionRow): PersonSession => ({
  id: row.id,
  userId: row.user_id,
  created: row.created,
  used: row.used,
  address: row.address,
  userAgent: row.user_agent,
})

/**
 * What a page must send along with a session's cookie, so that no foreign page can use it: derived from the session's
 * own token, which only the browser holds, so that nothing more is stored.
 */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url')

/** Whether a page has sent what belongs to the session. */
export function isCsrfOf(token: string, sent: unknown): boolean {
  if (typeof sent !== 'string') return false
  const [given, expected] = [Buffer.from(sent), Buffer.from(csrfOf(token))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** What a process keeps in memory of sessions: by their hashes, only those that it has met. */
const CACHE = 'sessions'

/** Makes every process forget what it knows of sessions: for whoever deletes some, in that transaction. */
export async function sessionsEnded(caches: Caches, tx: Transaction): Promise<void> {
  await caches.touch(tx, CACHE)
  tx.afterCommit(() => caches.drop(CACHE))
}

/** The sessions of people who have signed in, in the database: every process knows them, and knows of their end. */
export class Sessions {
  readonly #caches: Caches
  readonly #sources: Sources
  readonly #known: Cached<Map<string, PersonSession>>

  constructor(caches: Caches, sources: Sources) {
    this.#caches = caches
    this.#sources = sources
    this.#known = caches.define(CACHE, () => Promise.resolve(new Map<string, PersonSession>()))
  }

  /** The living session of a token; undefined if there is none. Whether the person is still active is asked elsewhere. */
  async find(reader: Session, token: string): Promise<PersonSession | undefined> {
    if (!isToken(token)) return undefined
    const hash = digest(token)
    const now = Math.floor(this.#sources.now())
    const known = await this.#known.get(reader)
    let found = known.get(hash)
    // What is over by what this process remembers may have been used through another one.
    if (found === undefined || !isAlive(found, now)) {
      const [row] = await reader.find<SessionRow>(
        sql`select id, user_id, created, used, address, user_agent from person_session where token_hash = ${hash}`,
      )
      found = row === undefined ? undefined : read(row)
      if (found === undefined || !isAlive(found, now)) return undefined
      if (known.size >= MAX_KNOWN) known.clear()
      // If a session has ended meanwhile, this map is nobody's any more.
      known.set(hash, found)
    }
    if (now - found.used >= TOUCH_EVERY) {
      if (await this.#touch(reader, found, now)) known.set(hash, { ...found, used: now })
      else known.delete(hash)
    }
    return found
  }

  /** Begins a session in the transaction of a sign-in; answers the token, which is never seen again. */
  async start(tx: Transaction, { userId, visitor }: { userId: number; visitor: Visitor | undefined }): Promise<string> {
    const token = this.#sources.token(SESSION_TOKEN_LENGTH)
    const now = Math.floor(this.#sources.now())
    tx.insert(personSession, {
      id: await tx.nextId(personSession),
      token_hash: digest(token),
      user_id: userId,
      created: now,
      used: now,
      address: visitor?.address ?? '',
      user_agent: (visitor?.userAgent ?? '').slice(0, 500),
    })
    return token
  }

  /** Ends the session of a token; false if there is none. */
  async end(tx: Transaction, token: string): Promise<boolean> {
    if (!isToken(token)) return false
    const hash = digest(token)
    await sessionsEnded(this.#caches, tx)
    return (await tx.change(sql`delete from person_session where token_hash = ${hash}`)) > 0
  }

  /** Ends the sessions of a person, all but one if that is given by its id; answers how many. */
  async endAll(tx: Transaction, userId: number, except = 0): Promise<number> {
    await sessionsEnded(this.#caches, tx)
    return tx.change(sql`delete from person_session where user_id = ${userId} and id <> ${except}`)
  }

  /** The living sessions of a person, the last used first. */
  async list(reader: Reader, userId: number): Promise<PersonSession[]> {
    const now = Math.floor(this.#sources.now())
    const rows = await reader.find<SessionRow>(
      sql`select id, user_id, created, used, address, user_agent from person_session where user_id = ${userId} order by used desc, id desc`,
    )
    return rows.map(read).filter((each) => isAlive(each, now))
  }

  /** One writer of many that use the same session at once is enough: whether it was this one. */
  async #touch(session: Session, { id, userId, used }: PersonSession, now: number): Promise<boolean> {
    return session.transaction(async (tx) => {
      const mine = await tx.change(sql`update person_session set used = ${now} where id = ${id} and used = ${used}`)
      if (mine > 0) await tx.change(sql`update portal_user set last_activity = ${now} where id = ${userId}`)
      return mine > 0
    })
  }
}

const isToken = (token: string): boolean => token.length === SESSION_TOKEN_LENGTH && /^[a-z0-9]+$/.test(token)

const isAlive = ({ used, created }: PersonSession, now: number): boolean =>
  used + IDLE > now && created + ABSOLUTE > now

/** Forgets the sessions that have ended by themselves. */
export async function pruneSessions(session: Session, now: number): Promise<void> {
  const over = sql`used <= ${Math.floor(now) - IDLE} or created <= ${Math.floor(now) - ABSOLUTE}`
  const [any] = await session.find<{ id: number }>(sql`select id from person_session where ${over} limit 1`)
  if (any !== undefined) await session.transaction((tx) => tx.change(sql`delete from person_session where ${over}`))
}
