import { readFileSync } from 'node:fs'
import { Agent, type RequestOptions, request } from 'node:https'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { rootCertificates } from 'node:tls'
import { CommandError, exit } from '../terminal.ts'

/** Answers of these have no body, and a Response takes none. */
const EMPTY = new Set([101, 204, 205, 304])

/**
 * A fetch that trusts one more authority. Node's own learns of others only from NODE_EXTRA_CA_CERTS, when it starts.
 * Redirects are not followed, and plain HTTP goes the usual way.
 * @throws {CommandError} where the file cannot be read
 */
export function fetchTrusting(path: string): typeof fetch {
  // What the agent of the whole process trusts would count instead.
  const agent = new Agent({ ca: [...rootCertificates, certificate(path)] })
  return async (input, init) => {
    const asked = new Request(input, init)
    if (!asked.url.startsWith('https:')) return fetch(asked)
    const body = Buffer.from(await asked.arrayBuffer())
    const headers = { ...Object.fromEntries(asked.headers), 'content-length': String(body.length) }
    return answered(asked.url, { method: asked.method, headers, agent, signal: asked.signal }, body)
  }
}

function answered(url: string, options: RequestOptions, body: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (incoming) => {
      const { statusCode: status = 500, rawHeaders } = incoming
      const headers = new Headers()
      for (let index = 0; index + 1 < rawHeaders.length; index += 2)
        headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
      // The same streams under two names: Node's and those of the web.
      const stream = EMPTY.has(status) ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>)
      resolve(new Response(stream, { status, headers }))
    })
    // As fetch does: the reason is the cause, where the client looks for it.
    sent.on('error', (cause) => reject(cause.name === 'AbortError' ? cause : new TypeError('fetch failed', { cause })))
    sent.end(body)
  })
}

/**
 * A certificate out of a file.
 * @throws {CommandError} where the file cannot be read, or holds none
 */
export function certificate(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CommandError(`the authority ${path} cannot be read (${code})`, { exitCode: exit.usage, cause })
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new CommandError(`${path} is no certificate in PEM`, { exitCode: exit.usage })
  return text
}
