import { isMap } from '../../../methods/method.ts'
import type { Change } from '../../../records/change.ts'
import type { Portal } from '../../../records/context.ts'
import type { JobContext, JobHandler } from '../../../records/jobs.ts'
import { listOf, scalarOf, type Stored } from '../../../store/entity-query.ts'
import { bbCodeFromHtml } from '../../../schema/bb-code.ts'
import { sendMail } from '../../mail.ts'
import { load } from '../shown.ts'
import { activity, EMAIL, OUTGOING } from './activity.ts'
import { addressesOf, type Communication } from './communications.ts'

/** The kind of job that sends the letter of an activity. */
export const LETTER = 'crm.activity.letter'

const ADDRESS = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/
const HTML = 3

/** Reads a field of a new activity. */
type Value = (name: string) => unknown

/** "Outgoing" and "completed" together mean "send it" (tutorials/crm/how-to-add-crm-objects/how-to-send-email.md). */
const isLetter = (value: Value): boolean =>
  value('typeId') === EMAIL && value('direction') === OUTGOING && value('completed') === 'Y'

const settingsOf = (json: unknown): Readonly<Record<string, unknown>> => {
  const settings: unknown = typeof json === 'string' ? JSON.parse(json) : {}
  return isMap(settings) ? settings : {}
}

/** `Name Surname <address>`, or the address alone. */
const senderOf = (settings: unknown): string => {
  const { MESSAGE_FROM: from } = settingsOf(settings)
  return typeof from === 'string' ? from.replace(/\s+/g, ' ').trim() : ''
}
const addressIn = (sender: string): string => /<([^<>]*)>\s*$/.exec(sender)?.[1]?.trim() ?? sender

/**
 * Why the letter that a new activity is can't go out, in the documented words; undefined for what is none or can. The
 * activity stays all the same, as the page says.
 */
export function obstacle({ outside }: Pick<Portal, 'outside'>, value: Value): string | undefined {
  if (!isLetter(value)) return undefined
  if (outside.smtpUrl === null) return 'Email send error. Failed to load module "subscribe"'
  const communications = value('communications')
  const to = typeof communications === 'string' ? (JSON.parse(communications) as Communication[]) : []
  if (to.length === 0) return 'Email send error. "To" is not found'
  const sender = senderOf(value('settings'))
  const addresses = [...to.map((each) => each.value), ...(sender === '' ? [] : [addressIn(sender)])]
  return addresses.every((each) => ADDRESS.test(each)) ? undefined : 'Email send error. Invalid email is specified'
}

/** Sends the letter that a new activity is, once it is committed. */
export async function sendLater(change: Change): Promise<void> {
  const value: Value = (name) => change.draft.values.get(name)
  if (!isLetter(value) || obstacle(change.portal, value) !== undefined) return
  const { tx, portal, id, person, now } = change
  await portal.jobs.schedule(tx, {
    kind: LETTER,
    key: `activity:${id}`,
    due: now,
    userId: person.id,
    payload: { id, messageId: `activity.${id}.${portal.sources.token(16)}` },
  })
}

const text = (stored: Stored, name: string): string => String(scalarOf(stored, activity.field(name)) ?? '')

async function attachments({ portal, session }: JobContext, stored: Stored) {
  const files: { filename: string; content: Buffer }[] = []
  for (const id of listOf(stored, activity.field('files')).map(Number)) {
    const file = await portal.files.find(session, id)
    const content = await portal.files.bytes(session, id)
    if (file !== undefined && content !== undefined) files.push({ filename: file.name, content })
  }
  return files
}

/**
 * Sends the letter. It comes from the portal's own address, which is the one that its mail server may write as; answers
 * go to whoever `MESSAGE_FROM` names, and so does a copy unless `DISABLE_SENDING_MESSAGE_COPY` is set.
 */
export const sendLetter: JobHandler = async (context) => {
  const id = Number(context.job.payload.id)
  const stored = await load(context.session, activity, id)
  // Deleted in the meantime.
  if (stored === undefined) return
  const settings = scalarOf(stored, activity.field('settings'))
  const sender = senderOf(settings)
  const wantsCopy = settingsOf(settings).DISABLE_SENDING_MESSAGE_COPY !== 'Y'
  const description = text(stored, 'description')
  const isHtml = scalarOf(stored, activity.field('descriptionType')) === HTML
  await sendMail(context.portal, {
    to: await addressesOf(context.session, id),
    subject: text(stored, 'subject').replace(/\s+/g, ' '),
    text: isHtml ? bbCodeFromHtml(description) : description,
    ...(isHtml ? { html: description } : {}),
    ...(sender === '' ? {} : { replyTo: sender }),
    ...(sender === '' || !wantsCopy ? {} : { bcc: addressIn(sender) }),
    attachments: await attachments(context, stored),
    messageId: `<${String(context.job.payload.messageId)}@portico>`,
  })
}
