import { ownerOf } from '../product-rows/owner.ts'
import { copyRows } from '../product-rows/rows.ts'
import { defineEntity, field } from '../../../schema/entity.ts'
import type { Kind } from '../../../schema/kind.ts'
import { date } from '../../../schema/kinds/date.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { link } from '../../../schema/kinds/link.ts'
import { patternOf, type Recurrence, shifted } from '../../../schema/recurrence.ts'
import { limitKind } from './limit.ts'
import { numberIn, oneOf, type Params, paramsField, unit, unitIn, whole } from './params.ts'
import type { Recurring } from './recurring.ts'

const categoryKind: Kind = { ...integer, type: { legacy: 'char', item: 'char' } }

/** api-reference/crm/deals/recurring-deals/crm-deal-recurring-fields.md */
const setting = defineEntity({
  name: 'deal-recurring',
  title: 'Recurring deal',
  table: 'crm_deal_recurring',
  entityTypeId: -60,
  userFieldEntityId: '',
  event: 'ONCRMDEALRECURRING',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'id', { readOnly: true }),
    dealId: field(integer, 'id of the recurring deal', { required: true, immutable: true, index: true }),
    basedId: field(link(2, 'integer'), 'Created based on', { readOnly: true, index: true }),
    active: field(flag, 'Active'),
    nextExecution: field(datetime, 'Next execution date', { readOnly: true }),
    lastExecution: field(datetime, 'Last execution date', { readOnly: true }),
    counterRepeat: field(integer, 'Number of executions', { readOnly: true }),
    startDate: field(date, 'Start date for calculation'),
    categoryId: field(categoryKind, 'Category of the new deal'),
    isLimit: field(limitKind, 'Type of execution limits'),
    limitRepeat: field(integer, 'Limit on the number of executions'),
    limitDate: field(date, 'Limit by date'),
    params: paramsField('Parameters for calculating the next execution date', {
      MODE: oneOf('Repetition mode', ['single', 'multiple']),
      SINGLE_BEFORE_START_DATE_VALUE: whole('Offset before the calculation date'),
      SINGLE_BEFORE_START_DATE_TYPE: unit('Type of offset before the calculation date'),
      MULTIPLE_TYPE: unit('Type of repetition'),
      MULTIPLE_INTERVAL: whole('Repetition interval'),
      OFFSET_BEGINDATE_TYPE: unit('Type of offset for the start date in the new deal'),
      OFFSET_BEGINDATE_VALUE: whole('Offset for the start date in the new deal'),
      OFFSET_CLOSEDATE_TYPE: unit('Type of offset for the completion date in the new deal'),
      OFFSET_CLOSEDATE_VALUE: whole('Offset for the completion date in the new deal'),
    }),
  },
})

/** Once, so long before the start date; or from it on, at an interval. */
function recurrence(params: Params, start: string): Recurrence | undefined {
  if (params.MODE === 'single') {
    const before = numberIn(params, 'SINGLE_BEFORE_START_DATE_VALUE') ?? 0
    const by = unitIn(params, 'SINGLE_BEFORE_START_DATE_TYPE') ?? 'day'
    return { start: shifted(start, by, -before), pattern: { every: 'never' } }
  }
  const every = unitIn(params, 'MULTIPLE_TYPE')
  if (params.MODE !== 'multiple' || every === undefined) return undefined
  const interval = Math.max(numberIn(params, 'MULTIPLE_INTERVAL') ?? 1, 1)
  return { start, pattern: patternOf(every, interval, start) }
}

export const recurringDeals: Recurring = {
  setting,
  entityTypeId: 2,
  template: 'dealId',
  prefix: 'crm.deal.recurring',
  word: 'Deal',
  copies: true,
  // "both the deal and the configured recurrence template will be deleted" with the deal (crm-deal-recurring-delete.md).
  bound: 'Deleting is impossible. Connected recurring deal exists.',
  // The answer shown has these in lower case; the overview's text and the official clients read them in upper case.
  lowerToo: ['ID', 'DEAL_ID', 'BASED_ID', 'CATEGORY_ID'],
  recurrence,
  // Whether the client is known is another question each time; dates are those of the day.
  leftOut: ['isReturnCustomer', 'isRepeatedApproach', 'begindate', 'closedate', 'originatorId', 'originId'],
  settle(draft, { categoryId, params }, day) {
    for (const [name, key] of [
      ['begindate', 'OFFSET_BEGINDATE'],
      ['closedate', 'OFFSET_CLOSEDATE'],
    ] as const) {
      const by = unitIn(params, `${key}_TYPE`)
      if (by !== undefined) draft.values.set(name, shifted(day, by, numberIn(params, `${key}_VALUE`) ?? 0))
    }
    if (categoryId === null || categoryId === draft.values.get('categoryId')) return
    draft.values.set('categoryId', categoryId)
    // Stages belong to a pipeline: in another one it begins at the first.
    draft.values.delete('stageId')
  },
  async follow(within, from, to) {
    const entity = await within.portal.entities.get(within.tx, 2)
    await copyRows(within, ownerOf(entity, from), ownerOf(entity, to))
  },
}
