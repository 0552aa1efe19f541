import { queries } from '../api/queries.ts'

const MOST_DEEP = 4

/** Lists of records with ids, wherever they are in what a list or a board has read. */
function* listsIn(data: unknown, depth = 0): Generator<readonly number[]> {
  if (typeof data !== 'object' || data === null || depth > MOST_DEEP) return
  if (Array.isArray(data)) {
    const ids = data.map((row) => (typeof row === 'object' && row !== null ? (row as { id?: unknown }).id : undefined))
    if (ids.length > 0 && ids.every((id) => typeof id === 'number')) {
      yield ids
      return
    }
    // Pages of one list belong together.
    const pages = data.map((each) => [...listsIn(each, depth + 1)].flat())
    if (pages.some((page) => page.length > 0)) yield pages.flat()
    return
  }
  for (const each of Object.values(data)) yield* listsIn(each, depth + 1)
}

/** The records before and after one in the list that is shown below its card. */
export function neighboursOf(entityTypeId: number, id: number): { previous?: number; next?: number } {
  for (const query of queries.getQueryCache().findAll({ queryKey: ['items', entityTypeId], type: 'active' }))
    for (const ids of listsIn(query.state.data)) {
      const at = ids.indexOf(id)
      if (at < 0) continue
      const [previous, next] = [ids[at - 1], ids[at + 1]]
      return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) }
    }
  return {}
}
