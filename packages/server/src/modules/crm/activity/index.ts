import type { Module } from '../../module.ts'

/** Activities. */
export const activity: Module = { name: 'crm.activity', methods: [] }
