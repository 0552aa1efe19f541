import type { Module } from '../module.ts'

/** Places in the portal's pages that applications fill. */
export const placements: Module = { name: 'placement', methods: [] }
