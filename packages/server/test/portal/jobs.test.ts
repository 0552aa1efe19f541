import { describe, expect, it } from 'vitest'
import { JobRunner } from '../../src/events/job-runner.ts'
import type { JobContext, JobHandler } from '../../src/records/jobs.ts'
import { sql } from '../../src/store/sql.ts'
import { testPortal } from '../support/portal.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })
const log = { error: () => {}, warn: () => {}, info: () => {} }

function runner(handlers: Record<string, JobHandler>): JobRunner {
  return new JobRunner({
    portal: portal.portal,
    pipeline: portal.pipeline,
    log,
    handlers: new Map(Object.entries(handlers)),
  })
}

async function schedule(kind: string, due: number, payload: Record<string, unknown> = {}, key = ''): Promise<number> {
  const session = portal.portal.store.session()
  const id = await session.transaction((tx) => portal.portal.jobs.schedule(tx, { kind, key, due, userId: 1, payload }))
  await session.settled()
  return id
}

const jobs = (): Promise<{ kind: string; due: number | null; attempts: number; error: string | null }[]> =>
  portal.portal.store.session().find(sql`select kind, due, attempts, error from job order by id`)

async function clear(): Promise<void> {
  const session = portal.portal.store.session()
  await session.transaction((tx) => tx.change(sql`delete from job`))
  await session.settled()
  portal.clock.at = START
}

describe('jobs', () => {
  it('run when their time has come, in its order, once', async () => {
    const ran: unknown[] = []
    const run = runner({ note: async ({ job }) => void ran.push(job.payload.n) })
    await schedule('note', START + 60, { n: 2 })
    await schedule('note', START + 30, { n: 1 })
    expect([await run.run(), ran]).toEqual([0, []])
    portal.clock.at = START + 60
    expect([await run.run(), ran]).toEqual([2, [1, 2]])
    expect([await run.run(), ran]).toEqual([0, [1, 2]])
    expect(await jobs()).toEqual([])
    await clear()
  })

  it('of a transaction that fails do not exist', async () => {
    const session = portal.portal.store.session()
    const failed = session.transaction(async (tx) => {
      await portal.portal.jobs.schedule(tx, { kind: 'note', due: START, userId: 1, payload: {} })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await jobs()).toEqual([])
  })

  it('are cancelled by what they belong to', async () => {
    await schedule('note', START, {}, 'deal:1')
    await schedule('note', START, {}, 'deal:2')
    const session = portal.portal.store.session()
    await session.transaction((tx) => portal.portal.jobs.cancel(tx, 'note', 'deal:1'))
    await session.settled()
    expect(await jobs()).toHaveLength(1)
    await clear()
  })

  it('that fail are tried again, later and later, and kept with the reason when given up', async () => {
    const failing = runner({
      fail: async () => {
        throw new Error('the other side is down')
      },
    })
    await schedule('fail', START)
    const waits: number[] = []
    for (;;) {
      await failing.run()
      const [job] = await jobs()
      if (job?.due == null) break
      waits.push(Number(job.due) - (portal.clock.at ?? 0))
      portal.clock.at = Number(job.due)
    }
    expect(waits).toEqual([5, 30, 120, 600, 3_600, 21_600])
    expect(await jobs()).toEqual([{ kind: 'fail', due: null, attempts: 7, error: 'the other side is down' }])
    await clear()
  })

  it('that take long hold up those of the same key only', async () => {
    const ran: string[] = []
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => (end = resolve))
    const running = runner({
      async note({ job }) {
        if (job.payload.n === 'slow') await ended
        ran.push(String(job.payload.n))
        if (ran.length === 2) end()
      },
    })
    await schedule('note', START, { n: 'slow' }, 'deal:1')
    await schedule('note', START, { n: 'behind it' }, 'deal:1')
    await schedule('note', START, { n: 'beside it' }, 'deal:2')
    await schedule('note', START, { n: 'alone' })
    expect([await running.run(), ran]).toEqual([4, ['beside it', 'alone', 'slow', 'behind it']])
  })

  it('are run by one of two servers that look at the same time', async () => {
    const ran: number[] = []
    const note = async ({ job }: JobContext): Promise<void> => void ran.push(job.id)
    const ids = []
    for (let n = 0; n < 30; n++) ids.push(await schedule('note', START))
    await Promise.all([runner({ note }).run(), runner({ note }).run()])
    expect(ran.toSorted((a, b) => a - b)).toEqual(ids)
    await clear()
  })

  it('of a server that died are taken over after a while', async () => {
    await schedule('note', START)
    const session = portal.portal.store.session()
    await session.transaction((tx) => tx.change(sql`update job set claimed = ${START}`))
    await session.settled()
    const other = runner({ note: async () => {} })
    portal.clock.at = START + 299
    expect(await other.run()).toBe(0)
    portal.clock.at = START + 301
    expect(await other.run()).toBe(1)
    await clear()
  })

  it('call methods with the rights of their person, and end within their own transaction', async () => {
    await schedule('add', START)
    const seen: unknown[] = []
    await runner({
      async add(context) {
        seen.push(await context.call('crm.lead.add', { fields: { TITLE: 'By a job' } }))
        await context.session.transaction((tx) => context.finish(tx))
        seen.push((await jobs()).length)
        await expect(context.call('crm.lead.get', { id: 0 })).rejects.toThrow('ID is not defined or invalid.')
      },
    }).run()
    expect(seen).toEqual([expect.any(Number), 0])
    const { body } = await portal.call('crm.lead.get', { id: seen[0] })
    expect([body.result.TITLE, body.result.CREATED_BY_ID]).toEqual(['By a job', '1'])
  })
})
