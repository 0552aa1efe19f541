import { beforeEach, describe, expect, it } from 'vitest'
import { contextOf, localApplication } from '../../support/local-application.ts'
import { testPortal } from '../../support/portal.ts'
import { finishInstall, removeApplication } from '../../../src/modules/application/life.ts'
import { sql } from '../../../src/store/sql.ts'
import { handler, idOf } from './handler.ts'

const portal = await testPortal({ allowOutgoing: ['127.0.0.1'] })
const app = await localApplication(portal, { scopes: 'crm' })
const token = await app.token()
const person = await portal.person()
const theirs = await app.token(person.id)
const HANDLER = 'https://www.my-domain.com/handler/'

const asApp = (method: string, parameters: object = {}) => portal.call(method, parameters, { token })
const asPerson = (method: string, parameters: object = {}) => portal.call(method, parameters, { token: theirs })
const bound = async () => (await asApp('event.get')).body.result
const wrong = (answer: { status: number; body: { error?: unknown; error_description?: unknown } }) => [
  answer.status,
  answer.body.error,
  answer.body.error_description,
]

beforeEach(async () => {
  for (const { event, offline } of await bound())
    await asApp('event.unbind', { event, event_type: offline === 1 ? 'offline' : 'online' })
})

describe('event.bind', () => {
  it('binds a handler, in any case of the name, and event.get shows it as documented', async () => {
    expect((await asApp('event.bind', { event: 'onCrmLeadAdd', handler: HANDLER })).body.result).toBe(true)
    expect(
      (await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: person.id })).body.result,
    ).toBe(true)
    expect((await asApp('event.bind', { event: 'ONCRMLEADADD', event_type: 'offline' })).body.result).toBe(true)
    expect(await bound()).toEqual([
      { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: '0', offline: 0 },
      { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: String(person.id), offline: 0 },
      { event: 'ONCRMLEADADD', handler: '', auth_type: '0', offline: 1 },
    ])
  })

  it('refuses a second time, in the words that clients look for', async () => {
    await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER })
    expect(wrong(await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER }))).toEqual([
      400,
      'ERROR_EVENT_BINDING_EXISTS',
      'Unable to set event handler: Handler already binded',
    ])
    const many = await Promise.all(
      Array.from({ length: 5 }, () => asApp('event.bind', { event: 'ONCRMDEALADD', handler: HANDLER })),
    )
    expect(many.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400])
  })

  it.each([
    ['an event that there is not', { event: 'ONNOTHING' }, 400, 'ERROR_EVENT_NOT_FOUND', 'Event not found'],
    ['one beyond its scopes', { event: 'CATALOG.PRICE.ON.ADD' }, 400, 'ERROR_EVENT_NOT_FOUND', 'Event not found'],
    ['one of no smart process', { event: 'ONCRMDYNAMICITEMADD_999' }, 400, 'ERROR_EVENT_NOT_FOUND', 'Event not found'],
    ['no event', { event: '' }, 400, 'ERROR_ARGUMENT', "Argument 'EVENT' is null or empty"],
    ['no handler', { handler: '' }, 400, 'ERROR_ARGUMENT', "Argument 'HANDLER' is null or empty"],
    ['an address that is none', { handler: 'nowhere' }, 400, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL'],
    ['a password in it', { handler: 'https://a:b@c.de/' }, 400, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL'],
    ['a file', { handler: 'ftp://c.de/x' }, 400, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported event handler protocol'],
    ['a kind that there is not', { event_type: 'sometimes' }, 400, 'ERROR_ARGUMENT', expect.any(String)],
    ['nobody', { auth_type: 999 }, 400, 'ERROR_ARGUMENT', expect.any(String)],
  ])('refuses %s and changes nothing', async (_name, given, ...error) => {
    const before = await portal.census()
    expect(wrong(await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER, ...given }))).toEqual(error)
    expect(await portal.census()).toEqual(before)
  })

  it('lets people without rights bind in their own name alone', async () => {
    expect(wrong(await asPerson('event.bind', { event: 'ONCRMLEADADD', event_type: 'offline' }))).toEqual([
      403,
      'ACCESS_DENIED',
      'Access denied! Offline events binding requires administrator access rights',
    ])
    expect(wrong(await asPerson('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: 1 }))).toEqual([
      403,
      'ACCESS_DENIED',
      'Access denied! Event binding with AUTH_TYPE requires administrator access rights',
    ])
    await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER })
    expect((await asPerson('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER })).body.result).toBe(true)
    expect((await asPerson('event.get')).body.result).toEqual([
      { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: String(person.id), offline: 0 },
    ])
    expect(wrong(await asPerson('event.unbind', { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: 1 }))).toEqual([
      403,
      'ACCESS_DENIED',
      'Access denied! Event unbinding with AUTH_TYPE requires administrator access rights',
    ])
    expect(wrong(await asPerson('event.unbind', { event: 'ONCRMLEADADD', event_type: 'offline' }))).toEqual([
      403,
      'ACCESS_DENIED',
      'Access denied! Offline events unbinding requires administrator access rights',
    ])
    expect((await asPerson('event.unbind', { event: 'ONCRMLEADADD', handler: HANDLER })).body.result).toEqual({
      count: 1,
    })
    expect(await bound()).toHaveLength(1)
  })
})

describe('event.unbind', () => {
  it('ends the handlers that it names, or only those in nobody’s name', async () => {
    const bind = (more: object) => asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER, ...more })
    await bind({})
    await bind({ auth_type: person.id })
    await bind({ handler: `${HANDLER}2` })
    expect(
      (await asApp('event.unbind', { event: 'ONCRMLEADADD', handler: HANDLER, auth_type: 0 })).body.result,
    ).toEqual({ count: 1 })
    expect((await asApp('event.unbind', { event: 'ONCRMLEADADD', handler: HANDLER })).body.result).toEqual({ count: 1 })
    expect((await asApp('event.unbind', { event: 'ONCRMLEADADD' })).body.result).toEqual({ count: 1 })
    expect((await asApp('event.unbind', { event: 'ONCRMLEADADD' })).body.result).toEqual({ count: 0 })
  })
})

describe('events', () => {
  it('names what the application may hear, everything, or one scope', async () => {
    const type = (await portal.call('crm.type.add', { fields: { title: 'Cars' } })).body.result.type.entityTypeId
    const own: string[] = (await asApp('events')).body.result
    expect(own).toContain('ONAPPINSTALL')
    expect(own).toContain(`ONCRMDYNAMICITEMUPDATE_${type}`)
    expect(own).not.toContain('CATALOG.PRICE.ON.ADD')
    const full: string[] = (await asApp('events', { FULL: true })).body.result
    expect(full).toEqual(expect.arrayContaining([...own, 'CATALOG.PRICE.ON.ADD', 'ONUSERADD']))
    expect((await asApp('events', { SCOPE: 'user' })).body.result).toEqual(['ONUSERADD'])
    expect((await asApp('events', { scope: '' })).body.result).toContain('ONAPPUNINSTALL')
    expect(full.every((name) => name === name.toUpperCase())).toBe(true)
    await portal.call('crm.type.delete', { id: (await portal.call('crm.type.list')).body.result.types[0].id })
  })
})

describe('who may', () => {
  it.each(['events', 'event.bind', 'event.unbind', 'event.get', 'event.test'])(
    'call %s: applications',
    async (method) => {
      expect(wrong(await portal.call(method, { event: 'ONCRMLEADADD', handler: HANDLER }))).toEqual([
        403,
        'WRONG_AUTH_TYPE',
        'Current authorization type is denied for this method Application context required',
      ])
    },
  )

  it('see handlers of its own application alone', async () => {
    await asApp('event.bind', { event: 'ONCRMLEADADD', handler: HANDLER })
    const other = await (await localApplication(portal)).token()
    expect((await portal.call('event.get', {}, { token: other })).body.result).toEqual([])
    const answer = await portal.call('event.unbind', { event: 'ONCRMLEADADD' }, { token: other })
    expect(answer.body.result).toEqual({ count: 0 })
    expect(await bound()).toHaveLength(1)
  })
})

describe('an application', () => {
  it('hears nothing before its installation is finished, and nothing of that later', async () => {
    const there = await handler()
    const made = await localApplication(portal, { scopes: 'crm', installUrl: `${there.url}/install` })
    const own = await made.token()
    for (const event of ['ONCRMLEADADD', 'ONAPPINSTALL'])
      await portal.call('event.bind', { event, handler: there.url }, { token: own })
    await portal.call('event.bind', { event: 'ONCRMLEADADD', event_type: 'offline' }, { token: own })
    await portal.call('crm.lead.add', { fields: { TITLE: 'Early' } })
    await portal.work()
    expect(there.received).toEqual([])
    const context = await contextOf(portal)
    await finishInstall(context, made.application.id)
    await context.session.settled()
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'Late' } })
    await portal.work()
    const told = there.received.filter(({ form }) => form.event === 'ONCRMLEADADD')
    expect(told.map(idOf)).toEqual([String(body.result)])
    const kept = (await portal.call('event.offline.list', {}, { token: own })).body
    expect(kept.result.map((each: { EVENT_DATA: unknown }) => each.EVENT_DATA)).toEqual([
      { FIELDS: { ID: String(body.result) } },
    ])
  })

  it('that has been removed leaves nothing', async () => {
    const made = await localApplication(portal, { scopes: 'crm' })
    const own = await made.token()
    await portal.call('event.bind', { event: 'ONCRMLEADADD', handler: 'http://127.0.0.1:1/' }, { token: own })
    await portal.call('event.bind', { event: 'ONCRMLEADADD', event_type: 'offline' }, { token: own })
    await portal.call('crm.lead.add', { fields: { TITLE: 'One' } })
    await portal.work()
    const context = await contextOf(portal)
    await removeApplication(context, made.application.id, true)
    await context.session.settled()
    const left = await portal.portal.store
      .session()
      .find<{ n: number }>(
        sql`select (select count(*) from event_handler where application_id = ${made.application.id}) + (select count(*) from event_offline where application_id = ${made.application.id}) + (select count(*) from event_delivery where application_id = ${made.application.id} and source = 'binding' and state = 'waiting') as n`,
      )
    expect(Number(left[0]?.n)).toBe(0)
    expect((await portal.call('crm.lead.add', { fields: { TITLE: 'Two' } })).status).toBe(200)
    await portal.work()
  })
})
