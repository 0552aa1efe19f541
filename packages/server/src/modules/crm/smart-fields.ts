import { type EntityDeclaration, field } from '../../schema/entity.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { category } from '../../schema/kinds/category.ts'
import { currency } from '../../schema/kinds/currency.ts'
import { date } from '../../schema/kinds/date.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { link } from '../../schema/kinds/link.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import { user } from '../../schema/kinds/user.ts'
import * as common from './common-fields.ts'

type Fields = EntityDeclaration['fields']

/*
 * Fields of smart processes and of invoices, which are one. UPPER_CASE methods don't know them, so every name follows
 * the rule. Titles are those of api-reference/crm/universal/crm-item-fields.md.
 */

/** Every smart process has these. */
export const base = (): Fields => ({
  ...common.id(),
  title: field(string, 'Name'),
  xmlId: field(string, 'External code'),
  createdTime: field(datetime, 'Created at', { readOnly: true, importable: true, index: true }),
  updatedTime: field(datetime, 'Updated at', { readOnly: true, importable: true }),
  createdBy: field(user, 'Created by', { readOnly: true, importable: true }),
  updatedBy: field(user, 'Updated by', { readOnly: true, importable: true }),
  assignedById: field(user, 'Assigned to', { index: true }),
  opened: field(flag, 'Publicly available', { describedRequired: true }),
  ...common.webform({ absent: 0 }),
})

export const dates = (): Fields => ({
  begindate: field(date, 'Start date'),
  closedate: field(date, 'End date'),
})

export const client = (): Fields => ({
  ...common.company(),
  ...common.contact(),
  ...common.contacts(),
  // Described, but in no documented row.
  contacts: field(link(3, 'crm_contact'), 'CONTACTS', { multiple: true, place: { in: 'nowhere' } }),
})

export const pipeline = (): Fields => ({ categoryId: field(category, 'Pipeline') })

/** Stages of the record's own pipeline; `directory` is that of the default one. */
export function stages(directory?: string): Fields {
  const statusType = directory === undefined ? {} : { statusType: directory }
  return {
    movedTime: field(datetime, 'Moved at', { readOnly: true, importable: true }),
    movedBy: field(user, 'Moved by', { readOnly: true, importable: true }),
    stageId: field(status(''), 'Stage', statusType),
    previousStageId: field(status(''), 'Previous stage', { readOnly: true, ...statusType }),
  }
}

/** Without stages nobody sees them, but records stand in one: so they have it, and are counted, when stages come back. */
export const hiddenStage = (): Fields => ({
  stageId: field(status(''), 'Stage', { legacy: null, item: false, readOnly: true, undescribed: true }),
})

export const source = (): Fields => ({
  sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
  sourceDescription: field(text, 'Additional source info'),
})

export const sums = (): Fields => ({
  currencyId: field(currency, 'Currency'),
  isManualOpportunity: field(flag, 'Amount calculation mode'),
  opportunity: field(amount, 'Amount'),
  taxValue: field(amount, 'Tax amount'),
})

/** The same in the accounting currency, obsolete. */
export const accountedSums = (): Fields => ({
  opportunityAccount: common.disabled(amount, 'Amount in accounting currency', { undescribed: true }),
  taxValueAccount: common.disabled(amount, 'Tax amount in accounting currency', { undescribed: true }),
  accountCurrencyId: common.disabled(currency, 'Accounting currency', { undescribed: true }),
})

export const myCompany = (): Fields =>
  common.myCompany('Your company details', { isMyCompany: true, parentEntityTypeId: 4, isEmbeddedEditorEnabled: true })

export const activityTimes = (): Fields => common.activityTimes('Last activity in timeline by', 'Last activity')

/** Common to all objects (object-fields.md), yet in no documented description. */
export const utm = (): Fields =>
  Object.fromEntries(
    Object.entries(common.utm('Campaign Search Condition')).map(([name, make]) => [
      name,
      (own: string) => ({ ...make(own), undescribed: true }),
    ]),
  )
