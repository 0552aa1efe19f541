import { request } from 'node:https'
import { afterAll, describe, expect, it } from 'vitest'
import { connectPortal, PortalCallError, startPortal } from '../../src/testing/index.ts'

describe('a portal for tests', async () => {
  const portal = await startPortal({ clock: { mode: 'fixed', at: '2026-03-01T09:00:00Z' } })
  afterAll(() => portal.close())

  it('answers over HTTP and, with the local authority, over HTTPS', async () => {
    expect(await portal.call('crm.lead.add', { fields: { TITLE: 'first' } })).toBe(1)
    const status = await new Promise((resolve, reject) =>
      // Agents of other tests in this process trust others.
      request(`${portal.webhook}crm.lead.get?id=1`, { ca: portal.ca, agent: false }, (answer) =>
        resolve(answer.statusCode),
      )
        .on('error', reject)
        .end(),
    )
    expect(portal.webhook).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/rest\/1\/\w{16}\/$/)
    expect(status).toBe(200)
  })

  it('throws what a method refuses, with the whole answer', async () => {
    const refused = await portal.call('crm.lead.get', { id: 99 }).catch((cause: unknown) => cause)
    expect(refused).toBeInstanceOf(PortalCallError)
    expect((refused as PortalCallError).answer).toMatchObject({
      status: 400,
      error: '',
      error_description: 'Not found',
    })
    expect(await portal.ask('crm.lead.get', { id: 99 })).toMatchObject({ status: 400 })
  })

  it('is steered over HTTP as in the process, by whoever has its key', async () => {
    const { url, key } = portal.control
    const remote = connectPortal({ url, key, webhook: portal.webhookHttp })
    await remote.reset()
    expect(await remote.call('crm.lead.list')).toEqual([])
    expect(await remote.clock()).toMatchObject({ mode: 'fixed', iso: '2026-03-01T09:00:00.000Z' })
    await expect(remote.run('reste')).rejects.toThrow('there is no control "reste": did you mean reset?')
    await expect(remote.run('clock', { mod: 'real' })).rejects.toThrow('did you mean mode?')
    const stranger = connectPortal({ url, key: 'x'.repeat(32), webhook: portal.webhookHttp })
    await expect(stranger.reset()).rejects.toThrow('wants its key')
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(`${url}/reset`, { method: 'POST' })).status).toBe(401)
    const offered = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
    expect(((await offered.json()) as { result: { name: string }[] }).result.map(({ name }) => name)).toContain('reset')
  })

  it('runs beside others in one process, each with its own state', async () => {
    const others = await Promise.all([startPortal({ https: false }), startPortal({ https: false })])
    try {
      await portal.reset()
      await Promise.all(others.map((each, n) => each.call('crm.lead.add', { fields: { TITLE: `of ${n}` } })))
      const titles = others.map(async (each) => (await each.call<{ TITLE: string }>('crm.lead.get', { id: 1 })).TITLE)
      expect(await Promise.all(titles)).toEqual(['of 0', 'of 1'])
      expect(await portal.call('crm.lead.list')).toEqual([])
    } finally {
      await Promise.all(others.map((each) => each.close()))
    }
  })
})
