import type { Entity, Field } from '../schema/entity.ts'
import { normalise } from '../schema/multifield.ts'
import type { Scalar } from '../schema/kind.ts'
import { entriesOf } from '../store/entity-query.ts'
import { sql } from '../store/sql.ts'
import { fieldValue, link, multifield } from '../store/tables.ts'
import { unlinkEverywhere, unlinkFrom } from './unlink.ts'
import { isSaved, type Change, type Written } from './change.ts'
import type { Saved } from './files.ts'

const own = (change: Change, saved: Saved, field: Field): Promise<number> =>
  change.portal.files.own(
    change.tx,
    saved,
    { entityTypeId: change.entity.entityTypeId, recordId: change.id, field: field.upper },
    change.person.id,
    Math.floor(change.now),
  )

/**
 * Lists whose rows have ids, as they will be: a value goes to the row that it names, others get rows of their own; rows
 * that no value names are gone, but files stay until they are removed (api-reference/catalog/product/catalog-product-update.md).
 */
export function settleRows({ draft, entity, before }: Change): void {
  for (const [name, values] of draft.lists) {
    const field = entity.field(name)
    if (field.place.in !== 'values' || field.place.ids !== true) continue
    const given = draft.rows.get(name) ?? []
    const known = new Map(before === undefined ? [] : entriesOf(before, field))
    const named = new Map<number, Written>()
    const added: Written[] = []
    for (const [index, value] of values.entries()) {
      const row = given[index]
      if (row !== undefined && known.has(row)) named.set(row, value)
      else if (value !== null) added.push(value)
    }
    const replaced = field.multiple !== true && added.length > 0
    const kept = [...known].flatMap(([row, old]): [number, Written][] => {
      const value = named.has(row) ? (named.get(row) ?? null) : field.kind.holdsFile && !replaced ? old : null
      return value === null ? [] : [[row, value]]
    })
    const settled: (readonly [number | undefined, Written])[] = [
      ...kept,
      ...added.map((value) => [undefined, value] as const),
    ]
    const all = field.multiple === true ? settled : settled.slice(0, 1)
    draft.lists.set(
      name,
      all.map(([, value]) => value),
    )
    draft.rows.set(
      name,
      all.map(([row]) => row),
    )
  }
}

/** Gives the files of a change their rows and puts the ids in their places. */
export async function ownFiles(change: Change): Promise<void> {
  const { draft, entity } = change
  for (const [name, value] of draft.values) {
    const field = entity.field(name)
    if (isSaved(value)) draft.values.set(name, await own(change, value, field))
    else if (field.kind.holdsFile && value !== null && value !== change.old(name))
      draft.values.set(name, change.old(name))
    if (field.kind.holdsFile && !change.isNew)
      await removeFiles(change, [change.old(name)], [draft.values.get(name) ?? null])
  }
  for (const [name, values] of draft.lists) {
    const field = entity.field(name)
    if (!field.kind.holdsFile) continue
    const known = change.oldList(name)
    const ids: Written[] = []
    for (const value of values) {
      if (isSaved(value)) ids.push(await own(change, value, field))
      // Only files that the field already has may be kept: an id from elsewhere would leak another's file.
      else if (known.includes(value)) ids.push(value)
    }
    draft.lists.set(name, ids)
    await removeFiles(change, known as Scalar[], ids)
  }
}

async function removeFiles(change: Change, before: readonly Scalar[], after: readonly Written[]): Promise<void> {
  const gone = before.filter((id): id is number => typeof id === 'number' && id > 0 && !after.includes(id))
  await change.portal.files.remove(change.tx, gone)
}

/** Values of multiple fields: the new list replaces the old one; rows that are named stay. */
export async function writeLists(change: Change): Promise<void> {
  const { tx, entity, draft } = change
  for (const [name, values] of draft.lists) {
    const field = entity.field(name)
    const rows = draft.rows.get(name) ?? []
    const stay = rows.filter((row) => row !== undefined)
    if (!change.isNew) {
      const gone = stay.length === 0 ? sql`` : sql` and id not in (${sql.join(stay)})`
      await tx.change(
        sql`delete from field_value where entity_type_id = ${entity.entityTypeId} and record_id = ${change.id} and field = ${field.upper}${gone}`,
      )
    }
    const column = `${field.kind.column}_value`
    let position = 0
    for (const [index, value] of values.entries()) {
      if (value === null || isSaved(value)) continue
      const row = rows[index]
      if (row !== undefined)
        await tx.change(
          sql`update field_value set ${sql.ref(column)} = ${value}, position = ${position++} where id = ${row}`,
        )
      else
        tx.insert(fieldValue, {
          id: await tx.nextId(fieldValue),
          entity_type_id: entity.entityTypeId,
          record_id: change.id,
          field: field.upper,
          position: position++,
          integer_value: null,
          real_value: null,
          text_value: null,
          [column]: value,
        })
    }
  }
}

/** Phones, e-mails and their like: rows are added, changed and removed one by one; unmentioned ones stay. */
export async function writeMultifields(change: Change): Promise<void> {
  const { tx, entity } = change
  for (const row of change.draft.multifields) {
    if (row.do === 'add') {
      tx.insert(multifield, {
        id: row.id ?? (await tx.nextId(multifield)),
        entity_type_id: entity.entityTypeId,
        record_id: change.id,
        type_id: row.typeId,
        value_type: row.valueType,
        value: row.value,
        normal: normalise(row.typeId, row.value),
      })
      continue
    }
    if (change.isNew) continue
    const mine = sql`id = ${row.id} and entity_type_id = ${entity.entityTypeId} and record_id = ${change.id}`
    if (row.do === 'remove') await tx.change(sql`delete from crm_multifield where ${mine}`)
    else {
      const [known] = await tx.find<{ type_id: string }>(sql`select type_id from crm_multifield where ${mine}`)
      if (known === undefined) continue
      const type = row.valueType === undefined ? sql`` : sql`, value_type = ${row.valueType}`
      await tx.change(
        sql`update crm_multifield set value = ${row.value}, normal = ${normalise(known.type_id, row.value)}${type} where ${mine}`,
      )
    }
  }
}

/** How far apart the links of a list stand where nobody says it (api-reference/crm/quote/contacts/crm-quote-contact-add.md). */
export const SORT_STEP = 10

interface LinkRow {
  readonly id: number
  readonly to_id: number
  readonly position: number
  readonly is_primary: string
}

/** Links to contacts, companies and observers: the new list replaces the old one; links that stay keep their rows. */
export async function writeLinks(change: Change): Promise<void> {
  const { tx, entity, draft } = change
  for (const [name, list] of draft.links) {
    const { place } = entity.field(name)
    if (place.in !== 'links') continue
    if (place.reverse) {
      await writeReverse(change, place.role, [...new Set(list)], entity.field(name))
      continue
    }
    const mine = sql`entity_type_id = ${entity.entityTypeId} and record_id = ${change.id} and role = ${place.role}`
    const rows = change.isNew
      ? []
      : await tx.find<LinkRow>(sql`select id, to_id, position, is_primary from crm_link where ${mine}`)
    const wanted = new Set(list)
    const gone = rows.filter((row) => !wanted.has(row.to_id)).map((row) => row.id)
    const known = new Map(rows.map((row) => [row.to_id, row]))
    if (gone.length > 0) await tx.change(sql`delete from crm_link where ${mine} and id in (${sql.join(gone)})`)
    const primary = place.primary === undefined ? undefined : change.value(place.primary)
    const order = draft.orders.get(name)
    for (const [index, to] of [...wanted].entries()) {
      const position = order?.get(to)?.sort ?? (index + 1) * SORT_STEP
      const isPrimary = to === primary ? 'Y' : 'N'
      const before = known.get(to)
      if (before === undefined)
        tx.insert(link, {
          id: await tx.nextId(link),
          entity_type_id: entity.entityTypeId,
          record_id: change.id,
          role: place.role,
          to_id: to,
          position,
          is_primary: isPrimary,
          reverse_position: null,
          reverse_primary: null,
        })
      else if (before.position !== position || before.is_primary !== isPrimary)
        await tx.change(
          sql`update crm_link set position = ${position}, is_primary = ${isPrimary} where id = ${before.id}`,
        )
    }
  }
}

/** A company's contacts are its contacts' companies, seen from the other side and with an order of their own. */
async function writeReverse(change: Change, role: string, ids: readonly number[], field: Field): Promise<void> {
  const { tx } = change
  const from = await change.portal.entities.get(tx, field.kind.target ?? 0)
  const own = from.fields.find(({ place }) => place.in === 'links' && place.role === role && place.reverse !== true)
  if (own?.place.in !== 'links' || own.place.primary === undefined) return
  const list = sql`entity_type_id = ${from.entityTypeId} and role = ${role}`
  const table = sql.table(from.table)
  const column = sql.ref(from.columnOf(own.place.primary))
  const known = change.oldList(field.name) as number[]
  const gone = known.filter((id) => !ids.includes(id))
  if (gone.length > 0) await unlinkFrom(tx, from, own, change.id, gone)
  const order = change.draft.orders.get(field.name)
  for (const [index, id] of ids.entries()) {
    const { sort, primary } = order?.get(id) ?? { sort: (index + 1) * SORT_STEP, primary: index === 0 }
    const reverse = { reverse_position: sort, reverse_primary: primary ? 'Y' : 'N' }
    if (known.includes(id)) {
      await tx.change(
        sql`update crm_link set reverse_position = ${reverse.reverse_position}, reverse_primary = ${reverse.reverse_primary} where ${list} and record_id = ${id} and to_id = ${change.id}`,
      )
      continue
    }
    const [last] = await tx.find<{ position: number | null }>(
      sql`select max(position) as position from crm_link where ${list} and record_id = ${id}`,
    )
    const isFirst = last?.position == null
    tx.insert(link, {
      id: await tx.nextId(link),
      entity_type_id: from.entityTypeId,
      record_id: id,
      role,
      to_id: change.id,
      position: Number(last?.position ?? 0) + SORT_STEP,
      is_primary: isFirst ? 'Y' : 'N',
      ...reverse,
    })
    if (isFirst) await tx.change(sql`update ${table} set ${column} = ${change.id} where id = ${id}`)
  }
}

/** Everything of a record that lives outside its own row. */
export async function removeChildren(change: Pick<Change, 'tx' | 'entity' | 'id' | 'portal'>): Promise<void> {
  const { tx, entity, id } = change
  await tx.change(sql`delete from crm_multifield where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`)
  await tx.change(sql`delete from field_value where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`)
  await tx.change(sql`delete from crm_link where entity_type_id = ${entity.entityTypeId} and record_id = ${id}`)
  await unlinkEverywhere(change)
  await change.portal.files.removeOf(tx, entity.entityTypeId, id)
  // Values of other records that point here: a dangling link would be a lie.
  for (const other of await change.portal.entities.everything(tx))
    for (const field of other.fields) await forget(change, other, field)
}

/** Empties a field of another entity wherever it points at the record that goes. */
async function forget(
  { tx, entity, id }: Pick<Change, 'tx' | 'entity' | 'id'>,
  other: Entity,
  field: Field,
): Promise<void> {
  const { kind, place } = field
  const pointer = kind.target === entity.entityTypeId ? id : kind.mention?.(entity.entityTypeId, id)
  if (pointer === undefined) return
  if (place.in === 'column') {
    const column = sql.ref(place.column)
    await tx.change(sql`update ${sql.table(other.table)} set ${column} = null where ${column} = ${pointer}`)
  }
  if (place.in === 'values')
    await tx.change(
      sql`delete from field_value where entity_type_id = ${other.entityTypeId} and field = ${field.upper} and ${sql.ref(`${kind.column}_value`)} = ${pointer}`,
    )
}
