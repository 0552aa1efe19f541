import { expect, it } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { database, testPortal } from '../support/portal.ts'

const portal = await testPortal()
const add = (title: string) =>
  portal.send({
    url: `/rest/1/${portal.code}/crm.lead.add`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fields: { TITLE: title, COMMENTS: 'x'.repeat(20_000) } }),
  })

it.runIf(database === 'sqlite')(
  'answers 500 on a full disk, keeps what was answered, and goes on when there is room again',
  async () => {
    const session = portal.portal.store.session()
    expect((await add('before')).status).toBe(200)
    const [{ page_count: pages } = { page_count: 0 }] = await session.find<{ page_count: number }>(
      sql`pragma page_count`,
    )
    await session.find(sql`pragma max_page_count = ${sql.lit(pages + 2)}`)
    const refused = await Promise.all(Array.from({ length: 8 }, (_, n) => add(`full ${n}`)))
    expect(refused.some((answer) => answer.status === 500)).toBe(true)
    for (const answer of refused.filter(({ status }) => status === 500)) {
      expect(answer.body).toEqual({ error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' })
    }
    await session.find(sql`pragma max_page_count = 1000000`)
    expect((await add('after')).status).toBe(200)
    const { body } = await portal.call('crm.lead.list', { select: ['TITLE'], order: { ID: 'ASC' } })
    const answered = refused.filter(({ status }) => status === 200).length
    expect(body.result).toHaveLength(2 + answered)
    expect(body.result.at(-1).TITLE).toBe('after')
    expect((await portal.call('crm.lead.list', { filter: { '!TITLE': 'none' } })).body.total).toBe(2 + answered)
  },
)

it.runIf(database === 'postgres')(
  'survives a restart of its database connections and loses nothing that was answered',
  async () => {
    const session = portal.portal.store.session()
    const writers = Array.from({ length: 60 }, (_, n) => add(`n${n}`))
    await session.find(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    const answers = await Promise.all(writers)
    const kept = answers.filter(({ status }) => status === 200).map(({ body }) => String(body.result))
    for (const answer of answers) expect([200, 500]).toContain(answer.status)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await add('again')).status).toBe(200)
    const ids: string[] = []
    for (let start = 0; start >= 0;) {
      const { body } = await portal.call('crm.lead.list', { select: ['ID'], order: { ID: 'ASC' }, start })
      ids.push(...body.result.map((row: { ID: string }) => row.ID))
      start = body.next ?? -1
    }
    for (const id of kept) expect(ids).toContain(id)
  },
)

it.runIf(database === 'postgres')(
  'outlives a connection that is lost between two statements of a transaction',
  async () => {
    const store = portal.portal.store
    const torn = store.session().transaction(async (tx) => {
      await tx.find(sql`select 1`)
      await store
        .session()
        .find(
          sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        )
      await new Promise((resolve) => setTimeout(resolve, 100))
      return tx.find(sql`select 1`)
    })
    await expect(torn).rejects.toThrow(/connection/i)
    expect((await add('after all')).status).toBe(200)
  },
)
