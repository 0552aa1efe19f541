import type { Module } from '../../module.ts'
import { checksOf } from './checks.ts'
import { recurringDeals } from './deal.ts'
import { exposing } from './expose.ts'
import { EXPOSE, settingHooks, templateHooks } from './hooks.ts'
import { recurringInvoices } from './invoice.ts'
import { recurringMethods } from './methods.ts'

const kinds = [recurringDeals, recurringInvoices]

/** Templates of deals and of old invoices, and what is made of them on their days. */
export const recurring: Module = {
  name: 'crm.recurring',
  entities: kinds.map(({ setting }) => setting),
  hooks: {
    ...Object.fromEntries(kinds.map((kind) => [kind.setting.name, settingHooks(kind)])),
    deal: templateHooks(recurringDeals),
    invoice: templateHooks(recurringInvoices),
  },
  methods: kinds.flatMap(recurringMethods),
  jobs: { [EXPOSE]: exposing(kinds) },
  checks: kinds.flatMap(checksOf),
}
