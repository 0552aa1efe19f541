import { describe, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, callWith, todo, get, ids } = activityTools(portal)
const events = announcements(portal)
const binding = (verb: string, params: object) => portal.call(`crm.activity.binding.${verb}`, params)
const bindings = (activityId: number) => must<object[]>('crm.activity.binding.list', { activityId })
const owner = async (id: number) => {
  const { OWNER_TYPE_ID, OWNER_ID } = await get(id)
  return [Number(OWNER_TYPE_ID), Number(OWNER_ID)]
}

describe('crm.activity.binding.*', () => {
  it('moves an activity to a record of another type by adding and deleting', async () => {
    const [lead, company] = [await add('lead'), await add('company', { TITLE: 'Tea' })]
    const activityId = await callWith(1, lead)
    const target = { activityId, entityTypeId: 4, entityId: company }
    await must('crm.activity.binding.add', target)
    // As long as there are two, the lead remains the owner.
    expect(await owner(activityId)).toEqual([1, lead])
    expect(await binding('add', target)).toMatchObject({ body: { error: 'ACTIVITY_IS_ALREADY_BOUND' } })
    await must('crm.activity.binding.delete', { activityId, entityTypeId: 1, entityId: lead })
    expect(await owner(activityId)).toEqual([4, company])
    expect(await ids({ OWNER_TYPE_ID: 1, OWNER_ID: lead })).toEqual([])
    expect(await binding('delete', target)).toMatchObject({ body: { error: 'LAST_BINDING_CANNOT_BE_DELETED' } })
    expect(await binding('delete', { activityId, entityTypeId: 1, entityId: lead })).toMatchObject({
      body: { error: 'BINDING_NOT_FOUND' },
    })
    expect(await bindings(activityId)).toEqual([{ entityTypeId: 4, entityId: company }])
  })

  it('moves an activity between records of one type', async () => {
    const [from, to, contact] = [await add('lead'), await add('lead'), await add('contact', { NAME: 'Ann' })]
    const activityId = await callWith(1, from)
    const source = { activityId, sourceEntityTypeId: 1, sourceEntityId: from }
    await must('crm.activity.binding.move', { ...source, targetEntityTypeId: 1, targetEntityId: to })
    expect(await bindings(activityId)).toEqual([{ entityTypeId: 1, entityId: to }])
    expect(await owner(activityId)).toEqual([1, to])
    await must('crm.activity.binding.add', { activityId, entityTypeId: 1, entityId: from })
    for (const [target, error] of [
      [{ targetEntityTypeId: 3, targetEntityId: contact }, 'SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR'],
      [{ targetEntityTypeId: 1, targetEntityId: from }, 'SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR'],
      [{ targetEntityTypeId: 1, targetEntityId: to }, 'ACTIVITY_IS_ALREADY_BOUND'],
      [{ targetEntityTypeId: 1, targetEntityId: 999 }, 'NOT_FOUND'],
    ] as const)
      expect(await binding('move', { ...source, ...target })).toMatchObject({ status: 400, body: { error } })
    const elsewhere = {
      ...source,
      sourceEntityId: await add('lead'),
      targetEntityTypeId: 1,
      targetEntityId: await add('lead'),
    }
    expect(await binding('move', elsewhere)).toMatchObject({ body: { error: 'BINDING_NOT_FOUND' } })
  })

  it('says which parameter is missing, which record and which activity', async () => {
    const activityId = await callWith(1, await add('lead'))
    expect(await binding('add', { activityId })).toMatchObject(
      refused('100', 'Could not find value for parameter {entityTypeId}'),
    )
    expect(await binding('add', { activityId, entityTypeId: 6, entityId: 1 })).toMatchObject({
      body: { error: 'OWNER_NOT_FOUND' },
    })
    expect(await binding('add', { activityId, entityTypeId: 2, entityId: 999 })).toMatchObject(
      refused('NOT_FOUND', 'Entity not found'),
    )
    expect(await binding('list', { activityId: 999 })).toMatchObject(refused('NOT_FOUND', 'Element not found'))
  })

  it('binds to a hundred records at most', async () => {
    const activityId = await callWith(1, await add('lead'))
    const command = 'crm.lead.add?fields[TITLE]=x'
    const made: number[] = []
    for (const size of [50, 50]) {
      const { result } = await must<{ result: number[] }>('batch', { cmd: Array<string>(size).fill(command) })
      made.push(...result)
    }
    for (const entityId of made.slice(1))
      await must('crm.activity.binding.add', { activityId, entityTypeId: 1, entityId })
    expect(await binding('add', { activityId, entityTypeId: 1, entityId: made[0] })).toMatchObject({ status: 400 })
    expect(await bindings(activityId)).toHaveLength(100)
  })

  it('notes the time on the record that the activity comes to', async () => {
    const [lead, deal] = [await add('lead'), await add('deal')]
    const activityId = await callWith(1, lead)
    portal.clock.at = 1_780_003_600
    await must('crm.activity.binding.add', { activityId, entityTypeId: 2, entityId: deal })
    expect((await must<{ LAST_ACTIVITY_TIME: string }>('crm.deal.get', { id: deal })).LAST_ACTIVITY_TIME).toBe(
      '2026-05-28T23:26:40+02:00',
    )
    portal.clock.at = 1_780_000_000
  })
})

describe('a record that goes', () => {
  it('takes the activities that stand nowhere else, and leaves the others', async () => {
    const [deal, contact] = [await add('deal'), await add('contact', { NAME: 'Ann' })]
    const own = await todo(2, deal)
    const shared = await callWith(2, deal, {
      COMMUNICATIONS: [{ VALUE: '+4930', ENTITY_TYPE_ID: 3, ENTITY_ID: contact }],
    })
    await events()
    await must('crm.deal.delete', { id: deal })
    expect(await events()).toEqual([
      { event: 'ONCRMACTIVITYDELETE', fields: { ID: own } },
      { event: 'ONCRMDEALDELETE', fields: { ID: deal } },
    ])
    expect(await owner(shared)).toEqual([3, contact])
    await must('crm.contact.delete', { id: contact })
    expect(await ids({ '@ID': [own, shared] })).toEqual([])
  })

  it('is nobody any more to the calls that it was on', async () => {
    const [deal, contact] = [await add('deal'), await add('contact', { NAME: 'Ann' })]
    const id = await callWith(2, deal, { COMMUNICATIONS: [{ VALUE: '+4930', ENTITY_TYPE_ID: 3, ENTITY_ID: contact }] })
    await must('crm.contact.delete', { id: contact })
    const [row] = await must<{ COMMUNICATIONS: object[] }[]>('crm.activity.list', {
      filter: { ID: id },
      select: ['COMMUNICATIONS'],
    })
    expect(row?.COMMUNICATIONS).toMatchObject([{ VALUE: '+4930', ENTITY_ID: '0', ENTITY_SETTINGS: [] }])
  })

  it('hands its activities over in a merger, once each', async () => {
    const [main, twin] = [await add('contact', { NAME: 'Ann' }), await add('contact', { NAME: 'Ann' })]
    const own = await todo(3, twin)
    const both = await todo(3, twin)
    await must('crm.activity.binding.add', { activityId: both, entityTypeId: 3, entityId: main })
    await must('crm.entity.mergeBatch', { params: { entityTypeId: 3, entityIds: [main, twin] } })
    for (const id of [own, both]) {
      expect(await bindings(id)).toEqual([{ entityTypeId: 3, entityId: main }])
      expect(await owner(id)).toEqual([3, main])
    }
  })
})

describe('a record that reaches its last stage', () => {
  it('completes the activities that wait for that, and no others', async () => {
    const deal = await add('deal')
    const waiting = await callWith(2, deal, { AUTOCOMPLETE_RULE: 1 })
    const manual = await callWith(2, deal)
    await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'PREPARATION' } })
    expect(await get(waiting)).toMatchObject({ COMPLETED: 'N' })
    await events()
    await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'WON' } })
    expect(await get(waiting)).toMatchObject({ COMPLETED: 'Y', STATUS: '3' })
    expect(await get(manual)).toMatchObject({ COMPLETED: 'N', STATUS: '1' })
    expect((await events()).map(({ event }) => event)).toEqual(['ONCRMDEALUPDATE', 'ONCRMACTIVITYUPDATE'])
  })
})
