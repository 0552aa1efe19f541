import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { cloning } from '../../support/cloning.ts'
import { comparePortals } from '../../support/compare-portals.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const { hook } = await listening(source)
await fillVaried(source)

/** The network, until so many requests have been answered: then the run is interrupted. */
function interruptedAfter(requests: number): { signal: AbortSignal; fetch: typeof fetch } {
  const controller = new AbortController()
  let left = requests
  return {
    signal: controller.signal,
    fetch: async (...given) => {
      if (left-- <= 0) controller.abort(new Error('interrupted'))
      return fetch(...given)
    },
  }
}

describe('a portal that is cloned into an empty one', async () => {
  const target = await testPortal()

  it('answers as the other one does, with the same ids', async () => {
    const report = await cloning(hook, target)
    expect(report.steps.filter(({ refused }) => refused !== null)).toEqual([])
    expect(await comparePortals(source, target)).toEqual([])
    expect(report).toMatchObject({ keepsIds: true, resumed: false, left: 0, refused: 0 })
    for (const { step, total, rows } of report.steps.filter(({ step }) => /^(leads|deals|contacts|items)$/.test(step)))
      expect([step, rows]).toEqual([step, total])
  })

  it('has the fields, modes and mappings of the other one', async () => {
    for (const [method, params] of [
      ['crm.settings.mode.get', {}],
      ['crm.currency.base.get', {}],
      ['crm.lead.fields', {}],
      ['crm.deal.fields', {}],
      ['crm.item.fields', { entityTypeId: 3 }],
      ['crm.status.entity.types', {}],
      ['userfieldconfig.list', { moduleId: 'crm', select: ['*'] }],
    ] as const)
      expect([method, (await target.call(method, params)).body.result]).toEqual([
        method,
        (await source.call(method, params)).body.result,
      ])
  })

  it('lets nobody in who was not in before', async () => {
    const people = await target.portal.store
      .session()
      .find<{ id: number; password: string | null }>(sql`select id, password from portal_user order by id`)
    expect(people.length).toBeGreaterThan(1)
    expect(people.filter(({ password }) => password !== null).map(({ id }) => id)).toEqual([1])
  })

  it('changes nothing when it is done again', async () => {
    const before = await target.census()
    const report = await cloning(hook, target)
    expect(report.steps.filter(({ made, changed, removed }) => made + changed + removed > 0)).toEqual([])
    expect(await target.census()).toEqual(before)
  })

  it('goes on numbering behind what has come', async () => {
    const { body } = await source.call('crm.lead.list', { order: { ID: 'DESC' }, select: ['ID'] })
    const added = await target.call('crm.lead.add', { fields: { TITLE: 'New here' } })
    expect(added.body.result).toBeGreaterThan(Number(body.result[0].ID))
    await target.call('crm.lead.delete', { id: added.body.result })
  })
})

describe('a clone that is interrupted again and again', async () => {
  const target = await testPortal()

  it('goes on where it was, and comes to the same end', { timeout: 60_000 }, async () => {
    let runs = 0
    for (let requests = 3; ; requests += 4, runs++) {
      try {
        const report = await cloning(hook, target, interruptedAfter(requests))
        expect(report).toMatchObject({ resumed: true, left: 0, refused: 0 })
        // Rows are counted over all the runs that it took.
        for (const { step, total, rows } of report.steps.filter(({ step }) => /^(leads|deals|contacts)$/.test(step)))
          expect([step, rows]).toEqual([step, total])
        break
      } catch (cause) {
        if (!(cause instanceof Error && /interrupted/.test(cause.message))) throw cause
      }
    }
    expect(runs).toBeGreaterThan(4)
    expect(await comparePortals(source, target)).toEqual([])
  })
})
