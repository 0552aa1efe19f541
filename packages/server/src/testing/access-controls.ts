import type { RunningPortal } from '../compose.ts'
import { need, take } from '../methods/method.ts'
import { addApplication } from '../modules/application/life.ts'
import { type Application, issueTokens } from '../records/applications.ts'
import type { Context } from '../records/context.ts'
import { type Control, control } from './control.ts'
import { ControlError } from './control-error.ts'

/** An application, and what it may call the portal with in the name of a person. */
export interface TestApplication {
  readonly id: number
  readonly clientId: string
  readonly clientSecret: string
  /** Good for an hour by the portal's clock. */
  readonly accessToken: string
  readonly refreshToken: string
  /** Epoch seconds. */
  readonly expires: number
  readonly userId: number
}

export interface TestPerson {
  readonly id: number
  /** Path of a webhook with all scopes: `/rest/2/code/`. */
  readonly webhook: string
}

/** People, webhooks and applications in one step each, where it does not matter how they came to be. */
export const accessControls = (running: RunningPortal): Control[] => [
  control({
    name: 'addUser',
    about: 'Add a person, with a webhook of theirs; administrators by "admin"',
    params: { name: take.text, lastName: take.text, email: take.text, admin: take.flag, departments: take.list },
    run: ({ name = 'Test', lastName = 'Person', email, admin, departments = [1] }): Promise<TestPerson> =>
      asAdministrator(running, async (call) => {
        const EMAIL = email ?? `person-${running.portal.sources.token(8)}@example.com`
        const fields = { NAME: name, LAST_NAME: lastName, EMAIL, UF_DEPARTMENT: departments }
        const id = Number(await call('user.add', fields))
        if (admin) await call('portico.user.admin.set', { id, admin: true })
        return { id, webhook: await webhookOf(running, { userId: id, scope: '*', title: 'For a test' }) }
      }),
  }),
  control({
    name: 'addWebhook',
    about: 'Add an inbound webhook; answers its path',
    params: { userId: take.integer(1), scope: take.text, title: take.text },
    run: async ({ userId = 1, scope = '*', title = 'For a test' }) => {
      await contextOf(running, userId)
      return { webhook: await webhookOf(running, { userId, scope, title }) }
    },
  }),
  control({
    name: 'addApp',
    about: 'Add an application, and tokens that speak for a person',
    params: { title: take.text, scope: take.text, userId: take.integer(1), handlerUrl: take.text },
    run: async ({ title = 'Application', scope = 'crm', userId = 1, handlerUrl = 'https://app.example.com/' }) => {
      await contextOf(running, userId)
      const context = await contextOf(running, 1)
      const made = await addApplication(context, { title, handlerUrl, scopes: scope })
      await context.session.settled()
      return { ...(await tokensOf(running, made.application, userId)), clientSecret: made.secret }
    },
  }),
  control({
    name: 'signIn',
    about: 'New tokens of an application, for a person',
    params: { clientId: need.text, userId: take.integer(1) },
    run: async ({ clientId, userId = 1 }) => {
      const { session } = await contextOf(running, userId)
      const application = await running.portal.applications.byClientId(session, clientId)
      if (application === undefined) throw new ControlError(`there is no application ${clientId}`, 404)
      return tokensOf(running, application, userId)
    },
  }),
]

async function tokensOf({ portal }: RunningPortal, application: Application, userId: number) {
  const session = portal.store.session()
  const { accessToken, refreshToken, expires } = await session.transaction((tx) =>
    issueTokens(portal, tx, application, userId),
  )
  await session.settled()
  return { id: application.id, clientId: application.clientId, accessToken, refreshToken, expires, userId }
}

async function webhookOf(
  { portal, credentials }: RunningPortal,
  given: { userId: number; scope: string; title: string },
): Promise<string> {
  const session = portal.store.session()
  const code = await credentials.createWebhook(session, given)
  await session.settled()
  return `/rest/${given.userId}/${code}/`
}

/** @throws {ControlError} where there is no such person */
async function contextOf({ portal }: RunningPortal, userId: number): Promise<Context> {
  const session = portal.store.session()
  const person = await portal.people.find(session, userId)
  if (person === undefined) throw new ControlError(`there is no user ${userId}`, 404)
  return { portal, session, person, now: portal.sources.now() }
}

/** Calls methods as the first person. @throws {ControlError} with what they refuse */
function asAdministrator<T>(
  { pipeline }: RunningPortal,
  body: (call: (method: string, parameters: object) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  return pipeline.inside(1, (dispatch) =>
    body(async (method, parameters) => {
      const { error, result } = await dispatch(method, parameters as Readonly<Record<string, unknown>>)
      if (error !== undefined) throw new ControlError(`${method}: ${error.description}`)
      return result
    }),
  )
}
