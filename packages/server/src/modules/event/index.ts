import type { Module } from '../module.ts'

/** Events: who is told of what happens. */
export const events: Module = { name: 'event', methods: [] }
