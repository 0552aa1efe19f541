import { itemWire } from '../../../schema/wire.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { attachmentsOf } from './attachments.ts'
import { timelineItem } from './item.ts'
import { layoutsOn } from './layout-blocks.ts'
import { ITEM } from './note.ts'
import type { Owner } from './owners.ts'
import { isBefore, type Reading, type TimelineEntry, type TimelineSource } from './sources.ts'
import { bindingTable } from './tables.ts'

const NAME = 'item'
const table = sql.table(bindingTable.name)
const fields = ['id', 'kind', 'created', 'authorId', 'title', 'text', 'iconCode', 'files', 'sizes'].map((name) =>
  timelineItem.field(name),
)

interface Row {
  readonly item_id: number
}

const here = ({ entity, id }: Owner) => sql`entity_type_id = ${entity.entityTypeId} and record_id = ${id}`

/** Comments and log messages. */
export const itemSource: TimelineSource = {
  name: NAME,
  noteType: ITEM,
  sorts: ['comment', 'log'],
  async read(reading, owner, before, limit, wanted) {
    const kinds = (['comment', 'log'] as const).filter((kind) => wanted?.has(kind) !== false)
    const some =
      kinds.length === 1
        ? sql` and item_id in (select id from ${sql.table(timelineItem.table)} where kind = ${kinds[0]})`
        : sql``
    const rows = await reading.session.find<Row>(
      sql`select item_id from ${table} where ${here(owner)} and ${isBefore(before, 'time', 'item_id')}${some} order by time desc, item_id desc limit ${limit}`,
    )
    return entries(reading, rows)
  },
}

/** The pinned ones, the newest first; they stand in their places as well. */
export async function pinnedEntries(reading: Reading, owner: Owner): Promise<TimelineEntry[]> {
  const rows = await reading.session.find<Row>(
    sql`select item_id from ${table} where ${here(owner)} and is_fixed = 'Y' order by time desc, item_id desc`,
  )
  return entries(reading, rows)
}

async function entries(reading: Reading, rows: readonly Row[]): Promise<TimelineEntry[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.item_id)
  const stored = await select(reading.session, {
    entity: timelineItem,
    fields,
    test: { is: 'compare', field: timelineItem.field('id'), op: 'in', values: ids },
  })
  const attached = await attachmentsOf(reading, stored)
  const layouts = await layoutsOn(reading.session, ids)
  const made = new Map(
    stored.map((item, index) => {
      const value = (name: string) =>
        itemWire.value(scalarOf(item, timelineItem.field(name)), timelineItem.field(name), reading.encode)
      const id = Number(scalarOf(item, timelineItem.field('id')))
      const kind = String(value('kind'))
      const blocks = layouts.get(id)
      const entry: TimelineEntry = {
        source: NAME,
        id,
        kind,
        time: Number(scalarOf(item, timelineItem.field('created'))),
        authorId: Number(value('authorId')),
        data: {
          text: value('text'),
          ...(kind === 'log'
            ? { title: value('title'), iconCode: value('iconCode') }
            : { files: Object.values(attached[index] ?? {}) }),
          ...(blocks === undefined ? {} : { blocks }),
        },
      }
      return [id, entry]
    }),
  )
  return ids.flatMap((id) => made.get(id) ?? [])
}
