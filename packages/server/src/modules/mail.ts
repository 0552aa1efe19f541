import { createTransport } from 'nodemailer'
import type { Portal } from '../records/context.ts'
import { OutgoingError } from '../records/outgoing.ts'

export interface Letter {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html?: string
  /** Where answers go, if not to the portal's own address: `Name <address>`. */
  readonly replyTo?: string
  /** Who gets a copy that the others don't see. */
  readonly bcc?: string
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[]
  /** One and the same for a letter that is sent again, so that mailboxes can show it once. */
  readonly messageId?: string
}

/** Milliseconds until a mail server that says nothing is given up. */
const PATIENCE = 10_000

/** Sends a letter through the operator's mail server; throws OutgoingError. */
export async function sendMail({ outside }: Pick<Portal, 'outside'>, letter: Letter): Promise<void> {
  if (outside.smtpUrl === null) throw new OutgoingError('the portal has no mail server', true)
  const transport = createTransport({
    url: outside.smtpUrl,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // Letters are made of texts that people typed: none of them may name a file of the server.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { attachments = [], to, ...rest } = letter
    await transport.sendMail({ ...rest, from: outside.mailFrom, to: [...to], attachments: [...attachments] })
  } catch (cause) {
    const { responseCode = 0, message = String(cause) } = cause as { responseCode?: number; message?: string }
    throw new OutgoingError(message, responseCode >= 500)
  } finally {
    transport.close()
  }
}
