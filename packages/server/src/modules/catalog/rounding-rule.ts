import { Failure } from '../../records/failure.ts'
import { allOf, type Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { double } from '../../schema/kinds/double.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { announcing } from './events.ts'
import { person, reference } from './kinds.ts'
import { ids } from './numbers.ts'

/** The ways of rounding (api-reference/catalog/enum/catalog-enum-get-round-types.md). */
export const roundTypes = [
  { id: 1, name: 'Mathematical' },
  { id: 2, name: 'In Favor of the Store' },
  { id: 4, name: 'In Favor of the Customer' },
] as const

/** How prices of a type are rounded, from a price on. */
export const roundingRule = defineEntity({
  name: 'roundingRule',
  title: 'Rounding rule',
  table: 'crm_rounding_rule',
  entityTypeId: ids.roundingRule,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    catalogGroupId: field(reference(ids.priceType), 'Price type', { index: true }),
    price: field(amount, 'From the price'),
    roundType: field(integer, 'Type of rounding'),
    roundPrecision: field(double, 'Precision', { settings: { PRECISION: 4 } }),
    createdBy: field(person, 'Created by', { readOnly: true }),
    dateCreate: field(datetime, 'Created on', { readOnly: true }),
    modifiedBy: field(person, 'Modified by', { readOnly: true }),
    dateModify: field(datetime, 'Modified on', { readOnly: true }),
  },
})

export const roundingRuleHooks: Hooks = allOf(
  {
    complete(change) {
      const now = Math.floor(change.now)
      change.default('createdBy', change.person.id)
      change.default('dateCreate', now)
      change.set('modifiedBy', change.person.id)
      change.set('dateModify', now)
    },
    check(change) {
      const refuse = (text: string): never => {
        throw new Failure({ why: 'rule', text })
      }
      const type = change.value('roundType')
      if (!roundTypes.some(({ id }) => id === type)) refuse('Wrong format of field roundType: 1, 2 or 4 is expected')
      if (!(Number(change.value('roundPrecision')) > 0)) refuse('Wrong format of field roundPrecision')
      if (Number(change.value('price')) < 0) refuse('Wrong format of field price')
    },
  },
  announcing('CATALOG.ROUNDING.ON'),
)
