import { checkPassword, hashPassword } from '../../auth/password.ts'
import { passwordRefusal } from '../../auth/password-rules.ts'
import { keyFor, seal, unseal } from '../../auth/sealed.ts'
import { digest } from '../../auth/secrets.ts'
import { audit } from '../../records/audit.ts'
import { originOf } from '../../records/endpoints.ts'
import type { JobHandler } from '../../records/jobs.ts'
import { sql } from '../../store/sql.ts'
import type { Session, Transaction } from '../../store/store.ts'
import { sendMail } from '../mail.ts'
import { inviteElsewhere } from '../people/invitation.ts'
import { type Account, accountById, accountByName, type Desk } from './account.ts'
import { passwordReset } from './tables.ts'
import { enter, letterTracks, ownTracks, forgive } from './throttle.ts'

/** The kind of job that sends the letter with the link to a new password. */
export const RESET = 'session.reset'
/** How long a letter's link works, in seconds. */
const LIFETIME = 3600
const TOKEN_LENGTH = 50
const MAX_TYPED = 255

/**
 * Somebody says that they have forgotten their password. The answer and the work are the same whoever they are: only
 * the job, later, looks whether there is such a person. Answers the seconds to wait: 0 = done.
 */
export async function forgetPassword({ portal, session, visitor }: Desk, typed: string): Promise<number> {
  const seconds = await enter(session, letterTracks(typed, visitor?.address ?? ''), portal.sources.now())
  if (seconds > 0) return seconds
  const now = portal.sources.now()
  // Sealed, because people type passwords into the wrong field.
  const sealed = seal(typed.slice(0, MAX_TYPED), await keyFor(portal, session, RESET), RESET)
  await session.transaction((tx) =>
    portal.jobs.schedule(tx, {
      kind: RESET,
      key: `account:${digest(typed.trim().toLowerCase())}`,
      due: now,
      userId: 1,
      payload: { sealed, visitor },
    }),
  )
  return 0
}

/** Makes the token when the letter goes, so that it never lies anywhere but in the letter. */
export const sendReset: JobHandler = async ({ portal, session, job, now }) => {
  const typed = unseal(String(job.payload.sealed), await keyFor(portal, session, RESET), RESET)
  const account = await accountByName(session, typed ?? '')
  if (account?.active !== 'Y' || account.email === null) return
  const token = portal.sources.token(TOKEN_LENGTH)
  const isComing = await session.transaction(async (tx) => {
    // Whoever has never come yet gets another invitation: a password alone would not make them a member.
    if (await isInvited(tx, account.id)) {
      await inviteElsewhere(portal, tx, { userId: account.id, by: account.id, now, text: '' })
      return true
    }
    await tx.change(sql`delete from password_reset where user_id = ${account.id}`)
    tx.insert(passwordReset, {
      user_id: account.id,
      token_hash: digest(token),
      expires: Math.floor(now) + LIFETIME,
    })
    const visitor = job.payload.visitor as Desk['visitor']
    await audit({ now, visitor }, tx, { type: 'USER_INFO', module: 'main', item: `user ${account.id}` })
    return false
  })
  await session.settled()
  if (isComing) return
  const link = `${originOf(portal)}/password/reset/${token}`
  if (portal.outside.smtpUrl === null) {
    portal.log.warn({ user: account.id, link }, 'no mail server is set: give this link to the person, within an hour')
    return
  }
  await sendMail(portal, {
    to: [account.email],
    subject: 'A new password for Portico',
    text: [
      account.name ? `Hello ${account.name},` : 'Hello,',
      `choose a new password here within an hour:\n${link}`,
      'Was it not you who asked for it? Then do nothing: your password stays as it is.',
    ].join('\n\n'),
    messageId: `<reset.${digest(token).slice(0, 24)}@portico>`,
  })
}

const isInvited = async (tx: Transaction, userId: number): Promise<boolean> =>
  (await tx.find<{ user_id: number }>(sql`select user_id from user_invitation where user_id = ${userId}`)).length > 0

/** The person whose letter holds this token; undefined if it is unknown, used or too old. */
export async function resettable(
  { portal, session }: Pick<Desk, 'portal' | 'session'>,
  token: string,
): Promise<Account | undefined> {
  const now = Math.floor(portal.sources.now())
  const [row] = await session.find<{ user_id: number }>(
    sql`select user_id from password_reset where token_hash = ${digest(token)} and expires > ${now}`,
  )
  const account = row === undefined ? undefined : await accountById(session, row.user_id)
  return account?.active === 'Y' ? account : undefined
}

export type NewPassword =
  | { readonly is: 'done'; readonly userId: number }
  | { readonly is: 'refused'; readonly text: string }
  /** The letter's link doesn't work any more. */
  | { readonly is: 'gone' }
  | { readonly is: 'wait'; readonly seconds: number }

const ownWords = ({ email, login, name, last_name }: Account): (string | null)[] => [email, login, name, last_name]

/** Takes the new password of somebody who has got a letter. All of their sessions end. Throws BusyError. */
export async function resetPassword(
  desk: Desk,
  { token, password }: { token: string; password: string },
): Promise<NewPassword> {
  const account = await resettable(desk, token)
  if (account === undefined) return { is: 'gone' }
  const text = passwordRefusal(password, ownWords(account))
  if (text !== undefined) return { is: 'refused', text }
  // Deriving the key takes a while: other writers must not wait for it.
  const stored = await hashPassword(password)
  return desk.session.transaction(async (tx) => {
    const used = await tx.change(
      sql`delete from password_reset where user_id = ${account.id} and token_hash = ${digest(token)}`,
    )
    if (used === 0) return { is: 'gone' }
    await store(desk, tx, { userId: account.id, stored, by: 'a letter' })
    return { is: 'done', userId: account.id }
  })
}

/** Whether somebody who is signed in knows the password too; or how many seconds they must wait. Throws BusyError. */
export async function knowsPassword(
  { portal, session }: Desk,
  { userId, password }: { userId: number; password: string },
): Promise<boolean | number> {
  const tracks = ownTracks(userId)
  const seconds = await enter(session, tracks, portal.sources.now())
  if (seconds > 0) return seconds
  const account = await accountById(session, userId)
  const knows = await checkPassword(password, account?.password)
  if (knows) await session.transaction((tx) => forgive(tx, tracks))
  return knows
}

/** Takes a person's own new password. All of their sessions end but the one in which they do it. Throws BusyError. */
export async function ownPassword(
  desk: Desk,
  { userId, sessionId, password }: { userId: number; sessionId: number; password: string },
): Promise<NewPassword> {
  const account = await accountById(desk.session, userId)
  if (account?.active !== 'Y') return { is: 'gone' }
  const text = passwordRefusal(password, ownWords(account))
  if (text !== undefined) return { is: 'refused', text }
  const stored = await hashPassword(password)
  await desk.session.transaction((tx) => store(desk, tx, { userId, stored, by: 'the person', except: sessionId }))
  return { is: 'done', userId }
}

/** An operator gives a person another password; false if there is no such person. All of their sessions end. */
export async function givePassword(
  desk: Pick<Desk, 'portal' | 'sessions'> & { readonly session: Session },
  { userId, password }: { userId: number; password: string },
): Promise<boolean> {
  const stored = await hashPassword(password)
  return desk.session.transaction(async (tx) => {
    if ((await accountById(tx, userId)) === undefined) return false
    await store({ ...desk, visitor: undefined }, tx, { userId, stored, by: 'an operator' })
    return true
  })
}

/** Ends a person's sessions but the one in which they ask for it. */
export async function endOtherSessions(
  { portal, sessions, session, visitor }: Desk,
  { userId, sessionId }: { userId: number; sessionId: number },
): Promise<void> {
  await session.transaction(async (tx) => {
    const ended = await sessions.endAll(tx, userId, sessionId)
    const who = { person: { id: userId }, now: portal.sources.now(), visitor }
    if (ended > 0)
      await audit(who, tx, { type: 'USER_LOGOUT', module: 'main', item: `user ${userId}`, description: { ended } })
  })
}

async function store(
  { portal, sessions, visitor }: Desk,
  tx: Transaction,
  { userId, stored, by, except }: { userId: number; stored: string; by: string; except?: number },
): Promise<void> {
  await tx.change(sql`update portal_user set password = ${stored} where id = ${userId}`)
  await tx.change(sql`delete from password_reset where user_id = ${userId}`)
  await sessions.endAll(tx, userId, except)
  const entry = { type: 'USER_PASSWORD_CHANGED', module: 'main', item: `user ${userId}`, description: { by } }
  // Whoever holds the letter is the person; the operator at the command line is nobody of the portal.
  await audit(
    { now: portal.sources.now(), visitor, ...(by === 'an operator' ? {} : { person: { id: userId } }) },
    tx,
    entry,
  )
}
