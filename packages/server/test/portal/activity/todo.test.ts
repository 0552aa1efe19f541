import { describe, expect, it } from 'vitest'
import { activityCounters, personalCounters } from '../../../src/modules/crm/activity/counters.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, callWith, todo, get, ids } = activityTools(portal)
const events = announcements(portal)
const other = await portal.person()
const deal = await add('deal')
const owner = { ownerTypeId: 2, ownerId: deal }
const call = (verb: string, params: object) => portal.call(`crm.activity.todo.${verb}`, { ...owner, ...params })
const done = (id: number) => must('crm.activity.update', { id, fields: { COMPLETED: 'Y' } })

describe('crm.activity.todo.*', () => {
  it('plans an activity of the caller that is found by its provider', async () => {
    const id = await todo(2, deal, { title: 'Plan', description: 'More', colorId: '2', pingOffsets: [0, 15] })
    expect(await get(id)).toMatchObject({
      TYPE_ID: '6',
      PROVIDER_ID: 'CRM_TODO',
      SUBJECT: 'Plan',
      DESCRIPTION: 'More',
      DEADLINE: '2026-06-01T12:00:00+02:00',
      START_TIME: '2026-06-01T12:00:00+02:00',
      END_TIME: '2026-06-01T12:00:00+02:00',
      RESPONSIBLE_ID: '1',
      SETTINGS: { COLOR: '2' },
    })
    expect(await ids({ OWNER_TYPE_ID: 2, OWNER_ID: deal, PROVIDER_ID: 'CRM_TODO' })).toEqual([id])
  })

  it('changes what is named, one thing or several, and tells so', async () => {
    const id = await todo(2, deal, { title: 'Plan', description: 'Old', colorId: '2' })
    await events()
    for (const [verb, params] of [
      ['updateColor', { colorId: '7' }],
      ['updateDeadline', { value: '2026-06-02T12:00:00+02:00' }],
      ['updateDescription', { value: '' }],
      ['updateResponsibleUser', { responsibleId: other.id }],
    ] as const)
      expect((await call(verb, { id, ...params })).body.result).toEqual({ id })
    expect(await get(id)).toMatchObject({
      SUBJECT: 'Plan',
      SETTINGS: { COLOR: '7' },
      DEADLINE: '2026-06-02T12:00:00+02:00',
      START_TIME: '2026-06-02T12:00:00+02:00',
      DESCRIPTION: '',
      RESPONSIBLE_ID: String(other.id),
    })
    expect((await events()).map(({ event }) => event)).toEqual(Array(4).fill('ONCRMACTIVITYUPDATE'))
    await call('update', { id, deadline: '2026-06-03', title: 'Another', colorId: '' })
    expect(await get(id)).toMatchObject({ SUBJECT: 'Another', SETTINGS: [], DEADLINE: '2026-06-03T00:00:00+02:00' })
  })

  it('leaves what is done as it is', async () => {
    const id = await todo(2, deal)
    await done(id)
    const before = await portal.census()
    for (const [verb, params, code] of [
      ['update', { deadline: '2026-06-03' }, 'CAN_NOT_UPDATE_COMPLETED_TODO'],
      ['updateColor', { colorId: '1' }, 'CAN_NOT_UPDATE_COLOR_COMPLETED_TODO'],
      ['updateDeadline', { value: '2026-06-03' }, 'CAN_NOT_UPDATE_COMPLETED_TODO'],
      ['updateDescription', { value: 'x' }, 'CAN_NOT_UPDATE_COMPLETED_TODO'],
      ['updateResponsibleUser', { responsibleId: 1 }, 'CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO'],
    ] as const)
      expect(await call(verb, { id, ...params })).toMatchObject({ status: 400, body: { error: code } })
    expect(await portal.census()).toEqual(before)
  })

  it('refuses wrong dates, colours, people and records, and changes nothing', async () => {
    const id = await todo(2, deal)
    const foreign = await callWith(2, deal)
    const ownerId = await add('deal')
    const before = await portal.census()
    for (const [verb, params, code] of [
      ['add', {}, '100'],
      ['add', { deadline: 'soon' }, 'WRONG_DATETIME_FORMAT'],
      ['add', { deadline: '2026-06-03', colorId: '8' }, 'CAN_NOT_UPDATE_WRONG_COLOR_TODO'],
      ['add', { deadline: '2026-06-03', pingOffsets: ['x'] }, 'INVALID_ARG_VALUE'],
      ['add', { deadline: '2026-06-03', parentActivityId: 999 }, 'NOT_FOUND'],
      ['add', { deadline: '2026-06-03', ownerTypeId: 6 }, 'OWNER_NOT_FOUND'],
      ['updateColor', { id, colorId: 'red' }, 'CAN_NOT_UPDATE_WRONG_COLOR_TODO'],
      ['updateResponsibleUser', { id, responsibleId: 0 }, 'INVALID_ARG_VALUE'],
      ['updateResponsibleUser', { id, responsibleId: 999 }, 'INVALID_ARG_VALUE'],
      ['updateDeadline', { id, value: '2026-02-30' }, 'WRONG_DATETIME_FORMAT'],
      ['updateDescription', { id, value: 'x', ownerId }, 'NOT_FOUND'],
      ['updateDescription', { id: foreign, value: 'x' }, 'NOT_FOUND'],
    ] as const) {
      expect(await call(verb, params)).toMatchObject({ status: 400, body: { error: code } })
      expect(await portal.census()).toEqual(before)
    }
  })

  it('is planned after another one that is open, and loses it when that goes', async () => {
    const first = await todo(2, deal)
    const next = await todo(2, deal, { parentActivityId: first })
    const closed = await todo(2, deal)
    await done(closed)
    expect(await call('update', { id: next, deadline: '2026-06-03', parentActivityId: closed })).toMatchObject(
      refused('ERROR_PARENT_ACTIVITY_RESTRICT', 'Cannot schedule a deal for a closed deal'),
    )
    await must('crm.activity.delete', { id: first })
    // The checks after this file find it if it still pointed there.
    expect(await get(next)).toMatchObject({ COMPLETED: 'N' })
  })
})

describe('counters', () => {
  it('count what waits, by record and by person', async () => {
    const [one, two, none] = [await add('lead'), await add('lead'), await add('lead')]
    const now = 1_780_000_000
    await todo(1, one, { deadline: '2026-05-01', responsibleId: other.id })
    await todo(1, one, { deadline: '2026-07-01' })
    const both = await todo(1, two, { deadline: '2026-05-01', responsibleId: other.id })
    await must('crm.activity.binding.add', { activityId: both, entityTypeId: 1, entityId: one })
    await callWith(1, two, { DIRECTION: 1, RESPONSIBLE_ID: other.id })
    await done(await todo(1, none))
    const session = portal.portal.store.session()
    const at = { entityTypeId: 1, ids: [one, two, none], now }
    expect(await activityCounters(session, at)).toEqual(
      new Map([
        [one, { waiting: 3, overdue: 2, incoming: 0 }],
        [two, { waiting: 2, overdue: 1, incoming: 1 }],
      ]),
    )
    expect(await activityCounters(session, { ...at, responsibleId: 1 })).toEqual(
      new Map([[one, { waiting: 1, overdue: 0, incoming: 0 }]]),
    )
    const before = await personalCounters(session, { responsibleId: other.id, now })
    await done(both)
    expect(await personalCounters(session, { responsibleId: other.id, now })).toEqual({
      ...before,
      waiting: before.waiting - 1,
      overdue: before.overdue - 1,
    })
  })
})
