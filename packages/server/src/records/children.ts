import type { Entity, Field } from '../schema/entity.ts'
import { normalise } from '../schema/multifield.ts'
import type { Scalar } from '../schema/kind.ts'
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

/** Values of multiple fields: the new list replaces the old one. */
export async function writeLists(change: Change): Promise<void> {
  const { tx, entity } = change
  for (const [name, values] of change.draft.lists) {
    const field = entity.field(name)
    if (!change.isNew)
      await tx.change(
        sql`delete from field_value where entity_type_id = ${entity.entityTypeId} and record_id = ${change.id} and field = ${field.upper}`,
      )
    let position = 0
    for (const value of values) {
      if (value === null || isSaved(value)) continue
      tx.insert(fieldValue, {
        id: await tx.nextId(fieldValue),
        entity_type_id: entity.entityTypeId,
        record_id: change.id,
        field: field.upper,
        position: position++,
        integer_value: null,
        real_value: null,
        text_value: null,
        [`${field.kind.column}_value`]: value,
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
        id: await tx.nextId(multifield),
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

/** Links to contacts, companies and observers: the new list replaces the old one, in its order, the first is primary. */
export async function writeLinks(change: Change): Promise<void> {
  const { tx, entity } = change
  for (const [name, ids] of change.draft.links) {
    const { place } = entity.field(name)
    if (place.in !== 'links') continue
    if (place.reverse) {
      await writeReverse(change, place.role, ids, entity.field(name))
      continue
    }
    if (!change.isNew)
      await tx.change(
        sql`delete from crm_link where entity_type_id = ${entity.entityTypeId} and record_id = ${change.id} and role = ${place.role}`,
      )
    const primary = place.primary === undefined ? undefined : change.value(place.primary)
    for (const [position, id] of ids.entries())
      tx.insert(link, {
        id: await tx.nextId(link),
        entity_type_id: entity.entityTypeId,
        record_id: change.id,
        role: place.role,
        to_id: id,
        position,
        is_primary: id === primary ? 'Y' : 'N',
      })
  }
}

/** A company's contacts are its contacts' companies, seen from the other side. */
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
  for (const id of ids) {
    if (known.includes(id)) continue
    const [last] = await tx.find<{ position: number | null }>(
      sql`select max(position) as position from crm_link where ${list} and record_id = ${id}`,
    )
    const position = last?.position == null ? 0 : Number(last.position) + 1
    tx.insert(link, {
      id: await tx.nextId(link),
      entity_type_id: from.entityTypeId,
      record_id: id,
      role,
      to_id: change.id,
      position,
      is_primary: position === 0 ? 'Y' : 'N',
    })
    if (position === 0) await tx.change(sql`update ${table} set ${column} = ${change.id} where id = ${id}`)
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
