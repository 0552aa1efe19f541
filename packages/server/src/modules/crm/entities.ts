import type { Hooks } from '../../records/hooks.ts'
import type { Entity } from '../../schema/entity.ts'
import { lead } from './lead.ts'

/** The entities that every portal has. */
export const declaredEntities: readonly Entity[] = [lead]

/** Rules that one entity alone has. */
export const specificHooks: ReadonlyMap<string, Hooks> = new Map()
