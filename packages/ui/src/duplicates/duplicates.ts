/** By what records are taken for the same. */
export type Ground = 'phone' | 'email' | 'name'
export const grounds: readonly Ground[] = ['phone', 'email', 'name']

/** A record that another one may be, as the server tells it. */
export interface Match {
  readonly entityTypeId: number
  readonly id: number
  readonly title: string
  /** Of a lead or deal: whom it is about. */
  readonly person?: string
  readonly assignedById: number
  readonly createdTime: string
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly by?: readonly Ground[]
}

export interface Group {
  readonly value: string
  readonly count: number
  readonly records: readonly Match[]
}

/** What is known of somebody who is about to be written down. */
export interface Known {
  readonly phones?: readonly string[]
  readonly emails?: readonly string[]
  /** Whole names: `Ada Byron`, `Engines Ltd`. */
  readonly names?: readonly string[]
}

/** How much belongs to a record. */
export interface Belongings {
  readonly activities: number
  readonly comments: number
  readonly records: readonly { readonly entityTypeId: number; readonly count: number }[]
}

export interface Compared {
  readonly records: readonly {
    readonly id: number
    readonly title: string
    readonly createdTime: string | null
    readonly updatedTime: string | null
    readonly belongings: Belongings
  }[]
  readonly fields: readonly ComparedField[]
}

export interface ComparedField {
  readonly field: string
  readonly title: string
  /** One for each record, in their order. */
  readonly values: readonly unknown[]
  /** Whether somebody has said it, or it is only what every new record gets. */
  readonly said: readonly boolean[]
  readonly conflict: boolean
  /** All of them stay. */
  readonly united: boolean
}

export interface Merged {
  readonly id: number
  readonly merged: readonly number[]
  readonly moved: readonly (Belongings & { readonly id: number })[]
}

/** What goes along, all records together. */
export function sumOf(all: readonly Belongings[]): Belongings {
  const records = new Map<number, number>()
  for (const { entityTypeId, count } of all.flatMap((each) => each.records))
    records.set(entityTypeId, (records.get(entityTypeId) ?? 0) + count)
  return {
    activities: all.reduce((sum, { activities }) => sum + activities, 0),
    comments: all.reduce((sum, { comments }) => sum + comments, 0),
    records: [...records].map(([entityTypeId, count]) => ({ entityTypeId, count })),
  }
}

/**
 * Whose value stands unless somebody chooses another: the main record's own; where it says nothing, that of whoever was
 * changed last and says something.
 */
export function presetChoice({ said }: ComparedField, records: Compared['records']): number {
  if (said[0] === true) return 0
  const order = records
    .map(({ updatedTime }, index) => ({ index, time: new Date(updatedTime ?? 0).getTime() }))
    .toSorted((a, b) => b.time - a.time)
  return order.find(({ index }) => said[index] === true)?.index ?? 0
}
