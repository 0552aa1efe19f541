import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'
import { type Action, type Grant, type Level, nothing } from './levels.ts'

/** What a role says of one action on one entity, or on a pipeline or a stage of it. */
export interface Permission {
  /** An entity's name; `*`: all that the role says nothing else of. */
  readonly entity: string
  readonly action: Action
  readonly level: Level
  /** Null for the entity as a whole. */
  readonly category: number | null
  /** Null for all stages. */
  readonly stage: string | null
}

export interface Role {
  readonly id: number
  readonly name: string
  /** Whose role it is: access codes. */
  readonly access: readonly string[]
  readonly permissions: readonly Permission[]
}

/** Where a row is about no pipeline: leads have stages only. 0 is the first pipeline of deals. */
export const NO_CATEGORY = -1

interface PlaceRow {
  readonly role_id: number
  readonly entity: string
  readonly action: Action
  readonly category_id: number
  readonly stage_id: string
  readonly level: Level
}

/** The roles of the portal, kept in memory. */
export class Roles {
  readonly #all: Cached<readonly Role[]>

  constructor(caches: Caches) {
    this.#all = caches.define('roles', async (reader) => {
      const roles = await reader.find<{ id: number; name: string }>(sql`select id, name from crm_role order by id`)
      const access = await reader.find<{ role_id: number; code: string }>(
        sql`select role_id, code from crm_role_access order by role_id, code`,
      )
      const whole = await reader.find<{ role_id: number; entity: string; action: Action; level: Level }>(
        sql`select role_id, entity, action, level from crm_role_permission order by role_id, entity, action`,
      )
      const places = await reader.find<PlaceRow>(
        sql`select role_id, entity, action, category_id, stage_id, level from crm_role_place order by role_id, entity, action, category_id, stage_id`,
      )
      return roles.map(({ id, name }) => ({
        id,
        name,
        access: access.filter((row) => row.role_id === id).map(({ code }) => code),
        permissions: [
          ...whole
            .filter((row) => row.role_id === id)
            .map(({ entity, action, level }) => ({ entity, action, level, category: null, stage: null })),
          ...places
            .filter((row) => row.role_id === id)
            .map(({ entity, action, level, category_id, stage_id }) => ({
              entity,
              action,
              level,
              category: category_id === NO_CATEGORY ? null : category_id,
              stage: stage_id === '' ? null : stage_id,
            })),
        ],
      }))
    })
  }

  all(reader: Reader): Promise<readonly Role[]> {
    return this.#all.get(reader)
  }
}

/** What one role allows of an action on an entity: its own word of it, or else that of everything. */
export function grantOf({ permissions }: Role, entity: string, action: Action): Grant {
  const about = permissions.filter((each) => each.action === action)
  const isWhole = ({ category, stage }: Permission): boolean => category === null && stage === null
  const whole = (name: string): Permission | undefined => about.find((each) => each.entity === name && isWhole(each))
  const cells = about
    .filter((each) => each.entity === entity && !isWhole(each))
    .map(({ category, stage, level }) => ({ category: category ?? undefined, stage: stage ?? undefined, level }))
  const base = (whole(entity) ?? whole('*'))?.level ?? 'none'
  return base === 'none' && cells.length === 0 ? nothing : { base, cells }
}
