import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { credentials, refresh, register, signIn, token, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const fields = { TITLE: 'Shop', HANDLER: 'https://shop.example/', SCOPE: ['crm', 'user'] }

describe('an application', () => {
  it('is added with credentials of the documented form, and its secret is never shown again', async () => {
    const { body } = await portal.call('portico.app.add', {
      fields: { ...fields, INSTALL_URL: 'https://shop.example/install', MENU: { en: 'Shop', de: 'Laden' } },
    })
    expect(body.result).toEqual({
      ID: expect.any(Number),
      CODE: expect.stringMatching(/^local\.[0-9a-f]{14}\.\d{8}$/),
      SECRET: expect.stringMatching(/^[a-z0-9]{50}$/),
      TITLE: 'Shop',
      HANDLER: 'https://shop.example/',
      INSTALL_URL: 'https://shop.example/install',
      SCOPE: ['crm', 'user'],
      SCRIPT_ONLY: false,
      MENU: { en: 'Shop', de: 'Laden' },
      STATUS: 'L',
      VERSION: 1,
      INSTALLED: false,
      CREATED_BY: 1,
    })
    const { SECRET: _, ...shown } = body.result
    expect((await portal.call('portico.app.get', { id: shown.ID })).body.result).toEqual({
      ...shown,
      PLACEMENTS: [],
      EVENTS: [],
    })
    expect((await portal.call('portico.app.list')).body.result).toContainEqual(shown)
  })

  it('without a page for its installation is ready at once', async () => {
    const { body } = await portal.call('portico.app.add', { fields })
    expect(body.result.INSTALLED).toBe(true)
    const script = await portal.call('portico.app.add', {
      fields: { ...fields, SCRIPT_ONLY: 'Y', INSTALL_URL: 'https://shop.example/install', MENU: { en: 'Shop' } },
    })
    expect(script.body.result).toMatchObject({ INSTALLED: true, SCRIPT_ONLY: true, MENU: {} })
  })

  it('that is a page is ready when that page says so, once', async () => {
    const { id } = await register(portal, { INSTALL_URL: 'https://shop.example/install' })
    expect((await portal.call('portico.app.finish', { id })).body.result).toBe(true)
    expect((await portal.call('portico.app.get', { id })).body.result.INSTALLED).toBe(true)
    expect((await portal.call('portico.app.finish', { id })).body.result).toBe(false)
  })

  it('that is not ready is opened to administrators alone', async () => {
    const app = await register(portal, { INSTALL_URL: 'https://shop.example/install' })
    const { id } = await portal.person()
    const open = async (userId: number) =>
      portal.send({
        method: 'GET',
        url: `/oauth/authorize/?client_id=${app.clientId}`,
        headers: await signIn(portal, userId),
      })
    expect((await open(1)).status).toBe(302)
    const refused = await open(id)
    expect([refused.status, refused.headers.location]).toEqual([403, undefined])
    expect(refused.text).toContain('not fully installed')
    const { access_token } = await tokensOf(portal, app)
    expect((await portal.call('app.info', {}, { token: access_token })).body.result.INSTALLED).toBe(false)
  })

  it.each([
    ['no title', { TITLE: ' ' }],
    ['a title that is too long', { TITLE: 'x'.repeat(256) }],
    ['a title that is none', { TITLE: { a: 1 } }],
    ['no handler', { HANDLER: '' }],
    ['a handler that is no address', { HANDLER: 'shop.example' }],
    ['a script for a handler', { HANDLER: 'javascript:alert(1)' }],
    ['a file for an install URL', { INSTALL_URL: 'file:///etc/passwd' }],
    ['a password in an address', { HANDLER: 'https://me:secret@shop.example/' }],
    ['a scope that is not known', { SCOPE: 'crm,everything' }],
    ['all scopes', { SCOPE: '*' }],
    ['scopes that are none', { SCOPE: [['crm']] }],
    ['a menu that is none', { MENU: 'Shop' }],
    ['a menu in no language', { MENU: { klingon: 'Shop' } }],
  ])('with %s is refused, and nothing is changed', async (_name, wrong) => {
    const { id } = await register(portal)
    const before = await portal.census()
    for (const [method, parameters] of [
      ['portico.app.add', { fields: { ...fields, ...wrong } }],
      ['portico.app.update', { id, fields: wrong }],
    ] as const) {
      const { status, body } = await portal.call(method, parameters)
      expect([status, body.error]).toEqual([400, 'INVALID_ARG_VALUE'])
    }
    expect(await portal.census()).toEqual(before)
  })

  it('that is not there is not found', async () => {
    for (const method of ['get', 'update', 'delete', 'secret', 'finish']) {
      const { status, body } = await portal.call(`portico.app.${method}`, { id: 99_999, fields: {} })
      expect([method, status, body.error]).toEqual([method, 400, 'NOT_FOUND'])
    }
  })
})

describe('an edit', () => {
  it('changes what is given, and counts versions', async () => {
    const { id } = await register(portal)
    const { body } = await portal.call('portico.app.update', { id, fields: { TITLE: 'Other' } })
    expect(body.result).toMatchObject({ TITLE: 'Other', HANDLER: 'https://app.example/handler', VERSION: 2 })
    expect((await portal.call('portico.app.update', { id, fields: { TITLE: 'Other' } })).body.result.VERSION).toBe(2)
  })

  it('narrows the tokens that are there at once, and widens those that are renewed', async () => {
    const app = await register(portal, { SCOPE: 'crm,user' })
    const tokens = await tokensOf(portal, app)
    const scopes = async (one: string): Promise<string[]> =>
      (await portal.call('scope', {}, { token: one })).body.result
    expect(await scopes(tokens.access_token)).toEqual(['crm', 'user'])
    await portal.call('portico.app.update', { id: app.id, fields: { SCOPE: 'user,department' } })
    expect(await scopes(tokens.access_token)).toEqual(['user'])
    const refused = await portal.call('crm.lead.list', {}, { token: tokens.access_token })
    expect([refused.status, refused.body.error]).toEqual([403, 'insufficient_scope'])
    const { body } = await refresh(portal, app, tokens.refresh_token)
    expect(body.scope).toBe('department,user')
    expect(await scopes(body.access_token)).toEqual(['department', 'user'])
  })

  it('gives a new secret, and the old one ends', async () => {
    const app = await register(portal)
    const { refresh_token } = await tokensOf(portal, app)
    const secret = (await portal.call('portico.app.secret', { id: app.id })).body.result.SECRET as string
    expect((await refresh(portal, app, refresh_token)).body.error).toBe('invalid_client')
    expect((await refresh(portal, { ...app, secret }, refresh_token)).status).toBe(200)
  })
})

describe('a removal', () => {
  it('ends all tokens at once, each with its documented error', async () => {
    const app = await register(portal)
    const tokens = await tokensOf(portal, app)
    expect((await portal.call('portico.app.delete', { id: app.id })).body.result).toBe(true)
    const called = await portal.call('profile', {}, { token: tokens.access_token })
    expect([called.status, called.body]).toEqual([
      401,
      { error: 'APPLICATION_NOT_FOUND', error_description: 'Application not found' },
    ])
    expect((await refresh(portal, app, tokens.refresh_token)).body.error).toBe('wrong_client')
    const code = await token(portal, { ...credentials(app), grant_type: 'authorization_code', code: 'x' })
    expect(code.body.error).toBe('wrong_client')
  })

  it('takes everything along that the application has left', async () => {
    const app = await register(portal, { SCOPE: 'crm,bizproc,placement' })
    const stays = await register(portal, { SCOPE: 'crm,bizproc,placement' })
    const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'x' } })).body.result as number
    const before = await portal.census()
    const leave = async (one: typeof app): Promise<void> => {
      const as = { token: (await tokensOf(portal, one)).access_token }
      const done = [
        await portal.call('app.option.set', { options: { a: 1 } }, as),
        await portal.call('user.option.set', { options: { a: 1 } }, as),
        await portal.call(
          'bizproc.robot.add',
          { CODE: 'r', HANDLER: 'https://app.example/r', NAME: 'r', AUTH_USER_ID: 1 },
          as,
        ),
        await portal.call('crm.automation.trigger.add', { CODE: 't', NAME: 't' }, as),
        await portal.call(
          'crm.activity.type.add',
          { fields: { TYPE_ID: 'T', NAME: 't', IS_CONFIGURABLE_TYPE: 'Y' } },
          as,
        ),
        await portal.call('event.bind', { event: 'ONCRMLEADADD', handler: 'https://app.example/e' }, as),
        await portal.call(
          'placement.bind',
          { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'https://app.example/p', TITLE: 'p' },
          as,
        ),
        await portal.call(
          'crm.timeline.logmessage.add',
          { fields: { entityTypeId: 1, entityId: lead, title: 'x', text: 'y', iconCode: 'info' } },
          as,
        ),
      ]
      expect(done.map(({ body }) => body.error_description)).toEqual(done.map(() => undefined))
    }
    await leave(stays)
    const one = await portal.census()
    await leave(app)
    await portal.call('portico.app.delete', { id: app.id })
    const after = await portal.census()
    // What it wrote for people to read, and what the portal remembers of it, stays.
    const kept =
      /^(access_token|refresh_token|audit_log|outbox|job|crm_timeline|history|event_delivery|event_attempt|person_session|application$)/
    const relevant = (census: Record<string, number>): Record<string, number> =>
      Object.fromEntries(Object.entries(census).filter(([name]) => !kept.test(name)))
    expect(relevant(after)).toEqual(relevant(one))
    expect(relevant(one)).not.toEqual(relevant(before))
    const session = portal.portal.store.session()
    expect(await session.find(sql`select id from refresh_token where application_id = ${app.id}`)).toEqual([])
  })
})

describe('who may manage applications', () => {
  const calls = [
    ['portico.app.add', { fields }],
    ['portico.app.update', { id: 1, fields: { TITLE: 'Mine' } }],
    ['portico.app.delete', { id: 1 }],
    ['portico.app.secret', { id: 1 }],
    ['portico.app.finish', { id: 1 }],
    ['portico.app.get', { id: 1 }],
    ['portico.app.list', {}],
  ] as const

  it('are administrators, and no applications', async () => {
    const { hook } = await portal.person()
    const app = await accessToken(portal, { scope: '*' })
    const before = await portal.census()
    for (const [method, parameters] of calls) {
      const person = await portal.call(method, parameters, { as: hook })
      expect([method, person.status, person.body.error]).toEqual([method, 403, 'ACCESS_DENIED'])
      const token = await portal.call(method, parameters, { token: app })
      expect([method, token.status, token.body.error]).toEqual([method, 403, 'WRONG_AUTH_TYPE'])
    }
    expect(await portal.census()).toEqual(before)
  })

  it('give no more than they have: a webhook of few scopes makes no way to others', async () => {
    const { id: application } = await register(portal, { SCOPE: 'crm,user' })
    const { hook } = await portal.person({ admin: true, scope: 'user' })
    const before = await portal.census()
    for (const [method, parameters] of [
      ['portico.app.add', { fields }],
      ['portico.app.update', { id: application, fields: { HANDLER: 'https://evil.example/' } }],
      ['portico.app.secret', { id: application }],
      ['portico.webhook.add', { scope: 'crm' }],
    ] as const) {
      const { status, body } = await portal.call(method, parameters, { as: hook })
      expect([method, status, body.error]).toEqual([method, 403, 'insufficient_scope'])
    }
    expect(await portal.census()).toEqual(before)
    expect((await portal.call('portico.app.add', { fields: { ...fields, SCOPE: 'user' } }, { as: hook })).status).toBe(
      200,
    )
  })

  it('is written down, without secrets', async () => {
    const app = await register(portal)
    await portal.call('portico.app.update', { id: app.id, fields: { TITLE: 'Other' } })
    const secret = (await portal.call('portico.app.secret', { id: app.id })).body.result.SECRET as string
    await portal.call('portico.app.delete', { id: app.id })
    const rows = await portal.portal.store
      .session()
      .find<{ audit_type: string; user_id: number; description: string }>(
        sql`select audit_type, user_id, description from audit_log where item = ${`application ${app.id}`} order by id`,
      )
    expect(rows.map(({ audit_type, user_id }) => [audit_type, user_id])).toEqual([
      ['APPLICATION_ADD', 1],
      ['APPLICATION_UPDATE', 1],
      ['APPLICATION_SECRET', 1],
      ['APPLICATION_DELETE', 1],
    ])
    for (const each of [app.secret, secret]) expect(JSON.stringify(rows)).not.toContain(each)
  })
})

describe('webhooks', () => {
  it('are made by people for themselves, with a code that is shown once', async () => {
    const { id, hook } = await portal.person()
    const { body } = await portal.call('portico.webhook.add', { title: 'Mine', scope: 'user_brief,crm' }, { as: hook })
    expect(body.result).toEqual({
      ID: expect.any(Number),
      CODE: expect.stringMatching(/^[a-z0-9]{16}$/),
      URL: `http://localhost/rest/${id}/${body.result.CODE}/`,
    })
    const scopes = await portal.call('scope', {}, { as: `${id}/${body.result.CODE}` })
    expect(scopes.body.result).toEqual(['crm', 'user_brief'])
    const listed = await portal.call('portico.webhook.list', {}, { as: hook })
    expect(listed.body.result).toContainEqual({
      ID: body.result.ID,
      USER_ID: id,
      TITLE: 'Mine',
      SCOPE: ['crm', 'user_brief'],
      DATE_CREATE: expect.any(String),
      // Its first call was `scope`, above.
      LAST_USED: expect.any(String),
    })
    expect(listed.text).not.toContain(body.result.CODE)
  })

  it('are seen and ended by their owner and by administrators', async () => {
    const [one, other] = [await portal.person(), await portal.person()]
    const add = async (as: string) => (await portal.call('portico.webhook.add', { scope: 'crm' }, { as })).body.result
    const mine = await add(one.hook)
    const owners = async (as?: string): Promise<number[]> =>
      (await portal.call('portico.webhook.list', {}, as === undefined ? {} : { as })).body.result.map(
        ({ USER_ID }: { USER_ID: number }) => USER_ID,
      )
    expect(new Set(await owners(other.hook))).toEqual(new Set([other.id]))
    expect(await owners()).toEqual(expect.arrayContaining([1, one.id, other.id]))
    const refused = await portal.call('portico.webhook.delete', { id: mine.ID }, { as: other.hook })
    expect([refused.status, refused.body.error]).toEqual([400, 'NOT_FOUND'])
    const works = () => portal.call('profile', {}, { as: `${one.id}/${mine.CODE}` })
    expect((await works()).status).toBe(200)
    expect((await portal.call('portico.webhook.delete', { id: mine.ID })).body.result).toBe(true)
    expect((await works()).body.error).toBe('INVALID_CREDENTIALS')
  })

  it.each([
    ['no scope', { scope: '' }],
    ['an unknown scope', { scope: 'everything' }],
    ['a long title', { scope: 'crm', title: 'x'.repeat(256) }],
  ])('with %s are refused', async (_name, parameters) => {
    const before = await portal.census()
    const { status, body } = await portal.call('portico.webhook.add', parameters)
    expect([status, body.error]).toEqual([400, 'INVALID_ARG_VALUE'])
    expect(await portal.census()).toEqual(before)
  })

  it('are no business of applications', async () => {
    const app = await accessToken(portal, { scope: '*' })
    for (const method of ['add', 'list', 'delete']) {
      const { status, body } = await portal.call(`portico.webhook.${method}`, { id: 1, scope: 'crm' }, { token: app })
      expect([status, body.error]).toEqual([403, 'WRONG_AUTH_TYPE'])
    }
  })
})

describe('secrets', () => {
  it('are nowhere in the database', async () => {
    const app = await register(portal, { SCRIPT_ONLY: true, INSTALL_URL: 'https://app.example/install' })
    const first = await tokensOf(portal, app)
    const { body: second } = await refresh(portal, app, first.refresh_token)
    const renewed = (await portal.call('portico.app.secret', { id: app.id })).body.result.SECRET as string
    const hook = (await portal.call('portico.webhook.add', { scope: 'crm' })).body.result.CODE as string
    const { cookie = '' } = await signIn(portal)
    const secrets = [
      app.secret,
      renewed,
      hook,
      cookie.replace('portico=', ''),
      ...[first, second].flatMap(({ access_token, refresh_token }) => [access_token, refresh_token]),
    ]
    const session = portal.portal.store.session()
    for (const table of Object.keys(await portal.census())) {
      const rows = JSON.stringify(await session.find(sql`select * from ${sql.table(table)}`))
      for (const secret of secrets) expect(rows.includes(secret), `a secret in ${table}`).toBe(false)
    }
  })
})
