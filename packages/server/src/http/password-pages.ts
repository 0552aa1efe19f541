import type { FastifyInstance } from 'fastify'
import { LONGEST, passwordRefusal, SHORTEST } from '../auth/password-rules.ts'
import { acceptInvitation, invited } from '../modules/people/invitation.ts'
import { type Account, accountById } from '../modules/session/account.ts'
import { forgetPassword, resettable, resetPassword } from '../modules/session/passwords.ts'
import { admit } from '../modules/session/sign-in.ts'
import type { AppOptions } from './app.ts'
import { type Html, html } from './pages/html.ts'
import { field, gatePage, lead, note, pageAnswer, whoField } from './pages/page.ts'
import { refusalIn } from './pages/refusal.ts'
import { pagesOf } from './pages/routes.ts'
import type { Face } from './pages/words/index.ts'
import { heldSession } from './sign-in-cookies.ts'
import { letIn } from './sign-in-pages.ts'

/** `/password/forgot`, `/password/reset/{token}` and `/invitation/{token}`: where letters lead. */
export function passwordPages(app: FastifyInstance, options: AppOptions): void {
  const pages = pagesOf(app, options)

  pages.get('/password/forgot', (look) => pageAnswer(look.reply, forgotPage(look.face)))

  pages.post('/password/forgot', async (look) => {
    const account = look.form('account').trim().slice(0, 255)
    if (account === '') return pageAnswer(look.reply, forgotPage(look.face), 422)
    const seconds = await forgetPassword(look.desk, account)
    if (seconds === 0) return pageAnswer(look.reply, sentPage(look.face))
    void look.reply.header('retry-after', String(seconds))
    return pageAnswer(look.reply, forgotPage(look.face, look.face.words.wait(seconds)), 429)
  })

  pages.get('/password/reset/:token', async (look) => {
    const account = await resettable(look.desk, look.path('token'))
    return account === undefined
      ? pageAnswer(look.reply, goneLetter(look.face), 404)
      : pageAnswer(look.reply, resetPage(look.face, account))
  })

  pages.post('/password/reset/:token', async (look) => {
    const [token, password] = [look.path('token'), look.form('password')]
    const account = await resettable(look.desk, token)
    if (account === undefined) return pageAnswer(look.reply, goneLetter(look.face), 404)
    const result = await resetPassword(look.desk, { token, password })
    if (result.is === 'refused')
      return pageAnswer(look.reply, resetPage(look.face, account, refusalIn(look.face.words, result.text)), 422)
    return result.is === 'done'
      ? lead(look.reply, '/login?done=password')
      : pageAnswer(look.reply, goneLetter(look.face), 404)
  })

  pages.get('/invitation/:token', async (look) => {
    const { portal, session } = look.desk
    const userId = await invited(portal, session, look.path('token'))
    const account = userId === undefined ? undefined : await accountById(session, userId)
    if (account === undefined) return pageAnswer(look.reply, goneInvitation(look.face), 404)
    return pageAnswer(look.reply, invitationPage(look.face, account))
  })

  pages.post('/invitation/:token', async (look) => {
    const { portal, session } = look.desk
    const [token, password] = [look.path('token'), look.form('password')]
    const userId = await invited(portal, session, token)
    const account = userId === undefined ? undefined : await accountById(session, userId)
    if (account === undefined) return pageAnswer(look.reply, goneInvitation(look.face), 404)
    const refusal = passwordRefusal(password, [account.email, account.login, account.name, account.last_name])
    if (refusal !== undefined)
      return pageAnswer(look.reply, invitationPage(look.face, account, refusalIn(look.face.words, refusal)), 422)
    if ((await acceptInvitation(portal, session, { token, password })) === undefined)
      return pageAnswer(look.reply, goneInvitation(look.face), 404)
    const result = await session.transaction(async (tx) => {
      const now = await accountById(tx, account.id)
      return now?.active === 'Y'
        ? admit(look.desk, tx, { account: now, how: 'invitation', previous: heldSession(look) })
        : undefined
    })
    return result?.is === 'in' || result?.is === 'code' ? letIn(look, result, '/') : lead(look.reply, '/login')
  })
}

const forgotPage = (face: Face, wrong?: string): Html => {
  const { password: say, signIn, page } = face.words
  return gatePage({
    face,
    title: say.forgotTitle,
    lead: say.forgotLead,
    body: html`${wrong !== undefined && note(wrong, 'bad')}
      <form method="post" action="/password/forgot">
        ${field({ name: 'account', label: signIn.account, autocomplete: 'username', focus: true, inputmode: 'email' })}
        <button class="wide">${say.send}</button>
      </form>
      <p class="small"><a href="/login">${page.toSignIn}</a></p>`,
  })
}

const sentPage = (face: Face): Html =>
  gatePage({
    face,
    title: face.words.password.sentTitle,
    lead: face.words.password.sentLead,
    body: html`<p class="soft small">${face.words.password.sentMore}</p>
      <p class="small"><a href="/login">${face.words.page.toSignIn}</a></p>`,
  })

const goneLetter = (face: Face): Html =>
  gatePage({
    face,
    title: face.words.password.goneTitle,
    lead: face.words.password.goneLead,
    body: html`<a class="button wide" href="/password/forgot">${face.words.password.another}</a>`,
  })

const goneInvitation = (face: Face): Html =>
  gatePage({
    face,
    title: face.words.password.goneInvitation,
    lead: face.words.password.goneInvitationLead,
    body: html`<p class="small"><a href="/login">${face.words.password.toSignIn}</a></p>`,
  })

export const newPasswordField = ({ words }: Face, wrong?: string, label = words.password.fresh, focus = true): Html =>
  field({
    name: 'password',
    label,
    type: 'password',
    autocomplete: 'new-password',
    focus,
    hint: words.password.hint(SHORTEST, LONGEST),
    wrong,
  })

const resetPage = (face: Face, account: Account, wrong?: string): Html =>
  gatePage({
    face,
    title: face.words.password.resetTitle,
    lead: face.words.password.resetLead,
    body: html`<form method="post">
      ${whoField(account.email)}${newPasswordField(face, wrong)}<button class="wide">
        ${face.words.password.save}
      </button>
    </form>`,
  })

const invitationPage = (face: Face, account: Account, wrong?: string): Html =>
  gatePage({
    face,
    title: face.words.password.welcome,
    lead: face.words.password.welcomeLead(account.name ?? ''),
    body: html`<form method="post">
      ${whoField(account.email)}${newPasswordField(face, wrong, face.words.password.yours)}<button class="wide">
        ${face.words.password.join}
      </button>
    </form>`,
  })
