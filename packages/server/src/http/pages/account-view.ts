import type { FastifyRequest } from 'fastify'
import type { ListedWebhook } from '../../auth/webhooks.ts'
import type { PersonSession } from '../../auth/sessions.ts'
import { type Account, fullName } from '../../modules/session/account.ts'
import type { FactorState } from '../../modules/session/second-factor.ts'
import { formatDateTime, type Zone } from '../../schema/time.ts'
import { originOf } from '../connection.ts'
import { newPasswordField } from '../password-pages.ts'
import type { SignedIn } from '../session-cookie.ts'
import { type Html, html } from './html.ts'
import { csrfField, field, innerPage, note, whoField } from './page.ts'
import type { Face, Words } from './words/index.ts'

export interface AccountView {
  readonly face: Face
  readonly visit: SignedIn
  readonly account: Account
  readonly factor: FactorState | undefined
  readonly sessions: readonly PersonSession[]
  readonly webhooks: readonly ListedWebhook[]
  readonly zone: Zone
  readonly request: FastifyRequest
  readonly publicUrl: string | null
  /** What is wrong with the form that was sent, and beside which of its fields it is said. */
  readonly wrong?: { readonly in: 'password' | 'factor'; readonly field: string; readonly text: string }
  /** What has just been done. */
  readonly done?: string
  /** The code of the webhook that has just been made. */
  readonly webhook?: string
}

export function accountPage(view: AccountView): Html {
  const { account, visit, face, done = '' } = view
  const said: Readonly<Record<string, string>> = face.words.account.done
  return innerPage({
    face,
    title: face.words.account.title,
    lead: `${fullName(account)} · ${account.email ?? account.login ?? ''}`,
    visit,
    name: fullName(account),
    body: html`${Object.hasOwn(said, done) && note(said[done])}${password(view)}${factor(view)}${sessions(view)}${webhooks(view)}`,
  })
}

const sayOf = ({ face }: AccountView): Words['account'] => face.words.account

const wrongIn = ({ wrong }: AccountView, card: 'password' | 'factor', name: string): string | undefined =>
  wrong?.in === card && wrong.field === name ? wrong.text : undefined

/** Somebody who signs in elsewhere has no password to prove themselves with. */
const proof = (view: AccountView, card: 'password' | 'factor', id: string): Html => {
  const wrong = wrongIn(view, card, 'current')
  if (view.account.password === null) return html`${wrong !== undefined && note(wrong, 'bad')}`
  const asked = { name: 'current', id, label: sayOf(view).current, type: 'password', wrong } as const
  return field({ ...asked, autocomplete: 'current-password', focus: wrong !== undefined })
}

const password = (view: AccountView): Html => html`<section class="card" aria-labelledby="password-title">
<div class="card-head"><div><h2 id="password-title">${sayOf(view).password}</h2><p class="soft small">${sayOf(view).passwordText}</p></div></div>
<details${view.wrong?.in === 'password' && html` open`}><summary>${sayOf(view).change}</summary>
<form class="narrow" method="post" action="/account/password">${csrfField(view.visit)}
${whoField(view.account.email)}
${proof(view, 'password', 'current-for-password')}${newPasswordField(view.face, wrongIn(view, 'password', 'password'), undefined, wrongIn(view, 'password', 'password') !== undefined)}
<div class="row-actions"><button>${sayOf(view).changeIt}</button></div></form></details></section>`

function factor(view: AccountView): Html {
  const say = sayOf(view)
  const isOn = view.factor?.isOn === true
  const open = view.wrong?.in === 'factor' && html` open`
  const left = view.factor?.codesLeft ?? 0
  const form = (action: string, button: Html, id: string): Html =>
    html`<form class="narrow" method="post" action="${action}">
      ${csrfField(view.visit)}${whoField(view.account.email)}${proof(view, 'factor', id)}
      <div class="row-actions">${button}</div>
    </form>`
  return html`<section class="card" aria-labelledby="factor-title">
    <div class="card-head">
      <div>
        <h2 id="factor-title">${say.factor}</h2>
        <p class="soft small">${isOn ? say.factorOn(left) : say.factorOff}</p>
      </div>
      <span class="badge ${isOn ? 'on' : ''}">${isOn ? say.on : say.off}</span>
    </div>
    ${
      isOn
        ? html`<details${open}><summary>${say.factorMore}</summary>${form(
            '/account/factor/codes',
            html`<button class="plain">${say.newCodes}</button
              ><button class="danger" formaction="/account/factor/off">${say.turnOff}</button>`,
            'current-for-factor',
          )}</details>`
        : html`<details${open}><summary>${say.setUp}</summary>${form('/account/factor/begin', html`<button>${say.goOn}</button>`, 'current-for-factor')}</details>`
    }
  </section>`
}

const sessions = (view: AccountView): Html =>
  html`<section class="card" aria-labelledby="sessions-title">
    <div class="card-head">
      <div><h2 id="sessions-title">${sayOf(view).sessions}</h2></div>
    </div>
    <ul class="rows">
      ${view.sessions.map(
        (each) =>
          html`<li>
            <div>
              <span>${browserOf(each.userAgent, sayOf(view))}</span
              ><span class="soft small">${each.address} · ${sayOf(view).lastUsed(moment(each.used, view.zone))}</span>
            </div>
            ${each.id === view.visit.session.id && html`<span class="badge on">${sayOf(view).thisBrowser}</span>`}
          </li>`,
      )}
    </ul>
    ${
      view.sessions.length > 1 &&
      html`<form method="post" action="/account/sessions/end">
        ${csrfField(view.visit)}
        <div class="row-actions"><button class="danger">${sayOf(view).endOthers}</button></div>
      </form>`
    }
  </section>`

function webhooks(view: AccountView): Html {
  const { webhook, webhooks: all, visit, zone } = view
  const say = sayOf(view)
  const address = `${originOf(view, view.request)}/rest/${visit.person.id}/${webhook}/`
  return html`<section class="card" aria-labelledby="webhooks-title" id="webhooks">
    <div class="card-head">
      <div>
        <h2 id="webhooks-title">${say.webhooks}</h2>
        <p class="soft small">${say.webhooksText}</p>
      </div>
    </div>
    ${
      webhook !== undefined &&
      html`${note(say.webhookMade)}
        <p class="secret mono">${address}</p>`
    }
    ${
      all.length > 0 &&
      html`<ul class="rows">
        ${all.map(
          (each) =>
            html`<li>
              <div>
                <span>${each.title}</span
                ><span class="soft small"
                  >${say.made(moment(each.created, zone), each.scope === '*' ? say.everyScope : each.scope)}</span
                >
              </div>
              <form method="post" action="/account/webhooks/end">
                ${csrfField(visit)}<input type="hidden" name="id" value="${each.id}" /><button
                  class="danger compact"
                  aria-label="${say.endWebhook(each.title)}"
                >
                  ${say.end}
                </button>
              </form>
            </li>`,
        )}
      </ul>`
    }
    <details>
      <summary>${say.makeWebhook}</summary>
      <form class="narrow" method="post" action="/account/webhooks">
        ${csrfField(visit)}${field({
          name: 'title',
          label: say.webhookFor,
          autocomplete: 'off',
          hint: say.webhookHint,
        })}
        <div class="row-actions"><button class="plain">${say.makeIt}</button></div>
      </form>
    </details>
  </section>`
}

const moment = (time: number, zone: Zone): string => formatDateTime(time, zone).slice(0, 16).replace('T', ' ')

/** A browser in two words; what it says of itself is long and half untrue. */
function browserOf(agent: string, say: Words['account']): string {
  const name = /Edg|OPR|Firefox|Chrome|Safari|curl/.exec(agent.replace(/Chrome\/.*(Edg|OPR)/, '$1'))?.[0] ?? ''
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  const known = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' } as Readonly<Record<string, string>>
  const [browser, on] = [known[name] ?? name, known[system] ?? system]
  return browser && on ? say.browser(browser, on) : browser || on || say.program
}
