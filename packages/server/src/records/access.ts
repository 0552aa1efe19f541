import type { Entity, Field } from '../schema/entity.ts'
import type { Test } from '../store/entity-test.ts'
import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'

export type Action = 'read' | 'add' | 'update' | 'delete' | 'import' | 'export' | 'configure'
/** Whose records: nobody's, those one is responsible for, everybody's. */
export type Level = 'none' | 'own' | 'all'

/** Whose a record is: its responsible person's, or its author's where nobody is responsible. */
export const ownerOf = (entity: Entity): Field => entity.byName.get('assignedById') ?? entity.field('createdBy')

/** An entity's name, or `*` for every one. */
type Grants = ReadonlyMap<string, Level>

const ranks: Record<Level, number> = { none: 0, own: 1, all: 2 }

/**
 * Rights by roles. An administrator may do everything; others what the best of their roles allows. People without a
 * role have those of the role for everyone (user id 0).
 */
export class Access {
  readonly #grants: Cached<ReadonlyMap<number, Grants>>

  constructor(caches: Caches) {
    this.#grants = caches.define('roles', async (reader) => {
      const rows = await reader.find<{ user_id: number; entity: string; action: string; level: Level }>(
        sql`select u.user_id, p.entity, p.action, p.level from crm_role_user u join crm_role_permission p on p.role_id = u.role_id`,
      )
      const people = new Map<number, Map<string, Level>>()
      for (const row of rows) {
        const grants = people.get(row.user_id) ?? new Map<string, Level>()
        people.set(row.user_id, grants)
        const key = `${row.entity} ${row.action}`
        const known = grants.get(key)
        if (known === undefined || ranks[row.level] > ranks[known]) grants.set(key, row.level)
      }
      return people
    })
  }

  /** `reader` is the transaction where there is one: what reads beside it could wait for it forever. */
  async level(context: Context, entity: Entity, action: Action, reader: Reader = context.session): Promise<Level> {
    if (!context.person.active) return 'none'
    if (context.person.admin) return 'all'
    if (entity.rights === 'owner') return 'all'
    if (entity.rights === 'settings') return action === 'read' ? 'all' : 'none'
    const all = await this.#grants.get(reader)
    const grants = all.get(context.person.id) ?? all.get(0)
    return grants?.get(`${entity.name} ${action}`) ?? grants?.get(`* ${action}`) ?? 'none'
  }

  /** Refuses unless the caller may do this to some records at least; answers to which. */
  async require(context: Context, entity: Entity, action: Action, reader: Reader = context.session): Promise<Level> {
    const level = await this.level(context, entity, action, reader)
    if (level === 'none') throw new Failure({ why: 'access-denied' })
    return level
  }

  /** The condition that a level puts on lists, totals and single records. */
  condition(context: Context, entity: Entity, level: Level): Test | undefined {
    if (level === 'all') return undefined
    if (level === 'none') return { is: 'constant', value: false }
    return { is: 'compare', field: ownerOf(entity), op: 'eq', values: [context.person.id] }
  }

  /** Settings of the CRM (pipelines, directories, fields, smart processes) are for its administrators. */
  async requireAdministrator(context: Context): Promise<void> {
    if (!context.person.active || !context.person.admin) throw new Failure({ why: 'access-denied' })
  }
}
