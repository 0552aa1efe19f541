import type { OutgoingHttpHeaders } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { FileLinks } from '../auth/file-links.ts'
import { FILE_METHODS } from '../methods/batch.ts'
import { apiError, type ErrorName } from '../methods/errors.ts'
import type { Outcome } from '../methods/method.ts'
import type { Pipeline, Stages } from '../pipeline.ts'
import type { Visitor } from '../records/audit.ts'
import type { Portal } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { ParamsError } from '../schema/params-error.ts'
import type { Tree } from '../schema/tree.ts'
import { allowOrigins } from './cors.ts'
import { sendFile, sendPublic } from './files.ts'
import { serveInvitation } from './invitation.ts'
import { decodeParams, param } from './params.ts'
import { reply as render } from './reply.ts'
import { readPath, type Route } from './request-path.ts'

export interface AppOptions {
  readonly portal: Portal
  readonly pipeline: Pipeline
  readonly links: FileLinks
  readonly log: Logger
  readonly maxBodyBytes: number
  readonly publicUrl: string | null
  readonly trustProxy: boolean
  /** Plain HTTP is served to other machines too. */
  readonly allowHttp: boolean
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/

/** The HTTP face of the API: everything under `/rest/` becomes one call of the pipeline. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: options.maxBodyBytes,
    trustProxy: options.trustProxy,
    // SDKs put long filters into GET addresses; 64 KiB is far above the documented 2048 characters (settings/how-to-call-rest-api/data-encoding.md).
    routerOptions: { maxParamLength: 65_536, ignoreDuplicateSlashes: false },
    http: { maxHeaderSize: 131_072 },
    forceCloseConnections: true,
    genReqId: () => options.portal.sources.token(16),
  })
  // Bodies reach the decoder as bytes, whatever their type says.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((cause: Error & { statusCode?: number }, request, reply) => {
    const name: ErrorName =
      cause.statusCode === 413 ? 'tooLarge' : (cause.statusCode ?? 500) < 500 ? 'malformed' : 'unexpected'
    if (name === 'unexpected') options.log.error({ err: cause, request: request.id }, 'unexpected error')
    return answer(reply, { error: apiError(name), time: {} }, 'json', request.id)
  })
  app.setNotFoundHandler((request, reply) =>
    answer(reply, { error: apiError('unknownMethod'), time: {} }, 'json', request.id),
  )
  app.addHook('onRequest', (request, reply, done) => {
    allowOrigins(request, reply)
    reply.header('x-content-type-options', 'nosniff')
    done()
  })
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(WELCOME))
  app.get('/health', (_request, reply) => reply.send({ status: 'ok' }))
  app.get<{ Params: { code: string } }>('/~:code', (request, reply) =>
    sendPublic(options.portal, request.params.code, reply),
  )
  app.route<{ Params: { token: string } }>({
    method: ['GET', 'POST'],
    url: '/invitation/:token',
    handler: (request, reply) =>
      isSecure(options, connectionOf(request))
        ? serveInvitation(options.portal, request, reply)
        : answer(reply, { error: apiError('httpsRequired'), time: {} }, 'json', request.id),
  })
  const serve = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => serveCall(options, request, reply)
  // `//rest/…` is a documented quirk of two SDKs, so the path is read here and not by the router.
  app.route({ method: ['GET', 'POST', 'OPTIONS'], url: '/*', handler: serve })
  return app
}

const WELCOME = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Portico</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.5rem;color:#1f2937}
code{background:#f3f4f6;padding:.15em .4em;border-radius:.3em}</style>
<h1>Portico is running</h1><p>The REST API answers under <code>/rest/</code>. The address of your first webhook was printed
when the server was started for the first time; <code>portico webhook create</code> makes another.</p></html>`

async function serveCall(options: AppOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const mark = request.url.indexOf('?')
  const route = readPath(mark < 0 ? request.url : request.url.slice(0, mark))
  const format = route?.format ?? 'json'
  if (request.method === 'OPTIONS') return reply.code(204).send()
  const fail = (name: ErrorName, text?: string): unknown =>
    answer(reply, { error: apiError(name, text), time: {} }, format, request.id)
  if (route === undefined) return fail('unknownMethod')
  if (!isSecure(options, connectionOf(request))) return fail('httpsRequired')
  let parameters: Tree
  try {
    parameters = await decodeParams({
      query: mark < 0 ? '' : request.url.slice(mark + 1),
      contentType: request.headers['content-type'],
      body: Buffer.isBuffer(request.body) ? request.body : undefined,
    })
  } catch (cause) {
    if (!(cause instanceof ParamsError)) throw cause
    return fail('malformed', cause.message)
  }
  if (route.claim === undefined && FILE_METHODS.has(route.method.toLowerCase())) {
    return sendFile(
      {
        portal: options.portal,
        links: options.links,
        token: param(parameters, 'token'),
        show: parameters.show === 'Y',
      },
      reply,
    )
  }
  const claim = claimOf(route, parameters, request)
  const { outcome, stages } = await options.pipeline.handle({
    id: request.id,
    method: route.method,
    parameters,
    claim,
    origin: originOf(options, request),
    visitor: visitorOf(request, route),
  })
  return answer(reply, outcome, format, request.id, stages)
}

/** The path counts first, then `auth`, then the Bearer header (settings/how-to-call-rest-api/authorization.md). Tokens never reach the method. */
function claimOf(route: Route, parameters: Tree, request: FastifyRequest): Route['claim'] {
  const token = param(parameters, 'auth') ?? param(parameters, 'access_token')
  for (const key of Object.keys(parameters)) if (/^(auth|access_token)$/i.test(key)) delete parameters[key]
  if (route.claim !== undefined) return route.claim
  if (typeof token === 'string' && token !== '') return { token }
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer === undefined ? undefined : { token: bearer }
}

/** The path names the method only: a webhook's code is a secret. */
const visitorOf = (request: FastifyRequest, { method }: Pick<Route, 'method'>): Visitor => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  uri: `/rest/${method}`,
})

interface Connection {
  readonly encrypted: boolean
  /** As a proxy has told it, where proxies are trusted. */
  readonly protocol: string
  readonly localAddress: string | undefined
}

/** Plain HTTP stays on this machine: credentials are in its addresses. A call inside the process has no address. */
export function isSecure(
  { allowHttp, trustProxy }: Pick<AppOptions, 'allowHttp' | 'trustProxy'>,
  { encrypted, protocol, localAddress }: Connection,
): boolean {
  if (allowHttp || encrypted) return true
  if (trustProxy && protocol === 'https') return true
  return LOOPBACK.test(localAddress ?? '127.0.0.1')
}

const connectionOf = ({ socket, protocol }: FastifyRequest): Connection => ({
  encrypted: 'encrypted' in socket,
  protocol,
  localAddress: socket.localAddress,
})

function originOf({ publicUrl }: AppOptions, request: FastifyRequest): string {
  if (publicUrl !== null) return publicUrl
  const scheme = 'encrypted' in request.socket || request.protocol === 'https' ? 'https' : 'http'
  const host = request.host
  return `${scheme}://${HOST.test(host) ? host : 'localhost'}`
}

/** Written straight to the connection: Fastify's own sending would take a tenth of the time of a small request. */
function answer(
  reply: FastifyReply,
  outcome: Outcome,
  format: Route['format'],
  requestId: string,
  stages: Stages = {},
): unknown {
  const { status, contentType, body } = render(outcome, format)
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  headers['content-type'] = contentType
  headers['content-length'] = Buffer.byteLength(body)
  headers['x-request-id'] = requestId
  let timing = ''
  for (const [name, duration] of Object.entries(stages))
    timing += `${timing === '' ? '' : ', '}${name};dur=${duration.toFixed(2)}`
  if (timing !== '') headers['server-timing'] = timing
  reply.hijack()
  reply.raw.writeHead(status, headers)
  reply.raw.end(body)
  return reply
}
