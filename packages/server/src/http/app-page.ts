import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { csrfOf } from '../auth/sessions.ts'
import type { Frame } from '../modules/placement/frame-data.ts'
import type { Closed } from '../modules/placement/opening.ts'
import { type Html, html, Html as Markup, type Part } from './pages/html.ts'
import { bar, shell } from './pages/page.ts'
import type { Face } from './pages/words/index.ts'
import type { SignedIn } from './session-cookie.ts'
import { webAsset } from './web-assets.ts'

/** A tab or an application to open, by its address. */
export interface PageLink {
  readonly href: string
  readonly title: string
  readonly current: boolean
}

export interface AppPage {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly face: Face
  readonly visit: SignedIn
  /** Who is signed in. */
  readonly name: string
  /** Where the portal is, as the frame is told. */
  readonly origin: string
  readonly title: string
  readonly frame: Frame
  /** Where else its application's pages are: sliders show them. */
  readonly origins: readonly string[]
  readonly tabs?: readonly PageLink[]
  /** The page is in a slider itself. */
  readonly slider: boolean
}

const STATUS: Readonly<Record<Closed, number>> = {
  unknown: 404,
  'no-pages': 404,
  'not-installed': 403,
  'own-origin': 403,
}

/** Script and style of the portal only; frames and forms only of the application that is shown. */
const policyOf = (origins: readonly string[]): string => {
  const others = ["'self'", ...new Set(origins)].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${others}`,
    `form-action ${others}`,
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ')
}

function send({ reply }: Pick<AppPage, 'reply'>, page: Html, policy: string, status = 200): FastifyReply {
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      // The address may name records; applications learn it from PLACEMENT_OPTIONS where they are to.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .send(page.text)
}

/** Data for the page's script. No markup can be in it. */
const dataOf = (value: unknown): Html =>
  new Markup(
    `<script type="application/json" id="page-data">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`,
  )

/** The address changes with the content, so that browsers may keep it for good. */
export const assetPath = async (name: 'frame.js' | 'frame.css'): Promise<string> => {
  const { version } = await webAsset(name)
  return `/assets/${version}/${name}`
}

async function headOf(withScript: boolean): Promise<Part> {
  const script = withScript ? html`<script src="${await assetPath('frame.js')}" defer></script>` : ''
  return html`<link rel="stylesheet" href="${await assetPath('frame.css')}" />${script}`
}

/** A page around the frame of an application. */
export async function sendAppPage(page: AppPage): Promise<FastifyReply> {
  const { frame, face, visit, name, title, slider, origin, tabs = [] } = page
  const say = face.words.apps
  const body = html`${slider ? '' : bar(face, visit, name)}
    <main class="host ${slider && 'host-in-slider'}" id="main">
      <div class="host-head">
        <h1 id="host-title">${title}</h1>
        ${tabsOf(say.widgets, tabs)}
      </div>
      <div class="host-frame" id="host-frame"><p class="host-wait" role="status">${say.opening(title)}</p></div>
      <noscript><p class="note bad">${say.script}</p></noscript>
    </main>
    ${dataOf({ csrf: csrfOf(visit.token), origin, frame })}`
  return send(page, shell(face, title, body, await headOf(true)), policyOf([frame.origin, ...page.origins]))
}

const tabsOf = (label: string, tabs: readonly PageLink[]): Part =>
  tabs.length < 2
    ? ''
    : html`<nav class="host-tabs" aria-label="${label}">
        ${tabs.map(
          ({ href, title, current }) => html`<a href="${href}" ${current && html` aria-current="page"`}>${title}</a>`,
        )}
      </nav>`

type Plain = Pick<AppPage, 'reply' | 'face' | 'visit' | 'name' | 'slider'>

/** Why nothing is shown. */
export async function sendClosed(page: Plain, why: Closed): Promise<FastifyReply> {
  return sendPlain(page, { say: page.face.words.apps.closed[why], status: STATUS[why] })
}

export async function sendPlain(
  page: Plain,
  { say: [title = '', text = ''], status }: { say: readonly string[]; status: number },
): Promise<FastifyReply> {
  const body = html`${page.slider ? '' : bar(page.face, page.visit, page.name)}
    <main class="host-empty" id="main">
      <div class="host-empty-body">
        <h1>${title}</h1>
        <p class="soft">${text}</p>
        <p><a class="button plain" href="/marketplace/" target="_top">${page.face.words.apps.all}</a></p>
      </div>
    </main>`
  return send(page, shell(page.face, title, body, await headOf(false)), policyOf([]), status)
}

export interface ListedApplication {
  readonly href: string
  readonly title: string
  readonly note: string
}

/** The applications that a person can open. */
export async function sendApplications(page: Plain, applications: readonly ListedApplication[]): Promise<FastifyReply> {
  const say = page.face.words.apps
  const [before, after] = say.noneText.split('{command}')
  const list =
    applications.length === 0
      ? html`<section class="card">
          <h2>${say.none}</h2>
          <p class="soft">${before}<code>portico app</code>${after}</p>
        </section>`
      : html`<ul class="host-list">
          ${applications.map(
            ({ href, title, note }) =>
              html`<li>
                <a class="host-tile" href="${href}" target="_top"
                  ><span class="host-sign tone-${toneOf(title)}" aria-hidden="true">${initialOf(title)}</span
                  ><span class="host-tile-words"
                    ><span class="host-tile-title">${title}</span><span class="soft small">${note}</span></span
                  ></a
                >
              </li>`,
          )}
        </ul>`
  const body = html`${page.slider ? '' : bar(page.face, page.visit, page.name)}
    <main class="page host-page" id="main">
      <div class="page-head">
        <h1>${say.title}</h1>
        <p class="soft">${say.lead}</p>
      </div>
      ${list}
    </main>`
  return send(page, shell(page.face, say.title, body, await headOf(false)), policyOf([]))
}

const initialOf = (title: string): string => [...title.trim()][0]?.toUpperCase() ?? '?'
/** The same application has the same colour everywhere. */
const toneOf = (title: string): number => Number.parseInt(hash('sha256', title).slice(0, 4), 16) % 6
