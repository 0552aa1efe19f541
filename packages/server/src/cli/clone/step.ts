import type { Session, Transaction } from '../../store/store.ts'
import type { Opened } from '../command.ts'
import type { Source } from './source.ts'
import type { CloneState, Counts } from './state.ts'

/** One kind of data that is brought over. */
export interface Step {
  /** As `--only` names it: `leads`. */
  readonly name: string
  /** Steps that it cannot do without: they run before it, also where `--only` doesn't name them. */
  readonly after?: readonly string[]
  /** How many rows the source has; undefined where it doesn't tell. Must read only. */
  count(source: Source): Promise<number | undefined>
  /** Brings the rows over. Throws `Refused` (source.ts) where the source does not give them: the run goes on. */
  run(clone: Clone): Promise<void>
}

/** What a step writes with: one page of rows, with their ids and the cursor behind them, in one transaction. */
export interface Page {
  readonly tx: Transaction
  /** A row that is as it was, was made, changed or removed. */
  count(what: Exclude<keyof Counts, 'left'>, n?: number): void
  /** Something that stays behind, for the report: why, and an example. */
  leave(why: string, example: string, n?: number): void
}

/** One run, as a step sees it. */
export interface Clone {
  readonly source: Source
  readonly target: Opened
  /** For reading the target between transactions. */
  readonly session: Session
  readonly state: CloneState
  readonly signal: AbortSignal
  /** Epoch seconds: only what the source has changed since then is read, and nothing is removed. */
  readonly since: number | undefined
  /**
   * Writes one page. `cursor` is where the next page begins; when a run is resumed, `state.cursorOf(step, part)` gives
   * it back. `caches` names those that the page changes (`directories`, `entities`, `people`, …). Resolves when the
   * page is safe on disk.
   */
  page(
    at: { step: string; part?: string; cursor: string; done?: boolean; caches?: readonly string[] },
    body: (page: Page) => Promise<void>,
  ): Promise<void>
  /** Moves the progress bar. */
  tick(rows: number): void
  warn(text: string): void
}
