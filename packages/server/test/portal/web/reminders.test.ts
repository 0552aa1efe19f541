import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { activityTools } from '../activity/tools.ts'

const START = 1_780_000_000
const portal = await testPortal({ at: START })
const { must, add, todo, rights } = activityTools(portal)
const other = await portal.person()

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
interface Reminder {
  readonly activityId: number
  readonly title: string
  readonly deadline: string
  readonly entityTypeId: number
  readonly id: number
}
const due = async (since: number, options = {}): Promise<Reminder[]> =>
  (await must<{ reminders: Reminder[] }>('portico.reminder.list', { since: iso(since) }, options)).reminders

describe('portico.reminder.list', () => {
  it('tells once of each reminder, whom it is for, until it is done', async () => {
    const deal = await add('deal', { ASSIGNED_BY_ID: 1 })
    const deadline = START + 3_600
    const id = await todo(2, deal, {
      title: 'Call',
      deadline: iso(deadline),
      pingOffsets: [0, 15],
      responsibleId: other.id,
    })
    const as = { as: other.hook }
    const at = (seconds: number): void => void (portal.clock.at = seconds)
    expect(await due(START - 60, as)).toEqual([])
    at(deadline - 15 * 60)
    expect(await due(START, as)).toMatchObject([{ activityId: id, title: 'Call', entityTypeId: 2, id: deal }])
    expect(await due(START)).toEqual([])
    const { now } = await must<{ now: string }>('portico.reminder.list', { since: iso(START) }, as)
    at(deadline - 60)
    expect(await must('portico.reminder.list', { since: now }, as)).toMatchObject({ reminders: [] })
    at(deadline + 5)
    // At the deadline itself: it has come since then.
    expect(await due(deadline - 60, as)).toMatchObject([{ activityId: id }])
    await rights('own')
    expect(await due(deadline - 60, as)).toEqual([])
    await rights('all')
    await must('crm.activity.update', { id, fields: { COMPLETED: 'Y' } })
    expect(await due(deadline - 60, as)).toEqual([])
  })

  it('needs to know since when', async () => {
    expect((await portal.call('portico.reminder.list', { since: 'then' })).body.error).toBe('INVALID_ARG_VALUE')
  })
})
