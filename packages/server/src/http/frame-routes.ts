import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../methods/errors.ts'
import { finishInstall } from '../modules/application/life.ts'
import { frameTokens, rememberRun } from '../modules/placement/frame.ts'
import { openApplication } from '../modules/placement/opening.ts'
import type { Application } from '../records/applications.ts'
import type { Context } from '../records/context.ts'
import type { AppOptions } from './app.ts'
import { appPages } from './app-pages.ts'
import { connectionOf, isSecure, originOf, visitorAt } from './connection.ts'
import { sessionClaim, visitOf } from './session-cookie.ts'
import { type WebAsset, webAsset } from './web-assets.ts'

/** Parameters of a slider's page; more is a mistake. */
const MAX_BODY = 262_144

interface Ask {
  readonly context: Context
  readonly application: Application
  readonly origin: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Pages of applications in frames, their scripts, and what these ask the portal for. */
export function frameRoutes(app: FastifyInstance, options: AppOptions): void {
  appPages(app, options)
  for (const path of ['/api/v1', '/api/v1/'])
    app.route({ method: ['GET', 'HEAD'], url: path, handler: (request, reply) => sendScript(request, reply) })
  app.get<{ Params: { name: string } }>('/assets/:version/:name', async (request, reply) => {
    const { name } = request.params
    if (name !== 'frame.js' && name !== 'frame.css' && name !== 'form.js') return reply.callNotFound()
    const { body } = await webAsset(name)
    return reply
      .headers({ 'content-type': typeOf(name), 'cache-control': 'public, max-age=31536000, immutable' })
      .send(body)
  })

  const ask = (path: string, answer: (ask: Ask) => Promise<unknown>): void => {
    app.route({
      method: 'POST',
      url: `/frame/${path}`,
      bodyLimit: MAX_BODY,
      handler: (request, reply) => answerPage(options, { request, reply, path }, answer),
    })
  }
  ask('open', async ({ context, application, origin, body }) => {
    const given = typeof body.options === 'object' && body.options !== null ? body.options : {}
    const opened = await openApplication(context, application.id, {
      origin,
      options: { IFRAME: 'Y', IFRAME_TYPE: 'SIDE_SLIDER', ...given },
    })
    if (typeof opened === 'string') throw new ApiError('FRAME_CLOSED', 403, opened)
    return opened
  })
  ask('tokens', ({ context, application }) => frameTokens(context, application))
  ask('first-run', async ({ context, application }) => {
    await rememberRun(context, application)
    return true
  })
  ask('installed', ({ context, application }) => finishInstall(context, application.id))
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly path: string
}

const send = (reply: FastifyReply, status: number, body: unknown): FastifyReply =>
  reply
    .removeHeader('access-control-allow-origin')
    .code(status)
    .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .send(JSON.stringify(body))

/** Answers the portal's own pages, for who is signed in: the cookie counts together with the page's header only. */
async function answerPage(
  options: AppOptions,
  { request, reply, path }: Exchange,
  answer: (ask: Ask) => Promise<unknown>,
): Promise<FastifyReply> {
  const { portal } = options
  const session = portal.store.session()
  try {
    const visit =
      isSecure(options, connectionOf(request)) && sessionClaim(options, request) !== undefined
        ? await visitOf(options, request, session)
        : undefined
    if (visit === undefined) throw new ApiError('NO_AUTH_FOUND', 401, 'Sign in again')
    const body = bodyOf(request)
    const application = await portal.applications.find(session, Number(body.application))
    if (application === undefined) throw new ApiError('NOT_FOUND', 404, 'Application not found')
    const visitor = visitorAt(request, `/frame/${path}`)
    const context = { portal, session, person: visit.person, now: portal.sources.now(), visitor }
    const result = await answer({ context, application, origin: originOf(options, request), body })
    await session.settled()
    return send(reply, 200, { result })
  } catch (cause) {
    await session.settled().catch(() => {})
    if (cause instanceof ApiError)
      return send(reply, cause.status, { error: cause.code, error_description: cause.description })
    options.log.error({ err: cause, request: request.id, path }, 'unexpected error')
    return send(reply, 500, { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' })
  }
}

function bodyOf({ body }: FastifyRequest): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '')
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>
  } catch {
    // Told below.
  }
  throw new ApiError('INVALID_REQUEST', 400, 'The request body could not be read')
}

const typeOf = (name: WebAsset): string =>
  name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'

/** BX24.js, for pages anywhere: kept for an hour, then asked for again by its version. */
async function sendScript(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { body, version } = await webAsset('bx24.js')
  const tag = `"${version}"`
  void reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=3600, must-revalidate',
    etag: tag,
  })
  if (request.headers['if-none-match']?.includes(tag) === true) return reply.code(304).send()
  return reply.header('content-type', typeOf('bx24.js')).send(body)
}
