import { createZone, type Zone } from '../../../schema/time.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Table } from '../../../store/table.ts'

export type Period = 'day' | 'month' | 'year' | null

/** How a numerator counts (crm-document-generator-numerator-add.md, "Bitrix_Main_Numerator_Generator_SequentNumberGenerator"). */
export interface Sequence {
  readonly start: number
  readonly step: number
  /** Characters that the counter has at least; 0: as many as it needs. */
  readonly length: number
  readonly padString: string
  /** When it begins anew. */
  readonly periodicBy: Period
  /** By whose clock; the portal's if null. */
  readonly timezone: string | null
  readonly isDirectNumeration: boolean
}

export const counterTable: Table = {
  name: 'crm_numerator_counter',
  columns: { numerator_id: 'integer', period: 'text', last: 'integer' },
  key: ['numerator_id', 'period'],
}

/** `2026-11-21`, `2026-11`, `2026`, or nothing: counts are kept per period. */
function periodOf({ periodicBy, timezone }: Sequence, now: number, portalZone: Zone): string {
  if (periodicBy === null) return ''
  return dayOf(now, timezone === null ? portalZone : createZone(timezone)).slice(
    0,
    { day: 10, month: 7, year: 4 }[periodicBy],
  )
}

const dayOf = (now: number, zone: Zone): string =>
  new Date((Math.floor(now) + zone.offsetAt(now)) * 1000).toISOString().slice(0, 10)

/**
 * The next number of a numerator, counted in the transaction that uses it: whoever asks at the same time waits, and a
 * transaction that fails gives its number back. So none repeats and none is left out.
 */
export async function nextNumber(
  tx: Transaction,
  numerator: { readonly id: number; readonly template: string; readonly sequence: Sequence },
  now: number,
  portalZone: Zone,
): Promise<string> {
  const { id, template, sequence } = numerator
  const period = periodOf(sequence, now, portalZone)
  const [row] = await tx.find<{ last: number }>(
    sql`insert into crm_numerator_counter (numerator_id, period, last) values (${id}, ${period}, ${sequence.start}) on conflict (numerator_id, period) do update set last = crm_numerator_counter.last + ${sequence.step} returning last`,
  )
  const count = String(row?.last ?? sequence.start)
  const padded = sequence.padString === '' ? count : count.padStart(sequence.length, sequence.padString)
  const [year = '', month = '', day = ''] = dayOf(
    now,
    sequence.timezone === null ? portalZone : createZone(sequence.timezone),
  ).split('-')
  const words: Readonly<Record<string, string>> = { NUMBER: padded, YEAR: year, MONTH: month, DAY: day }
  return template.replace(/\{([A-Z]+)\}/g, (whole, name: string) => words[name] ?? whole)
}

/** Counts go on from a later start, never from an earlier one: numbers that are given away don't come again. */
export async function raiseCounters(tx: Transaction, id: number, { start, step }: Sequence): Promise<void> {
  await tx.change(
    sql`update crm_numerator_counter set last = ${start - step} where numerator_id = ${id} and last < ${start - step}`,
  )
}
