import { isGranted } from '../../auth/scopes.ts'
import { deleteWebhook, insertWebhook, type ListedWebhook, listWebhooks } from '../../auth/webhooks.ts'
import { apiError, ApiError } from '../../methods/errors.ts'
import { type Call, method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { originOf } from '../../records/endpoints.ts'
import { formatDateTime } from '../../schema/time.ts'
import { scopesOf } from './fields.ts'

const MAX_TITLE = 255

const shown = (call: Call, { id, user_id, scope, title, created, used }: ListedWebhook): Record<string, unknown> => ({
  ID: id,
  USER_ID: user_id,
  TITLE: title,
  SCOPE: scope === '*' ? ['*'] : scope.split(',').filter(Boolean),
  DATE_CREATE: formatDateTime(created, call.portal.zone),
  LAST_USED: used === null ? null : formatDateTime(Number(used), call.portal.zone),
})

/** People make webhooks, and what they have made already opens no more than itself; applications make none. */
function requirePerson({ credential }: Call, scopes: readonly string[] = []): void {
  if (credential.kind === 'token')
    throw new ApiError('WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method')
  if (!isGranted(credential.scopes, scopes)) throw apiError('webhookScope')
}

/** Everyone sees and ends their own; administrators those of all. */
const ownerOf = ({ person }: Call): number | undefined => (person.admin ? undefined : person.id)

/** Inbound webhooks of whoever calls, with their own rights, for the web CRM (local-integrations/local-webhooks.md). */
export default [
  method({
    name: 'portico.webhook.add',
    scope: null,
    params: { title: take.text, scope: take.any },
    async run({ title = '', scope: given }, call) {
      requirePerson(call)
      const scopes = scopesOf(given)
      if (scopes.length === 0) throw new ApiError('INVALID_ARG_VALUE', 400, 'SCOPE is empty')
      if (title.length > MAX_TITLE)
        throw new ApiError('INVALID_ARG_VALUE', 400, `TITLE is longer than ${MAX_TITLE} characters`)
      requirePerson(call, scopes)
      const { portal, session, person } = call
      const scope = scopes.join(',')
      const { id, code } = await portal.caches.changing(session, ['webhooks'], async (tx) => {
        const made = await insertWebhook(tx, portal.sources, { userId: person.id, scope, title: title.trim() })
        await audit(call, tx, {
          type: 'WEBHOOK_ADD',
          module: 'rest',
          item: `webhook ${made.id}`,
          description: { scope },
        })
        return made
      })
      return { ID: id, CODE: code, URL: `${originOf(portal)}/rest/${person.id}/${code}/` }
    },
  }),
  method({
    name: 'portico.webhook.list',
    scope: null,
    params: {},
    async run(_none, call) {
      requirePerson(call)
      return (await listWebhooks(call.session, ownerOf(call))).map((row) => shown(call, row))
    },
  }),
  method({
    name: 'portico.webhook.delete',
    scope: null,
    params: { id: need.id },
    async run({ id }, call) {
      requirePerson(call)
      await call.portal.caches.changing(call.session, ['webhooks'], async (tx) => {
        if (!(await deleteWebhook(tx, id, ownerOf(call)))) throw new ApiError('NOT_FOUND', 400, 'Webhook not found')
        await audit(call, tx, { type: 'WEBHOOK_DELETE', module: 'rest', item: `webhook ${id}` })
      })
      return true
    },
  }),
]
