import { stringify } from 'csv-stringify/sync'
import { escapeFormula } from '../transfer/engine/formula.ts'
import { asRow, cellText, type Row } from './cell.ts'
import type { Writer } from './formats.ts'
import { sampled } from './sample.ts'
import { write } from './write.ts'

/** A line of CSV; spreadsheets do not take what it holds for formulas, and imports read it back as it was. */
export const csvLine = (cells: readonly string[]): string => stringify([cells.map(escapeFormula)])

/** RFC 4180 with a line of names, for spreadsheets. */
export const csv: Writer = {
  async rows(rows, { stdout, columns: wanted }) {
    const { columns, first, rest } = await sampled(rows, wanted)
    if (columns.length === 0) return
    await write(stdout, csvLine(columns))
    const line = (row: Row): string => csvLine(columns.map((name) => cellText(row[name])))
    for (const row of first) await write(stdout, line(row))
    for await (const row of rest) await write(stdout, line(row))
  },
  value: (value, sheet) => csv.rows([asRow(value)], sheet),
}
