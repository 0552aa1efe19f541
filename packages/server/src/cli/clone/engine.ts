import type { Opened } from '../command.ts'
import { notRun, type Report, type StepReport, totalsOf } from './report.ts'
import { Refused, type Source } from './source.ts'
import { addCounts, CloneState, type Counts, noCounts } from './state.ts'
import type { Clone, Page, Step } from './step.ts'
import { isEmpty } from './target.ts'

/** What shows how a run comes along. */
export interface Listener {
  begins?(step: string, total: number | undefined): void
  tick?(rows: number): void
  ends?(step: StepReport): void
  warn?(text: string): void
}

export interface RunOptions {
  readonly source: Source
  readonly target: Opened
  readonly steps: readonly Step[]
  /** Names of the steps that are wanted; what they need runs as well. */
  readonly only?: readonly string[] | undefined
  /** Epoch seconds: only what has changed since then. */
  readonly since?: number | undefined
  readonly signal: AbortSignal
  readonly listener?: Listener
}

/** The steps to run, in their order: those that are named with all that they need, or every one. */
export function chosen(steps: readonly Step[], only: readonly string[] | undefined): readonly Step[] {
  if (only === undefined) return steps
  const byName = new Map(steps.map((step) => [step.name, step]))
  const wanted = new Set<string>()
  const add = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const before of byName.get(name)?.after ?? []) add(before)
  }
  for (const name of only) add(name)
  return steps.filter(({ name }) => wanted.has(name))
}

/** Reads and counts, and touches nothing. */
export async function dryRun({
  source,
  steps,
  only,
  signal,
  listener,
}: Omit<RunOptions, 'target' | 'since'>): Promise<Report> {
  const reports: StepReport[] = []
  for (const step of chosen(steps, only)) {
    signal.throwIfAborted()
    const report = { ...notRun(step.name), ...(await countOf(step, source)) }
    listener?.ends?.(report)
    reports.push(report)
  }
  return { portal: source.portal, dryRun: true, keepsIds: null, resumed: false, steps: reports, ...totalsOf(reports) }
}

/**
 * Runs the steps in their order. What a step can't have is reported and the next one goes on; a source that can't be
 * reached any more ends the run, and the next one goes on where it was.
 * @throws GivenUp, the signal's reason, and what no run can go on after
 */
export async function runClone(options: RunOptions): Promise<Report> {
  const { source, target, signal, listener } = options
  const { portal } = target
  const session = portal.store.session()
  const now = portal.sources.now()
  const state = await CloneState.open(session, source.portal, { now, isEmpty: (reader) => isEmpty(portal, reader) })
  const reports: StepReport[] = []
  for (const step of chosen(options.steps, options.only)) {
    signal.throwIfAborted()
    const { total, refused } = await countOf(step, source)
    listener?.begins?.(step.name, total)
    const began = performance.now()
    const before = state.countsOf(step.name)
    const failed = refused ?? (state.isDone(step.name, THROUGH) ? null : await run(step, makeClone(options, state)))
    const counts = state.countsOf(step.name)
    const seconds = (performance.now() - began) / 1000
    const report: StepReport = { ...notRun(step.name), total, refused: failed, ...told(counts), seconds }
    listener?.ends?.({ ...report, rows: rowsIn(counts) - rowsIn(before) })
    reports.push(report)
  }
  await state.finish(session)
  return {
    portal: source.portal,
    dryRun: false,
    keepsIds: state.keepsIds,
    resumed: state.resumed,
    steps: reports,
    ...totalsOf(reports),
  }
}

/** The part of every step that says that all of it is through. */
const THROUGH = 'through'
const rowsIn = ({ made, changed, same }: Counts): number => made + changed + same

const told = (counts: Counts): Pick<StepReport, 'rows' | 'made' | 'changed' | 'same' | 'removed' | 'left'> => ({
  rows: rowsIn(counts),
  made: counts.made,
  changed: counts.changed,
  same: counts.same,
  removed: counts.removed,
  left: Object.entries(counts.left).map(([why, { n, example }]) => ({ why, n, example })),
})

/** How many rows the source has of a step, or why it does not say. */
async function countOf(
  step: Step,
  source: Source,
): Promise<{ readonly total: number | undefined; readonly refused: string | null }> {
  try {
    return { total: await step.count(source), refused: null }
  } catch (cause) {
    if (cause instanceof Refused) return { total: undefined, refused: cause.message }
    throw cause
  }
}

async function run(step: Step, clone: Clone): Promise<string | null> {
  try {
    await step.run(clone)
    await clone.page({ step: step.name, part: THROUGH, cursor: '', done: true }, async () => {})
    return null
  } catch (cause) {
    if (cause instanceof Refused) return cause.message
    throw cause
  }
}

function makeClone({ source, target, since, signal, listener }: RunOptions, state: CloneState): Clone {
  const { portal } = target
  return {
    source,
    target,
    session: portal.store.session(),
    state,
    signal,
    since,
    tick: (rows) => listener?.tick?.(rows),
    warn: (text) => listener?.warn?.(text),
    async page({ step, part = '', cursor, done = false, caches = [] }, body) {
      signal.throwIfAborted()
      const session = portal.store.session()
      let advanced: () => void = () => {}
      const write = async (tx: Page['tx']): Promise<void> => {
        // Nobody is told: it has happened on the other portal.
        tx.origin = { silent: true }
        let counts: Counts = noCounts
        await body({
          tx,
          count: (what, n = 1) => (counts = addCounts(counts, { ...noCounts, [what]: n })),
          leave: (why, example, n = 1) =>
            (counts = addCounts(counts, { ...noCounts, left: { [why]: { n, example } } })),
        })
        advanced = await state.advance(tx, { step, part, cursor, done }, counts)
      }
      await (caches.length === 0 ? session.transaction(write) : portal.caches.changing(session, caches, write))
      await session.settled()
      advanced()
    },
  }
}
