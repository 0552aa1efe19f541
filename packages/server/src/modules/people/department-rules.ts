import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import type { Portal } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { DEPARTMENT, departmentsIn, TEAM } from './department.ts'
import { forgetNode, nodesIn, onlyHead } from './structure.ts'

/** Also said of a parent that isn't there (api-reference/departments/department-add.md). */
const ONE_TOP = 'There can only be one top-level department in the company structure'
const INSIDE_ITSELF = 'A department cannot be moved into itself'
export const KEEP_TOP = 'The top-level department cannot be deleted'

/** Departments are written one at a time, so that two moves that cross can't make a ring. */
async function checkParent(change: Change): Promise<void> {
  if (!change.isNew && !change.changes('parent')) return
  const tree = await nodesIn(change.tx)
  const wanted = Number(change.value('parent') ?? 0)
  const isTeam = change.value('type') === TEAM
  const under = tree.get(wanted)
  if (under === undefined || (under.isTeam && !isTeam)) throw new Failure({ why: 'rule', text: ONE_TOP })
  for (let above: number | undefined = wanted; above; above = tree.get(above)?.parent)
    if (above === change.id) throw new Failure({ why: 'rule', text: INSIDE_ITSELF })
}

export const departmentHooks: Hooks = {
  complete(change) {
    change.default('sort', 500)
    change.default('parent', 0)
    change.default('type', DEPARTMENT)
    change.default('createdAt', Math.floor(change.now))
    change.set('updatedAt', Math.floor(change.now))
  },
  check: checkParent,
  async saved(change) {
    // Whoever becomes the head is the only one: others who were beside the former head only work there from now on.
    if (change.changes('ufHead')) await onlyHead(change.tx, change.id, Number(change.value('ufHead') ?? 0))
  },
  removed: (change) => forgetNode(change.tx, change.id),
}

/** What stands in a department that goes moves up: departments and people. Refuses for the top one. */
export async function moveUp(portal: Portal, tx: Transaction, id: number, now: number): Promise<void> {
  const own = (await departmentsIn(portal.caches).get(tx)).get(id)
  if (own === undefined) throw new Failure({ why: 'not-found' })
  if (own.parent === 0) throw new Failure({ why: 'rule', text: KEEP_TOP })
  await tx.change(sql`update department set parent = ${own.parent} where parent = ${id}`)
  const people = await tx.find<{ id: number; uf_department: string }>(
    sql`select id, uf_department from portal_user where uf_department like ${`%${id}%`}`,
  )
  for (const person of people) {
    const before = JSON.parse(person.uf_department) as number[]
    if (!before.includes(id)) continue
    const after = [...new Set(before.map((each) => (each === id ? own.parent : each)))]
    await tx.change(
      sql`update portal_user set uf_department = ${JSON.stringify(after)}, timestamp_x = ${Math.floor(now)} where id = ${person.id}`,
    )
  }
}
