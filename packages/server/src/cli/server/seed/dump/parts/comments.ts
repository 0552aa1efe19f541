import { typeNumber } from '../../../../../modules/crm/timeline/owners.ts'
import { sql } from '../../../../../store/sql.ts'
import type { Dumping } from '../dumping.ts'
import { filesIn } from '../item-value.ts'
import { mapOf, type Row, textOf } from '../look.ts'
import { ownerIn, type Part, told } from './part.ts'

const PAGE = 50

/** Comments in timelines, each at the first of its records. */
export const comments: Part = {
  name: 'crm.timeline.comment',
  when: 'after',
  pages: commentsIn,
  titleOf: (row) => textOf(row.COMMENT).replace(/\[[^\]]*\]/g, ''),
  async tell(dumping, row) {
    const owner = ownerIn(dumping, typeNumber(row.ENTITY_TYPE) ?? 0, row.ENTITY_ID)
    if (owner === undefined) return undefined
    const author = dumping.user(row.AUTHOR_ID)
    const files = await filesIn(dumping, Object.values(mapOf(row.FILES)).map(mapOf), `comment ${textOf(row.ID)}`)
    return {
      ENTITY_TYPE: row.ENTITY_TYPE,
      ENTITY_ID: owner,
      ...told(row, ['COMMENT']),
      ...(author === 1 ? {} : { AUTHOR_ID: author }),
      ...(files.length === 0 ? {} : { FILES: files }),
    }
  },
}

/** There is no list of all of them. */
async function* commentsIn({ look }: Dumping): AsyncGenerator<readonly Row[]> {
  for (let last = 0; ;) {
    const ids = await look.session.find<{ id: number }>(
      sql`select id from crm_timeline_item where kind = 'comment' and id > ${last} order by id limit ${PAGE}`,
    )
    const rows: Row[] = []
    for (const { id } of ids) rows.push(mapOf(await look.call('crm.timeline.comment.get', { id: Number(id) })))
    if (rows.length > 0) yield rows
    if (ids.length < PAGE) return
    last = Number(ids.at(-1)?.id)
  }
}
