import type { Calling } from '../client-command.ts'
import { CommandError, exit } from '../terminal.ts'
import { keysOf } from './engine/duplicates.ts'
import type { RowFault } from './engine/read-row.ts'
import { type Numbered, type Planning, planRows } from './plan.ts'
import type { RowReader } from './row-reader.ts'
import type { Source } from './source.ts'

interface DryRun {
  readonly source: Source
  readonly reader: RowReader
  readonly planning: Planning
  readonly batch: number
}

const COLUMNS = ['line', 'column', 'value', 'code', 'reason']

/** Checks every row as an import would, and tells every fault; nothing is written anywhere. */
export async function runDryly(calling: Calling, given: DryRun): Promise<void> {
  const { output } = calling
  const counts = { rows: 0, add: 0, merge: 0, skip: 0, bad: 0 }
  await output.rows(faultsOf(calling, given, counts), COLUMNS)
  const { rows, add, merge, skip, bad } = counts
  output.note(
    `${rows} rows read: ${add} to be added, ${merge} to be merged, ${skip} to be skipped, ${bad} with faults. Nothing was written.`,
  )
  if (bad > 0) throw new CommandError('', { exitCode: exit.partial })
}

async function* faultsOf(
  calling: Calling,
  { source, reader, planning, batch }: DryRun,
  counts: { rows: number; add: number; merge: number; skip: number; bad: number },
): AsyncGenerator<Record<string, unknown>> {
  const progress = calling.output.progress('Checking')
  // Rows that were "added" are not in the portal to be found there.
  const seen = new Map<string, number>()
  let rows: Numbered[] = []
  const settle = async function* (): AsyncGenerator<Record<string, unknown>> {
    const plan = await planRows(rows, planning)
    for (const command of plan.commands) {
      const twins = command.do === 'add' ? command.rows.slice(1) : command.rows
      counts.merge += twins.length
      if (command.do === 'add') counts.add++
    }
    counts.merge += plan.merged.length
    counts.skip += plan.skipped.length
    const faults: RowFault[] = []
    for (const { row, faults: own } of plan.refused.toSorted((a, b) => a.row - b.row)) {
      counts.bad++
      faults.push(...own)
      if (own.length === 0) faults.push({ line: row, column: '', value: '', code: '', reason: 'is refused' })
    }
    const added = new Set(plan.commands.flatMap((command) => (command.do === 'add' ? command.rows : [])))
    for (const each of rows) {
      const twin = twinOf(each, planning, seen, added.has(each.row))
      if (twin === undefined) continue
      counts.add--
      if (planning.policy === 'merge') counts.merge++
      else if (planning.policy === 'skip') counts.skip++
      else {
        counts.bad++
        const reason = `is the same as line ${twin}`
        faults.push({ line: each.read.line, column: '', value: '', code: 'DUPLICATE', reason })
      }
    }
    for (const { line, column, value, code, reason } of faults) yield { line, column, value, code, reason }
    progress.tick(rows.length)
    counts.rows += rows.length
    rows = []
  }
  for await (const raw of source.rows()) {
    rows.push({ row: raw.row, read: await reader.read(raw) })
    if (rows.length >= batch) yield* settle()
  }
  if (rows.length > 0) yield* settle()
  progress.done()
}

/** The line of an earlier row that this one is the same as; a row that is to be added is remembered. */
function twinOf(
  { read }: Numbered,
  { rules, policy }: Planning,
  seen: Map<string, number>,
  isAdded: boolean,
): number | undefined {
  if (policy === 'add' || !isAdded) return undefined
  const keys = rules.flatMap((rule, index) => keysOf(read, rule).map((key) => `${index} ${key}`))
  const twin = keys.map((key) => seen.get(key)).find((line) => line !== undefined)
  for (const key of keys) if (!seen.has(key)) seen.set(key, twin ?? read.line)
  return twin
}
