import { codeOfEntityType } from '../../../schema/entity-types.ts'
import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import { deal } from '../deal.ts'
import { lead } from '../lead.ts'
import { quote } from '../quote.ts'
import { itemHooks, leadHooks } from './hooks.ts'
import { itemMethods } from './item-methods.ts'
import { productRowMethods, productRows as rowsOf } from './legacy-methods.ts'
import { hasRows } from './owner.ts'
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
  checks: [
    {
      name: 'product rows have their item',
      async faults(portal, reader) {
        const owners = (await portal.entities.all(reader)).filter(hasRows)
        const known = owners.map(
          (entity) =>
            sql`(owner_type = ${codeOfEntityType(entity.entityTypeId)} and exists (select 1 from ${sql.table(entity.table)} as owner where owner.id = owner_id))`,
        )
        return sql`select 'row ' || cast(id as text) || ' of ' || owner_type || cast(owner_id as text) as fault from crm_product_row where not (${sql.join(known, sql` or `)})`
      },
    },
  ],
}
