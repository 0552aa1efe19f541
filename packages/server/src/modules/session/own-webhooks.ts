import { deleteWebhook, insertWebhook } from '../../auth/webhooks.ts'
import { audit } from '../../records/audit.ts'
import type { Desk } from './account.ts'

const MAX_TITLE = 255

/** Makes a webhook that acts in one's own name; answers its code, which is never seen again. */
export async function makeOwnWebhook(
  { portal, session, visitor }: Desk,
  { userId, title }: { userId: number; title: string },
): Promise<string> {
  const who = { person: { id: userId }, now: portal.sources.now(), visitor }
  return portal.caches.changing(session, ['webhooks'], async (tx) => {
    const given = { userId, scope: '*', title: title.trim().slice(0, MAX_TITLE) || 'Made in the account' }
    const { id, code } = await insertWebhook(tx, portal.sources, given)
    await audit(who, tx, { type: 'WEBHOOK_ADD', module: 'rest', item: `webhook ${id}`, description: given })
    return code
  })
}

/** Ends one of one's own webhooks; false if it is none. */
export async function endOwnWebhook(
  { portal, session, visitor }: Desk,
  { userId, id }: { userId: number; id: number },
): Promise<boolean> {
  const who = { person: { id: userId }, now: portal.sources.now(), visitor }
  return portal.caches.changing(session, ['webhooks'], async (tx) => {
    const ended = await deleteWebhook(tx, id, userId)
    if (ended) await audit(who, tx, { type: 'WEBHOOK_DELETE', module: 'rest', item: `webhook ${id}` })
    return ended
  })
}
