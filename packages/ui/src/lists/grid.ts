/** A column of the grid. */
export interface GridColumn {
  readonly id: string
  readonly title: string
  /** Pixels. */
  readonly width: number
  /** Numbers stand at the end of their cells. */
  readonly align?: 'end' | undefined
  readonly isSortable?: boolean
  /** It takes what the others leave. */
  readonly isFlexible?: boolean
}

export interface GridRow {
  readonly id: number
}

/** Rows by place; those that are on their way are undefined. A list is one. */
export interface Rows<Row> {
  readonly length: number
  at(index: number): Row | undefined
}

export interface Sorting {
  readonly id: string
  readonly isDescending: boolean
}

/** A place in the grid. Row −1 is the header. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** How an edit ended: where the cursor goes from there. */
export type Ended = 'stay' | 'next' | 'previous' | 'below'

export const MIN_WIDTH = 64
export const MAX_WIDTH = 900

/** Browsers draw no more than some millions of pixels: what lies beyond is found by narrowing the filter. */
export const MOST_ROWS = 300_000

/** The order after a click on a header: up, down, none; with Shift beside the others, else instead of them. */
export function sortedBy(before: readonly Sorting[], id: string, isBeside: boolean): readonly Sorting[] {
  const known = before.find((each) => each.id === id)
  const next =
    known === undefined ? [{ id, isDescending: false }] : known.isDescending ? [] : [{ id, isDescending: true }]
  if (!isBeside) return next
  return known === undefined ? [...before, ...next] : before.flatMap((each) => (each.id === id ? next : [each]))
}
