import type { Table } from '../../store/table.ts'

/** The portals that this one was cloned from. */
export const cloneSource: Table = {
  name: 'clone_source',
  columns: {
    id: 'integer',
    /** `https://example.bitrix24.com`, never the webhook's code. */
    portal: 'text',
    /** Whether the place was empty at first, so that records have the ids that they have there. */
    keeps_ids: 'text',
    /** Counts the runs; one that was interrupted goes on under its number. */
    pass: 'integer',
    finished: 'text',
    /** When the pass began, in epoch seconds. */
    began: 'integer',
  },
  indexes: [{ columns: ['portal'], unique: true }],
}

/** How far each part of each step has come in the pass that it last ran in. */
export const cloneProgress: Table = {
  name: 'clone_progress',
  columns: {
    source_id: 'integer',
    step: 'text',
    part: 'text',
    pass: 'integer',
    cursor: 'text',
    done: 'text',
    /** Counts of what was done, JSON. */
    counts: 'text',
  },
  key: ['source_id', 'step', 'part'],
}

/** Which row of this portal is which of the other one. */
export const cloneMap: Table = {
  name: 'clone_map',
  columns: {
    source_id: 'integer',
    kind: 'text',
    source_key: 'text',
    target_id: 'integer',
    /** Of the row as it was read: what is the same again isn't written again. */
    digest: 'text',
    /** The pass that has last seen it. */
    pass: 'integer',
  },
  key: ['source_id', 'kind', 'source_key'],
  indexes: [{ columns: ['kind', 'target_id'] }],
}

/** Links to rows that have not come yet. */
export const clonePending: Table = {
  name: 'clone_pending',
  columns: {
    id: 'integer',
    source_id: 'integer',
    /** The record that has the link, and its field. */
    entity_type_id: 'integer',
    record_id: 'integer',
    field: 'text',
    /** What it points at: the kind in `clone_map`, and the id there. */
    kind: 'text',
    source_key: 'text',
    /** Whether the id there stands in the field already, as it will be the id here. */
    in_place: 'text',
  },
  indexes: [{ columns: ['source_id', 'kind', 'source_key'] }, { columns: ['entity_type_id', 'record_id', 'field'] }],
}
