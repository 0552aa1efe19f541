import { addApplication } from '../../src/modules/application/life.ts'
import { type Application, issueTokens } from '../../src/records/applications.ts'
import type { Context } from '../../src/records/context.ts'
import type { RunningPortal } from '../../src/compose.ts'

export interface LocalApplication {
  readonly application: Application
  readonly secret: string
  /** An access token that acts for a person, the administrator unless said otherwise. */
  token(userId?: number): Promise<string>
}

/** A person's view of the portal, for use cases that no method of the API shows. */
export async function contextOf({ portal }: Pick<RunningPortal, 'portal'>, userId = 1): Promise<Context> {
  const session = portal.store.session()
  const person = await portal.people.find(session, userId)
  if (person === undefined) throw new Error(`there is no person ${userId}`)
  return { portal, session, person, now: portal.sources.now() }
}

/** Adds a local application, as an administrator does, and issues tokens for it. */
export async function localApplication(
  running: Pick<RunningPortal, 'portal'>,
  given: Parameters<typeof addApplication>[1] = {},
): Promise<LocalApplication> {
  const context = await contextOf(running)
  const { application, secret } = await addApplication(context, {
    title: 'Test application',
    handlerUrl: 'https://app.example.com/',
    scopes: 'crm,placement',
    ...given,
  })
  await context.session.settled()
  return {
    application,
    secret,
    async token(userId = 1) {
      const session = running.portal.store.session()
      const { accessToken } = await session.transaction((tx) => issueTokens(running.portal, tx, application, userId))
      await session.settled()
      return accessToken
    },
  }
}
