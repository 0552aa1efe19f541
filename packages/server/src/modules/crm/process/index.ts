import { cardTable } from '../../../methods/families/card-rows.ts'
import type { Module } from '../../module.ts'
import automatedSolutionMethods from './automated-solution.ts'
import cardMethods from './cards.ts'
import { processChecks } from './checks.ts'
import { importHooks } from './import-rules.ts'
import importMethods from './import.ts'
import { workplaceTable } from './workplaces.ts'

/** What cards show, import, and the workplaces of smart processes. */
export const process: Module = {
  name: 'crm.process',
  tables: [cardTable, workplaceTable],
  itemHooks: importHooks,
  methods: [...cardMethods, ...importMethods, ...automatedSolutionMethods],
  checks: processChecks,
}
