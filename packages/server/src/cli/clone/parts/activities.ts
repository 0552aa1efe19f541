import { emptyDraft, type Draft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import { activity } from '../../../modules/crm/activity/activity.ts'
import { bind, type RecordRef, unique } from '../../../modules/crm/activity/bindings.ts'
import { type Communication, writeCommunications } from '../../../modules/crm/activity/communications.ts'
import { bindingTable } from '../../../modules/crm/activity/tables.ts'
import type { Entity } from '../../../schema/entity.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { type Translation, translationOf } from '../translation.ts'
import { isRow, numberOf, textOf } from '../values.ts'
import { ADMINISTRATOR, bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf, idsOf, type Ids } from './draft-of.ts'
import { fetchFiles, linksOf } from './files.ts'
import { ITEMS } from './owners.ts'

const STEP = 'activities'
const METHOD = 'crm.activity.list'
// "To get the fields COMMUNICATIONS and FILES, specify them in select" (crm-activity-list.md).
const select = ['*', 'COMMUNICATIONS', 'FILES', 'IS_INCOMING_CHANNEL']
/** What stands in tables of its own, or is worked out from what has come. */
const APART = ['id', 'ownerId', 'ownerTypeId', 'bindings', 'communications', 'files', 'webdavElements']

/** To-dos, calls, letters, meetings and what applications have planned; nothing is sent and nobody is reminded again. */
export const activities: Step = {
  name: STEP,
  after: ITEMS,
  count: (source) => source.total(METHOD, { select: ['ID'] }),
  async run(clone) {
    const entity = await clone.target.portal.entities.get(clone.session, activity.entityTypeId)
    const translation = await translationOf(clone)
    const since = clone.since === undefined ? {} : { filter: { '>=LAST_UPDATED': isoOf(clone.since) } }
    const pages = clone.source.pages(METHOD, { select, ...since }, { after: clone.state.cursorOf(STEP) })
    for await (const { rows, cursor } of pages)
      await bring(clone, {
        at: { step: STEP, cursor },
        entity,
        rows,
        key: (row) => textOf(row.ID),
        // Names of people and numbers of rows: they say nothing of the activity itself.
        without: ['ENTITY_SETTINGS'],
        prepare: (fresh) => prepare(clone, entity, translation, fresh),
      })
    await removeGone(clone, STEP, entity)
  },
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00')

async function prepare(
  clone: Clone,
  entity: Entity,
  translation: Translation,
  rows: readonly Row[],
): Promise<(Ready | Left)[]> {
  const drafts = await draftsOf(clone, entity, legacyWire, rows, { without: APART })
  const bindings = await bindingsOf(clone, translation, rows)
  const met = rows.map((row) => rowsOf(row.COMMUNICATIONS).filter(isRow))
  const ids = await idsOf(
    clone,
    clone.session,
    [...bindings.flat(), ...met.flat().map((each) => refOf(translation, each, 'ENTITY_TYPE_ID', 'ENTITY_ID'))].flatMap(
      (ref) => (ref === undefined ? [] : [mapped(ref)]),
    ),
  )
  const ready: (Ready | Left)[] = []
  for (const [index, row] of rows.entries()) {
    const draft = drafts[index] ?? emptyDraft()
    const places = unique((bindings[index] ?? []).flatMap((ref) => here(ids, ref) ?? []))
    const [owner] = places
    if (owner === undefined) {
      ready.push({ row, why: 'its record has not come' })
      continue
    }
    const communications = (met[index] ?? []).map((each): Communication => {
      const of = refOf(translation, each, 'ENTITY_TYPE_ID', 'ENTITY_ID')
      const entityHere = of === undefined ? undefined : here(ids, of)
      return { type: textOf(each.TYPE), value: textOf(each.VALUE), entity: entityHere ?? null }
    })
    complete(draft, owner)
    const lost: string[] = []
    const files = await fetchFiles(clone, linksOf(row.FILES, `activity ${textOf(row.ID)}`, { onDrive: true }), (of) =>
      lost.push(of),
    )
    if (files.length > 0 || rowsOf(row.FILES).length === 0) draft.lists.set('files', files)
    ready.push({
      row,
      draft,
      lost,
      by: numberOf(draft.values.get('createdBy')),
      at: numberOf(draft.values.get('createdTime')),
      beside: (within, id) => beside(within, id, places, communications),
    })
  }
  return ready
}

/** What the API doesn't tell, and what must be there. */
function complete({ values }: Draft, owner: RecordRef): void {
  values.set('ownerTypeId', owner.entityTypeId)
  values.set('ownerId', owner.recordId)
  if (!values.get('responsibleId')) values.set('responsibleId', ADMINISTRATOR)
  const isDone = values.get('completed') === 'Y'
  values.set('completedTime', isDone ? (values.get('updatedTime') ?? values.get('endTime') ?? null) : null)
  for (const name of ['subject', 'description', 'location', 'badgeCode'])
    if ((values.get(name) ?? null) === null) values.set(name, '')
}

async function beside(
  { tx }: Within,
  id: number,
  places: readonly RecordRef[],
  communications: readonly Communication[],
): Promise<void> {
  await tx.change(sql`delete from ${sql.table(bindingTable.name)} where activity_id = ${id}`)
  await bind(tx, id, places)
  await writeCommunications(tx, id, communications)
}

/** Records by the types and numbers that they have there; the owner that the row names comes first. */
async function bindingsOf(
  clone: Clone,
  translation: Translation,
  rows: readonly Row[],
): Promise<(RecordRef & { readonly there: number })[][]> {
  const answers = await clone.source.batch(
    Object.fromEntries(
      rows.map((row) => [
        `a${textOf(row.ID)}`,
        { method: 'crm.activity.binding.list', params: { activityId: numberOf(row.ID) ?? 0 } },
      ]),
    ),
  )
  return rows.map((row) => {
    const answer = answers.get(`a${textOf(row.ID)}`)
    const listed = answer instanceof Refused ? [] : rowsOf(answer)
    const all = [refOf(translation, row, 'OWNER_TYPE_ID', 'OWNER_ID')]
    for (const each of listed) all.push(refOf(translation, each, 'entityTypeId', 'entityId'))
    return all.flatMap((ref) => ref ?? [])
  })
}

/** A record: its type as it is here, its type and number as they are there. */
interface RefThere extends RecordRef {
  readonly there: number
}

function refOf(translation: Translation, row: Row, type: string, id: string): RefThere | undefined {
  const there = numberOf(row[type]) ?? 0
  const recordId = numberOf(row[id]) ?? 0
  const entityTypeId = there > 0 && recordId > 0 ? translation.type(there) : undefined
  return entityTypeId === undefined ? undefined : { entityTypeId, recordId, there }
}

const mapped = (ref: RefThere): { kind: string; key: number } => ({
  kind: itemKind(ref.entityTypeId),
  key: ref.recordId,
})

/** The same record, by its number here. */
function here(ids: Ids, { entityTypeId, recordId }: RecordRef): RecordRef | undefined {
  const id = ids(itemKind(entityTypeId), recordId)
  return id === undefined ? undefined : { entityTypeId, recordId: id }
}
