import type { Client } from 'portico-client'
import { filterOf, orderOf, selectOf } from '../call/conditions.ts'
import type { Calling } from '../client-command.ts'
import type { OutputOptions } from '../client-options.ts'
import { CommandError, exit } from '../terminal.ts'
import { ConfigError } from '../../config/options.ts'
import { type FieldInfo, isFile, isMultifield, isRow, selectOf as fieldNames } from './engine/field.ts'
import { FieldNames, MappingError } from './engine/mapping.ts'
import { plainFile } from './engine/texts.ts'
import { linkedRows } from './linked-rows.ts'
import type { ExportOptions } from './options.ts'
import { fieldsOf } from './portal-facts.ts'
import { openSink, type Sink } from './sink.ts'
import type { Subject } from './subject.ts'

type Row = Record<string, unknown>

/** `portico lead export`: page after page, as they come; what is written is never held. */
export async function runExport(
  calling: Calling,
  subject: Subject,
  options: ExportOptions & OutputOptions,
): Promise<void> {
  const { client, output, program, signal } = calling
  const format = formatOf(options)
  const given = await filterOf(options.filter, program)
  const order = orderOf(options.order)
  const fields = await fieldsOf(calling, subject)
  const chosen = chosenFields(fields, selectOf(options.select))
  const filter = { ...given, ...(await permitted(client, subject, { filter: given, limit: options.limit, signal })) }
  const { method, params } = subject.list({
    select: selection(fields, chosen, subject, options.select.length === 0),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
    ...(Object.keys(order).length === 0 ? {} : { order }),
  })
  const sink = await openSink(program, options.file, {
    format,
    columns: chosen,
    titles: options.titles,
    delimiter: options.delimiter,
    separator: options.separator,
    bom: options.bom,
    portal: client.portal,
  })
  try {
    const count = await copy(
      calling,
      {
        method,
        params,
        subject,
        chosen,
        limit: options.limit,
        isOrdered: Object.keys(order).length > 0,
        isWhole: options.select.length === 0,
      },
      sink,
    )
    await sink.finish()
    output.note(`${count} ${subject.plural} exported${options.file === undefined ? '' : ` to ${options.file}`}.`)
  } catch (cause) {
    await sink.abandon()
    throw cause
  }
}

interface Copied {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly subject: Subject
  readonly chosen: readonly FieldInfo[]
  readonly limit: number | undefined
  readonly isOrdered: boolean
  /** Whether rows are written with all that the API gives. */
  readonly isWhole: boolean
}

async function copy(calling: Calling, what: Copied, sink: Sink): Promise<number> {
  const { client, output, signal } = calling
  const { method, params, subject, chosen, limit } = what
  const seen = what.isOrdered ? new Set<string>() : undefined
  const known = new Set(chosen.map(({ key }) => key))
  let progress: ReturnType<typeof output.progress> | undefined
  let count = 0
  const pages = client.pages(method, params, {
    signal,
    limit,
    onProgress: ({ total }) => (progress ??= output.progress(`Exporting ${subject.plural}`, total)),
  })
  for await (const { rows } of pages) {
    // Read in another order than that of the ids, a page may show again what has moved.
    const fresh = seen === undefined ? rows : rows.filter((row) => isNew(seen, String(row[subject.id])))
    const complete = await linkedRows(calling, subject, chosen, fresh)
    await sink.write(complete.map((row) => shown(row, chosen, what.isWhole ? undefined : known, client.portal)))
    count += complete.length
    progress?.tick(complete.length)
  }
  progress?.done()
  return count
}

function isNew(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  return true
}

/** A row without the credentials that addresses of files carry, and without what was not asked for. */
function shown(row: Row, fields: readonly FieldInfo[], known: ReadonlySet<string> | undefined, portal: string): Row {
  const files = fields.filter((field) => isFile(field) && isRow(row) && field.key in row)
  const kept =
    known === undefined
      ? { ...row }
      : Object.fromEntries(Object.entries(row).filter(([key]) => known.has(key) || key === 'fm'))
  for (const { key } of files) kept[key] = plainFile(row[key], portal)
  return kept
}

function formatOf({ output, json, file }: ExportOptions & OutputOptions): 'csv' | 'ndjson' {
  if (output === 'csv' || output === 'ndjson') return output
  if (output !== undefined || json)
    throw new ConfigError(
      '--output',
      output ?? 'json',
      `--output ${output ?? 'json'} is refused: exports are csv or ndjson`,
    )
  return /\.(ndjson|jsonl)$/i.test(file ?? '') ? 'ndjson' : 'csv'
}

/** Fields by the names of `--select`, in their order. */
function chosenFields(fields: readonly FieldInfo[], names: readonly string[]): FieldInfo[] {
  if (names.length === 0) return [...fields]
  const known = new FieldNames(fields)
  const chosen = names.flatMap((name): readonly FieldInfo[] => {
    if (name === '*') return fields
    if (/^uf_?(crm_?)?\*$/i.test(name)) return fields.filter(({ key }) => /^uf/i.test(key))
    try {
      const found = known.find(name)
      if (found !== undefined) return [found.field]
    } catch (cause) {
      if (!(cause instanceof MappingError)) throw cause
      throw new ConfigError('--select', name, cause.message)
    }
    throw new ConfigError('--select', name, `--select: there is no field "${name}"${known.near(name)}`)
  })
  return [...new Set(chosen)]
}

/** What the list is asked for: all, or the fields by their names. */
function selection(
  fields: readonly FieldInfo[],
  chosen: readonly FieldInfo[],
  { id }: Subject,
  isAll: boolean,
): string[] {
  if (!isAll) return [...new Set([id, ...fieldNames(chosen)])]
  const own = fields.some(({ key }) => /^(PROPERTY_\d+)$/.test(key)) ? 'PROPERTY_*' : 'UF_*'
  return [...new Set(['*', own, ...fieldNames(fields.filter(isMultifield))])]
}

/**
 * On a Portico an export is a right of its own, and is told in the audit log. Answers what must hold beside the filter
 * where the caller may export less than read.
 */
async function permitted(
  client: Client,
  { about, dialect, id, list }: Subject,
  {
    filter,
    limit = Infinity,
    signal,
  }: { filter: Record<string, unknown>; limit: number | undefined; signal: AbortSignal },
): Promise<Record<string, unknown>> {
  if (!(await client.isPortico({ signal }))) return {}
  const { method, params } = list({ filter, select: [id] })
  const { total } = await client.request(method, params, { signal })
  const count = total === undefined ? {} : { count: Math.min(total, limit) }
  const answer: unknown = await client
    .call('portico.export.begin', { ...about, filter, ...count }, { signal })
    .catch(refused('export'))
  const only = isRow(answer) ? answer.only : null
  if (!isRow(only)) return {}
  const condition = only[dialect]
  if (!isRow(condition) || Object.keys(condition).some((key) => key in filter))
    throw new CommandError('your role lets you export some of these only, and the filter leaves no room to say which', {
      exitCode: exit.unauthorized,
    })
  return condition
}

/** A right that is missing is no mistake of the line. */
export const refused =
  (action: 'export' | 'import') =>
  (cause: unknown): never => {
    const code = isRow(cause) && 'code' in cause ? String(cause.code) : ''
    if (code === 'ACCESS_DENIED' || code === 'EXPORT_PARTLY_ALLOWED')
      throw new CommandError(
        code === 'ACCESS_DENIED'
          ? `the portal refuses: no right to ${action} these`
          : (cause as unknown as Error).message,
        { exitCode: exit.unauthorized, hint: `An administrator gives the right "${action}" to a role of yours.` },
      )
    throw cause
  }
