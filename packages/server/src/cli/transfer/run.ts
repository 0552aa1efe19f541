import { CredentialError, PortalError, UnexpectedAnswerError, UnreachableError } from 'portico-client'
import type { Calling } from '../client-command.ts'
import { portalFailure } from '../portal-failure.ts'
import { CommandError, exit } from '../terminal.ts'
import { isRow } from './engine/field.ts'
import type { ErrorFile, Refusal } from './error-file.ts'
import {
  addToSum,
  type Begun,
  type Counts,
  type Done,
  type Journal,
  type JournalHeader,
  type JournalState,
  nothingDone,
} from './journal.ts'
import type { Uncertain } from './options.ts'
import { markKeys, type Planned, type Planning, planRows } from './plan.ts'
import type { RowReader } from './row-reader.ts'
import type { RawRow, Source } from './source.ts'
import type { Call } from './subject.ts'

/** A Portico keeps the answers of keys for a day; an hour of it is for clocks that differ. */
const KEPT = 23 * 3600 * 1000

export interface RunGiven {
  readonly header: JournalHeader
  readonly state: JournalState | undefined
  readonly source: Source
  readonly reader: RowReader
  readonly planning: Planning
  readonly errors: ErrorFile
  readonly journal: Journal | undefined
  readonly batch: number
  /** How many rows there are, where somebody watches. */
  readonly total: number | undefined
  /** Whether the counts are asked for as a result, beside what is told. */
  readonly isTold: boolean
  readonly isPortico: boolean
  /** Whether the keys of the journal are those of this caller. */
  readonly mayRepeat: boolean
  readonly uncertain: Uncertain
  /** For the line that tells how to go on. */
  readonly command: string
}

export const summary = ({ added, merged, skipped, failed }: Counts): string =>
  `${added} added, ${merged} merged, ${skipped} skipped, ${failed} failed`

/**
 * One import, batch by batch: what a batch is to write is in the journal before it is sent, and what has come of it
 * before the next one. Whatever stops it in between, the rows of one batch at most are uncertain, and a Portico answers
 * for those when it is asked again under the same key.
 */
export class ImportRun {
  readonly #calling: Calling
  readonly #given: RunGiven
  #done: Done
  #open: Begun | undefined
  readonly #progress: { tick(count?: number): void; done(text?: string): void }

  constructor(calling: Calling, given: RunGiven) {
    this.#calling = calling
    this.#given = given
    this.#done = given.state?.done ?? nothingDone
    this.#open = given.state?.open
    this.#progress = calling.output.progress(`Importing ${given.planning.subject.plural}`, given.total)
    this.#progress.tick(this.#done.last)
  }

  async all(): Promise<void> {
    const { journal, header, errors, planning, state } = this.#given
    const { output } = this.#calling
    try {
      if (state !== undefined && this.#done.last > 0) output.note(`Going on after row ${this.#done.last}.`)
      await this.#rows()
    } catch (cause) {
      this.#progress.done()
      throw await this.#stopped(cause)
    }
    journal?.end(header, this.#done)
    const { counts } = this.#done
    this.#progress.done(`${planning.subject.plural}: ${summary(counts)}.`)
    if (this.#given.isTold) await output.value({ ...counts, errors: counts.failed === 0 ? null : errors.name })
    if (counts.failed === 0) return
    output.note(`The rows that failed are in ${errors.name}: correct them and import that file.`)
    throw new CommandError('', { exitCode: exit.partial })
  }

  async #rows(): Promise<void> {
    const { source, batch } = this.#given
    const past = this.#done
    let sum = addToSum('', JSON.stringify(source.header))
    let rows: RawRow[] = []
    let seen = 0
    for await (const raw of source.rows()) {
      sum = addToSum(sum, raw.raw)
      seen = raw.row
      if (raw.row <= past.last) {
        if (raw.row === past.last) requireSum(sum, past.sum, source.name)
        continue
      }
      rows.push(raw)
      const isFull = this.#open === undefined ? rows.length >= batch : raw.row === this.#open.last
      if (!isFull) continue
      await this.#settle(rows, sum)
      rows = []
    }
    if (seen < past.last || (this.#open !== undefined && seen < this.#open.last)) throw changed(source.name)
    if (rows.length > 0) await this.#settle(rows, sum)
  }

  /** Everything about some rows: what was begun with them before is brought to its end first. */
  async #settle(rows: readonly RawRow[], sum: string): Promise<void> {
    const open = this.#open
    this.#open = undefined
    if (open === undefined)
      return this.#begin(rows, sum, `${this.#given.header.run}/${this.#done.done + 1}`, noOutcome())
    requireSum(sum, open.sum, this.#given.source.name)
    if (this.#given.mayRepeat && Date.now() - open.at < KEPT) {
      // The same commands under the same key: a Portico does them once.
      return this.#send(open, rows, noOutcome())
    }
    const { rest, outcome } = await this.#uncertain(open, rows)
    await this.#begin(rest, sum, `${open.key}+`, outcome, rows.at(-1)?.row)
  }

  /** Plans rows, writes down what is to be sent, and sends it. */
  async #begin(rows: readonly RawRow[], sum: string, key: string, outcome: Outcome, last?: number): Promise<void> {
    const { planning, reader, journal } = this.#given
    const numbered: { row: number; read: Awaited<ReturnType<RowReader['read']>> }[] = []
    for (const raw of rows) numbered.push({ row: raw.row, read: await reader.read(raw) })
    const { commands, skipped, merged, refused } = await planRows(numbered, planning)
    const begun: Begun = {
      begun: this.#done.done + 1,
      first: this.#done.last + 1,
      last: last ?? rows.at(-1)?.row ?? this.#done.last,
      at: Date.now(),
      key,
      commands,
      skipped: skipped.length,
      merged: merged.length,
      refused,
      sum,
    }
    journal?.add(begun)
    await this.#send(begun, rows, outcome)
  }

  async #send(begun: Begun, rows: readonly RawRow[], outcome: Outcome): Promise<void> {
    const { commands, refused } = begun
    const { errors, journal } = this.#given
    const byRow = new Map(rows.map((raw) => [raw.row, raw]))
    const refuse = (row: number, code: string, text: string): void => {
      const raw = byRow.get(row)
      if (raw !== undefined) outcome.refusals.push({ raw, code, text })
    }
    for (const { row, faults } of refused)
      refuse(
        row,
        faults[0]?.code ?? '',
        faults
          .map(({ column, value, reason }) =>
            `${[column, value && `"${value}"`].filter(Boolean).join(' ')} ${reason}`.trim(),
          )
          .join('; '),
      )
    const answer = commands.length === 0 ? undefined : await this.#write(begun)
    for (const [index, command] of commands.entries()) {
      const error = answer?.errors[String(index)]
      if (error !== undefined) for (const row of command.rows) refuse(row, codeOf(error), textOf(error))
      else if (command.do === 'add') {
        outcome.added++
        outcome.merged += command.rows.length - 1
      } else outcome.merged += command.rows.length
    }
    outcome.refusals.sort((a, b) => a.raw.row - b.raw.row)
    errors.add(outcome.refusals)
    const { counts } = this.#done
    this.#done = {
      done: begun.begun,
      last: begun.last,
      sum: begun.sum,
      counts: {
        added: counts.added + outcome.added,
        merged: counts.merged + outcome.merged + begun.merged,
        skipped: counts.skipped + begun.skipped,
        failed: counts.failed + outcome.refusals.length,
      },
      errors: errors.length,
    }
    journal?.add(this.#done)
    this.#progress.tick(rows.length)
  }

  async #write({ commands, key, begun }: Begun): Promise<{ readonly errors: Readonly<Record<string, Error>> }> {
    const { isPortico, planning, journal } = this.#given
    const { client, signal } = this.#calling
    try {
      const filled = await Promise.all(commands.map((command) => filledIn(command, planning)))
      // Only a Portico knows keys; anywhere else, a write that carries one would be repeated for nothing.
      const answer = await client.batch(filled, { signal, ...(isPortico ? { idempotencyKey: key } : {}) })
      const all = Object.values(answer.errors)
      // A credential that opens none of it opens nothing of what is to come.
      const denied = all.find((error) => error instanceof CredentialError)
      if (denied !== undefined && all.length === commands.length) throw denied
      return answer
    } catch (cause) {
      // Nothing was done, so that these rows are not begun any more. Under a key, an earlier try may have been done: it
      // is asked again when the import goes on.
      if (!isPortico && isUndone(cause)) journal?.add({ undone: begun })
      throw cause
    }
  }

  /**
   * Rows that were sent and never answered for, where nobody can repeat them: those that are there are done, and the
   * others go on. Rules for duplicates find them, a mark finds them; without either the caller decides.
   */
  async #uncertain(open: Begun, rows: readonly RawRow[]): Promise<{ rest: readonly RawRow[]; outcome: Outcome }> {
    const { planning, uncertain } = this.#given
    const outcome = noOutcome()
    const isFound = planning.policy !== 'add' && planning.rules.length > 0
    const adds = open.commands.filter((command) => command.do === 'add')
    if (adds.length === 0 || isFound) return { rest: rows, outcome }
    const sent = new Set(adds.flatMap((command) => command.rows))
    if (planning.mark !== undefined) {
      const there = await this.#marked(planning.mark, [...sent])
      outcome.added += there.size
      return { rest: rows.filter(({ row }) => !there.has(row)), outcome }
    }
    const lines = rows.filter(({ row }) => sent.has(row)).map(({ line }) => line)
    const which = `lines ${lines[0]} to ${lines.at(-1)} (${sent.size} rows)`
    if (uncertain === 'send') return { rest: rows, outcome }
    if (uncertain === 'skip') {
      for (const raw of rows)
        if (sent.has(raw.row))
          outcome.refusals.push({ raw, code: 'OUTCOME_UNKNOWN', text: 'was sent, and no answer came' })
      return { rest: rows.filter(({ row }) => !sent.has(row)), outcome }
    }
    this.#open = open
    throw new CommandError(`nobody knows whether ${which} arrived`, {
      exitCode: exit.partial,
      hint: 'Look for them in the portal; then go on with --resume --uncertain send (again) or --uncertain skip (to the error file).',
    })
  }

  /** Rows whose records carry the mark of this import. */
  async #marked(mark: string, rows: readonly number[]): Promise<Set<number>> {
    const { subject } = this.#given.planning
    const [originator, origin] = markKeys(subject)
    const filter = { [originator]: mark, [`@${origin}`]: rows }
    const { method, params } = subject.list({ filter, select: [subject.id, origin] })
    const found = new Set<number>()
    for await (const row of this.#calling.client.list(method, params, { signal: this.#calling.signal }))
      if (isRow(row)) found.add(Number(row[origin]))
    return found
  }

  /** An error that tells how far it came, and how it goes on. */
  async #stopped(cause: unknown): Promise<unknown> {
    const { journal, command } = this.#given
    if (cause instanceof CommandError && cause.hint !== undefined) return cause
    const { counts, last } = this.#done
    this.#calling.output.note(`Stopped after row ${last}: ${summary(counts)}.`)
    const hint = journal === undefined ? undefined : `${command} --resume goes on from there.`
    if (this.#calling.signal.aborted)
      return new CommandError('interrupted', {
        exitCode: exit.interrupted,
        ...(hint === undefined ? {} : { hint }),
        cause,
      })
    const failure = await portalFailure(cause)
    if (failure === undefined || hint === undefined) return cause
    return new CommandError(failure.message, { exitCode: failure.exitCode, hint, cause })
  }
}

/** What has come of rows so far. */
interface Outcome {
  added: number
  merged: number
  readonly refusals: Refusal[]
}
const noOutcome = (): Outcome => ({ added: 0, merged: 0, refusals: [] })

async function filledIn({ method, params }: Planned, { files, facts }: Planning): Promise<Call> {
  const filled = files === undefined ? params : await files.fill(params, facts.dialect)
  return { method, params: filled as Call['params'] }
}

/** A portal that refuses a batch as a whole has done nothing of it; a failure of its own may come in the middle. */
const isUndone = (cause: unknown): boolean =>
  cause instanceof UnreachableError || (cause instanceof PortalError && (cause.status < 500 || cause.status === 503))

const codeOf = (error: Error): string =>
  error instanceof PortalError ? error.code : error instanceof UnexpectedAnswerError ? 'OUTCOME_UNKNOWN' : ''
const textOf = (error: Error): string => (error instanceof PortalError ? error.text || error.code : error.message)

function requireSum(sum: string, expected: string, name: string): void {
  if (sum !== expected) throw changed(name)
}

const changed = (name: string): CommandError =>
  new CommandError(`${name} is not the file that this import was begun with: rows that were imported are different`, {
    exitCode: exit.usage,
    hint: 'Go on with the file as it was; --restart begins anew, and would add again what was added.',
  })
