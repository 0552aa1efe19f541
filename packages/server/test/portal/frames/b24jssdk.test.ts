import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { applicationIn, type BrowserPortal, browserPortal } from '../../support/browser-portal.ts'
import { chromiumPath } from '../../support/browser.ts'
import { type LocalApplication, localApplication } from '../../support/local-application.ts'

// An application on the official SDK's frame, unmodified, in real Chromium: set up, used and opened in a place.
describe.skipIf(chromiumPath === undefined)('an application on b24jssdk', () => {
  let portal: BrowserPortal
  let app: LocalApplication
  let admin: Page
  let employee: Page
  let path: string

  beforeAll(async () => {
    portal = await browserPortal()
    const { origin } = portal.demo
    app = await localApplication(portal, {
      title: 'Demo on the SDK',
      handlerUrl: `${origin}/sdk?handler=1`,
      installUrl: `${origin}/sdk/install`,
      scopes: 'crm,placement,user',
    })
    path = `${portal.url}/marketplace/app/${app.application.id}/`
    admin = await (await portal.visitor(1)).newPage()
    employee = await (await portal.visitor(await portal.employee('Eve'))).newPage()
  })

  it('sends strangers to sign in first', async () => {
    const context = await portal.browser.newContext({ ignoreHTTPSErrors: true })
    const page = await context.newPage()
    await page.goto(path)
    expect(new URL(page.url()).pathname).toBe('/login')
    expect(new URL(page.url()).searchParams.get('next')).toBe(new URL(path).pathname)
    await context.close()
  })

  it('is set up by an administrator; others wait until that is finished', async () => {
    await employee.goto(path)
    expect(await employee.textContent('main')).toContain('The application is not fully installed yet.')
    await admin.goto(path)
    const install = await applicationIn(admin, /^ready to finish: true$/)
    expect(
      await admin.request.get(`${portal.url}/placement/CRM_DEAL_DETAIL_TAB/?id=1`).then((each) => each.text()),
    ).toContain('Nothing is here yet')
    const finished = await install.evaluate('finish()')
    expect(finished).toBe(true)
    await applicationIn(admin)
    const info = await portal.portal.applications.find(portal.portal.store.session(), app.application.id)
    expect(info?.installed).toBe(true)
  })

  it('is told all that it needs, in its address and in its body', async () => {
    await admin.goto(`${path}some/deep/path?params[docId]=42`)
    await applicationIn(admin)
    const visit = portal.demo.visits.at(-1)
    const domain = new URL(portal.url).host
    expect(Object.fromEntries(visit?.query ?? [])).toEqual({
      handler: '1',
      DOMAIN: domain,
      PROTOCOL: '1',
      LANG: 'en',
      APP_SID: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const { PLACEMENT_OPTIONS, ...body } = Object.fromEntries(visit?.body ?? [])
    expect(body).toEqual({
      AUTH_ID: expect.stringMatching(/^[a-z0-9]{70}$/),
      AUTH_EXPIRES: '3600',
      REFRESH_ID: expect.stringMatching(/^[a-z0-9]{70}$/),
      SERVER_ENDPOINT: `${portal.url}/rest/`,
      APPLICATION_TOKEN: expect.stringMatching(/^[0-9a-f]{32}$/),
      APPLICATION_SCOPE: 'crm,placement,user',
      member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      status: 'L',
      PLACEMENT: 'DEFAULT',
    })
    expect(JSON.parse(PLACEMENT_OPTIONS ?? '')).toEqual({
      URI: `${new URL(path).pathname}some/deep/path?params[docId]=42`,
      docId: '42',
    })
  })

  it('calls methods and batches for the person, in either face of the API', async () => {
    const frame = await applicationIn(admin)
    expect(
      await frame.evaluate(
        `b24.actions.v2.call.make({ method: 'profile', requestId: 'a' }).then((r) => r.getData().result.ID)`,
      ),
    ).toBe('1')
    const batch = await frame.evaluate(`b24.actions.v2.batch.make({ calls: {
      lead: ['crm.lead.add', { fields: { TITLE: 'From a frame' } }], got: ['crm.lead.get', { ID: '$result[lead]' }] },
      options: { isHaltOnError: true, returnAjaxResult: false } }).then((r) => r.getData())`)
    expect(batch).toMatchObject({ got: { TITLE: 'From a frame', CREATED_BY_ID: '1' } })
    await employee.goto(path)
    const other = await applicationIn(employee)
    expect(await other.evaluate('b24.auth.isAdmin')).toBe(false)
    expect(await frame.evaluate('b24.auth.isAdmin')).toBe(true)
    expect(await other.evaluate('b24.isFirstRun')).toBe(true)
    await employee.reload()
    expect(await (await applicationIn(employee)).evaluate('b24.isFirstRun')).toBe(false)
  })

  it('renews its tokens through the page around it', async () => {
    const frame = await applicationIn(admin)
    const [before, after] = (await frame.evaluate(`(async () => {
      const before = b24.auth.getAuthData().access_token
      return [before, (await b24.auth.refreshAuth()).access_token]
    })()`)) as string[]
    expect(after).not.toBe(before)
    expect(
      await frame.evaluate(`b24.actions.v2.call.make({ method: 'profile', requestId: 'b' }).then((r) => r.isSuccess)`),
    ).toBe(true)
  })

  it('keeps settings for everyone and for one person', async () => {
    const frame = await applicationIn(admin)
    await frame.evaluate(
      `Promise.all([b24.options.appSet('colour', 'green:blue'), b24.options.userSet('page', { size: 50 })])`,
    )
    await employee.reload()
    const other = await applicationIn(employee)
    expect(await other.evaluate(`b24.options.appGet('colour')`)).toBe('green:blue')
    expect(
      await other.evaluate(`(() => { try { return b24.options.userGet('page') } catch { return 'none' } })()`),
    ).toBe('none')
    // What everybody shares is for administrators to change.
    await other.evaluate(`b24.options.appSet('colour', 'red')`)
    await admin.reload()
    const again = await applicationIn(admin)
    expect(await again.evaluate(`b24.options.appGet('colour')`)).toBe('green:blue')
    expect(await again.evaluate(`b24.options.userGet('page')`)).toEqual({ size: 50 })
  })

  it('changes its heading, its size and the scroll of the page', async () => {
    const frame = await applicationIn(admin)
    await frame.evaluate(`b24.parent.setTitle('Orders: “today”')`)
    expect(await admin.textContent('#host-title')).toBe('Orders: “today”')
    await frame.evaluate(`b24.parent.resizeWindow(600, 2400)`)
    expect(await admin.locator('#host-frame iframe').boundingBox()).toMatchObject({ width: 600, height: 2400 })
    await frame.evaluate(`b24.parent.scrollParentWindow(300)`)
    expect(await admin.evaluate('scrollY')).toBe(300)
  })

  it('opens itself in a slider with parameters and hears when that is closed', async () => {
    const frame = await applicationIn(admin)
    void frame.evaluate(`window.hearing = 'open'; b24.slider.openSliderAppPage({ order: 7, bx24_title: 'Order 7', bx24_width: 700 })
      .then(() => { window.hearing = 'closed' }); 0`)
    const inner = await applicationIn(admin, /^started$/, '.slider')
    expect(await admin.textContent('.slider h2')).toBe('Order 7')
    expect((await admin.locator('.slider').boundingBox())?.width).toBe(700)
    expect(
      await inner.evaluate('[b24.placement.options.order, b24.placement.isSliderMode, b24.placement.isDefault]'),
    ).toEqual([7, true, true])
    expect(await frame.evaluate('hearing')).toBe('open')
    await inner.evaluate('b24.slider.closeSliderAppPage()')
    await expect.poll(() => frame.evaluate('hearing')).toBe('closed')
    expect(await admin.locator('.slider').count()).toBe(0)
  })

  it('opens pages of the portal, and no others', async () => {
    const frame = await applicationIn(admin)
    const refused = await frame.evaluate(`b24.parent.message.send('openPath', { path: '/account' })`)
    expect(refused).toEqual({ result: 'error', errorCode: 'PATH_NOT_AVAILABLE' })
    void frame.evaluate(
      `b24.slider.openPath(b24.slider.getUrl('/marketplace/'), 900).then((r) => { window.path = r }); 0`,
    )
    const list = await (await admin.waitForSelector('.slider iframe')).contentFrame()
    await expect.poll(() => list?.textContent('h1')).toBe('Applications')
    await admin.keyboard.press('Escape')
    await expect.poll(() => frame.evaluate('window.path')).toEqual({ isOpenAtNewWindow: false, isClose: true })
  })

  it('lets the person choose people, rights and records, by keyboard alone', async () => {
    const frame = await applicationIn(admin)
    void frame.evaluate(`b24.dialog.selectUser().then((user) => { window.user = user }); 0`)
    await admin.waitForSelector('.picker [role=option]')
    await admin.keyboard.type('Eve')
    await expect
      .poll(() => admin.locator('.picker [role=option]').allTextContents())
      .toEqual([expect.stringContaining('Eve Employee')])
    await admin.keyboard.press('Enter')
    await expect.poll(() => frame.evaluate('window.user')).toMatchObject({ name: 'Eve Employee', sub: false })
    void frame.evaluate(`b24.dialog.selectUser().then((user) => { window.user = user }); 0`)
    await admin.waitForSelector('.picker')
    await admin.keyboard.press('Escape')
    await expect.poll(() => frame.evaluate('window.user')).toBe(null)

    void frame.evaluate(`b24.dialog.selectAccess(['AU']).then((access) => { window.access = access }); 0`)
    await admin.click('.picker-tabs button:has-text("Groups")')
    await expect.poll(() => admin.locator('.picker [role=option]').allTextContents()).toEqual(['Administrators'])
    await admin.keyboard.press('Enter')
    await admin.click('.picker-actions button:has-text("Select")')
    await expect.poll(() => frame.evaluate('window.access')).toEqual([{ id: 'G1', name: 'Administrators' }])

    const id = await portal.call<number>('crm.contact.add', { fields: { NAME: 'Ada', LAST_NAME: 'Lovelace' } })
    void frame.evaluate(
      `b24.dialog.selectCRM({ entityType: ['contact', 'deal'], multiple: true, value: {} }).then((crm) => { window.crm = crm }); 0`,
    )
    await admin.waitForSelector('.picker [role=option]')
    await admin.keyboard.type('lovel')
    await expect.poll(() => admin.locator('.picker [role=option]').count()).toBe(1)
    await admin.keyboard.press('Enter')
    await admin.keyboard.press('Control+Enter')
    await expect
      .poll(() => frame.evaluate('window.crm'))
      .toMatchObject({
        contact: [{ id: `C_${id}`, type: 'contact', title: 'Ada Lovelace', url: `/crm/contact/details/${id}/` }],
        deal: [],
      })
  })

  it('stands in a place with the record it is opened for', async () => {
    await employee.goto(`${portal.url}/placement/CRM_DEAL_DETAIL_TAB/?id=8061`)
    const frame = await applicationIn(employee)
    expect(await employee.textContent('#host-title')).toBe('Supplies')
    expect(await frame.evaluate('[b24.placement.placement, b24.placement.options.ID]')).toEqual([
      'CRM_DEAL_DETAIL_TAB',
      '8061',
    ])
    expect(await frame.evaluate('b24.placement.getInterface()')).toEqual({ command: ['reloadData'], event: [] })
    await employee.evaluate(
      `document.addEventListener('portico:reload', (event) => { window.reloaded = event.detail.placement })`,
    )
    expect(await frame.evaluate(`b24.placement.call('reloadData')`)).toEqual([])
    expect(await employee.evaluate('window.reloaded')).toBe('CRM_DEAL_DETAIL_TAB')
  })

  it('subscribes to what happens in its place', async () => {
    await employee.goto(`${portal.url}/placement/CRM_DETAIL_SEARCH/?params[searchQuery]=Daisy`)
    const frame = await applicationIn(employee)
    expect(await frame.evaluate('b24.placement.options.searchQuery')).toBe('Daisy')
    expect(
      await frame.evaluate(
        `b24.placement.bindEvent('onCrmEntityIsNeedToCreate', (event) => { (window.events ??= []).push(event.data.id) })`,
      ),
    ).toBe(true)
    expect(await frame.evaluate(`b24.placement.bindEvent('onNothing', () => {})`)).toEqual({ isSafely: true })
    await frame.evaluate(
      `b24.placement.call('crmShowFoundEntities', { data: [{ id: 'c-1', name: 'Daisy <b>Ltd</b>', phone: '+1' }] })`,
    )
    await employee.click('.found-list button')
    await employee.click('.found-list button')
    await expect.poll(() => frame.evaluate('window.events')).toEqual(['c-1', 'c-1'])
    expect(await employee.textContent('.found-list button')).toBe('Daisy <b>Ltd</b>+1')
  })

  it('is not answered under a forged name, from another window or from another origin', async () => {
    await admin.goto(path)
    const frame = await applicationIn(admin)
    const heard = (sid: string): Promise<unknown> =>
      frame.evaluate(`new Promise((resolve) => {
        const listen = (event) => { if (String(event.data).startsWith('forged:')) { removeEventListener('message', listen); resolve(event.data) } }
        addEventListener('message', listen)
        parent.postMessage('getInitData:forged:${sid}', '*')
        parent.postMessage('setTitle:{"title":"taken over"}:forged:${sid}', '*')
        setTimeout(() => resolve('silence'), 700)
      })`)
    const sid = (await frame.evaluate('name.split("|")[2]')) as string
    expect(await heard('0'.repeat(32))).toBe('silence')
    expect(await admin.textContent('#host-title')).toBe('Demo on the SDK')
    expect(await heard(sid)).toContain('AUTH_ID')
    // A frame within the application's page learns the name, but is another window; so is the page itself.
    const forged = (title: string): string => JSON.stringify(`setTitle:{"title":"${title}"}:n1:${sid}`)
    await frame.evaluate(`new Promise((resolve) => {
      const inner = document.createElement('iframe')
      inner.src = '/empty'
      inner.onload = () => { inner.contentWindow.eval(${JSON.stringify(`top.postMessage(${forged('nested')}, '*')`)}); setTimeout(resolve, 300) }
      document.body.append(inner)
    })`)
    await admin.evaluate(`postMessage(${forged('self')}, '*'); new Promise((resolve) => setTimeout(resolve, 200))`)
    expect(await admin.textContent('#host-title')).toBe('taken over')
  })

  it('can lead its frame to no other origin, and the person to no other page', async () => {
    await admin.goto(path)
    const frame = await applicationIn(admin)
    const visits = portal.demo.visits.length
    // The same server by another name is another origin.
    const other = portal.demo.origin.replace('127.0.0.1', 'localhost')
    const blocked = admin.waitForEvent('console', (message) => message.text().includes('Content Security Policy'))
    await frame.evaluate(`location.href = ${JSON.stringify(`${other}/sdk`)}`)
    await blocked
    expect(portal.demo.visits.length).toBe(visits)
    await admin.goto(path)
    const again = await applicationIn(admin)
    await again.evaluate(`try { top.location = 'https://evil.example/' } catch {}`)
    expect(admin.url()).toBe(path)
  })

  it('shows its pages under a strict policy', async () => {
    const answer = await admin.request.get(path)
    const policy = String(answer.headers()['content-security-policy'])
    expect(policy).toContain(`frame-src 'self' ${portal.demo.origin};`)
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).not.toContain('unsafe')
    expect(answer.headers()['referrer-policy']).toBe('same-origin')
    expect(answer.headers()['cache-control']).toBe('no-store')
  })
})
