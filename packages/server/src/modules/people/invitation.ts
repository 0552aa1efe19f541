import { hashPassword } from '../../auth/password.ts'
import { digest } from '../../auth/secrets.ts'
import { originOf } from '../../records/endpoints.ts'
import type { Check } from '../../records/check.ts'
import type { Portal } from '../../records/context.ts'
import type { JobHandler } from '../../records/jobs.ts'
import { formatDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import type { Session, Transaction } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'
import { announceEvent } from '../../records/outbox.ts'
import { sendMail } from '../mail.ts'

/** The kind of job that sends an invitation. */
export const INVITATION = 'people.invitation'
/** How long a letter's link works, in seconds. */
export const LIFETIME = 7 * 24 * 3600
export const TOKEN_LENGTH = 40
const MAX_TEXT = 4000

/** People who have been invited and haven't come yet. The token is in the letter alone. */
export const invitation: Table = {
  name: 'user_invitation',
  columns: { id: 'integer', user_id: 'integer', token_hash: 'text', created: 'integer', expires: 'integer' },
  indexes: [{ columns: ['user_id'], unique: true }, { columns: ['token_hash'] }],
}

export const invitationChecks: readonly Check[] = [
  {
    name: 'invitations are those of people',
    faults: () =>
      sql`select 'invitation ' || cast(i.id as text) as fault from user_invitation i where not exists (select 1 from portal_user u where u.id = i.user_id)`,
  },
]

interface Inviting {
  readonly userId: number
  readonly by: number
  readonly now: number
  /** What the inviting person writes. */
  readonly text: string
}

/** Remembers that a new person is invited; the letter goes after the commit. */
export async function invite(portal: Portal, tx: Transaction, { userId, by, now, text }: Inviting): Promise<void> {
  const id = await tx.nextId(invitation)
  tx.insert(invitation, { id, user_id: userId, token_hash: null, created: Math.floor(now), expires: null })
  await write(portal, tx, { userId, by, now, text })
}

/** Of somebody whose address was wrong: whoever got the letter mustn't come in their place, and they get one now. */
export async function inviteElsewhere(portal: Portal, tx: Transaction, inviting: Inviting): Promise<void> {
  const pending = await tx.change(
    sql`update user_invitation set token_hash = null, expires = null where user_id = ${inviting.userId}`,
  )
  if (pending > 0) await write(portal, tx, inviting)
}

async function write(portal: Portal, tx: Transaction, { userId, by, now, text }: Inviting): Promise<void> {
  await portal.jobs.schedule(tx, {
    kind: INVITATION,
    key: `user:${userId}`,
    due: now,
    userId: by,
    payload: { userId, text: text.slice(0, MAX_TEXT), messageId: `invitation.${userId}.${portal.sources.token(16)}` },
  })
}

export const cancelInvitation = (tx: Transaction, userId: number): Promise<number> =>
  tx.change(sql`delete from user_invitation where user_id = ${userId}`)

/**
 * Makes the token when the letter goes, so that it never lies anywhere but in the letter. Where the portal has no mail
 * server, the operator reads the link in the server's log.
 */
export const sendInvitation: JobHandler = async ({ portal, session, job, now }) => {
  const userId = Number(job.payload.userId)
  const [row] = await session.find<{ email: string; name: string | null }>(
    sql`select u.email, u.name from user_invitation i join portal_user u on u.id = i.user_id where u.id = ${userId} and u.active = 'Y'`,
  )
  // Dismissed, or at home already.
  if (row === undefined) return
  const token = portal.sources.token(TOKEN_LENGTH)
  await session.transaction((tx) =>
    tx.change(
      sql`update user_invitation set token_hash = ${digest(token)}, expires = ${Math.floor(now) + LIFETIME} where user_id = ${userId}`,
    ),
  )
  await session.settled()
  const link = `${originOf(portal)}/invitation/${token}`
  if (portal.outside.smtpUrl === null) {
    portal.log.warn({ user: userId, link }, 'no mail server is set: give this link to the invited person')
    return
  }
  const text = String(job.payload.text ?? '').trim()
  await sendMail(portal, {
    to: [row.email],
    subject: 'You are invited to Portico',
    text: [
      row.name ? `Hello ${row.name},` : 'Hello,',
      text === '' ? 'you are invited to work in Portico.' : text,
      `Choose your password here within seven days:\n${link}`,
    ].join('\n\n'),
    messageId: `<${String(job.payload.messageId)}@portico>`,
  })
}

/** The person whom a letter's token invites; undefined if it is unknown, used or too old. */
export async function invited(portal: Portal, session: Session, token: string): Promise<number | undefined> {
  const now = Math.floor(portal.sources.now())
  const [row] = await session.find<{ user_id: number }>(
    sql`select i.user_id from user_invitation i join portal_user u on u.id = i.user_id where i.token_hash = ${digest(token)} and i.expires > ${now} and u.active = 'Y'`,
  )
  return row?.user_id
}

/**
 * Completes a registration: the invited person gets a password, and ONUSERADD is announced, which tells of people who
 * have come and not of those who are invited (api-reference/common/events/on-user-add.md). Answers the person's id.
 */
export async function acceptInvitation(
  portal: Portal,
  session: Session,
  { token, password }: { token: string; password: string },
): Promise<number | undefined> {
  const userId = await invited(portal, session, token)
  if (userId === undefined) return undefined
  // Deriving the key takes a while: other writers must not wait for it.
  const stored = await hashPassword(password)
  const now = Math.floor(portal.sources.now())
  return portal.caches.changing(session, ['people'], async (tx) => {
    const used = await tx.change(
      sql`delete from user_invitation where user_id = ${userId} and token_hash = ${digest(token)}`,
    )
    if (used === 0) return undefined
    await tx.change(sql`update portal_user set password = ${stored} where id = ${userId} and active = 'Y'`)
    await announceArrival(portal, tx, userId, now)
    return userId
  })
}

interface Arrival {
  readonly active: string
  readonly email: string
  readonly name: string | null
  readonly last_name: string | null
  readonly personal_gender: string | null
  readonly personal_birthday: string | null
  readonly uf_department: string | null
  readonly date_register: number
  readonly work_position: string | null
  readonly uf_employment_date: string | null
}

/** ONUSERADD, of somebody who has come. */
export async function announceArrival(portal: Portal, tx: Transaction, userId: number, now: number): Promise<void> {
  const [row] = await tx.find<Arrival>(sql`select * from portal_user where id = ${userId}`)
  if (row === undefined) return
  await announceEvent(
    { tx, now, portal, person: { id: userId } },
    {
      event: 'ONUSERADD',
      entityTypeId: 0,
      recordId: userId,
      data: {
        ID: userId,
        ACTIVE: row.active,
        EMAIL: row.email,
        NAME: row.name ?? '',
        LAST_NAME: row.last_name ?? '',
        PERSONAL_GENDER: row.personal_gender ?? '',
        PERSONAL_BIRTHDAY: row.personal_birthday ?? '',
        UF_DEPARTMENT: JSON.parse(row.uf_department ?? '[]') as number[],
        DATE_REGISTER: formatDateTime(Number(row.date_register), portal.zone),
        WORK_POSITION: row.work_position ?? '',
        UF_EMPLOYMENT_DATE: row.uf_employment_date ?? '',
      },
    },
  )
}
