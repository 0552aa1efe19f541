import { detectDelimiter, detectEncoding } from './engine.ts'

/** A file as a table: the names of its columns, and its rows. */
export interface Table {
  readonly name: string
  readonly format: 'csv' | 'ndjson'
  readonly encoding: string
  readonly delimiter: string
  readonly hasHeader: boolean
  readonly header: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  /** Whether decoding has met what is no text in this encoding. */
  readonly isGarbled: boolean
}

export interface Choices {
  readonly encoding?: string
  readonly delimiter?: string
  readonly hasHeader?: boolean
}

/** A file that cannot be imported; `key` is a text of `transfer.file`. */
export class FileFault extends Error {
  readonly key: 'tooLarge' | 'empty' | 'broken' | 'noText' | 'tooMany'
  readonly line: number | undefined
  constructor(key: FileFault['key'], line?: number) {
    super(key)
    this.key = key
    this.line = line
  }
}

export const MOST_BYTES = 100_000_000
export const MOST_ROWS = 200_000
const SAMPLE = 65_536
/** Letters that are read at once: between two pieces the page may draw and answer. */
const PIECE = 250_000

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Spreadsheets and archives begin so: they are no texts, whatever their name says. */
const isBinary = (head: Uint8Array): boolean =>
  (head[0] === 0x50 && head[1] === 0x4b) ||
  (head[0] === 0xd0 && head[1] === 0xcf) ||
  (head[0] === 0x25 && head[1] === 0x50)

/**
 * Reads a file of values between separators, or of one JSON object a line.
 *
 * @throws FileFault
 */
export async function readTable(file: File, choices: Choices = {}): Promise<Table> {
  if (file.size === 0) throw new FileFault('empty')
  if (file.size > MOST_BYTES) throw new FileFault('tooLarge')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const head = bytes.subarray(0, SAMPLE)
  if (isBinary(head)) throw new FileFault('noText')
  const encoding = choices.encoding ?? detectEncoding(head)?.name ?? 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  const told = { name: file.name, encoding, isGarbled: text.slice(0, SAMPLE).includes('\ufffd') }
  if (/\.(?:ndjson|jsonl)$/i.test(file.name) || /^\s*\{/.test(text.slice(0, 100)))
    return { ...told, format: 'ndjson', delimiter: '', hasHeader: true, ...(await readLines(text)) }
  const delimiter = choices.delimiter ?? detectDelimiter(text.slice(0, SAMPLE))
  const all = await readValues(text, delimiter)
  const [first] = all
  if (first === undefined) throw new FileFault('empty')
  const hasHeader = choices.hasHeader ?? looksLikeNames(first)
  const rows = hasHeader ? all.slice(1) : all
  if (rows.length === 0) throw new FileFault('empty')
  const header = hasHeader ? first.map((name) => name.trim()) : first.map((_value, index) => letters(index))
  return { ...told, format: 'csv', delimiter, hasHeader, header, rows }
}

/** A line of names has neither numbers nor addresses nor the same thing twice. */
const looksLikeNames = (values: readonly string[]): boolean =>
  values.some((value) => value.trim() !== '') &&
  !values.some((value) => /^[\d\s.,+()/-]+$|@.+\./.test(value.trim()) && value.trim() !== '')

/** `A`, `B`, … `AA`: as spreadsheets call columns without a name. */
const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

async function readValues(text: string, delimiter: string): Promise<string[][]> {
  const { parse } = await import('csv-parse/browser/esm')
  const rows: string[][] = []
  const parser = parse({ delimiter, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true })
  const failures: Error[] = []
  parser.on('readable', () => {
    for (let row = parser.read() as string[] | null; row !== null; row = parser.read() as string[] | null)
      if (row.some((value) => value.trim() !== '')) rows.push(row)
  })
  parser.on('error', (cause: Error) => failures.push(cause))
  const ended = new Promise<void>((resolve) => {
    parser.on('end', () => resolve())
    parser.on('error', () => resolve())
  })
  for (let at = 0; at < text.length && failures.length === 0; at += PIECE) {
    parser.write(text.slice(at, at + PIECE))
    if (rows.length > MOST_ROWS) throw new FileFault('tooMany')
    await breath()
  }
  parser.end()
  await ended
  const [failure] = failures
  if (failure !== undefined) throw new FileFault('broken', 'lines' in failure ? Number(failure.lines) : undefined)
  return rows
}

/** Objects may have any keys: all of them make the header, in the order in which they turn up. */
async function readLines(text: string): Promise<{ header: string[]; rows: unknown[][] }> {
  const lines = text.split('\n')
  const places = new Map<string, number>()
  const rows: unknown[][] = []
  for (const [index, line] of lines.entries()) {
    if (index % 2_000 === 1_999) await breath()
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw new FileFault('broken', index + 1)
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FileFault('broken', index + 1)
    const row: unknown[] = []
    for (const [key, each] of Object.entries(value)) {
      let place = places.get(key)
      if (place === undefined) places.set(key, (place = places.size))
      row[place] = each
    }
    rows.push(row)
    if (rows.length > MOST_ROWS) throw new FileFault('tooMany')
  }
  if (rows.length === 0) throw new FileFault('empty')
  return { header: [...places.keys()], rows }
}
