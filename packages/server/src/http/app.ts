import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { FileLinks } from '../auth/file-links.ts'
import type { OpenId } from '../auth/open-id.ts'
import type { Sessions } from '../auth/sessions.ts'
import { FILE_METHODS } from '../methods/batch.ts'
import { type ApiError, apiError, type ErrorName } from '../methods/errors.ts'
import { envelope } from '../methods/envelope.ts'
import { LimitError } from '../methods/limits/limiter.ts'
import type { Outcome } from '../methods/method.ts'
import type { Registry } from '../methods/registry.ts'
import { ErrorV3 } from '../methods/v3/errors.ts'
import type { Pipeline, Stages } from '../pipeline.ts'
import type { Visitor } from '../records/audit.ts'
import type { Portal } from '../records/context.ts'
import type { Live } from '../records/live.ts'
import { detailsOf } from '../records/request-details.ts'
import { type LoggedRequest, unknownName } from '../records/request-log.ts'
import type { Logger } from '../records/logger.ts'
import { ParamsError } from '../schema/params-error.ts'
import type { Tree } from '../schema/tree.ts'
import { accountPages } from './account-pages.ts'
import { connectionOf, isSecure, originOf, visitorAt } from './connection.ts'
import { allowOrigins } from './cors.ts'
import { sendFile, sendPublic, streamFile } from './files.ts'
import { formRoutes } from './form-routes.ts'
import { frameRoutes } from './frame-routes.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { liveRoute } from './live-route.ts'
import { mcpRoute, type McpServing } from './mcp-route.ts'
import { openApiRoute } from './open-api-route.ts'
import { openIdPages } from './open-id-pages.ts'
import { pageAssets } from './page-assets.ts'
import { controlRoutes } from './control-routes.ts'
import { decodeParams, param } from './params.ts'
import { passwordPages } from './password-pages.ts'
import { reply as render } from './reply.ts'
import { decodeV3, isJsSdk, tellKey, withEnvelope } from './rest-v3.ts'
import { readPath, type Route } from './request-path.ts'
import { sessionClaim } from './session-cookie.ts'
import { signInPages } from './sign-in-pages.ts'
import type { SeenRequest, TestServing } from './test-serving.ts'
import { webCrm } from './web-crm.ts'

export { isSecure }

export interface AppOptions {
  readonly portal: Portal
  readonly pipeline: Pipeline
  readonly registry: Registry
  readonly links: FileLinks
  readonly sessions: Sessions
  /** Where people can sign in elsewhere. */
  readonly openId?: OpenId | undefined
  readonly log: Logger
  readonly maxBodyBytes: number
  readonly publicUrl: string | null
  /** Of the program, as its pages tell it. */
  readonly version: string
  readonly trustProxy: boolean
  /** Tells open pages what happens. */
  readonly live: Live
  /** Plain HTTP is served to other machines too. */
  readonly allowHttp: boolean
  /** Nothing is at `/mcp` without it. */
  readonly mcp?: McpServing | undefined
  /** The portal is there for tests. */
  readonly tests?: TestServing | undefined
  /** Takes requests that are another portal's, where several share an address; answers whether it has. */
  readonly front?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
}

/** 64 KiB of address, which some clients fill, and headers beside it. */
export const MOST_HEADER_BYTES = 131_072
/** Milliseconds for which an idle connection stays open: Fastify's own. */
const KEEP_ALIVE = 72_000

/** The HTTP face of the API: everything under `/rest/` becomes one call of the pipeline. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: options.maxBodyBytes,
    trustProxy: options.trustProxy,
    // SDKs put long filters into GET addresses; 64 KiB is far above the documented 2048 characters (settings/how-to-call-rest-api/data-encoding.md).
    routerOptions: { maxParamLength: 65_536, ignoreDuplicateSlashes: false },
    http: { maxHeaderSize: MOST_HEADER_BYTES },
    ...(options.front === undefined ? {} : { serverFactory: behind(options.front) }),
    forceCloseConnections: true,
    genReqId: () => options.portal.sources.token(16, 'request'),
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
    // By this, clients know whom they speak to, and that they need not spare it.
    reply.header('server', 'Portico')
    done()
  })
  // Which server it is, tells who has several, and whether what was once written about one is still true of it.
  app.get('/health', (_request, reply) => reply.send({ status: 'ok', server: options.portal.requests.server }))
  app.get<{ Params: { code: string } }>('/~:code', (request, reply) =>
    sendPublic(options.portal, request.params.code, reply),
  )
  pageAssets(app)
  for (const pages of [webCrm, signInPages, passwordPages, openIdPages, accountPages]) pages(app, options)
  openApiRoute(app, options)
  oauthRoutes(app, options)
  frameRoutes(app, options)
  mcpRoute(app, options)
  liveRoute(app, options)
  formRoutes(app, options)
  controlRoutes(app, options)
  const serve = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => serveCall(options, request, reply)
  // `//rest/…` is a documented quirk of two SDKs, so the path is read here and not by the router.
  app.route({ method: ['GET', 'POST', 'OPTIONS'], url: '/*', handler: serve })
  return app
}

async function serveCall(options: AppOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const mark = request.url.indexOf('?')
  const route = readPath(mark < 0 ? request.url : request.url.slice(0, mark))
  const format = route?.format ?? 'json'
  if (request.method === 'OPTIONS') return reply.code(204).send()
  const visitor = visitorAt(request, `/rest/${route?.version === 3 ? 'api/' : ''}${route?.method ?? ''}`)
  const received = (mark < 0 ? 0 : request.url.length - mark - 1) + bodyLength(request)
  const refuse = (error: ApiError): unknown => {
    if (route !== undefined) remember(options, request, route, { error, visitor, received })
    return answer(reply, { error, time: {} }, format, request.id)
  }
  const fail = (name: ErrorName, text?: string): unknown => refuse(apiError(name, text))
  if (route === undefined) return fail('unknownMethod')
  if (!isSecure(options, connectionOf(request))) return fail('httpsRequired')
  const input = {
    query: mark < 0 ? '' : request.url.slice(mark + 1),
    contentType: request.headers['content-type'],
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
  }
  let parameters: Tree
  try {
    parameters = route.version === 3 ? decodeV3(request.method, input) : await decodeParams(input)
  } catch (cause) {
    if (cause instanceof ErrorV3) return refuse(cause)
    if (!(cause instanceof ParamsError)) throw cause
    return fail('malformed', cause.message)
  }
  if (route.version === 2 && route.claim === undefined && FILE_METHODS.has(route.method.toLowerCase())) {
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
  const claim = claimOf(route, parameters, request) ?? sessionClaim(options, request)
  const idempotencyKey = request.headers['idempotency-key']?.toString()
  const asked = {
    id: request.id,
    method: route.method,
    parameters,
    claim,
    origin: originOf(options, request),
    // Its path names the method only: a webhook's code is a secret.
    visitor,
    version: route.version,
    idempotencyKey,
    received,
    http: request.raw,
  }
  const handle = (): ReturnType<Pipeline['handle']> => options.pipeline.handle(asked)
  const handled =
    options.tests === undefined ? await handle() : await options.tests.request(seenOf(route, asked, reply), handle)
  // Whoever has broken the connection needs no answer.
  if (handled === undefined) return reply.hijack()
  const { outcome, stages, logged } = handled
  if (idempotencyKey !== undefined) tellKey(reply, idempotencyKey, outcome)
  if (outcome.bare === true && isJsSdk(input.query))
    return answer(reply, withEnvelope(outcome), format, request.id, stages, logged)
  if (outcome.file !== undefined) {
    logged.sent = outcome.file.size
    return streamFile(options.portal, outcome.file, false, reply)
  }
  return answer(reply, outcome, format, request.id, stages, logged)
}

/** What tests see of a call. */
const seenOf = (
  { method, version }: Route,
  { id, parameters, claim }: { id: string; parameters: Tree; claim: Route['claim'] },
  { request, raw }: FastifyReply,
): SeenRequest => ({
  id,
  method,
  version,
  parameters,
  credential: claim !== undefined && 'code' in claim ? `${claim.userId}/${claim.code}` : '',
  claim,
  incoming: request.raw,
  response: raw,
})

/** A server whose requests somebody else may take. */
const behind =
  (front: NonNullable<AppOptions['front']>) =>
  (own: (request: IncomingMessage, response: ServerResponse) => void): ReturnType<typeof createServer> =>
    createServer(
      { maxHeaderSize: MOST_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE, requestTimeout: 0 },
      (request, response) => {
        if (!front(request, response)) own(request, response)
      },
    )

const bodyLength = ({ body }: FastifyRequest): number => (Buffer.isBuffer(body) ? body.length : 0)

/** What never got as far as the pipeline. */
function remember(
  { portal, registry }: AppOptions,
  { id, raw }: FastifyRequest,
  { method, version }: Route,
  { error, visitor, received }: { error: ApiError; visitor: Visitor; received: number },
): void {
  const now = portal.sources.now()
  const name = registry.find(method, version)?.name ?? unknownName(method)
  const details = portal.requests.wantsDetails(now)
    ? detailsOf({ method: name, http: raw, parameters: undefined, answer: envelope({ error, time: {} }) })
    : undefined
  portal.requests.add({
    time: now,
    id,
    method: name,
    version,
    status: error.status,
    error: String(error.code),
    duration: 0,
    stages: {},
    statements: 0,
    userId: 0,
    credential: '',
    address: visitor.address,
    received,
    sent: 0,
    details,
  })
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

/** Written straight to the connection: Fastify's own sending would take a tenth of the time of a small request. */
function answer(
  reply: FastifyReply,
  outcome: Outcome,
  format: Route['format'],
  requestId: string,
  stages: Stages = {},
  logged?: LoggedRequest,
): unknown {
  const { status, contentType, body } = render(outcome, format)
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  headers['content-type'] = contentType
  const size = Buffer.byteLength(body)
  headers['content-length'] = size
  if (logged !== undefined) logged.sent = size
  headers['x-request-id'] = requestId
  if (outcome.error instanceof LimitError) headers['retry-after'] = String(outcome.error.retryAfter)
  let timing = ''
  for (const [name, duration] of Object.entries(stages))
    timing += `${timing === '' ? '' : ', '}${name};dur=${duration.toFixed(2)}`
  if (timing !== '') headers['server-timing'] = timing
  reply.hijack()
  reply.raw.writeHead(status, headers)
  reply.raw.end(body)
  return reply
}
