import type { Module } from '../../module.ts'

/** The timeline. */
export const timeline: Module = { name: 'crm.timeline', methods: [] }
