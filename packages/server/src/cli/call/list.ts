import { ConfigError } from '../../config/options.ts'
import { asRow, type Row } from '../output/cell.ts'
import { allRows } from './all-rows.ts'
import { filterOf, orderOf, selectOf } from './conditions.ts'
import { requireKnownNames } from './field-names.ts'
import type { ListOptions } from './noun-options.ts'
import { type Listed, listRequest, type Request, unwrapped } from './request.ts'
import type { Task } from './task.ts'

/** What one page of a list holds. */
const PAGE = 50

/** Lists records: a page, so many, or all. */
export async function list(task: Task, options: ListOptions): Promise<void> {
  const { calling, noun, type } = task
  const { output } = calling
  if (options.all && options.limit !== undefined)
    throw new ConfigError('--limit', null, '--limit and --all exclude each other')
  const listed = await wanted(task, options)
  const request = listRequest(noun, type, listed)
  if (options.count) return count(task, request)
  const columns =
    listed.select.some((name) => name.includes('*')) || listed.select.length === 0 ? undefined : listed.select
  const shown =
    columns ?? (output.isList && options.select.length === 0 && output.format === 'table' ? noun.columns : undefined)
  if (options.envelope) return envelope(task, request)
  const limit = options.all ? undefined : (options.limit ?? PAGE)
  const rows =
    limit !== undefined && limit <= PAGE
      ? firstPage(task, request, limit)
      : allRows(task.calling, request.method, request.params, limit)
  if (!options.idOnly) return output.rows(rows, shown)
  for await (const row of rows) calling.program.stdout.write(`${String(row[noun.id])}\n`)
}

/** The conditions, with names that the portal has; on a terminal the columns are few. */
async function wanted(task: Task, options: ListOptions): Promise<Listed> {
  const { calling, noun } = task
  const filter = await filterOf(options.filter, calling.program)
  const order = orderOf(options.order)
  const given = selectOf(options.select)
  const names = [...namesIn(filter), ...Object.keys(order), ...given.filter((name) => !name.includes('*'))]
  await requireKnownNames(task, names)
  const select = options.idOnly
    ? [noun.id]
    : given.length > 0 || calling.output.format !== 'table'
      ? given
      : noun.columns
  return { filter, order, select }
}

/** `>=OPPORTUNITY` is a condition of OPPORTUNITY; numbers and `logic` hold others. */
function namesIn(filter: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (/^\d+$/.test(key) && typeof value === 'object' && value !== null)
      return namesIn(value as Record<string, unknown>)
    const name = key.replace(/^[^A-Za-z]+/, '')
    return name.toLowerCase() === 'logic' || name === '' ? [] : [name]
  })
}

async function* firstPage({ calling, noun }: Task, { method, params }: Request, limit: number): AsyncGenerator<Row> {
  const { client, output, signal } = calling
  const { result, total, next } = await client.request(method, params, { signal })
  const rows = rowsIn(unwrapped(noun, result))
  const shown = noun.whole === true ? rows : rows.slice(0, limit)
  yield* shown
  const all = total ?? (next === undefined ? rows.length : undefined)
  if (all === undefined || all > shown.length)
    output.note(`${shown.length} of ${all ?? 'more'}; --limit N or --all shows more`)
}

async function count({ calling, noun }: Task, { method, params }: Request): Promise<void> {
  const { client, output, signal } = calling
  const { result, total } = await client.request(method, params, { signal })
  await output.value(total ?? rowsIn(unwrapped(noun, result)).length)
}

async function envelope({ calling }: Task, { method, params }: Request): Promise<void> {
  const { client, output, signal } = calling
  const { result, total, next, time } = await client.request(method, params, { signal })
  await output.value({ result, total, next, time })
}

const rowsIn = (result: unknown): Row[] => (Array.isArray(result) ? result.map(asRow) : [])
