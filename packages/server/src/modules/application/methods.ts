import { isGranted } from '../../auth/scopes.ts'
import { apiError, ApiError } from '../../methods/errors.ts'
import { argument, type Call, method, need, take } from '../../methods/method.ts'
import type { Application } from '../../records/applications.ts'
import { sql } from '../../store/sql.ts'
import { scopesOf } from './fields.ts'
import {
  addApplication,
  editApplication,
  finishInstall,
  removeApplication,
  renewSecret,
  requireAdministrator,
} from './life.ts'

/** Names on the wire, in the words of the form that people know (local-integrations/serverside-local-app-with-no-ui.md). */
const names = {
  title: 'TITLE',
  handlerUrl: 'HANDLER',
  installUrl: 'INSTALL_URL',
  scopes: 'SCOPE',
  scriptOnly: 'SCRIPT_ONLY',
  menu: 'MENU',
} as const

const shown = (application: Application): Record<string, unknown> => ({
  ID: application.id,
  CODE: application.clientId,
  TITLE: application.title,
  HANDLER: application.handlerUrl,
  INSTALL_URL: application.installUrl,
  SCOPE: application.scopes,
  SCRIPT_ONLY: application.scriptOnly,
  MENU: application.menu,
  STATUS: application.status,
  VERSION: application.version,
  INSTALLED: application.installed,
  CREATED_BY: application.userId,
})

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(names).map(([own, wire]) => [own, argument(fields, wire)]))

/**
 * Administrators manage applications, and by what they have themselves: an application is a way to rights that a
 * webhook of few scopes must not open, and applications don't make others.
 */
function requireManager(call: Call, scopes: readonly string[] = []): void {
  requireAdministrator(call)
  if (call.credential.kind === 'token')
    throw new ApiError('WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method')
  if (!isGranted(call.credential.scopes, scopes)) throw apiError('webhookScope')
}

/** What an application has put into the portal: pages into places, and handlers of events. */
async function bound({ portal, session }: Call, id: number): Promise<Record<string, unknown>> {
  const { bindings } = await portal.subscriptions.all(session)
  const places = await session.find<{ placement: string; handler: string; title: string; user_id: number }>(
    sql`select placement, handler, title, user_id from placement_handler where application_id = ${id} order by id`,
  )
  return {
    PLACEMENTS: places.map((each) => ({
      PLACEMENT: each.placement,
      HANDLER: each.handler,
      TITLE: each.title,
      USER_ID: Number(each.user_id),
    })),
    EVENTS: bindings
      .filter(({ applicationId }) => applicationId === id)
      .map(({ id: handlerId, event, handler, offline }) => ({
        ID: handlerId,
        EVENT: event,
        HANDLER: handler,
        OFFLINE: offline ? 'Y' : 'N',
      })),
  }
}

async function existing(call: Call, id: number): Promise<Application> {
  const found = await call.portal.applications.find(call.session, id)
  if (found === undefined) throw new ApiError('NOT_FOUND', 400, 'Application not found')
  return found
}

const params = { id: need.id }
const scope = null

/** Applications of the portal, for the web CRM: `{ id, fields: { TITLE, HANDLER, INSTALL_URL, SCOPE, SCRIPT_ONLY, MENU } }`. */
export default [
  method({
    name: 'portico.app.add',
    scope,
    params: { fields: need.map },
    async run({ fields }, call) {
      const wanted = given(fields)
      requireManager(call, scopesOf(wanted.scopes))
      const { application, secret } = await addApplication(call, wanted)
      return { ...shown(application), SECRET: secret }
    },
  }),
  method({
    name: 'portico.app.update',
    scope,
    params: { ...params, fields: need.map },
    async run({ id, fields }, call) {
      requireManager(call)
      const wanted = given(fields)
      const { scopes } = await existing(call, id)
      requireManager(call, [...scopes, ...scopesOf(wanted.scopes)])
      return shown(await editApplication(call, id, wanted))
    },
  }),
  method({
    name: 'portico.app.delete',
    scope,
    params: { ...params, clean: take.flag },
    async run({ id, clean }, call) {
      requireManager(call)
      await removeApplication(call, id, clean)
      return true
    },
  }),
  method({
    name: 'portico.app.secret',
    scope,
    params,
    async run({ id }, call) {
      requireManager(call)
      requireManager(call, (await existing(call, id)).scopes)
      return { SECRET: await renewSecret(call, id) }
    },
  }),
  method({
    name: 'portico.app.finish',
    scope,
    params,
    run({ id }, call) {
      requireManager(call)
      return finishInstall(call, id)
    },
  }),
  method({
    name: 'portico.app.get',
    scope,
    params,
    async run({ id }, call) {
      requireManager(call)
      return { ...shown(await existing(call, id)), ...(await bound(call, id)) }
    },
  }),
  method({
    name: 'portico.app.list',
    scope,
    params: {},
    async run(_none, call) {
      requireManager(call)
      return [...(await call.portal.applications.all(call.session)).values()].map(shown)
    },
  }),
]
