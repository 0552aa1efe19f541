import type { Reader } from '../store/store.ts'
import { type Application, applicationToken } from './applications.ts'
import type { Portal } from './context.ts'
import { endpointsOf, memberId } from './endpoints.ts'
import type { AccessTokens, Tokens } from './tokens.ts'

/** For whom the tokens of an `auth` block act. */
export interface AuthUser {
  readonly id: number
  /** With a refresh token it is told too. */
  readonly tokens: AccessTokens | Tokens
}

/** The block of an event, a robot's call or an app page that says who calls and how to call back. */
export interface Auth {
  readonly access_token?: string
  readonly expires?: number
  readonly expires_in?: number
  readonly scope?: string
  readonly user_id?: number
  readonly domain: string
  readonly server_endpoint: string
  readonly status: string
  readonly client_endpoint: string
  readonly member_id: string
  readonly refresh_token?: string
  readonly application_token: string
}

/** Who sends, for those who belong to no application: nothing with which to call back. */
export async function senderOf(
  portal: Pick<Portal, 'settings'>,
  reader: Reader,
  origin: string,
): Promise<Pick<Auth, 'domain' | 'server_endpoint' | 'client_endpoint' | 'member_id'>> {
  const { domain, client_endpoint, server_endpoint } = endpointsOf(origin)
  return { domain, client_endpoint, server_endpoint, member_id: await memberId(portal, reader) }
}

/**
 * `auth` of an application (settings/oauth/simple-way.md). Tokens come all or none: typed clients take a token without
 * its end for a mistake.
 * @param origin where the application finds the portal: `https://crm.example.com`
 * @param user left out where nobody acts, and for an application that is being removed
 */
export async function authOf(
  portal: Pick<Portal, 'settings'>,
  reader: Reader,
  application: Application,
  origin: string,
  user?: AuthUser,
): Promise<Auth> {
  return {
    ...(user === undefined
      ? {}
      : {
          access_token: user.tokens.accessToken,
          expires: user.tokens.expires,
          expires_in: user.tokens.expiresIn,
          scope: application.scopes.join(','),
        }),
    ...(await senderOf(portal, reader, origin)),
    status: application.status,
    ...(user === undefined ? {} : { user_id: user.id }),
    ...(user !== undefined && 'refreshToken' in user.tokens ? { refresh_token: user.tokens.refreshToken } : {}),
    application_token: await applicationToken(portal, reader, application),
  }
}
