import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { Program } from '../command.ts'
import { write } from '../output/write.ts'
import { CommandError } from '../terminal.ts'
import type { FieldInfo } from './engine/field.ts'
import { escapeFormula } from './engine/formula.ts'
import { cellText } from './engine/texts.ts'

type Row = Record<string, unknown>

export interface Layout {
  readonly format: 'csv' | 'ndjson'
  readonly columns: readonly FieldInfo[]
  readonly titles: boolean
  readonly delimiter: string
  readonly separator: string
  readonly bom: boolean
  /** What addresses of files are relative to. */
  readonly portal: string
}

/** Where an export goes. A file has its name only when it is whole. */
export interface Sink {
  /** Waits where the reader is slower. */
  write(rows: readonly Row[]): Promise<void>
  finish(): Promise<void>
  abandon(): Promise<void>
}

export async function openSink(program: Program, file: string | undefined, layout: Layout): Promise<Sink> {
  const encode = encoderOf(layout)
  const head = layout.format === 'csv' ? `${layout.bom ? '\ufeff' : ''}${encode.head}` : ''
  if (file === undefined || file === '-') {
    await write(program.stdout, head)
    return {
      write: (rows) => write(program.stdout, encode.rows(rows)),
      finish: () => Promise.resolve(),
      abandon: () => Promise.resolve(),
    }
  }
  const path = resolve(program.cwd, file)
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  const stream = createWriteStream(part)
  // Errors come out of the next write, or out of the end.
  const closed = finished(stream).catch((cause: unknown) => fail(file, cause))
  closed.catch(() => {})
  await write(stream, head)
  return {
    async write(rows) {
      if (stream.destroyed) await closed
      await Promise.race([write(stream, encode.rows(rows)), closed])
    },
    async finish() {
      stream.end()
      await closed
      await rename(part, path)
    },
    async abandon() {
      stream.destroy()
      await closed.catch(() => {})
      await rm(part, { force: true })
    },
  }
}

function fail(file: string, cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  throw new CommandError(`${file} cannot be written: ${code}`, { cause })
}

function encoderOf({ format, columns, titles, delimiter, separator, portal }: Layout): {
  readonly head: string
  rows(rows: readonly Row[]): string
} {
  if (format === 'ndjson') return { head: '', rows: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join('') }
  const lines = (cells: readonly string[][]): string => stringify([...cells], { delimiter })
  return {
    head: lines([headOf(columns, titles).map(escapeFormula)]),
    rows: (rows) =>
      lines(rows.map((row) => columns.map((field) => escapeFormula(cellText(row, field, { separator, portal }))))),
  }
}

/** Titles where they tell a field from all others, codes elsewhere: what is exported can be imported. */
export function headOf(columns: readonly FieldInfo[], titles: boolean): string[] {
  if (!titles) return columns.map(({ key }) => key)
  const name = ({ key, titles: own }: FieldInfo): string =>
    own.find((title) => title !== '' && !/^[A-Z0-9_]+$/.test(title)) ?? key
  const taken = new Map<string, number>()
  for (const field of columns) {
    const lower = name(field).toLowerCase()
    taken.set(lower, (taken.get(lower) ?? 0) + 1)
  }
  return columns.map((field) => (taken.get(name(field).toLowerCase()) === 1 ? name(field) : field.key))
}
