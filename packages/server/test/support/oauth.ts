import { expect } from 'vitest'
import type { Answer, TestPortal } from './portal.ts'

export interface Registered {
  readonly id: number
  readonly clientId: string
  readonly secret: string
}

/** Adds an application as the administrator. */
export async function register(portal: TestPortal, fields: Record<string, unknown> = {}): Promise<Registered> {
  const { status, body } = await portal.call('portico.app.add', {
    fields: { TITLE: 'Test', HANDLER: 'https://app.example/handler', SCOPE: ['crm', 'user'], ...fields },
  })
  expect([status, body.error_description]).toEqual([200, undefined])
  return { id: body.result.ID as number, clientId: body.result.CODE as string, secret: body.result.SECRET as string }
}

/** The cookie of somebody who is signed in. */
export async function signIn(portal: TestPortal, userId = 1): Promise<Record<string, string>> {
  const session = portal.portal.store.session()
  const token = await session.transaction((tx) => portal.sessions.start(tx, { userId, visitor: undefined }))
  await session.settled()
  return { cookie: `portico=${token}` }
}

/** The address to which the browser of somebody who is signed in is taken. */
export async function authorize(
  portal: TestPortal,
  app: Registered,
  { userId = 1, query = {} as Record<string, string> } = {},
): Promise<URL> {
  const answer = await portal.send({
    method: 'GET',
    url: `/oauth/authorize/?${new URLSearchParams({ client_id: app.clientId, ...query })}`,
    headers: await signIn(portal, userId),
  })
  expect(answer.status).toBe(302)
  return new URL(String(answer.headers.location))
}

/** What the authorisation server says to parameters, as a query. */
export const token = (
  portal: TestPortal,
  parameters: Record<string, string>,
): Promise<Answer & { body: TokenAnswer }> =>
  portal.send({ method: 'GET', url: `/oauth/token/?${new URLSearchParams(parameters)}` }) as Promise<
    Answer & { body: TokenAnswer }
  >

export interface TokenAnswer {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires: number
  readonly expires_in: number
  readonly scope: string
  readonly domain: string
  readonly server_endpoint: string
  readonly client_endpoint: string
  readonly member_id: string
  readonly status: string
  readonly user_id: number
  readonly error?: string
  readonly error_description?: string
}

export const credentials = ({ clientId, secret }: Registered): Record<string, string> => ({
  client_id: clientId,
  client_secret: secret,
})

/** Tokens by the whole way: authorisation, code, exchange. */
export async function tokensOf(portal: TestPortal, app: Registered, userId = 1): Promise<TokenAnswer> {
  const code = (await authorize(portal, app, { userId })).searchParams.get('code') ?? ''
  const answer = await token(portal, { grant_type: 'authorization_code', ...credentials(app), code })
  expect([answer.status, answer.body.error]).toEqual([200, undefined])
  return answer.body
}

export const refresh = (
  portal: TestPortal,
  app: Registered,
  refresh_token: string,
): Promise<Answer & { body: TokenAnswer }> =>
  token(portal, { grant_type: 'refresh_token', ...credentials(app), refresh_token })
