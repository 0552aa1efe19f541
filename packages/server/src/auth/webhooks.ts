import type { Sources } from '../records/context.ts'
import { digest } from '../records/digest.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Transaction } from '../store/store.ts'
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
  return reader.find<ListedWebhook>(sql`select id, user_id, scope, title, created from webhook${whose} order by id`)
}

/** Takes a webhook back, anybody's or only that of one person; false if there is none. */
export async function deleteWebhook(tx: Transaction, id: number, userId?: number): Promise<boolean> {
  const whose = userId === undefined ? sql`` : sql` and user_id = ${userId}`
  return (await tx.change(sql`delete from webhook where id = ${id}${whose}`)) > 0
}
