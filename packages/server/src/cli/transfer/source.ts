import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import type { Program } from '../command.ts'
import { CommandError, exit } from '../terminal.ts'
import { type Detected, detectDelimiter, detectEncoding } from './detect.ts'
import { isRow } from './engine/field.ts'

/** A row as the file has it. */
export interface RawRow {
  /** 1 for the first row behind the header. */
  readonly row: number
  /** The line of the file that it begins on. */
  readonly line: number
  readonly cells?: readonly string[]
  readonly record?: Readonly<Record<string, unknown>>
  /** Its text, by which it is known again. */
  readonly raw: string
  /** Why it is no row. */
  readonly fault?: { readonly code: string; readonly reason: string }
}

export interface Source {
  readonly name: string
  readonly format: 'csv' | 'ndjson'
  /** Of CSV. */
  readonly header: readonly string[]
  readonly delimiter: string
  readonly encoding: Detected
  /** Bytes; undefined for what is piped. */
  readonly size: number | undefined
  /** Bytes that were read so far. */
  readonly position: number
  rows(): AsyncGenerator<RawRow>
  close(): void
}

export interface SourceOptions {
  readonly format: 'csv' | 'ndjson' | undefined
  readonly delimiter: string | undefined
  readonly encoding: string | undefined
}

const HEAD = 65_536
/** Longer rows are no rows. */
const MAX_ROW = 32 * 1024 * 1024

/** Opens a file, or stdin (`-`), and reads its header. */
export async function openSource(
  { cwd, stdin }: Pick<Program, 'cwd' | 'stdin'>,
  file: string,
  options: SourceOptions,
): Promise<Source> {
  const name = file === '-' ? 'stdin' : file
  if (file === '-' && stdin.isTTY === true)
    throw new CommandError('nothing is piped into stdin', { exitCode: exit.usage })
  const size = file === '-' ? undefined : await sizeOf(resolve(cwd, file), file)
  const input = (file === '-' ? stdin : createReadStream(resolve(cwd, file), { highWaterMark: HEAD })) as Readable
  const bytes = new Bytes(input)
  const head = await bytes.head(HEAD)
  const encoding = detectEncoding(head, options.encoding)
  if (encoding === undefined)
    throw new CommandError(`there is no encoding "${options.encoding}"`, {
      exitCode: exit.usage,
      hint: 'utf-8, windows-1251, windows-1252, utf-16le and other names of the web are known.',
    })
  const sample = new TextDecoder(encoding.name).decode(head)
  const format = options.format ?? formatOf(file, sample)
  const delimiter = options.delimiter ?? detectDelimiter(sample)
  const text = decoded(bytes.all(), encoding, name)
  const rows = format === 'csv' ? csvRows(text, delimiter, name) : ndjsonRows(text, name)
  const first = format === 'csv' ? await rows.next() : undefined
  if (first?.done === true) throw new CommandError(`${name} is empty: not even a header is there`)
  const header = first?.value?.cells ?? []
  return {
    name,
    format,
    header,
    delimiter,
    encoding,
    size,
    get position() {
      return bytes.position
    },
    async *rows() {
      let row = 0
      for await (const raw of rows) {
        row++
        yield format === 'csv' ? { ...raw, row, ...ragged(raw, header) } : { ...raw, row }
      }
    },
    close: () => void input.destroy(),
  }
}

async function sizeOf(path: string, file: string): Promise<number | undefined> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new CommandError(`${file} is a directory`, { exitCode: exit.usage })
    return found.isFile() ? found.size : undefined
  } catch (cause) {
    if (cause instanceof CommandError) throw cause
    throw new CommandError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'})`, {
      exitCode: exit.usage,
      cause,
    })
  }
}

function formatOf(file: string, sample: string): 'csv' | 'ndjson' {
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson'
  if (/\.(csv|tsv|txt)$/i.test(file)) return 'csv'
  return sample.trimStart().startsWith('{') ? 'ndjson' : 'csv'
}

/** Chunks of a stream, the first of which may be looked at beforehand. */
class Bytes {
  position = 0
  readonly #chunks: AsyncIterator<Buffer | string>
  readonly #kept: Buffer[] = []

  constructor(input: Readable) {
    this.#chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>
  }

  async head(length: number): Promise<Buffer> {
    for (let got = 0; got < length;) {
      const next = await this.#next()
      if (next === undefined) break
      this.#kept.push(next)
      got += next.length
    }
    return Buffer.concat(this.#kept)
  }

  async *all(): AsyncGenerator<Buffer> {
    for (const chunk of this.#kept.splice(0)) yield chunk
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) yield chunk
  }

  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#chunks.next()
    if (done === true) return undefined
    const chunk = typeof value === 'string' ? Buffer.from(value) : value
    this.position += chunk.length
    return chunk
  }
}

async function* decoded(
  chunks: AsyncIterable<Buffer>,
  { name, isSure }: Detected,
  file: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(name, { fatal: true })
  let line = 1
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true })
      line += text.split('\n').length - 1
      if (text !== '') yield text
    }
    const rest = decoder.decode()
    if (rest !== '') yield rest
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new CommandError(`${file} is not ${name} after line ${line}`, {
      exitCode: exit.usage,
      hint: isSure ? 'The file is damaged there.' : 'Name its encoding: --encoding windows-1252, windows-1251, …',
    })
  }
}

type Unnumbered = Omit<RawRow, 'row'> & { readonly row: 0 }

async function* csvRows(text: AsyncIterable<string>, delimiter: string, file: string): AsyncGenerator<Unnumbered> {
  let lines = 0
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: MAX_ROW,
    // Rows before a mistake may never come out of the parser; how far it came is known here.
    on_record: (record: string[], info) => {
      lines = info.lines
      return record
    },
  })
  // Errors reach whoever reads the parser.
  pipeline(Readable.from(text), parser, () => {})
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // A quoted cell may go over several lines.
      const own = record.reduce((count, cell) => count + newlines(cell), 0)
      yield { row: 0, line: info.lines - own, cells: record, raw: JSON.stringify(record) }
    }
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || !String(cause.code).startsWith('CSV_')) throw cause
    throw new CommandError(`${file} is no CSV behind line ${lines}: ${reasonOf(cause as CsvError)}`, {
      exitCode: exit.usage,
      cause,
    })
  }
}

function newlines(cell: string): number {
  let count = 0
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++
  return count
}

function reasonOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is opened and never closed'
  if (code === 'CSV_MAX_RECORD_SIZE') return 'a row is longer than 32 MB: a quotation mark may be missing'
  return /^(INVALID_OPENING_QUOTE|CSV_INVALID_CLOSING_QUOTE|CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE)/.test(code)
    ? 'a quotation mark stands where none may (quoted cells double those inside)'
    : message
}

function ragged({ cells = [] }: Unnumbered, header: readonly string[]): Pick<RawRow, 'fault'> {
  if (cells.length === header.length) return {}
  const reason = `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'} where the header has ${header.length}`
  return { fault: { code: 'RAGGED', reason } }
}

async function* ndjsonRows(text: AsyncIterable<string>, file: string): AsyncGenerator<Unnumbered> {
  let line = 0
  for await (const raw of lines(text, file)) {
    line++
    if (raw.trim() !== '') yield { row: 0, line, ...recordOf(raw) }
  }
}

function recordOf(raw: string): Pick<RawRow, 'record' | 'raw' | 'fault'> {
  try {
    const record: unknown = JSON.parse(raw)
    if (isRow(record)) return { record, raw }
    return { raw, fault: { code: 'NOT_A_ROW', reason: 'is JSON, but no object' } }
  } catch (cause) {
    return { raw, fault: { code: 'NOT_A_ROW', reason: `is no JSON: ${cause instanceof Error ? cause.message : ''}` } }
  }
}

async function* lines(text: AsyncIterable<string>, file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    const parts = chunk.split('\n')
    parts[0] = rest + (parts[0] ?? '')
    rest = parts.pop() ?? ''
    if (rest.length > MAX_ROW)
      throw new CommandError(`a line of ${file} is longer than 32 MB`, { exitCode: exit.usage })
    yield* parts
  }
  if (rest !== '') yield rest
}
