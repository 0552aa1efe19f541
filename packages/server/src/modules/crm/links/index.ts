import type { Module } from '../../module.ts'

/** Links between records. */
export const links: Module = { name: 'crm.links', methods: [] }
