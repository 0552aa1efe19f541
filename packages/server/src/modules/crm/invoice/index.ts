import type { Module } from '../../module.ts'

/** Outdated methods that clients still use: deal pipelines and invoices. */
export const invoice: Module = { name: 'crm.invoice', methods: [] }
