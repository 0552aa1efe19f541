/** What a column can hold on both databases: 64-bit whole numbers, doubles, text. */
export type ColumnType = 'integer' | 'real' | 'text'

export interface Index {
  readonly columns: readonly string[]
  readonly unique?: boolean
}

/** A table as data; `sync.ts` makes the database look like it. */
export interface Table {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnType>>
  /** `id` unless said otherwise. */
  readonly key?: readonly string[]
  readonly indexes?: readonly Index[]
}

export const keyOf = (table: Table): readonly string[] => table.key ?? ['id']
export type Row = Readonly<Record<string, string | number | null>>
