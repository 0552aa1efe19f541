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

export interface AccountView {
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

const DONE: Readonly<Record<string, string>> = {
  password: 'Your password has been changed, and you are signed out everywhere else.',
  sessions: 'You are signed out everywhere else.',
  'factor-off': 'The second factor is off.',
  webhook: 'The webhook has ended.',
}

export function accountPage(view: AccountView): Html {
  const { account, visit, done = '' } = view
  return innerPage({
    title: 'Your account',
    lead: `${fullName(account)} · ${account.email ?? account.login ?? ''}`,
    visit,
    name: fullName(account),
    body: html`${Object.hasOwn(DONE, done) && note(DONE[done])}${password(view)}${factor(view)}${sessions(view)}${webhooks(view)}`,
  })
}

const wrongIn = ({ wrong }: AccountView, card: 'password' | 'factor', name: string): string | undefined =>
  wrong?.in === card && wrong.field === name ? wrong.text : undefined

/** Somebody who signs in elsewhere has no password to prove themselves with. */
const proof = (view: AccountView, card: 'password' | 'factor', id: string): Html => {
  const wrong = wrongIn(view, card, 'current')
  if (view.account.password === null) return html`${wrong !== undefined && note(wrong, 'bad')}`
  const asked = { name: 'current', id, label: 'Your password now', type: 'password', wrong } as const
  return field({ ...asked, autocomplete: 'current-password', focus: wrong !== undefined })
}

const password = (view: AccountView): Html => html`<section class="card" aria-labelledby="password-title">
<div class="card-head"><div><h2 id="password-title">Password</h2><p class="soft small">A new one signs you out everywhere else.</p></div></div>
<details${view.wrong?.in === 'password' && html` open`}><summary>Change your password</summary>
<form class="narrow" method="post" action="/account/password">${csrfField(view.visit)}
${whoField(view.account.email)}
${proof(view, 'password', 'current-for-password')}${newPasswordField(wrongIn(view, 'password', 'password'), 'New password', wrongIn(view, 'password', 'password') !== undefined)}
<div class="row-actions"><button>Change it</button></div></form></details></section>`

function factor(view: AccountView): Html {
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
        <h2 id="factor-title">Second factor</h2>
        <p class="soft small">
          ${
            isOn
              ? `You show a code after the password. ${left} recovery code${left === 1 ? ' is' : 's are'} left.`
              : 'A code from an app on your phone, after the password. Somebody who has learned your password can’t get in then.'
          }
        </p>
      </div>
      <span class="badge ${isOn ? 'on' : ''}">${isOn ? 'On' : 'Off'}</span>
    </div>
    ${
      isOn
        ? html`<details${open}><summary>Get new recovery codes, or turn it off</summary>${form(
            '/account/factor/codes',
            html`<button class="plain">New recovery codes</button
              ><button class="danger" formaction="/account/factor/off">Turn it off</button>`,
            'current-for-factor',
          )}</details>`
        : html`<details${open}><summary>Set it up</summary>${form('/account/factor/begin', html`<button>Go on</button>`, 'current-for-factor')}</details>`
    }
  </section>`
}

const sessions = (view: AccountView): Html =>
  html`<section class="card" aria-labelledby="sessions-title">
    <div class="card-head">
      <div><h2 id="sessions-title">Where you are signed in</h2></div>
    </div>
    <ul class="rows">
      ${view.sessions.map(
        (each) =>
          html`<li>
            <div>
              <span>${browserOf(each.userAgent)}</span
              ><span class="soft small">${each.address} · last used ${moment(each.used, view.zone)}</span>
            </div>
            ${each.id === view.visit.session.id && html`<span class="badge on">This browser</span>`}
          </li>`,
      )}
    </ul>
    ${
      view.sessions.length > 1 &&
      html`<form method="post" action="/account/sessions/end">
        ${csrfField(view.visit)}
        <div class="row-actions"><button class="danger">Sign out everywhere else</button></div>
      </form>`
    }
  </section>`

function webhooks(view: AccountView): Html {
  const { webhook, webhooks: all, visit, zone } = view
  const address = `${originOf(view, view.request)}/rest/${visit.person.id}/${webhook}/`
  return html`<section class="card" aria-labelledby="webhooks-title" id="webhooks">
    <div class="card-head">
      <div>
        <h2 id="webhooks-title">Webhooks</h2>
        <p class="soft small">Addresses through which programs act in your name, with your rights.</p>
      </div>
    </div>
    ${
      webhook !== undefined &&
      html`${note('Your new webhook. Copy its address now: it is not shown again.')}
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
                  >Made ${moment(each.created, zone)} · ${each.scope === '*' ? 'every scope' : each.scope}</span
                >
              </div>
              <form method="post" action="/account/webhooks/end">
                ${csrfField(visit)}<input type="hidden" name="id" value="${each.id}" /><button
                  class="danger compact"
                  aria-label="End the webhook ${each.title}"
                >
                  End
                </button>
              </form>
            </li>`,
        )}
      </ul>`
    }
    <details>
      <summary>Make a webhook</summary>
      <form class="narrow" method="post" action="/account/webhooks">
        ${csrfField(visit)}${field({
          name: 'title',
          label: 'What is it for?',
          autocomplete: 'off',
          hint: 'It has every scope; your rights are its bounds.',
        })}
        <div class="row-actions"><button class="plain">Make it</button></div>
      </form>
    </details>
  </section>`
}

const moment = (time: number, zone: Zone): string => formatDateTime(time, zone).slice(0, 16).replace('T', ' ')

/** A browser in two words; what it says of itself is long and half untrue. */
function browserOf(agent: string): string {
  const name = /Edg|OPR|Firefox|Chrome|Safari|curl/.exec(agent.replace(/Chrome\/.*(Edg|OPR)/, '$1'))?.[0] ?? ''
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  const known = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' } as Readonly<Record<string, string>>
  const words = [known[name] ?? name, known[system] ?? system].filter(Boolean)
  return words.length === 0 ? 'A program' : words.join(' on ')
}
