import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import { addTimelineSource } from '../timeline/sources.ts'
import { activityHooks } from './activity-hooks.ts'
import activityMethods from './activity-methods.ts'
import { activity as entity } from './activity.ts'
import badgeMethods from './badge.ts'
import bindingMethods from './binding.ts'
import callMethods from './call.ts'
import { activityChecks } from './checks.ts'
import configurableMethods from './configurable.ts'
import layoutBlockMethods from './layout-blocks.ts'
import { LETTER, sendLetter } from './letter.ts'
import { ownerHooks } from './owner-hooks.ts'
import { badgeTable, bindingTable, communicationTable, layoutTable, typeTable } from './tables.ts'
import todoMethods from './todo.ts'
import typeMethods from './type.ts'
import { activitySource } from './timeline-source.ts'

addTimelineSource(activitySource)

/** Activities. */
export const activity: Module = {
  name: 'crm.activity',
  entities: [entity],
  tables: [bindingTable, communicationTable, layoutTable, typeTable, badgeTable],
  itemHooks: ownerHooks,
  hooks: { [entity.name]: activityHooks },
  // In a merger, what was with one record is with the other.
  ownedBy: [
    { table: bindingTable.name, type: 'owner_type_id', record: 'owner_id', distinctBy: ['activity_id'] },
    { table: entity.table, type: 'owner_type_id', record: 'owner_id' },
    { table: communicationTable.name, type: 'entity_type_id', record: 'entity_id' },
  ],
  jobs: { [LETTER]: sendLetter },
  checks: activityChecks,
  // Activities stay: they are part of the history of their records.
  async applicationRemoved(tx, { key }, { files }) {
    await tx.change(sql`delete from crm_activity_layout where application = ${key}`)
    const types = await tx.find<{ icon_id: number | null }>(
      sql`delete from crm_activity_type where application = ${key} returning icon_id`,
    )
    await files.remove(
      tx,
      types.flatMap((row) => row.icon_id ?? []),
    )
  },
  methods: [
    ...activityMethods,
    ...bindingMethods,
    ...todoMethods,
    ...configurableMethods,
    ...layoutBlockMethods,
    ...badgeMethods,
    ...typeMethods,
    ...callMethods,
  ],
}
