import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiError, ApiError } from '../methods/errors.ts'
import { LimitError } from '../methods/limits/limiter.ts'
import { authenticateClient, grantTokens, issueCode, revoke } from '../modules/application/oauth.ts'
import { authOf } from '../records/application-auth.ts'
import type { Application } from '../records/applications.ts'
import { endpointsOf, memberId, originOf as originOfPortal } from '../records/endpoints.ts'
import { ParamsError } from '../schema/params-error.ts'
import type { Tree } from '../schema/tree.ts'
import type { AppOptions } from './app.ts'
import { connectionOf, isSecure, originOf, visitorAt } from './connection.ts'
import { html } from './pages/html.ts'
import { gatePage, note, sendPage } from './pages/page.ts'
import { faceOf } from './pages/words/index.ts'
import { decodeParams, param } from './params.ts'
import { reply as render } from './reply.ts'
import { signedIn, signInFirst } from './session-cookie.ts'
import type { SeenRequest } from './test-serving.ts'

/** Every spelling that SDKs make of one path, with what they know of the server (settings/oauth/index.md). */
const spellings = (name: string): string[] =>
  ['/oauth/', '//oauth/', '/rest/oauth/', '/rest//oauth/'].flatMap((before) => [
    `${before}${name}`,
    `${before}${name}/`,
  ])

/** Names that SDKs have for the authorisation server, which are not the portal's (docs: how to point a client here). */
const OAUTH_HOST = /^oauth\.[a-z0-9.-]+(:\d{1,5})?$/i

const APP_INFO = ['app.info', 'app.info/', 'app.info.json', 'app.info.json/']

/** The authorisation server, which is the portal itself: codes and tokens for applications (RFC 6749, RFC 7009). */
export function oauthRoutes(app: FastifyInstance, options: AppOptions): void {
  const serve = (urls: readonly string[], answer: (exchange: Exchange) => Promise<unknown>, host?: RegExp): void => {
    for (const url of urls)
      app.route({
        method: ['GET', 'POST'],
        url,
        ...(host === undefined ? {} : { constraints: { host } }),
        handler: (request, reply) => withParameters(options, request, reply, answer),
      })
  }
  serve(spellings('token'), answerTokens)
  serve(spellings('revoke'), answerRevocation)
  serve(
    APP_INFO.map((name) => `/oauth/rest/${name}`),
    answerInfo,
  )
  // A portal that is called so itself answers as a portal.
  if (options.publicUrl === null || !OAUTH_HOST.test(new URL(options.publicUrl).host))
    serve(
      APP_INFO.flatMap((name) => [`/rest/${name}`, `//rest/${name}`]),
      answerInfo,
      OAUTH_HOST,
    )
  for (const url of ['/oauth/authorize', '/oauth/authorize/'])
    app.route({
      method: 'GET',
      // Whoever only asks whether it is there gets no code.
      exposeHeadRoute: false,
      url,
      handler: (request, reply) => authorize(options, request, reply),
    })
}

interface Exchange {
  readonly options: AppOptions
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly parameters: Tree
}

/** Nothing of this may be kept by anyone on the way. */
const send = (reply: FastifyReply, status: number, body: object): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .send(JSON.stringify(body))

function sendError(reply: FastifyReply, cause: ApiError): FastifyReply {
  if (cause instanceof LimitError) reply.header('retry-after', String(cause.retryAfter))
  return send(reply, cause.status, { error: cause.code, error_description: cause.description })
}

async function withParameters(
  options: AppOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: (exchange: Exchange) => Promise<unknown>,
): Promise<unknown> {
  if (!isSecure(options, connectionOf(request))) return sendError(reply, apiError('httpsRequired'))
  try {
    return await answer({ options, request, reply, parameters: await parametersOf(request) })
  } catch (cause) {
    if (cause instanceof ParamsError) return sendError(reply, new ApiError('invalid_request', 400, cause.message))
    if (cause instanceof ApiError) return sendError(reply, cause)
    throw cause
  }
}

const parametersOf = (request: FastifyRequest): Tree | Promise<Tree> => {
  const mark = request.url.indexOf('?')
  return decodeParams({
    query: mark < 0 ? '' : request.url.slice(mark + 1),
    contentType: request.headers['content-type'],
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
  })
}

function text(parameters: Tree, name: string): string {
  const value = param(parameters, name)
  return typeof value === 'string' ? value : ''
}

/** Where a client finds the portal, also when it knows this server by a name that is not the portal's. */
const portalOrigin = (options: AppOptions, request: FastifyRequest): string =>
  OAUTH_HOST.test(request.host) ? originOfPortal(options.portal) : originOf(options, request)

/** A client's id and secret: as parameters, or in the header that RFC 6749 knows. */
function clientOf({ request, parameters }: Exchange): { clientId: string; clientSecret: string } {
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const [id = '', secret = ''] =
    basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':').map(decodeForm)
  return { clientId: text(parameters, 'client_id') || id, clientSecret: text(parameters, 'client_secret') || secret }
}

function decodeForm(coded: string): string {
  try {
    return decodeURIComponent(coded.replaceAll('+', ' '))
  } catch {
    return coded
  }
}

const within = ({ options, request }: Exchange, uri: string) => ({
  portal: options.portal,
  session: options.portal.store.session(),
  visitor: visitorAt(request, uri),
})

async function answerTokens(exchange: Exchange): Promise<unknown> {
  const { options, request, reply, parameters } = exchange
  const context = within(exchange, '/oauth/token/')
  const { session, portal } = context
  const client = clientOf(exchange)
  const grant = async (): Promise<object> => {
    const { application, userId, tokens } = await grantTokens(context, {
      ...client,
      grantType: text(parameters, 'grant_type'),
      code: text(parameters, 'code'),
      refreshToken: text(parameters, 'refresh_token'),
      scope: text(parameters, 'scope'),
      redirectUri: text(parameters, 'redirect_uri'),
      verifier: text(parameters, 'code_verifier'),
    })
    const origin = portalOrigin(options, request)
    // Only handlers of events need the token of the application.
    const { application_token: _, ...auth } = await authOf(portal, session, application, origin, { id: userId, tokens })
    await session.settled()
    return auth
  }
  try {
    const granted =
      options.tests === undefined
        ? await grant()
        : await options.tests.request(seenOf(exchange, client.clientId), grant)
    return granted === undefined ? reply.hijack() : send(reply, 200, granted)
  } finally {
    // What a refused attempt has written (a revoked family, a counted failure) is durable, too.
    await session.settled()
  }
}

/** As tests see it: a call like any other, of the application that asks. */
const seenOf = ({ request, reply, parameters }: Exchange, clientId: string): SeenRequest => ({
  id: request.id,
  method: 'oauth.token',
  version: 2,
  parameters,
  credential: clientId,
  claim: undefined,
  incoming: request.raw,
  response: reply.raw,
})

/** As RFC 7009 wants it, a token that is unknown is as good as revoked. */
async function answerRevocation(exchange: Exchange): Promise<unknown> {
  const context = within(exchange, '/oauth/revoke/')
  const application = await authenticateClient(context, clientOf(exchange))
  const token = text(exchange.parameters, 'token')
  if (token === '') throw new ApiError('invalid_request', 400, 'No "token" parameter found')
  await revoke(context, application, token)
  await context.session.settled()
  return send(exchange.reply, 200, {})
}

/** `app.info` as the authorisation server answers it: what an application may trust about a token it was handed. */
async function answerInfo({ options, request, reply, parameters }: Exchange): Promise<unknown> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const token = text(parameters, 'auth') || text(parameters, 'access_token') || bearer
  const { outcome } = await options.pipeline.handle({
    id: request.id,
    method: 'app.info',
    parameters: { IS_NEED_OAUTH_SECURE_CHECK: true },
    claim: token === '' ? undefined : { token },
    origin: portalOrigin(options, request),
    visitor: visitorAt(request, '/rest/app.info'),
  })
  const { status, contentType, body } = render(outcome, 'json')
  return reply.code(status).header('content-type', contentType).header('cache-control', 'no-store').send(body)
}

/** "If the authorization cannot be completed, the error is shown on a page of its own" (settings/oauth/index.md). */
const refusal = (request: FastifyRequest, reply: FastifyReply, status: number, text: string): FastifyReply => {
  const face = faceOf(request)
  return sendPage(reply, gatePage({ face, title: face.words.apps.refused, body: note(text, 'bad') }), status)
}

/**
 * Takes a person who is signed in to the application's own address, with a code. There is no page that asks for
 * consent: the administrator who has added the application has decided for the portal.
 */
async function authorize(options: AppOptions, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!isSecure(options, connectionOf(request))) return sendError(reply, apiError('httpsRequired'))
  let parameters: Tree
  try {
    parameters = await parametersOf(request)
  } catch (cause) {
    if (cause instanceof ParamsError) return refusal(request, reply, 400, cause.message)
    throw cause
  }
  const { portal } = options
  const session = portal.store.session()
  const application = await portal.applications.byClientId(session, text(parameters, 'client_id'))
  if (application === undefined) return refusal(request, reply, 404, 'There is no such application in this portal.')
  const asked = refusalOf(application, parameters)
  if (asked !== undefined) return refusal(request, reply, 400, asked)
  const person = await signedIn(options, request)
  if (person === undefined) return reply.header('cache-control', 'no-store').redirect(signInFirst(request), 302)
  if (!application.installed && !person.admin)
    return refusal(request, reply, 403, faceOf(request).words.apps.closed['not-installed'][1] ?? '')
  const challenge = text(parameters, 'code_challenge')
  const visitor = visitorAt(request, '/oauth/authorize/')
  const code = await issueCode({ portal, session, visitor }, { application, userId: person.id, challenge })
  const { domain } = endpointsOf(portalOrigin(options, request))
  const member = await memberId(portal, session)
  await session.settled()
  if (application.handlerUrl === '')
    return sendPage(
      reply,
      gatePage({
        face: faceOf(request),
        title: application.title,
        lead: faceOf(request).words.apps.copyCode,
        body: html`<p><code>${code}</code></p>`,
      }),
    )
  const target = new URL(application.handlerUrl)
  const state = param(parameters, 'state')
  target.searchParams.set('code', code)
  if (typeof state === 'string') target.searchParams.set('state', state)
  target.searchParams.set('domain', domain)
  target.searchParams.set('member_id', member)
  target.searchParams.set('scope', application.scopes.join(','))
  target.searchParams.set('server_domain', domain)
  // 303 would be right for any method; SDKs and people's own programs look for 302.
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(target.href, 302)
}

/** What is wrong with what an application asks for. An address in `redirect_uri` is never believed, and never used. */
function refusalOf(application: Application, parameters: Tree): string | undefined {
  const type = text(parameters, 'response_type')
  if (type !== '' && type !== 'code') return 'The application asks for something that this portal does not give.'
  const wanted = text(parameters, 'scope')
    .split(/[\s,]+/)
    .filter(Boolean)
  if (!wanted.every((scope) => application.scopes.includes(scope)))
    return 'The application asks for more than it has been given.'
  const method = text(parameters, 'code_challenge_method')
  const challenge = text(parameters, 'code_challenge')
  if (challenge !== '' && (method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge)))
    return 'The application protects its code in a way that this portal does not know.'
  return undefined
}
