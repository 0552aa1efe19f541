import { expect, it } from 'vitest'
import { database } from '../../support/portal.ts'
import { type ServerProcess, serverProcesses } from '../../support/server-process.ts'

const processes = await serverProcesses()

interface Added {
  readonly id: number
  readonly replayed: boolean
}

/** Makes the lead of a key; undefined where the connection was lost. */
async function add({ hook, child }: ServerProcess, key: string): Promise<Added | undefined> {
  let answer: Response
  let body: { result: number }
  try {
    answer = await fetch(`${hook}/crm.lead.add`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ fields: { TITLE: key } }),
    })
    body = (await answer.json()) as { result: number }
  } catch (cause) {
    if (child.killed) return undefined
    throw cause
  }
  expect([key, answer.status]).toEqual([key, 200])
  return { id: body.result, replayed: answer.headers.get('idempotent-replayed') === 'true' }
}

/** The ids of leads by their titles. */
async function leads({ hook }: ServerProcess): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>()
  for (let after = 0; ;) {
    const query = new URLSearchParams({ 'filter[>ID]': String(after), 'order[ID]': 'ASC', start: '-1' })
    const { result } = (await (await fetch(`${hook}/crm.lead.list?${query.toString()}`)).json()) as {
      result: { ID: string; TITLE: string }[]
    }
    if (result.length === 0) return found
    for (const { ID, TITLE } of result) found.set(TITLE, [...(found.get(TITLE) ?? []), Number(ID)])
    after = Number(result.at(-1)?.ID)
  }
}

it(
  'makes one lead for each key, be the server killed in the middle and every call repeated',
  { timeout: 120_000 },
  async () => {
    const first = await processes.start()
    const keys = Array.from({ length: 400 }, (_, n) => `key ${n}`)
    const answered = new Map<string, number>()
    const waiting = [...keys]
    const work = async (): Promise<void> => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        const added = await add(first, key)
        if (added === undefined) return
        answered.set(key, added.id)
        if (answered.size === 200) await processes.end(first, 'SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: 16 }, work))
    expect(first.child.signalCode).toBe('SIGKILL')

    const second = await processes.start()
    const kept = await leads(second)
    for (const key of keys) {
      const again = await add(second, key)
      // Written before the crash: the same lead, whether its answer had arrived or not; else a new one.
      expect(again).toEqual({ id: kept.get(key)?.[0] ?? again?.id, replayed: kept.has(key) })
      if (answered.has(key)) expect(again?.id).toBe(answered.get(key))
    }
    const stored = await leads(second)
    expect(keys.filter((key) => stored.get(key)?.length !== 1)).toEqual([])
    await processes.end(second, 'SIGTERM')
  },
)

it.runIf(database === 'postgres')(
  'makes one lead for each key that is sent to two servers at once',
  { timeout: 120_000 },
  async () => {
    const servers = [await processes.start(), await processes.start()]
    const keys = Array.from({ length: 60 }, (_, n) => `twice ${n}`)
    for (const key of keys) {
      const answers = await Promise.all([...servers, ...servers].map((server) => add(server, key)))
      expect(new Set(answers.map((answer) => answer?.id)).size).toBe(1)
      expect(answers.filter((answer) => answer?.replayed === false)).toHaveLength(1)
    }
    const stored = await leads(servers[0] as ServerProcess)
    expect(keys.filter((key) => stored.get(key)?.length !== 1)).toEqual([])
    for (const server of servers) await processes.end(server, 'SIGTERM')
  },
)
