import type { FastifyInstance } from 'fastify'
import { accountById, fullName } from '../modules/session/account.ts'
import type { AppOptions } from './app.ts'
import { originOf } from './connection.ts'
import { icon, iconPath } from './pages/art.ts'
import { html } from './pages/html.ts'
import { gatePage, innerPage, pageAnswer } from './pages/page.ts'
import { pagesOf } from './pages/routes.ts'
import { style, stylePath } from './pages/style.ts'

/** The front page, and the style and the sign of all of them. */
export function welcomePage(app: FastifyInstance, options: AppOptions): void {
  app.get(stylePath, (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' })
      .send(style),
  )

  app.get(iconPath, (_request, reply) =>
    reply.headers({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }).send(icon),
  )

  pagesOf(app, options).get('/', async ({ request, reply, visit, desk }) => {
    const address = `${originOf(options, request)}/rest/`
    const account = visit === undefined ? undefined : await accountById(desk.session, visit.person.id)
    if (visit === undefined || account === undefined)
      return pageAnswer(
        reply,
        gatePage({
          title: 'Portico is running',
          lead: html`The REST API answers under <code>${address}</code>`,
          body: html`<a class="button wide" href="/login">Sign in</a>
            <p class="soft small">
              The address of your first webhook was printed when the server was started for the first time;
              <code>portico webhook create</code> makes another.
            </p>`,
        }),
      )
    const name = fullName(account)
    return pageAnswer(
      reply,
      innerPage({
        title: `Welcome, ${account.name || name}`,
        lead: 'Portico is running.',
        visit,
        name,
        body: html`<section class="card">
            <h2>Your account</h2>
            <p class="soft">Password, second factor, and where you are signed in.</p>
            <div class="row-actions"><a class="button" href="/account">Open your account</a></div>
          </section>
          <section class="card">
            <h2>Applications</h2>
            <p class="soft">What has been added to this portal, to open and to use.</p>
            <div class="row-actions"><a class="button" href="/marketplace/">Open the applications</a></div>
          </section>
          <section class="card">
            <h2>The REST API</h2>
            <p class="soft">Programs reach this portal under</p>
            <p><code>${address}</code></p>
            <p class="soft small">
              with a webhook's address, which you make in <a href="/account">your account</a>, or as an application with
              a token.
            </p>
          </section>`,
      }),
    )
  })
}
