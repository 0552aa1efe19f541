import { describe, expect, it } from 'vitest'
import { application, issueTokens } from '../../../src/records/applications.ts'
import { sql } from '../../../src/store/sql.ts'
import { database, testPortal, type TestPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const find = <T extends object>(statement: ReturnType<typeof sql>): Promise<T[]> =>
  portal.portal.store.session().find<T>(statement)

const registered = { id: 1, scopes: ['user', 'crm'] }
await portal.portal.caches.changing(portal.portal.store.session(), ['applications'], async (tx) => {
  tx.insert(application, {
    id: await tx.nextId(application),
    client_id: 'local.1.1',
    secret_hash: '',
    title: 'Registered',
    handler_url: 'https://example.com/',
    install_url: '',
    scope: 'user,crm',
    script_only: 'N',
    menu: '{}',
    status: 'L',
    version: 1,
    installed: 'Y',
    installation: 'one',
    user_id: 1,
    created: 0,
  })
})

/** A path with its query, as links in answers are followed. */
const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link, 'http://localhost')
  return pathname + search
}

/** Somebody with every way in: a webhook, a token of their own, one of an application, and a link to a file. */
async function insider(): Promise<{ id: number; roads: (from: TestPortal) => Promise<number[]> }> {
  const { id, hook } = await portal.person({ department: [1] })
  await portal.call('user.update', { ID: id, PERSONAL_PHOTO: ['me.png', greenPixel] })
  const session = portal.portal.store.session()
  const token = await portal.credentials.createToken(session, { userId: id, scope: '*', lifetime: 3600 })
  await session.settled()
  const applied = await session.transaction((tx) => issueTokens(portal.portal, tx, registered, id))
  await session.settled()
  const photo = pathOf((await portal.call('user.current', {}, { as: hook })).body.result.PERSONAL_PHOTO)
  const roads = async (from: TestPortal): Promise<number[]> => [
    (await from.call('user.current', {}, { as: hook })).status,
    (await from.call('user.current', {}, { token })).status,
    (await from.call('user.current', {}, { token: applied.accessToken })).status,
    (await from.call('batch', { cmd: { me: 'user.current' } }, { as: hook })).status,
    (await from.send({ url: `/rest/api/${hook}/humanresources.node.count`, body: '{}', headers: json })).status,
    (await from.send({ method: 'GET', url: photo })).status,
  ]
  return { id, roads }
}
const json = { 'content-type': 'application/json' }
const open = [200, 200, 200, 200, 200, 200]
const shut = [401, 401, 401, 401, 401, 401]
const dismiss = (id: number, ACTIVE: unknown = 'N') => portal.call('user.update', { ID: id, ACTIVE })

describe('who is dismissed', () => {
  it('is refused on every road at once', async () => {
    const { id, roads } = await insider()
    expect(await roads(portal)).toEqual(open)
    expect((await dismiss(id)).body.result).toBe(true)
    expect(await roads(portal)).toEqual(shut)
  })

  it('gets back what lies with others when taken back, but no application goes on in their name', async () => {
    const { id, roads } = await insider()
    await dismiss(id)
    await dismiss(id, true)
    const [hook, token, applied, batch, rest3, photo] = await roads(portal)
    expect([hook, token, batch, rest3, photo]).toEqual([200, 200, 200, 200, 200])
    expect(applied).toBe(401)
  })

  it('has no session and no living token of an application left', async () => {
    const { id } = await portal.person({ department: [1] })
    const session = portal.portal.store.session()
    await session.transaction(async (tx) => {
      await portal.sessions.start(tx, { userId: id, visitor: undefined })
      await issueTokens(portal.portal, tx, registered, id)
    })
    await session.settled()
    // Tokens that have ended are known for a while, so that who sends one hears what has happened to it.
    const left = async (): Promise<number[]> => {
      const counts = await Promise.all(
        ['person_session', 'refresh_token', "access_token where coalesce(ended, 'N') <> 'Y'"].map((from) => {
          const [table = '', condition = '1 = 1'] = from.split(' where ')
          return find<{ n: number }>(
            sql`select count(*) as n from ${sql.table(table)} where user_id = ${id} and ${sql.raw(condition)}`,
          )
        }),
      )
      return counts.map(([row]) => Number(row?.n))
    }
    expect(await left()).toEqual([1, 1, 1])
    await dismiss(id)
    expect(await left()).toEqual([0, 0, 0])
  })

  it('may do nothing by a job that was scheduled before', async () => {
    const { id, hook } = await portal.person({ department: [1] })
    expect((await portal.call('user.current', {}, { as: hook })).status).toBe(200)
    await dismiss(id)
    const outcome = await portal.pipeline.inside(id, (dispatch) => dispatch('crm.lead.list', {}))
    expect(outcome.error).toMatchObject({ code: 'authorization_error' })
  })

  it('is refused by another server of the same portal as soon as that looks again', async ({ skip }) => {
    // One server alone has an SQLite file.
    if (database === 'sqlite') skip()
    const other = await testPortal({ beside: portal })
    const { id, roads } = await insider()
    expect(await roads(other)).toEqual(open)
    await dismiss(id)
    await expect.poll(() => roads(other), { timeout: 5_000, interval: 50 }).toEqual(shut)
  })

  it('is written down with who did it, as is who is taken back', async () => {
    const { id } = await portal.person({ department: [1] })
    await dismiss(id)
    await dismiss(id, 'Y')
    await portal.call('user.update', { ID: id, ACTIVE: 'Y', NAME: 'Same' })
    const entries = await find(
      sql`select audit_type, user_id, severity, request_uri from audit_log where item = ${`user ${id}`} order by id`,
    )
    const entry = { user_id: 1, severity: 'SECURITY', request_uri: '/rest/user.update' }
    expect(entries).toEqual([
      { ...entry, audit_type: 'USER_DEACTIVATE' },
      { ...entry, audit_type: 'USER_ACTIVATE' },
    ])
  })
})

describe('who administrates the portal', () => {
  const set = (id: unknown, admin: unknown, as?: string) =>
    portal.call('portico.user.admin.set', { id, admin }, as === undefined ? {} : { as })
  const isAdmin = async (as: string): Promise<boolean> => (await portal.call('user.admin', {}, { as })).body.result

  it('is named by administrators, and may do it no longer the moment that this ends', async () => {
    const { id, hook } = await portal.person({ department: [1] })
    expect(await set(id, 'Y', hook)).toMatchObject({ status: 400, body: { error: 'ACCESS_DENIED' } })
    const narrow = await portal.person({ admin: true, scope: 'user,crm' })
    expect((await set(id, 'Y', narrow.hook)).body.error).toBe('WRONG_AUTH_TYPE')
    await portal.call('user.update', { ID: narrow.id, ACTIVE: 'N' })
    expect((await set(id, true)).body.result).toBe(true)
    expect(await isAdmin(hook)).toBe(true)
    expect((await set(id, 'N')).body.result).toBe(true)
    expect(await isAdmin(hook)).toBe(false)
    const entries = await find<{ audit_type: string }>(
      sql`select audit_type from audit_log where item = ${`user ${id}`} order by id`,
    )
    expect(entries.map((entry) => entry.audit_type)).toEqual(['USER_ADMIN_ADD', 'USER_ADMIN_REMOVE'])
  })

  it('works here, and is somebody', async () => {
    const gone = await portal.person({ active: false })
    const before = await portal.census()
    expect((await set(gone.id, 'Y')).status).toBe(400)
    expect((await set(4711, 'Y')).body.error).toBe('NOT_FOUND')
    expect((await set(gone.id, 'maybe')).body.error).toBe('INVALID_ARG_VALUE')
    expect((await set(undefined, 'Y')).status).toBe(400)
    expect(await portal.census()).toEqual(before)
  })
})

describe('the last active administrator', () => {
  it('cannot be demoted, also where another has left', async () => {
    await portal.person({ admin: true, active: false })
    expect(await portal.call('portico.user.admin.set', { id: 1, admin: 'N' })).toMatchObject({
      status: 400,
      body: { error_description: 'The last administrator has to stay one' },
    })
    expect((await portal.call('user.admin')).body.result).toBe(true)
  })

  it('stays, even when two dismiss each other at the same moment', async () => {
    const other = await portal.person({ admin: true, department: [1] })
    const [first, second] = await Promise.all([
      portal.call('user.update', { ID: other.id, ACTIVE: 'N' }),
      portal.call('user.update', { ID: 1, ACTIVE: 'N' }, { as: other.hook }),
    ])
    expect([first.status, second.status].sort()).not.toEqual([200, 200])
    const [row] = await find<{ n: number }>(
      sql`select count(*) as n from portal_user where is_admin = 'Y' and active = 'Y'`,
    )
    expect(Number(row?.n)).toBe(1)
  })
})
