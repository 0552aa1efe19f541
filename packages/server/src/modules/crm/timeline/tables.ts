import type { Table } from '../../../store/table.ts'

/**
 * Where an entry of a timeline stands: in one record's timeline or in several, `position` tells since when among them.
 * `time` is the entry's own, so that a timeline is read by one index.
 */
export const bindingTable: Table = {
  name: 'crm_timeline_binding',
  columns: {
    item_id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    is_fixed: 'text',
    time: 'integer',
    position: 'integer',
  },
  key: ['item_id', 'entity_type_id', 'record_id'],
  indexes: [{ columns: ['entity_type_id', 'record_id', 'time', 'item_id'] }],
}

/** Notes on entries (`item_type` 1) and on activities (2), one each. */
export const noteTable: Table = {
  name: 'crm_timeline_note',
  columns: {
    item_type: 'integer',
    item_id: 'integer',
    text: 'text',
    created_by: 'integer',
    created: 'integer',
    updated_by: 'integer',
    updated: 'integer',
  },
  key: ['item_type', 'item_id'],
}

/** Content blocks that applications have put on entries, one set each. */
export const layoutTable: Table = {
  name: 'crm_timeline_layout',
  columns: { item_id: 'integer', application: 'text', layout: 'text', created: 'integer' },
  key: ['item_id', 'application'],
}

/** Icons and logos of the portal's own, by purpose and code. */
export const imageTable: Table = {
  name: 'crm_timeline_image',
  columns: { purpose: 'text', code: 'text', file_id: 'integer', created_by: 'integer', created: 'integer' },
  key: ['purpose', 'code'],
}
