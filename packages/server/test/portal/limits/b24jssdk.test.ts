import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiVersion, B24Hook, ParamsFactory } from '@bitrix24/b24jssdk'
import { afterAll, expect, it } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import { type RunningServer, startServer } from '../../../src/server.ts'
import { realSources } from '../../../src/sources.ts'
import { freshDatabase } from '../../support/portal.ts'

const ends: (() => Promise<void> | void)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

/** The official SDK, unmodified, against a server with a profile of limits. */
async function connect(limits: string): Promise<{ b24: B24Hook; server: RunningServer }> {
  const data = mkdtempSync(join(tmpdir(), 'portico-limits-'))
  const { url, drop } = await freshDatabase()
  const place = url === null ? [] : [`--database-url=${url}`]
  const args = ['--port=0', '--https-port=0', `--data=${data}`, `--limits=${limits}`, ...place]
  const server = await startServer(loadConfig(args, {}), {
    sources: realSources,
    log: { error: (details) => console.error(details), warn: () => {}, info: () => {} },
    administrator: { email: 'admin@example.com', password: 'correct horse' },
  })
  const session = server.portal.store.session()
  const code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'sdk' })
  await session.settled()
  https.globalAgent.options.ca = readFileSync(String(server.caPath))
  process.env.NO_PROXY = '*'
  const b24 = B24Hook.fromWebhookUrl(`${server.httpsUrl}/rest/1/${code}/`)
  b24.offClientSideWarning()
  ends.push(
    () => rmSync(data, { recursive: true, force: true }),
    drop,
    () => server.close(),
    () => b24.destroy(),
  )
  return { b24, server }
}

async function addLeads(b24: B24Hook, count: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      b24.actions.v2.call.make({ method: 'crm.lead.add', params: { fields: { TITLE: `n${n}` } }, requestId: `n${n}` }),
    ),
  )
  expect(answers.flatMap((answer) => answer.getErrorMessages())).toEqual([])
  const list = await b24.actions.v2.call.make({
    method: 'crm.lead.list',
    params: { select: ['ID'] },
    requestId: 'list',
  })
  return list.getTotal()
}

/** What the SDK sends as fast as it can, as far as its own pace is concerned. */
const eager = {
  ...ParamsFactory.getDefault(),
  rateLimit: { burstLimit: 10_000, drainRate: 10_000, adaptiveEnabled: true },
}

it('leaves the SDK alone where there are no limits: it neither waits nor asks twice', async () => {
  const { b24 } = await connect('off')
  await b24.setRestrictionManagerParams(eager)
  expect(await addLeads(b24, 300)).toBe(300)
  const stats = b24.getHttpClient(ApiVersion.v2).getStats()
  expect(stats).toMatchObject({
    retries: 0,
    consecutiveErrors: 0,
    limitHits: 0,
    adaptiveDelays: 0,
    heavyRequestCount: 0,
  })
})

it('is coped with by an SDK that keeps the pace, and by one that does not: nothing is lost or written twice', async () => {
  const { b24 } = await connect('standard')
  expect(await addLeads(b24, 51)).toBe(51)
  const { b24: hasty } = await connect('standard')
  await hasty.setRestrictionManagerParams(eager)
  expect(await addLeads(hasty, 53)).toBe(53)
  expect(hasty.getHttpClient(ApiVersion.v2).getStats().retries).toBeGreaterThan(0)
})
