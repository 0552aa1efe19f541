import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type CallFault, startPortal } from '../../src/testing/index.ts'

interface Seen {
  readonly status: number | undefined
  readonly location: string | undefined
  readonly server: string | undefined
  readonly body: string
  /** Why there is no whole answer. */
  readonly failed: string | undefined
}

const portal = await startPortal({ clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' } })
afterAll(() => portal.close())
beforeEach(() => portal.reset())

/** A request as it goes over a socket. @param patience milliseconds after which whoever asks leaves */
function send(url: string, body: object = {}, patience?: number): Promise<Seen> {
  return new Promise((resolve) => {
    let text = ''
    const seen: { status?: number; location?: string; server?: string } = {}
    const end = (failed?: string): void =>
      resolve({ status: seen.status, location: seen.location, server: seen.server, body: text, failed })
    const options = {
      method: 'POST',
      agent: false as const,
      headers: { 'content-type': 'application/json' },
      ...(patience === undefined ? {} : { timeout: patience }),
    }
    const asked = url.startsWith('https:')
      ? httpsRequest(url, { ...options, ca: portal.ca }, answered)
      : httpRequest(url, options, answered)
    function answered(incoming: Parameters<NonNullable<Parameters<typeof httpRequest>[2]>>[0]): void {
      const { statusCode, headers } = incoming
      Object.assign(seen, { status: statusCode, location: headers.location, server: headers.server })
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => (text += chunk))
      incoming.on('end', () => end())
      incoming.on('error', (cause: NodeJS.ErrnoException) => end(cause.code))
    }
    asked.on('timeout', () => asked.destroy(new Error('left')))
    asked.on('error', (cause: NodeJS.ErrnoException) => end(cause.code ?? cause.message))
    asked.end(JSON.stringify(body))
  })
}

const fields = { TITLE: 'A lead' }
const count = async (): Promise<number | undefined> => (await portal.ask('crm.lead.list')).total

describe.each([
  ['HTTP', portal.webhookHttp],
  ['HTTPS', portal.webhook],
])('over %s', (_scheme, hook) => {
  const add = (patience?: number): Promise<Seen> => send(`${hook}crm.lead.add`, { fields }, patience)

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection is reset %s the commit', async (when, written) => {
    await portal.fault({ methods: 'crm.lead.add', reset: true, when, times: 1 })
    expect(await add()).toMatchObject({ status: undefined, failed: 'ECONNRESET' })
    expect(await count()).toBe(written)
    expect(await add()).toMatchObject({ status: 200, failed: undefined })
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('an answer never comes, %s the commit', async (when, written) => {
    await portal.fault({ methods: 'crm.lead.add', timeout: true, when, times: 1 })
    expect(await add(200)).toMatchObject({ status: undefined, failed: 'left' })
    expect(await count()).toBe(written)
  })

  it('an answer ends in its middle, and what it tells of is there', async () => {
    await portal.fault({ methods: 'crm.lead.add', cut: true, times: 1 })
    const cut = await add()
    expect(cut).toMatchObject({ status: 200, failed: 'ECONNRESET' })
    const whole = await add()
    expect(cut.body).toMatch(/^\{"result":1/)
    expect(cut.body.length).toBe(Math.floor(whole.body.length / 2))
    expect(await count()).toBe(2)
  })

  it.each([
    [502, '502 Bad Gateway'],
    [503, '503 Service Temporarily Unavailable'],
    [504, '504 Gateway Time-out'],
  ] as const)('a gateway answers %i with a page', async (garbage, title) => {
    await portal.fault({ methods: 'crm.lead.add', garbage, when: 'after', times: 1 })
    const answer = await add()
    expect(answer).toMatchObject({ status: garbage, server: 'nginx' })
    expect(answer.body).toContain(`<center><h1>${title}</h1></center>`)
    expect(await count()).toBe(1)
    await portal.fault({ methods: 'crm.lead.add', garbage, times: 1 })
    expect((await add()).status).toBe(garbage)
    expect(await count()).toBe(1)
  })

  it('a portal that has moved leads to the same path elsewhere, until that is cleared', async () => {
    const { id } = await portal.fault({ redirect: 'https://new.example/' })
    const path = new URL(hook).pathname
    for (let n = 0; n < 2; n++) {
      const moved = await send(`${hook}crm.lead.get?id=1`)
      expect(moved).toMatchObject({ status: 302, location: `https://new.example${path}crm.lead.get?id=1` })
      expect(() => JSON.parse(moved.body) as unknown).toThrow(SyntaxError)
    }
    await portal.clearFaults(id)
    expect((await add()).status).toBe(200)
  })
})

describe('slow answers', () => {
  const took = async (fault: CallFault): Promise<{ seconds: number; status: number | undefined }> => {
    await portal.fault({ ...fault, times: 1 })
    const begun = performance.now()
    const { status } = await send(`${portal.webhookHttp}crm.lead.add`, { fields })
    return { seconds: (performance.now() - begun) / 1000, status }
  }

  it('take real time under a clock that stands still', async () => {
    for (const when of ['before', 'after'] as const) {
      const { seconds, status } = await took({ delay: 0.2, when })
      expect(status).toBe(200)
      // Node rounds its timers down to a millisecond.
      expect(seconds).toBeGreaterThan(0.198)
    }
    expect(await portal.clock()).toMatchObject({ iso: '2026-03-01T09:00:00.000Z' })
  })

  it('come before an error, too', async () => {
    const { seconds, status } = await took({ delay: 0.2, error: 'INTERNAL_SERVER_ERROR' })
    expect([status, seconds > 0.198]).toEqual([500, true])
  })

  it('have run or not when the client leaves', async () => {
    await portal.fault({ delay: 0.5, when: 'after', times: 1 })
    expect((await send(`${portal.webhookHttp}crm.lead.add`, { fields }, 250)).failed).toBe('left')
    expect(await count()).toBe(1)
    await portal.fault({ delay: 60, times: 1 })
    expect((await send(`${portal.webhookHttp}crm.lead.add`, { fields }, 100)).failed).toBe('left')
    expect(await count()).toBe(1)
  })

  it('do not outlive a reset: what has waited is never done', async () => {
    await portal.fault({ methods: 'crm.lead.add', delay: 60 })
    const waiting = send(`${portal.webhookHttp}crm.lead.add`, { fields })
    await struck()
    await portal.reset()
    expect(await waiting).toMatchObject({ status: 500 })
    expect(await count()).toBe(0)
    await portal.fault({ methods: 'crm.lead.add', timeout: true })
    const held = send(`${portal.webhookHttp}crm.lead.add`, { fields })
    await struck()
    await portal.reset()
    expect((await held).failed).toBe('ECONNRESET')
  })

  it('end by the limit of a duration, as those of the cloud do', async () => {
    await portal.limits({ duration: 0.2 })
    const { status } = await took({ delay: 2 })
    expect(status).toBe(504)
    expect(await count()).toBe(0)
  })

  async function struck(): Promise<void> {
    while ((await portal.faults())[0]?.struck !== 1) await new Promise((done) => setTimeout(done, 5))
  }
})

describe('a portal with held connections', () => {
  it('closes all the same', async () => {
    const own = await startPortal({ https: false })
    await own.fault({ methods: 'server.time', timeout: true })
    await own.fault({ methods: 'crm.lead.list', delay: 60 })
    const waiting = [send(`${own.webhookHttp}server.time`), send(`${own.webhookHttp}crm.lead.list`)]
    while ((await own.faults()).some(({ struck }) => struck === 0)) await new Promise((done) => setTimeout(done, 5))
    await own.close()
    for (const { failed } of await Promise.all(waiting)) expect(failed).toBe('ECONNRESET')
  })
})
