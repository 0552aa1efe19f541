import type { Module } from '../../module.ts'
import { deal } from '../deal.ts'
import { lead } from '../lead.ts'
import { quote } from '../quote.ts'
import { checks } from './checks.ts'
import { itemHooks, leadHooks } from './hooks.ts'
import { itemMethods } from './item-methods.ts'
import { productRowMethods, productRows as rowsOf } from './legacy-methods.ts'
import { productRow } from './row.ts'

/** Product rows, and the amounts that follow them. */
export const productRows: Module = {
  name: 'crm.product-rows',
  entities: [productRow],
  itemHooks,
  hooks: { [lead.name]: leadHooks },
  methods: [
    ...rowsOf('crm.lead', lead, {
      accessDenied: 'Access denied.',
      notFound: 'Not found',
      idInvalid: 'The parameter id is invalid or not defined.',
      rowsInvalid: 'The parameter rows must be array.',
      accountDecimals: 8,
    }),
    ...rowsOf('crm.deal', deal, {
      accessDenied: 'Access denied.',
      notFound: 'Not found',
      idInvalid: 'The parameter id is invalid or not defined.',
      rowsInvalid: 'The parameter rows must be array.',
      accountDecimals: 2,
    }),
    ...rowsOf('crm.quote', quote, {
      accessDenied: 'Access denied.',
      notFound: 'Not found.',
      idInvalid: 'The parameter id is invalid or not defined.',
      rowsInvalid: 'The parameter rows must be array.',
      accountDecimals: 8,
    }),
    ...itemMethods,
    ...productRowMethods,
  ],
  checks,
}
