import { computed, type ComputedRef, ref } from 'vue'
import { boot } from '../../api/boot.ts'
import { call, portal } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'
import { isLink } from '../../filters/field-ops.ts'
import { linkedIds } from '../../kinds/link/links.ts'
import { typed } from '../../kinds/number-text.ts'
import { BOM, csvLine, type Separator } from '../../model/csv.ts'
import { statusesQuery } from '../../model/statuses.ts'
import { recordTitle, titleQuery } from '../../records/titles.ts'
import { cellText, type ListRow, type RecordColumn } from '../columns.ts'
import { selectOf } from '../use-rows.ts'
import { reasonOf } from './run.ts'
import { countOf, grouped, type Targets } from './targets.ts'

export interface ExportOptions {
  readonly columns: readonly RecordColumn[]
  readonly separator: Separator
  readonly hasBom: boolean
  readonly fileName: string
}

export interface ExportRun {
  readonly written: ComputedRef<number>
  readonly total: ComputedRef<number>
  readonly isOver: ComputedRef<boolean>
  /** Why there is no file. */
  readonly cause: ComputedRef<string>
  stop(): void
}

const PAGE = 50

/** `2026-11-21 14:30`, which every spreadsheet reads, by the portal's clock. */
function momentText(value: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: boot.zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(value))
  return parts
}

/** What stands in a cell of the file: words for codes and ids, numbers and dates as spreadsheets take them. */
function textOf(column: RecordColumn, row: ListRow, nameOf: (row: ListRow) => string): string {
  const { field, id } = column
  const value = row[id]
  if (value === null || value === undefined || value === '') return id === 'title' ? nameOf(row) : ''
  if (!field.isMultiple && field.type === 'date') return String(value).slice(0, 10)
  if (!field.isMultiple && field.type === 'datetime') return momentText(String(value))
  if (!field.isMultiple && (field.type === 'double' || field.type === 'integer')) return typed(value)
  return cellText(column, row, nameOf)
}

const needsCurrency = ({ field, select }: RecordColumn): boolean =>
  field.type === 'double' && select.includes('currencyId')

/** Amounts are followed by what they are amounts of. */
export function writtenColumns(
  columns: readonly RecordColumn[],
  currency: RecordColumn | undefined,
): readonly RecordColumn[] {
  if (currency === undefined || columns.includes(currency)) return columns
  const at = columns.findIndex(needsCurrency)
  return at < 0 ? columns : [...columns.slice(0, at + 1), currency, ...columns.slice(at + 1)]
}

/** Writes what is selected into a file: page after page, so that nothing waits for it, and as far as roles allow. */
export function exportRecords(targets: Targets, options: ExportOptions): ExportRun {
  const { type, ids, filter } = targets
  const { entityTypeId } = type
  const { columns, separator } = options
  const written = ref(0)
  const isOver = ref(false)
  const cause = ref('')
  const aborted = new AbortController()
  const nameOf = (row: ListRow): string => recordTitle(entityTypeId, row)

  async function* rows(only: object): AsyncGenerator<readonly ListRow[]> {
    const own = ids === 'all' ? filter : { '@id': ids }
    const pages = portal.pages(
      'crm.item.list',
      { entityTypeId, filter: grouped(own, only), select: selectOf(columns, type) } as never,
      { by: 'id', signal: aborted.signal },
    )
    for await (const page of pages) yield page.rows as unknown as readonly ListRow[]
  }

  /** Names of what a page points at are read before it is written. */
  async function know(page: readonly ListRow[]): Promise<void> {
    const links = columns.filter(({ field }) => isLink(field))
    await Promise.all(
      links.flatMap(({ field, id }) =>
        page.flatMap((row) =>
          linkedIds(field, row[id]).map((each) => queries.ensureQueryData(titleQuery(each.entityTypeId, each.id))),
        ),
      ),
    )
  }

  async function work(): Promise<void> {
    const { only } = await call<{ only: { readonly item: object } | null }>('portico.export.begin', {
      entityTypeId,
      filter: ids === 'all' ? filter : { '@id': ids },
      count: countOf(targets),
    })
    await queries.ensureQueryData(statusesQuery)
    const parts: BlobPart[] = [
      options.hasBom ? BOM : '',
      csvLine(
        columns.map(({ title }) => title),
        separator,
      ),
    ]
    for await (const page of rows(only?.item ?? {})) {
      aborted.signal.throwIfAborted()
      await know(page)
      const shown = page.map((row) => ({ ...row, entityTypeId }))
      parts.push(
        shown
          .map((row) =>
            csvLine(
              columns.map((column) => textOf(column, row, nameOf)),
              separator,
            ),
          )
          .join(''),
      )
      written.value += page.length
      // What has come is the browser's to keep, not the page's.
      if (parts.length > PAGE) parts.splice(0, parts.length, new Blob(parts))
    }
    save(new Blob(parts, { type: 'text/csv;charset=utf-8' }), options.fileName)
  }

  void work()
    .catch((error: unknown) => {
      if (!aborted.signal.aborted) cause.value = reasonOf(error)
    })
    .finally(() => (isOver.value = true))

  return {
    written: computed(() => written.value),
    total: computed(() => Math.max(countOf(targets), written.value)),
    isOver: computed(() => isOver.value),
    cause: computed(() => cause.value),
    stop: () => aborted.abort(),
  }
}

function save(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
