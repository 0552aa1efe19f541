import { describe, expect, it } from 'vitest'
import { OutgoingError, Outgoing } from '../../../src/records/outgoing.ts'
import { testPortal } from '../../support/portal.ts'
import { handler, idOf } from './handler.ts'

const portal = await testPortal({ allowOutgoing: ['127.0.0.1'] })
const outbound = async (url: string, events = ['ONCRMLEADADD']): Promise<{ ID: number; APPLICATION_TOKEN: string }> =>
  (await portal.call('portico.outbound.add', { url, events })).body.result
const lead = async (): Promise<number> =>
  (await portal.call('crm.lead.add', { fields: { TITLE: 'A lead' } })).body.result

describe('a host', () => {
  it('that is slow, dead or forbidden keeps nobody else waiting', async () => {
    const [fast, slow, gone] = [await handler(), await handler(), await handler()]
    await gone.close()
    let release: () => void = () => {}
    const released = new Promise<void>((done) => (release = done))
    slow.answer = () => released.then(() => 200)
    const made = [
      await outbound(slow.url),
      await outbound(gone.url),
      await outbound('http://10.255.255.1/'),
      await outbound(fast.url),
    ]
    const ids: number[] = []
    for (let n = 0; n < 60; n++) ids.push(await lead())
    const working = portal.work()
    while (fast.received.length < 60) await new Promise((done) => setTimeout(done, 5))
    // It holds the few requests that it may have, and not one of another's.
    expect(slow.received.length).toBeLessThanOrEqual(8)
    expect(fast.received.map(idOf).sort()).toEqual(ids.map(String).sort())
    release()
    await working
    expect(slow.received.map(idOf).sort()).toEqual(ids.map(String).sort())
    const states = async (URL: string) => (await portal.call('portico.delivery.list', { filter: { URL } })).body
    const refused = await states('http://10.255.255.1/')
    expect([refused.total, refused.result[0].STATE]).toEqual([60, 'failed'])
    const [{ ID }] = refused.result
    expect((await portal.call('portico.delivery.get', { id: ID })).body.result.ATTEMPTS_MADE).toMatchObject([
      { STATUS: 0, ERROR: '10.255.255.1 lies in a network that the portal does not send to' },
    ])
    const dead = await states(gone.url)
    expect([dead.total, dead.result[0].STATE]).toEqual([60, 'waiting'])
    for (const { ID: id } of made) expect((await portal.call('portico.outbound.delete', { id })).body.result).toBe(true)
    expect((await states(gone.url)).result[0].STATE).toBe('dropped')
  })
})

describe('what the portal sends to', () => {
  const refused = { permanent: true, message: expect.stringContaining('does not send to') }
  it.each([
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://017700000001/',
    'http://0x7f000001/',
    'http://127.0.0.1./',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://①②⑦.⓪.⓪.①/',
    'http://example.com:25/',
    'http://example.com:6667/',
  ])('is never %s', async (url) => {
    await expect(new Outgoing().post(url, '')).rejects.toMatchObject(refused)
  })

  it.each(['http://[fe80::1%25eth0]/', 'http://[::1%lo]/', 'http://256.1.1.1/', 'http://1.2.3.4.5/'])(
    'is never %s, which is no address at all',
    async (url) => {
      await expect(new Outgoing().post(url, '')).rejects.toBeInstanceOf(OutgoingError)
    },
  )

  it('is no other host than the one that was named, with what is in the body', async () => {
    const [first, second] = [await handler(), await handler()]
    first.answer = () => 307
    first.redirect = second.url
    const outgoing = new Outgoing(['127.0.0.1'])
    await expect(outgoing.post(first.url, 'secret=1')).rejects.toMatchObject({ permanent: true })
    first.redirect = '/again'
    first.answer = ({ path }) => (path === '/again' ? 200 : 308)
    expect((await outgoing.post(first.url, 'secret=1', { whole: true })).status).toBe(200)
    expect(first.received.at(-1)).toMatchObject({ path: '/again', form: { secret: '1' } })
    first.answer = () => 302
    expect((await outgoing.post(first.url, 'secret=1', { whole: true })).status).toBe(302)
    expect(second.received).toEqual([])
    outgoing.close()
  })

  it('is reached again when it has ended a kept connection', async () => {
    const there = await handler()
    const outgoing = new Outgoing(['127.0.0.1'])
    const { port } = new URL(there.url)
    expect((await outgoing.post(there.url, 'a=1')).status).toBe(200)
    await there.close()
    const again = await handler(Number(port))
    expect((await outgoing.post(again.url, 'a=2')).status).toBe(200)
    outgoing.close()
  })
})

describe('an outbound webhook', () => {
  it('sends the documented form to its address, without tokens, and with its own token', async () => {
    const there = await handler()
    const { ID, APPLICATION_TOKEN } = await outbound(there.url, ['onCrmLeadAdd', 'ONCRMLEADDELETE'])
    const id = await lead()
    await portal.call('crm.lead.update', { id, fields: { TITLE: 'Changed' } })
    await portal.call('crm.lead.delete', { id })
    await portal.work()
    expect(there.received.map(({ form }) => form.event)).toEqual(['ONCRMLEADADD', 'ONCRMLEADDELETE'])
    expect(there.received[0]?.form).toEqual({
      event: 'ONCRMLEADADD',
      event_handler_id: String(ID),
      data: { FIELDS: { ID: String(id) } },
      ts: expect.stringMatching(/^\d{10}$/),
      auth: {
        domain: 'localhost',
        client_endpoint: 'http://localhost/rest/',
        server_endpoint: 'http://localhost/rest/',
        member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        application_token: APPLICATION_TOKEN,
      },
    })
    expect((await portal.call('portico.outbound.list')).body.result).toEqual([
      {
        ID,
        TITLE: '',
        URL: there.url,
        EVENTS: ['ONCRMLEADADD', 'ONCRMLEADDELETE'],
        ACTIVE: 'Y',
        APPLICATION_TOKEN,
        USER_ID: 1,
        DATE_CREATE: expect.stringMatching(/^\d{4}-/),
      },
    ])
    there.received.length = 0
    expect((await portal.call('portico.outbound.update', { id: ID, active: 'N' })).body.result).toBe(true)
    await lead()
    await portal.work()
    expect(there.received).toEqual([])
    await portal.call('portico.outbound.update', { id: ID, active: 'Y', events: ['ONCRMLEADUPDATE'], title: 'Mine' })
    await portal.call('crm.lead.update', { id: await lead(), fields: { TITLE: 'Changed' } })
    await portal.work()
    expect(there.received.map(({ form }) => form.event)).toEqual(['ONCRMLEADUPDATE'])
    expect((await portal.call('portico.outbound.delete', { id: ID })).body.result).toBe(true)
    expect((await portal.call('portico.outbound.list')).body.result).toEqual([])
  })

  it.each([
    ['no address', { url: '' }, 'ERROR_ARGUMENT'],
    ['an address that could never be called', { url: 'file:///etc/passwd' }, 'ERROR_WRONG_HANDLER_URL'],
    ['no event', { events: [] }, 'ERROR_ARGUMENT'],
    ['an event that there is not', { events: ['ONNOTHING'] }, 'ERROR_EVENT_NOT_FOUND'],
    ['an event of an application', { events: ['ONAPPINSTALL'] }, 'ERROR_EVENT_NOT_FOUND'],
  ])('is not made with %s', async (_name, given, error) => {
    const before = await portal.census()
    const parameters = { url: 'https://example.com/', events: ['ONCRMLEADADD'], ...given }
    const { status, body } = await portal.call('portico.outbound.add', parameters)
    expect([status, body.error]).toEqual([400, error])
    expect(await portal.census()).toEqual(before)
  })

  it.each([
    'portico.outbound.add',
    'portico.outbound.update',
    'portico.outbound.delete',
    'portico.outbound.list',
    'portico.delivery.list',
    'portico.delivery.get',
    'portico.delivery.replay',
  ])('is for administrators: %s', async (method) => {
    const { hook } = await portal.person()
    const before = await portal.census()
    const { status, body } = await portal.call(method, { id: 1, url: 'https://example.com/' }, { as: hook })
    expect([status, body.error]).toEqual([403, 'ACCESS_DENIED'])
    expect(await portal.census()).toEqual(before)
  })
})
