import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { ruleOf } from '../automation/administrator.ts'
import { clientOf, type Result } from './tools.ts'

/* A client rents something by the month: each month a deal is made of the template, with its products and its chain. */

const at = (time: string): number => Date.parse(time) / 1000
const portal = await testPortal({ at: at('2026-01-15T10:00:00+01:00') })
const news = announcements(portal)
const { add, must } = clientOf(portal)
const company = await add('company', { TITLE: 'Tenant' })
const template = await add('deal', { TITLE: 'Rent', COMPANY_ID: company, CURRENCY_ID: 'EUR' })
await must('crm.deal.productrows.set', {
  id: template,
  rows: [{ PRODUCT_NAME: 'Office', PRICE: 900, QUANTITY: 1, TAX_RATE: 20, TAX_INCLUDED: 'Y' }],
})
await ruleOf(portal, {
  entityTypeId: 2,
  stageId: 'NEW',
  kind: 'activity',
  settings: { title: 'Send the bill of {{TITLE}}', dueIn: 86_400 },
})
let setting: number

/** The deals that the client has, without the template, oldest first. */
const rents = (): Promise<Result[]> =>
  must('crm.deal.list', {
    filter: { COMPANY_ID: company, IS_RECURRING: 'N', '!ID': template },
    order: { ID: 'ASC' },
    select: ['ID', 'TITLE', 'OPPORTUNITY', 'BEGINDATE', 'STAGE_ID', 'IS_RECURRING'],
  })
const billing = async (id: unknown): Promise<string[]> =>
  (await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: id } })).map(
    ({ SUBJECT }: Result) => SUBJECT,
  )
const pass = async (time: string): Promise<void> => {
  portal.clock.at = at(time)
  await portal.work()
}

it('is set up, and nothing is made before its day', async () => {
  setting = await add('deal.recurring', {
    DEAL_ID: template,
    START_DATE: '2026-02-01',
    IS_LIMIT: 'T',
    LIMIT_REPEAT: 2,
    PARAMS: {
      MODE: 'multiple',
      MULTIPLE_TYPE: 'month',
      MULTIPLE_INTERVAL: 1,
      OFFSET_BEGINDATE_TYPE: 'day',
      OFFSET_BEGINDATE_VALUE: 1,
    },
  })
  await pass('2026-01-31T23:00:00+01:00')
  expect(await rents()).toEqual([])
})

it('makes a deal each month with the products and their amount, and its stage has its rules', async () => {
  await pass('2026-02-01T08:00:00+01:00')
  await portal.work()
  const [first, ...more] = await rents()
  expect(more).toEqual([])
  expect(first).toMatchObject({ TITLE: 'Rent', OPPORTUNITY: '900.00', STAGE_ID: 'NEW', IS_RECURRING: 'N' })
  expect(first.BEGINDATE).toMatch(/^2026-02-02/)
  const [row] = await must('crm.deal.productrows.get', { id: first.ID })
  expect(row).toMatchObject({ PRODUCT_NAME: 'Office', PRICE: 900, TAX_RATE: 20, TAX_INCLUDED: 'Y' })
  expect(await billing(first.ID)).toEqual(['Send the bill of Rent'])
})

it('a change of the template counts from then on, and it ends after as many as were agreed', async () => {
  const { DEAL_ID } = await must('crm.deal.recurring.get', { id: setting })
  await must('crm.deal.update', { id: DEAL_ID, fields: { TITLE: 'Rent, raised' } })
  await must('crm.deal.productrows.set', { id: DEAL_ID, rows: [{ PRODUCT_NAME: 'Office', PRICE: 950, QUANTITY: 1 }] })
  await news()
  for (const month of ['03', '04', '05', '06']) await pass(`2026-${month}-01T08:00:00+02:00`)
  expect((await rents()).map(({ TITLE, OPPORTUNITY }) => [TITLE, OPPORTUNITY])).toEqual([
    ['Rent', '900.00'],
    ['Rent, raised', '950.00'],
  ])
  expect((await news()).filter(({ event }) => event === 'ONCRMDEALRECURRINGEXPOSE')).toHaveLength(1)
  expect(await must('crm.deal.recurring.get', { id: setting })).toMatchObject({ COUNTER_REPEAT: '2' })
})

it('goes with its template, and leaves the deals that it has made', async () => {
  const { DEAL_ID } = await must('crm.deal.recurring.get', { id: setting })
  await must('crm.deal.delete', { id: DEAL_ID })
  expect((await portal.call('crm.deal.recurring.get', { id: setting })).status).toBe(400)
  await pass('2027-01-01T08:00:00+01:00')
  expect(await rents()).toHaveLength(2)
  expect(await portal.faults()).toEqual([])
})
