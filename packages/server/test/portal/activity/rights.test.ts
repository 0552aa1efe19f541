import { afterEach, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, callWith, todo, list, ids, rights } = activityTools(portal)
const person = await portal.person()
const as = { as: person.hook }

afterEach(() => rights('all'))

describe('whoever may read and change only their own records', () => {
  it('reads and changes the activities of those, and no others', async () => {
    const [own, foreign] = [await add('deal', { ASSIGNED_BY_ID: person.id }), await add('deal')]
    const [mine, theirs] = [await todo(2, own), await todo(2, foreign)]
    await rights('own')
    expect(await ids({}, as)).toEqual([mine])
    expect((await portal.call('crm.activity.list', { filter: { ID: [mine, theirs] } }, as)).body.total).toBe(1)
    expect((await portal.call('crm.activity.get', { id: mine }, as)).status).toBe(200)
    const before = await portal.census()
    const place = { ownerTypeId: 2, ownerId: foreign, entityTypeId: 2, entityId: foreign, deadline: '2026-06-01' }
    for (const [method, params] of [
      ['get', {}],
      ['update', { fields: { COMPLETED: 'Y' } }],
      ['delete', {}],
      ['todo.add', place],
      ['todo.update', place],
      ['todo.updateColor', { ...place, colorId: '1' }],
      ['binding.add', { activityId: theirs, entityTypeId: 2, entityId: own }],
      ['binding.add', { activityId: mine, entityTypeId: 2, entityId: foreign }],
      ['binding.list', { activityId: theirs }],
      [
        'add',
        {
          fields: {
            OWNER_TYPE_ID: 2,
            OWNER_ID: foreign,
            TYPE_ID: 2,
            SUBJECT: 'x',
            COMMUNICATIONS: [{ VALUE: '1' }],
            FILES: [{ fileData: ['a.txt', 'YWJj'] }],
          },
        },
      ],
    ] as const) {
      const { status, body } = await portal.call(`crm.activity.${method}`, { id: theirs, ...params }, as)
      expect([method, status, ['', 'ACCESS_DENIED'].includes(String(body.error))]).toEqual([method, 400, true])
    }
    expect(await portal.call('crm.activity.call.getTranscript', { activityId: theirs }, as)).toMatchObject({
      status: 403,
      body: { error: 'ACCESS_DENIED' },
    })
    expect(await portal.census()).toEqual(before)
  })

  it('sees an activity at one of its records, but not the other records that it is at', async () => {
    const [own, foreign] = [await add('deal', { ASSIGNED_BY_ID: person.id }), await add('contact', { NAME: 'Secret' })]
    const id = await callWith(2, own, { COMMUNICATIONS: [{ VALUE: '1', ENTITY_TYPE_ID: 3, ENTITY_ID: foreign }] })
    await rights('own')
    const [row] = await list({ ID: id }, { select: ['BINDINGS', 'COMMUNICATIONS'] }, as)
    expect(row).toMatchObject({
      BINDINGS: [{ OWNER_TYPE_ID: '2', OWNER_ID: String(own) }],
      COMMUNICATIONS: [{ ENTITY_ID: String(foreign), ENTITY_SETTINGS: [] }],
    })
    expect(await must('crm.activity.binding.list', { activityId: id }, as)).toEqual([
      { entityTypeId: 2, entityId: own },
    ])
  })

  it('puts no activity into the timeline of a client that is not theirs', async () => {
    const [own, foreign] = [await add('deal', { ASSIGNED_BY_ID: person.id }), await add('contact', { NAME: 'Secret' })]
    await rights('own')
    const COMMUNICATIONS = [{ VALUE: '1', ENTITY_TYPE_ID: 3, ENTITY_ID: foreign }]
    const fields = { OWNER_TYPE_ID: 2, OWNER_ID: own, TYPE_ID: 2, SUBJECT: 'x', COMMUNICATIONS }
    const id = await must('crm.activity.add', { fields }, as)
    expect(await must('crm.activity.binding.list', { activityId: id })).toEqual([{ entityTypeId: 2, entityId: own }])
  })
})

describe('whoever has no rights', () => {
  it('finds nothing and is refused', async () => {
    const id = await todo(2, await add('deal'))
    await rights('none')
    expect(await ids({}, as)).toEqual([])
    expect(await portal.call('crm.activity.get', { id }, as)).toMatchObject(refused('', 'Access denied.'))
  })
})
