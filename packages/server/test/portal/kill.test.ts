import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { freshDatabase } from '../support/portal.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'portico-kill-'))
const { url, drop } = await freshDatabase()
const running = new Set<ChildProcess>()

afterAll(async () => {
  for (const child of running) await ended(child, 'SIGKILL')
  await drop()
  rmSync(data, { recursive: true, force: true })
})

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
  running.delete(child)
}

/** The server as its users start it: a process of its own. */
async function start(): Promise<{ child: ChildProcess; call: Call }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--port', '0', '--https-port', 'off', '--log-level', 'error'],
    {
      env: {
        PATH: process.env.PATH,
        PORTICO_WEBHOOK: '1/killtest0',
        PORTICO_DATA: data,
        ...(url === null ? {} : { DATABASE_URL: url }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  running.add(child)
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += String(text)
    if (/ready at \S+\s/.test(said)) break
  }
  child.stdout.resume()
  const address = /ready at (\S+)/.exec(said)?.[1]
  if (address === undefined) throw new Error(`the server did not start: ${said}`)
  const call: Call = async (method, parameters) => {
    const answer = await fetch(`${address}/rest/1/killtest0/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    if (answer.status !== 200) throw new Error(`${method} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  return { child, call }
}

interface Body {
  readonly result: unknown
  readonly total?: number
}
type Call = (method: string, parameters: object) => Promise<Body>

/** Every id, by cursor: what is really there, whatever the totals say. */
async function allIds(call: Call): Promise<number[]> {
  const ids: number[] = []
  for (;;) {
    const { result } = await call('crm.lead.list', {
      select: ['ID'],
      filter: { '>ID': ids.at(-1) ?? 0 },
      order: { ID: 'ASC' },
      start: -1,
    })
    const page = (result as { ID: string }[]).map(({ ID }) => Number(ID))
    if (page.length === 0) return ids
    ids.push(...page)
  }
}

it(
  'has every lead that it answered for after a kill -9 in the middle of 1,000 creates',
  { timeout: 120_000 },
  async () => {
    const first = await start()
    const answered: number[] = []
    let sent = 0
    const stages = ['NEW', 'IN_PROCESS']
    const create = async (): Promise<void> => {
      while (sent < 1000) {
        const n = sent++
        const fields = { TITLE: `Lead ${n}`, STATUS_ID: stages[n % 2], PHONE: [{ VALUE: `+49 30 ${n}` }] }
        let body: Body
        try {
          body = await first.call('crm.lead.add', { fields })
        } catch (cause) {
          // The connection ends with the process; any other failure is one of the server.
          if (first.child.killed) return
          throw cause
        }
        answered.push(body.result as number)
        if (answered.length === 400) await ended(first.child, 'SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: 16 }, create))
    expect(first.child.signalCode).toBe('SIGKILL')
    expect(answered.length).toBeGreaterThanOrEqual(400)
    expect(answered.length).toBeLessThan(1000)

    const second = await start()
    const stored = await allIds(second.call)
    const there = new Set(stored)
    expect(answered.filter((id) => !there.has(id))).toEqual([])
    expect(new Set(answered).size).toBe(answered.length)
    // At most the sixteen requests that were under way may have been kept without an answer.
    expect(stored.length).toBeLessThanOrEqual(answered.length + 16)

    const total = async (filter: object): Promise<number | undefined> =>
      (await second.call('crm.lead.list', { select: ['ID'], filter, start: 0 })).total
    // Kept totals, for everything and by stage, against an exact count.
    expect(await total({})).toBe(stored.length)
    expect(await total({ '!TITLE': 'none' })).toBe(stored.length)
    const byStage = await Promise.all(stages.map((STATUS_ID) => total({ STATUS_ID })))
    expect((byStage[0] ?? 0) + (byStage[1] ?? 0)).toBe(stored.length)
    // Each with what was written beside it, in the same transaction.
    expect(await total({ HAS_PHONE: 'Y' })).toBe(stored.length)
    expect(await total({ '%PHONE': '+49 30' })).toBe(stored.length)

    const { result: next } = await second.call('crm.lead.add', { fields: { TITLE: 'After' } })
    expect(there.has(next as number)).toBe(false)
    expect(await total({})).toBe(stored.length + 1)
    await ended(second.child, 'SIGTERM')

    // A clean end gives back the ids that were only reserved.
    const third = await start()
    expect((await third.call('crm.lead.add', { fields: { TITLE: 'Last' } })).result).toBe((next as number) + 1)
    await ended(third.child, 'SIGTERM')
  },
)
