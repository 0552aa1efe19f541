import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { B24Hook, BatchRefV3, FilterV3, type Result } from '@bitrix24/b24jssdk'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import { audit } from '../../../src/records/audit.ts'
import { startServer } from '../../../src/server.ts'
import { realSources } from '../../../src/sources.ts'
import { freshDatabase } from '../../support/portal.ts'
import { v3Code } from '../../support/rest-v3.ts'

// The official SDK as it comes from npm, against a server as `npm start` makes it.
const data = mkdtempSync(join(tmpdir(), 'portico-sdk-v3-'))
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
const COUNT = 130
const session = server.portal.store.session()
const code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'sdk' })
await session.transaction(async (tx) => {
  for (let n = 0; n < COUNT; n++)
    await audit({ person: { id: n % 2 }, now: 1_700_000_000 + n }, tx, { type: 'SDK', module: 'test', item: `n ${n}` })
})
await session.settled()
https.globalAgent.options.ca = readFileSync(String(server.caPath))
process.env.NO_PROXY = '*'
const b24 = B24Hook.fromWebhookUrl(`${server.httpsUrl}/rest/1/${code}/`)
b24.offClientSideWarning()

afterAll(async () => {
  b24.destroy()
  await server.close()
  await drop()
  rmSync(data, { recursive: true, force: true })
})

interface Entry {
  readonly id: number
  readonly userId: number
}
const ours = FilterV3.eq('auditTypeId', 'SDK')
const list = { select: ['id', 'userId'], filter: FilterV3.build(ours), order: { id: 'ASC' } }

describe('b24jssdk on REST 3.0', () => {
  it('calls, and reads the time of an answer', async () => {
    const response = await b24.actions.v3.call.make<{ items: Entry[] }>({ method: 'main.eventlog.list', params: list })
    expect(response.getErrorMessages()).toEqual([])
    expect(response.getData()?.result.items).toHaveLength(50)
    expect(response.getData()?.time.operating_reset_at).toBeTypeOf('number')
  })

  it('builds filters that mean what they say', async () => {
    const filter = FilterV3.build(
      ours,
      FilterV3.or(FilterV3.in('userId', [1]), FilterV3.not(FilterV3.ge('id', 0))),
      FilterV3.between('timestampX', '2023-11-14T22:13:20+00:00', '2023-11-14T22:13:29+00:00'),
    )
    const response = await b24.actions.v3.call.make<{ items: Entry[] }>({
      method: 'main.eventlog.list',
      params: { select: ['userId'], filter },
    })
    expect(response.getData()?.result.items).toEqual(Array.from({ length: 5 }, () => ({ userId: 1 })))
  })

  it('walks whole lists, by pages and by the cursor', async () => {
    const filter = FilterV3.build(ours)
    const ids = (entries: Entry[] | null | undefined): number[] => (entries ?? []).map(({ id }) => id)
    const all = await b24.actions.v3.callList.make<Entry>({
      method: 'main.eventlog.list',
      params: { select: ['id'], filter },
      customKeyForResult: 'items',
    })
    expect(new Set(ids(all.getData())).size).toBe(COUNT)
    const tail = await b24.actions.v3.callTail.make<Entry>({ method: 'main.eventlog.tail', params: { filter } })
    expect(ids(tail.getData())).toEqual(ids(all.getData()))
    const fetched: Entry[] = []
    for await (const page of b24.actions.v3.fetchTail.make<Entry>({ method: 'main.eventlog.tail', params: { filter } }))
      fetched.push(...page)
    expect(ids(fetched)).toEqual(ids(all.getData()))
  })

  it('sends a batch whose calls use each other’s results', async () => {
    const response = await b24.actions.v3.batch.make({
      calls: {
        entries: { method: 'main.eventlog.list', params: { ...list, pagination: { limit: 3 } } },
        one: { method: 'main.eventlog.get', params: { id: BatchRefV3.ref('entries.items.2.id'), select: ['id'] } },
        people: {
          method: 'main.eventlog.list',
          params: {
            ...list,
            filter: [ours, ['userId', 'in', BatchRefV3.refArray('entries.userId')]],
            pagination: { page: 0, limit: 4 },
          },
        },
      },
      options: { isHaltOnError: true, returnAjaxResult: false },
    })
    expect(response.getErrorMessages()).toEqual([])
    const { entries, one, people } = (
      response as Result<{ entries: { items: Entry[] }; one: { item: Entry }; people: { items: Entry[] } }>
    ).getData() ?? { entries: { items: [] } }
    expect(entries.items).toHaveLength(3)
    expect(one?.item.id).toBe(entries.items[2]?.id)
    expect(people?.items).toHaveLength(4)
  })

  it('gets one error for a whole batch', async () => {
    const response = await b24.actions.v3.batch.make({
      calls: [
        ['main.eventlog.list', list],
        ['main.eventlog.get', { id: 999_999 }],
      ],
      options: { isHaltOnError: false, returnAjaxResult: true },
    })
    expect(response.isSuccess).toBe(false)
    expect(response.getErrorMessages()).toHaveLength(1)
  })

  it('knows what is refused', async () => {
    const missing = await b24.actions.v3.call.make({ method: 'server.time', params: {} })
    expect(missing.isSuccess).toBe(false)
    expect(missing.getErrorMessages().join(' ')).toMatch(/not found/)
    const unknown = await b24.actions.v3.call.make({ method: 'main.eventlog.get', params: { id: 999_999 } })
    expect([...unknown.getErrors()].map((error) => (error as { code?: string }).code)).toContain(
      v3Code('ENTITYNOTFOUNDEXCEPTION'),
    )
  })

  it('reads which methods there are', async () => {
    const response = await b24.actions.v3.call.make<{ openapi: string; paths: Record<string, object> }>({
      method: 'rest.documentation.openapi',
    })
    expect(response.getErrorMessages()).toEqual([])
    expect(response.getData()?.result.openapi).toBe('3.0.0')
    expect(response.getData()?.result.paths).toHaveProperty(['/main.eventlog.tail'])
  })
})
