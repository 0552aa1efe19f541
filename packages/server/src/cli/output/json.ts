import type { Row } from './cell.ts'
import type { Writer } from './formats.ts'
import { write } from './write.ts'

/** Only what was asked for, in that order, as the tables show it. */
const picked = (row: Row, columns: readonly string[] | undefined): Row =>
  columns === undefined ? row : Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))

/** Indented for people; a list is written row by row, so that a long one needs no memory. */
export const json: Writer = {
  async rows(rows, { stdout, columns }) {
    let before = '[\n'
    for await (const row of rows) {
      const text = JSON.stringify(picked(row, columns), null, 2).replaceAll('\n', '\n  ')
      await write(stdout, `${before}  ${text}`)
      before = ',\n'
    }
    await write(stdout, before === '[\n' ? '[]\n' : '\n]\n')
  },
  async value(value, { stdout }) {
    await write(stdout, `${JSON.stringify(value ?? null, null, 2)}\n`)
  },
}

/** One line for each row. */
export const ndjson: Writer = {
  async rows(rows, { stdout, columns }) {
    for await (const row of rows) await write(stdout, `${JSON.stringify(picked(row, columns))}\n`)
  },
  async value(value, { stdout }) {
    await write(stdout, `${JSON.stringify(value ?? null)}\n`)
  },
}
