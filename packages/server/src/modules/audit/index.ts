import { auditLog } from '../../records/audit.ts'
import type { Module } from '../module.ts'
import { eventLogMethods } from './event-log.ts'

/** Who did what to the portal itself. */
export const audit: Module = { name: 'audit', methods: eventLogMethods, tables: [auditLog] }
