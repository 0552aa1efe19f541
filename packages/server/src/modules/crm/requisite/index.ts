import type { Module } from '../../module.ts'

/** Requisites, bank details, presets and addresses. */
export const requisite: Module = { name: 'crm.requisite', methods: [] }
