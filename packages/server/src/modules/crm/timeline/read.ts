import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import { childSources } from './child-source.ts'
import { historySource } from './history-source.ts'
import { itemSource, pinnedEntries } from './item-source.ts'
import { notesOn } from './note.ts'
import { addedSources, type Mark, type Reading, type Sort, type TimelineEntry, type TimelineSource } from './sources.ts'

export interface TimelineRequest {
  readonly entityTypeId: number
  readonly id: number
  /** The `next` of the page before; the newest entries without it. */
  readonly before?: string | undefined
  /** 1 to 100. */
  readonly limit: number
  /** Only entries of these sorts; all of them without it. */
  readonly only?: readonly Sort[] | undefined
}

export type NotedEntry = TimelineEntry & { readonly note?: string }

export interface Timeline {
  /** What is still to be done, the most urgent first; on the first page only. */
  readonly planned: readonly NotedEntry[]
  /** On the first page only; pinned entries stand in their places as well. */
  readonly pinned: readonly NotedEntry[]
  /** Newest first. */
  readonly entries: readonly NotedEntry[]
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined
}

const MAX_LIMIT = 100

/** Entries of one second are in the order of their sources' names, and of their ids. */
interface Cursor extends Mark {
  readonly source: string
}

const cursorText = ({ time, id, source }: Cursor): string => `${time}.${id}.${source}`

function readCursor(text: string): Cursor {
  const [, time, id, source] = /^(-?\d{1,15})\.(\d{1,15})\.([a-z0-9-]{1,50})$/.exec(text) ?? []
  if (source === undefined) throw new Failure({ why: 'rule', text: 'The place in the timeline is invalid' })
  return { time: Number(time), id: Number(id), source }
}

/** What a source is asked for: its entries after the cursor in the order of all. */
function markFor({ name }: TimelineSource, cursor: Cursor | undefined): Mark {
  const last = Number.MAX_SAFE_INTEGER
  if (cursor === undefined) return { time: last, id: last }
  if (name === cursor.source) return cursor
  return { time: cursor.time, id: name < cursor.source ? 0 : last }
}

const inOrder = (a: TimelineEntry, b: TimelineEntry): number =>
  b.time - a.time || (a.source < b.source ? -1 : a.source > b.source ? 1 : b.id - a.id)

/**
 * A record's timeline, page by page: comments and log messages, what happened to the record, what belongs to it, and
 * what other modules add. Each source is read from the same place on and asked for a whole page, so that a page is
 * right however their entries mix. Throws a Failure unless the caller may read the record.
 */
export async function timelineOf(reading: Reading, request: TimelineRequest): Promise<Timeline> {
  const entity = await reading.portal.entities.find(reading.session, request.entityTypeId)
  if (entity === undefined) throw new Failure({ why: 'not-found' })
  await requireRecord(reading, reading.session, entity, request.id, 'read')
  const owner = { entity, id: request.id }
  const limit = Math.min(Math.max(request.limit, 1), MAX_LIMIT)
  const cursor = request.before === undefined ? undefined : readCursor(request.before)
  const all = [historySource, itemSource, ...(await childSources(reading, owner)), ...addedSources()]
  const wanted = request.only === undefined ? undefined : new Set(request.only)
  const sources =
    wanted === undefined ? all : all.filter((source) => source.sorts?.some((sort) => wanted.has(sort)) === true)
  const merged: TimelineEntry[] = []
  for (const source of sources)
    merged.push(...(await source.read(reading, owner, markFor(source, cursor), limit + 1, wanted)))
  const entries = merged.sort(inOrder).slice(0, limit)
  const last = entries.at(-1)
  const pinned = cursor === undefined ? await pinnedEntries(reading, owner) : []
  const planned: TimelineEntry[] = []
  if (cursor === undefined) for (const source of all) planned.push(...((await source.planned?.(reading, owner)) ?? []))
  return {
    planned: await withNotes(reading, all, planned),
    pinned: await withNotes(reading, all, pinned),
    entries: await withNotes(reading, sources, entries),
    next: merged.length > limit && last !== undefined ? cursorText(last) : undefined,
  }
}

async function withNotes(
  { session }: Reading,
  sources: readonly TimelineSource[],
  entries: readonly TimelineEntry[],
): Promise<NotedEntry[]> {
  const notes = new Map<string, ReadonlyMap<number, string>>()
  for (const { name, noteType } of sources) {
    const ids = entries.filter(({ source }) => source === name).map(({ id }) => id)
    if (noteType !== undefined) notes.set(name, await notesOn(session, noteType, ids))
  }
  return entries.map((entry) => {
    const note = notes.get(entry.source)?.get(entry.id)
    return note === undefined ? entry : { ...entry, note }
  })
}
