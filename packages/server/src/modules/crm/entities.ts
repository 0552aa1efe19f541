import type { Hooks } from '../../records/hooks.ts'
import type { Entity } from '../../schema/entity.ts'
import { company } from './company.ts'
import { contact } from './contact.ts'
import { deal } from './deal.ts'
import { lead } from './lead.ts'
import { quote } from './quote.ts'
import { companyHooks, contactHooks } from './rules/contact.ts'
import { dealHooks } from './rules/deal.ts'
import { invoiceHooks, quoteHooks } from './rules/numbers.ts'
import { smartInvoice } from './smart-invoice.ts'

/** The entities that every portal has. */
export const declaredEntities: readonly Entity[] = [lead, deal, contact, company, quote, smartInvoice]

/** Rules that one entity alone has. */
export const specificHooks: ReadonlyMap<string, Hooks> = new Map([
  [deal.name, dealHooks],
  [contact.name, contactHooks],
  [company.name, companyHooks],
  [quote.name, quoteHooks],
  [smartInvoice.name, invoiceHooks],
])
