import type { Module } from '../module.ts'
import transferMethods from './transfer-methods.ts'

/** Taking records out of the portal and bringing them in, in bulk: who may, and who did. */
export const exports: Module = { name: 'export', methods: transferMethods }
