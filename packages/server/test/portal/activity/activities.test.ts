import { describe, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, callWith, get, list, ids, app } = activityTools(portal)
const events = announcements(portal)
const other = await portal.person()
const tryAdd = (fields: object) => portal.call('crm.activity.add', { fields })
const update = (id: number, fields: object) => must('crm.activity.update', { id, fields })

describe('crm.activity.add', () => {
  it('fills in who, when and by which provider, and takes the deadline from the start of a call', async () => {
    const deal = await add('deal')
    const id = await callWith(2, deal, {
      START_TIME: '2026-06-01T10:00:00+02:00',
      END_TIME: '2026-06-01T11:00:00+02:00',
    })
    expect(await get(id)).toMatchObject({
      OWNER_TYPE_ID: '2',
      OWNER_ID: String(deal),
      PROVIDER_ID: 'VOXIMPLANT_CALL',
      PROVIDER_TYPE_ID: 'CALL',
      DEADLINE: '2026-06-01T10:00:00+02:00',
      COMPLETED: 'N',
      STATUS: '1',
      RESPONSIBLE_ID: '1',
      AUTHOR_ID: '1',
      CREATED: '2026-05-28T22:26:40+02:00',
      SETTINGS: [],
    })
  })

  it('makes the person of the record responsible unless another one is named', async () => {
    const deal = await add('deal', { ASSIGNED_BY_ID: other.id })
    expect((await get(await callWith(2, deal))).RESPONSIBLE_ID).toBe(String(other.id))
    expect((await get(await callWith(2, deal, { RESPONSIBLE_ID: 1 }))).RESPONSIBLE_ID).toBe('1')
    const COMMUNICATIONS = [{ VALUE: '1' }]
    const unknown = { OWNER_TYPE_ID: 2, OWNER_ID: deal, TYPE_ID: 2, SUBJECT: 'x', COMMUNICATIONS, RESPONSIBLE_ID: 999 }
    expect(await tryAdd(unknown)).toMatchObject(refused('', 'The field RESPONSIBLE_ID is not defined or invalid'))
  })

  it('stands at the record and at the clients that it is with', async () => {
    const [deal, contact] = [await add('deal'), await add('contact', { NAME: 'Ann' })]
    const COMMUNICATIONS = [{ VALUE: '+4930', ENTITY_TYPE_ID: 3, ENTITY_ID: contact }]
    const id = await callWith(2, deal, { COMMUNICATIONS })
    expect(await must('crm.activity.binding.list', { activityId: id })).toEqual([
      { entityTypeId: 2, entityId: deal },
      { entityTypeId: 3, entityId: contact },
    ])
    const ownerless = await must('crm.activity.add', { fields: { TYPE_ID: 2, SUBJECT: 'x', COMMUNICATIONS } })
    expect(await get(ownerless)).toMatchObject({ OWNER_TYPE_ID: '3', OWNER_ID: String(contact) })
  })

  it.each([
    ['The field SUBJECT is not defined or empty', { SUBJECT: ' ' }],
    ['The field TYPE_ID is not defined or invalid', { TYPE_ID: 7 }],
    ['The field TYPE_ID is not defined or invalid', { TYPE_ID: '' }],
    ['The activity type "Task" is not supported in current context', { TYPE_ID: 3 }],
    ['The custom activity without provider is not supported in current context', { TYPE_ID: 6 }],
    ['The field COMMUNICATIONS is not defined or invalid', { COMMUNICATIONS: [{ VALUE: '' }] }],
    [
      'The field COMMUNICATIONS is not defined or invalid',
      { TYPE_ID: 4, COMMUNICATIONS: [{ VALUE: 'a@b.c', TYPE: 'PHONE' }] },
    ],
    [
      'The only one communication is allowed for activity of specified type',
      { TYPE_ID: 1, COMMUNICATIONS: [{ VALUE: 'a' }, { VALUE: 'b' }] },
    ],
    ["Could not find 'CONTACT' with ID: 999", { OWNER_TYPE_ID: 3, OWNER_ID: 999 }],
    [
      'Could not build binding. Please ensure that owner info and communications are defined correctly',
      { OWNER_ID: '' },
    ],
    [
      'Use crm.activity.configurable.add for this activity provider',
      { TYPE_ID: 6, PROVIDER_ID: 'CONFIGURABLE_REST_APP' },
    ],
    ['Application context required', { TYPE_ID: 6, PROVIDER_ID: 'REST_APP' }],
    ['Invalid value for the "Priority" field: a number from 0 to 3 is expected.', { PRIORITY: 9 }],
  ])('refuses and changes nothing: %s', async (error, fields) => {
    const OWNER_ID = await add('deal')
    const before = await portal.census()
    const files = [{ fileData: ['a.txt', 'YWJj'] }]
    const valid = {
      OWNER_TYPE_ID: 2,
      OWNER_ID,
      TYPE_ID: 2,
      SUBJECT: 'x',
      COMMUNICATIONS: [{ VALUE: '1' }],
      FILES: files,
    }
    expect(await tryAdd({ ...valid, ...fields })).toMatchObject(refused('', error))
    expect(await portal.census()).toEqual(before)
  })

  it('notes the time and the person on every record that it stands at, as no change of theirs', async () => {
    const deal = await add('deal')
    const read = async () => (await portal.call('crm.deal.get', { id: deal })).body.result
    const before = await read()
    await events()
    portal.clock.at = 1_780_000_600
    await must('crm.activity.todo.add', { ownerTypeId: 2, ownerId: deal, deadline: '2026-06-01' }, { as: other.hook })
    expect(await read()).toEqual({
      ...before,
      LAST_ACTIVITY_TIME: '2026-05-28T22:36:40+02:00',
      LAST_ACTIVITY_BY: String(other.id),
    })
    expect((await events()).map(({ event }) => event)).toEqual(['ONCRMACTIVITYADD'])
    portal.clock.at = 1_780_000_000
  })
})

describe('crm.activity.update', () => {
  it('moves a call with its deadline, however the time is given', async () => {
    const id = await callWith(2, await add('deal'), {
      START_TIME: '2026-06-01T10:00:00+02:00',
      END_TIME: '2026-06-01T11:00:00+02:00',
    })
    await update(id, { START_TIME: '2026-06-02T10:00:00+02:00' })
    expect((await get(id)).DEADLINE).toBe('2026-06-02T10:00:00+02:00')
    await update(id, { DEADLINE: '2026-06-03T09:00:00+02:00' })
    expect(await get(id)).toMatchObject({
      START_TIME: '2026-06-03T09:00:00+02:00',
      END_TIME: '2026-06-02T10:00:00+02:00',
    })
  })

  it.each([
    [{ COMPLETED: 'Y' }, 'Y', '2'],
    [{ STATUS: 2 }, 'Y', '2'],
    [{ STATUS: 3 }, 'Y', '3'],
    [{ COMPLETED: 'N', STATUS: 2 }, 'N', '1'],
    [{ COMPLETED: 'Y', STATUS: 1 }, 'Y', '2'],
  ])('keeps completion and status in step: %j', async (fields, COMPLETED, STATUS) => {
    const id = await callWith(2, await add('deal'))
    await update(id, fields)
    expect(await get(id)).toMatchObject({ COMPLETED, STATUS })
    await update(id, { COMPLETED: 'N' })
    expect(await get(id)).toMatchObject({ COMPLETED: 'N', STATUS: '1' })
  })

  it('leaves the owner and the type as they are, and refuses what must not be empty', async () => {
    const [deal, lead] = [await add('deal'), await add('lead')]
    const id = await callWith(2, deal)
    await update(id, { OWNER_TYPE_ID: 1, OWNER_ID: lead, TYPE_ID: 1, LOCATION: 'Berlin' })
    expect(await get(id)).toMatchObject({
      OWNER_TYPE_ID: '2',
      OWNER_ID: String(deal),
      TYPE_ID: '2',
      LOCATION: 'Berlin',
    })
    for (const [fields, error] of [
      [{ SUBJECT: '' }, 'The field SUBJECT is not defined or empty'],
      [{ RESPONSIBLE_ID: 'x' }, 'The field RESPONSIBLE_ID is not defined or invalid'],
      [{ COMMUNICATIONS: [] }, 'The field COMMUNICATIONS is not defined or invalid'],
    ] as const)
      expect(await portal.call('crm.activity.update', { id, fields })).toMatchObject(refused('', error))
  })

  it('replaces communications and files', async () => {
    const id = await callWith(2, await add('deal'), { FILES: [{ fileData: ['a.txt', 'YWJj'] }] })
    const [before] = (await get(id)).FILES ?? []
    const url = new URL(before?.url ?? '')
    const bytes = await portal.send({ method: 'GET', url: url.pathname + url.search })
    expect([bytes.status, bytes.text]).toEqual([200, 'abc'])
    await update(id, { COMMUNICATIONS: [{ VALUE: '+49301' }], WEBDAV_ELEMENTS: [{ fileData: ['b.txt', 'YWJj'] }] })
    const [row] = await list({ ID: id }, { select: ['COMMUNICATIONS', 'STORAGE_ELEMENT_IDS'] })
    expect(row?.COMMUNICATIONS).toMatchObject([{ TYPE: 'PHONE', VALUE: '+49301' }])
    expect(row?.FILES).toHaveLength(1)
    expect(row?.FILES?.[0]?.id).not.toBe(before?.id)
    await update(id, { FILES: [] })
    expect(await get(id)).not.toHaveProperty('FILES')
  })
})

describe('crm.activity.list', () => {
  it('selects by owner, by bindings, by any field, each activity once', async () => {
    const [deal, contact, lead] = [await add('deal'), await add('contact', { NAME: 'Ann' }), await add('lead')]
    const both = await callWith(2, deal, { COMMUNICATIONS: [{ VALUE: '1', ENTITY_TYPE_ID: 3, ENTITY_ID: contact }] })
    const alone = await callWith(1, lead, { COMPLETED: 'Y', DESCRIPTION: 'Needle' })
    const bindings = (...BINDINGS: object[]) => ids({ BINDINGS, '>=ID': both })
    expect(await ids({ OWNER_TYPE_ID: 2, OWNER_ID: deal })).toEqual([both])
    expect(await ids({ OWNER_TYPE_ID: 3, OWNER_ID: contact })).toEqual([])
    expect(await bindings({ OWNER_TYPE_ID: 2 }, { OWNER_TYPE_ID: 3 })).toEqual([both])
    expect(
      await bindings({ OWNER_TYPE_ID: 3, OWNER_ID: contact }, { owner_type_id: '1', owner_id: String(lead) }),
    ).toEqual([both, alone])
    expect(await bindings({ OWNER_TYPE_ID: 2, OWNER_ID: '$result[none]' })).toEqual([])
    expect(await bindings()).toEqual([])
    expect(await ids({ '>=ID': both, COMPLETED: 'Y' })).toEqual([alone])
    expect(await ids({ '>=ID': both, '%DESCRIPTION': 'eedl' })).toEqual([alone])
    expect(await ids({ '>=ID': both, '!PROVIDER_ID': 'VOXIMPLANT_CALL' })).toEqual([])
  })

  it('comes by start time unless told otherwise, and shows what is asked for by name', async () => {
    const contact = await add('contact', {
      NAME: 'Ann',
      LAST_NAME: 'Lee',
      COMPANY_ID: await add('company', { TITLE: 'Tea' }),
    })
    const later = await callWith(3, contact, { START_TIME: '2026-07-01' })
    const sooner = await callWith(3, contact, { START_TIME: '2026-06-01' })
    const filter = { OWNER_TYPE_ID: 3, OWNER_ID: contact }
    const { result } = (
      await portal.call('crm.activity.list', {
        filter,
        select: ['ID', 'BINDINGS', 'COMMUNICATIONS', 'IS_INCOMING_CHANNEL'],
      })
    ).body
    expect(result.map((row: { ID: string }) => Number(row.ID))).toEqual([sooner, later])
    expect(result[0]).toEqual({
      ID: String(sooner),
      IS_INCOMING_CHANNEL: 'N',
      BINDINGS: [{ OWNER_TYPE_ID: '3', OWNER_ID: String(contact) }],
      COMMUNICATIONS: [
        expect.objectContaining({
          VALUE: '+4930',
          ENTITY_ID: String(contact),
          ENTITY_SETTINGS: expect.objectContaining({ NAME: 'Ann', LAST_NAME: 'Lee', COMPANY_TITLE: 'Tea' }),
        }),
      ],
    })
  })

  it('counts and pages like every list', async () => {
    const deal = await add('deal')
    for (let count = 0; count < 53; count++) await callWith(2, deal)
    const { body } = await portal.call('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal }, start: 50 })
    expect([body.result.length, body.total, body.next]).toEqual([3, 53, undefined])
  })
})

describe('an activity that goes', () => {
  it('takes its rows and files with it and tells so; afterwards it is not found', async () => {
    const deal = await add('deal')
    const before = await portal.census()
    const id = await callWith(2, deal, { FILES: [{ fileData: ['a.txt', 'YWJj'] }] })
    await update(id, { SUBJECT: 'Another' })
    await events()
    await must('crm.activity.delete', { id })
    expect(await events()).toEqual([{ event: 'ONCRMACTIVITYDELETE', fields: { ID: id } }])
    const { history, outbox, ...rest } = await portal.census()
    expect({ ...rest, history: before.history, outbox: before.outbox }).toEqual(before)
    expect(history).toBeGreaterThan(before.history ?? 0)
    for (const method of ['get', 'delete', 'update'])
      expect(await portal.call(`crm.activity.${method}`, { id, fields: {} })).toMatchObject(
        refused('', 'Activity is not found'),
      )
    expect(outbox).toBeGreaterThan(before.outbox ?? 0)
  })
})

describe('activities of applications', () => {
  it('are made and changed by that application alone', async () => {
    const { token } = await app()
    const OWNER_ID = await add('lead')
    const fields = {
      OWNER_TYPE_ID: 1,
      OWNER_ID,
      PROVIDER_ID: 'REST_APP',
      PROVIDER_TYPE_ID: 'LINK',
      SUBJECT: 'New activity',
    }
    const id = await must('crm.activity.add', { fields }, { token })
    expect(await get(id)).toMatchObject({ TYPE_ID: '6', PROVIDER_ID: 'REST_APP', PROVIDER_TYPE_ID: 'LINK' })
    for (const method of ['crm.activity.update', 'crm.activity.delete'])
      expect(await portal.call(method, { id, fields: { COMPLETED: 'Y' } })).toMatchObject(
        refused('', 'Access denied! Application context required'),
      )
    await must('crm.activity.update', { id, fields: { COMPLETED: 'Y' } }, { token })
    await must('crm.activity.delete', { id }, { token })
  })
})

describe('crm.activity.call.getTranscript', () => {
  it('is null: nobody transcribes calls', async () => {
    const activityId = await callWith(2, await add('deal'))
    expect(await must('crm.activity.call.getTranscript', { activityId })).toBeNull()
  })
})
