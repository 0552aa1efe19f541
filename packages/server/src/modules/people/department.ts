import type { Cached, Caches } from '../../records/cache.ts'
import type { Check } from '../../records/check.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { InvalidValue, type Kind } from '../../schema/kind.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { user } from '../../schema/kinds/user.ts'
import { entityTable } from '../../store/entity-table.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'

/** The one number of the row that isn't a text (api-reference/departments/department-get.md). */
const sort: Kind = { ...integer, legacy: (value) => value }

const parent: Kind = {
  ...integer,
  decode(input, of, context) {
    const value = integer.decode(input, of, context) ?? 0
    if (Number(value) < 0) throw new InvalidValue('a department is expected')
    return value
  },
}

/** Whoever has left can't become the head. */
const head: Kind = {
  ...user,
  references: (value) => (value ? { to: 'user', id: Number(value), active: true } : undefined),
}

/** A department of the company, in a tree with one root; the root's parent is 0. */
export const department = defineEntity({
  name: 'department',
  title: 'Department',
  table: 'department',
  entityTypeId: -100,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Department Name', { required: true }),
    sort: field(sort, 'Sort Order'),
    parent: field(parent, 'Parent Department', { index: true }),
    ufHead: field(head, 'Manager'),
  },
})

export interface DepartmentNode {
  readonly id: number
  readonly name: string
  readonly parent: number
}

const trees = new WeakMap<Caches, Cached<ReadonlyMap<number, DepartmentNode>>>()

/** All departments by id, kept in memory under `departments`. */
export function departmentsIn(caches: Caches): Cached<ReadonlyMap<number, DepartmentNode>> {
  let cached = trees.get(caches)
  if (cached === undefined) {
    cached = caches.define('departments', async (reader) => {
      const rows = await reader.find<DepartmentNode>(sql`select id, name, parent from department order by id`)
      return new Map(rows.map((row) => [row.id, row]))
    })
    trees.set(caches, cached)
  }
  return cached
}

/** The company is one department to begin with. */
export async function prepareDepartments(tx: Transaction): Promise<void> {
  const table = entityTable(department)
  tx.insert(table, { id: await tx.nextId(table), name: 'Company', sort: 500, parent: 0, uf_head: null })
  tx.count(department.table, 1)
}

export const departmentChecks: readonly Check[] = [
  {
    name: 'departments stand under departments',
    faults: () =>
      sql`select 'department ' || cast(d.id as text) as fault from department d where d.parent <> 0 and not exists (select 1 from department p where p.id = d.parent)`,
  },
  {
    name: 'the company has one top department',
    faults: () =>
      sql`select cast(count(*) as text) || ' departments' as fault from department where parent = 0 having count(*) <> 1`,
  },
  {
    name: 'heads of departments exist',
    faults: () =>
      sql`select 'department ' || cast(d.id as text) as fault from department d where d.uf_head <> 0 and not exists (select 1 from portal_user u where u.id = d.uf_head)`,
  },
]
