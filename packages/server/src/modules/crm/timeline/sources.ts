import type { Call } from '../../../methods/method.ts'
import type { Context } from '../../../records/context.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Owner } from './owners.ts'

/** Who reads a timeline, and how amounts, times and files are shown to them; every call is one. */
export type Reading = Context & Pick<Call, 'encode'>

/** One thing that stands in a timeline. `source` and `id` together name it. */
export interface TimelineEntry {
  readonly source: string
  readonly id: number
  /** `comment`, `log`, `activity`, `created`, `stage`, `pipeline`, `converted`, `changed`, `child`; sources may have others. */
  readonly kind: string
  /** Epoch seconds. */
  readonly time: number
  readonly authorId: number | null
  readonly data: Readonly<Record<string, unknown>>
}

/** A place between entries of one source: what is older than this second, or of this second with a lower id. */
export interface Mark {
  readonly time: number
  readonly id: number
}

/** What people look for in a timeline: entries of a record are told apart by these words. */
export const sorts = ['comment', 'log', 'todo', 'call', 'email', 'meeting', 'activity', 'change', 'child'] as const
export type Sort = (typeof sorts)[number]

/** Something that has entries in timelines. Entries of different sources merge by time. */
export interface TimelineSource {
  /** Lower-case letters, digits and hyphens; part of cursors. */
  readonly name: string
  /** Which `itemType` notes on its entries have (api-reference/crm/timeline/note/index.md). */
  readonly noteType?: number
  /** What its entries are. A source that doesn't say is left out where only some sorts are looked for. */
  readonly sorts?: readonly Sort[]
  /**
   * The newest entries before the mark, newest first, `limit` at most; fewer mean that there are no more.
   *
   * @param wanted which of its sorts; all, where nothing is said
   */
  read(
    reading: Reading,
    owner: Owner,
    before: Mark,
    limit: number,
    wanted?: ReadonlySet<Sort>,
  ): Promise<readonly TimelineEntry[]>
  /** What is still to be done, the most urgent first: it stands above what has been. */
  planned?(reading: Reading, owner: Owner): Promise<readonly TimelineEntry[]>
}

const added = new Map<string, TimelineSource>()

/** Adds a source for every timeline, once, where its module is declared. */
export function addTimelineSource(source: TimelineSource): void {
  if (added.has(source.name)) throw new Error(`the timeline has a source ${source.name} already`)
  added.set(source.name, source)
}

export const addedSources = (): readonly TimelineSource[] => [...added.values()]

/** "Before the mark", in the columns of a source's table. */
export const isBefore = ({ time, id }: Mark, timeColumn: string, idColumn: string): Fragment =>
  sql`(${sql.ref(timeColumn)} < ${time} or (${sql.ref(timeColumn)} = ${time} and ${sql.ref(idColumn)} < ${id}))`
