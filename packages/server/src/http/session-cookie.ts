import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Claim } from '../auth/credentials.ts'
import { isCsrfOf, type PersonSession } from '../auth/sessions.ts'
import type { Person } from '../records/people.ts'
import type { Session } from '../store/store.ts'
import type { AppOptions } from './app.ts'

type Options = Pick<AppOptions, 'portal' | 'sessions' | 'publicUrl'>

/** The header that makes a session's cookie count for calls of the API. */
export const CSRF_HEADER = 'x-portico-csrf'

/** Whether the visitor's browser speaks HTTPS, be it with a proxy in front of the portal. */
export function isHttps({ publicUrl }: Pick<Options, 'publicUrl'>, request: FastifyRequest): boolean {
  if ('encrypted' in request.socket || request.protocol === 'https') return true
  return publicUrl?.startsWith('https:') === true && new URL(publicUrl).host === request.host
}

/**
 * A cookie's name. With HTTPS the prefix binds it to this very host, so that no neighbouring name can put another in
 * its place; plain HTTP, on one's own machine, can't have that.
 */
export const cookieName = (options: Pick<Options, 'publicUrl'>, request: FastifyRequest, name: string): string =>
  isHttps(options, request) ? `__Host-${name}` : name

/** The value of a cookie of ours; the first where there are several, as a browser sends the narrowest first. */
export function cookieOf(
  options: Pick<Options, 'publicUrl'>,
  request: FastifyRequest,
  name: string,
): string | undefined {
  const wanted = cookieName(options, request, name)
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const mark = pair.indexOf('=')
    if (mark > 0 && pair.slice(0, mark).trim() === wanted) return pair.slice(mark + 1).trim()
  }
  return undefined
}

/** Sets a cookie that scripts can't read and foreign pages' requests don't carry; null takes it away. */
export function setCookie(
  options: Pick<Options, 'publicUrl'>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  name: string,
  value: string | null,
  lifetime: number | undefined = undefined,
): void {
  const parts = [`${cookieName(options, request, name)}=${value ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  if (isHttps(options, request)) parts.push('Secure')
  if (value === null) parts.push('Max-Age=0')
  else if (lifetime !== undefined) parts.push(`Max-Age=${lifetime}`)
  const known = reply.getHeader('set-cookie')
  const before = known === undefined ? [] : Array.isArray(known) ? known : [String(known)]
  void reply.header('set-cookie', [...before, parts.join('; ')])
}

/** The name of the session's cookie, before its prefix. */
export const SESSION_COOKIE = 'portico'

export interface SignedIn {
  readonly person: Person
  readonly session: PersonSession
  /** What the browser holds: never to be shown or logged. */
  readonly token: string
}

/** Who looks at a page, with the session; undefined without a living session of an active person. */
export async function visitOf(
  options: Options,
  request: FastifyRequest,
  reader: Session = options.portal.store.session(),
): Promise<SignedIn | undefined> {
  const token = cookieOf(options, request, SESSION_COOKIE)
  if (token === undefined) return undefined
  const session = await options.sessions.find(reader, token)
  if (session === undefined) return undefined
  const person = await options.portal.people.find(reader, session.userId)
  return person?.active === true ? { person, session, token } : undefined
}

/** Who looks at a page; undefined for strangers, who are sent to `/login?next=…`. */
export const signedIn = async (options: Options, request: FastifyRequest): Promise<Person | undefined> =>
  (await visitOf(options, request))?.person

/** Where a stranger is sent, to come back to the page that was asked for. */
export const signInFirst = (request: FastifyRequest): string => `/login?next=${encodeURIComponent(request.url)}`

/** A session's cookie counts for the API only with the header, which no foreign page can know or send. */
export function sessionClaim(options: Pick<Options, 'publicUrl'>, request: FastifyRequest): Claim {
  const token = cookieOf(options, request, SESSION_COOKIE)
  if (token === undefined || !isCsrfOf(token, request.headers[CSRF_HEADER])) return undefined
  return isOwnOrigin(options, request) === false ? undefined : { session: token }
}

/**
 * Whether a request was made by a page of the portal itself: by what browsers say of it and pages can't forge.
 * Undefined where nothing is said, as by programs that are no browsers.
 */
export function isOwnOrigin(options: Pick<Options, 'publicUrl'>, request: FastifyRequest): boolean | undefined {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = request.headers
  if (origin === undefined) return site === undefined ? undefined : true
  if (!URL.canParse(origin)) return false
  return origin === options.publicUrl || new URL(origin).host === request.host
}
