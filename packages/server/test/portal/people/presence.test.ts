import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const START = 1_721_722_262
const portal = await testPortal({ at: START, timezone: 'Europe/Moscow' })
const ann = await portal.person({ department: [1] })
const bob = await portal.person({ department: [1] })

const row = async (id: number) => (await portal.call('user.get', { ID: id })).body.result[0]
const activity = async (id: number): Promise<number | null> => {
  const [found] = await portal.portal.store
    .session()
    .find<{ last_activity: number | null }>(sql`select last_activity from portal_user where id = ${id}`)
  return found?.last_activity ?? null
}

it('shows whoever calls as online, and nobody who never did', async () => {
  const { result } = (await portal.call('user.current', {}, { as: ann.hook })).body
  expect(result).toMatchObject({ IS_ONLINE: 'Y', LAST_ACTIVITY_DATE: '2024-07-23 11:11:02' })
  expect(await row(bob.id)).toMatchObject({ IS_ONLINE: 'N', LAST_ACTIVITY_DATE: '' })
})

it('writes it once in two minutes, whatever is called meanwhile', async () => {
  portal.clock.at = START + 119
  for (const method of ['user.current', 'crm.lead.list', 'no.such.method'])
    await portal.call(method, {}, { as: ann.hook })
  expect(await activity(ann.id)).toBe(START)
  portal.clock.at = START + 120
  await portal.call('user.current', {}, { as: ann.hook })
  expect(await activity(ann.id)).toBe(START + 120)
})

it('keeps whoever works without a pause online all the time', async () => {
  for (let second = 120; second <= 600; second += 59) {
    portal.clock.at = START + second
    await portal.call('server.time', {}, { as: ann.hook })
    expect(await row(ann.id)).toMatchObject({ IS_ONLINE: 'Y' })
  }
  portal.clock.at = (portal.clock.at ?? 0) + 180
  expect(await row(ann.id)).toMatchObject({ IS_ONLINE: 'N' })
})

it('is written when the call itself is refused, and not for who may not call', async () => {
  portal.clock.at = START + 10_000
  expect((await portal.call('crm.lead.get', { id: 999 }, { as: bob.hook })).status).toBe(400)
  expect(await activity(bob.id)).toBe(START + 10_000)
  const gone = await portal.person({ active: false })
  expect((await portal.call('user.current', {}, { as: gone.hook })).status).toBe(401)
  expect(await activity(gone.id)).toBeNull()
})

it('leaves no trace beside the moment: neither TIMESTAMP_X nor history', async () => {
  const before = await portal.census()
  const { TIMESTAMP_X } = await row(bob.id)
  portal.clock.at = START + 20_000
  await portal.call('user.current', {}, { as: bob.hook })
  expect((await row(bob.id)).TIMESTAMP_X).toBe(TIMESTAMP_X)
  expect(await portal.census()).toEqual(before)
})
