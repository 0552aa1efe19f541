import { MAX_COMMANDS, runBatch, type Progress } from './batch.ts'
import type { Connection } from './connection.ts'
import { CredentialError } from './errors.ts'
import { isMap } from './json.ts'
import type { CallOptions, Params } from './options.ts'

/** Records of one kind: the beginning of their methods (`crm.lead`), or the number of their type for `crm.item`. */
export type Target = string | number

export interface BulkOptions extends Omit<CallOptions, 'idempotencyKey'> {
  /** `collect`, where nothing is said, goes on after an error; `stop` does nothing after the first. */
  readonly onError?: 'stop' | 'collect' | undefined
  /** How many requests of 50 are under way at once; 1 where nothing is said. */
  readonly concurrency?: number | undefined
  /** Parameters beside those of each record: `{ params: { REGISTER_SONET_EVENT: 'N' } }`. */
  readonly params?: Params | undefined
  onProgress?(progress: Progress & { readonly failed: number }): void
  /** Called with each outcome as soon as it is known: what was done is known even if the rest is cancelled. */
  onItem?(index: number, outcome: BulkItem): void
}

/** What became of one record. */
export type BulkItem =
  | { readonly ok: true; /** Of the record that was added. */ readonly id?: number | string; readonly result: unknown }
  | { readonly ok: false; readonly error: Error; /** It was never tried. */ readonly skipped?: true }

export interface BulkResult {
  /** In the order of what was given, one for each. */
  readonly items: readonly BulkItem[]
  readonly done: number
  readonly failed: number
  readonly skipped: number
}

interface BulkCall {
  readonly method: string
  readonly params: Params
}

/** Not tried, since something before it has failed. */
class SkippedError extends Error {
  override readonly name = 'SkippedError'
}

/** Calls one after the other in requests of 50; every one has its outcome. */
export async function runBulk(
  connection: Connection,
  calls: Iterable<BulkCall> | AsyncIterable<BulkCall>,
  options: BulkOptions = {},
): Promise<BulkResult> {
  const { onError = 'collect', concurrency = 1, signal, timeout, onProgress, onItem } = options
  const list: BulkCall[] = []
  for await (const call of calls) list.push(call)
  const items = Array.from<BulkItem | undefined>({ length: list.length })
  let cause: Error | undefined
  let done = 0
  let failed = 0
  const settle = (index: number, item: BulkItem): void => {
    items[index] = item
    if (item.ok) done++
    else failed++
    onItem?.(index, item)
  }
  let next = 0
  const work = async (): Promise<void> => {
    while (next < list.length && cause === undefined) {
      const first = next
      const chunk = list.slice(first, (next += MAX_COMMANDS))
      const entries = chunk.map((call, offset) => [String(first + offset), call] as const)
      let failure: Error | undefined
      try {
        const outcomes = await runBatch(connection, entries, { halt: onError === 'stop', signal, timeout })
        for (const [key, result] of outcomes.results) settle(Number(key), { ok: true, ...idIn(result), result })
        for (const [key, error] of outcomes.errors) {
          settle(Number(key), { ok: false, error })
          if (onError === 'stop' || (error instanceof CredentialError && error.status === 401)) failure ??= error
        }
      } catch (thrown) {
        if (signal?.aborted === true || !(thrown instanceof Error)) {
          // The others stop as well.
          cause = thrown instanceof Error ? thrown : new Error(String(thrown))
          throw thrown
        }
        // The request as a whole: what it says holds for each of its records.
        for (const [key] of entries) settle(Number(key), { ok: false, error: thrown })
        if (onError === 'stop' || thrown instanceof CredentialError) failure = thrown
      }
      cause ??= failure
      onProgress?.({ done: done + failed, total: list.length, failed })
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work))
  let skipped = 0
  const whole = Array.from(items, (item): BulkItem => {
    if (item !== undefined) return item
    skipped++
    return { ok: false, skipped: true, error: new SkippedError('not tried, after an error', { cause }) }
  })
  return { items: whole, done, failed, skipped }
}

export const addCalls = function* (target: Target, items: Iterable<Params>, also: Params = {}): Iterable<BulkCall> {
  for (const fields of items) yield call(target, 'add', { ...also, fields })
}

export const updateCalls = function* (
  target: Target,
  items: Iterable<{ readonly id: number | string; readonly fields: Params }>,
  also: Params = {},
): Iterable<BulkCall> {
  for (const { id, fields } of items) yield call(target, 'update', { ...also, [idParam(target)]: id, fields })
}

export const deleteCalls = function* (
  target: Target,
  ids: Iterable<number | string>,
  also: Params = {},
): Iterable<BulkCall> {
  for (const id of ids) yield call(target, 'delete', { ...also, [idParam(target)]: id })
}

const call = (target: Target, verb: string, params: Params): BulkCall =>
  typeof target === 'number'
    ? { method: `crm.item.${verb}`, params: { entityTypeId: target, ...params } }
    : { method: `${target}.${verb}`, params }

/** Tasks have their own word for it. */
const idParam = (target: Target): string => (target === 'tasks.task' ? 'taskId' : 'id')

/** An id as itself, or that of the record that is answered: `{ item: { id } }`, `{ element: { id } }`. */
function idIn(result: unknown): { id?: number | string } {
  if (typeof result === 'number' || (typeof result === 'string' && /^\d+$/.test(result))) return { id: result }
  if (!isMap(result)) return {}
  const inner = Object.values(result)
  const record = inner.length === 1 && isMap(inner[0]) ? inner[0] : result
  const id = record.id ?? record.ID
  return typeof id === 'number' || typeof id === 'string' ? { id } : {}
}
