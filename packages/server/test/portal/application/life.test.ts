import { beforeEach, describe, expect, it } from 'vitest'
import { register, refresh, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'
import { receiver } from '../automation/receiver.ts'

const START = 1_800_000_000
const there = await receiver()
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'] })

beforeEach(() => void there.take())

/** What has been sent, once everything is sent that was to be. */
async function sent(): Promise<{ path: string; form: Record<string, unknown> }[]> {
  await portal.work()
  return there.take().map(({ path, form }) => ({ path, form }))
}

const who = {
  domain: 'localhost',
  server_endpoint: 'http://localhost/rest/',
  client_endpoint: 'http://localhost/rest/',
  member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  status: 'L',
  application_token: expect.stringMatching(/^[0-9a-f]{32}$/),
}
const withTokens = {
  ...who,
  access_token: expect.stringMatching(/^[a-z0-9]{70}$/),
  refresh_token: expect.stringMatching(/^[a-z0-9]{70}$/),
  expires: String(START + 3600),
  expires_in: '3600',
  scope: 'crm,user',
  user_id: '1',
}

const bind = async (token: string, event: string): Promise<void> => {
  const { body } = await portal.call('event.bind', { event, handler: `${there.url}/${event}` }, { token })
  expect(body.result).toBe(true)
}

describe('an application without pages', () => {
  it('is called at its install URL once, with tokens that work and can be renewed', async () => {
    const app = await register(portal, { SCRIPT_ONLY: true, INSTALL_URL: `${there.url}/install` })
    const all = await sent()
    expect(all).toEqual([
      {
        path: '/install',
        form: {
          event: 'ONAPPINSTALL',
          event_handler_id: expect.any(String),
          data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' },
          ts: String(START),
          auth: withTokens,
        },
      },
    ])
    const auth = all[0]?.form.auth as Record<string, string>
    const info = await portal.call('app.info', {}, { token: auth.access_token ?? '' })
    expect(info.body.result).toMatchObject({ CODE: app.clientId, INSTALLED: true })
    expect((await refresh(portal, app, auth.refresh_token ?? '')).status).toBe(200)
    await portal.call('portico.app.update', { id: app.id, fields: { TITLE: 'Other' } })
    expect(await sent()).toEqual([])
  })

  it('is installed although its install URL is silent', async () => {
    const app = await register(portal, { SCRIPT_ONLY: true, INSTALL_URL: 'http://127.0.0.1:9/install' })
    await portal.work()
    expect((await portal.call('portico.app.get', { id: app.id })).body.result.INSTALLED).toBe(true)
  })
})

describe('an application with a page for its installation', () => {
  it('hears of its installation, of updates and of its end, where it has asked to', async () => {
    const app = await register(portal, { INSTALL_URL: `${there.url}/install` })
    const { access_token } = await tokensOf(portal, app)
    for (const event of ['ONAPPINSTALL', 'ONAPPUPDATE', 'ONAPPUNINSTALL']) await bind(access_token, event)
    await portal.call('portico.app.update', { id: app.id, fields: { TITLE: 'Not installed yet' } })
    expect(await sent()).toEqual([])

    await portal.call('portico.app.finish', { id: app.id })
    const [installed, ...none] = await sent()
    expect(none).toEqual([])
    expect(installed).toMatchObject({
      path: '/ONAPPINSTALL',
      form: { data: { VERSION: '2', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' }, auth: withTokens },
    })

    await portal.call('portico.app.update', { id: app.id, fields: { TITLE: 'New' } })
    expect(await sent()).toMatchObject([
      {
        path: '/ONAPPUPDATE',
        form: { data: { VERSION: '3', PREVIOUS_VERSION: '2', LANGUAGE_ID: 'en' }, auth: withTokens },
      },
    ])

    await portal.call('portico.app.delete', { id: app.id, clean: 'Y' })
    const [removed, ...more] = await sent()
    expect(more).toEqual([])
    expect(removed).toMatchObject({ path: '/ONAPPUNINSTALL', form: { data: { LANGUAGE_ID: 'en', CLEAN: '1' } } })
    // It is who it was, and has nothing with which to call back.
    const { status: _, ...stranger } = who
    const authOf = (one: typeof removed) => one?.form.auth as Record<string, unknown> | undefined
    const auth = authOf(removed) ?? {}
    expect(auth).toMatchObject(stranger)
    expect(Object.keys(auth).filter((name) => /access|refresh|expires|scope|user_id/.test(name))).toEqual([])
    expect(auth.application_token).toBe(authOf(installed)?.application_token)
  })

  it('tells other applications nothing of its life', async () => {
    const other = await register(portal)
    const { access_token } = await tokensOf(portal, other)
    for (const event of ['ONAPPINSTALL', 'ONAPPUPDATE', 'ONAPPUNINSTALL']) await bind(access_token, event)
    const app = await register(portal, { INSTALL_URL: `${there.url}/install` })
    await portal.call('portico.app.finish', { id: app.id })
    await portal.call('portico.app.delete', { id: app.id })
    expect(await sent()).toEqual([])
  })

  it('that was added twice is another one each time', async () => {
    const [one, two] = [await register(portal), await register(portal)]
    expect(one.clientId).not.toBe(two.clientId)
    expect(one.secret).not.toBe(two.secret)
  })
})
