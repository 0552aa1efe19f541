import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptInvitation, invited } from '../modules/people/invitation.ts'
import type { Portal } from '../records/context.ts'
import { decodeParams, param } from './params.ts'

/** Characters of a password that is taken. */
const [SHORTEST, LONGEST] = [8, 256]

const page = (body: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Portico</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:15vh auto;padding:0 1.5rem;color:#1f2937}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}input,button{margin:.4rem 0 1rem;padding:.5rem}</style>
${body}</html>`

const FORM = `<h1>Welcome to Portico</h1><form method="post"><label for="password">Choose a password of at least ${SHORTEST} characters</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${SHORTEST}" maxlength="${LONGEST}" required autofocus>
<button>Save</button></form>`
const DONE = '<h1>Your password is saved</h1><p>You are a member of this portal now.</p>'
const GONE = '<h1>This invitation has ended</h1><p>Ask whoever invited you for a new one.</p>'

/** Where an invitation's letter leads: a form for the password of the invited person, who belongs to the portal then. */
export async function serveInvitation(
  portal: Portal,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const session = portal.store.session()
  const { token } = request.params
  const show = (status: number, body: string): unknown =>
    reply
      .code(status)
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      )
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .send(page(body))
  if ((await invited(portal, session, token)) === undefined) return show(404, GONE)
  if (request.method !== 'POST') return show(200, FORM)
  const password = param(await formOf(request), 'password')
  if (typeof password !== 'string' || password.length < SHORTEST || password.length > LONGEST) return show(400, FORM)
  const userId = await acceptInvitation(portal, session, { token, password })
  await session.settled()
  return userId === undefined ? show(404, GONE) : show(200, DONE)
}

const formOf = (request: FastifyRequest): ReturnType<typeof decodeParams> =>
  decodeParams({
    query: '',
    contentType: request.headers['content-type'],
    body: Buffer.isBuffer(request.body) ? request.body : undefined,
  })
