import type { Program } from '../command.ts'
import { CommandError } from '../terminal.ts'
import { asRow, type Row } from './cell.ts'
import { confirm } from './confirm.ts'
import type { Format } from './format-names.ts'
import { writerOf } from './formats.ts'
import { type Progress, progressOf } from './progress.ts'

export type { Row } from './cell.ts'
export type { Format } from './format-names.ts'

/** How results and remarks are shown: results go to stdout, everything else to stderr. */
export class Output {
  readonly format: Format
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean
  /** Whether stdout may be coloured. */
  readonly color: boolean
  /** Whether somebody looks at stderr. */
  readonly isWatched: boolean
  readonly #program: Program

  constructor(program: Program, { format, color = true }: { format?: Format | undefined; color?: boolean } = {}) {
    const { stdout, stderr, env } = program
    this.#program = program
    this.isWatched = stderr.isTTY === true
    this.isTerminal = stdout.isTTY === true
    this.format = format ?? (this.isTerminal ? 'table' : 'json')
    this.color = color && this.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
  }

  /** Whether rows are lines of cells, all with the same columns. */
  get isList(): boolean {
    return this.format !== 'json' && this.format !== 'ndjson'
  }

  /**
   * Writes rows as they come; what was written stays when reading them fails.
   * @param columns which, in their order; without them every one that the rows have
   */
  async rows(rows: AsyncIterable<Row> | readonly Row[], columns?: readonly string[]): Promise<void> {
    await writerOf(this.format).rows(rows, { columns, ...this.#sheet() })
  }

  /** Writes one result: a record, a list or a single value. */
  async value(value: unknown): Promise<void> {
    if (Array.isArray(value) && (this.isList || this.format === 'ndjson')) return this.rows(value.map(asRow))
    await writerOf(this.format).value(value, this.#sheet())
  }

  note(text: string): void {
    this.#program.stderr.write(`${text}\n`)
  }

  warn(text: string): void {
    this.note(`warning: ${text}`)
  }

  /** A bar on a terminal's stderr, nothing elsewhere. */
  progress(label: string, total?: number): Progress {
    return progressOf(this.#program, label, total)
  }

  /**
   * Asks on the terminal; everything but y or yes is a no.
   * @throws {CommandError} where there is nobody to ask
   */
  async confirm(question: string): Promise<boolean> {
    const { stdin, stderr } = this.#program
    if (stdin.isTTY !== true || stderr.isTTY !== true)
      throw new CommandError('nobody can be asked here', {
        exitCode: 2,
        hint: 'Add --yes to do it without a question.',
      })
    return confirm(this.#program, question)
  }

  #sheet(): Sheet {
    const { stdout } = this.#program
    return { stdout, width: this.isTerminal ? (stdout.columns ?? 80) : Infinity, color: this.color }
  }
}

/** What rows are written on. */
export interface Sheet {
  readonly stdout: NodeJS.WritableStream
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number
  readonly color: boolean
}
