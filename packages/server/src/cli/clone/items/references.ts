import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { fieldValue, link } from '../../../store/tables.ts'
import type { Clone, Page, Step } from '../step.ts'

const name = 'references'
const CHUNK = 200

interface Pending {
  readonly id: number
  readonly entity_type_id: number
  readonly record_id: number
  readonly field: string
  readonly kind: string
  readonly source_key: string
  readonly in_place: string
  /** The record's id here, if it has come. */
  readonly target_id: number | null
}

/**
 * Links to what came after the record that has them. What has not come at all is no link here, until a later run brings
 * it.
 */
export const references: Step = {
  name,
  count: () => Promise.resolve(undefined),
  async run(clone) {
    const { state, session } = clone
    if (state.isDone(name, 'all')) return
    for (let after = Number(state.cursorOf(name, 'all') ?? 0); ;) {
      const rows = await session.find<Pending>(
        sql`select p.id, p.entity_type_id, p.record_id, p.field, p.kind, p.source_key, p.in_place, m.target_id from clone_pending as p left join clone_map as m on m.source_id = p.source_id and m.kind = p.kind and m.source_key = p.source_key where p.source_id = ${state.id} and p.id > ${after} order by p.id limit ${CHUNK}`,
      )
      after = rows.at(-1)?.id ?? after
      const at = { step: name, part: 'all', cursor: String(after), done: rows.length < CHUNK }
      await clone.page(at, async (page) => {
        for (const row of rows) await settle(clone, page, row)
      })
      if (rows.length < CHUNK) return
    }
  },
}

async function settle({ target }: Clone, { tx, count, leave }: Page, row: Pending): Promise<void> {
  const entity = await target.portal.entities.any(tx, row.entity_type_id)
  const field = entity?.byName.get(row.field)
  if (entity === undefined || field === undefined) {
    await tx.change(sql`delete from clone_pending where id = ${row.id}`)
    return
  }
  const there = row.in_place === 'Y' ? Number(row.source_key) : undefined
  const here = row.target_id ?? undefined
  if (there !== here) await replace(tx, entity, field, row, { there, here })
  if (here === undefined) {
    leave('a link to a record that has not come', `${entity.name} ${row.record_id}, ${field.upper}`)
    // It stands in its place no more: should the record come, the link comes behind the others.
    await tx.change(sql`update clone_pending set in_place = 'N' where id = ${row.id}`)
    return
  }
  await tx.change(sql`delete from clone_pending where id = ${row.id}`)
  count('made')
}

interface Ends {
  readonly there: number | undefined
  readonly here: number | undefined
}

/** Puts the link to a record of here into the place of a link to the number of there, or takes that out. */
async function replace(
  tx: Transaction,
  entity: Entity,
  field: Field,
  row: Pending,
  { there, here }: Ends,
): Promise<void> {
  const { place, kind } = field
  const type = Number(row.kind.slice(row.kind.indexOf(':') + 1))
  const stored = (id: number): Scalar => kind.mention?.(type, id) ?? id
  if (place.in === 'column') {
    const column = sql.ref(place.column)
    const same = there === undefined ? sql`${column} is null` : sql`${column} = ${stored(there)}`
    const value = here === undefined ? null : stored(here)
    await tx.change(
      sql`update ${sql.table(entity.table)} set ${column} = ${value} where id = ${row.record_id} and ${same}`,
    )
  } else if (place.in === 'values') {
    const column = sql.ref(`${kind.column}_value`)
    const own = sql`entity_type_id = ${row.entity_type_id} and record_id = ${row.record_id} and field = ${field.upper}`
    if (there !== undefined && here !== undefined)
      await tx.change(
        sql`update field_value set ${column} = ${stored(here)} where ${own} and ${column} = ${stored(there)}`,
      )
    else if (there !== undefined)
      await tx.change(sql`delete from field_value where ${own} and ${column} = ${stored(there)}`)
    else if (here !== undefined)
      tx.insert(fieldValue, {
        id: await tx.nextId(fieldValue),
        entity_type_id: row.entity_type_id,
        record_id: row.record_id,
        field: field.upper,
        position: await nextPosition(tx, sql`field_value`, own),
        integer_value: null,
        real_value: null,
        text_value: null,
        [`${kind.column}_value`]: stored(here),
      })
  } else if (place.in === 'links') {
    const own = sql`entity_type_id = ${row.entity_type_id} and record_id = ${row.record_id} and role = ${place.role}`
    if (there !== undefined) await tx.change(sql`delete from crm_link where ${own} and to_id = ${there}`)
    if (here === undefined) return
    const [known] = await tx.find(sql`select 1 as one from crm_link where ${own} and to_id = ${here}`)
    if (known !== undefined) return
    tx.insert(link, {
      id: await tx.nextId(link),
      entity_type_id: row.entity_type_id,
      record_id: row.record_id,
      role: place.role,
      to_id: here,
      position: (await nextPosition(tx, sql`crm_link`, own)) + 9,
      is_primary: (await isPrimary(tx, entity, place.primary, row.record_id, here)) ? 'Y' : 'N',
      reverse_position: null,
      reverse_primary: null,
    })
  }
}

const nextPosition = async (tx: Transaction, table: Fragment, own: Fragment): Promise<number> =>
  Number((await tx.find<{ n: number | null }>(sql`select max(position) as n from ${table} where ${own}`))[0]?.n ?? -1) +
  1

/** Whether the record's own field names this one of the list. It may still wait itself: then the first is it. */
async function isPrimary(
  tx: Transaction,
  entity: Entity,
  primary: string | undefined,
  recordId: number,
  id: number,
): Promise<boolean> {
  if (primary === undefined) return false
  const column = sql.ref(entity.columnOf(primary))
  const [row] = await tx.find<{ id: number | null }>(
    sql`select ${column} as id from ${sql.table(entity.table)} where id = ${recordId}`,
  )
  return row?.id === id
}
