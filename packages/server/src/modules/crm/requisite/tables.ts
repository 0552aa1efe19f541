import type { Table } from '../../../store/table.ts'

/** The fields of a template; their ids are its own. */
export const presetFieldTable: Table = {
  name: 'crm_requisite_preset_field',
  columns: {
    preset_id: 'integer',
    id: 'integer',
    field_name: 'text',
    field_title: 'text',
    in_short_list: 'text',
    sort: 'integer',
  },
  key: ['preset_id', 'id'],
}
