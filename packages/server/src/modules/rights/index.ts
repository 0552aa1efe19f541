import type { Module } from '../module.ts'

/** Roles, and what they allow. */
export const rights: Module = { name: 'rights', methods: [] }
