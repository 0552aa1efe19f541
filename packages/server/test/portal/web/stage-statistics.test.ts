import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { rightsIn } from '../rights/tools.ts'

interface Statistics {
  total: number
  won: number
  lost: number
  stages: {
    stageId: string
    reached: number | null
    lostAfter: number | null
    entered: number
    left: number
    averageSeconds: number | null
    medianSeconds: number | null
  }[]
}

describe('portico.stage.statistics', async () => {
  const portal = await testPortal()
  const { nobodyMayAnything, role, must } = rightsIn(portal)
  const start = Date.parse('2026-03-02T09:00:00Z') / 1000
  const HOUR = 3600
  const statistics = async (parameters: object, as?: string): Promise<Statistics> =>
    (await must('portico.stage.statistics', { entityTypeId: 1, ...parameters }, as)).result as Statistics
  const stage = (found: Statistics, id: string): Partial<Statistics['stages'][number]> => {
    const { stageId: _id, ...rest } = found.stages.find(({ stageId }) => stageId === id) ?? { stageId: '' }
    return rest
  }

  /** A lead that comes into stages at so many hours after the start. */
  async function history(title: string, steps: readonly (readonly [hour: number, stageId: string])[], more = {}) {
    let id = 0
    for (const [hour, stageId] of steps) {
      portal.clock.at = start + hour * HOUR
      if (id === 0)
        id = (await must('crm.item.add', { entityTypeId: 1, fields: { title, stageId, ...more } })).result.item.id
      else await must('crm.item.update', { entityTypeId: 1, id, fields: { stageId } })
    }
    return id
  }

  it('tells what a history worked out by hand tells', async () => {
    await history('quick', [
      [0, 'NEW'],
      [1, 'IN_PROCESS'],
      [4, 'CONVERTED'],
    ])
    // Jumps over a stage.
    await history('jump', [
      [0, 'NEW'],
      [3, 'PROCESSED'],
    ])
    // Comes back, and is lost in the end.
    await history('back', [
      [0, 'NEW'],
      [8, 'IN_PROCESS'],
      [9, 'NEW'],
      [20, 'JUNK'],
    ])
    await history('still', [[0, 'NEW']])
    const found = await statistics({})
    expect(found).toMatchObject({ total: 4, won: 1, lost: 1 })
    // Left after 1, 3, 8 and 11 hours.
    expect(stage(found, 'NEW')).toMatchObject({
      reached: 4,
      lostAfter: 0,
      entered: 4,
      left: 4,
      averageSeconds: 5.75 * HOUR,
      medianSeconds: 5.5 * HOUR,
    })
    expect(stage(found, 'IN_PROCESS')).toMatchObject({
      reached: 3,
      lostAfter: 1,
      entered: 2,
      left: 2,
      averageSeconds: 2 * HOUR,
      medianSeconds: 2 * HOUR,
    })
    expect(stage(found, 'PROCESSED')).toMatchObject({ reached: 2, entered: 1, left: 0, averageSeconds: null })
    expect(stage(found, 'CONVERTED')).toMatchObject({ reached: 1, entered: 1, left: 0, medianSeconds: null })
    expect(stage(found, 'JUNK')).toMatchObject({ reached: null, entered: 1, left: 0 })
  })

  it('takes the filter of crm.item.list', async () => {
    const found = await statistics({ filter: { '@title': ['quick', 'still'] } })
    expect(found).toMatchObject({ total: 2, won: 1, lost: 0 })
    expect(stage(found, 'NEW')).toMatchObject({ reached: 2, left: 1, medianSeconds: HOUR })
  })

  it('keeps pipelines apart', async () => {
    portal.clock.at = start
    const { id } = (await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Second' } })).result.category
    const deal = (await must('crm.item.add', { entityTypeId: 2, fields: { title: 'moves', stageId: 'NEW' } })).result
      .item
    portal.clock.at = start + HOUR
    const stageId = `C${id}:NEW`
    await must('crm.item.update', { entityTypeId: 2, id: deal.id, fields: { categoryId: id, stageId } })
    const first = await statistics({ entityTypeId: 2 })
    expect(first.total).toBe(0)
    const second = await statistics({ entityTypeId: 2, categoryId: id })
    expect(second.total).toBe(1)
    expect(stage(second, stageId)).toMatchObject({ reached: 1, entered: 1, left: 0 })
    expect((await portal.call('portico.stage.statistics', { entityTypeId: 2, categoryId: 999 })).body.error).toBe(
      'INVALID_ARG_VALUE',
    )
    expect((await portal.call('portico.stage.statistics', { entityTypeId: 3 })).body.error).toBe('INVALID_ARG_VALUE')
  })

  it('tells nobody of records that they may not read', async () => {
    const { id, hook } = await portal.person()
    await nobodyMayAnything()
    expect((await portal.call('portico.stage.statistics', { entityTypeId: 1 }, { as: hook })).body.error).toBe(
      'ACCESS_DENIED',
    )
    await role([`U${id}`], [{ entity: 'lead', action: 'read', level: 'own' }])
    await history('own', [[0, 'NEW']], { assignedById: id })
    const found = await statistics({}, hook)
    expect(found).toMatchObject({ total: 1, won: 0, lost: 0 })
    expect(stage(found, 'NEW')).toMatchObject({ reached: 1, entered: 1, left: 0 })
  })
})
