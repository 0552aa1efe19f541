import stringWidth from 'string-width'
import { asRow, cellText, type Row, shownText } from './cell.ts'
import type { Writer } from './formats.ts'
import { sampled } from './sample.ts'
import { write } from './write.ts'

const GAP = 2
/** Narrower than this a cell tells nothing. */
const LEAST = 6

/** For people: aligned columns that fit the terminal. */
export const table: Writer = {
  async rows(rows, { stdout, width, color, columns: wanted }) {
    const { columns, first, rest } = await sampled(rows, wanted)
    if (columns.length === 0) return
    const cellsOf = (row: Row): string[] => columns.map((name) => oneLine(shownText(row[name])))
    const cells = first.map(cellsOf)
    const widths = fitted(
      columns.map((name, column) => Math.max(stringWidth(name), ...cells.map((row) => stringWidth(row[column] ?? '')))),
      width,
    )
    const line = (row: readonly string[]): string =>
      widths
        .map((room, column) => padded(row[column] ?? '', room))
        .join(' '.repeat(GAP))
        .trimEnd()
    const heading = line(columns)
    await write(stdout, color ? `\u001b[1m${heading}\u001b[22m\n` : `${heading}\n`)
    for (const row of cells) await write(stdout, `${line(row)}\n`)
    for await (const row of rest) await write(stdout, `${line(cellsOf(row))}\n`)
  },
  async value(value, sheet) {
    if (typeof value !== 'object' || value === null) return write(sheet.stdout, `${harmless(cellText(value))}\n`)
    const rows = Object.entries(asRow(value)).map(([field, each]) => ({ field, value: each }))
    await table.rows(rows, { ...sheet, columns: ['field', 'value'] })
  },
}

/** For `cut` and `awk`: tabs between cells, no line of names. */
export const plain: Writer = {
  async rows(rows, { stdout, columns: wanted }) {
    const { columns, first, rest } = await sampled(rows, wanted)
    const line = (row: Row): string => `${columns.map((name) => oneLine(cellText(row[name]))).join('\t')}\n`
    for (const row of first) await write(stdout, line(row))
    for await (const row of rest) await write(stdout, line(row))
  },
  async value(value, sheet) {
    if (typeof value !== 'object' || value === null) return write(sheet.stdout, `${cellText(value)}\n`)
    const rows = Object.entries(asRow(value)).map(([field, each]) => ({ field, value: each }))
    await plain.rows(rows, { ...sheet, columns: ['field', 'value'] })
  },
}

// oxlint-disable-next-line no-control-regex -- what a terminal would obey must not come out of a record
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g
const oneLine = (text: string): string => text.replace(CONTROL, ' ')
/** A text of several lines stays one. */
const harmless = (text: string): string => text.split('\n').map(oneLine).join('\n')

/** Widths that fit into the terminal: the widest columns give way first. */
export function fitted(widths: readonly number[], room: number): number[] {
  const result = [...widths]
  const total = (): number => result.reduce((sum, each) => sum + each, 0) + GAP * (result.length - 1)
  while (total() > room) {
    const widest = Math.max(...result)
    if (widest <= LEAST) break
    const next = Math.max(LEAST, ...result.filter((each) => each < widest))
    const wide = result.flatMap((each, column) => (each === widest ? [column] : []))
    const share = Math.max(1, Math.min(widest - next, Math.ceil((total() - room) / wide.length)))
    for (const column of wide) result[column] = Math.max(LEAST, widest - share)
  }
  return result
}

function padded(text: string, room: number): string {
  const width = stringWidth(text)
  if (width <= room) return text + ' '.repeat(room - width)
  const cut = shortened(text, room - 1)
  return `${cut}…${' '.repeat(Math.max(0, room - 1 - stringWidth(cut)))}`
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** As many whole letters as fit. */
function shortened(text: string, room: number): string {
  let result = ''
  let width = 0
  for (const { segment } of letters.segment(text)) {
    width += stringWidth(segment)
    if (width > room) break
    result += segment
  }
  return result
}
