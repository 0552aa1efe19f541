import { portal } from '../../api/portal.ts'
import type { RecordType } from '../../model/record-types.ts'

/** Records to do something with: those that were chosen, or all that a filter finds. */
export interface Targets {
  readonly type: RecordType
  readonly ids: readonly number[] | 'all'
  readonly filter: Readonly<Record<string, unknown>>
  /** How many there are, as far as is known. */
  readonly total: number
}

export const countOf = ({ ids, total }: Targets): number => (ids === 'all' ? total : ids.length)

const PAGE = 50

/**
 * Their ids, fifty at a time. All that a filter finds are walked by id: whatever is changed on the way, none is missed
 * or met twice.
 */
export async function* pagesOfIds(
  { type, ids, filter }: Targets,
  signal: AbortSignal,
): AsyncGenerator<readonly number[]> {
  if (ids !== 'all') {
    for (let from = 0; from < ids.length; from += PAGE) yield ids.slice(from, from + PAGE)
    return
  }
  const pages = portal.pages(
    'crm.item.list',
    { entityTypeId: type.entityTypeId, filter: grouped(filter), select: ['id'] } as never,
    { by: 'id', signal },
  )
  for await (const { rows } of pages) {
    const page = (rows as readonly { readonly id: number }[]).map(({ id }) => id)
    if (page.length > 0) yield page
  }
}

/** A filter of any shape as one group among others, so that a condition on the id can stand beside it. */
export const grouped = (...filters: readonly object[]): Record<string, unknown> =>
  Object.fromEntries(filters.filter((each) => Object.keys(each).length > 0).map((each, index) => [String(index), each]))
