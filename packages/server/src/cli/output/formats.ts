import { csv } from './csv.ts'
import { json, ndjson } from './json.ts'
import type { Row } from './cell.ts'
import type { Format } from './format-names.ts'
import type { Sheet } from './output.ts'
import { plain, table } from './table.ts'

export interface Writer {
  rows(
    rows: AsyncIterable<Row> | readonly Row[],
    given: Sheet & { readonly columns?: readonly string[] | undefined },
  ): Promise<void>
  value(value: unknown, sheet: Sheet): Promise<void>
}

const writers: Readonly<Record<Format, Writer>> = { table, json, ndjson, csv, plain }

export const writerOf = (format: Format): Writer => writers[format]
