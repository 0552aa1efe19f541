import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sign, verify } from '../auth/secrets.ts'
import type { FormDefinition } from '../modules/webform/definition.ts'
import { type Form, formByCode } from '../modules/webform/forms.ts'
import { isOpen, questions, submit, UTM } from '../modules/webform/submit.ts'
import type { FormLanguage } from '../modules/webform/words.ts'
import { portalSecret } from '../records/endpoints.ts'
import { ParamsError } from '../schema/params-error.ts'
import { parseQuery } from '../schema/pairs.ts'
import type { Tree } from '../schema/tree.ts'
import type { Session } from '../store/store.ts'
import type { AppOptions } from './app.ts'
import { connectionOf, isSecure, visitorAt } from './connection.ts'
import { closedPage, formPage, type FormPage, thanksPage } from './pages/form-page.ts'
import { formStyle } from './pages/form-style.ts'
import type { Html } from './pages/html.ts'
import { decodeParams } from './params.ts'
import { visitOf } from './session-cookie.ts'
import { webAsset } from './web-assets.ts'

/** All files of an answer, and their base64. */
const MOST_BYTES = 64 * 1024 * 1024
/** Stands in addresses where there is no form. */
const NONE = 'nothing'

/** Any page may hold a form; it runs our own script only, and sends to us only. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors *"

interface Look {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly session: Session
  readonly form: Form
  readonly query: Tree
}

/** `/form/CODE`: forms for strangers, as pages and for other sites to embed. */
export function formRoutes(app: FastifyInstance, options: AppOptions): void {
  const { portal } = options
  const route = (method: 'GET' | 'POST', url: string, handler: (look: Look) => Promise<unknown>): void => {
    app.route<{ Params: { code: string } }>({
      method,
      url,
      bodyLimit: Math.min(MOST_BYTES, options.maxBodyBytes),
      async handler(request, reply) {
        void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
        const mark = request.url.indexOf('?')
        const frame = {
          code: NONE,
          title: '',
          language: languageOf(request, 'auto'),
          embedded: false,
          version: '',
          script: await scriptPath(),
        }
        if (!isSecure(options, connectionOf(request))) return page(reply, closedPage(frame, 'failed'), 403)
        const session = portal.store.session()
        try {
          const query = parseQuery(mark < 0 ? '' : request.url.slice(mark + 1))
          const form = await formByCode(session, request.params.code)
          if (form === undefined) return page(reply, closedPage(frame, 'missing'), 404)
          const answer = await handler({ request, reply, session, form, query })
          await session.settled()
          return answer
        } catch (cause) {
          if (cause instanceof ParamsError) return page(reply, closedPage(frame, 'failed'), 400)
          options.log.error({ err: cause, request: request.id, path: request.routeOptions.url }, 'unexpected error')
          return page(reply, closedPage(frame, 'failed'), 500)
        }
      },
    })
  }
  route('GET', '/form/:code', (look) => show(options, look))
  route('POST', '/form/:code', (look) => take(options, look))
  route('GET', '/form/:code/style.css', async ({ reply, form }) => sendStyle(reply, form.definition.design))
  app.get(`/form/${NONE}/style.css`, (_request, reply) => sendStyle(reply, { colour: '#0c7a4d', theme: 'auto' }))
  route('GET', '/form/:code/embed.js', async ({ reply }) =>
    reply
      .headers({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'cross-origin-resource-policy': 'cross-origin',
      })
      .send((await webAsset('embed.js')).body),
  )
}

const sendStyle = (reply: FastifyReply, design: FormDefinition['design']): FastifyReply =>
  reply
    .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=86400' })
    .send(formStyle(design))

const scriptPath = async (): Promise<string> => `/assets/${(await webAsset('form.js')).version}/form.js`

function languageOf(request: FastifyRequest, wanted: FormLanguage | 'auto'): FormLanguage {
  if (wanted !== 'auto') return wanted
  return /^\s*de\b/i.test(request.headers['accept-language'] ?? '') ? 'de' : 'en'
}

const textOf = (tree: Tree, name: string): string => {
  const value = Object.hasOwn(tree, name) ? tree[name] : ''
  return typeof value === 'string' ? value : ''
}

const keyOf = ({ portal }: AppOptions, session: Session): Promise<string> => portalSecret(portal, session, 'web forms')

/** The page as it is to be shown, whatever was sent before. */
async function pageOf(options: AppOptions, { request, session, form }: Look, values: Tree): Promise<FormPage> {
  const { portal } = options
  const issued = Math.floor(portal.sources.now())
  return {
    code: form.code,
    title: form.title,
    definition: form.definition,
    questions: await questions(portal, session, form),
    language: languageOf(request, form.definition.language),
    embedded: textOf(values, 'embed') === '1',
    preview: false,
    token: sign(`${form.id} ${issued} ${portal.sources.token(24)}`, await keyOf(options, session)),
    carried: Object.fromEntries(
      UTM.map((name) => [name, textOf(values, name).slice(0, 255)]).filter(([, value]) => value !== ''),
    ),
    version: hash('sha256', JSON.stringify(form.definition.design)).slice(0, 12),
    script: await scriptPath(),
  }
}

async function show(options: AppOptions, look: Look): Promise<string> {
  const { reply, session, form, query, request } = look
  const shown = await pageOf(options, look, query)
  // Whoever builds a form sees it before others do.
  const preview = textOf(query, 'preview') === '1' && (await visitOf(options, request, session)) !== undefined
  if (!preview && !(await isOpen(options.portal, session, form))) return page(reply, closedPage(shown, 'closed'), 410)
  return page(reply, formPage({ ...shown, preview }))
}

async function take(options: AppOptions, look: Look): Promise<string> {
  const { request, reply, session, form } = look
  const { portal } = options
  const values = await decodeParams({
    query: '',
    contentType: request.headers['content-type'],
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
  })
  const made = verify(textOf(values, 'page'), await keyOf(options, session))
  const [formId, issued, token = ''] = made?.split(' ') ?? []
  const result = await submit(portal, session, form, {
    values,
    page: Number(formId) === form.id ? { issued: Number(issued), token } : undefined,
    address: visitorAt(request, '/form').address,
  })
  await session.settled()
  const shown = await pageOf(options, look, values)
  if (result.is === 'taken') return page(reply, thanksPage(shown))
  if (result.is === 'closed') return page(reply, closedPage(shown, 'closed'), 410)
  if (result.is === 'often') return page(reply, closedPage(shown, 'often'), 429)
  const { said, faults } = result
  return page(reply, formPage({ ...shown, values, said, faults }), 422)
}

function page(reply: FastifyReply, body: Html, status = 200): string {
  void reply.code(status).headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  return body.text
}
