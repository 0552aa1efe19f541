import type { Cached, Caches } from '../records/cache.ts'
import type { Sources } from '../records/context.ts'
import type { Reader, Session } from '../store/store.ts'
import { sql } from '../store/sql.ts'
import { accessToken, webhook } from '../store/tables.ts'
import { apiError } from '../methods/errors.ts'
import type { Credential } from '../methods/method.ts'
import { readScopes } from './scopes.ts'
import { digest } from './secrets.ts'

interface WebhookRow {
  readonly id: number
  readonly user_id: number
  readonly code_hash: string
  readonly scope: string
}

export interface ListedWebhook {
  readonly id: number
  readonly user_id: number
  readonly scope: string
  readonly title: string
  readonly created: number
}

/** Where a request says who it is: in its path, or by a token in `auth`, `access_token` or the Bearer header. */
export type Claim = { readonly userId: number; readonly code: string } | { readonly token: string } | undefined

/** Webhooks and access tokens: only their hashes are stored. */
export class Credentials {
  readonly #webhooks: Cached<ReadonlyMap<string, WebhookRow>>
  readonly #caches: Caches
  readonly #sources: Sources

  constructor(caches: Caches, sources: Sources) {
    this.#caches = caches
    this.#sources = sources
    this.#webhooks = caches.define('webhooks', async (reader) => {
      const rows = await reader.find<WebhookRow>(sql`select id, user_id, code_hash, scope from webhook`)
      return new Map(rows.map((row) => [row.code_hash, row]))
    })
  }

  /** The credential that a claim proves; throws the documented error if it proves none. */
  async authenticate(reader: Reader, claim: Claim): Promise<Credential> {
    if (claim === undefined) throw apiError('noAuth')
    return 'code' in claim ? this.#webhook(reader, claim) : this.#token(reader, claim.token)
  }

  async #webhook(reader: Reader, { userId, code }: { userId: number; code: string }): Promise<Credential> {
    const row = (await this.#webhooks.get(reader)).get(digest(code))
    if (row === undefined || row.user_id !== userId) throw apiError('invalidCredentials')
    return { kind: 'webhook', id: `webhook:${row.id}`, userId, scopes: readScopes(row.scope) }
  }

  async #token(reader: Reader, token: string): Promise<Credential> {
    const [row] = await reader.find<{
      id: number
      user_id: number
      scope: string
      client_id: string | null
      expires: number
    }>(sql`select id, user_id, scope, client_id, expires from access_token where token_hash = ${digest(token)}`)
    if (row === undefined) throw apiError('noAuth')
    if (row.expires <= this.#sources.now()) throw apiError('expiredToken')
    return { kind: 'token', id: `app:${row.client_id ?? row.id}`, userId: row.user_id, scopes: readScopes(row.scope) }
  }

  /** Makes a webhook; its code is shown once and only its hash stays. */
  async createWebhook(
    session: Session,
    given: { userId: number; scope: string; title: string; code?: string },
  ): Promise<string> {
    const code = given.code ?? this.#sources.token(16)
    await this.#caches.changing(session, ['webhooks'], async (tx) => {
      tx.insert(webhook, {
        id: await tx.nextId(webhook),
        user_id: given.userId,
        code_hash: digest(code),
        scope: given.scope,
        title: given.title,
        created: Math.floor(this.#sources.now()),
      })
    })
    return code
  }

  /** The webhook that the configuration fixes: made when it isn't there yet. */
  async ensureWebhook(
    session: Session,
    given: { userId: number; scope: string; title: string; code: string },
  ): Promise<void> {
    const known = (await this.#webhooks.get(session)).get(digest(given.code))
    if (known === undefined) await this.createWebhook(session, given)
  }

  /** All webhooks, the oldest first. Their codes are not known any more. */
  list(reader: Reader): Promise<ListedWebhook[]> {
    return reader.find<ListedWebhook>(sql`select id, user_id, scope, title, created from webhook order by id`)
  }

  async revokeWebhook(session: Session, id: number): Promise<boolean> {
    return this.#caches.changing(
      session,
      ['webhooks'],
      async (tx) => (await tx.change(sql`delete from webhook where id = ${id}`)) > 0,
    )
  }

  /** Issues an access token, good for `lifetime` seconds. */
  async createToken(
    session: Session,
    given: { userId: number; scope: string; lifetime: number; token?: string },
  ): Promise<string> {
    const token = given.token ?? this.#sources.token(70)
    const now = Math.floor(this.#sources.now())
    await session.transaction(async (tx) => {
      tx.insert(accessToken, {
        id: await tx.nextId(accessToken),
        token_hash: digest(token),
        user_id: given.userId,
        scope: given.scope,
        client_id: null,
        created: now,
        expires: now + given.lifetime,
      })
    })
    return token
  }
}
