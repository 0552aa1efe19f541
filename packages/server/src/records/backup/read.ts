import { createHash } from 'node:crypto'
import { BackupError, type BackupRow, type End, isRow, type Part, readLine } from './format.ts'
import type { Table } from '../../store/table.ts'

/** The longest line that is believed: a row with texts of a hundred megabytes. */
const LONGEST = 2 ** 28
const NEWLINE = 10
const BRACKET = 91
const QUOTE = 34

/**
 * The parts of a backup, from its unpacked bytes. Whatever is wrong with it is thrown at the latest at its end, so that
 * whoever changes something must have read it to the end before, or be able to undo it.
 * @throws {BackupError}
 */
export async function* readBackup(source: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const reader = new BackupReader()
  let rest: Buffer[] = []
  let length = 0
  for await (const chunk of source) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const tail = chunk.subarray(from, at + 1)
      const line = rest.length === 0 ? tail : Buffer.concat([...rest, tail])
      rest = []
      length = 0
      from = at + 1
      const part = reader.line(line)
      if (part !== undefined) {
        if (reader.rows.length > 0) yield { is: 'rows', rows: reader.rows.splice(0) }
        yield part
      }
    }
    if (reader.rows.length > 0) yield { is: 'rows', rows: reader.rows.splice(0) }
    const open = chunk.subarray(from)
    if (open.length > 0) rest.push(open)
    if ((length += open.length) > LONGEST) throw new BackupError('it is no backup of Portico')
  }
  if (length > 0 || !reader.ended) throw new BackupError('it is cut off')
}

class BackupReader {
  /** Those that have come since they were last taken. */
  readonly rows: BackupRow[] = []
  ended = false
  readonly #hash = createHash('sha256')
  readonly #counts: Record<string, number> = {}
  #files = 0
  #begun = false
  #table: Table | undefined
  /** Bytes of the present file that are still to come. */
  #missing = 0

  /** What a line says; undefined for a row, which is put beside the others. */
  line(line: Buffer): Part | undefined {
    if (this.ended) throw new BackupError('something stands behind its end')
    const value = parsed(line)
    if (line[0] === BRACKET) return this.#row(value, line)
    if (line[0] === QUOTE) return this.#bytes(value, line)
    const part = readLine(value)
    if (!this.#begun && part.is !== 'header') throw new BackupError('it is no backup of Portico')
    if (this.#missing !== 0) throw new BackupError('bytes of a file are missing')
    this.#begun = true
    if (part.is === 'end') {
      this.#check(part.end)
      this.ended = true
      return part
    }
    this.#hash.update(line)
    this.#table = undefined
    if (part.is === 'table') {
      if (part.table.name in this.#counts) throw new BackupError('it declares a table twice')
      this.#table = part.table
      this.#counts[part.table.name] = 0
    } else if (part.is === 'file') {
      this.#files++
      this.#missing = part.size
    }
    return part
  }

  #row(value: unknown, line: Buffer): undefined {
    const table = this.#table
    if (table === undefined || !isRow(value as unknown[], table)) throw new BackupError('it holds an impossible row')
    this.#hash.update(line)
    this.#counts[table.name] = (this.#counts[table.name] ?? 0) + 1
    this.rows.push(value as BackupRow)
    return undefined
  }

  #bytes(value: unknown, line: Buffer): Part {
    const bytes = Buffer.from(String(value), 'base64')
    this.#hash.update(line)
    this.#missing -= bytes.length
    if (this.#missing < 0) throw new BackupError('a file is longer than it says')
    return { is: 'bytes', bytes }
  }

  #check({ rows, files, sha256 }: End): void {
    const isWhole =
      files === this.#files &&
      Object.keys(rows).length === Object.keys(this.#counts).length &&
      Object.entries(this.#counts).every(([table, count]) => rows[table] === count)
    if (!isWhole || sha256 !== this.#hash.digest('hex'))
      throw new BackupError('its checksum does not fit: it is damaged')
  }
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch {
    throw new BackupError('it is no backup of Portico, or it is damaged')
  }
}
