import { ABSOLUTE } from '../auth/sessions.ts'
import { keyFor, seal, unseal } from '../auth/sealed.ts'
import { sign, verify } from '../auth/secrets.ts'
import type { Step } from '../modules/session/sign-in.ts'
import type { Look } from './pages/routes.ts'
import { cookieOf, SESSION_COOKIE, setCookie } from './session-cookie.ts'

/** Between the password and the code. */
const STEP_COOKIE = 'portico-step'
const STEP_LASTS = 600
/** Tells a browser in which somebody has signed in before, so that strangers' guesses don't slow it down. */
const DEVICE_COOKIE = 'portico-device'
const DEVICE_LASTS = 365 * 86_400

interface StepClaim {
  readonly step: Step
  readonly next: string
  readonly expires: number
}

/** Opens the portal to the browser: the session, and a mark that it is known from now on. */
export async function giveSession(look: Look, { userId, token }: { userId: number; token: string }): Promise<void> {
  const { options, desk } = look
  setCookie(options, look, SESSION_COOKIE, token, ABSOLUTE)
  setCookie(options, look, STEP_COOKIE, null)
  if (deviceOf(look, await deviceKey(look), userId) !== undefined) return
  const device = sign(`${userId}:${desk.portal.sources.token(16)}`, await deviceKey(look))
  setCookie(options, look, DEVICE_COOKIE, device, DEVICE_LASTS)
}

export const takeSession = (look: Look): void => setCookie(look.options, look, SESSION_COOKIE, null)

/** The session that the browser holds, whoever has put it there. */
export const heldSession = ({ options, request }: Look): string | undefined =>
  cookieOf(options, request, SESSION_COOKIE)

const deviceKey = async ({ desk }: Look): Promise<string> =>
  (await keyFor(desk.portal, desk.session, 'device')).toString('base64')

function deviceOf({ options, request }: Look, key: string, userId: number | undefined): string | undefined {
  const [id, device] = verify(cookieOf(options, request, DEVICE_COOKIE) ?? '', key)?.split(':') ?? []
  return userId !== undefined && id === String(userId) ? device : undefined
}

/** What tells by a person's id whether this browser is one of theirs. */
export async function knownDevice(look: Look): Promise<(userId: number | undefined) => string | undefined> {
  const key = await deviceKey(look)
  return (userId) => deviceOf(look, key, userId)
}

/** The password was right: the browser keeps that, sealed, until the code comes. */
export async function giveStep(look: Look, step: Step, next: string): Promise<void> {
  const { options, desk } = look
  const { portal, session } = desk
  const claim: StepClaim = { step, next, expires: Math.floor(portal.sources.now()) + STEP_LASTS }
  const sealed = seal(JSON.stringify(claim), await keyFor(portal, session, 'step'), 'step')
  setCookie(options, look, STEP_COOKIE, sealed, STEP_LASTS)
}

export async function stepOf({ options, request, desk }: Look): Promise<StepClaim | undefined> {
  const { portal, session } = desk
  const text = unseal(cookieOf(options, request, STEP_COOKIE) ?? '', await keyFor(portal, session, 'step'), 'step')
  const claim = text === undefined ? undefined : (JSON.parse(text) as StepClaim)
  return claim !== undefined && claim.expires > portal.sources.now() ? claim : undefined
}

export const takeStep = (look: Look): void => setCookie(look.options, look, STEP_COOKIE, null)
