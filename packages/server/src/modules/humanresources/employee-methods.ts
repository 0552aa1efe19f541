import { itemsOf, methodV3, needV3, takeV3 } from '../../methods/v3.ts'
import type { Call } from '../../methods/method.ts'
import { picked } from '../../methods/v3/select.ts'
import { sql } from '../../store/sql.ts'
import { Structure, type StructureNode } from '../people/structure.ts'
import { employeeDto } from './dto.ts'
import { nodeOf } from './node-methods.ts'
import { profilesOf } from './shown.ts'
import { fault, given, requireEmployee } from './words.ts'

const scope = 'humanresources'
/** The page tells of no pages: more than these are a search for too little. */
const MAX_FOUND = 200
const NEEDED = 'Parameter "id" is required and must be a positive integer.'

/** The structure, for those who are in it. */
async function structureFor(call: Call): Promise<Structure> {
  requireEmployee(call)
  return Structure.load(call.session, call.portal.people)
}

const named = ({ id, name }: StructureNode) => ({ id, name })

/** Everyone who works in some department, by id. */
function employeesOf(structure: Structure): number[] {
  const found = new Set<number>()
  for (const node of structure.nodes.values())
    if (!node.isTeam) for (const id of structure.membersOf(node.id).keys()) found.add(id)
  return [...found].sort((a, b) => a - b)
}

/** People who work here and have every word in their names. */
async function namedLike(call: Call, text: string): Promise<number[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = await call.session.find<{
    id: number
    name: string | null
    last_name: string | null
    second_name: string | null
  }>(sql`select id, name, last_name, second_name from portal_user where active = 'Y' order by id`)
  return rows
    .filter((row) => {
      const whole = [row.name, row.second_name, row.last_name].filter(Boolean).join(' ').toLowerCase()
      return words.every((word) => whole.includes(word))
    })
    .map(({ id }) => id)
}

export const employeeMethods = [
  methodV3({
    name: 'humanresources.employee.search',
    scope,
    params: {
      name: takeV3.text,
      nodeId: takeV3.integer,
      select: takeV3.select(employeeDto, { strict: true }),
    },
    returns: itemsOf(employeeDto),
    dtos: [employeeDto],
    async run({ name, nodeId, select }, call) {
      const structure = await structureFor(call)
      const text = given('name', name?.trim() === '' ? undefined : name)
      const within = new Set(
        nodeId === undefined ? employeesOf(structure) : structure.membersOf(nodeOf(structure, nodeId).id).keys(),
      )
      const ids = (await namedLike(call, text)).filter((id) => within.has(id)).slice(0, MAX_FOUND)
      const profiles = await profilesOf(call, ids)
      const items = ids.flatMap((id) => {
        const profile = profiles.get(id)
        if (profile === undefined) return []
        const departments = structure.nodesOf(id, { teams: false }).map(named)
        const teams = structure.nodesOf(id, { teams: true }).map(named)
        return [picked({ ...profile, departments, teams }, select)]
      })
      return { items }
    },
  }),
  methodV3({
    name: 'humanresources.employee.subordinates',
    scope,
    params: { id: needV3.integer },
    returns: { type: 'object', properties: { userId: { type: 'integer' }, departments: { type: 'array', items: {} } } },
    async run({ id }, call) {
      const structure = await structureFor(call)
      if (id <= 0) throw fault('id', NEEDED)
      const departments = structure.nodesOf(id, { teams: false }).flatMap((node) => {
        const members = structure.membersOf(node.id)
        const role = members.get(id)
        if (role !== 'HEAD' && role !== 'DEPUTY_HEAD') return []
        // Heads stand above deputies, and both above the rest.
        const below = [...members.values()].filter(
          (each) => each === 'EMPLOYEE' || (role === 'HEAD' && each === 'DEPUTY_HEAD'),
        )
        return [{ nodeId: node.id, name: node.name, role, subordinatesCount: below.length }]
      })
      return { userId: id, departments }
    },
  }),
  methodV3({
    name: 'humanresources.employee.count',
    scope,
    params: {},
    returns: { type: 'object', properties: { total: { type: 'integer' } } },
    run: async (_none, call) => ({ total: employeesOf(await structureFor(call)).length }),
  }),
  methodV3({
    name: 'humanresources.employee.multidepartment',
    scope,
    params: {},
    returns: { type: 'object', properties: { employees: { type: 'array', items: {} }, total: { type: 'integer' } } },
    async run(_none, call) {
      const structure = await structureFor(call)
      const several = employeesOf(structure).flatMap((id) => {
        const departments = structure.nodesOf(id, { teams: false }).map(named)
        return departments.length > 1 ? [{ id, departments }] : []
      })
      const profiles = await profilesOf(
        call,
        several.map(({ id }) => id),
      )
      const employees = several.map(({ id, departments }) => ({
        userId: id,
        name: profiles.get(id)?.name ?? '',
        workPosition: profiles.get(id)?.workPosition ?? '',
        departments,
      }))
      return { employees, total: employees.length }
    },
  }),
]
