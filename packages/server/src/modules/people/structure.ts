import type { People, Person } from '../../records/people.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'
import { TEAM } from './department.ts'

/**
 * Who is more than an employee of a department, and who is in a team. Members of departments stand in the people's own
 * profiles (UF_DEPARTMENT) and a department's first head in its row (UF_HEAD): both versions of the API show the same.
 */
export const structureRole: Table = {
  name: 'structure_role',
  columns: { node_id: 'integer', user_id: 'integer', role: 'text' },
  key: ['node_id', 'user_id'],
  indexes: [{ columns: ['user_id'] }],
}

/** What somebody is in a node, whichever kind it is of. */
export type Role = 'HEAD' | 'DEPUTY_HEAD' | 'EMPLOYEE'

export interface StructureNode {
  readonly id: number
  readonly name: string
  readonly parent: number
  readonly isTeam: boolean
  /** A department's first head. */
  readonly head: number
}

/** Departments and teams, as they are now. */
export async function nodesIn(reader: Reader): Promise<ReadonlyMap<number, StructureNode>> {
  const rows = await reader.find<{
    id: number
    name: string
    parent: number
    type: string | null
    uf_head: number | null
  }>(sql`select id, name, parent, type, uf_head from department order by id`)
  return new Map(
    rows.map(({ id, name, parent, type, uf_head: head }) => [
      id,
      { id, name, parent, isTeam: type === TEAM, head: head ?? 0 },
    ]),
  )
}

/** A department and all nodes below it, or every node. */
export function branchOf(nodes: ReadonlyMap<number, StructureNode>, top: number): Set<number> {
  const found = new Set([top])
  const isBelow = (node: StructureNode | undefined): boolean => {
    const path = new Set<number>()
    for (let at = node; at !== undefined && !path.has(at.id); at = nodes.get(at.parent)) {
      if (found.has(at.id)) return true
      path.add(at.id)
    }
    return false
  }
  for (const node of nodes.values()) if (isBelow(node)) found.add(node.id)
  return found
}

/** The whole company: nodes, and who is what in them. */
export class Structure {
  readonly nodes: ReadonlyMap<number, StructureNode>
  readonly people: ReadonlyMap<number, Person>
  readonly #roles = new Map<number, Map<number, Role>>()
  readonly #nodes = new Map<number, Set<number>>()

  constructor(
    nodes: ReadonlyMap<number, StructureNode>,
    people: ReadonlyMap<number, Person>,
    rows: readonly { node_id: number; user_id: number; role: Role }[],
  ) {
    this.nodes = nodes
    this.people = people
    const give = (node: number, user: number, role: Role): void => {
      const roles = this.#roles.get(node)
      if (roles === undefined || roles.has(user)) return
      roles.set(user, role)
      const known = this.#nodes.get(user)
      if (known === undefined) this.#nodes.set(user, new Set([node]))
      else known.add(node)
    }
    for (const id of nodes.keys()) this.#roles.set(id, new Map())
    // The first head comes first, then the others with a role, then everybody else.
    for (const { id, head } of nodes.values()) if (head > 0) give(id, head, 'HEAD')
    for (const { node_id: node, user_id: user, role } of rows) give(node, user, role)
    for (const { id, departments } of people.values()) for (const node of departments) give(node, id, 'EMPLOYEE')
  }

  static async load(reader: Reader, people: People): Promise<Structure> {
    const rows = await reader.find<{ node_id: number; user_id: number; role: Role }>(
      sql`select node_id, user_id, role from structure_role order by node_id, case role when 'HEAD' then 0 when 'DEPUTY_HEAD' then 1 else 2 end, user_id`,
    )
    return new Structure(await nodesIn(reader), await people.all(reader), rows)
  }

  /** Everyone who has a role in a node, also those who have left the company and may come back. */
  rolesIn(id: number): ReadonlyMap<number, Role> {
    return this.#roles.get(id) ?? new Map()
  }

  /** Those of them who work here. */
  membersOf(id: number): ReadonlyMap<number, Role> {
    return new Map([...this.rolesIn(id)].filter(([user]) => this.people.get(user)?.active === true))
  }

  /** The departments, or the teams, in which somebody is, the oldest first. */
  nodesOf(user: number, { teams }: { readonly teams: boolean }): StructureNode[] {
    const own = [...(this.#nodes.get(user) ?? [])].sort((a, b) => a - b)
    return own.flatMap((id) => {
      const node = this.nodes.get(id)
      return node?.isTeam === teams ? [node] : []
    })
  }
}

/** Leaves nobody beside the head, and the head without another role. */
export async function onlyHead(tx: Transaction, node: number, head: number): Promise<void> {
  await tx.change(
    sql`delete from structure_role where node_id = ${node} and (role = 'HEAD' or user_id = ${head}) and exists (select 1 from department d where d.id = ${node} and (d.type is null or d.type <> 'TEAM'))`,
  )
}

export async function forgetNode(tx: Transaction, node: number): Promise<void> {
  await tx.change(sql`delete from structure_role where node_id = ${node}`)
}

/** Whoever leaves a department loses the role there; teams are no departments, and roles in them stay. */
export async function keepRolesIn(tx: Transaction, user: number, departments: readonly number[]): Promise<void> {
  const kept = departments.length === 0 ? sql`` : sql` and node_id not in (${sql.join([...departments])})`
  await tx.change(
    sql`delete from structure_role where user_id = ${user}${kept} and exists (select 1 from department d where d.id = node_id and (d.type is null or d.type <> 'TEAM'))`,
  )
}
