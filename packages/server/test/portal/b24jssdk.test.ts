import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AjaxError, type AjaxResult, B24Hook, type Result } from '@bitrix24/b24jssdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { startServer } from '../../src/server.ts'
import { realSources } from '../../src/sources.ts'
import { freshDatabase } from '../support/portal.ts'

// The official SDK as it comes from npm, against a server as `npm start` makes it: built-in HTTPS, own CA.
const data = mkdtempSync(join(tmpdir(), 'portico-sdk-'))
const { url: databaseUrl, drop } = await freshDatabase()
const config = loadConfig(
  ['--port=0', '--https-port=0', `--data=${data}`, ...(databaseUrl === null ? [] : [`--database-url=${databaseUrl}`])],
  {},
)
const server = await startServer(config, {
  sources: realSources,
  log: { error: (details) => console.error(details), warn: () => {}, info: () => {} },
  administrator: { email: 'admin@example.com', password: 'correct horse' },
})
const session = server.portal.store.session()
const code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'sdk' })
const poorCode = await server.credentials.createWebhook(session, { userId: 1, scope: 'task', title: 'sdk' })
await session.settled()

// What NODE_EXTRA_CA_CERTS does for a whole process.
https.globalAgent.options.ca = readFileSync(String(server.caPath))
process.env.NO_PROXY = '*'

const connect = (path: string): B24Hook => {
  const client = B24Hook.fromWebhookUrl(`${server.httpsUrl}/rest/${path}/`)
  client.offClientSideWarning()
  return client
}
const b24 = connect(`1/${code}`)
const COUNT = 120
let made: Result<unknown> | undefined

afterAll(async () => {
  b24.destroy()
  await server.close()
  await drop()
  rmSync(data, { recursive: true, force: true })
})

async function call<T>(method: string, params: Record<string, unknown> = {}, client = b24): Promise<T> {
  const response = await client.actions.v2.call.make<T>({ method, params, requestId: `test-${method}` })
  expect(response.getErrorMessages()).toEqual([])
  return response.getData()?.result as T
}

beforeAll(async () => {
  const calls = Array.from({ length: COUNT }, (_, n) => ['crm.lead.add', { fields: { TITLE: `Lead ${n}` } }])
  made = await b24.actions.v2.batchByChunk.make({ calls: calls as [string, object][] })
})

describe('call', () => {
  it('creates, reads, changes and deletes, with nested values and every alphabet', async () => {
    const fields = { TITLE: 'Größe & Цена = “5%”', PHONE: [{ VALUE: '+1 555', VALUE_TYPE: 'WORK' }], OPPORTUNITY: 12.5 }
    const id = await call<number>('crm.lead.add', { fields, params: { REGISTER_SONET_EVENT: 'N' } })
    expect(await call('crm.lead.get', { id })).toMatchObject({
      ID: String(id),
      TITLE: fields.TITLE,
      OPPORTUNITY: '12.50',
      PHONE: [{ VALUE: '+1 555' }],
    })
    const { item } = await call<{ item: object }>('crm.item.update', { entityTypeId: 1, id, fields: { title: 'new' } })
    expect(item).toMatchObject({ id, title: 'new', opportunity: 12.5 })
    expect(await call('crm.item.delete', { entityTypeId: 1, id })).toEqual([])
  })

  it('reads the totals of a page', async () => {
    const response = await b24.actions.v2.call.make<object[]>({ method: 'crm.lead.list', params: { start: 50 } })
    expect(response.getTotal()).toBe(COUNT)
    expect(response.isMore()).toBe(true)
    expect(response.getData()?.time.operating_reset_at).toBeTypeOf('number')
  })

  it('finds its connection open after a pause of more than five seconds, over HTTPS as over HTTP', async () => {
    const kept = (url: string): Promise<string | undefined> =>
      new Promise((resolve, reject) => {
        const { get } = url.startsWith('https:') ? https : http
        const request = get(`${url}/rest/1/${code}/server.time`, { headers: { connection: 'keep-alive' } }, (answer) =>
          resolve(answer.resume().headers['keep-alive']?.toString()),
        )
        request.on('error', reject)
      })
    expect(await kept(String(server.httpsUrl))).toBe('timeout=72')
    expect(await kept(server.httpUrl)).toBe('timeout=72')
  })

  it('tells who calls', async () => {
    expect(await call('profile')).toMatchObject({ ID: '1', ADMIN: true })
    expect(await call('user.current')).toMatchObject({ ID: '1', ACTIVE: true })
  })
})

describe('batch', () => {
  it('is split into chunks of fifty', () => {
    expect(made?.isSuccess).toBe(true)
    expect(made?.getData()).toEqual(Array.from({ length: COUNT }, () => expect.any(Number)))
  })

  it('answers a list of commands in their order', async () => {
    const response = (await b24.actions.v2.batch.make({
      calls: [
        ['crm.lead.list', { filter: { '%TITLE': 'Lead 11' }, select: ['ID', 'TITLE'], order: { ID: 'ASC' } }],
        ['server.time', {}],
      ],
    })) as Result<[{ TITLE: string }[], string]>
    const [leads, time] = response.getData() as [{ TITLE: string }[], string]
    expect(leads.map(({ TITLE }) => TITLE)[0]).toBe('Lead 11')
    expect(leads).toHaveLength(11)
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  it('answers commands written as objects', async () => {
    const response = await b24.actions.v2.batch.make({
      calls: [{ method: 'scope' }, { method: 'profile', params: {} }],
    })
    expect(response.getData()).toEqual([expect.arrayContaining(['crm']), expect.objectContaining({ ID: '1' })])
  })

  it('answers named commands that refer to each other', async () => {
    const response = await b24.actions.v2.batch.make({
      calls: {
        made: { method: 'crm.item.add', params: { entityTypeId: 1, fields: { title: 'from a batch' } } },
        read: ['crm.lead.get', { id: '$result[made][item][id]' }],
        gone: ['crm.lead.delete', { id: '$result[made][item][id]' }],
      },
    })
    expect(response.getData()).toMatchObject({ read: { TITLE: 'from a batch' }, gone: true })
  })

  it('tells apart what failed and what did not', async () => {
    const response = await b24.actions.v2.batch.make({
      calls: { bad: ['crm.item.get', { entityTypeId: 1, id: 999_999 }], good: ['server.time', {}] },
      options: { isHaltOnError: false, returnAjaxResult: true },
    })
    const { bad, good } = response.getData() as unknown as Record<'bad' | 'good', AjaxResult>
    expect(bad.isSuccess).toBe(false)
    expect(bad.getErrorMessages().join()).toContain('Item not found')
    expect(good.isSuccess).toBe(true)
  })
})

describe('lists', () => {
  it('are read whole by callList', async () => {
    const response = await b24.actions.v2.callList.make<{ ID: string }>({
      method: 'crm.lead.list',
      params: { filter: { '%TITLE': 'lead' }, select: ['ID', 'TITLE'] },
      idKey: 'ID',
    })
    expect(response.isSuccess).toBe(true)
    expect(new Set(response.getData()?.map(({ ID }) => ID)).size).toBe(COUNT)
  })

  it('are read in pages by fetchList', async () => {
    const sizes: number[] = []
    const seen = new Set<number>()
    const pages = b24.actions.v2.fetchList.make<{ id: number }>({
      method: 'crm.item.list',
      params: { entityTypeId: 1, filter: { '=%title': 'Lead %' }, select: ['id', 'title'] },
      idKey: 'id',
      customKeyForResult: 'items',
    })
    for await (const page of pages) {
      sizes.push(page.length)
      for (const { id } of page) seen.add(id)
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(seen.size).toBe(COUNT)
  })

  it('of people are read as well', async () => {
    const response = await b24.actions.v2.callList.make<{ ID: string }>({ method: 'user.get', params: {}, idKey: 'ID' })
    expect(response.getData()?.map(({ ID }) => ID)).toEqual(['1'])
  })
})

describe('errors', () => {
  /** The SDK throws what it knows to be final, and returns the rest as a failed result. */
  async function failure(method: string, params: Record<string, unknown>, client = b24) {
    try {
      const response = await client.actions.v2.call.make({ method, params })
      const [error] = [...response.getErrors()] as AjaxError[]
      return { code: error?.code, status: error?.status, message: error?.message }
    } catch (error) {
      const { code, status, message } = error as AjaxError
      return { code, status, message }
    }
  }

  it.each([
    ['no.such.method', {}, b24, 'ERROR_METHOD_NOT_FOUND', 404],
    ['crm.item.get', { entityTypeId: 1, id: 999_999 }, b24, 'NOT_FOUND', 400],
    ['crm.item.list', { entityTypeId: 1, filter: { nothing: 1 } }, b24, 'INVALID_ARG_VALUE', 400],
    ['crm.lead.list', {}, connect(`1/${poorCode}`), 'insufficient_scope', 403],
    ['crm.lead.list', {}, connect('1/wrongcode'), 'INVALID_CREDENTIALS', 401],
    // An empty code is the documented one of old methods; the SDK puts axios's name in its place.
    ['crm.lead.get', { id: 999_999 }, b24, 'ERR_BAD_REQUEST', 400],
  ] as const)('of %s %j', async (method, params, client, errorCode, status) => {
    expect(await failure(method, params, client)).toMatchObject({ code: errorCode, status })
  })
})
