import { application } from '../../records/applications.ts'
import type { Module } from '../module.ts'

/** Applications that people have added to the portal, and what they may do with it. */
export const applications: Module = { name: 'application', methods: [], tables: [application] }
