import type { Module } from '../../module.ts'
import { checks } from './checks.ts'
import event from './event.ts'
import { automationHooks } from './hooks.ts'
import robot from './robot.ts'
import history from './stage-history.ts'
import { jobs } from './steps.ts'
import { run, stageHistory, tables } from './tables.ts'
import trigger from './trigger.ts'

/** Stage history, triggers and rules that run after saving. */
export const automation: Module = {
  name: 'crm.automation',
  methods: [...history, ...trigger, ...robot, ...event],
  tables,
  itemHooks: automationHooks,
  ownedBy: [
    { table: stageHistory.name, type: 'entity_type_id', record: 'owner_id' },
    { table: run.name, type: 'entity_type_id', record: 'record_id' },
  ],
  jobs,
  checks,
}
