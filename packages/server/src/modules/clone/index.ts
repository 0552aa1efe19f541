import type { Module } from '../module.ts'
import { cloneMap, clonePending, cloneProgress, cloneSource } from './tables.ts'

/** What a portal remembers of the portals that it was cloned from (`portico clone`). */
export const clone: Module = {
  name: 'clone',
  methods: [],
  tables: [cloneSource, cloneProgress, cloneMap, clonePending],
}
