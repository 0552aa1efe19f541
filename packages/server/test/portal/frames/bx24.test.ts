import type { Frame, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { applicationIn, type BrowserPortal, browserPortal } from '../../support/browser-portal.ts'
import { chromiumPath } from '../../support/browser.ts'
import { type LocalApplication, localApplication } from '../../support/local-application.ts'

// An application on our own BX24.js, in real Chromium: set up, used, and shown as the field of a record.
describe.skipIf(chromiumPath === undefined)('an application on BX24.js', () => {
  let portal: BrowserPortal
  let app: LocalApplication
  let admin: Page
  let frame: Frame
  let path: string

  beforeAll(async () => {
    portal = await browserPortal()
    const { origin } = portal.demo
    app = await localApplication(portal, {
      title: 'Demo on BX24',
      handlerUrl: `${origin}/bx24`,
      installUrl: `${origin}/bx24/install`,
      scopes: 'crm,placement,user',
    })
    path = `${portal.url}/marketplace/app/${app.application.id}`
    admin = await (await portal.visitor(1)).newPage()
  })

  /** What a function of the library gives to its callback. */
  const called = (expression: string, within = frame): Promise<unknown> =>
    within.evaluate(`new Promise((resolve) => ${expression.replaceAll('CALLBACK', '(value) => resolve(value)')})`)

  it('is set up by its own page, then runs its first start, then is ready', async () => {
    await admin.goto(path)
    const install = await applicationIn(admin, /^ready to finish$/)
    await install.evaluate('BX24.installFinish()')
    frame = await applicationIn(admin)
    await expect.poll(() => frame.evaluate('order')).toEqual(['install', 'init', 'call 1'])
    await admin.reload()
    frame = await applicationIn(admin)
    await expect.poll(() => frame.evaluate('order')).toEqual(['init', 'call 1'])
  })

  it('knows for whom it acts', async () => {
    const auth = (await frame.evaluate('BX24.getAuth()')) as Record<string, unknown>
    expect(auth).toEqual({
      access_token: expect.stringMatching(/^[a-z0-9]{70}$/),
      refresh_token: expect.stringMatching(/^[a-z0-9]{70}$/),
      expires_in: expect.any(Number),
      domain: new URL(portal.url).host,
      member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(Number(auth.expires_in)).toBeGreaterThan(Date.now())
    expect(await frame.evaluate('[BX24.isAdmin(), BX24.getLang(), BX24.isReady(), BX24.getDomain()]')).toEqual([
      true,
      'en',
      true,
      new URL(portal.url).host,
    ])
    expect(await called('BX24.refreshAuth(CALLBACK)')).toMatchObject({ member_id: auth.member_id })
    expect(await frame.evaluate('BX24.getAuth().access_token')).not.toBe(auth.access_token)
  })

  it('calls methods with nested values, files of forms, pages and errors', async () => {
    const id = await frame.evaluate(`new Promise((resolve) => BX24.callMethod('crm.lead.add', { fields: {
      TITLE: 'Größe & “5%” = +', PHONE: [{ VALUE: '+1 555', VALUE_TYPE: 'WORK' }] } }, (r) => resolve(r.data())))`)
    expect(await portal.call('crm.lead.get', { ID: id })).toMatchObject({
      TITLE: 'Größe & “5%” = +',
      PHONE: [{ VALUE: '+1 555' }],
    })
    const calls = Array.from({ length: 51 }, (_, n) => ['crm.contact.add', { fields: { NAME: `N${n}` } }])
    await portal.call('batch', {
      cmd: calls
        .slice(0, 50)
        .map(([, p]) => `crm.contact.add?fields[NAME]=${(p as { fields: { NAME: string } }).fields.NAME}`),
    })
    await portal.call('crm.contact.add', { fields: { NAME: 'last' } })
    expect(
      await frame.evaluate(`new Promise((resolve) => { const seen = []; BX24.callMethod('crm.contact.list', { select: ['ID'] }, function (result) {
        seen.push([result.data().length, result.more(), result.total(), typeof result.time().start])
        if (result.more()) result.next(); else resolve([...seen, result.next()]) }) })`),
    ).toEqual([[50, true, 51, 'number'], [1, false, 51, 'number'], false])
    expect(
      await frame.evaluate(`new Promise((resolve) => BX24.callMethod('crm.lead.get', { ID: 999999 }, (result) => resolve([
        result.data(), result.error().status, result.error().ex, String(result.error())])))`),
    ).toEqual([undefined, 400, { error: '', error_description: 'Not found' }, ': Not found (400)'])
    const file = (await frame.evaluate(`new Promise((resolve) => {
      const input = document.createElement('input'); input.type = 'file'
      const files = new DataTransfer(); files.items.add(new File(['hello'], 'note.txt')); input.files = files.files
      BX24.callMethod('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'lead', ENTITY_ID: ${String(id)}, COMMENT: 'c', FILES: [input] } },
        (result) => resolve(result.error() ? String(result.error()) : result.data())) })`)) as number
    const comment = await portal.call<{ FILES: Record<string, { name: string; size: number }> }>(
      'crm.timeline.comment.get',
      { id: file },
    )
    expect(Object.values(comment.FILES)).toMatchObject([{ name: 'note.txt', size: 5 }])
  })

  it('renews tokens by itself when they have expired', async () => {
    await frame.evaluate(`window.realNow = Date.now; Date.now = () => realNow() + 4000e3`)
    expect(await frame.evaluate('BX24.getAuth()')).toBe(false)
    expect(await called(`BX24.callMethod('profile', {}, (r) => (CALLBACK)(r.data().ID))`)).toBe('1')
    await frame.evaluate('Date.now = realNow')
  })

  it('sends batches, as maps and as lists, and halts where it is told to', async () => {
    const map = `{ one: ['crm.lead.add', { fields: { TITLE: 'b' } }], two: { method: 'crm.lead.get', params: { ID: '$result[one]' } } }`
    expect(await called(`BX24.callBatch(${map}, (r) => (CALLBACK)([r.two.data().TITLE, r.one.error()]))`)).toEqual([
      'b',
      undefined,
    ])
    const list = `[['crm.lead.get', { ID: 999999 }], ['profile']]`
    expect(
      await called(
        `BX24.callBatch(${list}, (r) => (CALLBACK)(r.map((each) => [each.error()?.ex.error_description, each.data()?.ID])))`,
      ),
    ).toEqual([
      ['Not found', undefined],
      [undefined, '1'],
    ])
    expect(
      await called(
        `BX24.callBatch(${list}, (r) => (CALLBACK)([r[0].error().ex.error_description, r[1].data()]), true)`,
      ),
    ).toEqual(['Not found', undefined])
  })

  it('keeps settings, at once and for later', async () => {
    expect(await frame.evaluate(`BX24.userOption.set('size', { a: 1 }); BX24.userOption.get('size')`)).toEqual({ a: 1 })
    expect(await called(`BX24.appOption.set('colour', 'green', CALLBACK)`)).toEqual({ colour: 'green' })
    await admin.reload()
    frame = await applicationIn(admin)
    expect(
      await frame.evaluate(`[BX24.appOption.get('colour'), BX24.userOption.get('size'), BX24.userOption.get('none')]`),
    ).toEqual(['green', { a: 1 }, undefined])
  })

  it('changes the frame and the page around it', async () => {
    await called(`BX24.setTitle('Renamed', CALLBACK)`)
    expect(await admin.textContent('#host-title')).toBe('Renamed')
    await called(`BX24.resizeWindow('100%', 1700, CALLBACK)`)
    const box = await admin.locator('#host-frame iframe').boundingBox()
    expect([box?.height, Number(box?.width) > 1300]).toEqual([1700, true])
    await called(`BX24.scrollParentWindow(250, CALLBACK)`)
    expect(await admin.evaluate('scrollY')).toBe(250)
    await frame.evaluate(`document.body.insertAdjacentHTML('beforeend', '<div style="height:3000px"></div>')`)
    await called(`BX24.fitWindow(CALLBACK)`)
    const { scrollHeight } = (await frame.evaluate('BX24.getScrollSize()')) as { scrollHeight: number }
    expect((await admin.locator('#host-frame iframe').boundingBox())?.height).toBe(scrollHeight)
    await frame.evaluate('window.marked = true; BX24.reloadWindow()')
    await admin.waitForEvent('load')
    frame = await applicationIn(admin)
    expect(await frame.evaluate('window.marked')).toBe(undefined)
  })

  it('opens sliders, its own and those of the portal', async () => {
    await frame.evaluate(`BX24.openApplication({ order: 9 }, () => { window.hearing = 'closed' }, { title: 'Order 9', width: 640,
      label: { text: 'New', bgColor: 'rgb(0, 80, 40)', color: '#fff' } })`)
    const inner = await applicationIn(admin, /^started$/, '.slider')
    expect(await admin.locator('.slider-label').textContent()).toBe('New')
    const ground = `getComputedStyle(document.querySelector('.slider-label')).backgroundColor`
    expect(await admin.evaluate(ground)).toBe('rgb(0, 80, 40)')
    expect(await inner.evaluate('BX24.placement.info()')).toMatchObject({
      placement: 'DEFAULT',
      options: { order: 9, bx24_title: 'Order 9', bx24_width: 640, IFRAME: 'Y' },
    })
    await inner.evaluate('BX24.closeApplication()')
    await expect.poll(() => frame.evaluate('window.hearing')).toBe('closed')
    expect(await called(`BX24.openPath('https://evil.example/', CALLBACK)`)).toEqual({
      result: 'error',
      errorCode: 'PATH_NOT_AVAILABLE',
    })
    await frame.evaluate(`BX24.openPath('/marketplace/', (value) => { window.path = value })`)
    const source = await (await admin.waitForSelector('.slider iframe')).getAttribute('src')
    expect(source).toBe(
      `/marketplace/?from=rest_placement&from_app=${app.application.id}&IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER`,
    )
    await admin.click('.slider-close')
    await expect.poll(() => frame.evaluate('window.path')).toEqual({ result: 'close' })
  })

  it('closes a page of the portal that it stands in, from within', async () => {
    await frame.evaluate(
      `window.path = undefined; BX24.openPath('/marketplace/app/${app.application.id}/', (value) => { window.path = value })`,
    )
    const inside = admin.frameLocator('.slider iframe').frameLocator('#host-frame iframe').locator('#said')
    await expect.poll(() => inside.textContent({ timeout: 5000 }), { timeout: 15_000 }).toBe('started')
    expect(
      await inside.evaluate(() =>
        (globalThis as unknown as { BX24: { placement: { info(): unknown } } }).BX24.placement.info(),
      ),
    ).toMatchObject({
      options: { IFRAME: 'Y', IFRAME_TYPE: 'SIDE_SLIDER' },
    })
    await inside.evaluate(() =>
      (globalThis as unknown as { BX24: { closeApplication(): void } }).BX24.closeApplication(),
    )
    await expect.poll(() => frame.evaluate('window.path')).toEqual({ result: 'close' })
  })

  it('binds handlers of events and unbinds them', async () => {
    const handler = 'https://app.example.com/event'
    expect(await called(`BX24.callBind('ONCRMLEADADD', '${handler}', (r) => (CALLBACK)(r.data()))`)).toBe(true)
    expect(await called(`BX24.callMethod('event.get', {}, (r) => (CALLBACK)(r.data()))`)).toMatchObject([
      { event: 'ONCRMLEADADD', handler },
    ])
    expect(await called(`BX24.callUnbind('ONCRMLEADADD', '${handler}', null, (r) => (CALLBACK)(r.data()))`)).toEqual({
      count: 1,
    })
  })

  it('lets the person choose people and records', async () => {
    await frame.evaluate(`BX24.selectUsers((value) => { window.users = value })`)
    await admin.waitForSelector('.picker [role=option]')
    await admin.keyboard.press('Enter')
    await admin.click('.picker-actions button:has-text("Select (1)")')
    await expect.poll(() => frame.evaluate('window.users')).toMatchObject([{ id: '1' }])
    await frame.evaluate(
      `window.crm = undefined; BX24.selectCRM({ entityType: ['contact'], multiple: false }, (value) => { window.crm = value })`,
    )
    await admin.click('.picker [role=option] >> nth=0')
    await expect
      .poll(() => frame.evaluate('window.crm'))
      .toMatchObject({ contact: [{ title: 'last', type: 'contact' }] })
    await frame.evaluate(`BX24.selectAccess(['U1'], (value) => { window.access = value })`)
    await admin.click('.picker-tabs button:has-text("Departments")')
    await admin.click('.picker [role=option]:has-text("with sub-departments")')
    await admin.click('.picker-actions button:has-text("Select (1)")')
    await expect.poll(() => frame.evaluate('window.access')).toMatchObject([{ id: 'DR1' }])
    await frame.evaluate(`window.user = 'none'; BX24.selectUser((value) => { window.user = value })`)
    await admin.waitForSelector('.picker')
    await admin.keyboard.press('Escape')
    expect(await frame.evaluate('window.user')).toBe('none')
  })

  it('has the small helpers of pages', async () => {
    expect(
      await frame.evaluate(`(() => {
        const context = { value: 10 }
        const func = function (step) { return [this.value + step, BX24.proxyContext()?.other] }
        const proxy = BX24.proxy(func, context)
        return [proxy.call({ other: 'x' }, 5), proxy === BX24.proxy(func, context), BX24.proxyContext()]
      })()`),
    ).toEqual([[15, 'x'], true, null])
    expect(
      await frame.evaluate(`(() => {
        let clicks = 0
        const count = () => clicks++
        BX24.bind(document.body, 'click', count); document.body.click()
        BX24.unbind(document.body, 'click', count); document.body.click()
        BX24.ready('no function'); BX24.ready(() => clicks += 10)
        return clicks
      })()`),
    ).toBe(11)
    expect(await called(`BX24.loadScript(['/b24jssdk.js', '/missing.js'], () => (CALLBACK)(typeof B24Js))`)).toBe(
      'object',
    )
  })

  it('shows and changes the value of a field of its own type', async () => {
    const type = `rest_${app.application.id}_colour`
    await admin.goto(
      `${portal.url}/placement/USERFIELD_TYPE/?type=${type}&params[FIELD_NAME]=UF_CRM_C&params[VALUE]=red`,
    )
    const field = await applicationIn(admin)
    expect(await admin.textContent('#host-title')).toBe('Colour')
    expect(await field.evaluate('BX24.placement.info()')).toMatchObject({
      placement: 'USERFIELD_TYPE',
      options: { MODE: 'view', FIELD_NAME: 'UF_CRM_C', VALUE: 'red' },
    })
    expect(await called('BX24.placement.getInterface(CALLBACK)', field)).toEqual({
      command: ['setValue', 'getValue'],
      event: [],
    })
    expect(await called(`BX24.placement.call('getValue', {}, CALLBACK)`, field)).toBe('red')
    await called(`BX24.placement.call('setValue', 'blue:green', CALLBACK)`, field)
    expect(await called(`BX24.placement.call('getValue', {}, CALLBACK)`, field)).toBe('blue:green')
  })

  it('is served for an hour and then asked for by its version', async () => {
    const first = await admin.request.get(`${portal.url}/api/v1/`)
    const { etag, 'cache-control': kept, 'access-control-allow-origin': origin } = first.headers()
    expect([kept, origin, first.headers()['content-type']]).toEqual([
      'public, max-age=3600, must-revalidate',
      '*',
      'text/javascript; charset=utf-8',
    ])
    const second = await admin.request.get(`${portal.url}/api/v1`, { headers: { 'if-none-match': String(etag) } })
    expect(second.status()).toBe(304)
  })
})
