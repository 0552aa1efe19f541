import { STATUS_CODES, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { SeenRequest } from '../../http/test-serving.ts'
import type { CallFault } from './fault-rule.ts'

/** Connections that are kept open without an answer. */
export class Connections {
  readonly #held = new Set<ServerResponse>()

  /** Does with the connection of a request what a rule says, in place of an answer. */
  async strike({ timeout, reset, garbage, redirect }: CallFault, { incoming, response }: SeenRequest): Promise<void> {
    if (timeout === true) await this.#hold(response)
    else if (reset === true) resetConnection(response)
    else if (garbage !== undefined) sendPage(response, garbage)
    else if (redirect !== undefined) sendPage(response, 302, { location: `${redirect}${incoming.url ?? '/'}` })
  }

  /** Those who wait are let go. */
  letGo(): void {
    for (const response of this.#held) response.socket?.destroy()
  }

  #hold(response: ServerResponse): Promise<void> {
    if (response.destroyed || response.socket?.destroyed !== false) return Promise.resolve()
    this.#held.add(response)
    return new Promise((resolve) =>
      response.once('close', () => {
        this.#held.delete(response)
        resolve()
      }),
    )
  }
}

/** The answer that comes is sent to its half; then the connection ends. */
export function cutShort(response: ServerResponse): void {
  const send = response.write.bind(response)
  let isCut = false
  const cut = (chunk: unknown): void => {
    if (isCut) return
    isCut = true
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.isBuffer(chunk) ? chunk : Buffer.alloc(0)
    send(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroySoon())
  }
  response.write = (chunk: unknown): boolean => {
    cut(chunk)
    return true
  }
  response.end = (chunk?: unknown): ServerResponse => {
    cut(chunk)
    return response
  }
}

/** By a reset where the system has one; whoever speaks TLS sees the end of the connection beneath it. */
function resetConnection({ socket }: ServerResponse): void {
  if (socket === null) return
  const beneath: unknown = '_parent' in socket ? socket._parent : undefined
  const plain = beneath instanceof Socket ? beneath : socket
  try {
    plain.resetAndDestroy()
  } catch {
    socket.destroy()
  }
}

/** As nginx answers before a portal that does not, or has moved. */
function sendPage(response: ServerResponse, status: number, headers: { location?: string } = {}): void {
  const title =
    status === 504
      ? '504 Gateway Time-out'
      : status === 503
        ? '503 Service Temporarily Unavailable'
        : `${status} ${STATUS_CODES[status]}`
  const page = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n')
  response.writeHead(status, {
    server: 'nginx',
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
    'access-control-allow-origin': '*',
    ...headers,
  })
  response.end(page)
}
