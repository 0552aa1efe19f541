import { checkPassword, hashPassword, needsRehash } from '../../auth/password.ts'
import { digest } from '../../auth/secrets.ts'
import { audit } from '../../records/audit.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { type Account, accountById, accountByName, type Desk } from './account.ts'
import { hasFactor, takeFactor } from './second-factor.ts'
import { codeTracks, enter, forgive, signInTracks, type Track } from './throttle.ts'

export type SignIn =
  /** The token of the new session. */
  | { readonly is: 'in'; readonly userId: number; readonly token: string }
  /** The password was right; a code is missing. */
  | { readonly is: 'code'; readonly step: Step }
  | { readonly is: 'refused' }
  | { readonly is: 'wait'; readonly seconds: number }

/** Between the password and the code. */
export interface Step {
  readonly userId: number
  /** What the password was: another one since then ends the step. */
  readonly mark: string
  readonly how: How
}

export type How = 'password' | 'OpenID' | 'invitation'

interface Attempt {
  /** An e-mail address or a login, as it was typed. */
  readonly account: string
  readonly password: string
  /** The mark of a browser in which this person has signed in before. */
  device(userId: number | undefined): string | undefined
  /** The session that the browser has held until now: it ends. */
  readonly previous: string | undefined
}

/**
 * Signs a person in by the password. Whether there is such a person shows neither in the answer nor in the work that
 * is done for it. Throws BusyError.
 */
export async function signIn(desk: Desk, attempt: Attempt): Promise<SignIn> {
  const { portal, session } = desk
  const found = await accountByName(session, attempt.account)
  const tracks = signInTracks({
    account: attempt.account,
    address: desk.visitor?.address ?? '',
    device: attempt.device(found?.id),
  })
  const seconds = await enter(session, tracks, portal.sources.now())
  if (seconds > 0) return { is: 'wait', seconds }
  const isRight = await checkPassword(attempt.password, found?.active === 'Y' ? found.password : null)
  if (found === undefined || !isRight) {
    await session.transaction((tx) => refuse(desk, tx, found, 'wrong password'))
    return { is: 'refused' }
  }
  const renewed = needsRehash(found.password ?? '') ? await hashPassword(attempt.password) : undefined
  return session.transaction(async (tx) => {
    // Meanwhile the person may have been dismissed, or have got another password.
    const now = await accountById(tx, found.id)
    if (now?.active !== 'Y' || now.password !== found.password) return { is: 'refused' }
    await forgive(tx, tracks)
    if (renewed !== undefined) await tx.change(sql`update portal_user set password = ${renewed} where id = ${found.id}`)
    return admit(desk, tx, {
      account: { ...now, password: renewed ?? now.password },
      how: 'password',
      previous: attempt.previous,
    })
  })
}

/** Lets somebody in whose identity is proved: at once, or after a code where the person wants one. */
export async function admit(
  desk: Desk,
  tx: Transaction,
  { account, how, previous }: { account: Account; how: How; previous: string | undefined },
): Promise<SignIn> {
  if (await hasFactor(tx, account.id)) return { is: 'code', step: { userId: account.id, mark: markOf(account), how } }
  return begin(desk, tx, { userId: account.id, how, previous })
}

/** The second step: a code from the device, or a recovery code. */
export async function signInByCode(
  desk: Desk,
  { step, code, previous }: { step: Step; code: string; previous: string | undefined },
): Promise<SignIn> {
  const { portal, session } = desk
  const tracks: Track[] = codeTracks(step.userId)
  const seconds = await enter(session, tracks, portal.sources.now())
  if (seconds > 0) return { is: 'wait', seconds }
  return session.transaction(async (tx) => {
    const account = await accountById(tx, step.userId)
    const isSame = account?.active === 'Y' && markOf(account) === step.mark
    const by = isSame ? await takeFactor(portal, tx, step.userId, code) : undefined
    if (by === undefined) {
      await refuse(desk, tx, account, 'wrong code')
      return { is: 'refused' }
    }
    await forgive(tx, tracks)
    return begin(desk, tx, { userId: step.userId, how: `${step.how} and ${by}`, previous })
  })
}

/** What tells a person's password from the next one, without being of use to anybody. */
export const markOf = ({ password }: Pick<Account, 'password'>): string => digest(`mark:${password ?? ''}`).slice(0, 16)

async function begin(
  desk: Desk,
  tx: Transaction,
  { userId, how, previous }: { userId: number; how: string; previous: string | undefined },
): Promise<SignIn> {
  const { portal, sessions, visitor } = desk
  const now = Math.floor(portal.sources.now())
  // Never the one that the browser has held: somebody else may have put it there.
  if (previous !== undefined) await sessions.end(tx, previous)
  const token = await sessions.start(tx, { userId, visitor })
  await tx.change(sql`update portal_user set last_login = ${now}, last_activity = ${now} where id = ${userId}`)
  await audit({ person: { id: userId }, now, visitor }, tx, {
    type: 'USER_AUTHORIZE',
    module: 'main',
    item: `user ${userId}`,
    description: { by: how },
  })
  return { is: 'in', userId, token }
}

/** What was typed is never written down: it may be a password in the wrong field. */
export async function refuse(
  { portal, visitor }: Desk,
  tx: Transaction,
  account: Pick<Account, 'id' | 'active'> | undefined,
  why: string,
): Promise<void> {
  const reason = account === undefined ? 'unknown person' : account.active === 'Y' ? why : 'inactive person'
  await audit({ now: portal.sources.now(), visitor }, tx, {
    type: 'USER_LOGIN',
    module: 'main',
    item: account === undefined ? 'user' : `user ${account.id}`,
    description: { reason },
  })
}

/** Ends the session of a browser. */
export async function signOut(desk: Desk, { userId, token }: { userId: number; token: string }): Promise<void> {
  const { portal, sessions, session, visitor } = desk
  await session.transaction(async (tx) => {
    if (!(await sessions.end(tx, token))) return
    await audit({ person: { id: userId }, now: portal.sources.now(), visitor }, tx, {
      type: 'USER_LOGOUT',
      module: 'main',
      item: `user ${userId}`,
    })
  })
}
