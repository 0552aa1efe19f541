import type { Portal } from '../../../records/context.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { countryOfLanguage } from '../defaults/requisite-countries.ts'
import { address } from './address.ts'
import { fieldsOf, locationField, mirrors } from './address-mirror.ts'
import { preset } from './preset.ts'
import { presetFieldTable } from './tables.ts'

const ADMINISTRATOR = 1
const REQUISITE = 8
const SORT = 500
const STEP = 10

/** The templates of the portal's country: "Company" and "Person" (api-reference/crm/requisites/index.md). */
async function presets(tx: Transaction, portal: Portal): Promise<void> {
  const country = countryOfLanguage(portal.language)
  const now = Math.floor(portal.sources.now())
  const defaults = [
    { name: 'Company', code: 'COMPANY', fields: country.company },
    { name: 'Person', code: 'PERSON', fields: country.person },
  ]
  for (const [place, { name, code, fields }] of defaults.entries()) {
    const id = await tx.nextId(entityTable(preset))
    tx.insert(entityTable(preset), {
      id,
      entity_type_id: REQUISITE,
      country_id: country.id,
      name,
      date_create: now,
      date_modify: null,
      created_by_id: ADMINISTRATOR,
      modify_by_id: null,
      active: 'Y',
      sort: SORT + place * STEP,
      xml_id: `#CRM_REQUISITE_PRESET_DEF_${country.code}_${code}#`,
      last_field_id: fields.length,
    })
    tx.count(preset.table, 1)
    for (const [index, field] of fields.entries())
      tx.insert(presetFieldTable, {
        preset_id: id,
        id: index + 1,
        field_name: field,
        field_title: '',
        in_short_list: 'N',
        sort: SORT + (index + 1) * STEP,
      })
  }
}

/** Addresses that leads, contacts and companies had before there was a table of them. */
async function adoptAddresses(tx: Transaction, portal: Portal): Promise<void> {
  for (const mirror of mirrors) {
    const entity = await portal.entities.get(tx, mirror.anchorTypeId)
    const own = fieldsOf(mirror).map(([column, name]) => ({ column, from: sql.ref(entity.columnOf(name)) }))
    const said = own.map(({ from }) => sql`coalesce(${from}, '') <> ''`)
    const selected = own.map(({ column, from }) => sql`${from} as ${sql.ref(column)}`)
    const rows = await tx.find<{ id: number }>(
      sql`select id, ${sql.join(selected)} from ${sql.table(entity.table)} where ${sql.join(said, sql` or `)}`,
    )
    const location = sql.ref(entity.columnOf(locationField(mirror)))
    await tx.change(sql`update ${sql.table(entity.table)} set ${location} = null where ${location} is not null`)
    for (const { id: recordId, ...texts } of rows) {
      const id = await tx.nextId(entityTable(address))
      tx.insert(entityTable(address), {
        ...texts,
        id,
        type_id: mirror.typeId,
        entity_type_id: mirror.anchorTypeId,
        entity_id: recordId,
        anchor_type_id: mirror.anchorTypeId,
        anchor_id: recordId,
      })
      tx.count(address.table, 1)
      await tx.change(sql`update ${sql.table(entity.table)} set ${location} = ${id} where id = ${recordId}`)
    }
  }
}

export async function prepare(tx: Transaction, portal: Portal): Promise<void> {
  await presets(tx, portal)
  await adoptAddresses(tx, portal)
}
