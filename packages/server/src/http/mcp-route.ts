import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Claim } from '../auth/credentials.ts'
import { ApiError, apiError } from '../methods/errors.ts'
import { LimitError } from '../methods/limits/limiter.ts'
import type { Caller, Pipeline } from '../pipeline.ts'
import type { Visitor } from '../records/audit.ts'
import type { AppOptions } from './app.ts'
import { connectionOf, isSecure, originOf, visitorAt } from './connection.ts'

/** What answers requests to `/mcp`; given to the HTTP server by whoever composes it. */
export interface McpServing {
  /** Every connection only reads. */
  readonly readOnly: boolean
  /** Loaded when it is first needed: most portals never are asked. */
  load(): Promise<McpAnswering>
}

export interface McpAnswering {
  answer(
    request: Request,
    body: unknown,
    asking: {
      readonly caller: Caller
      readonly visitor: Visitor
      readonly origin: string
      readonly readOnly: boolean
    },
  ): Promise<Response>
}

/** Bodies hold arguments of tools, perhaps with a file. */
const MAX_BODY = 4 * 1024 * 1024
/** Messages of one request, in the revision of the protocol that had batches. */
const MOST_MESSAGES = 20
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/i

type Options = Pick<AppOptions, 'publicUrl' | 'trustProxy' | 'allowHttp' | 'maxBodyBytes' | 'portal'> & {
  readonly pipeline: Pipeline
  readonly mcp?: McpServing | undefined
}

/**
 * MCP over Streamable HTTP. The credential is an access token or a webhook in the Bearer header
 * (`Bearer 1/code`), or a webhook in the path (`/mcp/1/code`) for hosts that can be given an address only.
 */
export function mcpRoute(app: FastifyInstance, options: Options): void {
  const { mcp } = options
  if (mcp === undefined) return
  const serve = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => served(options, mcp, request, reply)
  const method = ['GET', 'POST', 'DELETE'] as const
  const bodyLimit = Math.min(MAX_BODY, options.maxBodyBytes)
  for (const url of ['/mcp', '/mcp/:userId/:code']) app.route({ method: [...method], url, bodyLimit, handler: serve })
}

async function served(
  options: Options,
  mcp: McpServing,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  if (!isSecure(options, connectionOf(request))) return refuse(reply, apiError('httpsRequired'))
  if (!isKnownOrigin(options, request.headers.origin))
    return refuse(reply, new ApiError('FORBIDDEN_ORIGIN', 403, 'Pages of other sites may not call this'))
  const claim = claimOf(request)
  if (claim === undefined) return refuse(reply, apiError('noAuth'))
  let body: unknown
  try {
    body =
      Buffer.isBuffer(request.body) && request.body.length > 0 ? JSON.parse(request.body.toString('utf8')) : undefined
  } catch {
    return problem(reply, 400, -32700, 'Parse error: Invalid JSON')
  }
  if (Array.isArray(body) && body.length > MOST_MESSAGES)
    return problem(reply, 400, -32600, `Invalid Request: more than ${MOST_MESSAGES} messages`)
  const visitor = visitorAt(request, '/mcp')
  const origin = originOf(options, request)
  let caller: Caller
  try {
    caller = await options.pipeline.admit({ id: request.id, claim, origin, visitor })
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    return refuse(reply, cause, claim)
  }
  const readOnly = mcp.readOnly || isAskedToRead(request)
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const { answer } = await mcp.load()
  const response = await answer(webRequest(request, origin, gone.signal), body, { caller, visitor, origin, readOnly })
  return send(reply, response)
}

/** The path counts first, then the header, as in the rest of the API. Nothing is read from the query: it is logged everywhere. */
function claimOf(request: FastifyRequest): Claim {
  const { userId, code } = request.params as { userId?: string; code?: string }
  if (userId !== undefined && code !== undefined) return webhookOf(`${userId}/${code}`) ?? { token: '' }
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer === undefined ? undefined : (webhookOf(bearer) ?? { token: bearer })
}

function webhookOf(text: string): Claim {
  const [, userId, code] = /^(\d{1,15})\/([A-Za-z0-9]+)$/.exec(text) ?? []
  return userId === undefined || code === undefined ? undefined : { userId: Number(userId), code }
}

/**
 * Whether a page of that origin may call: those of this machine, where the inspectors of developers run, and those of
 * the portal itself. Other sites could make a browser believe that this is their own server (DNS rebinding).
 */
function isKnownOrigin({ publicUrl }: Options, origin: string | undefined): boolean {
  if (origin === undefined) return true
  let host: string
  try {
    host = new URL(origin).hostname
  } catch {
    return false
  }
  return LOOPBACK.test(host) || (publicUrl !== null && host === new URL(publicUrl).hostname)
}

/** By `?readOnly=1` in the address or by the header `X-MCP-Read-Only`: hosts can be given the one or the other. */
function isAskedToRead(request: FastifyRequest): boolean {
  const query = request.query as Record<string, unknown>
  const said = [query.readOnly, query.readonly, request.headers['x-mcp-read-only']]
  return said.some((value) => value !== undefined && !/^(0|false|no|n)$/i.test(String(value)))
}

/** Without the credential, which nobody behind this door needs. */
function webRequest(request: FastifyRequest, origin: string, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !/^(authorization|cookie|content-length|transfer-encoding|connection)$/.test(name))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? { body: new Uint8Array(request.body) } : {}
  return new Request(`${origin}/mcp`, { method: request.method, headers, signal, ...body })
}

function send(reply: FastifyReply, response: Response): FastifyReply {
  reply.code(response.status)
  for (const [name, value] of response.headers) reply.header(name, value)
  reply.header('cache-control', 'no-store')
  return reply.send(response.body === null ? null : Readable.fromWeb(response.body as ReadableStream))
}

/** Before any message is read: as the rest of the API says it, and with the header that hosts look for. */
function refuse(reply: FastifyReply, error: ApiError, claim?: Claim): FastifyReply {
  if (error.status === 401) {
    const why = claim === undefined ? '' : ', error="invalid_token"'
    reply.header('www-authenticate', `Bearer realm="Portico"${why}`)
  }
  if (error instanceof LimitError) reply.header('retry-after', String(error.retryAfter))
  return reply.code(error.status).send({ error: error.code, error_description: error.description })
}

const problem = (reply: FastifyReply, status: number, code: number, message: string): FastifyReply =>
  reply.code(status).send({ jsonrpc: '2.0', id: null, error: { code, message } })
