import type { Module } from '../../module.ts'
import dealCategoryMethods from './deal-category.ts'

/** Outdated methods that clients still use: deal pipelines and invoices. */
export const invoice: Module = { name: 'crm.invoice', methods: [...dealCategoryMethods] }
