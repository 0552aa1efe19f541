import type { FastifyReply, FastifyRequest } from 'fastify'
import { csrfOf } from '../../auth/sessions.ts'
import type { SignedIn } from '../session-cookie.ts'
import { iconPath, mark, portico } from './art.ts'
import { type Html, html, type Part } from './html.ts'
import { stylePath } from './style.ts'
import type { Face } from './words/index.ts'

/** No script, no style but the portal's own, no frame around it, forms to the portal only. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** A theme that was chosen; without one the style follows the system. */
const rootOf = (lang: string, theme: Face['theme']): Html =>
  theme === undefined ? html`lang="${lang}"` : html`lang="${lang}" data-theme="${theme}"`

export const shell = ({ words, theme }: Face, title: string, body: Part, more: Part = ''): Html =>
  html`<!doctype html>
    <html ${rootOf(words.lang, theme)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f4f6f5" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0f1513" media="(prefers-color-scheme: dark)" />
        ${more}
        <title>${title} · Portico</title>
        <link rel="icon" type="image/svg+xml" href="${iconPath}" />
        <link rel="stylesheet" href="${stylePath}" />
      </head>
      <body>
        ${body}
      </body>
    </html> `

/** A page before the door: one thing to do, in the middle. */
export const gatePage = ({
  face,
  title,
  lead,
  body,
  head,
}: {
  face: Face
  title: string
  lead?: Part
  body: Part
  head?: Part
}): Html =>
  shell(
    face,
    title,
    html`<div class="gate">
      <aside class="gate-art" aria-hidden="true">
        ${portico}
        <div class="gate-words">
          <span class="brand">${mark}Portico</span>
          <p>${face.words.page.promise}</p>
        </div>
      </aside>
      <main class="gate-main">
        <span class="brand">${mark}Portico</span>
        <div class="gate-body">
          <div class="gate-head">
            <h1>${title}</h1>
            ${lead === undefined ? '' : html`<p class="soft">${lead}</p>`}
          </div>
          ${body}
        </div>
        <p class="gate-foot">${face.words.page.foot}</p>
      </main>
    </div>`,
    head,
  )

/** The bar above every page inside. */
export const bar = ({ words: { page: say } }: Face, visit: SignedIn | undefined, name: string): Html =>
  html`<a class="skip" href="#main">${say.skip}</a>
    <header class="bar">
      <a class="brand" href="/" aria-label="Portico">${mark}<span class="bar-long">Portico</span></a>
      ${visit !== undefined && html`<a class="bar-back" href="/">${say.back}</a>`}
      <div class="bar-end">
        ${
          visit === undefined
            ? html`<a class="button compact" href="/login">${say.signIn}</a>`
            : html`<a class="bar-name" href="/account"
                  ><span class="bar-long">${name}</span><span class="bar-short">${say.account}</span></a
                >
                <form method="post" action="/logout">
                  ${csrfField(visit)}<button class="plain compact">${say.signOut}</button>
                </form>`
        }
      </div>
    </header>`

/** A page inside: a bar with who is signed in, and cards below it. */
export const innerPage = ({
  face,
  title,
  lead,
  visit,
  name,
  body,
}: {
  face: Face
  title: string
  lead?: Part
  visit: SignedIn | undefined
  name: string
  body: Part
}): Html =>
  shell(
    face,
    title,
    html`${bar(face, visit, name)}
      <main class="page" id="main">
        <div class="page-head">
          <h1>${title}</h1>
          ${lead === undefined ? '' : html`<p class="soft">${lead}</p>`}
        </div>
        ${body}
      </main>`,
  )

/** What every form of somebody who is signed in carries. */
export const csrfField = ({ token }: Pick<SignedIn, 'token'>): Html =>
  html`<input type="hidden" name="csrf" value="${csrfOf(token)}" />`

/** Whose password a form is about, for password managers; people see it elsewhere on the page. */
export const whoField = (account: string | null): Html =>
  html`<input
    class="hide"
    type="text"
    name="username"
    value="${account}"
    autocomplete="username"
    aria-label="Account"
    tabindex="-1"
    aria-hidden="true"
    readonly
  />`

export const note = (text: Part, tone: 'good' | 'bad' = 'good'): Html =>
  html`<p class="note ${tone === 'bad' ? 'bad' : ''}" role="${tone === 'bad' ? 'alert' : 'status'}">${text}</p>`

/** A labelled input; `wrong` is said beside it and to those who can't see it. */
export const field = ({
  name,
  id = name,
  label,
  type = 'text',
  value = '',
  hint,
  wrong,
  autocomplete,
  focus = false,
  className = '',
  inputmode,
}: {
  name: string
  /** Where a page has several inputs of one name. */
  id?: string
  label: string
  type?: 'text' | 'password' | 'email'
  value?: string
  hint?: string | undefined
  wrong?: string | undefined
  autocomplete: string
  focus?: boolean
  className?: string
  inputmode?: string
}): Html =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      class="${className}"
      required${
        focus && html` autofocus`
      }${type === 'text' && html` autocapitalize="none" spellcheck="false"`}${inputmode !== undefined && html` inputmode="${inputmode}"`}${
        wrong !== undefined && html` aria-invalid="true"`
      }${(hint ?? wrong) !== undefined && html` aria-describedby="${id}-hint"`}
    />
    ${(wrong ?? hint) !== undefined && html`<p class="${wrong === undefined ? 'hint' : 'wrong'}" id="${id}-hint">${wrong ?? hint}</p>`}
  </div>`

/** A page that nobody keeps and nobody frames: what the handler of a route answers, once everything is durable. */
export function pageAnswer(reply: FastifyReply, page: Html, status = 200): string {
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
  void reply.code(status).headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    // Addresses with a token in them stay here; forms still say where they come from.
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  })
  return page.text
}

/** The same, sent at once: for whoever has nothing to wait for any more. */
export const sendPage = (reply: FastifyReply, page: Html, status = 200): FastifyReply =>
  reply.send(pageAnswer(reply, page, status))

/** Leads on to another page, as after a form. */
export function lead(reply: FastifyReply, path: string): string {
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
  void reply.code(303).headers({ location: path, 'cache-control': 'no-store' })
  return ''
}

/** A path of the portal itself to come back to; anything else leads to the front page. */
export function ownPath(text: unknown): string {
  // Browsers read a backslash as a slash, and drop tabs and line ends.
  // eslint-disable-next-line no-control-regex
  if (
    typeof text !== 'string' ||
    text.length > 4000 ||
    !/^\/(?![/\\])/.test(text) ||
    /[\\\u0000-\u001f\u007f]/.test(text)
  )
    return '/'
  const base = 'http://portal.invalid'
  if (!URL.canParse(text, base)) return '/'
  const { origin, pathname, search, hash } = new URL(text, base)
  if (origin !== base || pathname.startsWith('//') || /^\/(login|logout)(\/|$)/.test(pathname)) return '/'
  return `${pathname}${search}${hash}`
}

/** Whether somebody wants a page, and not data. */
export const wantsPage = (request: FastifyRequest): boolean => /text\/html/.test(request.headers.accept ?? '')
