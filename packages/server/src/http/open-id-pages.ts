import type { FastifyInstance } from 'fastify'
import type { OpenIdChecks } from '../auth/open-id.ts'
import { keyFor, seal, unseal } from '../auth/sealed.ts'
import { signInByIdentity } from '../modules/session/identity.ts'
import type { AppOptions } from './app.ts'
import { originOf } from './connection.ts'
import { html } from './pages/html.ts'
import { gatePage, lead, ownPath, pageAnswer } from './pages/page.ts'
import { type Look, pagesOf } from './pages/routes.ts'
import type { Face } from './pages/words/index.ts'
import { cookieOf, setCookie } from './session-cookie.ts'
import { heldSession } from './sign-in-cookies.ts'
import { letIn } from './sign-in-pages.ts'

/** Between the portal and the provider: what the answer is checked by. */
const COOKIE = 'portico-openid'
/** Seconds that somebody has for the provider's own pages. */
const LASTS = 900

interface Claim {
  readonly checks: OpenIdChecks
  readonly next: string
  readonly expires: number
}

/** `/login/openid` leads to the provider, `/login/openid/callback` is where it leads back to. */
export function openIdPages(app: FastifyInstance, options: AppOptions): void {
  const { openId } = options
  if (openId === undefined) return
  const pages = pagesOf(app, options)

  pages.get('/login/openid', async (look) => {
    const { reply, request, desk } = look
    const next = ownPath(look.query('next'))
    const begun = await openId.begin(addressOf(options, request)).catch((cause: unknown) => {
      desk.portal.log.warn({ err: cause }, 'the OpenID provider does not answer')
      return undefined
    })
    if (begun === undefined) return pageAnswer(reply, awayPage(look.face, openId.name), 502)
    const claim: Claim = { checks: begun.checks, next, expires: desk.portal.sources.now() + LASTS }
    setCookie(options, look, COOKIE, seal(JSON.stringify(claim), await keyOf(look), COOKIE), LASTS)
    return lead(reply, begun.url.href)
  })

  pages.get('/login/openid/callback', async (look) => {
    const { request, desk } = look
    const claim = await claimOf(look)
    // Used, whatever comes of it.
    setCookie(options, look, COOKIE, null)
    if (claim === undefined) return lead(look.reply, '/login?done=openid')
    const address = new URL(request.url, addressOf(options, request))
    const identity = await openId.finish(address, claim.checks).catch((cause: unknown) => {
      desk.portal.log.info({ err: cause }, 'a sign-in by OpenID failed')
      return undefined
    })
    if (identity === undefined) return lead(look.reply, '/login?done=openid')
    const result = await signInByIdentity(desk, { identity, create: openId.create, previous: heldSession(look) })
    if (result.is === 'in' || result.is === 'code') return letIn(look, result, claim.next)
    return pageAnswer(look.reply, strangerPage(look.face, openId.name), 403)
  })
}

const addressOf = (options: AppOptions, request: Look['request']): string =>
  new URL('/login/openid/callback', originOf(options, request)).href

const keyOf = ({ desk }: Look): Promise<Buffer> => keyFor(desk.portal, desk.session, 'openid')

async function claimOf(look: Look): Promise<Claim | undefined> {
  const { options, request, desk } = look
  const text = unseal(cookieOf(options, request, COOKIE) ?? '', await keyOf(look), COOKIE)
  const claim = text === undefined ? undefined : (JSON.parse(text) as Claim)
  return claim !== undefined && claim.expires > desk.portal.sources.now() ? claim : undefined
}

const awayPage = (face: Face, name: string): ReturnType<typeof gatePage> =>
  gatePage({
    face,
    title: face.words.signIn.away(name),
    lead: face.words.signIn.awayLead,
    body: html`<a class="button wide" href="/login">${face.words.page.toSignIn}</a>`,
  })

const strangerPage = (face: Face, name: string): ReturnType<typeof gatePage> =>
  gatePage({
    face,
    title: face.words.signIn.stranger,
    lead: face.words.signIn.strangerLead(name),
    body: html`<a class="button wide" href="/login">${face.words.page.toSignIn}</a>`,
  })
