import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import bindingMethods from './binding.ts'
import { timelineChecks } from './checks.ts'
import commentMethods from './comment.ts'
import imageMethods from './images.ts'
import { timelineItemHooks } from './item-hooks.ts'
import { timelineItem } from './item.ts'
import layoutBlockMethods from './layout-blocks.ts'
import logMessageMethods from './log-message.ts'
import noteMethods from './note.ts'
import { activityHooks, ownerHooks } from './owner-hooks.ts'
import pinMethods from './pin.ts'
import { bindingTable, imageTable, layoutTable, noteTable } from './tables.ts'

/** The timeline. */
export const timeline: Module = {
  name: 'crm.timeline',
  entities: [timelineItem],
  tables: [bindingTable, noteTable, layoutTable, imageTable],
  itemHooks: ownerHooks,
  hooks: { [timelineItem.name]: timelineItemHooks, activity: activityHooks },
  checks: timelineChecks,
  async applicationRemoved(tx, { key }) {
    await tx.change(sql`delete from crm_timeline_layout where application = ${key}`)
  },
  methods: [
    ...commentMethods,
    ...bindingMethods,
    ...logMessageMethods,
    ...imageMethods,
    ...noteMethods,
    ...pinMethods,
    ...layoutBlockMethods,
  ],
}
