import { chunksOf, MAX_COMMANDS, readCommands, type PlannedCommand } from './batch-plan.ts'
import type { Connection } from './connection.ts'
import {
  CredentialError,
  documentedStatus,
  LimitError,
  type PortalError,
  portalError,
  UnexpectedAnswerError,
} from './errors.ts'
import { isMap } from './json.ts'
import type { CallOptions, Time } from './options.ts'
import { phpQuery } from './query.ts'
import { resolve } from './ref.ts'
import { sleep } from './time.ts'

export interface BatchOptions extends CallOptions {
  /** Nothing after the first error is done. */
  readonly halt?: boolean | undefined
  /** Called after every request: how many of the commands have an outcome. */
  onProgress?(progress: Progress): void
}

/** How far a long work is. */
export interface Progress {
  readonly done: number
  /** Undefined where nobody knows. */
  readonly total?: number | undefined
}

/** Outcomes by the keys of commands. */
export interface Outcomes {
  readonly results: Map<string, unknown>
  readonly errors: Map<string, Error>
  readonly totals: Map<string, number>
  readonly nexts: Map<string, number>
  readonly times: Map<string, Time>
  /** Commands that were not run because of an error before them. */
  readonly skipped: string[]
}

type Entries = readonly (readonly [string, { readonly method: string; readonly params?: unknown }])[]

/**
 * Runs commands in requests of 50.
 *
 * @throws what the first request ends with as a whole; later ones put it to each of their commands, since what was done
 *   before must not be lost
 */
export async function runBatch(
  connection: Connection,
  entries: Entries,
  options: BatchOptions = {},
): Promise<Outcomes> {
  const { halt = false, onProgress } = options
  const commands = readCommands(entries)
  const outcomes: Outcomes = {
    results: new Map(),
    errors: new Map(),
    totals: new Map(),
    nexts: new Map(),
    times: new Map(),
    skipped: [],
  }
  let isOver = false
  for (const [index, chunk] of chunksOf(commands).entries()) {
    if (isOver) break
    try {
      await runChunk(connection, chunk, outcomes, options)
    } catch (cause) {
      if (index === 0 || options.signal?.aborted === true || !(cause instanceof Error)) throw cause
      for (const { key } of chunk) if (!outcomes.results.has(key)) outcomes.errors.set(key, cause)
      isOver = cause instanceof CredentialError
    }
    isOver ||= halt && outcomes.errors.size > 0
    onProgress?.({ done: outcomes.results.size + outcomes.errors.size, total: commands.length })
  }
  const { results, errors, skipped } = outcomes
  for (const { key } of commands) if (!results.has(key) && !errors.has(key)) skipped.push(key)
  return outcomes
}

async function runChunk(
  connection: Connection,
  chunk: readonly PlannedCommand[],
  outcomes: Outcomes,
  options: BatchOptions,
): Promise<void> {
  const { halt = false, signal } = options
  let rest = sendable(chunk, outcomes, halt)
  for (let tries = 0; rest.length > 0; tries++) {
    const limited = await send(connection, rest, outcomes, options, tries)
    // Commands may be blocked for themselves. What nobody waits for may be done later.
    const again =
      halt || tries === MAX_WAITS || !connection.repeats ? [] : limited.filter((command) => isAlone(command, chunk))
    if (again.length === 0) break
    const milliseconds = Math.max(
      ...again.map(({ key, method }) => {
        const error = outcomes.errors.get(key) as LimitError
        return connection.pace.refused(method, error.code, error.retryAfter) ?? 1000
      }),
    )
    connection.waiting('batch', 'operating', milliseconds)
    await sleep(milliseconds, signal)
    for (const { key } of again) outcomes.errors.delete(key)
    rest = again
  }
}

/** Ten minutes of waiting for a minute each. */
const MAX_WAITS = 10

const isAlone = ({ key, needs }: PlannedCommand, chunk: readonly PlannedCommand[]): boolean =>
  needs.size === 0 && !chunk.some((other) => other.needs.has(key))

/** Commands with what is known already put in; one that needs what has failed before is not sent, it would write nonsense. */
function sendable(chunk: readonly PlannedCommand[], outcomes: Outcomes, halt: boolean): PlannedCommand[] {
  const here = new Set(chunk.map(({ key }) => key))
  const kept: PlannedCommand[] = []
  for (const command of chunk) {
    const earlier = [...command.needs].filter((key) => !here.has(key) || outcomes.errors.has(key))
    const failed = earlier.find((key) => !outcomes.results.has(key))
    if (failed === undefined) {
      const params =
        earlier.length === 0 ? command.params : (resolve(command.params, outcomes.results) as PlannedCommand['params'])
      kept.push({ ...command, params })
      continue
    }
    outcomes.errors.set(command.key, new NotDoneError(command.method, `it refers to ${failed}, which has failed`))
    if (halt) break
  }
  return kept
}

/** A command that was not sent, because it could not have done what was asked. */
export class NotDoneError extends Error {
  override readonly name = 'NotDoneError'
  readonly method: string
  constructor(method: string, why: string) {
    super(`${method}: not sent, ${why}`)
    this.method = method
  }
}

/** @returns the commands that the portal has refused for its limits */
async function send(
  connection: Connection,
  commands: readonly PlannedCommand[],
  outcomes: Outcomes,
  { halt = false, signal, timeout, idempotencyKey }: BatchOptions,
  tries: number,
): Promise<PlannedCommand[]> {
  const cmd = Object.fromEntries(
    commands.map(({ key, method, params }) => {
      const query = phpQuery(params)
      return [key, query === '' ? method : `${method}?${query}`]
    }),
  )
  const keyOf =
    idempotencyKey === undefined || commands.length === 0 ? undefined : chunkKey(idempotencyKey, commands, tries)
  const { result, status } = await connection.send(
    'batch',
    { halt: halt ? 1 : 0, cmd },
    { signal, timeout, idempotencyKey: keyOf },
    { methods: commands.map(({ method }) => method) },
  )
  if (!isMap(result)) throw new UnexpectedAnswerError('batch', 'the answer is not one of a batch', { status, text: '' })
  const results = mapOf(result.result)
  const errors = mapOf(result.result_error)
  const totals = mapOf(result.result_total)
  const nexts = mapOf(result.result_next)
  const times = mapOf(result.result_time)
  const limited: PlannedCommand[] = []
  for (const command of commands) {
    const { key, method } = command
    const error = errors.get(key)
    if (error !== undefined) {
      const refusal = refusalOf(method, error)
      outcomes.errors.set(key, refusal)
      if (refusal instanceof LimitError) limited.push(command)
    } else if (results.has(key)) {
      outcomes.results.set(key, results.get(key))
      if (totals.has(key)) outcomes.totals.set(key, Number(totals.get(key)))
      if (nexts.has(key)) outcomes.nexts.set(key, Number(nexts.get(key)))
      const time = times.get(key)
      if (isMap(time)) outcomes.times.set(key, time as unknown as Time)
      connection.pace.afterCommand(method, time)
    } else if (!halt)
      outcomes.errors.set(key, new UnexpectedAnswerError(method, 'the batch says nothing of it', { status, text: '' }))
  }
  return limited
}

/** Each request of a long batch is a call of its own, under a key of its own. */
const chunkKey = (key: string, [first]: readonly PlannedCommand[], tries: number): string =>
  `${key.slice(0, 200)}/${first?.key.replace(/[^\x21-\x7e]/g, '').slice(0, 40) ?? ''}/${tries}`

/** PHP gives a list where the keys are 0, 1, 2…, and an empty one for nothing. */
function mapOf(value: unknown): Map<string, unknown> {
  if (Array.isArray(value)) return new Map(value.map((each, index) => [String(index), each]))
  return new Map(isMap(value) ? Object.entries(value) : [])
}

function refusalOf(method: string, error: unknown): PortalError {
  const {
    error: code = '',
    error_description: text = '',
    ...details
  } = isMap(error) ? error : { error: '', error_description: String(error) }
  return portalError({
    code: String(code),
    text: String(text),
    status: documentedStatus(String(code)),
    method,
    details,
  })
}

export { MAX_COMMANDS }
