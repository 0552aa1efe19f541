import type { Table } from '../../../store/table.ts'

/** Through which stages records have gone. */
export const stageHistory: Table = {
  name: 'crm_stage_history',
  columns: {
    id: 'integer',
    type_id: 'integer',
    entity_type_id: 'integer',
    owner_id: 'integer',
    created_time: 'integer',
    category_id: 'integer',
    stage_semantic_id: 'text',
    stage_id: 'text',
  },
  indexes: [{ columns: ['entity_type_id', 'owner_id'] }, { columns: ['entity_type_id', 'created_time'] }],
}

/** Triggers that applications have registered; `owner` is the credential of the application. */
export const trigger: Table = {
  name: 'crm_automation_trigger',
  columns: { id: 'integer', owner: 'text', code: 'text', name: 'text', created: 'integer', created_by: 'integer' },
  indexes: [{ columns: ['owner', 'code'], unique: true }],
}

export const rule: Table = {
  name: 'crm_automation_rule',
  columns: {
    id: 'integer',
    name: 'text',
    entity_type_id: 'integer',
    category_id: 'integer',
    stage_id: 'text',
    trigger_owner: 'text',
    trigger_code: 'text',
    sort: 'integer',
    delay: 'integer',
    conditions: 'text',
    kind: 'text',
    settings: 'text',
    active: 'text',
    created_by: 'integer',
    created: 'integer',
    updated_by: 'integer',
    updated: 'integer',
  },
  indexes: [{ columns: ['entity_type_id'] }],
}

/** How often a rule that takes turns has chosen. Apart from the rules, which processes keep in memory. */
export const turn: Table = {
  name: 'crm_automation_turn',
  columns: { rule_id: 'integer', turn: 'integer' },
  key: ['rule_id'],
}

/** What became of each rule that was to run. */
export const run: Table = {
  name: 'crm_automation_log',
  columns: {
    id: 'integer',
    rule_id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    time: 'integer',
    result: 'text',
    error: 'text',
  },
  indexes: [{ columns: ['entity_type_id', 'record_id'] }, { columns: ['rule_id'] }],
}

/** Automation rules that applications offer: addresses that are called. */
export const robot: Table = {
  name: 'bizproc_robot',
  columns: {
    id: 'integer',
    owner: 'text',
    code: 'text',
    handler: 'text',
    auth_user_id: 'integer',
    name: 'text',
    description: 'text',
    properties: 'text',
    return_properties: 'text',
    document_type: 'text',
    filter: 'text',
    use_subscription: 'text',
    use_placement: 'text',
    placement_handler: 'text',
    created: 'integer',
    created_by: 'integer',
  },
  indexes: [{ columns: ['owner', 'code'], unique: true }],
}

/** Chains of rules that wait for an application's answer. */
export const subscription: Table = {
  name: 'bizproc_subscription',
  columns: {
    id: 'integer',
    token_hash: 'text',
    rule_id: 'integer',
    entity_type_id: 'integer',
    record_id: 'integer',
    user_id: 'integer',
    expires: 'integer',
    robot_code: 'text',
    returns: 'text',
    state: 'text',
  },
  indexes: [{ columns: ['token_hash'], unique: true }, { columns: ['entity_type_id', 'record_id'] }],
}

export const tables: readonly Table[] = [stageHistory, trigger, rule, turn, run, robot, subscription]
