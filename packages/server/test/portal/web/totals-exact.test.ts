import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createZone, formatDateTime } from '../../../src/schema/time.ts'
import { firstDay, periodUnits } from '../../../src/schema/periods.ts'
import { entityTable } from '../../../src/store/entity-table.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

interface Row {
  readonly stage: string
  readonly source: string | null
  readonly person: number
  readonly units: number
  readonly currency: string | null
  readonly time: number
}

/** Clocks that change at midnight, by half an hour, in the south, and on the other side of the date line. */
const ZONES = ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Auckland', 'America/New_York']

for (const zoneName of ZONES)
  describe(`totals of varied records in ${zoneName}`, async () => {
    const portal = await testPortal({ timezone: zoneName, faulty: true })
    const zone = createZone(zoneName)
    const session = portal.portal.store.session()
    const lead = await portal.portal.entities.get(session, 1)
    await portal.call('crm.currency.add', { fields: { CURRENCY: 'NOK', AMOUNT_CNT: 7, AMOUNT: '1.2345' } })

    async function fill(rows: readonly Row[]): Promise<void> {
      await session.transaction(async (tx) => {
        await tx.change(sql`delete from crm_lead`)
        for (const [index, row] of rows.entries())
          tx.insert(entityTable(lead), {
            id: 1_000_000 + index,
            title: 'varied',
            stage_id: row.stage,
            source_id: row.source,
            assigned_by_id: row.person,
            opportunity: row.units,
            currency_id: row.currency,
            created_time: row.time,
          })
      })
      await session.settled()
    }

    /** Hundredths in the base currency: each currency's as a whole, a half away from zero. */
    function inBase(rows: readonly Row[]): number {
      const of = (code: string): bigint =>
        rows
          .filter(({ currency }) => (currency === 'NOK') === (code === 'NOK'))
          .reduce((sum, { units }) => sum + BigInt(units), 0n)
      const foreign = of('NOK') * 12_345n * 2n
      const down = 7n * 10_000n
      const exchanged = (foreign + (foreign < 0n ? -down : down)) / (down * 2n)
      return Number(of('') + exchanged) / 100
    }

    const row: fc.Arbitrary<Row> = fc.record({
      stage: fc.constantFrom('NEW', 'IN_PROCESS', 'JUNK'),
      source: fc.constantFrom('WEB', 'CALL', '', null),
      person: fc.integer({ min: 1, max: 3 }),
      units: fc.oneof(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.constantFrom(999_999_999_999_999, -999_999_999_999_999, 0),
      ),
      currency: fc.constantFrom('USD', 'NOK', '', null),
      // Around the days on which clocks change.
      time: fc
        .tuple(
          fc.constantFrom(
            '2017-10-15',
            '2018-02-18',
            '2025-03-09',
            '2025-03-30',
            '2025-04-06',
            '2025-10-05',
            '2025-10-26',
            '2025-11-02',
            '2026-01-01',
          ),
          fc.integer({ min: -130_000, max: 130_000 }),
        )
        .map(([day, seconds]) => Date.parse(`${day}T00:00:00Z`) / 1000 + seconds),
    })

    it('are what counting one by one tells', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { minLength: 1, maxLength: 60 }),
          fc.constantFrom(...periodUnits),
          async (rows, unit) => {
            await fill(rows)
            const key = `createdTime:${unit}`
            const { body } = await portal.call('portico.item.totals', {
              entityTypeId: 1,
              groupBy: [key, 'stageId', 'sourceId'],
              sum: ['opportunity'],
            })
            const naive = new Map<string, Row[]>()
            for (const each of rows) {
              const name = JSON.stringify([
                firstDay(unit, formatDateTime(each.time, zone).slice(0, 10)),
                each.stage,
                each.source || null,
              ])
              naive.set(name, [...(naive.get(name) ?? []), each])
            }
            const expected = new Map([...naive].map(([name, group]) => [name, [group.length, inBase(group)]]))
            const answered = new Map(
              (
                body.result.groups as { key: Record<string, unknown>; count: number; sums: { opportunity: number } }[]
              ).map((group) => [
                JSON.stringify([group.key[key], group.key.stageId, group.key.sourceId || null]),
                [group.count, group.sums.opportunity],
              ]),
            )
            expect(answered).toEqual(expected)
          },
        ),
        { numRuns: 25 },
      )
    })
  })
