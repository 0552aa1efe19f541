import type { Draft } from '../../../records/change.ts'
import { isSaved } from '../../../records/change.ts'
import { copyWithin, removeWithin, type Within } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Page } from '../step.ts'
import { digestOf } from './digest.ts'

/** The first person of every portal: stands in for people who have not come. */
export const ADMINISTRATOR = 1

/** As steps of items say it. */
const LOST_FILE = 'a file that the source does not give'

/** A row of the source, ready to be written. */
export interface Ready {
  readonly row: Row
  readonly draft: Draft
  /** Who made it, here, and when, in epoch seconds: what the history says. */
  readonly by?: number | undefined
  readonly at?: number | undefined
  /** A row of here that it is, although the map does not say so yet: that one stays as it is. */
  readonly twin?: number | undefined
  /** Files that the source did not give: of what. */
  readonly lost?: readonly string[]
  /** What must be gone before it is written again. */
  first?(within: Within, id: number): Promise<void>
  /** What stands in other tables. */
  beside?(within: Within, id: number): Promise<void>
}

/** A row that stays behind, and why. */
export interface Left {
  readonly row: Row
  readonly why: string
}

export interface Bringing {
  readonly at: Parameters<Clone['page']>[0]
  /** As it is here, with its user fields. */
  readonly entity: Entity
  readonly rows: readonly Row[]
  key(row: Row): string
  /** The number that the row has there, where that isn't its key. */
  wanted?(row: Row): number
  /** Keys of rows that don't matter for whether they are the same. */
  readonly without?: readonly string[]
  prepare(fresh: readonly Row[]): Promise<readonly (Ready | Left)[]>
  /** Runs before anything is written, in the page's transaction. */
  before?(page: Page): Promise<void>
  /** Of rows that are as they were. */
  same?(page: Page, rows: readonly { readonly row: Row; readonly id: number }[]): Promise<void>
}

/** Writes one page of a part's rows: those that are as they were when they came stay untouched. */
export async function bring(clone: Clone, given: Bringing): Promise<void> {
  const { state, session, target } = clone
  const { entity, rows, key } = given
  const kind = itemKind(entity.entityTypeId)
  const known = await state.known(session, kind, rows.map(key))
  const digest = (row: Row): string => digestOf(row, given.without)
  const isSame = (row: Row): boolean => known.get(key(row))?.digest === digest(row)
  const same = rows.filter(isSame).map((row) => ({ row, id: known.get(key(row))?.id ?? 0 }))
  const ready = await given.prepare(rows.filter((row) => !isSame(row)))
  try {
    await clone.page(given.at, async (page) => {
      const { tx } = page
      await given.before?.(page)
      await state.seen(
        tx,
        kind,
        same.map(({ row }) => key(row)),
      )
      page.count('same', same.length)
      await given.same?.(page, same)
      const wantedOf = given.wanted ?? ((row: Row): number => Number(key(row)))
      const wanted = ready.flatMap((each) => ('why' in each || each.twin !== undefined ? [] : [wantedOf(each.row)]))
      const free = state.keepsIds ? await freeIds(tx, entity, wanted) : new Set<number>()
      for (const each of ready) {
        if ('why' in each) {
          page.leave(each.why, `${entity.name} ${key(each.row)}`)
          continue
        }
        const own = key(each.row)
        const old = known.get(own)?.id
        const isNew = !known.has(own)
        if (isNew && each.twin !== undefined) {
          page.count('same')
          await state.remember(tx, kind, own, { id: each.twin, digest: digest(each.row), isNew })
          continue
        }
        const number = wantedOf(each.row)
        const id = old ?? (free.delete(number) ? number : await tx.nextId(entityTable(entity)))
        const within = withinOf(clone, tx, each)
        for (const of of each.lost ?? []) page.leave(LOST_FILE, of)
        if (!isNew) await each.first?.(within, id)
        const what = await copyWithin(within, entity, id, each.draft)
        await each.beside?.(within, id)
        page.count(what === 'same' ? 'changed' : what)
        await state.remember(tx, kind, own, { id, digest: digest(each.row), isNew })
      }
    })
  } catch (cause) {
    // Nobody owns what came for them.
    await target.portal.files.discard(ready.flatMap((each) => ('why' in each ? [] : blobsIn(each.draft))))
    throw cause
  }
  clone.tick(rows.length)
}

/** A write, as somebody at some time; by the administrator, now, where neither is known. */
export const withinOf = (
  { target, state }: Clone,
  tx: Transaction,
  { by = ADMINISTRATOR, at = state.began }: { by?: number | undefined; at?: number | undefined } = {},
): Within => ({ tx, portal: target.portal, person: { id: by, active: true, admin: true, departments: [] }, now: at })

const blobsIn = ({ values, lists }: Draft): string[] =>
  [...values.values(), ...[...lists.values()].flat()].filter(isSaved).map(({ blob }) => blob)

/** Those of the ids that no record has; from now on, none gets one of them by itself. */
export async function freeIds(tx: Transaction, { table }: Entity, ids: readonly number[]): Promise<Set<number>> {
  const wanted = ids.filter((id) => Number.isSafeInteger(id) && id > 0)
  if (wanted.length === 0) return new Set()
  const taken = await tx.find<{ id: number }>(sql`select id from ${sql.table(table)} where id in (${sql.join(wanted)})`)
  await tx.skipIds({ name: table, columns: {} }, Math.max(...wanted) + 1)
  const free = new Set(wanted)
  for (const { id } of taken) free.delete(id)
  return free
}

/** Removes what this pass has not seen: the source has it no more. */
export async function removeGone(
  clone: Clone,
  step: string,
  entity: Entity,
  remove: (within: Within, id: number) => Promise<void> = (within, id) => removeWithin(within, entity, id),
): Promise<void> {
  const { state, session } = clone
  const kind = itemKind(entity.entityTypeId)
  if (clone.since !== undefined || state.isDone(step, `gone ${kind}`)) return
  for (;;) {
    const gone = await state.gone(session, kind)
    await clone.page({ step, part: `gone ${kind}`, cursor: '', done: gone.length === 0 }, async ({ tx, count }) => {
      for (const { key, id } of gone) {
        const [there] = await tx.find(sql`select 1 as one from ${sql.table(entity.table)} where id = ${id}`)
        if (there !== undefined) await remove(withinOf(clone, tx), id)
        await state.forget(tx, kind, key)
      }
      count('removed', gone.length)
    })
    if (gone.length === 0) return
  }
}
