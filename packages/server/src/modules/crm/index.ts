import { itemCrud } from '../../methods/crud.ts'
import type { Module } from '../module.ts'
import categoryMethods from './category.ts'
import currencyMethods from './currency.ts'
import currencyLocalizationMethods from './currency-localizations.ts'
import companyMethods, { company } from './company.ts'
import contactMethods, { contact } from './contact.ts'
import dealMethods, { deal } from './deal.ts'
import entityUserFieldMethods from './entity-user-fields.ts'
import enumMethods from './enum.ts'
import { joinInvoices } from './invoice-parents.ts'
import leadMethods, { lead } from './lead.ts'
import multifieldMethods from './multifield.ts'
import quoteMethods, { quote } from './quote.ts'
import { companyHooks, contactHooks } from './rules/contact.ts'
import { dealHooks } from './rules/deal.ts'
import { invoiceHooks, quoteHooks } from './rules/numbers.ts'
import settingsMethods from './settings.ts'
import { smartInvoice } from './smart-invoice.ts'
import statusMethods from './status.ts'
import typeMethods from './type.ts'
import userFieldMethods from './userfield.ts'

/** The CRM's items and what describes them. */
export const crm: Module = {
  name: 'crm',
  prepare: joinInvoices,
  entities: [lead, deal, contact, company, quote, smartInvoice],
  hooks: {
    [deal.name]: dealHooks,
    [contact.name]: contactHooks,
    [company.name]: companyHooks,
    [quote.name]: quoteHooks,
    [smartInvoice.name]: invoiceHooks,
  },
  methods: [
    ...leadMethods,
    ...dealMethods,
    ...contactMethods,
    ...companyMethods,
    ...quoteMethods,
    ...itemCrud(),
    ...typeMethods,
    ...categoryMethods,
    ...statusMethods,
    ...currencyMethods,
    ...currencyLocalizationMethods,
    ...enumMethods,
    ...multifieldMethods,
    ...settingsMethods,
    ...userFieldMethods,
    ...entityUserFieldMethods,
  ],
}
