import { defineDto, property } from '../../methods/v3/dto.ts'
import { sql } from '../../store/sql.ts'

/** What nodes can be found and sorted by (humanresources-node-field-list.md), by the columns of {@link listedRows}. */
const found = (column: string) => ({ column, filterable: true, sortable: false })
const sorted = (column: string) => ({ column, filterable: false, sortable: true })

const shown = {
  id: property('int', { column: 'id' }),
  name: property('string', sorted('name')),
  type: property('string', found('type')),
  structureId: property('int', found('structure_id')),
  parentId: property('int', found('parent_id')),
  description: property('string'),
  accessCode: property('string'),
  userCount: property('int'),
  colorName: property('string'),
  xmlId: property('string'),
  createdAt: property('string', sorted('created_at')),
  updatedAt: property('string'),
}

/** Nodes as `filter` and `order` know them; there is one company, and so one structure. */
export const listedRows = sql`(select id, name, coalesce(type, 'DEPARTMENT') as type, 1 as structure_id, nullif(parent, 0) as parent_id, created_at from department)`

/** A department or a team. */
export const nodeDto = defineDto('NodeDto', { ...shown, members: property('array') })
/** Lists show no members (humanresources-node-list.md). */
export const listedDto = defineDto('NodeDto', shown)

/** Somebody in a department or a team. */
export const memberDto = defineDto('NodeMemberDto', {
  userId: property('int'),
  name: property('string'),
  workPosition: property('string'),
  role: property('string'),
  avatar: property('string'),
  url: property('string'),
})

/** Somebody who works in the company. */
export const employeeDto = defineDto('EmployeeDto', {
  userId: property('int'),
  name: property('string'),
  workPosition: property('string'),
  avatar: property('string'),
  url: property('string'),
  departments: property('array'),
  teams: property('array'),
})
