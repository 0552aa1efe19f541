import { describe, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

/** In Berlin. */
const at = (time: string): number => Date.parse(`${time}+01:00`) / 1000
const START = at('2026-03-05T10:00:00')
const portal = await testPortal({ at: START })

async function must(method: string, params: object) {
  const { status, body } = await portal.call(method, params)
  if (status !== 200) throw new Error(`${method}: ${body.error_description}`)
  return body.result
}
const company = await must('crm.company.add', { fields: { TITLE: 'Client' } })
const invoice = (fields: object = {}): Promise<number> =>
  must('crm.invoice.add', {
    fields: {
      ORDER_TOPIC: 'Hosting',
      PAY_SYSTEM_ID: 1,
      PERSON_TYPE_ID: 1,
      UF_COMPANY_ID: company,
      IS_RECURRING: 'Y',
      PRODUCT_ROWS: [{ ID: 0, PRODUCT_NAME: 'Server', PRICE: 10, QUANTITY: 3 }],
      ...fields,
    },
  })
async function add(PARAMS: object, fields: object = {}): Promise<number> {
  portal.clock.at = START
  return must('crm.invoice.recurring.add', { fields: { INVOICE_ID: await invoice(), PARAMS, ...fields } })
}
const next = async (id: number): Promise<string> =>
  (await must('crm.invoice.recurring.get', { id })).NEXT_EXECUTION.slice(0, 10)

describe('recurring invoices', () => {
  it('come on the days that the parameters say', async () => {
    const day = async (params: object, START_DATE = '2026-03-07'): Promise<string> =>
      next(await add(params, { START_DATE }))
    expect(await day({ PERIOD: 'day', INTERVAL: 30 })).toBe('2026-03-07')
    expect(await day({ PERIOD: 'day', INTERVAL: 30, IS_WORKING_ONLY: 'Y' })).toBe('2026-03-09')
    expect(await day({ PERIOD: 'week', INTERVAL: 1, WEEKDAY: 'Wednesday' })).toBe('2026-03-11')
    expect(await day({ PERIOD: 'month', TYPE: 1, INTERVAL: 1, NUM_DAY_IN_MONTH: 3 })).toBe('2026-04-03')
    expect(await day({ PERIOD: 'month', TYPE: 1, NUM_DAY_IN_MONTH: 31 }, '2026-04-01')).toBe('2026-04-30')
    expect(await day({ MODE: 'month', TYPE: 2, INTERVAL: 3, WEEKDAY: 'Monday', NUM_WEEKDAY_IN_MONTH: 4 })).toBe(
      '2026-03-23',
    )
    const year = {
      PERIOD: 'year',
      TYPE: 2,
      FIELD_YEARLY_INTERVAL_MONTH_NAME: 2,
      WEEKDAY: 'Sunday',
      NUM_WEEKDAY_IN_MONTH: 1,
    }
    expect(await day(year)).toBe('2027-02-07')
  })

  it('are copies of the template with numbers and dates of their own', async () => {
    const id = await add(
      { PERIOD: 'month', DATE_PAY_BEFORE_OFFSET_TYPE: 'day', DATE_PAY_BEFORE_OFFSET_VALUE: 14 },
      { START_DATE: '2026-03-20' },
    )
    const { INVOICE_ID: template } = await must('crm.invoice.recurring.get', { id })
    const news = announcements(portal)
    await news()
    portal.clock.at = at('2026-03-20T00:00:00')
    await portal.work()
    const exposed = (await news()).filter(({ event, fields }) => event.endsWith('EXPOSE') && fields.ID === id)
    expect(exposed).toMatchObject([
      { event: 'ONCRMINVOICERECURRINGEXPOSE', fields: { ID: id, RECURRING_INVOICE_ID: Number(template) } },
    ])
    const [made, original] = await Promise.all(
      [exposed[0]?.fields.INVOICE_ID, template].map((each) => must('crm.invoice.get', { id: each })),
    )
    expect(made).toMatchObject({
      ORDER_TOPIC: 'Hosting',
      PRICE: '30.00',
      UF_COMPANY_ID: String(company),
      IS_RECURRING: 'N',
    })
    expect(made.PRODUCT_ROWS).toMatchObject([{ PRODUCT_NAME: 'Server', QUANTITY: '3' }])
    expect(made.ACCOUNT_NUMBER).not.toBe(original.ACCOUNT_NUMBER)
    expect([made.DATE_BILL.slice(0, 10), made.DATE_PAY_BEFORE.slice(0, 10)]).toEqual(['2026-03-20', '2026-04-03'])
    expect(await must('crm.invoice.recurring.get', { id })).toMatchObject({ COUNTER_REPEAT: '1' })
    expect(await next(id)).toBe('2026-04-20')
  })

  it('are made by hand as well', async () => {
    const id = await add({ PERIOD: 'month' }, { START_DATE: '2026-04-20' })
    const { INVOICE_ID } = await must('crm.invoice.recurring.expose', { id })
    expect((await must('crm.invoice.get', { id: INVOICE_ID })).ORDER_TOPIC).toBe('Hosting')
  })

  it('need a template, which has one setting', async () => {
    const refused = async (INVOICE_ID: number) =>
      (await portal.call('crm.invoice.recurring.add', { fields: { INVOICE_ID } })).body.error_description
    expect(await refused(await invoice({ IS_RECURRING: 'N' }))).toBe(
      'Invoice is not a template: IS_RECURRING is not Y.',
    )
    const taken = await invoice()
    expect(await refused(taken)).toBeUndefined()
    expect(await refused(taken)).toBe('Invoice already has recurring settings.')
    expect(await refused(999_999)).toBe('Invoice id is empty.')
  })

  it('are changed, listed and removed, and go with their template', async () => {
    const id = await add({ PERIOD: 'month' })
    const fields = { SEND_BILL: 'Y', EMAIL_ID: 136, PARAMS: { WEEKDAY: ['Monday', 'friday'] } }
    await must('crm.invoice.recurring.update', { id, fields })
    const [row] = await must('crm.invoice.recurring.list', {
      filter: { ID: id },
      select: ['ID', 'SEND_BILL', 'PARAMS'],
    })
    expect(row).toMatchObject({
      ID: String(id),
      SEND_BILL: 'Y',
      PARAMS: { PERIOD: 'month', WEEKDAY: ['Monday', 'Friday'] },
    })
    expect(await must('crm.invoice.recurring.delete', { id })).toBe(true)
    const other = await add({ PERIOD: 'month' })
    await must('crm.invoice.delete', { id: (await must('crm.invoice.recurring.get', { id: other })).INVOICE_ID })
    const { body } = await portal.call('crm.invoice.recurring.get', { id: other })
    expect(body.error_description).toBe('Recurring invoice is not found.')
  })

  it('are described with the parameters of their calendar', async () => {
    const { PARAMS, SEND_BILL } = await must('crm.invoice.recurring.fields', {})
    expect([SEND_BILL.type, PARAMS.type, Object.keys(PARAMS.definition)[0]]).toEqual([
      'char',
      'recurring_params',
      'PERIOD',
    ])
  })
})
