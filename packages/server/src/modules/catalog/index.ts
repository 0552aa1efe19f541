import type { Module } from '../module.ts'

/** The product catalogue, by both of its roads: `crm.product.*` and `catalog.*`. */
export const catalog: Module = { name: 'catalog', methods: [] }
