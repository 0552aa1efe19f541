import type { Table } from '../../../store/table.ts'

/** The records in whose timelines an activity stands, in the order in which they were bound. */
export const bindingTable: Table = {
  name: 'crm_activity_binding',
  columns: { activity_id: 'integer', owner_type_id: 'integer', owner_id: 'integer', position: 'integer' },
  key: ['activity_id', 'owner_type_id', 'owner_id'],
  indexes: [{ columns: ['owner_type_id', 'owner_id', 'activity_id'] }],
}

/** Phones, addresses and names by which a client is met; `entity_id` 0 belongs to nobody. */
export const communicationTable: Table = {
  name: 'crm_activity_communication',
  columns: {
    id: 'integer',
    activity_id: 'integer',
    type: 'text',
    value: 'text',
    entity_type_id: 'integer',
    entity_id: 'integer',
  },
  indexes: [{ columns: ['activity_id'] }, { columns: ['entity_type_id', 'entity_id'] }],
}

/** Content blocks that applications have put on activities, one set each. */
export const layoutTable: Table = {
  name: 'crm_activity_layout',
  columns: { activity_id: 'integer', application: 'text', layout: 'text', created: 'integer' },
  key: ['activity_id', 'application'],
}

/** Kinds of activities that applications have added. */
export const typeTable: Table = {
  name: 'crm_activity_type',
  columns: {
    application: 'text',
    type_id: 'text',
    name: 'text',
    icon_id: 'integer',
    is_configurable: 'text',
    created: 'integer',
  },
  key: ['application', 'type_id'],
}

/** `title` and `value` are JSON: a text, or texts by language. */
export const badgeTable: Table = {
  name: 'crm_activity_badge',
  columns: { code: 'text', title: 'text', value: 'text', type: 'text', created: 'integer' },
  key: ['code'],
}
