import type { Progress } from './batch.ts'
import type { Connection } from './connection.ts'
import { UnexpectedAnswerError } from './errors.ts'
import { pagingOf, type Cursor } from './paging.ts'
import { idOf, isAfter, rowsOf } from './list-shapes.ts'
import type { Answer, CallOptions, Params, Row } from './options.ts'

export interface ListOptions extends CallOptions {
  /** No more rows than this. */
  readonly limit?: number | undefined
  /**
   * `id`: each page begins after the last id of the one before, without counting; nothing is missed or given twice while
   * others write. `offset`: each page begins where the portal says. `auto`, where nothing is said, is `id` wherever the
   * method has a filter by id and no other order was asked for.
   */
  readonly by?: 'id' | 'offset' | 'auto' | undefined
  /** Called after each page. Only then, and for `offset`, the rows are counted beforehand. */
  onProgress?(progress: Progress): void
}

export interface Page<Each = Row> {
  readonly rows: Each[]
  /** How many there are, where they were counted. */
  readonly total?: number | undefined
}

const PAGE = 50

/** Page after page of a list. */
export async function* pagesOf(
  connection: Connection,
  method: string,
  params: Params,
  options: ListOptions = {},
): AsyncGenerator<Page> {
  const { limit = Infinity, by = 'auto', onProgress } = options
  if (limit <= 0) return
  const cursor = pagingOf(method, params, by)
  const pages =
    cursor === undefined ? byOffset(connection, method, params, options) : byId(connection, method, cursor, options)
  let done = 0
  for await (const { rows, total } of pages) {
    const kept = rows.length > limit - done ? rows.slice(0, limit - done) : rows
    done += kept.length
    onProgress?.({ done, total: total === undefined ? undefined : Math.min(total, limit) })
    yield { rows: kept, total }
    if (done >= limit) return
  }
}

async function* byOffset(
  connection: Connection,
  method: string,
  params: Params,
  options: ListOptions,
): AsyncGenerator<Page> {
  const name = Object.keys(params).find((key) => key.toLowerCase() === 'start') ?? 'start'
  let start = Number(params[name] ?? 0)
  for (let page = params; ; page = { ...params, [name]: start }) {
    const answer = await connection.send(method, page, options)
    yield { rows: rowsIn(method, answer), total: answer.total }
    // The same page again, or an earlier one, would never end.
    if (answer.next === undefined || answer.next <= start) return
    start = answer.next
  }
}

async function* byId(
  connection: Connection,
  method: string,
  cursor: Cursor,
  options: ListOptions,
): AsyncGenerator<Page> {
  let last: string | undefined
  let total: number | undefined
  for (;;) {
    const isCounted = last === undefined && options.onProgress !== undefined
    const answer = await connection.send(method, cursor.params(last, isCounted), options)
    const rows = rowsIn(method, answer)
    if (isCounted) total = answer.total
    const begin = last
    for (const row of rows) {
      const id = idOf(row, cursor.key)
      if (id === undefined || (last !== undefined && !isAfter(id, last)))
        throw new UnexpectedAnswerError(method, `the rows are not in the order of ${cursor.key}: list by offset`, {
          status: answer.status,
          text: `${id ?? 'a row without an id'} came after ${last ?? 'nothing'}`,
        })
      last = id
    }
    if (rows.length > 0 || begin === undefined) yield { rows: rows.map(cursor.strip), total }
    if (rows.length === 0 || (cursor.isFull && rows.length < PAGE)) return
  }
}

function rowsIn(method: string, { result, status }: Answer): Row[] {
  const rows = rowsOf(result)
  if (rows === undefined)
    throw new UnexpectedAnswerError(method, 'there is no list in the answer', { status, text: '' })
  return rows
}
