import type { Module } from '../module.ts'
import { entityList } from './entity-list.ts'
import { preference, preferenceMethods } from './preferences.ts'

/** What the web CRM asks for beside the documented API. Any client may: these are methods like all others. */
export const web: Module = {
  name: 'web',
  methods: [entityList, ...preferenceMethods],
  tables: [preference],
}
