import { expect, it } from 'vitest'
import { database } from '../../support/portal.ts'
import { type ServerProcess, serverProcesses } from '../../support/server-process.ts'
import { handler, idOf } from './handler.ts'

const processes = await serverProcesses()
const start = () => processes.start({ PORTICO_ALLOW_OUTGOING: '127.0.0.1' })

async function call({ hook }: ServerProcess, method: string, parameters: object): Promise<number> {
  const answer = await fetch(`${hook}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  const body = (await answer.json()) as { result: number; error_description?: string }
  if (answer.status !== 200) throw new Error(`${method} answered ${answer.status}: ${body.error_description}`)
  return body.result
}

/** Waits for what a server does by itself. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 90_000
  while (!holds() && Date.now() < end) await new Promise((done) => setTimeout(done, 50))
}

const EVENTS = ['ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMLEADDELETE']

it('loses no event when it is killed in the middle of sending them', { timeout: 150_000 }, async () => {
  const there = await handler()
  there.answer = () => new Promise((done) => setTimeout(() => done(200), 20))
  const first = await start()
  await call(first, 'portico.outbound.add', { url: there.url, events: EVENTS })
  const made: number[] = []
  let killed: Promise<void> | undefined
  const create = async (): Promise<void> => {
    while (made.length < 400) {
      let id: number
      try {
        id = await call(first, 'crm.lead.add', { fields: { TITLE: 'A lead' } })
      } catch (cause) {
        if (killed !== undefined) return
        throw cause
      }
      made.push(id)
      if (there.received.length >= 60) killed ??= processes.end(first, 'SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: 4 }, create))
  await until(() => there.received.length >= 60)
  await (killed ??= processes.end(first, 'SIGKILL'))
  const before = there.received.length
  expect(before).toBeLessThan(made.length)

  const second = await start()
  const seen = (): Set<number> => new Set(there.received.map((each) => Number(idOf(each))))
  await until(() => made.every((id) => seen().has(id)))
  expect(made.filter((id) => !seen().has(id))).toEqual([])
  // Twice came at most what was on its way, or had just arrived, when the first one died.
  expect(there.received.length - seen().size).toBeLessThanOrEqual(64)
  await processes.end(second, 'SIGTERM')
})

it.runIf(database === 'postgres')(
  'sends every event once and in order, however many servers share the database',
  { timeout: 150_000 },
  async () => {
    const there = await handler()
    const servers = await Promise.all([start(), start(), start()])
    await call(servers[0] as ServerProcess, 'portico.outbound.add', { url: there.url, events: EVENTS })
    const at = (n: number): ServerProcess => servers[n % servers.length] as ServerProcess
    const ids: number[] = []
    // Each record is made, changed and deleted by another server.
    const live = async (from: number): Promise<void> => {
      for (let n = from; n < 120; n += 6) {
        const id = await call(at(n), 'crm.lead.add', { fields: { TITLE: 'A lead' } })
        await call(at(n + 1), 'crm.lead.update', { id, fields: { TITLE: 'Changed' } })
        await call(at(n + 2), 'crm.lead.delete', { id })
        ids.push(id)
      }
    }
    await Promise.all(Array.from({ length: 6 }, (_, from) => live(from)))
    await until(() => there.received.length >= ids.length * EVENTS.length)
    const told = new Map<number, unknown[]>()
    for (const each of there.received) {
      const id = Number(idOf(each))
      told.set(id, [...(told.get(id) ?? []), each.form.event])
    }
    for (const id of ids) expect([id, told.get(id)]).toEqual([id, EVENTS])
    expect(there.received).toHaveLength(ids.length * EVENTS.length)
    for (const server of servers) await processes.end(server, 'SIGTERM')
  },
)
