import type { Check } from '../../records/check.ts'
import type { Portal } from '../../records/context.ts'
import { defineEntity, field, type FieldOptions } from '../../schema/entity.ts'
import { InvalidValue, type Kind } from '../../schema/kind.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
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

const unseen: FieldOptions = { legacy: null }
/** A team stands in the tree among the departments, but is none. Departments that are older than teams have no type. */
export const DEPARTMENT = 'DEPARTMENT'
export const TEAM = 'TEAM'

export { departmentsIn, type DepartmentNode } from '../../records/departments.ts'

/** A department of the company, in a tree with one root; the root's parent is 0. */
export const department = defineEntity({
  name: 'department',
  title: 'Department',
  table: 'department',
  entityTypeId: -100,
  part: true,
  rights: 'portal',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Department Name', { required: true }),
    sort: field(sort, 'Sort Order'),
    parent: field(parent, 'Parent Department', { index: true }),
    ufHead: field(head, 'Manager'),
    // What department.* don't know: the same rows are the nodes of humanresources.node.*.
    type: field(string, 'Type', unseen),
    description: field(text, 'Description', unseen),
    colorName: field(string, 'Colour', unseen),
    createdAt: field(datetime, 'Created', unseen),
    updatedAt: field(datetime, 'Updated', unseen),
  },
})

/** The company is one department to begin with. */
export async function prepareDepartments(tx: Transaction, { sources }: Pick<Portal, 'sources'>): Promise<void> {
  const now = Math.floor(sources.now())
  const table = entityTable(department)
  tx.insert(table, {
    id: await tx.nextId(table),
    name: 'Company',
    sort: 500,
    parent: 0,
    uf_head: null,
    type: DEPARTMENT,
    created_at: now,
    updated_at: now,
  })
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
    name: 'departments do not stand under teams',
    faults: () =>
      sql`select 'department ' || cast(d.id as text) as fault from department d join department p on p.id = d.parent where p.type = 'TEAM' and (d.type is null or d.type <> 'TEAM')`,
  },
  {
    name: 'roles in the structure are those of people in nodes',
    faults: () =>
      sql`select 'role of person ' || cast(r.user_id as text) || ' in node ' || cast(r.node_id as text) as fault from structure_role r where not exists (select 1 from department d where d.id = r.node_id) or not exists (select 1 from portal_user u where u.id = r.user_id)`,
  },
  {
    name: 'heads of departments exist',
    faults: () =>
      sql`select 'department ' || cast(d.id as text) as fault from department d where d.uf_head <> 0 and not exists (select 1 from portal_user u where u.id = d.uf_head)`,
  },
]
