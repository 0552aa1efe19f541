import type { Module } from '../module.ts'
import { duplicateMethods } from './duplicates.ts'
import { entityList } from './entity-list.ts'
import { historyList } from './history.ts'
import { itemSave } from './item-save.ts'
import { mergeMethods } from './merge.ts'
import { catalogueMethods } from './method-catalogue.ts'
import { placementList } from './placements.ts'
import { preference, preferenceMethods } from './preferences.ts'
import { reminderList } from './reminders.ts'
import { search } from './search.ts'
import { stageRequiredMethods } from './stage-required.ts'
import { stageStatistics } from './stage-statistics.ts'
import { timelineList } from './timeline.ts'
import { itemTotals } from './totals.ts'

/** What the web CRM asks for beside the documented API. Any client may: these are methods like all others. */
export const web: Module = {
  name: 'web',
  methods: [
    entityList,
    ...duplicateMethods,
    ...mergeMethods,
    historyList,
    timelineList,
    itemSave,
    placementList,
    reminderList,
    search,
    itemTotals,
    stageStatistics,
    ...preferenceMethods,
    ...catalogueMethods,
    ...stageRequiredMethods,
  ],
  tables: [preference],
}
