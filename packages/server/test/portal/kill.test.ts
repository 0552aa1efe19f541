import { expect, it } from 'vitest'
import { type ServerProcess, serverProcesses } from '../support/server-process.ts'

const processes = await serverProcesses()

async function start(): Promise<ServerProcess & { call: Call }> {
  const server = await processes.start()
  const call: Call = async (method, parameters) => {
    const answer = await fetch(`${server.hook}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    if (answer.status !== 200) throw new Error(`${method} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  return { ...server, call }
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
        if (answered.length === 400) await processes.end(first, 'SIGKILL')
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
    await processes.end(second, 'SIGTERM')

    // A clean end gives back the ids that were only reserved.
    const third = await start()
    expect((await third.call('crm.lead.add', { fields: { TITLE: 'Last' } })).result).toBe((next as number) + 1)
    await processes.end(third, 'SIGTERM')
  },
)
