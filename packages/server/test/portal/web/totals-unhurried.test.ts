import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { setting } from '../../../src/store/tables.ts'
import { testPortal } from '../../support/portal.ts'

describe('reading without haste', async () => {
  const portal = await testPortal()
  const { store } = portal.portal
  const many = (name: string) => sql`select count(*) as n from setting where name = ${name}`

  it('does not wait for a transaction that is under way, and sees nothing of it', async () => {
    const writing = store.session()
    const reading = store.session()
    const seen: unknown[] = []
    await writing.transaction(async (tx) => {
      tx.insert(setting, { name: 'test.open', value: '' })
      // Were it read over the connection that writes, this would wait for itself forever.
      seen.push(...(await reading.unhurried.find(many('test.open'))))
    })
    await writing.settled()
    expect(seen.map((row) => Number((row as { n: number }).n))).toEqual([0])
    const [after] = await reading.unhurried.find<{ n: number }>(many('test.open'))
    expect(Number(after?.n)).toBe(1)
  })

  it('sees what its own session has just written', async () => {
    const session = store.session()
    await session.transaction(async (tx) => tx.insert(setting, { name: 'test.own', value: '' }))
    const [row] = await session.unhurried.find<{ n: number }>(many('test.own'))
    expect(Number(row?.n)).toBe(1)
  })

  it('can write nothing on SQLite, whatever it is asked', async () => {
    if (store.dialect !== 'sqlite') return
    const session = store.session()
    await expect(session.unhurried.find(sql`delete from setting`)).rejects.toThrow(/readonly|query_only|read-only/i)
  })

  it('tells what is wrong with a statement, and goes on with the next', async () => {
    const session = store.session()
    await expect(session.unhurried.find(sql`select * from there_is_no_such_table`)).rejects.toThrow(
      'there_is_no_such_table',
    )
    const all = await Promise.all(
      Array.from({ length: 20 }, () => session.unhurried.find<{ n: number }>(many('test.own'))),
    )
    expect(all.map(([row]) => Number(row?.n))).toEqual(Array.from({ length: 20 }, () => 1))
  })

  it('counts in a batch what the commands before it have made, and in one that is undone nothing of it', async () => {
    const cmd = {
      made: 'crm.lead.add?fields[TITLE]=batched&fields[OPPORTUNITY]=12.34',
      sum: 'portico.item.totals?entityTypeId=1&filter[title]=batched&sum[]=opportunity',
    }
    const { body } = await portal.call('batch', { cmd })
    expect(body.result.result.sum.groups).toEqual([{ key: {}, count: 1, sums: { opportunity: 12.34 } }])
    const again = await portal.send({
      url: `/rest/1/${portal.code}/batch`,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'totals-1' },
      body: JSON.stringify({ cmd }),
    })
    // Everything that comes under a key is one transaction, which has not been committed when it is counted.
    expect(again.body.result.result.sum.groups).toEqual([{ key: {}, count: 2, sums: { opportunity: 24.68 } }])
  })
})
