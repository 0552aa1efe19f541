import { hash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
  ftruncateSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isRow } from './engine/field.ts'
import type { RowFault } from './engine/read-row.ts'
import { CommandError, exit } from '../terminal.ts'
import type { Planned } from './plan.ts'
import { isRunning } from '../../records/is-running.ts'

/** What has become of rows. */
export interface Counts {
  readonly added: number
  readonly merged: number
  readonly skipped: number
  readonly failed: number
}

/** What an import is: said once, at its beginning. No secret is in it. */
export interface JournalHeader {
  readonly portico: 'import'
  readonly version: 1
  /** The keys of its batches begin with it. */
  readonly run: string
  readonly began: string
  readonly portal: string
  readonly noun: string
  readonly entityTypeId: number | null
  /** Whose Idempotency-Keys these are, on a Portico; null elsewhere. */
  readonly holder: string | null
  /** How the rows were read: an import is gone on with as it was begun. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** Written before a batch is sent: with what, and under which key. */
export interface Begun {
  readonly begun: number
  readonly first: number
  readonly last: number
  /** Milliseconds of the clock here. */
  readonly at: number
  readonly key: string
  readonly commands: readonly Planned[]
  readonly skipped: number
  /** Rows that need no write. */
  readonly merged: number
  readonly refused: readonly { readonly row: number; readonly faults: readonly RowFault[] }[]
  /** The sum over all rows up to and with these. */
  readonly sum: string
}

/** Written when the outcome of a batch is known. */
export interface Done {
  readonly done: number
  readonly last: number
  readonly sum: string
  readonly counts: Counts
  /** How long the error file is now. */
  readonly errors: number
}

export interface JournalState {
  readonly header: JournalHeader
  /** The last batch whose outcome is known. */
  readonly done: Done | undefined
  /** A batch that was begun, and whose outcome is not known. */
  readonly open: Begun | undefined
  readonly isEnded: boolean
  /** Bytes of whole entries: what power has cut off behind them counts for nothing. */
  readonly length: number
}

export const nothingDone: Done = {
  done: 0,
  last: 0,
  sum: '',
  counts: { added: 0, merged: 0, skipped: 0, failed: 0 },
  errors: 0,
}

/** A sum over rows that tells whether a file is still the one that was begun with. */
export const addToSum = (sum: string, raw: string): string => hash('sha256', `${sum}\n${raw}`)

/** What a journal says; undefined where there is none. Throws CommandError for a file that is no journal. */
export function readJournal(path: string): JournalState | undefined {
  if (!existsSync(path)) return undefined
  const text = readFileSync(path)
  const end = text.lastIndexOf(0x0a) + 1
  const lines = text.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
  const entries = lines.map((line): unknown => {
    try {
      return JSON.parse(line)
    } catch {
      return undefined
    }
  })
  const [header] = entries
  // Killed before its first line was whole: nothing was sent.
  if (end === 0) return undefined
  if (!isRow(header) || header.portico !== 'import' || header.version !== 1 || entries.includes(undefined))
    throw new CommandError(`${path} is no journal of an import`, { exitCode: exit.usage })
  let done: Done | undefined
  let open: Begun | undefined
  let isEnded = false
  for (const entry of entries.slice(1)) {
    if (!isRow(entry)) continue
    if ('begun' in entry) open = entry as unknown as Begun
    else if ('undone' in entry) open = undefined
    else if ('done' in entry) [done, open] = [entry as unknown as Done, undefined]
    else if ('ended' in entry) isEnded = true
  }
  return { header: header as unknown as JournalHeader, done, open, isEnded, length: end }
}

/** A file to which entries are only ever added, each of which is on the disk before anything else happens. */
export class Journal {
  readonly #path: string
  readonly #file: number
  #isOpen = true

  private constructor(path: string, file: number) {
    this.#path = path
    this.#file = file
  }

  /** Begins a journal; one that is there already is replaced. */
  static begin(path: string, header: JournalHeader): Journal {
    lock(path)
    try {
      rmSync(path, { force: true })
      const journal = new Journal(path, openSync(path, 'ax', 0o600))
      journal.add(header)
      syncDirectory(path)
      return journal
    } catch (cause) {
      unlock(path)
      throw unwritable(path, cause)
    }
  }

  /** Goes on with a journal, behind its last whole entry. */
  static goOn(path: string, { length }: JournalState): Journal {
    lock(path)
    try {
      const file = openSync(path, 'r+')
      ftruncateSync(file, length)
      closeSync(file)
      return new Journal(path, openSync(path, 'a', 0o600))
    } catch (cause) {
      unlock(path)
      throw unwritable(path, cause)
    }
  }

  add(entry: JournalHeader | Begun | Done | { readonly undone: number }): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    fsyncSync(this.#file)
  }

  /** The import is over: what it was and what came of it stays, and what was sent does not. */
  end(header: JournalHeader, done: Done): void {
    this.close()
    const part = `${this.#path}.part`
    const entries = [header, done, { ended: new Date().toISOString() }]
    const file = openSync(part, 'w', 0o600)
    writeSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    fsyncSync(file)
    closeSync(file)
    renameSync(part, this.#path)
    syncDirectory(this.#path)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    closeSync(this.#file)
    unlock(this.#path)
  }
}

const lockOf = (path: string): string => `${path}.lock`
/** Locks of this process: a number of a process may come back, in a container after each restart. */
const held = new Set<string>()

function unlock(path: string): void {
  held.delete(path)
  rmSync(lockOf(path), { force: true })
}

/** Two imports of one file at once would each do the whole. */
function lock(path: string, isLast = false): void {
  const name = lockOf(path)
  try {
    writeFileSync(name, String(process.pid), { flag: 'wx', mode: 0o600 })
    held.add(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(path, cause)
    const holder = Number(readFileSync(name, 'utf8'))
    if (isLast || held.has(path) || (holder !== process.pid && isRunning(holder)))
      throw new CommandError(`this file is being imported by process ${holder}`, {
        hint: `If it is not, delete ${name}.`,
        cause,
      })
    // Left behind by one that was killed.
    unlinkSync(name)
    lock(path, true)
  }
}

/** The name of a file that was just made is on the disk only when its directory is. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(dirname(path), 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

const unwritable = (path: string, cause: unknown): unknown =>
  cause instanceof CommandError || !(cause instanceof Error) || !('code' in cause)
    ? cause
    : new CommandError(`the journal ${path} cannot be written (${String(cause.code)})`, {
        hint: 'Name another place for it: --journal FILE.',
        cause,
      })
