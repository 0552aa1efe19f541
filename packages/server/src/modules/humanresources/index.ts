import type { Module } from '../module.ts'

/** The company's structure. */
export const humanResources: Module = { name: 'humanresources', methods: [] }
