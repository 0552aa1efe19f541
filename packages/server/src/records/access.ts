import type { Entity } from '../schema/entity.ts'
import type { Reader } from '../store/store.ts'
import { codesOf } from './access-codes.ts'
import type { Caches } from './cache.ts'
import type { Context } from './context.ts'
import { departmentsIn, type DepartmentTree, withDescendants } from './departments.ts'
import { Failure } from './failure.ts'
import { type Action, everything, type Grant, levelAt, nothing, together } from './levels.ts'
import type { Person } from './people.ts'
import { type Colleagues, Reach } from './reach.ts'
import { grantOf, type Role, Roles } from './roles.ts'

export type { Action, Level } from './levels.ts'
export { ownerOf, Reach } from './reach.ts'

/** Whoever asks: a call, a job, a command. */
type Asking = Pick<Context, 'portal' | 'person' | 'session'>

/** Whose settings: an entity's, or those of one of its pipelines. */
export interface SettingsOf {
  readonly entity: Entity
  readonly category?: number | undefined
}

/** What was worked out from the roles, the departments and the people as they are; it goes when one of them changes. */
interface Known {
  readonly roles: readonly Role[]
  readonly tree: DepartmentTree
  readonly people: ReadonlyMap<number, Person>
  readonly rolesOf: WeakMap<Person, readonly Role[]>
  readonly colleagues: WeakMap<Person, Colleagues>
  readonly reaches: WeakMap<Person, WeakMap<Entity, Map<Action, Reach>>>
}

/** Whose colleagues are of no account, because everything is theirs. */
const alone: Colleagues = { own: 0, department: new Set(), departments: new Set() }

/**
 * Rights by roles: what the best of a person's roles allows, wherever it does. An administrator may do everything. The
 * CRM's administrators are those with a role that configures `*`: they change its settings, and see what their roles say.
 */
export class Access {
  readonly roles: Roles
  readonly #tree: ReturnType<typeof departmentsIn>
  readonly #wholes = new WeakMap<Entity, Reach>()
  #known: Known | undefined

  constructor(caches: Caches) {
    this.roles = new Roles(caches)
    this.#tree = departmentsIn(caches)
  }

  /**
   * Which records of an entity the caller may do this to. `reader` is the transaction where there is one: what reads
   * beside it could wait for it forever.
   */
  async reach(asking: Asking, entity: Entity, action: Action, reader: Reader = asking.session): Promise<Reach> {
    const { person } = asking
    // Without a look at the roles: this is asked at every call.
    if (person.active && (person.admin || entity.rights === 'owner')) return this.#whole(entity)
    const known = await this.#now(asking, reader)
    let ofPerson = known.reaches.get(person)
    if (ofPerson === undefined) known.reaches.set(person, (ofPerson = new WeakMap()))
    let ofEntity = ofPerson.get(entity)
    if (ofEntity === undefined) ofPerson.set(entity, (ofEntity = new Map()))
    let reach = ofEntity.get(action)
    if (reach === undefined) {
      reach = new Reach(entity, this.#grant(known, person, entity, action), this.#colleagues(known, person))
      ofEntity.set(action, reach)
    }
    return reach
  }

  /** Refuses unless the caller may do this to some records at least; answers to which. */
  async require(asking: Asking, entity: Entity, action: Action, reader: Reader = asking.session): Promise<Reach> {
    const reach = await this.reach(asking, entity, action, reader)
    if (reach.none) throw new Failure({ why: 'access-denied' })
    return reach
  }

  /**
   * Whether the caller may change settings: those of an entity, those of one of its pipelines, or, without an entity,
   * those of the whole CRM.
   */
  async mayConfigure(asking: Asking, of?: SettingsOf, reader: Reader = asking.session): Promise<boolean> {
    const { person } = asking
    if (!person.active || person.admin) return person.active
    const known = await this.#now(asking, reader)
    const roles = this.#rolesOf(known, person)
    const grant = together(roles.map((role) => grantOf(role, of?.entity.name ?? '*', 'configure')))
    return levelAt(grant, of?.category, undefined) !== 'none'
  }

  /** Refuses whoever may not change those settings. */
  async requireSettings(asking: Asking, of?: SettingsOf): Promise<void> {
    if (!(await this.mayConfigure(asking, of))) throw new Failure({ why: 'access-denied' })
  }

  /** Settings of the portal (people, departments, roles) are for its administrators. */
  async requireAdministrator({ person }: Pick<Context, 'person'>): Promise<void> {
    if (!person.active || !person.admin) throw new Failure({ why: 'access-denied' })
  }

  async #now({ portal }: Asking, reader: Reader): Promise<Known> {
    const [roles, tree, people] = [
      await this.roles.all(reader),
      await this.#tree.get(reader),
      await portal.people.all(reader),
    ]
    const known = this.#known
    if (known?.roles === roles && known.tree === tree && known.people === people) return known
    this.#known = { roles, tree, people, rolesOf: new WeakMap(), colleagues: new WeakMap(), reaches: new WeakMap() }
    return this.#known
  }

  #whole(entity: Entity): Reach {
    let reach = this.#wholes.get(entity)
    if (reach === undefined) this.#wholes.set(entity, (reach = new Reach(entity, everything, alone)))
    return reach
  }

  #grant(known: Known, person: Person, entity: Entity, action: Action): Grant {
    if (!person.active) return nothing
    if (entity.rights !== 'roles' && action === 'read') return everything
    if (entity.rights === 'portal') return nothing
    const asked = entity.rights === 'settings' ? 'configure' : action
    return together(this.#rolesOf(known, person).map((role) => grantOf(role, entity.name, asked)))
  }

  #rolesOf(known: Known, person: Person): readonly Role[] {
    let roles = known.rolesOf.get(person)
    if (roles === undefined) {
      const codes = codesOf(person, known.tree)
      roles = known.roles.filter(({ access }) => access.some((code) => codes.has(code)))
      known.rolesOf.set(person, roles)
    }
    return roles
  }

  #colleagues(known: Known, person: Person): Colleagues {
    let colleagues = known.colleagues.get(person)
    if (colleagues === undefined) {
      const below = withDescendants(known.tree, person.departments)
      const members = (departments: ReadonlySet<number>): Set<number> => {
        const ids = new Set([person.id])
        for (const each of known.people.values())
          if (each.departments.some((id) => departments.has(id))) ids.add(each.id)
        return ids
      }
      colleagues = { own: person.id, department: members(new Set(person.departments)), departments: members(below) }
      known.colleagues.set(person, colleagues)
    }
    return colleagues
  }
}
