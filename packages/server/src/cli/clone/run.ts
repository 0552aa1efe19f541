import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigError } from '../../config/options.ts'
import { nearest } from '../../config/nearest.ts'
import { openPlace, type Program, requireStored } from '../command.ts'
import { outputOf } from '../output/from-options.ts'
import type { Output } from '../output/output.ts'
import type { Progress } from '../output/progress.ts'
import { connect } from '../profiles/connection.ts'
import { CommandError, exit } from '../terminal.ts'
import { PASSWORD_LENGTH } from '../user.ts'
import type { CloneValues } from './command.ts'
import { dryRun, type Listener, runClone } from './engine.ts'
import { isPartial, type Report, type StepReport } from './report.ts'
import { GivenUp, Source } from './source.ts'
import { steps } from './steps.ts'

interface Asked {
  readonly values: CloneValues
  readonly sources: Partial<Record<keyof CloneValues, string>>
  /** The operand, if there is one. */
  readonly url: string | undefined
}

/** `portico clone`: exit 0, 3 where something stayed behind, 5 where the source has not answered for too long. */
export async function runCommand(program: Program, { values, sources, url }: Asked): Promise<void> {
  requireSteps(values.only)
  const output = outputOf(program, values)
  const client =
    url === undefined
      ? connect(program, values, sources)
      : connect(program, { ...values, url }, { ...sources, url: '--url' })
  const { signal } = program
  const source = new Source(client, {
    signal,
    patience: (values.patience ?? 0) * 1000,
    onWait: (why, milliseconds) => output.note(`${why}: on again in ${Math.ceil(milliseconds / 1000)} s`),
  })
  const common = { source, steps, only: values.only, signal, listener: listenerOf(output) }
  try {
    const report = values.dryRun ? await dryRun(common) : await intoPlace(program, values, output, common)
    await tell(program, output, report, values)
  } catch (cause) {
    if (cause instanceof GivenUp)
      throw new CommandError(`the portal has not answered for ${values.patience} s: ${cause.message}`, {
        exitCode: exit.unreachable,
        hint: 'Nothing is lost: the same command goes on where it was.',
        cause,
      })
    if (signal.aborted) output.note('Interrupted. The same command goes on where it was.')
    throw cause
  }
}

function requireSteps(only: readonly string[] | undefined): void {
  const names = steps.map(({ name }) => name)
  for (const name of only ?? []) {
    if (names.includes(name)) continue
    const meant = nearest(name, names)
    const others = meant === undefined ? names.join(', ') : `did you mean ${meant}?`
    throw new ConfigError('--only', name, `--only: there is no step ${name}: ${others}`)
  }
}

async function intoPlace(
  program: Program,
  values: CloneValues,
  output: Output,
  common: Omit<Parameters<typeof runClone>[0], 'target'>,
): Promise<Report> {
  requireStored(values, program)
  // Before a portal is made for it: a source that does not answer, or does not open itself, is told at once.
  await common.source.call('profile')
  const password = values.adminPassword ?? program.sources.token(PASSWORD_LENGTH)
  const { adminEmail: email, timezone, allowOutgoing } = values
  const target = await openPlace(program, values, { administrator: { email, password }, timezone, allowOutgoing })
  try {
    if (target.isNew) announce(output, values, password)
    return await runClone({ ...common, target, since: values.since })
  } finally {
    await target.close()
  }
}

/** A new portal tells the password of its first person, this once. */
function announce(output: Output, { adminEmail, adminPassword }: CloneValues, password: string): void {
  const shown = adminPassword === null ? password : '(the password that you gave)'
  output.note(
    `This is a new portal.\n  Sign-in      ${adminEmail}  ${shown}\nThe password is shown this once; only its hash is stored.`,
  )
}

/** A bar for each step, and a line when it is through. */
function listenerOf(output: Output): Listener {
  let bar: Progress | undefined
  return {
    begins: (step, total) => (bar = output.progress(step, total)),
    tick: (rows) => bar?.tick(rows),
    ends(report) {
      bar?.done()
      bar = undefined
      output.note(lineOf(report))
    },
    warn: (line) => output.warn(line),
  }
}

function lineOf({ step, total, rows, made, changed, removed, left, refused, seconds }: StepReport): string {
  const of = total === undefined ? '' : ` of ${total}`
  const parts = [`${rows}${of}`]
  if (made > 0) parts.push(`${made} new`)
  if (changed > 0) parts.push(`${changed} changed`)
  if (removed > 0) parts.push(`${removed} removed`)
  if (left.length > 0) parts.push(`${left.reduce((sum, { n }) => sum + n, 0)} left out`)
  if (seconds >= 1 && rows > 0) parts.push(`${Math.round(rows / seconds)}/s`)
  if (refused !== null) parts.push(`not given: ${refused}`)
  return `${step}: ${parts.join(', ')}`
}

async function tell(program: Program, output: Output, report: Report, values: CloneValues): Promise<void> {
  if (values.report !== undefined)
    await writeFile(resolve(program.cwd, values.report), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
  if (output.isList) {
    const columns = ['step', 'source', 'here', 'new', 'changed', 'removed', 'left']
    await output.rows(report.steps.map(rowOf), report.dryRun ? ['step', 'source'] : columns)
  } else await output.value(report)
  for (const { step, left, refused } of report.steps) {
    if (refused !== null) output.warn(`${step}: the source did not give all of it: ${refused}`)
    for (const { why, n, example } of left) output.warn(`${step}: ${why}: ${n}, such as ${example}`)
  }
  if (report.dryRun) return
  if (report.steps.some(({ step, made }) => step === 'users' && made > 0))
    output.note('People have come without passwords: invite them, or give one with portico user password --user ID.')
  if (isPartial(report))
    throw new CommandError('not everything has come', {
      exitCode: exit.partial,
      hint: 'The lines above say what and why. The same command tries again.',
    })
}

const rowOf = ({ step, total, rows, made, changed, removed, left }: StepReport): Record<string, unknown> => ({
  step,
  source: total ?? null,
  here: rows,
  new: made,
  changed,
  removed,
  left: left.reduce((sum, { n }) => sum + n, 0),
})
