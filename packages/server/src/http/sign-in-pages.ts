import type { FastifyInstance, FastifyReply } from 'fastify'
import { csrfOf } from '../auth/sessions.ts'
import { accountById, fullName } from '../modules/session/account.ts'
import { type SignIn, signIn, signInByCode, signOut } from '../modules/session/sign-in.ts'
import type { AppOptions } from './app.ts'
import { type Html, html } from './pages/html.ts'
import { csrfField, field, gatePage, innerPage, lead, note, ownPath, pageAnswer } from './pages/page.ts'
import { type Look, pagesOf } from './pages/routes.ts'
import { isOwnOrigin } from './session-cookie.ts'
import { giveSession, giveStep, heldSession, knownDevice, stepOf, takeSession, takeStep } from './sign-in-cookies.ts'

/** `/login`, `/login/code`, `/logout`, and `/session`, which tells the portal's own pages who is signed in. */
export function signInPages(app: FastifyInstance, options: AppOptions): void {
  const pages = pagesOf(app, options)

  pages.get('/login', (look) => {
    const next = ownPath(look.query('next'))
    if (look.visit !== undefined) return lead(look.reply, next)
    return pageAnswer(look.reply, loginPage(look, { next, say: noteOf(look, look.query('done')) }))
  })

  pages.post('/login', async (look) => {
    const { desk, reply } = look
    const next = ownPath(look.form('next'))
    const account = look.form('account').slice(0, 255)
    const result = await signIn(desk, {
      account,
      password: look.form('password').slice(0, 1024),
      device: await knownDevice(look),
      previous: heldSession(look),
    })
    if (result.is === 'in' || result.is === 'code') return letIn(look, result, next)
    const { words } = look.face
    const say = note(result.is === 'wait' ? words.wait(result.seconds) : words.signIn.wrong, 'bad')
    return refusedPage(reply, loginPage(look, { next, account, say }), result)
  })

  pages.get('/login/code', async (look) => {
    if ((await stepOf(look)) === undefined) return lead(look.reply, '/login')
    return pageAnswer(look.reply, codePage(look))
  })

  pages.post('/login/code', async (look) => {
    const claim = await stepOf(look)
    if (claim === undefined) return lead(look.reply, '/login')
    const code = look.form('code').slice(0, 64)
    const result = await signInByCode(look.desk, { step: claim.step, code, previous: heldSession(look) })
    if (result.is === 'in') return letIn(look, result, claim.next)
    const { words } = look.face
    const text = result.is === 'wait' ? words.wait(result.seconds) : words.signIn.codeWrong
    return refusedPage(look.reply, codePage(look, text), result)
  })

  pages.innerGet('/logout', async (look) => {
    const account = await accountById(look.desk.session, look.visit.person.id)
    const { face } = look
    const { words } = face
    const body = html`<form method="post" action="/logout">
      ${csrfField(look.visit)}
      <div class="row-actions">
        <button>${words.page.signOut}</button><a class="button plain" href="/">${words.signIn.stay}</a>
      </div>
    </form>`
    return pageAnswer(
      look.reply,
      innerPage({
        face,
        title: words.signIn.outTitle,
        visit: look.visit,
        name: account === undefined ? '' : fullName(account),
        body,
      }),
    )
  })

  pages.innerPost('/logout', async (look) => {
    await signOut(look.desk, { userId: look.visit.person.id, token: look.visit.token })
    takeSession(look)
    takeStep(look)
    return lead(look.reply, '/login?done=out')
  })

  pages.get('/session', async (look) => {
    const { visit, reply, desk, request } = look
    void reply
      .removeHeader('access-control-allow-origin')
      .headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' })
    const account =
      visit === undefined || isOwnOrigin(options, request) === false
        ? undefined
        : await accountById(desk.session, visit.person.id)
    if (visit === undefined || account === undefined) {
      void reply.code(401)
      return { error: 'NO_AUTH_FOUND', error_description: 'Nobody is signed in' }
    }
    const { id, email } = account
    return {
      user: { id, name: fullName(account), email, admin: visit.person.admin },
      csrf: csrfOf(visit.token),
    }
  })
}

function noteOf({ face }: Look, done: string): Html | undefined {
  const said: Readonly<Record<string, string>> = face.words.signIn.done
  return Object.hasOwn(said, done) ? note(said[done], done === 'openid' ? 'bad' : 'good') : undefined
}

/** Ends a sign-in that has succeeded, or its first step. */
export async function letIn(look: Look, result: Extract<SignIn, { is: 'in' | 'code' }>, next: string): Promise<string> {
  if (result.is === 'code') {
    await giveStep(look, result.step, next)
    return lead(look.reply, '/login/code')
  }
  await giveSession(look, result)
  // Browsers hold what follows upon a form to the page's form-action, and authorisation leads on to applications.
  return next.startsWith('/oauth/') ? pageAnswer(look.reply, onwardPage(look, next)) : lead(look.reply, next)
}

function refusedPage(reply: FastifyReply, page: Html, result: SignIn): string {
  if (result.is === 'wait') void reply.header('retry-after', String(result.seconds))
  return pageAnswer(reply, page, result.is === 'wait' ? 429 : 422)
}

const onwardPage = ({ face }: Look, next: string): Html =>
  gatePage({
    face,
    title: face.words.signIn.onward,
    lead: face.words.signIn.onwardLead,
    body: html`<a class="button wide" href="${next}">${face.words.page.goOn}</a>`,
    head: html`<meta http-equiv="refresh" content="0;url=${next}" />`,
  })

function loginPage(
  { options, face }: Pick<Look, 'options' | 'face'>,
  { next, account = '', say }: { next: string; account?: string; say?: Html | undefined },
): Html {
  const { openId } = options
  const words = face.words.signIn
  const path = next === '/' ? '' : `?next=${encodeURIComponent(next)}`
  return gatePage({
    face,
    title: words.title,
    body: html`${say}
      <form method="post" action="/login">
        <input type="hidden" name="next" value="${next}" />
        ${field({ name: 'account', label: words.account, value: account, autocomplete: 'username', focus: account === '', inputmode: 'email' })}
        ${field({
          name: 'password',
          label: words.password,
          type: 'password',
          autocomplete: 'current-password',
          focus: account !== '',
        })}
        <button class="wide">${words.submit}</button>
        <p class="small below"><a href="/password/forgot">${words.forgot}</a></p>
      </form>
      ${
        openId !== undefined &&
        html`<p class="or">${words.or}</p>
          <a class="button plain wide" href="/login/openid${path}">${words.elsewhere(openId.name)}</a>`
      }`,
  })
}

const codePage = ({ face }: Look, wrong?: string): Html =>
  gatePage({
    face,
    title: face.words.signIn.codeTitle,
    lead: face.words.signIn.codeLead,
    body: html`<form method="post" action="/login/code">
        ${field({
          name: 'code',
          label: face.words.signIn.code,
          autocomplete: 'one-time-code',
          focus: true,
          className: 'code',
          hint: face.words.signIn.codeHint,
          wrong,
        })}
        <button class="wide">${face.words.page.goOn}</button>
      </form>
      <p class="small"><a href="/login">${face.words.signIn.somebodyElse}</a></p>`,
  })
