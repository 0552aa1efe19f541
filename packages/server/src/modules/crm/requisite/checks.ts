import type { Check } from '../../../records/check.ts'
import type { Entity } from '../../../schema/entity.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { fieldsOf, locationField, type Mirror, mirrors } from './address-mirror.ts'
import { OLD_INVOICE } from './link-rows.ts'

const isThere = (entity: Entity, type: Fragment, id: Fragment): Fragment =>
  sql`(${type} = ${entity.entityTypeId} and exists (select 1 from ${sql.table(entity.table)} as owner where owner.id = ${id}))`

const missing = (table: string, id: Fragment): Fragment =>
  sql`${id} <> 0 and not exists (select 1 from ${sql.table(table)} as target where target.id = ${id})`

/** Records that show something else than the address that is theirs: `id`. */
export function mirrorsApart(entity: Entity, mirror: Mirror): Fragment {
  const column = (name: string): Fragment => sql`shows.${sql.ref(entity.columnOf(name))}`
  const mine = sql`a.anchor_type_id = ${mirror.anchorTypeId} and a.anchor_id = shows.id and a.type_id = ${mirror.typeId}`
  const alike = fieldsOf(mirror).map(
    ([text, name]) => sql`coalesce(a.${sql.ref(text)}, '') = coalesce(${column(name)}, '')`,
  )
  const said = fieldsOf(mirror).map(([, name]) => sql`coalesce(${column(name)}, '') <> ''`)
  const location = column(locationField(mirror))
  return sql`select shows.id as id from ${sql.table(entity.table)} as shows where (${location} is null and (${sql.join(said, sql` or `)} or exists (select 1 from crm_address as a where ${mine}))) or (${location} is not null and not exists (select 1 from crm_address as a where a.id = ${location} and ${mine} and ${sql.join(alike, sql` and `)}))`
}

/** What a client shows of its address, and the address itself, where they are not the same. */
const mirrorCheck: Check = {
  name: 'what a record shows of its address is what the address says',
  async faults(portal, reader) {
    const queries: Fragment[] = []
    for (const mirror of mirrors) {
      const entity = await portal.entities.get(reader, mirror.anchorTypeId)
      queries.push(
        sql`select ${entity.name} || ' ' || cast(id as text) || ' ' || ${locationField(mirror)} as fault from (${mirrorsApart(entity, mirror)}) as apart`,
      )
    }
    return sql.join(queries, sql` union all `)
  },
}

export const checks: readonly Check[] = [
  {
    name: 'requisites have their contact or company',
    async faults(portal, reader) {
      const clients = [await portal.entities.get(reader, 3), await portal.entities.get(reader, 4)]
      const owned = clients.map((entity) => isThere(entity, sql`r.entity_type_id`, sql`r.entity_id`))
      return sql`select 'requisite ' || cast(r.id as text) as fault from crm_requisite as r where not (${sql.join(owned, sql` or `)})`
    },
  },
  {
    name: 'bank details have their requisite',
    faults: () =>
      sql`select 'bank detail ' || cast(d.id as text) as fault from crm_bank_detail as d where not exists (select 1 from crm_requisite as r where r.id = d.entity_id)`,
  },
  {
    name: 'addresses have their record',
    async faults(portal, reader) {
      const anchors = await Promise.all([1, 3, 4].map((typeId) => portal.entities.get(reader, typeId)))
      const own = anchors.map((entity) => isThere(entity, sql`a.anchor_type_id`, sql`a.anchor_id`))
      const direct = sql`(a.entity_type_id = a.anchor_type_id and a.entity_id = a.anchor_id)`
      const requisite = sql`(a.entity_type_id = 8 and exists (select 1 from crm_requisite as r where r.id = a.entity_id and r.entity_type_id = a.anchor_type_id and r.entity_id = a.anchor_id))`
      return sql`select 'address ' || cast(a.id as text) as fault from crm_address as a where not ((${sql.join(own, sql` or `)}) and (${direct} or ${requisite}))`
    },
  },
  {
    name: 'a record has one address of each type',
    faults: () =>
      sql`select cast(entity_type_id as text) || ' ' || cast(entity_id as text) || ' ' || cast(type_id as text) as fault from crm_address group by entity_type_id, entity_id, type_id having count(*) > 1`,
  },
  mirrorCheck,
  {
    name: 'links of requisites have their item and point at what is there',
    async faults(portal, reader) {
      const owners = [...(await portal.entities.all(reader)), await portal.entities.get(reader, OLD_INVOICE)]
      const items = owners.map((entity) => isThere(entity, sql`l.entity_type_id`, sql`l.entity_id`))
      return sql`select 'link ' || cast(l.id as text) as fault from crm_requisite_link as l where not (${sql.join(items, sql` or `)}) or (${missing('crm_requisite', sql`l.requisite_id`)}) or (${missing('crm_requisite', sql`l.mc_requisite_id`)}) or (${missing('crm_bank_detail', sql`l.bank_detail_id`)}) or (${missing('crm_bank_detail', sql`l.mc_bank_detail_id`)})`
    },
  },
  {
    name: 'an item has one link of requisites',
    faults: () =>
      sql`select cast(entity_type_id as text) || ' ' || cast(entity_id as text) as fault from crm_requisite_link group by entity_type_id, entity_id having count(*) > 1`,
  },
  {
    name: 'fields of requisite templates have their template',
    faults: () =>
      sql`select 'field ' || cast(f.id as text) || ' of ' || cast(f.preset_id as text) as fault from crm_requisite_preset_field as f where not exists (select 1 from crm_requisite_preset as p where p.id = f.preset_id)`,
  },
]
