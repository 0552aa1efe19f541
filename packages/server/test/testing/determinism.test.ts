import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startPortal, type StartOptions, type TestPortal } from '../../src/testing/index.ts'
import { database } from '../support/portal.ts'

const start: StartOptions = {
  https: false,
  randomSeed: 'a scenario',
  clock: { mode: 'stepping', at: '2026-03-01T09:00:00Z', step: 3 },
}

/** Everything that a client can see of an answer, but for what HTTP itself says of the moment and of its speed. */
async function seen(url: string, parameters: object, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(parameters),
  })
  const told = [...answer.headers].filter(([name]) => !['date', 'server-timing'].includes(name))
  return `${answer.status} ${JSON.stringify(told)} ${await answer.text()}`
}

/** A day in the life of a portal, as its client sees it. */
async function scenario(portal: TestPortal): Promise<string[]> {
  const lines: string[] = []
  // Addresses differ from run to run: they are chosen by the system.
  const plain = (text: string): string => text.replaceAll(new URL(portal.url).host, 'HOST')
  const call = async (method: string, parameters: object = {}): Promise<void> => {
    lines.push(plain(await seen(`${portal.webhookHttp}${method}`, parameters)))
  }
  await call('userfieldconfig.add', {
    moduleId: 'crm',
    field: {
      entityId: 'CRM_DEAL',
      fieldName: 'UF_CRM_SIZE',
      userTypeId: 'enumeration',
      enum: [{ value: 'Small' }, { value: 'Large' }],
    },
  })
  await call('crm.contact.add', { fields: { NAME: 'Ada', PHONE: [{ VALUE: '+4930123', VALUE_TYPE: 'WORK' }] } })
  for (let n = 0; n < 5; n++) await call('crm.deal.add', { fields: { TITLE: `Deal ${n}`, CONTACT_IDS: [1] } })
  await call('crm.deal.update', { id: 2, fields: { STAGE_ID: 'WON' } })
  await call('batch', { cmd: { a: 'crm.deal.list?start=0', b: 'crm.deal.get?id=$result[a][0][ID]' } })
  await call('crm.activity.todo.add', {
    ownerTypeId: 2,
    ownerId: 1,
    deadline: '2026-03-02T09:00:00Z',
    title: 'Call them',
  })
  await call('portico.webhook.add', { title: 'Another', scope: ['crm'] })
  await call('portico.app.add', { fields: { TITLE: 'App', SCOPE: ['crm'], HANDLER: 'https://app.example/' } })
  await call('crm.deal.get', { id: 99 })
  await call('no.such.method')
  lines.push(JSON.stringify(await portal.advance(3 * 86_400)))
  await call('portico.timeline.list', { entityTypeId: 2, id: 1 })
  await call('portico.history.list', { entityTypeId: 2, id: 2 })
  await call('server.time')
  return lines
}

describe.skipIf(database !== 'sqlite')('two runs of one scenario', () => {
  it('are equal, byte for byte: in two portals, and in one after a reset', async () => {
    await using first = await startPortal(start)
    await using second = await startPortal(start)
    const [one, two] = [await scenario(first), await scenario(second)]
    expect(two).toEqual(one)
    expect(one.join('\n')).toContain('"date_start":"2026-03-01T')
    // It is a day of work, and no list of refusals.
    expect(one.filter((line) => line.includes('"error"'))).toHaveLength(2)
    await first.reset()
    expect(await scenario(first)).toEqual(one)
  })

  it('differ in what is drawn where another seed is given', async () => {
    await using one = await startPortal(start)
    await using other = await startPortal({ ...start, randomSeed: 'another' })
    expect(one.webhook).not.toBe(other.webhook)
    await using same = await startPortal(start)
    expect(new URL(same.webhook).pathname).toBe(new URL(one.webhook).pathname)
  })
})

describe('the clock of a portal for tests', () => {
  const now = async (portal: TestPortal): Promise<number> => Date.parse(await portal.call<string>('server.time')) / 1000

  it('stands, steps with each request, moves by hand, and goes again', async () => {
    await using portal = await startPortal({ https: false, clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' } })
    const at = Date.parse('2026-03-01T09:00:00Z') / 1000
    expect([await now(portal), await now(portal)]).toEqual([at, at])
    expect((await portal.advance(90)).now).toBe(at + 90)
    expect(await now(portal)).toBe(at + 90)
    expect((await portal.advance({ to: '2026-03-02T00:00:00Z' })).iso).toBe('2026-03-02T00:00:00.000Z')
    await expect(portal.advance({ to: '2026-03-01T00:00:00Z' })).rejects.toThrow('time does not go back')
    await expect(portal.advance({ to: 'soon' })).rejects.toThrow('is no moment')
    await portal.clock({ mode: 'stepping', at: at + 1000, step: 10 })
    expect([await now(portal), await now(portal)]).toEqual([at + 1010, at + 1020])
    await portal.clock('real')
    expect(Math.abs((await now(portal)) - Date.now() / 1000)).toBeLessThan(60)
    await portal.advance(86_400)
    expect((await now(portal)) - Date.now() / 1000).toBeGreaterThan(86_000)
    await portal.reset()
    expect(await now(portal)).toBe(at)
  })

  it('brings recurring deals on their days, each with its own', async () => {
    await using portal = await startPortal({ https: false, clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' } })
    const DEAL_ID = await portal.call<number>('crm.deal.add', { fields: { TITLE: 'Every week' } })
    await portal.call('crm.deal.recurring.add', {
      fields: {
        DEAL_ID,
        CATEGORY_ID: 0,
        IS_LIMIT: 'N',
        START_DATE: '2026-03-02',
        PARAMS: { MODE: 'multiple', MULTIPLE_TYPE: 'week', MULTIPLE_INTERVAL: 1 },
      },
    })
    await portal.advance({ to: '2026-03-31T00:00:00Z' })
    const made = await portal.call<{ DATE_CREATE: string; IS_RECURRING: string }[]>('crm.deal.list', {
      filter: { IS_RECURRING: 'N', '!ID': DEAL_ID },
      order: { ID: 'ASC' },
      select: ['ID', 'DATE_CREATE', 'IS_RECURRING'],
    })
    const days = made.map(({ DATE_CREATE }) => DATE_CREATE.slice(0, 10))
    expect(days.length).toBeGreaterThanOrEqual(4)
    const apart = days.slice(1).map((day, n) => (Date.parse(day) - Date.parse(days[n] ?? '')) / 86_400_000)
    expect(new Set(apart)).toEqual(new Set([7]))
  })

  it('ends access tokens when their hour is over', async () => {
    await using portal = await startPortal({ https: false, clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' } })
    const { accessToken } = await portal.addApp({ scope: 'crm,user_basic' })
    const status = async (): Promise<number> => (await fetch(`${portal.url}/rest/profile?auth=${accessToken}`)).status
    expect(await status()).toBe(200)
    await portal.advance(3_599)
    expect(await status()).toBe(200)
    await portal.advance(2)
    expect(await status()).toBe(401)
  })

  it('lets the windows of the limits follow', async () => {
    await using portal = await startPortal({ https: false, limits: 'standard', clock: { mode: 'fixed' } })
    const statuses = async (count: number): Promise<number[]> => {
      const all: number[] = []
      for (let n = 0; n < count; n++) all.push((await portal.ask('profile')).status)
      return all
    }
    const first = await statuses(55)
    expect(first.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 200))
    expect(first.at(-1)).toBe(503)
    await portal.advance(5)
    expect((await statuses(11)).filter((status) => status === 200)).toHaveLength(10)
  })

  it('holds events back until what is due is done', async () => {
    const heard: string[] = []
    const handler = createServer((request, answer) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        heard.push(new URLSearchParams(body).get('event') ?? '')
        answer.end('ok')
      })
    })
    await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
    const { port } = handler.address() as AddressInfo
    try {
      await using portal = await startPortal({ https: false, clock: { mode: 'fixed' } })
      await portal.call('portico.outbound.add', { url: `http://127.0.0.1:${port}/`, events: ['ONCRMLEADADD'] })
      await portal.call('crm.lead.add', { fields: { TITLE: 'heard' } })
      expect(heard).toEqual([])
      expect(await portal.settle()).toBeGreaterThan(0)
      expect(heard).toEqual(['ONCRMLEADADD'])
    } finally {
      handler.close()
    }
  })
})
