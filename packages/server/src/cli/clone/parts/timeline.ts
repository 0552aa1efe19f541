import { emptyDraft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import { type ItemKind, timelineItem } from '../../../modules/crm/timeline/item.ts'
import type { Saved } from '../../../records/files.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { typeNumber, typeText } from '../../../modules/crm/timeline/owners.ts'
import { bindingTable } from '../../../modules/crm/timeline/tables.ts'
import type { Entity } from '../../../schema/entity.ts'
import { itemWire, legacyWire, type Wire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { type Translation, translationOf } from '../translation.ts'
import { isRow, numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf, idsOf } from './draft-of.ts'
import { fetchFile, linksOf } from './files.ts'
import { ITEMS, listsOfOwners, type OwnerList, type OwnerLists, typesThere } from './owners.ts'

const STEP = 'timeline'
const binding = sql.table(bindingTable.name)

/** A record in whose timeline an entry stands: its number here. */
interface Place {
  readonly entityTypeId: number
  readonly recordId: number
}

/** One of the two sorts of entries that the API tells of. */
interface Sort {
  readonly kind: ItemKind
  readonly wire: Wire
  list(type: number): OwnerList
}

const sorts: readonly Sort[] = [
  {
    kind: 'comment',
    wire: legacyWire,
    list: (type) => ({
      method: 'crm.timeline.comment.list',
      params: (key) => ({ filter: { ENTITY_TYPE: typeText(type), ENTITY_ID: Number(key) }, order: { ID: 'ASC' } }),
    }),
  },
  {
    kind: 'log',
    wire: itemWire,
    list: (type) => ({
      method: 'crm.timeline.logmessage.list',
      params: (key) => ({ entityTypeId: type, entityId: Number(key), order: { id: 'asc' } }),
      // "The page size of results is always static: 10 entries" (crm-timeline-logmessage-list.md).
      page: 10,
    }),
  },
]

/**
 * Comments in timelines, with their files, and messages that applications have written there. The API has no list of
 * them all: every item is asked for its own.
 */
export const timeline: Step = {
  name: STEP,
  after: ITEMS,
  count: () => Promise.resolve(undefined),
  async run(clone) {
    const { session, target } = clone
    const there = await typesThere(clone)
    const translation = await translationOf(clone)
    for (const entity of await target.portal.entities.all(session)) {
      const type = there.get(entity.entityTypeId)
      if (type === undefined) continue
      for (const sort of sorts) await bringSort(clone, translation, entity, type, sort)
    }
    await removeGone(clone, STEP, timelineItem)
  },
}

async function bringSort(
  clone: Clone,
  translation: Translation,
  entity: Entity,
  type: number,
  sort: Sort,
): Promise<void> {
  const { state } = clone
  const part = `${sort.kind} ${itemKind(entity.entityTypeId)}`
  if (state.isDone(STEP, part)) return
  let refusal: string | undefined
  try {
    for await (const page of listsOfOwners(clone, entity, state.cursorOf(STEP, part), sort.list(type)))
      await bringPage(clone, entity, translation, sort, part, page)
  } catch (cause) {
    // Messages of applications are not what a CRM lives by.
    if (!(cause instanceof Refused) || sort.kind === 'comment') throw cause
    refusal = cause.message
  }
  await clone.page({ step: STEP, part, cursor: '', done: true }, (page) => {
    if (refusal !== undefined) page.leave(refusal, entity.name)
    return Promise.resolve()
  })
}

const keyOf = (row: Row): string => textOf(row.ID ?? row.id)

async function bringPage(
  clone: Clone,
  entity: Entity,
  translation: Translation,
  sort: Sort,
  part: string,
  { owners, lists, refused, cursor }: OwnerLists,
): Promise<void> {
  const { entityTypeId } = entity
  // One that stands at several records is listed at each of them.
  const places = new Map<string, Place[]>()
  const rows = new Map<string, Row>()
  for (const { key, id } of owners)
    for (const row of lists.get(key) ?? []) {
      const own = keyOf(row)
      places.set(own, [...(places.get(own) ?? []), { entityTypeId, recordId: id }])
      if (!rows.has(own)) rows.set(own, row)
    }
  const placesOf = (row: Row): readonly Place[] => places.get(keyOf(row)) ?? []
  await bring(clone, {
    at: { step: STEP, part, cursor },
    entity: timelineItem,
    rows: [...rows.values()],
    key: keyOf,
    without: ['ENTITY_ID', 'ENTITY_TYPE', 'authorName'],
    prepare: (fresh) => prepare(clone, translation, sort, placesOf, fresh),
    async same({ tx }, known) {
      for (const { row, id } of known) await bind(tx, id, placesOf(row))
    },
  })
  if (refused.size > 0)
    await clone.page({ step: STEP, part, cursor }, (page) => {
      for (const [key, { message }] of refused) page.leave(message, `${entity.name} ${key}`)
      return Promise.resolve()
    })
}

async function prepare(
  clone: Clone,
  translation: Translation,
  { kind, wire }: Sort,
  placesOf: (row: Row) => readonly Place[],
  rows: readonly Row[],
): Promise<(Ready | Left)[]> {
  const drafts = await draftsOf(clone, timelineItem, wire, rows, { without: ['id', 'entityId', 'entityType'] })
  const bound = await boundTo(clone, translation, rows)
  const ready: Ready[] = []
  for (const [index, row] of rows.entries()) {
    const draft = drafts[index] ?? emptyDraft()
    draft.values.set('kind', kind)
    // Plain text, without any markup.
    if (kind === 'log') draft.values.set('text', textOf(row.text))
    if (draft.values.get('created') == null) draft.values.set('created', clone.state.began)
    const shown = rowsOf(row.FILES).filter(isRow)
    const sizes: unknown[] = []
    const files: { saved: Saved; shown: Row }[] = []
    const lost: string[] = []
    for (const [place, link] of linksOf(shown, `comment ${keyOf(row)}`, { onDrive: true }).entries()) {
      const saved = await fetchFile(clone, link)
      if (saved === undefined) {
        lost.push(link.of)
        continue
      }
      files.push({ saved, shown: shown[place] ?? {} })
      sizes.push(sizeOf(shown[place]?.image))
    }
    draft.lists.set(
      'files',
      files.map(({ saved }) => saved),
    )
    draft.values.set('sizes', JSON.stringify(sizes))
    const places = [...(bound[index] ?? []), ...placesOf(row)]
    ready.push({
      row,
      draft,
      lost,
      by: numberOf(draft.values.get('authorId')),
      at: numberOf(draft.values.get('created')),
      async beside(within, id) {
        await bind(within.tx, id, places)
        await dateFiles(within, files)
      },
    })
  }
  return ready
}

/** A file may be younger than its comment, and tells so. */
async function dateFiles({ tx, portal }: Within, files: readonly { saved: Saved; shown: Row }[]): Promise<void> {
  for (const { saved, shown } of files) {
    const created = parseDateTime(shown.date, portal.zone)
    if (created !== undefined)
      await tx.change(sql`update stored_file set created = ${created} where blob = ${saved.blob}`)
  }
}

const sizeOf = (image: unknown): readonly [number, number] | null => {
  const [width, height] = isRow(image) ? [numberOf(image.width), numberOf(image.height)] : []
  return width === undefined || height === undefined ? null : [width, height]
}

/** The records at which comments stand, in the order in which they were bound to them. */
async function boundTo(clone: Clone, translation: Translation, rows: readonly Row[]): Promise<Place[][]> {
  const answers = await clone.source.batch(
    Object.fromEntries(
      rows.map((row) => [
        `c${keyOf(row)}`,
        { method: 'crm.timeline.bindings.list', params: { filter: { OWNER_ID: Number(keyOf(row)) } } },
      ]),
    ),
  )
  const refs = rows.map((row) => {
    const answer = answers.get(`c${keyOf(row)}`)
    const listed = answer instanceof Refused ? [] : rowsOf(answer)
    return listed.flatMap((each) => {
      const there = typeNumber(each.ENTITY_TYPE)
      const type = there === undefined ? undefined : translation.type(there)
      const id = numberOf(each.ENTITY_ID)
      return type === undefined || id === undefined ? [] : [{ kind: itemKind(type), key: id, type }]
    })
  })
  const ids = await idsOf(clone, clone.session, refs.flat())
  return refs.map((list) =>
    list.flatMap(({ kind, key, type }) => {
      const id = ids(kind, key)
      return id === undefined ? [] : [{ entityTypeId: type, recordId: id }]
    }),
  )
}

/** Puts an entry into timelines, behind those in which it stands already. */
async function bind(tx: Transaction, id: number, places: readonly Place[]): Promise<void> {
  for (const { entityTypeId, recordId } of places)
    await tx.change(
      sql`insert into ${binding} (item_id, entity_type_id, record_id, is_fixed, time, position) select id, ${entityTypeId}, ${recordId}, 'N', created, coalesce((select max(position) + 1 from ${binding} where item_id = ${id}), 0) from ${sql.table(timelineItem.table)} where id = ${id} on conflict (item_id, entity_type_id, record_id) do nothing`,
    )
}
