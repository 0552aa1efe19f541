import type { FastifyInstance } from 'fastify'
import type { Viewer } from '../records/live.ts'
import type { AppOptions } from './app.ts'
import { connectionOf, isSecure } from './connection.ts'
import { isOwnOrigin, visitOf } from './session-cookie.ts'

/** Bytes that may wait for a page that does not read; it opens its stream anew. */
const MOST_WAITING = 1_048_576

/**
 * What happens in the portal, as server-sent events for its own pages. The cookie alone counts: nothing is changed by
 * it, and no page of another origin may read what comes.
 */
export function liveRoute(app: FastifyInstance, options: AppOptions): void {
  const { portal, live } = options
  app.get('/live', async (request, reply) => {
    void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
    const session = portal.store.session()
    const visit =
      isSecure(options, connectionOf(request)) && isOwnOrigin(options, request) !== false
        ? await visitOf(options, request, session)
        : undefined
    await session.settled()
    if (visit === undefined) return reply.code(401).header('cache-control', 'no-store').send('')
    const stream = reply.raw
    const write = (text: string): void => {
      if (stream.writableLength > MOST_WAITING) stream.destroy()
      else stream.write(text)
    }
    const viewer: Viewer = {
      userId: visit.person.id,
      send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      beat: () => write(': \n\n'),
      async isSignedIn() {
        const now = await visitOf(options, request)
        return now?.person.id === visit.person.id
      },
      end: () => stream.end(),
    }
    if (!live.add(viewer)) return reply.code(503).header('retry-after', '30').send('')
    reply.hijack()
    request.raw.socket.setNoDelay(true)
    stream.writeHead(200, {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather what they pass on would hold events back.
      'x-accel-buffering': 'no',
    } as Record<string, string>)
    write('retry: 2000\n\n')
    stream.once('close', () => live.remove(viewer))
    return reply
  })
}
