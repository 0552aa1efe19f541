import type { Sources } from '../records/context.ts'
import { digest } from '../records/digest.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Store, Transaction } from '../store/store.ts'
import { webhook } from '../store/tables.ts'

const CODE_LENGTH = 16

export interface NewWebhook {
  readonly userId: number
  /** Scopes with commas between them; `*` is every one. */
  readonly scope: string
  readonly title: string
  /** A new one unless given. */
  readonly code?: string
}

export interface ListedWebhook {
  readonly id: number
  readonly user_id: number
  readonly scope: string
  readonly title: string
  readonly created: number
  /** Epoch seconds; null: never, as far as is known. */
  readonly used: number | null
}

/** That a webhook is used is written at most this often, in seconds. */
const USED_EVERY = 600

/** When webhooks were last used: whoever looks through them finds those that nothing needs any more. */
export class WebhookUse {
  /** What this process has written last, by the credential. */
  readonly #written = new Map<string, number>()

  /** The database is another one now. */
  forget(): void {
    this.#written.clear()
  }

  /** @param credential `webhook:3`; others are passed over. `now` in epoch seconds */
  async seen(store: Store, credential: string, now: number): Promise<void> {
    const last = this.#written.get(credential)
    if (last !== undefined && last <= now && now < last + USED_EVERY) return
    const id = /^webhook:(\d+)$/.exec(credential)?.[1]
    if (id === undefined) return
    const at = Math.floor(now)
    this.#written.set(credential, at)
    const session = store.session()
    await session.transaction((tx) =>
      // Another server may have written it already.
      tx.change(
        sql`update webhook set used = ${at} where id = ${Number(id)} and (used is null or used <= ${at - USED_EVERY})`,
      ),
    )
    await session.settled()
  }
}

/**
 * Makes a webhook within a transaction that changes `webhooks`; its code is shown once and only its hash stays
 * (local-integrations/local-webhooks.md).
 */
export async function insertWebhook(
  tx: Transaction,
  sources: Sources,
  { userId, scope, title, code = sources.token(CODE_LENGTH) }: NewWebhook,
): Promise<{ id: number; code: string }> {
  const id = await tx.nextId(webhook)
  tx.insert(webhook, {
    id,
    user_id: userId,
    code_hash: digest(code),
    scope,
    title,
    created: Math.floor(sources.now()),
  })
  return { id, code }
}

/** Webhooks, the oldest first: all, or those of one person. Their codes are not known any more. */
export function listWebhooks(reader: Reader, userId?: number): Promise<ListedWebhook[]> {
  const whose = userId === undefined ? sql`` : sql` where user_id = ${userId}`
  return reader.find<ListedWebhook>(
    sql`select id, user_id, scope, title, created, used from webhook${whose} order by id`,
  )
}

/** Takes a webhook back, anybody's or only that of one person; false if there is none. */
export async function deleteWebhook(tx: Transaction, id: number, userId?: number): Promise<boolean> {
  const whose = userId === undefined ? sql`` : sql` and user_id = ${userId}`
  return (await tx.change(sql`delete from webhook where id = ${id}${whose}`)) > 0
}
