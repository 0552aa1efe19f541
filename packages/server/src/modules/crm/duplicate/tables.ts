import type { Table } from '../../../store/table.ts'

/** Fields that take part in the search for duplicates beside names, phones and e-mails. */
export const registeredField: Table = {
  name: 'crm_duplicate_field',
  columns: { id: 'integer', entity_type_id: 'integer', field: 'text' },
  indexes: [{ columns: ['entity_type_id', 'field'], unique: true }],
}

/** What records hold in those fields, in the form in which it is compared. */
export const duplicateValue: Table = {
  name: 'crm_duplicate_value',
  columns: { id: 'integer', field_id: 'integer', entity_type_id: 'integer', record_id: 'integer', value: 'text' },
  indexes: [{ columns: ['field_id', 'value'] }, { columns: ['entity_type_id', 'record_id'] }],
}
