import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need, take } from '../../methods/method.ts'
import { formatDateTime } from '../../schema/time.ts'
import { type NotedEntry, timelineOf } from '../crm/timeline/read.ts'
import { type Sort, sorts } from '../crm/timeline/sources.ts'

const PAGE = 30

function sortsIn(input: readonly unknown[] | undefined): readonly Sort[] | undefined {
  if (input === undefined || input.length === 0) return undefined
  return input.map((each) => {
    const sort = sorts.find((known) => known === each)
    if (sort === undefined)
      throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid value of "only": one or more of ${sorts.join(', ')}`)
    return sort
  })
}

/**
 * A record's timeline: what is planned, what is pinned, and page by page what has been: comments, activities, messages
 * of applications, changes, and records that came of it. `next` of a page is `before` of the one that follows.
 */
export const timelineList = method({
  name: 'portico.timeline.list',
  scope: 'crm',
  params: {
    entityTypeId: need.integer,
    id: need.id,
    before: take.text,
    limit: take.integer(),
    only: take.list,
  },
  run: ({ entityTypeId, id, before, limit = PAGE, only }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const request = { entityTypeId, id, before: before === '' ? undefined : before, limit, only: sortsIn(only) }
      const { planned, pinned, entries, next } = await timelineOf(call, request)
      const shown = ({ time, ...entry }: NotedEntry): object => ({
        ...entry,
        time: formatDateTime(time, call.portal.zone),
      })
      return {
        planned: planned.map(shown),
        pinned: pinned.map(shown),
        entries: entries.map(shown),
        next: next ?? null,
        // Whether a letter that is written here can leave the portal.
        mail: call.portal.outside.smtpUrl !== null,
      }
    }),
})
