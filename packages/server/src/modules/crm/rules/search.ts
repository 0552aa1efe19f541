import type { Hooks } from '../../../records/hooks.ts'

/** What a person would type to find a record, in one text. */
const parts = ['title', 'name', 'secondName', 'lastName', 'companyTitle', 'sourceDescription', 'comments'] as const
const MAX = 2000

export const searchHooks: Hooks = {
  complete(change) {
    if (!change.has('searchContent')) return
    if (!change.isNew && !parts.some((name) => change.draft.values.has(name))) return
    const words = [String(change.id)]
    for (const name of parts) {
      const value = change.has(name) ? change.value(name) : null
      if (typeof value === 'string' && value !== '') words.push(value)
    }
    for (const each of change.draft.multifields) if (each.do === 'add') words.push(each.value)
    change.set('searchContent', words.join(' ').slice(0, MAX))
  },
}
