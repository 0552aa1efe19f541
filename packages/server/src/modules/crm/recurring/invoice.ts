import { rowsOf } from '../invoice/rows.ts'
import { defineEntity, field } from '../../../schema/entity.ts'
import type { Kind } from '../../../schema/kind.ts'
import { date } from '../../../schema/kinds/date.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { type DayOfMonth, partsOf, type Pattern, type Recurrence, shifted } from '../../../schema/recurrence.ts'
import { limitKind } from './limit.ts'
import { numberIn, type Params, paramsField, unit, unitIn, weekdays, whole, yes } from './params.ts'
import type { Recurring } from './recurring.ts'

/** Instants like those of deals, but described as dates. */
const moment: Kind = { ...datetime, type: date.type }

/** api-reference/crm/outdated/invoice/crm-invoice-recurring-fields.md */
const setting = defineEntity({
  name: 'invoice-recurring',
  title: 'Recurring invoice',
  table: 'crm_invoice_recurring',
  entityTypeId: -61,
  userFieldEntityId: '',
  event: 'ONCRMINVOICERECURRING',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    invoiceId: field(integer, 'Invoice template', { required: true, immutable: true, index: true }),
    active: field(flag, 'Active'),
    nextExecution: field(moment, 'Next invoice on', { readOnly: true }),
    lastExecution: field(moment, 'Last invoice on', { readOnly: true }),
    counterRepeat: field(integer, 'Invoices created', { readOnly: true }),
    startDate: field(date, 'Calculated from'),
    sendBill: field(flag, 'Send the invoice by e-mail'),
    emailId: field(integer, 'E-mail of the payer'),
    isLimit: field(limitKind, 'Limit'),
    limitRepeat: field(integer, 'Most invoices'),
    limitDate: field(date, 'Last date'),
    params: paramsField(
      'Calculation',
      {
        PERIOD: unit('Period'),
        TYPE: whole('Day of the month by its number or by its weekday', { least: 1, most: 2, absent: null }),
        INTERVAL: whole('Interval'),
        IS_WORKING_ONLY: yes('Working days only'),
        WEEKDAY: weekdays('Weekday'),
        NUM_DAY_IN_MONTH: whole('Day of the month', { most: 31 }),
        NUM_WEEKDAY_IN_MONTH: whole('Which of the weekdays in the month', { most: 5 }),
        FIELD_YEARLY_INTERVAL_MONTH_NAME: whole('Month of the year', { most: 12 }),
        DATE_PAY_BEFORE_OFFSET_TYPE: unit('Unit of the time to pay'),
        DATE_PAY_BEFORE_OFFSET_VALUE: whole('Time to pay'),
      },
      // The request shown on crm-invoice-recurring-update.md calls it so.
      { MODE: 'PERIOD' },
    ),
  },
})

const positive = (params: Params, name: string): number | undefined => numberIn(params, name) || undefined
const given = (params: Params): readonly number[] => (Array.isArray(params.WEEKDAY) ? (params.WEEKDAY as number[]) : [])

/** What isn't said of the day of a month is as on the start date. */
function dayIn(params: Params, start: string): DayOfMonth {
  const own = partsOf(start)
  if (params.TYPE === 2)
    return {
      ordinal: positive(params, 'NUM_WEEKDAY_IN_MONTH') ?? Math.ceil(own.day / 7),
      weekday: given(params)[0] ?? own.weekday,
    }
  return { day: positive(params, 'NUM_DAY_IN_MONTH') ?? own.day, workingOnly: params.IS_WORKING_ONLY === 'Y' }
}

function recurrence(params: Params, start: string): Recurrence | undefined {
  const every = unitIn(params, 'PERIOD')
  if (every === undefined) return undefined
  const interval = positive(params, 'INTERVAL') ?? 1
  const own = partsOf(start)
  const weekdays = given(params).length > 0 ? given(params) : [own.weekday]
  const patterns: Record<typeof every, Pattern> = {
    day: { every: 'day', interval, workingOnly: params.IS_WORKING_ONLY === 'Y' },
    week: { every: 'week', interval, weekdays },
    month: { every: 'month', interval, on: dayIn(params, start) },
    year: {
      every: 'year',
      interval,
      month: positive(params, 'FIELD_YEARLY_INTERVAL_MONTH_NAME') ?? own.month,
      on: dayIn(params, start),
    },
  }
  return { start, pattern: patterns[every] }
}

export const recurringInvoices: Recurring = {
  setting,
  entityTypeId: 5,
  template: 'invoiceId',
  prefix: 'crm.invoice.recurring',
  word: 'Invoice',
  copies: false,
  partial: 'SEND_BILL and EMAIL_ID are kept, but no invoice is sent by e-mail',
  recurrence,
  // Each invoice has a number, a state and a public address of its own, and is paid for itself.
  leftOut:
    `accountNumber publicCode dateInsert dateBill datePayBefore statusId price taxValue datePayed dateMarked reasonMarked payVoucherDate payVoucherNum payed xmlId`.split(
      ' ',
    ),
  settle(draft, { params }, day) {
    const by = unitIn(params, 'DATE_PAY_BEFORE_OFFSET_TYPE')
    if (by !== undefined)
      draft.values.set('datePayBefore', shifted(day, by, numberIn(params, 'DATE_PAY_BEFORE_OFFSET_VALUE') ?? 0))
  },
  async prepare(reader, from, draft) {
    const rows = await rowsOf(reader, from)
    draft.values.set('productRows', JSON.stringify(rows.map((row) => ({ ...row, id: 0 }))))
  },
}
