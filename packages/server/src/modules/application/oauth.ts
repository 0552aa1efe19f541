import { hash, timingSafeEqual } from 'node:crypto'
import { ApiError } from '../../methods/errors.ts'
import type { Application } from '../../records/applications.ts'
import { audit, type Visitor } from '../../records/audit.ts'
import type { Portal } from '../../records/context.ts'
import { digest } from '../../records/digest.ts'
import { exchangeRefreshToken, issueBoth, revokeFamily, type Tokens } from '../../records/tokens.ts'
import { sql } from '../../store/sql.ts'
import type { Session } from '../../store/store.ts'
import { enter, network, type Track, waitOf } from '../session/throttle.ts'
import { oauthCode } from './tables.ts'

/** Seconds in which a code must be exchanged (settings/oauth/index.md). */
const CODE_LIFETIME = 30
const CODE_LENGTH = 50

/** Who asks for tokens, and by what; parameters that are missing are empty. */
export interface TokenRequest {
  readonly grantType: string
  readonly clientId: string
  readonly clientSecret: string
  readonly code: string
  readonly refreshToken: string
  readonly scope: string
  readonly redirectUri: string
  /** Of RFC 7636. */
  readonly verifier: string
}

export interface Issued {
  readonly application: Application
  readonly userId: number
  readonly tokens: Tokens
}

interface Within {
  readonly portal: Portal
  readonly session: Session
  readonly visitor: Visitor
}

/** The errors of the authorisation server (settings/oauth/error-codes.md), with the statuses that SDKs expect. */
const refuse = {
  missing: (name: string) => new ApiError('invalid_request', 400, `No "${name}" parameter found`),
  grantType: () => new ApiError('unsupported_grant_type', 400, 'The grant type is unknown'),
  // With status 200, as the official Python SDK's live tests have it.
  unknownClient: () => new ApiError('wrong_client', 200, 'Wrong client'),
  wrongSecret: () => new ApiError('invalid_client', 401, 'The client credentials are invalid'),
  tooMany: () => new ApiError('invalid_client', 429, 'Too many wrong client credentials, try again later'),
  code: () => new ApiError('invalid_grant', 400, 'The authorization code is invalid or has expired'),
  refresh: () => new ApiError('invalid_grant', 400, 'The refresh token is invalid or has expired'),
  scope: () => new ApiError('invalid_scope', 403, 'The requested scope is beyond what the application has been given'),
}

/** Hashes have one length. */
const same = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** One machine that tries secrets of one application waits longer and longer; the application elsewhere doesn't. */
const tracksOf = (clientId: string, { address }: Visitor): Track[] => [
  { key: `client ${clientId} from ${network(address)}`, free: 10, longest: 300 },
]

/**
 * The application whose id and secret these are.
 * @throws {ApiError} of the authorisation server
 */
export async function authenticateClient(
  { portal, session, visitor }: Within,
  { clientId, clientSecret }: Pick<TokenRequest, 'clientId' | 'clientSecret'>,
): Promise<Application> {
  if (clientId === '') throw refuse.missing('client_id')
  const application = await portal.applications.byClientId(session, clientId)
  if (application === undefined) throw refuse.unknownClient()
  if (clientSecret === '') throw refuse.missing('client_secret')
  const tracks = tracksOf(clientId, visitor)
  const now = portal.sources.now()
  if ((await waitOf(session, tracks, now)) > 0) throw refuse.tooMany()
  // From the table and not from memory: an old secret ends at once in all processes.
  const [row] = await session.find<{ secret_hash: string }>(
    sql`select secret_hash from application where id = ${application.id}`,
  )
  if (row === undefined) throw refuse.unknownClient()
  if (same(row.secret_hash, digest(clientSecret))) return application
  await enter(session, tracks, now)
  throw refuse.wrongSecret()
}

/** Lets a person's browser take a code to the application. */
export async function issueCode(
  { portal, session, visitor }: Within,
  { application, userId, challenge }: { application: Application; userId: number; challenge: string },
): Promise<string> {
  const code = portal.sources.token(CODE_LENGTH)
  const now = Math.floor(portal.sources.now())
  await session.transaction(async (tx) => {
    await tx.change(sql`delete from oauth_code where expires < ${now}`)
    tx.insert(oauthCode, {
      id: await tx.nextId(oauthCode),
      code_hash: digest(code),
      application_id: application.id,
      user_id: userId,
      challenge,
      expires: now + CODE_LIFETIME,
    })
    await audit({ person: { id: userId }, now, visitor }, tx, {
      type: 'APPLICATION_AUTHORIZE',
      module: 'rest',
      item: `application ${application.id}`,
    })
  })
  return code
}

/**
 * Tokens for a code or a refresh token (settings/oauth/index.md, auto-renewal.md).
 * @throws {ApiError} of the authorisation server
 */
export async function grantTokens(within: Within, request: TokenRequest): Promise<Issued> {
  if (request.grantType === '') throw refuse.missing('grant_type')
  const application = await authenticateClient(within, request)
  const wanted = request.scope.split(/[\s,]+/).filter(Boolean)
  if (!wanted.every((scope) => application.scopes.includes(scope))) throw refuse.scope()
  switch (request.grantType) {
    case 'authorization_code':
      if (request.code === '') throw refuse.missing('code')
      return byCode(within, application, request)
    case 'refresh_token':
      if (request.refreshToken === '') throw refuse.missing('refresh_token')
      return byRefreshToken(within, application, request.refreshToken)
    default:
      throw refuse.grantType()
  }
}

/** What was derived from the verifier when the browser was sent here. */
const answers = (challenge: string, verifier: string): boolean =>
  challenge === '' || same(digest(challenge), digest(hash('sha256', verifier, 'base64url')))

/** Addresses are stored as they are read: `https://a.example` with the slash that it stands for. */
const hrefOf = (text: string): string => (URL.canParse(text) ? new URL(text).href : text)

async function byCode(within: Within, application: Application, request: TokenRequest): Promise<Issued> {
  const { portal, session } = within
  const now = Math.floor(portal.sources.now())
  const exchanged = await session.transaction(async (tx) => {
    // A code is good for one attempt, whatever comes of it.
    const [row] = await tx.find<{ user_id: number; challenge: string; expires: number }>(
      sql`delete from oauth_code where code_hash = ${digest(request.code)} and application_id = ${application.id} returning user_id, challenge, expires`,
    )
    if (row === undefined || row.expires <= now || !answers(row.challenge, request.verifier)) return undefined
    if (request.redirectUri !== '' && hrefOf(request.redirectUri) !== application.handlerUrl) return undefined
    const userId = row.user_id
    if ((await portal.people.find(tx, userId))?.active !== true) return undefined
    const grant = { applicationId: application.id, scopes: application.scopes, userId }
    return { userId, tokens: await issueBoth(portal, tx, grant) }
  })
  if (exchanged === undefined) throw refuse.code()
  return { application, ...exchanged }
}

async function byRefreshToken(within: Within, application: Application, token: string): Promise<Issued> {
  const { portal, session, visitor } = within
  const exchanged = await session.transaction(async (tx) => {
    const found = await exchangeRefreshToken(portal, tx, { applicationId: application.id, token })
    if (found.state === 'unknown') return undefined
    const { userId, family } = found
    if (found.state === 'used') {
      // Somebody else has a copy: whoever it is, both must sign in again.
      await revokeFamily(tx, family)
      await audit({ person: { id: userId }, now: portal.sources.now(), visitor }, tx, {
        type: 'REFRESH_TOKEN_REUSE',
        severity: 'WARNING',
        module: 'rest',
        item: `application ${application.id}`,
      })
      return undefined
    }
    if ((await portal.people.find(tx, userId))?.active !== true) return undefined
    const grant = { applicationId: application.id, scopes: application.scopes, userId }
    return { userId, tokens: await issueBoth(portal, tx, grant, family) }
  })
  if (exchanged === undefined) throw refuse.refresh()
  return { application, ...exchanged }
}

/** Takes back a token of the application: an access token alone, a refresh token with all that came of it. */
export async function revoke(
  { session }: Pick<Within, 'session'>,
  application: Application,
  token: string,
): Promise<void> {
  const hashed = digest(token)
  const own = sql`token_hash = ${hashed} and application_id = ${application.id}`
  await session.transaction(async (tx) => {
    await tx.change(sql`delete from access_token where ${own}`)
    const [row] = await tx.find<{ family: number }>(sql`select family from refresh_token where ${own}`)
    if (row !== undefined) await revokeFamily(tx, row.family)
  })
}
