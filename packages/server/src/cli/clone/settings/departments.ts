import { department, DEPARTMENT as PLAIN } from '../../../modules/people/department.ts'
import { emptyDraft } from '../../../records/change.ts'
import { copyWithin, removeWithin } from '../../../records/records.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { withinOf } from '../parts/bring.ts'
import { freshId, hasId } from '../rows.ts'
import { type Row, type Source } from '../source.ts'
import type { Clone, Page } from '../step.ts'
import { DEPARTMENT, OURS, USER } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'

export const departmentsIn = (source: Source): Promise<Row[]> =>
  source.rows('department.get', { sort: 'ID', order: 'ASC' })

const CACHES = ['departments']

/** The structure of the company. Who leads is written when the people are there. */
export async function copyDepartments(clone: Clone, step: string, rows: readonly Row[]): Promise<void> {
  const { state } = clone
  if (state.isDone(step, 'departments')) return
  await clone.page({ step, part: 'departments', cursor: '', done: true, caches: CACHES }, async (page) => {
    const { tx } = page
    const known = await state.all(tx, DEPARTMENT)
    const ours = await state.known(
      tx,
      DEPARTMENT,
      rows.map((row) => textOf(row.ID)),
    )
    const isFirst = known.size === 0 && state.keepsIds
    const root = await rootOf(tx)
    // The one department of a new portal gives way to the company's own.
    if (isFirst && rows.some(isRoot) && root !== undefined) await removeRoot(clone, tx, root)
    const ids = new Map(known)
    for (const row of downwards(rows)) {
      const key = textOf(row.ID)
      const there = known.get(key)
      const parent = isRoot(row) ? 0 : ids.get(textOf(row.PARENT))
      const isThere = there !== undefined && (await hasId(tx, department.table, there))
      // There is one company here already.
      const id = isThere
        ? there
        : isRoot(row) && !isFirst && root !== undefined
          ? root
          : await freshId(tx, entityTable(department), state.keepsIds ? numberOf(row.ID) : undefined)
      ids.set(key, id)
      const isOwnRoot = isThere ? ours.get(key)?.digest === OURS : id === root && !isFirst
      if (isOwnRoot) page.count('same')
      else page.count(await write(clone, page, { id, row, parent: parent ?? (await rootOf(tx)) ?? 0 }))
      await state.remember(tx, DEPARTMENT, key, {
        id,
        digest: isOwnRoot ? OURS : null,
        isNew: there === undefined,
      })
    }
  })
  clone.tick(rows.length)
}

const isRoot = (row: Row): boolean => (numberOf(row.PARENT) ?? 0) === 0

const rootOf = async (tx: Transaction): Promise<number | undefined> =>
  (await tx.find<{ id: number }>(sql`select id from department where parent = 0`))[0]?.id

async function removeRoot(clone: Clone, tx: Transaction, id: number): Promise<void> {
  await tx.change(sql`delete from department where id = ${id}`)
  tx.count(department.table, -1)
}

async function write(
  clone: Clone,
  { tx }: Page,
  { id, row, parent }: { id: number; row: Row; parent: number },
): Promise<'made' | 'changed' | 'same'> {
  const draft = emptyDraft()
  const isNew = !(await hasId(tx, department.table, id))
  draft.values.set('name', textOf(row.NAME))
  draft.values.set('sort', numberOf(row.SORT) ?? 500)
  draft.values.set('parent', parent)
  if (isNew) {
    draft.values.set('type', PLAIN)
    draft.values.set('createdAt', clone.state.began)
    draft.values.set('updatedAt', clone.state.began)
  }
  return copyWithin(withinOf(clone, tx), department, id, draft)
}

/** Parents before their children. */
function downwards(rows: readonly Row[]): Row[] {
  const byParent = new Map<string, Row[]>()
  const ids = new Set(rows.map((row) => textOf(row.ID)))
  for (const row of rows) {
    // What hangs on nothing hangs on the company.
    const parent = ids.has(textOf(row.PARENT)) ? textOf(row.PARENT) : ''
    byParent.set(parent, [...(byParent.get(parent) ?? []), row])
  }
  const sorted: Row[] = []
  const walk = (parent: string): void => {
    for (const row of byParent.get(parent) ?? []) {
      sorted.push(row)
      walk(textOf(row.ID))
    }
  }
  walk('')
  return sorted
}

/** Heads of departments, and what is left of departments that the source has no more. */
export async function finishDepartments(clone: Clone, step: string, rows: readonly Row[]): Promise<void> {
  const { state } = clone
  if (state.isDone(step, 'heads')) return
  await clone.page({ step, part: 'heads', cursor: '', done: true, caches: CACHES }, async ({ tx, count, leave }) => {
    const people = await state.all(tx, USER)
    const departments = await state.all(tx, DEPARTMENT)
    for (const row of rows) {
      const id = departments.get(textOf(row.ID))
      if (id === undefined) continue
      const head = people.get(textOf(row.UF_HEAD)) ?? null
      const draft = emptyDraft()
      draft.values.set('ufHead', head)
      await copyWithin(withinOf(clone, tx), department, id, draft)
    }
    for (const { key, id } of await state.gone(tx, DEPARTMENT)) {
      const name = `department ${id}`
      const [below] = await tx.find(
        sql`select 1 as one from department where parent = ${id} union all select 1 as one from department where id = ${id} and parent = 0`,
      )
      if (below !== undefined) {
        leave('a department that the source has no more is needed here', name)
        continue
      }
      if (await hasId(tx, department.table, id)) await removeWithin(withinOf(clone, tx), department, id)
      await state.forget(tx, DEPARTMENT, key)
      count('removed')
    }
  })
}
