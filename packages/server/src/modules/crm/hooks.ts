import type { Entity } from '../../schema/entity.ts'
import { allOf, type Hooks, type HookTable } from '../../records/hooks.ts'
import type { Module } from '../module.ts'
import { movesOwned } from './duplicate/owned.ts'
import { clientHooks } from './rules/client.ts'
import { contactPointHooks } from './rules/contact-points.ts'
import { defaultHooks } from './rules/defaults.ts'
import { stageHooks } from './rules/stage.ts'
import { searchHooks } from './rules/search.ts'

/** What the modules add to the life of records; every part of an item's rules looks for the fields that it serves. */
export function hooksOf(modules: readonly Module[]): HookTable {
  const specific = new Map<string, Hooks>()
  for (const module of modules)
    for (const [name, hooks] of Object.entries(module.hooks ?? {})) {
      const known = specific.get(name)
      specific.set(name, known === undefined ? hooks : allOf(known, hooks))
    }
  const items = modules.flatMap(({ itemHooks }) => (itemHooks === undefined ? [] : [itemHooks]))
  const owned = movesOwned(modules.flatMap(({ ownedBy }) => ownedBy ?? []))
  const none = allOf()
  const known = new Map<string, Hooks>()
  return (entity: Entity) => {
    let hooks = known.get(entity.name)
    if (hooks === undefined) {
      const own = specific.get(entity.name) ?? none
      hooks = entity.part
        ? own
        : allOf(defaultHooks, clientHooks, stageHooks, contactPointHooks, own, ...items, searchHooks, owned)
      known.set(entity.name, hooks)
    }
    return hooks
  }
}
