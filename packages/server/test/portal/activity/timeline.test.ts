import { afterEach, describe, expect, it } from 'vitest'
import { type Timeline, timelineOf } from '../../../src/modules/crm/timeline/read.ts'
import type { Sort } from '../../../src/modules/crm/timeline/sources.ts'
import { testPortal } from '../../support/portal.ts'
import { readerOf, refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const START = 1_780_000_000
const portal = await testPortal({ at: START })
const { must, add, callWith, todo, comment, rights } = activityTools(portal)
const other = await portal.person()
const second = () => (portal.clock.at = (portal.clock.at ?? START) + 1)

afterEach(() => rights('all'))

const read = async (
  entityTypeId: number,
  id: number,
  more: { before?: string; limit?: number; only?: readonly Sort[] } = {},
  person?: number,
): Promise<Timeline> => timelineOf(await readerOf(portal, person), { entityTypeId, id, limit: 50, ...more })
const activitiesIn = ({ planned, entries }: Pick<Timeline, 'planned' | 'entries'>): number[] =>
  [...planned, ...entries].filter(({ source }) => source === 'activity').map(({ id }) => id)

describe('activities in a timeline', () => {
  it('stand above while they are planned, the most urgent first, and among the other entries when they were done', async () => {
    const deal = await add('deal')
    second()
    const call = await callWith(2, deal, { START_TIME: '2026-05-29T10:00:00+02:00', RESPONSIBLE_ID: other.id })
    const later = await todo(2, deal, { deadline: '2026-07-01T12:00:00+02:00', title: 'Later' })
    const sooner = await todo(2, deal, { colorId: '3', pingOffsets: [0, 15] })
    second()
    await comment('deal', deal)
    second()
    await must('crm.activity.update', { id: call, fields: { COMPLETED: 'Y' } })
    const { planned, entries } = await read(2, deal)
    expect(planned.map(({ id }) => id)).toEqual([sooner, later])
    expect(planned[0]).toMatchObject({
      data: { providerId: 'CRM_TODO', completed: 'N', settings: { COLOR: '3' }, pingOffsets: [0, 15] },
    })
    expect(entries.map(({ kind }) => kind)).toEqual(['activity', 'comment', 'created'])
    expect(entries[0]).toMatchObject({
      source: 'activity',
      id: call,
      time: portal.clock.at,
      authorId: 1,
      data: {
        subject: 'A call',
        typeId: 2,
        providerId: 'VOXIMPLANT_CALL',
        deadline: '2026-05-29T10:00:00+02:00',
        completed: 'Y',
        responsibleId: other.id,
        communications: [{ type: 'PHONE', value: '+4930', entityTypeId: 2, entityId: deal }],
      },
    })
    // Open again, it is planned again.
    await must('crm.activity.update', { id: call, fields: { COMPLETED: 'N' } })
    expect((await read(2, deal)).planned.map(({ id }) => id)).toContain(call)
  })

  it('are found by what they are', async () => {
    const deal = await add('deal')
    const call = await callWith(2, deal, { COMPLETED: 'Y' })
    const done = await todo(2, deal)
    await must('crm.activity.update', { id: done, fields: { COMPLETED: 'Y' } })
    const said = await comment('deal', deal)
    const only = async (...sorts: Sort[]): Promise<number[]> =>
      (await read(2, deal, { only: sorts })).entries.map(({ id }) => id)
    expect(await only('call')).toEqual([call])
    expect(await only('todo')).toEqual([done])
    expect((await only('todo', 'call')).sort()).toEqual([call, done].sort())
    expect(await only('email', 'meeting', 'activity', 'log')).toEqual([])
    expect(await only('comment')).toEqual([said])
    expect((await read(2, deal, { only: ['change'] })).entries.map(({ kind }) => kind)).toEqual(['created'])
  })

  it('stand in the timeline of each record that they are bound to', async () => {
    const [deal, company] = [await add('deal'), await add('company')]
    const activityId = await callWith(2, deal)
    expect(activitiesIn(await read(4, company))).toEqual([])
    await must('crm.activity.binding.add', { activityId, entityTypeId: 4, entityId: company })
    expect(activitiesIn(await read(4, company))).toEqual([activityId])
    await must('crm.activity.binding.delete', { activityId, entityTypeId: 2, entityId: deal })
    expect(activitiesIn(await read(2, deal))).toEqual([])
  })

  it('are the same read at once or page by page, also within one second', async () => {
    const lead = await add('lead')
    for (let n = 0; n < 6; n++) {
      await callWith(1, lead, { COMPLETED: 'Y' })
      if (n % 2 === 0) await comment('lead', lead)
      if (n === 2) second()
    }
    const whole = (await read(1, lead)).entries
    expect(activitiesIn({ planned: [], entries: whole })).toHaveLength(6)
    for (const limit of [1, 3]) {
      const paged: Timeline['entries'][number][] = []
      let before: string | undefined
      do {
        const page = await read(1, lead, { limit, ...(before === undefined ? {} : { before }) })
        paged.push(...page.entries)
        before = page.next
      } while (before !== undefined)
      expect(paged).toEqual(whole)
    }
  })

  it('are for those who may read the record', async () => {
    const lead = await add('lead', { ASSIGNED_BY_ID: 1 })
    const call = await callWith(1, lead)
    expect(activitiesIn(await read(1, lead, {}, other.id))).toEqual([call])
    await rights('own')
    await expect(read(1, lead, {}, other.id)).rejects.toMatchObject({ reason: { why: 'access-denied' } })
  })
})

describe('a note on an activity', () => {
  it('is kept, shown with it, and goes with it', async () => {
    const ownerId = await add('deal')
    const itemId = await callWith(2, ownerId)
    const of = { ownerTypeId: 2, ownerId, itemType: 2, itemId }
    expect(await must('crm.timeline.note.save', { ...of, text: 'Ask for the date' })).toBe(true)
    expect(await must('crm.timeline.note.get', of)).toMatchObject({ text: 'Ask for the date', createdById: 1 })
    expect((await read(2, ownerId)).planned[0]).toMatchObject({ id: itemId, note: 'Ask for the date' })
    // The comment of the same number has none.
    expect(await portal.call('crm.timeline.note.get', { ...of, itemType: 1 })).toMatchObject(
      refused('NOT_FOUND', 'Element not found'),
    )
    expect(await must('crm.timeline.note.delete', of)).toBe(true)
    expect((await read(2, ownerId)).planned[0]).not.toHaveProperty('note')
    await must('crm.timeline.note.save', { ...of, text: 'Again' })
    await must('crm.activity.delete', { id: itemId })
    expect((await portal.census()).crm_timeline_note).toBe(0)
  })

  it('is only for those of the record named', async () => {
    const [one, two] = [await add('deal'), await add('deal')]
    const itemId = await callWith(2, one)
    const of = { ownerTypeId: 2, ownerId: two, itemType: 2, itemId, text: 'Elsewhere' }
    const before = await portal.census()
    expect(await portal.call('crm.timeline.note.save', of)).toMatchObject(refused('NOT_FOUND', 'Element not found'))
    expect(await portal.census()).toEqual(before)
  })
})
