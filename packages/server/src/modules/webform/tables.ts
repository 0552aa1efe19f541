import type { Table } from '../../store/table.ts'

/** Forms that strangers fill in, and what they make. */
export const webForm: Table = {
  name: 'web_form',
  columns: {
    id: 'integer',
    /** Part of its public address; a form is found by it alone. */
    code: 'text',
    title: 'text',
    entity_type_id: 'integer',
    active: 'text',
    /** JSON, as definition.ts reads it. */
    definition: 'text',
    created_by: 'integer',
    created: 'integer',
    updated: 'integer',
  },
  indexes: [{ columns: ['code'], unique: true }],
}

/** What was sent: never the words themselves, which are in the record, and of the address a hash only. */
export const webFormSubmission: Table = {
  name: 'web_form_submission',
  columns: {
    id: 'integer',
    form_id: 'integer',
    /** Of the page that it was sent from: what is sent twice is taken once. */
    token: 'text',
    address: 'text',
    entity_type_id: 'integer',
    record_id: 'integer',
    time: 'integer',
  },
  indexes: [
    { columns: ['token'], unique: true },
    { columns: ['form_id', 'address', 'time'] },
    { columns: ['form_id', 'time'] },
  ],
}
