import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'

/** What a person would type to find a record, in one text. */
const parts = ['title', 'name', 'secondName', 'lastName', 'companyTitle', 'sourceDescription', 'comments'] as const
const MAX = 2000

/** Phones, e-mails and their like as they will be after the change. */
function pointsOf(change: Change): string[] {
  if (!change.has('fm')) return []
  const written = new Map(change.draft.multifields.flatMap((each) => (each.do === 'add' ? [] : [[each.id, each]])))
  const kept = (change.oldList('fm') as [number, string, string, string][]).flatMap(([id, , , value]) => {
    const row = written.get(id)
    return row === undefined ? [value] : row.do === 'remove' ? [] : [row.value]
  })
  return [...kept, ...change.draft.multifields.flatMap((each) => (each.do === 'add' ? [each.value] : []))]
}

function complete(change: Change): void {
  if (!change.has('searchContent')) return
  const touched = change.draft.multifields.length > 0 || parts.some((name) => change.draft.values.has(name))
  if (!change.isNew && !touched) return
  const words = [String(change.id)]
  for (const name of parts) {
    const value = change.has(name) ? change.value(name) : null
    if (typeof value === 'string' && value !== '') words.push(value)
  }
  change.set('searchContent', [...words, ...pointsOf(change)].join(' ').slice(0, MAX))
}

export const searchHooks: Hooks = { complete, copied: complete }
