import type { Module } from '../../module.ts'

/** Finding and merging duplicates. */
export const duplicate: Module = { name: 'crm.duplicate', methods: [] }
