import type { Table } from './table.ts'

/** The server's own tables. Tables of entities come from their declarations (`entity-table.ts`). */
const table = (definition: Table): Table => definition

export const sequence = table({ name: 'sequence', columns: { name: 'text', next: 'integer' }, key: ['name'] })

/**
 * Kept totals: rows of one key add up. SQLite keeps one row per key; PostgreSQL appends deltas, which are folded in
 * the background, because a hot counter row would make writers queue there.
 */
export const counter = table({
  name: 'counter',
  columns: { id: 'integer', key: 'text', n: 'integer' },
  indexes: [{ columns: ['key'] }],
})

/** Versions of what processes keep in memory: entities, webhooks, directories. */
export const cacheVersion = table({
  name: 'cache_version',
  columns: { name: 'text', version: 'integer' },
  key: ['name'],
})

export const setting = table({ name: 'setting', columns: { name: 'text', value: 'text' }, key: ['name'] })

export const user = table({
  name: 'portal_user',
  columns: {
    id: 'integer',
    active: 'text',
    email: 'text',
    login: 'text',
    name: 'text',
    last_name: 'text',
    second_name: 'text',
    title: 'text',
    personal_gender: 'text',
    personal_birthday: 'text',
    personal_www: 'text',
    personal_mobile: 'text',
    personal_phone: 'text',
    personal_city: 'text',
    personal_country: 'text',
    personal_photo: 'integer',
    personal_profession: 'text',
    personal_icq: 'text',
    personal_fax: 'text',
    personal_pager: 'text',
    personal_street: 'text',
    personal_state: 'text',
    personal_zip: 'text',
    personal_mailbox: 'text',
    personal_notes: 'text',
    work_position: 'text',
    work_phone: 'text',
    work_company: 'text',
    work_department: 'text',
    work_www: 'text',
    work_fax: 'text',
    work_pager: 'text',
    work_street: 'text',
    work_mailbox: 'text',
    work_city: 'text',
    work_state: 'text',
    work_zip: 'text',
    work_country: 'text',
    work_profile: 'text',
    work_logo: 'integer',
    work_notes: 'text',
    uf_employment_date: 'text',
    uf_phone_inner: 'text',
    uf_department: 'text',
    uf_skype_link: 'text',
    uf_zoom: 'text',
    uf_timeman: 'text',
    uf_interests: 'text',
    uf_skills: 'text',
    uf_web_sites: 'text',
    uf_xing: 'text',
    uf_linkedin: 'text',
    uf_facebook: 'text',
    uf_twitter: 'text',
    uf_skype: 'text',
    uf_district: 'text',
    time_zone: 'text',
    user_type: 'text',
    is_admin: 'text',
    password: 'text',
    last_login: 'integer',
    date_register: 'integer',
    timestamp_x: 'integer',
    last_activity: 'integer',
    xml_id: 'text',
  },
  indexes: [{ columns: ['email'] }],
})

export const webhook = table({
  name: 'webhook',
  columns: {
    id: 'integer',
    user_id: 'integer',
    code_hash: 'text',
    scope: 'text',
    title: 'text',
    created: 'integer',
    /** When it was last known to be used, within ten minutes; null: never, or before this was kept. */
    used: 'integer',
  },
  indexes: [{ columns: ['code_hash'], unique: true }],
})

export const role = table({ name: 'crm_role', columns: { id: 'integer', name: 'text' } })
/** Whose a role is, by access codes (records/access-codes.ts). */
export const roleAccess = table({
  name: 'crm_role_access',
  columns: { role_id: 'integer', code: 'text' },
  key: ['role_id', 'code'],
})
export const rolePermission = table({
  name: 'crm_role_permission',
  columns: { role_id: 'integer', entity: 'text', action: 'text', level: 'text' },
  key: ['role_id', 'entity', 'action'],
})
/** Where a role says something else of a pipeline (-1: the entity has none) or of a stage ('': of them all). */
export const rolePlace = table({
  name: 'crm_role_place',
  columns: {
    role_id: 'integer',
    entity: 'text',
    action: 'text',
    category_id: 'integer',
    stage_id: 'text',
    level: 'text',
  },
  key: ['role_id', 'entity', 'action', 'category_id', 'stage_id'],
})

export const multifield = table({
  name: 'crm_multifield',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    type_id: 'text',
    value_type: 'text',
    value: 'text',
    normal: 'text',
  },
  indexes: [
    { columns: ['entity_type_id', 'record_id'] },
    // Whole, so that nothing else is read when the records of one phone are looked for, in their order.
    { columns: ['type_id', 'normal', 'entity_type_id', 'record_id'] },
  ],
})

/** Values of multiple fields, one row each, so that filters are the same SQL everywhere. */
export const fieldValue = table({
  name: 'field_value',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    field: 'text',
    position: 'integer',
    integer_value: 'integer',
    real_value: 'real',
    text_value: 'text',
  },
  indexes: [
    { columns: ['entity_type_id', 'record_id', 'field'] },
    { columns: ['entity_type_id', 'field', 'integer_value'] },
    { columns: ['entity_type_id', 'field', 'text_value'] },
  ],
})

/** Links between records (a deal's contacts, a contact's companies) and to people (observers). */
export const link = table({
  name: 'crm_link',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    role: 'text',
    to_id: 'integer',
    position: 'integer',
    is_primary: 'text',
    // The same for the list that the other record keeps of those that point at it; empty where nobody has said.
    reverse_position: 'integer',
    reverse_primary: 'text',
  },
  indexes: [{ columns: ['entity_type_id', 'record_id', 'role'] }, { columns: ['role', 'to_id'] }],
})

export const file = table({
  name: 'stored_file',
  columns: {
    id: 'integer',
    name: 'text',
    type: 'text',
    size: 'integer',
    blob: 'text',
    created_by: 'integer',
    created: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    field: 'text',
  },
  indexes: [{ columns: ['entity_type_id', 'record_id'] }, { columns: ['blob'] }],
})

export const history = table({
  name: 'history',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    action: 'text',
    user_id: 'integer',
    time: 'integer',
    changes: 'text',
  },
  indexes: [{ columns: ['entity_type_id', 'record_id'] }],
})

/** What happened, for those who must be told after the commit. */
export const outbox = table({
  name: 'outbox',
  columns: {
    id: 'integer',
    event: 'text',
    entity_type_id: 'integer',
    record_id: 'integer',
    user_id: 'integer',
    time: 'integer',
    payload: 'text',
    /** When it was announced, in microseconds: the order of what happens to one record (records/outbox.ts). */
    at: 'integer',
    connector: 'text',
  },
  indexes: [{ columns: ['at'] }],
})

export const status = table({
  name: 'crm_status',
  columns: {
    id: 'integer',
    entity_id: 'text',
    status_id: 'text',
    name: 'text',
    name_init: 'text',
    sort: 'integer',
    system: 'text',
    category_id: 'integer',
    color: 'text',
    semantics: 'text',
  },
  indexes: [{ columns: ['entity_id', 'status_id'], unique: true }],
})

export const category = table({
  name: 'crm_category',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    name: 'text',
    sort: 'integer',
    is_default: 'text',
    is_system: 'text',
    code: 'text',
    origin_id: 'text',
    originator_id: 'text',
    created_by: 'integer',
    created: 'integer',
  },
  indexes: [{ columns: ['entity_type_id'] }],
})

export const currency = table({
  name: 'crm_currency',
  columns: {
    currency: 'text',
    base: 'text',
    amount_cnt: 'integer',
    amount: 'text',
    sort: 'integer',
    date_update: 'integer',
    current_base_rate: 'text',
    created_by: 'integer',
    modified_by: 'integer',
    date_create: 'integer',
  },
  key: ['currency'],
})

export const currencyLocalization = table({
  name: 'crm_currency_localization',
  columns: {
    currency: 'text',
    lang: 'text',
    full_name: 'text',
    format_string: 'text',
    dec_point: 'text',
    thousands_variant: 'text',
    thousands_sep: 'text',
    decimals: 'integer',
    hide_zero: 'text',
  },
  key: ['currency', 'lang'],
})

export const type = table({
  name: 'crm_type',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    title: 'text',
    code: 'text',
    created_by: 'integer',
    created_time: 'integer',
    updated_by: 'integer',
    updated_time: 'integer',
    custom_section_id: 'integer',
    settings: 'text',
  },
  indexes: [{ columns: ['entity_type_id'], unique: true }],
})

/** Which entity is whose parent: gives the child its `parentId…` field. */
export const relation = table({
  name: 'crm_relation',
  columns: {
    parent_type_id: 'integer',
    child_type_id: 'integer',
    is_children_list_enabled: 'text',
    is_predefined: 'text',
  },
  key: ['parent_type_id', 'child_type_id'],
})

export const userField = table({
  name: 'user_field',
  columns: {
    id: 'integer',
    entity_id: 'text',
    field_name: 'text',
    user_type_id: 'text',
    xml_id: 'text',
    sort: 'integer',
    multiple: 'text',
    mandatory: 'text',
    show_filter: 'text',
    show_in_list: 'text',
    edit_in_list: 'text',
    is_searchable: 'text',
    settings: 'text',
    edit_form_label: 'text',
    list_column_label: 'text',
    list_filter_label: 'text',
    error_message: 'text',
    help_message: 'text',
  },
  indexes: [{ columns: ['entity_id', 'field_name'], unique: true }],
})

export const userFieldOption = table({
  name: 'user_field_option',
  columns: { id: 'integer', user_field_id: 'integer', value: 'text', def: 'text', sort: 'integer', xml_id: 'text' },
  indexes: [{ columns: ['user_field_id'] }],
})

/** Work that waits for its time (records/jobs.ts). Without `due` it has failed for good. */
export const job = table({
  name: 'job',
  columns: {
    id: 'integer',
    kind: 'text',
    key: 'text',
    due: 'integer',
    user_id: 'integer',
    payload: 'text',
    attempts: 'integer',
    claimed: 'integer',
    error: 'text',
  },
  indexes: [{ columns: ['due'] }, { columns: ['kind', 'key'] }],
})

/** Fields that must be filled from a stage on. */
export const stageRequired = table({
  name: 'crm_stage_required',
  columns: { entity_type_id: 'integer', category_id: 'integer', stage_id: 'text', field: 'text' },
  key: ['entity_type_id', 'category_id', 'stage_id', 'field'],
})

export const systemTables: readonly Table[] = [
  sequence,
  counter,
  cacheVersion,
  setting,
  user,
  webhook,
  role,
  roleAccess,
  rolePermission,
  rolePlace,
  multifield,
  fieldValue,
  link,
  file,
  history,
  outbox,
  job,
  status,
  category,
  currency,
  currencyLocalization,
  type,
  relation,
  userField,
  userFieldOption,
  stageRequired,
]
