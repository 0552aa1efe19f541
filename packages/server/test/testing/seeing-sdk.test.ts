import { B24Hook } from '@bitrix24/b24jssdk'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'

// The official SDK as it comes from npm: what it sends is seen, and what it does well is not complained of.
describe('a portal for tests that b24jssdk works with', async () => {
  const portal = await startPortal()
  portal.trust()
  process.env.NO_PROXY = '*'
  const b24 = B24Hook.fromWebhookUrl(portal.webhook.replace(/\/$/, ''))
  b24.offClientSideWarning()
  afterAll(async () => {
    b24.destroy()
    await portal.close()
  })
  beforeEach(() => portal.reset())

  it('sees calls and the commands of batches, with what was sent and by which program', async () => {
    await b24.actions.v2.call.make({
      method: 'crm.item.add',
      params: { entityTypeId: 1, fields: { title: 'By the SDK' } },
    })
    await b24.actions.v2.batch.make({
      calls: [
        ['crm.item.get', { entityTypeId: 1, id: 1 }],
        ['crm.item.list', { entityTypeId: 1, select: ['id', 'title'] }],
      ],
      options: { isHaltOnError: true, returnAjaxResult: false },
    })
    expect((await portal.calls()).map(({ method, isNested }) => [method, isNested])).toEqual([
      ['crm.item.add', false],
      ['batch', false],
      ['crm.item.get', true],
      ['crm.item.list', true],
    ])
    expect(await portal.lastCall('crm.item.add')).toMatchObject({
      parameters: { entityTypeId: 1, fields: { title: 'By the SDK' } },
      error: null,
      verb: 'POST',
      userAgent: expect.stringMatching(/\S/),
    })
    expect(await portal.warnings()).toEqual([])
  })

  it('has nothing against its way through large lists', async () => {
    for (let from = 0; from < 1_100; from += 50)
      await portal.call('batch', {
        cmd: Array.from({ length: 50 }, (_, n) => `crm.item.add?entityTypeId=1&fields[title]=lead ${from + n}`),
      })
    let read = 0
    for await (const part of b24.actions.v2.fetchList.make<{ id: number }>({
      method: 'crm.item.list',
      params: { entityTypeId: 1, select: ['id', 'title'] },
      idKey: 'id',
      customKeyForResult: 'items',
    }))
      read += part.length
    expect(read).toBe(1_100)
    expect((await portal.calls({ isOwn: false })).length).toBeGreaterThan(20)
    expect(await portal.warnings()).toEqual([])
  })
})
