import type { FastifyInstance } from 'fastify'
import { renderSVG } from 'uqr'
import { listWebhooks } from '../auth/webhooks.ts'
import { type Account, accountById, fullName } from '../modules/session/account.ts'
import { renewRecoveryCodes, setUpFactor, turnFactorOff, turnFactorOn } from '../modules/session/own-factor.ts'
import { endOwnWebhook, makeOwnWebhook } from '../modules/session/own-webhooks.ts'
import { endOtherSessions, knowsPassword, ownPassword } from '../modules/session/passwords.ts'
import { enrolment, factorState, hasFactor } from '../modules/session/second-factor.ts'
import type { AppOptions } from './app.ts'
import { accountPage, type AccountView } from './pages/account-view.ts'
import { Html, html } from './pages/html.ts'
import { csrfField, field, innerPage, lead, pageAnswer } from './pages/page.ts'
import { refusalIn } from './pages/refusal.ts'
import { type InnerLook, pagesOf } from './pages/routes.ts'

/** Seconds since the sign-in within which somebody without a password needs none to change how they sign in. */
const FRESH = 900

/** `/account`: how one signs in oneself, and where. */
export function accountPages(app: FastifyInstance, options: AppOptions): void {
  const pages = pagesOf(app, options)

  pages.innerGet('/account', (look) => show(look, { done: look.query('done') }))

  pages.innerPost('/account/password', async (look) => {
    const wrong = await unproved(look, 'current')
    if (wrong !== undefined) return show(look, { wrong: { in: 'password', field: 'current', text: wrong } }, 422)
    const { person, session } = look.visit
    const given = { userId: person.id, sessionId: session.id, password: look.form('password') }
    const result = await ownPassword(look.desk, given)
    if (result.is === 'refused')
      return show(
        look,
        { wrong: { in: 'password', field: 'password', text: refusalIn(look.face.words, result.text) } },
        422,
      )
    return lead(look.reply, '/account?done=password')
  })

  pages.innerPost('/account/sessions/end', async (look) => {
    await endOtherSessions(look.desk, { userId: look.visit.person.id, sessionId: look.visit.session.id })
    return lead(look.reply, '/account?done=sessions')
  })

  pages.innerPost('/account/factor/begin', async (look) => {
    const wrong = await unproved(look, 'current')
    if (wrong !== undefined) return show(look, { wrong: { in: 'factor', field: 'current', text: wrong } }, 422)
    await setUpFactor(look.desk, look.visit.person.id)
    return lead(look.reply, '/account/factor')
  })

  pages.innerGet('/account/factor', (look) => showEnrolment(look))

  pages.innerPost('/account/factor', async (look) => {
    const { person, session } = look.visit
    const given = { userId: person.id, sessionId: session.id, code: look.form('code').slice(0, 64) }
    const codes = await turnFactorOn(look.desk, given)
    if (typeof codes === 'number') {
      void look.reply.header('retry-after', String(codes))
      return showEnrolment(look, look.face.words.wait(codes), 429)
    }
    if (codes !== undefined) return showCodes(look, codes, look.face.words.account.factorIsOn)
    return showEnrolment(look, look.face.words.account.wrongCode, 422)
  })

  pages.innerPost('/account/factor/off', async (look) => {
    const wrong = await unproved(look, 'current')
    if (wrong !== undefined) return show(look, { wrong: { in: 'factor', field: 'current', text: wrong } }, 422)
    await turnFactorOff(look.desk, look.visit.person.id)
    return lead(look.reply, '/account?done=factor-off')
  })

  pages.innerPost('/account/factor/codes', async (look) => {
    const wrong = await unproved(look, 'current')
    if (wrong !== undefined) return show(look, { wrong: { in: 'factor', field: 'current', text: wrong } }, 422)
    if (!(await hasFactor(look.desk.session, look.visit.person.id))) return lead(look.reply, '/account')
    return showCodes(look, await renewRecoveryCodes(look.desk, look.visit.person.id), look.face.words.account.newCodes)
  })

  pages.innerPost('/account/webhooks', async (look) => {
    const code = await makeOwnWebhook(look.desk, { userId: look.visit.person.id, title: look.form('title') })
    await look.desk.session.settled()
    return show(look, { webhook: code })
  })

  pages.innerPost('/account/webhooks/end', async (look) => {
    const id = Number(look.form('id'))
    const ended = Number.isSafeInteger(id) && (await endOwnWebhook(look.desk, { userId: look.visit.person.id, id }))
    return lead(look.reply, ended ? '/account?done=webhook' : '/account')
  })
}

/** Why whoever holds this session has not shown that they are its person; undefined: they have. */
async function unproved(look: InnerLook, name: string): Promise<string | undefined> {
  const { desk, visit } = look
  const account = await accountById(desk.session, visit.person.id)
  if (account?.password === null)
    return desk.portal.sources.now() - visit.session.created < FRESH ? undefined : look.face.words.account.noPassword
  const password = look.form(name).slice(0, 1024)
  const knows = await knowsPassword(desk, { userId: visit.person.id, password })
  if (typeof knows === 'number') return look.face.words.wait(knows)
  return knows ? undefined : look.face.words.account.wrongPassword
}

type Said = Pick<AccountView, 'wrong' | 'done' | 'webhook'>

async function show(look: InnerLook, said: Said, status = 200): Promise<string> {
  const { desk, visit, reply, options } = look
  const account = await ownAccount(look)
  const view: AccountView = {
    ...said,
    face: look.face,
    visit,
    account,
    factor: await factorState(desk.session, account.id),
    sessions: await desk.sessions.list(desk.session, account.id),
    webhooks: await listWebhooks(desk.session, account.id),
    zone: desk.portal.zone,
    request: look.request,
    publicUrl: options.publicUrl,
  }
  return pageAnswer(reply, accountPage(view), status)
}

async function ownAccount({ desk, visit }: InnerLook): Promise<Account> {
  const account = await accountById(desk.session, visit.person.id)
  if (account === undefined) throw new Error(`person ${visit.person.id} is signed in and unknown`)
  return account
}

async function showEnrolment(look: InnerLook, wrong?: string, status = 200): Promise<string> {
  const { desk, visit, reply, face } = look
  const say = face.words.account
  const account = await ownAccount(look)
  const label = account.email ?? account.login ?? fullName(account)
  const given = await enrolment(desk.portal, desk.session, { userId: account.id, label })
  if (given === undefined) return lead(reply, '/account')
  const { secret, uri } = given
  // A path and a ground: what the page's policy takes.
  const qr = new Html(renderSVG(uri, { border: 0, whiteColor: '#fff', blackColor: '#000' }))
  const body = html`<section class="card">
    <ol class="steps">
      <li>
        <h2>${say.scan}</h2>
        <div class="qr" role="img" aria-label="${say.qr}">${qr}</div>
      </li>
      <li>
        <h2>${say.orType}</h2>
        <p class="secret mono">${(secret.match(/.{1,4}/g) ?? []).join(' ')}</p>
      </li>
      <li>
        <h2>${say.typeCode}</h2>
        <form class="narrow" method="post" action="/account/factor">
          ${csrfField(visit)}${field({
            name: 'code',
            label: say.code,
            autocomplete: 'one-time-code',
            className: 'code',
            inputmode: 'numeric',
            focus: true,
            hint: say.digits,
            wrong,
          })}
          <div class="row-actions">
            <button>${say.turnOn}</button><a class="button plain" href="/account">${say.notNow}</a>
          </div>
        </form>
      </li>
    </ol>
  </section>`
  const title = say.enrolTitle
  return pageAnswer(reply, innerPage({ face, title, visit, name: fullName(account), body }), status)
}

/** The only time that these codes are seen. */
async function showCodes(look: InnerLook, codes: readonly string[], title: string): Promise<string> {
  const { visit, reply, face } = look
  const say = face.words.account
  const account = await ownAccount(look)
  const body = html`<section class="card">
    <h2>${say.codes}</h2>
    <p class="soft">${say.codesText}</p>
    <ul class="codes mono">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <div class="row-actions"><a class="button" href="/account">${say.kept}</a></div>
  </section>`
  return pageAnswer(reply, innerPage({ face, title, visit, name: fullName(account), body }))
}
