import { emptyDraft } from '../../records/change.ts'
import { type Within, updateWithin } from '../../records/records.ts'
import { sql } from '../../store/sql.ts'
import { department } from '../people/department.ts'
import { type Role, Structure, structureRole, type StructureNode } from '../people/structure.ts'
import { person } from '../person.ts'
import { fault } from './words.ts'

/** One change of who is where, in its transaction: what it works out is written by `save`. */
export class Staffing {
  readonly structure: Structure
  readonly #within: Within
  readonly #roles = new Map<number, Map<number, Role>>()
  readonly #departments = new Map<number, number[]>()

  constructor(within: Within, structure: Structure) {
    this.#within = within
    this.structure = structure
  }

  static async begin(within: Within): Promise<Staffing> {
    return new Staffing(within, await Structure.load(within.tx, within.portal.people))
  }

  #rolesOf(node: number): Map<number, Role> {
    let roles = this.#roles.get(node)
    if (roles === undefined) this.#roles.set(node, (roles = new Map(this.structure.rolesIn(node))))
    return roles
  }

  #departmentsOf(user: number): number[] {
    return this.#departments.get(user) ?? [...(this.structure.people.get(user)?.departments ?? [])]
  }

  /** Refuses whoever doesn't work here. */
  require(users: Iterable<number>): void {
    for (const user of users)
      if (this.structure.people.get(user)?.active !== true)
        throw fault('userIds', `User with ID = \`${user}\` not found`)
  }

  /** Gives somebody a role in a node, where they may have another already. */
  put(node: StructureNode, user: number, role: Role): void {
    this.#rolesOf(node.id).set(user, role)
    if (node.isTeam) return
    const departments = this.#departmentsOf(user)
    if (!departments.includes(node.id)) this.#departments.set(user, [...departments, node.id])
  }

  /**
   * Takes somebody out of a node. Whoever is in no other department goes to the top one; false where that is what they
   * are to leave.
   */
  remove(node: StructureNode, user: number): boolean {
    if (!node.isTeam) {
      const others = this.#departmentsOf(user).filter((id) => id !== node.id)
      if (others.length === 0 && node.parent === 0) return false
      this.#departments.set(user, others.length > 0 ? others : [this.#top.id])
    }
    this.#rolesOf(node.id).delete(user)
    return true
  }

  /** Puts somebody into a node and takes them out of all others of its kind. */
  move(node: StructureNode, user: number, role: Role): void {
    for (const other of this.structure.nodesOf(user, { teams: node.isTeam })) this.#rolesOf(other.id).delete(user)
    if (!node.isTeam) this.#departments.set(user, [])
    this.put(node, user, role)
  }

  get #top(): StructureNode {
    for (const node of this.structure.nodes.values()) if (node.parent === 0) return node
    throw new Error('the company has no top department')
  }

  async save(): Promise<void> {
    const { tx, portal } = this.#within
    const people = await portal.entities.get(tx, person.entityTypeId)
    for (const [user, departments] of this.#departments) {
      const draft = emptyDraft()
      draft.values.set('ufDepartment', JSON.stringify(departments))
      await updateWithin(this.#within, people, user, draft)
    }
    for (const [id, roles] of this.#roles) await this.#saveRoles(this.structure.nodes.get(id), roles)
  }

  async #saveRoles(node: StructureNode | undefined, roles: ReadonlyMap<number, Role>): Promise<void> {
    if (node === undefined) return
    const { tx } = this.#within
    const head = node.isTeam
      ? 0
      : roles.get(node.head) === 'HEAD'
        ? node.head
        : ([...roles].find(([, role]) => role === 'HEAD')?.[0] ?? 0)
    if (!node.isTeam && head !== node.head) {
      const draft = emptyDraft()
      draft.values.set('ufHead', head === 0 ? null : head)
      await updateWithin(this.#within, department, node.id, draft)
    }
    await tx.change(sql`delete from structure_role where node_id = ${node.id}`)
    for (const [user, role] of roles)
      if (user !== head && (node.isTeam || role !== 'EMPLOYEE'))
        tx.insert(structureRole, { node_id: node.id, user_id: user, role })
  }
}
