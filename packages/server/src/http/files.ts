import type { FastifyReply } from 'fastify'
import type { FileLinks } from '../auth/file-links.ts'
import { apiError, type ApiError } from '../methods/errors.ts'
import { publicFile } from '../modules/crm/document/public.ts'
import { invoicePage } from '../modules/crm/invoice/page.ts'
import type { Context, Portal } from '../records/context.ts'
import { Failure } from '../records/failure.ts'
import type { StoredFile } from '../records/files.ts'
import { requireRecord } from '../records/records.ts'
import { envelope } from '../methods/envelope.ts'

/** Types that a browser may show in place; everything else is offered for saving, as bytes. */
const SHOWN: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
}

/** Streams a stored file to whoever holds a valid link. Never as HTML, SVG or script, and never sniffed. */
export async function sendFile(
  given: { portal: Portal; links: FileLinks; token: unknown; show: boolean },
  reply: FastifyReply,
): Promise<unknown> {
  const { portal, links, token } = given
  const refuse = (error: ApiError): unknown => reply.code(error.status).send(envelope({ error, time: {} }))
  const claim = typeof token === 'string' ? links.read(token, portal.sources.now()) : undefined
  if (claim === undefined) return refuse(apiError('fileNotFound'))
  const session = portal.store.session()
  const person = await portal.people.find(session, claim.userId)
  if (person === undefined || !person.active) return refuse(apiError('userBlocked'))
  const stored = await portal.files.find(session, claim.fileId)
  const context: Context = { portal, session, person, now: portal.sources.now() }
  return stored === undefined || !(await mayRead(context, stored))
    ? refuse(apiError('fileNotFound'))
    : streamFile(portal, stored, given.show, reply)
}

/** A link lives an hour, and the right to what it shows may be gone by then. */
async function mayRead(context: Context, { entityTypeId, recordId }: StoredFile): Promise<boolean> {
  // Pictures of the portal's own, such as icons of activities.
  if (recordId === 0) return true
  const entity = await context.portal.entities.any(context.session, entityTypeId)
  if (entity === undefined) return false
  try {
    if (entity.rights === 'owner') await context.portal.hooks(entity).readable?.(context, recordId)
    else await requireRecord(context, context.session, entity, recordId, 'read')
    return true
  } catch (cause) {
    if (cause instanceof Failure) return false
    throw cause
  }
}

/** A document or an invoice for whoever was given its public address. */
export async function sendPublic(portal: Portal, code: string, reply: FastifyReply): Promise<unknown> {
  const session = portal.store.session()
  const page = await invoicePage(portal, session, code)
  if (page !== undefined)
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'private, no-store')
      .send(page)
  const id = await publicFile(session, code)
  const stored = id === undefined ? undefined : await portal.files.find(session, id)
  const error = apiError('fileNotFound')
  return stored === undefined
    ? reply.code(error.status).send(envelope({ error, time: {} }))
    : streamFile(portal, stored, true, reply)
}

/** The bytes of a file, whose reader has been asked for their rights already. */
export async function streamFile(
  portal: Portal,
  stored: StoredFile,
  show: boolean,
  reply: FastifyReply,
): Promise<unknown> {
  const { stream, size } = await portal.files.read(stored)
  const extension = stored.name.split('.').at(-1)?.toLowerCase() ?? ''
  const type = show ? SHOWN[extension] : undefined
  const ascii = stored.name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return reply
    .header('content-type', type ?? 'application/octet-stream')
    .header('content-length', size)
    .header(
      'content-disposition',
      `${type === undefined ? 'attachment' : 'inline'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .send(stream)
}
