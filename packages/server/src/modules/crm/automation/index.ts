import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import { checks } from './checks.ts'
import event from './event.ts'
import { automationHooks } from './hooks.ts'
import robot from './robot.ts'
import { ruleMethods } from './rule-methods.ts'
import history from './stage-history.ts'
import { jobs } from './steps.ts'
import { run, stageHistory, tables } from './tables.ts'
import trigger from './trigger.ts'

/** Stage history, triggers and rules that run after saving. */
export const automation: Module = {
  name: 'crm.automation',
  methods: [...history, ...trigger, ...robot, ...event, ...ruleMethods],
  tables,
  itemHooks: automationHooks,
  ownedBy: [
    { table: stageHistory.name, type: 'entity_type_id', record: 'owner_id' },
    { table: run.name, type: 'entity_type_id', record: 'record_id' },
  ],
  jobs,
  checks,
  // Rules that people have made of them stay, and say in their log what is missing.
  async applicationRemoved(tx, { key }) {
    await tx.change(sql`delete from bizproc_robot where owner = ${key}`)
    await tx.change(sql`delete from crm_automation_trigger where owner = ${key}`)
  },
}
