import type { Module } from '../../module.ts'

/** Product rows. */
export const productRows: Module = { name: 'crm.product-rows', methods: [] }
