import { sql } from '../store/sql.ts'
import type { Session, Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import type { Portal } from './context.ts'
import { digest } from './digest.ts'

/** Tokens with which methods are called: of applications, or made on the command line for none. Hashes only. */
export const accessToken: Table = {
  name: 'access_token',
  columns: {
    id: 'integer',
    token_hash: 'text',
    user_id: 'integer',
    scope: 'text',
    application_id: 'integer',
    /** The authorisation that it came of; with it, it is revoked. */
    family: 'integer',
    created: 'integer',
    expires: 'integer',
    /** Y: its person has been dismissed since, and taking them back doesn't bring it back. */
    ended: 'text',
  },
  indexes: [
    { columns: ['token_hash'], unique: true },
    { columns: ['expires'] },
    { columns: ['application_id'] },
    { columns: ['family'] },
  ],
}

/** Tokens with which applications get new ones (settings/oauth/auto-renewal.md). Hashes only. */
export const refreshToken: Table = {
  name: 'refresh_token',
  columns: {
    id: 'integer',
    token_hash: 'text',
    application_id: 'integer',
    user_id: 'integer',
    family: 'integer',
    created: 'integer',
    expires: 'integer',
    /** When it was first exchanged; null: not yet. */
    used: 'integer',
  },
  indexes: [
    { columns: ['token_hash'], unique: true },
    { columns: ['expires'] },
    { columns: ['used'] },
    { columns: ['application_id'] },
    { columns: ['family'] },
  ],
}

/** Seconds that an access token is good for. */
export const ACCESS_LIFETIME = 3600
/** Seconds that a refresh token is good for: 180 days. */
export const REFRESH_LIFETIME = 180 * 86_400
/** Seconds in which a refresh token may be used again. */
const GRACE = 90
/** Seconds for which a used refresh token is known, so that its copies are noticed. */
const REMEMBERED = 30 * 86_400
/** Characters of a token, lower-case letters and digits. */
const LENGTH = 70
/** Seconds for which an expired access token is known, so that who sends it hears that it has expired. */
const KNOWN = 86_400

type Maker = Pick<Portal, 'sources'>

export interface Grant {
  readonly applicationId: number
  readonly scopes: readonly string[]
  readonly userId: number
}

export interface AccessTokens {
  readonly accessToken: string
  /** Epoch seconds. */
  readonly expires: number
  /** Seconds. */
  readonly expiresIn: number
}

export interface Tokens extends AccessTokens {
  readonly refreshToken: string
}

/** An access token alone, for who may not renew it: handlers of events. */
export async function issueAccess(
  { sources }: Maker,
  tx: Transaction,
  { applicationId, scopes, userId }: Grant,
  family?: number,
): Promise<AccessTokens> {
  const now = Math.floor(sources.now())
  const token = sources.token(LENGTH)
  const id = await tx.nextId(accessToken)
  const expires = now + ACCESS_LIFETIME
  tx.insert(accessToken, {
    id,
    token_hash: digest(token),
    user_id: userId,
    scope: scopes.join(','),
    application_id: applicationId,
    family: family ?? null,
    created: now,
    expires,
    ended: null,
  })
  return { accessToken: token, expires, expiresIn: ACCESS_LIFETIME }
}

/** An access token and the refresh token for the next; without a family, a new authorisation begins. */
export async function issueBoth(portal: Maker, tx: Transaction, grant: Grant, family?: number): Promise<Tokens> {
  const now = Math.floor(portal.sources.now())
  const token = portal.sources.token(LENGTH)
  const id = await tx.nextId(refreshToken)
  const access = await issueAccess(portal, tx, grant, family ?? id)
  tx.insert(refreshToken, {
    id,
    token_hash: digest(token),
    application_id: grant.applicationId,
    user_id: grant.userId,
    family: family ?? id,
    created: now,
    expires: now + REFRESH_LIFETIME,
    used: null,
  })
  return { ...access, refreshToken: token }
}

/** What a refresh token is good for: known once, used again too late, or nothing at all. */
export type Exchange =
  { readonly state: 'unknown' } | { readonly state: 'fresh' | 'used'; readonly userId: number; readonly family: number }

/**
 * Marks a refresh token as used. Servers of one application race for it, so that it is still good for a while after
 * its first use; whoever comes later holds a copy.
 */
export async function exchangeRefreshToken(
  { sources }: Maker,
  tx: Transaction,
  { applicationId, token }: { applicationId: number; token: string },
): Promise<Exchange> {
  const now = Math.floor(sources.now())
  const [row] = await tx.find<{ user_id: number; family: number; used: number; expires: number }>(
    sql`update refresh_token set used = coalesce(used, ${now}) where token_hash = ${digest(token)} and application_id = ${applicationId} returning user_id, family, used, expires`,
  )
  if (row === undefined || row.expires <= now) return { state: 'unknown' }
  return { state: now - row.used > GRACE ? 'used' : 'fresh', userId: row.user_id, family: row.family }
}

/** Takes back everything that came of one authorisation. */
export async function revokeFamily(tx: Transaction, family: number): Promise<void> {
  await tx.change(sql`delete from refresh_token where family = ${family}`)
  await tx.change(sql`delete from access_token where family = ${family}`)
}

/** Ends what applications hold of a person who is dismissed: they would live again if the person was taken back. */
export async function endTokensOf(tx: Transaction, userId: number): Promise<void> {
  await tx.change(sql`update access_token set ended = 'Y' where user_id = ${userId} and application_id is not null`)
  await tx.change(sql`delete from refresh_token where user_id = ${userId}`)
}

/** Forgets tokens that have ended long ago. */
export async function pruneTokens(session: Session, now: number): Promise<void> {
  const time = Math.floor(now)
  const over = sql`expires < ${time - KNOWN}`
  const done = sql`expires < ${time} or used < ${time - REMEMBERED}`
  const [access] = await session.find<{ id: number }>(sql`select id from access_token where ${over} limit 1`)
  const [refresh] = await session.find<{ id: number }>(sql`select id from refresh_token where ${done} limit 1`)
  if (access !== undefined) await session.transaction((tx) => tx.change(sql`delete from access_token where ${over}`))
  if (refresh !== undefined) await session.transaction((tx) => tx.change(sql`delete from refresh_token where ${done}`))
}
