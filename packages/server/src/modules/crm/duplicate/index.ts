import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import { findByCommunication } from './find-by-communication.ts'
import { mergeBatch } from './merge-batch.ts'
import { duplicateValue, registeredField } from './tables.ts'
import { FILL_INDEX, fillIndex, valueHooks } from './values.ts'
import volatileTypeMethods from './volatile-type.ts'

/** Finding and merging duplicates. */
export const duplicate: Module = {
  name: 'crm.duplicate',
  methods: [findByCommunication, mergeBatch, ...volatileTypeMethods],
  tables: [registeredField, duplicateValue],
  itemHooks: valueHooks,
  jobs: { [FILL_INDEX]: fillIndex },
  checks: [
    {
      name: 'values that duplicates are looked for by belong to a registered field',
      faults: () =>
        sql`select cast(id as text) as fault from crm_duplicate_value as own where not exists (select 1 from crm_duplicate_field as field where field.id = own.field_id)`,
    },
    {
      name: 'values that duplicates are looked for by belong to a record',
      faults: () =>
        sql`select cast(id as text) as fault from crm_duplicate_value where not ((entity_type_id = 1 and record_id in (select id from crm_lead)) or (entity_type_id = 3 and record_id in (select id from crm_contact)) or (entity_type_id = 4 and record_id in (select id from crm_company)))`,
    },
  ],
}
