import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { ConfigError } from '../../config/options.ts'
import type { Calling } from '../client-command.ts'
import type { Program } from '../command.ts'
import type { Row } from '../output/cell.ts'
import { portalFailure } from '../portal-failure.ts'
import { CommandError, exit } from '../terminal.ts'

/** Calls of one request. */
const CHUNK = 50

interface Given {
  /** `-` is stdin. */
  readonly file: string
  /** Of lines that name none. */
  readonly method: string | undefined
  readonly isDry: boolean
}

interface Line {
  readonly line: number
  readonly method: string
  readonly params: Record<string, unknown>
}

/** A line that says no call. It counts as a call that failed, since those before it may be done already. */
interface BadLine {
  readonly line: number
  readonly why: string
}

/**
 * Calls what each line of a file says, 50 in a request, and writes a row for each: `line`, `method` and `result`, or
 * `error` and `error_description`.
 * @throws {CommandError} at the end, where some were refused
 */
export async function callBatch(calling: Calling, given: Given): Promise<void> {
  const { output, program } = calling
  if (given.isDry) return output.rows(planned(program, given))
  const count = { done: 0, failed: 0 }
  // Where the rows are seen they show how far it is.
  const bar = output.isTerminal ? undefined : output.progress('calls')
  try {
    const columns = output.isList ? ['line', 'method', 'result', 'error', 'error_description'] : undefined
    await output.rows(
      outcomes(calling, given, count, () => bar?.tick()),
      columns,
    )
  } finally {
    bar?.done()
  }
  if (count.failed > 0)
    throw new CommandError(`${count.failed} of ${count.done} calls failed`, {
      exitCode: count.failed === count.done ? exit.failure : exit.partial,
    })
}

async function* planned(program: Program, given: Given): AsyncGenerator<Row> {
  for await (const each of linesOf(program, given)) {
    if ('why' in each) throw new ConfigError('--batch', null, `--batch: line ${each.line}: ${each.why}`)
    yield { ...each }
  }
}

async function* outcomes(
  calling: Calling,
  given: Given,
  count: { done: number; failed: number },
  tick: () => void,
): AsyncGenerator<Row> {
  for await (const chunk of chunks(linesOf(calling.program, given)))
    for (const row of await run(calling, chunk)) {
      count.done++
      if ('error' in row) count.failed++
      tick()
      yield row
    }
}

async function run({ client, signal }: Calling, chunk: readonly (Line | BadLine)[]): Promise<Row[]> {
  const calls = chunk.flatMap((each) =>
    'why' in each ? [] : [[String(each.line), { method: each.method, params: each.params }] as const],
  )
  let answer: { readonly results: Readonly<Record<string, unknown>>; readonly errors: Readonly<Record<string, Error>> }
  try {
    answer =
      calls.length === 0 ? { results: {}, errors: {} } : await client.batch(Object.fromEntries(calls), { signal })
  } catch (cause) {
    // The rows before stand written; these lines are to be looked at.
    const failure = signal.aborted ? undefined : await portalFailure(cause)
    if (failure === undefined) throw cause
    const [first, last] = [chunk[0]?.line, chunk.at(-1)?.line]
    throw new CommandError(`lines ${first} to ${last}: ${failure.message}`, {
      exitCode: failure.exitCode,
      ...(failure.hint === undefined ? {} : { hint: failure.hint }),
      cause,
    })
  }
  return Promise.all(chunk.map((each) => rowOf(each, answer)))
}

async function rowOf(
  line: Line | BadLine,
  {
    results,
    errors,
  }: { readonly results: Readonly<Record<string, unknown>>; readonly errors: Readonly<Record<string, Error>> },
): Promise<Row> {
  if ('why' in line) return { line: line.line, error: 'INVALID_LINE', error_description: line.why }
  const key = String(line.line)
  const begin = { line: line.line, method: line.method }
  const error = errors[key]
  if (error === undefined) return { ...begin, result: results[key] }
  const { json } = (await portalFailure(error)) ?? { json: { error: error.name, error_description: error.message } }
  return { ...begin, error: json.error || 'ERROR', error_description: json.error_description }
}

async function* linesOf({ cwd, stdin }: Program, { file, method }: Given): AsyncGenerator<Line | BadLine> {
  const input = file === '-' ? stdin : await opened(resolve(cwd, file), file)
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++
    if (text.trim() !== '') yield lineOf(text, line, method)
  }
}

async function opened(path: string, name: string): Promise<NodeJS.ReadableStream> {
  try {
    return (await open(path)).createReadStream()
  } catch (cause) {
    throw new ConfigError('--batch', name, `--batch: ${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`)
  }
}

function lineOf(text: string, line: number, standard: string | undefined): Line | BadLine {
  const value = jsonOf(text)
  if (!isMap(value)) return { line, why: 'this is no JSON object' }
  if (typeof value.method !== 'string')
    return standard === undefined
      ? { line, why: 'no method is named, neither here nor by the command' }
      : { line, method: standard, params: value }
  const { method, params = {} } = value
  return isMap(params) ? { line, method, params } : { line, why: 'params is no map' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function* chunks<T>(values: AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const value of values) {
    chunk.push(value)
    if (chunk.length === CHUNK) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
