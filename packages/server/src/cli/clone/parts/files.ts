import { UnreachableError } from 'portico-client'
import { setTimeout as wait } from 'node:timers/promises'
import type { Saved } from '../../../records/files.ts'
import { FileTooLarge } from '../../../records/files.ts'
import { safeFileName } from '../../../schema/kinds/file.ts'
import { OutgoingError } from '../../../records/outgoing.ts'
import { GivenUp, Refused as SourceRefused } from '../source.ts'
import type { Clone } from '../step.ts'
import { openLink } from './open-link.ts'

/** A file as an answer of the source shows it. */
export interface FileLink {
  /** Where it can be had, the best address first. */
  readonly urls: readonly string[]
  /** As the answer calls it, where it does; otherwise the download itself says it. */
  readonly name?: string | undefined
  /** Its number on the portal's drive, of files that are kept there: another way to it. */
  readonly driveId?: number | undefined
  /** For the report: `deal 15, UF_CRM_SCAN`. */
  readonly of: string
  /** Asks for fresh addresses: links stop working after a while. */
  readonly again?: () => Promise<readonly string[]>
}

/** The largest file that is brought over, in bytes: one that never ends must not fill the disk. */
export const MAX_FILE = 2 ** 31
const ATTEMPTS = 6
const LONGEST_SILENCE = 60_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 15_000

type Given = Readonly<Record<string, unknown>>
const isMap = (input: unknown): input is Given => typeof input === 'object' && input !== null && !Array.isArray(input)

/** The names of addresses in answers, those that need no session of a browser first (api-reference/files/index.md). */
const ADDRESSES = ['urlMachine', 'DOWNLOAD_URL', 'downloadUrl', 'urlDownload', 'url', 'showUrl', 'urlShow'] as const

/** The addresses of a file in any shape in which answers tell it; none where the value is no file. */
export function addressesOf(value: unknown): string[] {
  if (!isMap(value)) return []
  return ADDRESSES.map((name) => value[name])
    .filter((url) => typeof url === 'string')
    .filter(Boolean)
}

/**
 * The files of a value: a file, a list of files, or a map of them by number as comments show theirs
 * (api-reference/crm/timeline/comments/crm-timeline-comment-list.md). `onDrive`: their numbers are those of the portal's
 * drive, by which they can be had as well.
 */
export function linksOf(value: unknown, of: string, { onDrive = false } = {}): FileLink[] {
  const urls = addressesOf(value)
  if (isMap(value) && urls.length > 0) {
    const name = typeof value.name === 'string' ? value.name : undefined
    const id = Number(value.id ?? value.ID)
    return [{ urls, name, of, driveId: onDrive && Number.isSafeInteger(id) ? id : undefined }]
  }
  if (Array.isArray(value)) return value.flatMap((each) => linksOf(each, of, { onDrive }))
  return isMap(value) ? Object.values(value).flatMap((each) => linksOf(each, of, { onDrive })) : []
}

/** The portal will not give this file, however often it is asked. */
class Refused extends Error {}

/**
 * Brings a file over into the target's store; the caller gives it to a record, or discards it. Undefined, and a line in
 * the report, where the source doesn't give it: the record is brought over without it then.
 */
export async function fetchFile(clone: Clone, link: FileLink): Promise<Saved | undefined> {
  let reason = 'the answer has no address of it'
  const tried = new Set<string>()
  const tries: (() => Promise<readonly string[]>)[] = [() => Promise.resolve(link.urls)]
  if (link.again !== undefined) tries.push(link.again)
  const { driveId } = link
  if (driveId !== undefined) tries.push(() => onDrive(clone, driveId))
  for (const addresses of tries) {
    for (const url of await addresses()) {
      if (tried.has(url)) continue
      tried.add(url)
      try {
        return await persistently(clone, url, link.name)
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause
        reason = cause.message
      }
    }
  }
  clone.warn(`${link.of}: a file is left out: ${reason}`)
  return undefined
}

const AT_ONCE = 4

/** A few files at a time, in their order; those that the source doesn't give are left out, and told to `onLost`. */
export async function fetchFiles(
  clone: Clone,
  links: readonly FileLink[],
  onLost: (of: string) => void,
): Promise<Saved[]> {
  const found: (Saved | undefined)[] = []
  const waiting = [...links.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      found[next[0]] = await fetchFile(clone, next[1])
  }
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker))
  const saved = found.filter((each) => each !== undefined)
  for (const [index, { of }] of links.entries()) if (found[index] === undefined) onLost(of)
  const failed = done.find((each) => each.status === 'rejected')
  if (failed === undefined) return saved
  await clone.target.portal.files.discard(saved.map(({ blob }) => blob))
  throw failed.reason
}

/** The addresses of a file on the drive, where the credential may see that (api-reference/disk/file/disk-file-get.md). */
async function onDrive(clone: Clone, id: number): Promise<readonly string[]> {
  try {
    return addressesOf(await clone.source.call('disk.file.get', { id }))
  } catch (cause) {
    if (cause instanceof SourceRefused) return []
    throw cause
  }
}

/**
 * Asks again where the download breaks off or the portal is busy, but not for ever: there are files that a portal never
 * gives, and they are not worth the run. A portal that does not answer at all is waited for as everywhere.
 */
async function persistently(clone: Clone, url: string, name: string | undefined): Promise<Saved> {
  const { source, signal } = clone
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await source.patiently('download', () => opened(clone, url))
      return await download(clone, answer, url, name)
    } catch (cause) {
      signal.throwIfAborted()
      if (cause instanceof Refused || cause instanceof GivenUp) throw cause
      if (cause instanceof OutgoingError && cause.permanent) throw new Refused(cause.message)
      if (cause instanceof FileTooLarge) throw new Refused('it is larger than 2 GiB')
      if (isOurs(cause)) throw cause
      if (attempt === ATTEMPTS) throw new Refused(reasonOf(cause))
      const asked = cause instanceof Busy ? cause.pause : 0
      await wait(Math.max(asked, Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)), undefined, { signal })
    }
  }
}

async function opened(clone: Clone, url: string): Promise<Response> {
  try {
    return await openLink(clone, url)
  } catch (cause) {
    if (clone.signal.aborted) throw cause
    if (!(cause instanceof TypeError)) throw cause
    // Not `cause.message`: it may hold the address, which holds a token.
    throw new UnreachableError('download', 'the portal does not answer', { cause })
  }
}

/** The portal asks for patience; milliseconds. */
class Busy extends Error {
  readonly pause: number
  constructor(status: number, retryAfter: string | null) {
    super(`the portal answers ${status}`)
    this.pause = Math.min(Number(retryAfter ?? 0) * 1000 || 0, LONGEST_PAUSE)
  }
}

/** The target's own disk is full, or not to be written: no fault of the source. */
const isOurs = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT'].includes(String(cause.code))

/** Without addresses: they hold tokens. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Busy) return cause.message
  const code = cause instanceof Error && cause.cause instanceof Error && 'code' in cause.cause ? cause.cause.code : ''
  return `the download breaks off${typeof code === 'string' && code !== '' ? ` (${code})` : ''}`
}

async function download(clone: Clone, answer: Response, url: string, name: string | undefined): Promise<Saved> {
  const { status, headers, body } = answer
  try {
    if (status === 429 || status >= 500) throw new Busy(status, headers.get('retry-after'))
    if (!answer.ok) throw new Refused(`the portal answers ${status}`)
    if (body === null) throw new Refused('the answer is empty')
    const fileName = safeFileName(nameIn(headers.get('content-disposition')) ?? name ?? nameInUrl(url))
    if (isPage(headers, fileName)) throw new Refused('the portal answers with a page and not with the file')
    const length = headers.get('content-encoding') === null ? headers.get('content-length') : null
    if (Number(length ?? 0) > MAX_FILE) throw new Refused('it is larger than 2 GiB')
    const { files } = clone.target.portal
    const saved = await files.saveStream(fileName, flowing(body), MAX_FILE)
    if (length === null || saved.size === Number(length)) return saved
    await files.discard([saved.blob])
    throw new Error('the download is shorter than it was said to be')
  } finally {
    if (body !== null && !body.locked) await body.cancel().catch(() => {})
  }
}

/** What comes, as long as something comes: a connection may stand open without a byte for ever. */
async function* flowing(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const stalled = new AbortController()
      const silence = wait(LONGEST_SILENCE, undefined, { signal: stalled.signal, ref: false }).then(() => {
        throw new Error('nothing comes any more')
      })
      silence.catch(() => {})
      const { done, value } = await Promise.race([reader.read(), silence]).finally(() => stalled.abort())
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** A form to sign in, or an error in words: portals answer so, with status 200, to links that they don't honour. */
function isPage(headers: Headers, fileName: string): boolean {
  if (headers.get('content-disposition') !== null) return false
  const type = (headers.get('content-type') ?? '').toLowerCase()
  if (type.startsWith('text/html')) return !/\.html?$/i.test(fileName)
  return type.startsWith('application/json') && !/\.json$/i.test(fileName)
}

/** `attachment; filename="x.pdf"; filename*=utf-8''%D1%85.pdf`: the second is the true one. */
export function nameIn(disposition: string | null): string | undefined {
  if (disposition === null) return undefined
  const [, encoded] = /filename\*\s*=\s*(?:utf-8|iso-8859-1)?'[^']*'([^;]+)/i.exec(disposition) ?? []
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition) ?? []
  if (encoded !== undefined) {
    const decoded = decoded8(encoded.trim())
    if (decoded !== undefined) return decoded
  }
  const plain = (quoted?.replace(/\\(.)/g, '$1') ?? bare)?.trim()
  // Some servers put UTF-8 into the plain name, which headers give as one character per byte.
  return plain === undefined || plain === '' ? undefined : utf8Of(plain)
}

function decoded8(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function utf8Of(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return /%[0-9a-f]{2}/i.test(text) ? (decoded8(text) ?? text) : text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** `…&filename=1.gif`, or the last part of the path if that looks like a file's name. */
function nameInUrl(url: string): string | undefined {
  const { searchParams, pathname } = new URL(url, 'https://portal')
  const last = decoded8(pathname.split('/').at(-1) ?? '')
  return searchParams.get('filename') ?? (last !== undefined && /\.(?!php|json)\w{1,8}$/i.test(last) ? last : undefined)
}
