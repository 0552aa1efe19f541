import { request } from 'node:http'
import https from 'node:https'
import { afterAll, describe, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'

describe('portals that share an address', async () => {
  const portal = await startPortal({ randomSeed: 'shared' })
  afterAll(() => portal.close())
  const [red, blue] = await Promise.all([portal.another('red'), portal.another('blue')])

  /** What `path` answers when it is asked for under a host name. */
  const under = (host: string, path: string, secure = false): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(secure ? portal.httpsUrl : portal.url)
      const options = { hostname, port, path, headers: { host: `${host}:${port}` } }
      const sent = secure
        ? https.request({ ...options, ca: portal.ca, servername: host, agent: false })
        : request(options)
      sent.on('response', (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
      sent.on('error', reject).end()
    })

  it('have records, webhooks, time and faults of their own', async () => {
    for (const [each, title] of [
      [portal, 'own'],
      [red, 'red'],
      [blue, 'blue'],
    ] as const)
      expect(await each.call('crm.lead.add', { fields: { TITLE: title } })).toBe(1)
    await red.clock({ mode: 'fixed', at: '2030-01-01T00:00:00Z' })
    expect((await red.call<{ TITLE: string }>('crm.lead.get', { id: 1 })).TITLE).toBe('red')
    expect((await blue.clock()).mode).toBe('real')
    await blue.reset()
    expect(await blue.call('crm.lead.list')).toEqual([])
    expect((await red.call<{ TITLE: string }>('crm.lead.get', { id: 1 })).TITLE).toBe('red')
    const path = new URL(red.webhookHttp).pathname.replace('/p/red', '')
    expect((await fetch(`${blue.url}${path}profile`)).status).toBe(401)
    expect((await fetch(`${portal.url}${path}profile`)).status).toBe(401)
  })

  it('are told apart by host names too, over HTTPS with their certificate', async () => {
    const path = `${new URL(red.webhookHttp).pathname.replace('/p/red', '')}crm.lead.get?id=1`
    for (const secure of [false, true]) {
      expect((await under(red.host, path, secure)).body).toContain('"TITLE":"red"')
      expect((await under(blue.host, path, secure)).status).toBe(401)
    }
    expect((await under(red.host, '/login')).body).toContain('<form')
  })

  it('give links to files that lead back to them', async () => {
    await red.call('userfieldconfig.add', {
      moduleId: 'crm',
      field: { entityId: 'CRM_LEAD', fieldName: 'UF_CRM_FILE', userTypeId: 'file' },
    })
    const fields = { TITLE: 'with a file', UF_CRM_FILE: { fileData: ['a.txt', 'aGVsbG8='] } }
    const id = await red.call('crm.lead.add', { fields })
    const { item } = await red.call<{ item: { ufCrmFile: { urlMachine: string } } }>('crm.item.get', {
      entityTypeId: 1,
      id,
      useOriginalUfNames: 'N',
    })
    expect(item.ufCrmFile.urlMachine).toContain('/p/red/rest/')
    expect(await (await fetch(item.ufCrmFile.urlMachine)).text()).toBe('hello')
  })

  it('are named sensibly, once, and go when they are closed', async () => {
    for (const name of ['Red', '', '1', 'a/b', '..', 'a'.repeat(41)])
      await expect(portal.another(name)).rejects.toThrow(/is no name of a portal|needs "name"/)
    await expect(portal.another('red')).rejects.toThrow('there is a portal "red" already')
    const third = await portal.another('third')
    expect(await portal.run('portals')).toEqual(['red', 'blue', 'third'])
    await third.close()
    expect((await fetch(`${third.webhookHttp}profile`)).status).toBe(404)
    await expect(third.close()).rejects.toThrow('there is no portal "third"')
  })
})
