import type { Credential } from 'portico-client'

/** Tokens of an application, which are renewed and kept. */
export interface KeptOAuth {
  readonly clientId: string
  readonly clientSecret: string
  readonly accessToken: string
  readonly refreshToken: string
  /** Where they are renewed; the client's own place without it. */
  readonly tokenUrl?: string
}

/** A portal and a credential, kept under a name. */
export interface Profile {
  /** `https://portal.example/rest/1/CODE/` */
  readonly webhook?: string
  /** `https://portal.example`, with a token or an application. */
  readonly portal?: string
  readonly token?: string
  readonly oauth?: KeptOAuth
  /** The path of a certificate (PEM) that vouches for the portal's. */
  readonly ca?: string
}

/** Where it is and as what, without the secret: `https://portal.example/rest/1/***\/`. */
export function maskedProfile({ webhook, portal, token, oauth, ca }: Profile): Record<string, string> {
  return {
    ...(webhook === undefined ? {} : { webhook: maskedWebhook(webhook) }),
    ...(portal === undefined ? {} : { portal }),
    ...(token === undefined ? {} : { token: '***' }),
    ...(oauth === undefined ? {} : { client_id: oauth.clientId, client_secret: '***', refresh_token: '***' }),
    ...(ca === undefined ? {} : { ca }),
  }
}

export const maskedWebhook = (webhook: string): string => webhook.replace(/[^/]+\/?$/, '***/')

/** The kind of credential, in a word. */
export const kindOf = ({ webhook, oauth }: Profile): string =>
  webhook === undefined ? (oauth === undefined ? 'token' : 'application') : 'webhook'

export const originOf = ({ webhook, portal }: Profile): string | undefined =>
  webhook === undefined ? portal : new URL(webhook).origin

/** What a client is made from; undefined for a profile that somebody has written by hand and not finished. */
export function plainCredential({ webhook, portal, token }: Profile): Credential | undefined {
  if (webhook !== undefined) return { webhook }
  return portal === undefined || token === undefined ? undefined : { portal, token }
}
