import type { Module } from '../../module.ts'

/** Recurring deals, import, call lists, traces, card configuration, automated solutions. */
export const process: Module = { name: 'crm.process', methods: [] }
