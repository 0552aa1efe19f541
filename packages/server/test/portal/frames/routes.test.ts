import { describe, expect, it } from 'vitest'
import { csrfOf } from '../../../src/auth/sessions.ts'
import { localApplication } from '../../support/local-application.ts'
import { type Answer, testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const waiting = await localApplication(portal, { title: 'Waits', installUrl: 'https://app.example.com/install' })
const app = await localApplication(portal, { title: 'Runs <b>', menu: { en: 'In the menu' } })
const background = await localApplication(portal, { title: 'Background', scriptOnly: true, handlerUrl: '' })
const { id: employee } = await portal.person()
const own = await localApplication(portal, { title: 'Own', handlerUrl: 'http://portal.example.com/page' })

async function signIn(userId: number): Promise<{ cookie: string; csrf: string }> {
  const session = portal.portal.store.session()
  const token = await session.transaction((tx) => portal.sessions.start(tx, { userId, visitor: undefined }))
  await session.settled()
  return { cookie: `portico=${token}`, csrf: csrfOf(token) }
}
const admin = await signIn(1)
const person = await signIn(employee)
const host = { host: 'portal.example.com', 'sec-fetch-site': 'same-origin' }

const ask = (path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
  portal.send({
    url: `/frame/${path}`,
    headers: { ...host, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const as = ({ cookie, csrf }: typeof admin): Record<string, string> => ({ cookie, 'x-portico-csrf': csrf })
const look = (url: string, { cookie }: Pick<typeof admin, 'cookie'> = admin): Promise<Answer> =>
  portal.send({ method: 'GET', url, headers: { ...host, cookie } })

describe('what pages of applications ask the portal for', () => {
  it('is answered to the pages of who is signed in only', async () => {
    const before = await portal.census()
    const given = { application: app.application.id }
    for (const headers of [
      {},
      { cookie: admin.cookie },
      { 'x-portico-csrf': admin.csrf },
      { cookie: admin.cookie, 'x-portico-csrf': person.csrf },
      { ...as(admin), 'sec-fetch-site': 'cross-site' },
      { ...as(admin), origin: 'https://evil.example' },
    ])
      for (const path of ['open', 'tokens', 'first-run', 'installed'])
        expect([path, headers, (await ask(path, given, headers as Record<string, string>)).status]).toEqual([
          path,
          headers,
          401,
        ])
    expect(await portal.census()).toEqual(before)
  })

  it('is refused where it makes no sense, and changes nothing', async () => {
    const before = await portal.census()
    expect((await ask('open', { application: 999 }, as(admin))).status).toBe(404)
    expect((await ask('tokens', 'text', as(admin))).status).toBe(400)
    expect((await ask('open', { application: background.application.id }, as(admin))).body.error).toBe('FRAME_CLOSED')
    expect((await ask('open', { application: waiting.application.id }, as(person))).body.error).toBe('FRAME_CLOSED')
    expect((await ask('installed', { application: waiting.application.id }, as(person))).status).toBe(403)
    expect(await portal.census()).toEqual(before)
  })

  it('finishes an installation once, for administrators', async () => {
    const given = { application: waiting.application.id }
    const opened = (await ask('open', given, as(admin))).body.result
    expect([opened.action.split('?')[0], opened.init.INSTALL]).toEqual(['https://app.example.com/install', true])
    expect((await ask('installed', given, as(admin))).body.result).toBe(true)
    expect((await ask('installed', given, as(admin))).body.result).toBe(false)
    const after = (await ask('open', given, as(person))).body.result
    expect([after.action.split('?')[0], after.init.INSTALL, after.init.IS_ADMIN]).toEqual([
      'https://app.example.com/',
      false,
      false,
    ])
  })

  it('gives tokens that act for the person, with the scopes of the application', async () => {
    const { AUTH_ID: token } = (await ask('tokens', { application: app.application.id }, as(person))).body.result
    expect((await portal.call('profile', {}, { token })).body.result.ID).toBe(String(employee))
    expect((await portal.call('scope', {}, { token })).body.result.sort()).toEqual(['crm', 'placement'])
  })

  it('remembers the first run of every person by itself', async () => {
    const given = { application: app.application.id }
    const isFirst = async (who: typeof admin): Promise<unknown> =>
      (await ask('open', given, as(who))).body.result.init.FIRST_RUN
    expect(await isFirst(person)).toBe(true)
    await ask('first-run', given, as(person))
    await ask('first-run', given, as(person))
    expect([await isFirst(person), await isFirst(admin)]).toEqual([false, true])
  })
})

describe('pages of applications', () => {
  it('have no markup of what people have named them', async () => {
    const renamed = await localApplication(portal, { title: '</script><img src=x onerror=alert(1)>' })
    for (const path of ['/marketplace/', `/marketplace/app/${renamed.application.id}/`])
      expect((await look(path)).text).not.toContain('<img src=x')
  })

  it('say why there is nothing to see', async () => {
    expect((await look('/marketplace/app/999/')).status).toBe(404)
    expect((await look('/marketplace/app/x/')).status).toBe(404)
    expect((await look(`/marketplace/app/${background.application.id}/`)).text).toContain('has no pages')
    expect((await look('/placement/NOWHERE/')).status).toBe(404)
    expect((await look('/marketplace/view/local.unknown/')).status).toBe(404)
  })

  it('never let an application in that shares the origin of the portal', async () => {
    const { text, status } = await look(`/marketplace/app/${own.application.id}/`)
    expect([status, text.includes('page-data')]).toEqual([403, false])
  })

  it('lead from a link to the handler that is bound to it, with what the link says', async () => {
    const token = await app.token()
    const path = `/marketplace/view/${app.application.clientId}/?params[docId]=42&params[URI]=mine`
    const dataOf = ({ text }: Answer): { frame: { action: string; fields: Record<string, string> } } =>
      JSON.parse(/id="page-data">(.*?)<\/script>/s.exec(text)?.[1] ?? '')
    expect(dataOf(await look(path)).frame.fields.PLACEMENT).toBe('DEFAULT')
    const handler = { PLACEMENT: 'REST_APP_URI', HANDLER: 'https://app.example.com/link' }
    await portal.call('placement.bind', handler, { token })
    const { frame } = dataOf(await look(path))
    expect([frame.action.split('?')[0], frame.fields.PLACEMENT]).toEqual([handler.HANDLER, 'REST_APP_URI'])
    expect(JSON.parse(String(frame.fields.PLACEMENT_OPTIONS))).toEqual({ docId: '42', URI: 'mine' })
  })

  it('of the analytics are opened as any page is, and told nothing', async () => {
    const handler = { PLACEMENT: 'BI_ANALYTICS_MENU', HANDLER: 'https://bi.example.com/report?id=5' }
    await portal.call('placement.bind', handler, { token: await app.token() })
    const { text, headers } = await look('/placement/BI_ANALYTICS_MENU/', person)
    expect(text).toContain('"action":"https://bi.example.com/report?id=5","plain":true')
    expect(headers['content-security-policy']).toContain(
      "frame-src 'self' https://bi.example.com https://app.example.com",
    )
  })

  it('list what can be opened, by the names of the menu', async () => {
    const menu = {
      PLACEMENT: 'LEFT_MENU',
      HANDLER: 'https://app.example.com/menu',
      LANG_ALL: { en: { TITLE: 'A page' } },
    }
    await portal.call('placement.bind', menu, { token: await app.token() })
    const { text } = await look('/marketplace/', person)
    for (const title of ['In the menu', 'A page']) expect(text).toContain(title)
    expect(text).not.toContain('Background')
  })
})
