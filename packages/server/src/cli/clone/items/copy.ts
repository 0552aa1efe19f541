import type { Draft } from '../../../records/change.ts'
import { copyWithin } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { formatDateTime } from '../../../schema/time.ts'
import type { Transaction } from '../../../store/store.ts'
import { multifield } from '../../../store/tables.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { freeIds, removeGone, withinOf } from '../parts/bring.ts'
import { digestOf } from '../parts/digest.ts'
import { type Ids, idsOf } from '../parts/draft-of.ts'
import type { Row } from '../source.ts'
import { itemKind, type Known } from '../state.ts'
import type { Clone, Page } from '../step.ts'
import { type Translation, translationOf } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { blobsOf, bringFiles, type BroughtFiles, placeFiles, rememberFiles } from './item-files.ts'
import { type ItemRow, readItem } from './item-row.ts'
import { pointersIn, postpone, translate } from './links.ts'
import { pointChanges, pointsHere, takenPoints } from './points.ts'

/** Lists that tell what `crm.item.list` doesn't: the texts of addresses. */
const BESIDE: Readonly<Record<number, string>> = { 1: 'crm.lead.list', 3: 'crm.contact.list', 4: 'crm.company.list' }

export interface Items {
  /** Where the report counts them. */
  readonly step: string
  /** `entityTypeId` in the source. */
  readonly there: number
  /** What the source calls the entity in user-field methods, where that differs from here: `CRM_7`. */
  readonly fieldsThere?: string | undefined
}

/** Brings over all items of an entity: new ones, changed ones, and what has become of those that came before. */
export async function copyItems(clone: Clone, { step, there, fieldsThere }: Items): Promise<void> {
  const { source, state, session, target, since } = clone
  const translation = await translationOf(clone)
  const here = translation.type(there)
  const part = String(there)
  if (here === undefined || state.isDone(step, `gone ${itemKind(here)}`)) return
  const entity = await target.portal.entities.get(session, here)
  const copying: Copying = { step, there, entity, translation, fieldsThere: fieldsThere ?? entity.userFieldEntityId }
  if (state.cursorOf(step, part) === undefined)
    await clone.page({ step, part, cursor: '' }, ({ tx }) => state.prune(tx, itemKind(here), entity.table))
  if (!state.isDone(step, part)) {
    const legacy = BESIDE[there]
    const changed =
      since === undefined ? {} : { filter: { '>=updatedTime': formatDateTime(since, target.portal.zone) } }
    const pages = source.pages(
      'crm.item.list',
      { entityTypeId: there, select: ['*'], useOriginalUfNames: 'Y', ...changed },
      {
        after: state.cursorOf(step, part),
        idName: 'id',
        path: 'items',
        beside:
          legacy === undefined || since !== undefined
            ? undefined
            : { method: legacy, params: { select: addressNames(entity) }, idName: 'ID', path: undefined },
      },
    )
    let last = state.cursorOf(step, part) ?? ''
    for await (const { rows, beside, cursor } of pages) {
      await writePage(clone, copying, { rows, beside, cursor })
      last = cursor
    }
    await clone.page({ step, part, cursor: last, done: true }, async () => {})
  }
  await removeGone(clone, step, entity)
}

const addressNames = (entity: Entity): string[] => [
  'ID',
  ...entity.fields.flatMap(({ item, place, legacy }) =>
    item === false && place.in === 'column' && legacy !== null ? [legacy] : [],
  ),
]

interface Copying {
  readonly step: string
  readonly there: number
  readonly fieldsThere: string
  readonly entity: Entity
  readonly translation: Translation
}

interface Rows {
  readonly rows: readonly Row[]
  readonly beside: readonly Row[]
  readonly cursor: string
}

/** One item on its way. */
interface Coming extends ItemRow {
  readonly digest: string
  readonly files: ItemRow['files']
  readonly brought: BroughtFiles
}

async function writePage(clone: Clone, copying: Copying, { rows, beside, cursor }: Rows): Promise<void> {
  const { state, session, target } = clone
  const { step, there, entity } = copying
  const kind = itemKind(entity.entityTypeId)
  const known = await state.known(
    session,
    kind,
    rows.map((row) => textOf(row.id)),
  )
  const others = new Map(beside.map((row) => [textOf(row.ID), row]))
  const digests = new Map(rows.map((row) => [textOf(row.id), digestOf([row, others.get(textOf(row.id))])]))
  const isSame = (row: Row): boolean => known.get(textOf(row.id))?.digest === digests.get(textOf(row.id))
  const left: [why: string, example: string][] = []
  const coming: Coming[] = []
  const { zone } = target.portal
  try {
    for (const row of rows) {
      if (isSame(row)) continue
      const read = readItem(row, others.get(textOf(row.id)), { ...copying, zone })
      const name = `${entity.name} ${read.key}`
      for (const [field, why] of read.refused)
        left.push([`a value that is refused here: ${why}`, `${name}, ${field.upper}`])
      for (const field of read.unknown) left.push(['a value of a user field that is not here', `${name}, ${field}`])
      const brought = await bringFiles(clone, entity, read, (example) =>
        left.push(['a file that the source does not give', example]),
      )
      coming.push({ ...read, digest: digests.get(read.key) ?? '', brought })
    }
    const ids = await idsOf(
      clone,
      session,
      coming.flatMap(({ draft }) => pointersIn(draft, entity)),
    )
    await clone.page({ step, part: String(there), cursor }, async (page) => {
      const same = rows.filter(isSame).map((row) => textOf(row.id))
      await state.seen(page.tx, kind, same)
      page.count('same', same.length)
      for (const [why, example] of left) page.leave(why, example)
      await writeItems(clone, page, { copying, coming, known, ids })
    })
  } catch (cause) {
    // Nobody owns what came for them.
    await target.portal.files.discard(coming.flatMap(({ brought }) => blobsOf(brought)))
    throw cause
  }
  clone.tick(rows.length)
}

interface Writing {
  readonly copying: Copying
  readonly coming: readonly Coming[]
  readonly known: ReadonlyMap<string, Known>
  readonly ids: Ids
}

async function writeItems(clone: Clone, page: Page, { copying, coming, known, ids }: Writing): Promise<void> {
  const { state } = clone
  const { tx } = page
  const { entity, there, translation } = copying
  const kind = itemKind(entity.entityTypeId)
  const table = entityTable(entity)
  const before = await pointsHere(
    tx,
    entity.entityTypeId,
    coming.flatMap(({ key }) => known.get(key)?.id ?? []),
  )
  const isFree = await freePoints(clone, tx, coming)
  const fresh = coming.flatMap(({ key }) => (known.has(key) ? [] : [Number(key)]))
  const free = state.keepsIds ? await freeIds(tx, entity, fresh) : new Set<number>()
  for (const item of coming) {
    const { key } = item
    const knownId = known.get(key)?.id
    const isNew = knownId === undefined
    const id = knownId ?? (free.delete(Number(key)) ? Number(key) : await tx.nextId(table))
    const draft = cloneOf(item.draft)
    const waiting = translate(draft, state.keepsIds, {
      entity,
      there,
      translation,
      ids,
      onLost: (what, field) =>
        page.leave(
          what === 'person' ? 'a link to a person who is not here' : 'an option of a list that is not here',
          `${entity.name} ${key}, ${field.upper}`,
        ),
    })
    draft.multifields.push(...pointChanges(before.get(id) ?? [], item.points, isFree))
    await placeFiles(tx, entity, draft, item.brought, state.keepsIds)
    if (!isNew) await state.withdraw(tx, entity.entityTypeId, id)
    const what = await copyWithin(withinOf(clone, tx, authorOf(draft, isNew)), entity, id, draft, isNew)
    await rememberFiles(clone, tx, draft, item.brought)
    await postpone(clone, tx, entity, id, waiting)
    await state.remember(tx, kind, key, { id, digest: item.digest, isNew })
    page.count(what)
  }
}

/** A transaction may be tried twice: what was read stays as it was read. */
const cloneOf = ({ values, lists, rows, links, orders }: Draft): Draft => ({
  values: new Map(values),
  lists: new Map(lists),
  rows: new Map(rows),
  links: new Map(links),
  orders: new Map(orders),
  multifields: [],
})

/** Who made the item, or changed it last, and when: what its history says. */
function authorOf({ values }: Draft, isNew: boolean): { by?: number | undefined; at?: number | undefined } {
  const [by, at] = isNew ? ['createdBy', 'createdTime'] : ['updatedBy', 'updatedTime']
  return { by: numberOf(values.get(by ?? '')), at: numberOf(values.get(at ?? '')) }
}

/** Contact points have the ids that they have there, as far as those are free. */
async function freePoints(
  { state }: Clone,
  tx: Transaction,
  coming: readonly Coming[],
): Promise<(id: number) => boolean> {
  const ids = coming.flatMap(({ points }) => points.map(({ id }) => id))
  if (!state.keepsIds || ids.length === 0) return () => false
  const taken = await takenPoints(tx, ids)
  await tx.skipIds(multifield, Math.max(...ids) + 1)
  return (id) => {
    if (taken.has(id)) return false
    taken.add(id)
    return true
  }
}
