import { applicationKey } from '../records/applications.ts'
import { audit } from '../records/audit.ts'
import type { Cached, Caches } from '../records/cache.ts'
import type { Sources } from '../records/context.ts'
import type { Reader, Session, Transaction } from '../store/store.ts'
import { sql } from '../store/sql.ts'
import { accessToken } from '../records/tokens.ts'
import { apiError } from '../methods/errors.ts'
import type { Credential } from '../methods/method.ts'
import { readScopes } from './scopes.ts'
import { digest } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import { deleteWebhook, insertWebhook, type ListedWebhook, listWebhooks, type NewWebhook } from './webhooks.ts'

interface WebhookRow {
  readonly id: number
  readonly user_id: number
  readonly code_hash: string
  readonly scope: string
}

interface TokenRow {
  readonly id: number
  readonly user_id: number
  readonly scope: string
  readonly expires: number
  readonly ended: string | null
  readonly application_id: number | null
  /** Null where the application is gone. */
  readonly client_id: string | null
  readonly application_scope: string | null
}

/**
 * Where a request says who it is: in its path, by a token in `auth`, `access_token` or the Bearer header, or by the
 * cookie of a page of the portal itself.
 */
export type Claim =
  | { readonly userId: number; readonly code: string }
  | { readonly token: string }
  | { readonly session: string }
  | undefined

type Scopes = Credential['scopes']

const both = (one: Scopes, other: Scopes): Scopes =>
  one === undefined ? other : other === undefined ? one : new Set([...one].filter((scope) => other.has(scope)))

/** Webhooks and access tokens: only their hashes are stored. */
export class Credentials {
  readonly #webhooks: Cached<ReadonlyMap<string, WebhookRow>>
  readonly #caches: Caches
  readonly #sources: Sources
  readonly #sessions: Sessions

  constructor(caches: Caches, sources: Sources, sessions: Sessions) {
    this.#caches = caches
    this.#sources = sources
    this.#sessions = sessions
    this.#webhooks = caches.define('webhooks', async (reader) => {
      const rows = await reader.find<WebhookRow>(sql`select id, user_id, code_hash, scope from webhook`)
      return new Map(rows.map((row) => [row.code_hash, row]))
    })
  }

  /** The credential that a claim proves; throws the documented error if it proves none. */
  async authenticate(reader: Session, claim: Claim): Promise<Credential> {
    if (claim === undefined) throw apiError('noAuth')
    if ('session' in claim) return this.#session(reader, claim.session)
    return 'code' in claim ? this.#webhook(reader, claim) : this.#token(reader, claim.token)
  }

  async #webhook(reader: Reader, { userId, code }: { userId: number; code: string }): Promise<Credential> {
    const row = (await this.#webhooks.get(reader)).get(digest(code))
    if (row === undefined || row.user_id !== userId) throw apiError('invalidCredentials')
    return { kind: 'webhook', id: `webhook:${row.id}`, userId, scopes: readScopes(row.scope) }
  }

  async #session(reader: Session, token: string): Promise<Credential> {
    const found = await this.#sessions.find(reader, token)
    if (found === undefined) throw apiError('noAuth')
    return { kind: 'session', id: `person:${found.userId}`, userId: found.userId, scopes: undefined }
  }

  /**
   * What a token of a registered application opens is what it was issued for, less what the application has lost since;
   * with the application, it ends. One without an application is one of its own.
   */
  async #token(reader: Reader, token: string): Promise<Credential> {
    const [row] = await reader.find<TokenRow>(
      sql`select t.id, t.user_id, t.scope, t.expires, t.ended, t.application_id, a.client_id, a.scope as application_scope from access_token as t left join application as a on a.id = t.application_id where t.token_hash = ${digest(token)}`,
    )
    if (row === undefined) throw apiError('noAuth')
    if (row.application_id !== null && row.client_id === null) throw apiError('applicationNotFound')
    if (row.ended === 'Y') throw apiError('userBlocked')
    if (row.expires <= this.#sources.now()) throw apiError('expiredToken')
    const issued = readScopes(row.scope)
    const { user_id: userId, expires } = row
    if (row.client_id === null || row.application_id === null)
      return { kind: 'token', id: `app:token.${row.id}`, userId, expires, scopes: issued }
    const present = readScopes(row.application_scope ?? '')
    return {
      kind: 'token',
      id: applicationKey({ clientId: row.client_id }),
      userId,
      expires,
      applicationId: Number(row.application_id),
      scopes: both(issued, present),
    }
  }

  /** Makes a webhook; its code is shown once and only its hash stays. */
  async createWebhook(session: Session, given: NewWebhook): Promise<string> {
    return this.#caches.changing(session, ['webhooks'], async (tx) => {
      const { id, code } = await insertWebhook(tx, this.#sources, given)
      const { userId, scope, title } = given
      await this.#audit(tx, 'WEBHOOK_ADD', `webhook ${id}`, { userId, scope, title })
      return code
    })
  }

  /** The webhook that the configuration fixes: made when it isn't there yet. */
  async ensureWebhook(session: Session, given: NewWebhook & { code: string }): Promise<void> {
    const known = (await this.#webhooks.get(session)).get(digest(given.code))
    if (known === undefined) await this.createWebhook(session, given)
  }

  /** All webhooks, the oldest first. Their codes are not known any more. */
  list(reader: Reader): Promise<ListedWebhook[]> {
    return listWebhooks(reader)
  }

  async revokeWebhook(session: Session, id: number): Promise<boolean> {
    return this.#caches.changing(session, ['webhooks'], async (tx) => {
      const ended = await deleteWebhook(tx, id)
      if (ended) await this.#audit(tx, 'WEBHOOK_DELETE', `webhook ${id}`)
      return ended
    })
  }

  /** By the operator, who is nobody in the portal. */
  #audit(tx: Transaction, type: string, item: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const description = { ...more, by: 'operator' }
    return audit({ now: this.#sources.now() }, tx, { type, module: 'rest', item, description })
  }

  /** Issues an access token, good for `lifetime` seconds. */
  async createToken(
    session: Session,
    given: { userId: number; scope: string; lifetime: number; token?: string },
  ): Promise<string> {
    const token = given.token ?? this.#sources.token(70)
    const now = Math.floor(this.#sources.now())
    await session.transaction(async (tx) => {
      const id = await tx.nextId(accessToken)
      const { userId, scope, lifetime } = given
      await this.#audit(tx, 'TOKEN_ADD', `token ${id}`, { userId, scope, lifetime })
      tx.insert(accessToken, {
        id,
        token_hash: digest(token),
        user_id: given.userId,
        scope: given.scope,
        application_id: null,
        family: null,
        created: now,
        expires: now + given.lifetime,
        ended: null,
      })
    })
    return token
  }
}
