import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { BusyError } from '../../auth/gate.ts'
import { isCsrfOf } from '../../auth/sessions.ts'
import type { Desk } from '../../modules/session/account.ts'
import { ParamsError } from '../../schema/params-error.ts'
import { parseQuery } from '../../schema/pairs.ts'
import type { Tree } from '../../schema/tree.ts'
import type { AppOptions } from '../app.ts'
import { connectionOf, isSecure, visitorAt } from '../connection.ts'
import { decodeParams } from '../params.ts'
import { isOwnOrigin, type SignedIn, signInFirst, visitOf } from '../session-cookie.ts'
import { html } from './html.ts'
import { gatePage, lead, pageAnswer } from './page.ts'
import { type Face, faceOf } from './words/index.ts'

/** One look at a page, or one form sent. */
export interface Look {
  readonly options: AppOptions
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly desk: Desk
  /** How it speaks and looks. */
  readonly face: Face
  /** Who is signed in. */
  readonly visit: SignedIn | undefined
  /** A text of the address's query, or of the form that was sent; empty if it isn't there. */
  query(name: string): string
  form(name: string): string
  /** A part of the path. */
  path(name: string): string
}

export type InnerLook = Look & { readonly visit: SignedIn }
type Handler<L> = (look: L) => Promise<unknown> | unknown

const textOf = (tree: Tree, name: string): string => {
  const value = Object.hasOwn(tree, name) ? tree[name] : ''
  return typeof value === 'string' ? value : ''
}

async function lookOf(options: AppOptions, request: FastifyRequest, reply: FastifyReply): Promise<Look> {
  const { portal, sessions } = options
  // The path as it was declared: tokens in it are secrets.
  const desk = {
    portal,
    sessions,
    session: portal.store.session(),
    visitor: visitorAt(request, request.routeOptions.url ?? ''),
  }
  const mark = request.url.indexOf('?')
  const query = parseQuery(mark < 0 ? '' : request.url.slice(mark + 1))
  const form =
    request.method === 'POST' && /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
      ? await decodeParams({
          query: '',
          contentType: request.headers['content-type'],
          body: Buffer.isBuffer(request.body) ? request.body : undefined,
        })
      : {}
  const path = request.params as Readonly<Record<string, string>>
  return {
    options,
    request,
    reply,
    desk,
    face: faceOf(request),
    visit: await visitOf(options, request, desk.session),
    query: (name) => textOf(query, name),
    form: (name) => textOf(form, name),
    path: (name) => path[name] ?? '',
  }
}

const plainPage = (face: Face, [title = '', text = '']: readonly string[]): ReturnType<typeof gatePage> =>
  gatePage({ face, title, lead: text, body: html`<p><a href="/">${face.words.page.goOn}</a></p>` })

/** The ways to declare the portal's own pages. Forms count only from the portal's own pages. */
export interface Pages {
  get(path: string, handler: Handler<Look>): void
  post(path: string, handler: Handler<Look>): void
  /** For people who are signed in; others sign in first. */
  innerGet(path: string, handler: Handler<InnerLook>): void
  innerPost(path: string, handler: Handler<InnerLook>): void
}

export function pagesOf(app: FastifyInstance, options: AppOptions): Pages {
  const route = (method: 'GET' | 'POST', url: string, handler: Handler<Look>): void => {
    app.route({
      method,
      url,
      // The largest form is a password and an address.
      bodyLimit: 65_536,
      async handler(request, reply) {
        if (!isSecure(options, connectionOf(request)))
          return pageAnswer(reply, plainPage(faceOf(request), faceOf(request).words.failure.https), 403)
        if (method === 'POST' && isOwnOrigin(options, request) !== true) return refuseForm(request, reply)
        try {
          const look = await lookOf(options, request, reply)
          const answer = await handler(look)
          // Nothing is answered before it is durable.
          await look.desk.session.settled()
          return answer
        } catch (cause) {
          return sendFailure(options, request, reply, cause)
        }
      },
    })
  }
  const inner =
    (handler: Handler<InnerLook>): Handler<Look> =>
    (look) => {
      const { visit, request, reply } = look
      if (visit === undefined) return lead(reply, request.method === 'GET' ? signInFirst(request) : '/login')
      if (request.method === 'POST' && !isCsrfOf(visit.token, look.form('csrf'))) return refuseForm(request, reply)
      return handler({ ...look, visit })
    }
  return {
    get: (path, handler) => route('GET', path, handler),
    post: (path, handler) => route('POST', path, handler),
    innerGet: (path, handler) => route('GET', path, inner(handler)),
    innerPost: (path, handler) => route('POST', path, inner(handler)),
  }
}

const refuseForm = (request: FastifyRequest, reply: FastifyReply): string => {
  const face = faceOf(request)
  return pageAnswer(reply, plainPage(face, face.words.failure.form), 403)
}

function sendFailure({ log }: AppOptions, request: FastifyRequest, reply: FastifyReply, cause: unknown): string {
  const face = faceOf(request)
  const { failure } = face.words
  if (cause instanceof ParamsError) return pageAnswer(reply, plainPage(face, [failure.malformed, cause.message]), 400)
  if (cause instanceof BusyError) {
    void reply.header('retry-after', '5')
    return pageAnswer(reply, plainPage(face, failure.busy), 503)
  }
  log.error({ err: cause, request: request.id, path: request.routeOptions.url }, 'unexpected error')
  return pageAnswer(reply, plainPage(face, failure.unexpected), 500)
}
