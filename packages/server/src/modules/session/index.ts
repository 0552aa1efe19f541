import type { Module } from '../module.ts'

/** People who sign in. */
export const sessions: Module = { name: 'session', methods: [] }
