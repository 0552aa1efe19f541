import { sql } from '../../../store/sql.ts'
import { allOf } from '../../../records/hooks.ts'
import type { Module } from '../../module.ts'
import { linkHooks } from '../requisite/link-hooks.ts'
import dealCategoryMethods from './deal-category.ts'
import externalLinkMethods from './external-link.ts'
import { invoiceEntity } from './entity.ts'
import { invoiceHooks } from './hooks.ts'
import invoiceMethods from './invoice.ts'
import { numberTable } from './numbering.ts'
import { productHooks } from './products.ts'
import { rowTable } from './rows.ts'
import statusMethods from './status.ts'
import userFieldMethods from './user-fields.ts'

/** Outdated methods that clients still use: deal pipelines and invoices. */
export const invoice: Module = {
  name: 'crm.invoice',
  entities: [invoiceEntity],
  tables: [rowTable, numberTable],
  // Like the other documents that are sent to a client, invoices have requisites chosen for them.
  hooks: { [invoiceEntity.name]: allOf(invoiceHooks, linkHooks), product: productHooks },
  methods: [...dealCategoryMethods, ...invoiceMethods, ...statusMethods, ...userFieldMethods, ...externalLinkMethods],
  checks: [
    {
      name: 'rows of invoices belong to one',
      faults: () =>
        sql`select 'row ' || cast(r.id as text) || ' of invoice ' || cast(r.invoice_id as text) as fault from crm_invoice_row r where not exists (select 1 from crm_invoice i where i.id = r.invoice_id)`,
    },
    {
      name: 'numbers of invoices are unique',
      faults: () =>
        sql`select 'number ' || account_number as fault from crm_invoice group by account_number having count(*) > 1`,
    },
  ],
}
