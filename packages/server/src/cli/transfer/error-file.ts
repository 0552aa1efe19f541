import { closeSync, fsyncSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { CommandError } from '../terminal.ts'
import type { RawRow, Source } from './source.ts'

/** What an error file has beside the columns of its input; an import leaves them out. */
export const ERROR_COLUMNS = ['error_line', 'error_code', 'error'] as const

export interface Refusal {
  readonly raw: RawRow
  readonly code: string
  readonly text: string
}

/** The rows that were refused, as they were, and why: to be corrected and imported again. */
export class ErrorFile {
  /** As people have named it. */
  readonly name: string
  readonly path: string
  readonly #source: Pick<Source, 'format' | 'header' | 'delimiter'>
  #file: number | undefined
  #length: number

  /** @param length how much of the file that is there still counts: an import that goes on repeats what came behind */
  constructor(cwd: string, name: string, source: Pick<Source, 'format' | 'header' | 'delimiter'>, length: number) {
    this.name = name
    this.path = resolve(cwd, name)
    this.#source = source
    this.#length = length
  }

  get length(): number {
    return this.#length
  }

  /** Adds rows; they are on the disk when this is done. */
  add(refusals: readonly Refusal[]): void {
    if (refusals.length === 0) return
    const { format, header, delimiter } = this.#source
    const file = (this.#file ??= this.#open())
    const head =
      this.#length === 0 && format === 'csv' ? stringify([[...header, ...ERROR_COLUMNS]], { delimiter, bom: true }) : ''
    const text =
      format === 'csv'
        ? stringify(
            refusals.map((each) => this.#cells(each)),
            { delimiter },
          )
        : ndjson(refusals)
    const bytes = Buffer.from(head + text)
    writeSync(file, bytes, 0, bytes.length, this.#length)
    fsyncSync(file)
    this.#length += bytes.length
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #open(): number {
    try {
      const exists = statSync(this.path, { throwIfNoEntry: false }) !== undefined
      // Whoever has taken the file away gets the rest in a new one.
      if (!exists) this.#length = 0
      const file = openSync(this.path, exists ? 'r+' : 'wx+', 0o600)
      ftruncateSync(file, this.#length)
      return file
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? ''
      throw new CommandError(`${this.name} cannot be written (${code})`, {
        hint: 'Name another: --errors FILE.',
        cause,
      })
    }
  }

  /** A row that is too long keeps what it has too much behind everything else. */
  #cells({ raw: { cells = [], line }, code, text }: Refusal): string[] {
    const { length } = this.#source.header
    const own = Array.from({ length }, (_, index) => cells[index] ?? '')
    return [...own, String(line), code, text, ...cells.slice(length)]
  }
}

const ndjson = (refusals: readonly Refusal[]): string =>
  refusals
    .map(({ raw, code, text }) => {
      const [line, errorCode, error] = ERROR_COLUMNS
      const told = { [line]: raw.line, [errorCode]: code, [error]: text }
      // What is no object has no place in one but as a text.
      return `${JSON.stringify(raw.record === undefined ? { ...told, text: raw.raw } : { ...raw.record, ...told })}\n`
    })
    .join('')
