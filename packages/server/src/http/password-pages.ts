import type { FastifyInstance } from 'fastify'
import { LONGEST, passwordRefusal, SHORTEST } from '../auth/password-rules.ts'
import { acceptInvitation, invited } from '../modules/people/invitation.ts'
import { type Account, accountById } from '../modules/session/account.ts'
import { forgetPassword, resettable, resetPassword } from '../modules/session/passwords.ts'
import { admit } from '../modules/session/sign-in.ts'
import type { AppOptions } from './app.ts'
import { type Html, html } from './pages/html.ts'
import { field, gatePage, lead, note, pageAnswer, whoField } from './pages/page.ts'
import { pagesOf } from './pages/routes.ts'
import { heldSession } from './sign-in-cookies.ts'
import { letIn, waitText } from './sign-in-pages.ts'

/** `/password/forgot`, `/password/reset/{token}` and `/invitation/{token}`: where letters lead. */
export function passwordPages(app: FastifyInstance, options: AppOptions): void {
  const pages = pagesOf(app, options)

  pages.get('/password/forgot', (look) => pageAnswer(look.reply, forgotPage()))

  pages.post('/password/forgot', async (look) => {
    const account = look.form('account').trim().slice(0, 255)
    if (account === '') return pageAnswer(look.reply, forgotPage(), 422)
    const seconds = await forgetPassword(look.desk, account)
    if (seconds === 0) return pageAnswer(look.reply, sentPage)
    void look.reply.header('retry-after', String(seconds))
    return pageAnswer(look.reply, forgotPage(waitText(seconds)), 429)
  })

  pages.get('/password/reset/:token', async (look) => {
    const account = await resettable(look.desk, look.path('token'))
    return account === undefined ? pageAnswer(look.reply, goneLetter, 404) : pageAnswer(look.reply, resetPage(account))
  })

  pages.post('/password/reset/:token', async (look) => {
    const [token, password] = [look.path('token'), look.form('password')]
    const account = await resettable(look.desk, token)
    if (account === undefined) return pageAnswer(look.reply, goneLetter, 404)
    const result = await resetPassword(look.desk, { token, password })
    if (result.is === 'refused') return pageAnswer(look.reply, resetPage(account, result.text), 422)
    return result.is === 'done' ? lead(look.reply, '/login?done=password') : pageAnswer(look.reply, goneLetter, 404)
  })

  pages.get('/invitation/:token', async (look) => {
    const { portal, session } = look.desk
    const userId = await invited(portal, session, look.path('token'))
    const account = userId === undefined ? undefined : await accountById(session, userId)
    if (account === undefined) return pageAnswer(look.reply, goneInvitation, 404)
    return pageAnswer(look.reply, invitationPage(account))
  })

  pages.post('/invitation/:token', async (look) => {
    const { portal, session } = look.desk
    const [token, password] = [look.path('token'), look.form('password')]
    const userId = await invited(portal, session, token)
    const account = userId === undefined ? undefined : await accountById(session, userId)
    if (account === undefined) return pageAnswer(look.reply, goneInvitation, 404)
    const refusal = passwordRefusal(password, [account.email, account.login, account.name, account.last_name])
    if (refusal !== undefined) return pageAnswer(look.reply, invitationPage(account, refusal), 422)
    if ((await acceptInvitation(portal, session, { token, password })) === undefined)
      return pageAnswer(look.reply, goneInvitation, 404)
    const result = await session.transaction(async (tx) => {
      const now = await accountById(tx, account.id)
      return now?.active === 'Y'
        ? admit(look.desk, tx, { account: now, how: 'invitation', previous: heldSession(look) })
        : undefined
    })
    return result?.is === 'in' || result?.is === 'code' ? letIn(look, result, '/') : lead(look.reply, '/login')
  })
}

const forgotPage = (wrong?: string): Html =>
  gatePage({
    title: 'A new password',
    lead: 'Tell us who you are, and we write to you.',
    body: html`${wrong !== undefined && note(wrong, 'bad')}
      <form method="post" action="/password/forgot">
        ${field({ name: 'account', label: 'E-mail or login', autocomplete: 'username', focus: true, inputmode: 'email' })}
        <button class="wide">Send me a link</button>
      </form>
      <p class="small"><a href="/login">Back to sign-in</a></p>`,
  })

const sentPage = gatePage({
  title: 'Look into your mailbox',
  lead: 'If that person is known here, a letter with a link is on its way. The link works for an hour.',
  body: html`<p class="soft small">Nothing there after some minutes? Look among the spam, or ask your administrator.</p>
    <p class="small"><a href="/login">Back to sign-in</a></p>`,
})

const goneLetter = gatePage({
  title: 'This link has ended',
  lead: 'Links to a new password work once, and for an hour.',
  body: html`<a class="button wide" href="/password/forgot">Get a new link</a>`,
})

const goneInvitation = gatePage({
  title: 'This invitation has ended',
  lead: 'Ask whoever invited you for a new one.',
  body: html`<p class="small"><a href="/login">To the sign-in</a></p>`,
})

export const newPasswordField = (wrong?: string, label = 'New password', focus = true): Html =>
  field({
    name: 'password',
    label,
    type: 'password',
    autocomplete: 'new-password',
    focus,
    hint: `${SHORTEST} to ${LONGEST} characters. A few words that don't belong together make a good one.`,
    wrong,
  })

const resetPage = (account: Account, wrong?: string): Html =>
  gatePage({
    title: 'Choose a new password',
    lead: 'You will be signed out everywhere else.',
    body: html`<form method="post">
      ${whoField(account.email)}${newPasswordField(wrong)}<button class="wide">Save</button>
    </form>`,
  })

const invitationPage = (account: Account, wrong?: string): Html =>
  gatePage({
    title: 'Welcome to Portico',
    lead: `${[account.name, 'choose'].filter(Boolean).join(', ')} a password, and you are in.`.replace(/^c/, 'C'),
    body: html`<form method="post">
      ${whoField(account.email)}${newPasswordField(wrong, 'Your password')}<button class="wide">Join</button>
    </form>`,
  })
