import type { Entity } from '../../schema/entity.ts'
import { allOf, type Hooks, type HookTable } from '../../records/hooks.ts'
import { clientHooks } from './rules/client.ts'
import { contactPointHooks } from './rules/contact-points.ts'
import { defaultHooks } from './rules/defaults.ts'
import { stageHooks } from './rules/stage.ts'
import { searchHooks } from './rules/search.ts'

/** What each kind of entity adds to the life of its records; every part looks for the fields that it serves. */
export function crmHooks(specific: ReadonlyMap<string, Hooks>): HookTable {
  const known = new Map<string, Hooks>()
  return (entity: Entity) => {
    let hooks = known.get(entity.name)
    if (hooks === undefined) {
      const own = specific.get(entity.name)
      hooks = allOf(
        defaultHooks,
        clientHooks,
        stageHooks,
        contactPointHooks,
        ...(own === undefined ? [] : [own]),
        searchHooks,
      )
      known.set(entity.name, hooks)
    }
    return hooks
  }
}
