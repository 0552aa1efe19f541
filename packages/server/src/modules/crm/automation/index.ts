import type { Module } from '../../module.ts'

/** Stage history, triggers and rules that run after saving. */
export const automation: Module = { name: 'crm.automation', methods: [] }
