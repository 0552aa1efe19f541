import type { Module } from '../../module.ts'

/** Documents from templates, and numerators. */
export const document: Module = { name: 'crm.document', methods: [] }
