import type { Module } from '../../module.ts'

/** Payments and deliveries of items, and orders. */
export const payment: Module = { name: 'crm.payment', methods: [] }
