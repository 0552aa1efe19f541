import { describe, expect, it } from 'vitest'
import { recurringDeals } from '../../../src/modules/crm/recurring/deal.ts'
import { exposing } from '../../../src/modules/crm/recurring/expose.ts'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { type Answer, testPortal } from '../../support/portal.ts'
import { asAdministrator } from '../automation/administrator.ts'

/** In Berlin. */
const at = (time: string): number => Date.parse(`${time}+01:00`) / 1000
const START = at('2026-03-05T10:00:00')
const portal = await testPortal({ at: START })

async function must(method: string, params: object, options: { as?: string } = {}) {
  const { status, body } = await portal.call(method, params, options)
  if (status !== 200) throw new Error(`${method}: ${body.error_description}`)
  return body.result
}
const refused = async (method: string, params: object, options: { as?: string } = {}) => {
  const before = await portal.census()
  const { status, body } = await portal.call(method, params, options)
  expect([status, await portal.census()]).toEqual([400, before])
  return body.error_description
}
const deal = (fields: object = {}): Promise<number> => must('crm.deal.add', { fields: { TITLE: 'Rent', ...fields } })
const daily = { MODE: 'multiple', MULTIPLE_TYPE: 'day', MULTIPLE_INTERVAL: 1 }
async function add(fields: object = {}): Promise<number> {
  portal.clock.at = START
  return must('crm.deal.recurring.add', { fields: { DEAL_ID: await deal(), PARAMS: daily, ...fields } })
}
const get = (id: number) => must('crm.deal.recurring.get', { id })
/** The deals that a setting has made, oldest first. */
async function made(id: number): Promise<Answer['body']['result'][]> {
  const rows = await portal.portal.store
    .session()
    .find<{ payload: string }>(sql`select payload from outbox where event = 'ONCRMDEALRECURRINGEXPOSE' order by id`)
  const fields = rows.map(({ payload }) => JSON.parse(payload).FIELDS).filter(({ ID }) => ID === id)
  return Promise.all(fields.map(({ DEAL_ID }) => must('crm.deal.get', { id: DEAL_ID })))
}
const jobs = async (id: number): Promise<number> =>
  (await portal.portal.store.session().find(sql`select id from job where key = ${`deal-recurring:${id}`}`)).length

describe('a setting of recurring deals', () => {
  it('has a template of its own, a copy of the deal, and begins on its first day', async () => {
    const id = await add({ START_DATE: '2026-04-05', PARAMS: { ...daily, MULTIPLE_TYPE: 'MONTH' } })
    const row = await get(id)
    expect(row).toMatchObject({ ACTIVE: 'Y', IS_LIMIT: 'N', COUNTER_REPEAT: null, LAST_EXECUTION: '' })
    expect(row.NEXT_EXECUTION).toBe('2026-04-05T00:00:00+02:00')
    expect(row.PARAMS).toMatchObject({ MULTIPLE_TYPE: 'month', OFFSET_BEGINDATE_TYPE: null, OFFSET_BEGINDATE_VALUE: 0 })
    const [template, base] = [
      await must('crm.deal.get', { id: row.DEAL_ID }),
      await must('crm.deal.get', { id: row.BASED_ID }),
    ]
    expect([template.TITLE, template.IS_RECURRING, base.IS_RECURRING]).toEqual(['Rent', 'Y', 'N'])
  })

  it('belongs to a deal that is a template already, once', async () => {
    const template = await deal({ IS_RECURRING: 'Y' })
    const id = await add({ DEAL_ID: template })
    expect(await get(id)).toMatchObject({ DEAL_ID: String(template), BASED_ID: null })
    expect(await refused('crm.deal.recurring.add', { fields: { DEAL_ID: template, PARAMS: daily } })).toBe(
      'Deal already has recurring settings.',
    )
  })

  it('begins today where its start has passed, and keeps to its interval', async () => {
    const days = { ...daily, MULTIPLE_INTERVAL: 3 }
    expect((await get(await add({ START_DATE: '2026-03-01', PARAMS: days }))).NEXT_EXECUTION).toMatch(/^2026-03-07/)
    const before = { MODE: 'single', SINGLE_BEFORE_START_DATE_TYPE: 'week', SINGLE_BEFORE_START_DATE_VALUE: 1 }
    const single = await add({ START_DATE: '2026-04-20', PARAMS: before })
    expect((await get(single)).NEXT_EXECUTION).toMatch(/^2026-04-13/)
  })

  it('is changed in part, and its calendar follows', async () => {
    const id = await add({ START_DATE: '2026-03-10' })
    await must('crm.deal.recurring.update', { id, fields: { PARAMS: { MULTIPLE_INTERVAL: 2 } } })
    expect((await get(id)).PARAMS).toMatchObject({ MODE: 'multiple', MULTIPLE_TYPE: 'day', MULTIPLE_INTERVAL: 2 })
    await must('crm.deal.recurring.update', { id, fields: { START_DATE: '2026-03-20' } })
    expect([(await get(id)).NEXT_EXECUTION, await jobs(id)]).toEqual(['2026-03-20T00:00:00+01:00', 1])
    await must('crm.deal.recurring.update', { id, fields: { ACTIVE: 'N' } })
    expect([(await get(id)).NEXT_EXECUTION, await jobs(id)]).toEqual(['', 0])
  })

  it('is refused with what makes no sense', async () => {
    const DEAL_ID = await deal()
    const wrong = (fields: object) => refused('crm.deal.recurring.add', { fields })
    expect(await wrong({ PARAMS: daily })).toBe('Deal id is empty.')
    expect(await wrong({ DEAL_ID: 999_999 })).toBe('Deal id is empty.')
    for (const PARAMS of [{ MODE: 'often' }, { MULTIPLE_TYPE: 'hour' }, { MULTIPLE_INTERVAL: -1 }, 'text'])
      expect(await wrong({ DEAL_ID, PARAMS })).toContain('Parameters for calculating')
    expect(await wrong({ DEAL_ID, CATEGORY_ID: 999 })).toContain('there is no such pipeline')
    expect(await refused('crm.deal.recurring.get', { id: 'x' })).toBe('id is not defined or invalid.')
    expect(await refused('crm.deal.recurring.expose', { id: 999_999 })).toBe('Recurring deal is not found.')
  })

  it('goes with its template only, and takes its job along', async () => {
    const id = await add({ START_DATE: '2026-05-01' })
    expect(await refused('crm.deal.recurring.delete', { id })).toBe(
      'Deleting is impossible. Connected recurring deal exists.',
    )
    const news = announcements(portal)
    await news()
    await must('crm.deal.delete', { id: (await get(id)).DEAL_ID })
    expect(await news()).toContainEqual({ event: 'ONCRMDEALRECURRINGDELETE', fields: { ID: id } })
    expect([await refused('crm.deal.recurring.get', { id }), await jobs(id)]).toEqual([
      'Recurring deal is not found.',
      0,
    ])
  })

  it('loses the deal that it was made of, and nothing else', async () => {
    const id = await add()
    await must('crm.deal.delete', { id: (await get(id)).BASED_ID })
    expect((await get(id)).BASED_ID).toBeNull()
  })

  it('is found by filters, of which PARAMS is none', async () => {
    const id = await add({ IS_LIMIT: 'T', LIMIT_REPEAT: 77 })
    const { body } = await portal.call('crm.deal.recurring.list', {
      filter: { '=LIMIT_REPEAT': 77, '!PARAMS': { MODE: 'multiple' } },
      order: { deal_id: 'DESC' },
    })
    expect([body.total, body.result[0].ID, body.result[0].id]).toEqual([1, String(id), String(id)])
  })
})

describe('on its day', () => {
  it('a deal is made of the template, with all that it has', async () => {
    const field = { FIELD_NAME: 'NOTES', USER_TYPE_ID: 'string', MULTIPLE: 'Y' }
    await must('crm.deal.userfield.add', { fields: field })
    await must('crm.deal.userfield.add', { fields: { FIELD_NAME: 'PAPER', USER_TYPE_ID: 'file' } })
    const [first, second] = [
      await must('crm.contact.add', { fields: { NAME: 'A' } }),
      await must('crm.contact.add', { fields: { NAME: 'B' } }),
    ]
    const company = await must('crm.company.add', { fields: { TITLE: 'Tenant' } })
    const base = await deal({
      COMPANY_ID: company,
      CONTACT_IDS: [second, first],
      COMMENTS: 'Each month',
      UF_CRM_NOTES: ['one', 'two'],
      UF_CRM_PAPER: { fileData: ['paper.txt', Buffer.from('signed').toString('base64')] },
    })
    await must('crm.deal.productrows.set', { id: base, rows: [{ PRODUCT_NAME: 'Flat', PRICE: 500, QUANTITY: 2 }] })
    const offsets = {
      OFFSET_BEGINDATE_TYPE: 'day',
      OFFSET_BEGINDATE_VALUE: 1,
      OFFSET_CLOSEDATE_TYPE: 'month',
      OFFSET_CLOSEDATE_VALUE: 2,
    }
    const id = await add({ DEAL_ID: base, START_DATE: '2026-03-31', PARAMS: { ...daily, ...offsets } })
    // Clocks have gone forward since: midnight is at 23:00 of the winter's.
    portal.clock.at = at('2026-03-30T22:59:59')
    await portal.work()
    expect(await made(id)).toEqual([])
    const news = announcements(portal)
    await news()
    portal.clock.at += 1
    await portal.work()
    const [copy] = await made(id)
    expect(copy).toMatchObject({
      TITLE: 'Rent',
      COMMENTS: 'Each month',
      IS_RECURRING: 'N',
      COMPANY_ID: String(company),
      OPPORTUNITY: '1000.00',
      UF_CRM_NOTES: ['one', 'two'],
    })
    expect([copy?.BEGINDATE.slice(0, 10), copy?.CLOSEDATE.slice(0, 10)]).toEqual(['2026-04-01', '2026-05-31'])
    const contacts = await must('crm.deal.contact.items.get', { id: copy?.ID })
    expect(contacts.map((each: { CONTACT_ID: number }) => each.CONTACT_ID)).toEqual([second, first])
    expect(await must('crm.deal.productrows.get', { id: copy?.ID })).toMatchObject([
      { PRODUCT_NAME: 'Flat', QUANTITY: 2 },
    ])
    const template = await must('crm.deal.get', { id: (await get(id)).DEAL_ID })
    const files = [base, template.ID, copy?.ID].map(
      async (each) => (await must('crm.deal.get', { id: each })).UF_CRM_PAPER.id,
    )
    expect(new Set(await Promise.all(files)).size).toBe(3)
    await must('crm.deal.delete', { id: base })
    await must('crm.deal.delete', { id: template.ID })
    const { downloadUrl } = (await must('crm.deal.get', { id: copy?.ID })).UF_CRM_PAPER
    expect(
      (
        await portal.send({
          method: 'GET',
          url: new URL(downloadUrl, 'http://portal').href.replace(/^https?:\/\/[^/]+/, ''),
        })
      ).text,
    ).toBe('signed')
    const events = (await news()).filter(({ event, fields }) =>
      event.includes('RECURRING') ? fields.ID === id : event === 'ONCRMDEALADD' && fields.ID === Number(copy?.ID),
    )
    expect(events).toEqual([
      { event: 'ONCRMDEALADD', fields: { ID: Number(copy?.ID) } },
      { event: 'ONCRMDEALRECURRINGUPDATE', fields: { ID: id, RECURRING_DEAL_ID: Number(template.ID) } },
      {
        event: 'ONCRMDEALRECURRINGEXPOSE',
        fields: { ID: id, RECURRING_DEAL_ID: Number(template.ID), DEAL_ID: Number(copy?.ID) },
      },
      { event: 'ONCRMDEALRECURRINGDELETE', fields: { ID: id } },
    ])
  })

  it('the pipeline of the setting is taken, at its first stage', async () => {
    const { category } = await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Renewals' } })
    const id = await add({ CATEGORY_ID: category.id })
    await portal.work()
    expect(await made(id)).toMatchObject([{ CATEGORY_ID: String(category.id), STAGE_ID: `C${category.id}:NEW` }])
  })

  it('one is made each time, until the limit is reached', async () => {
    const id = await add({ START_DATE: '2026-03-06', IS_LIMIT: 'T', LIMIT_REPEAT: 2 })
    for (const day of ['06', '07', '08', '09']) {
      portal.clock.at = at(`2026-03-${day}T08:00:00`)
      await portal.work()
    }
    expect(await made(id)).toHaveLength(2)
    expect(await get(id)).toMatchObject({
      ACTIVE: 'N',
      COUNTER_REPEAT: '2',
      NEXT_EXECUTION: '',
      LAST_EXECUTION: '2026-03-07T00:00:00+01:00',
    })
  })

  it('none is made after the last date', async () => {
    const id = await add({ START_DATE: '2026-03-06', IS_LIMIT: 'D', LIMIT_DATE: '2026-03-06' })
    portal.clock.at = at('2026-03-06T00:00:00')
    await portal.work()
    expect([(await made(id)).length, (await get(id)).NEXT_EXECUTION]).toEqual([1, ''])
  })

  it('a portal that has slept through several dates makes one and goes on', async () => {
    const id = await add({ START_DATE: '2026-03-06', PARAMS: { ...daily, MULTIPLE_INTERVAL: 2 } })
    portal.clock.at = at('2026-03-13T12:00:00')
    await portal.work()
    expect([(await made(id)).length, (await get(id)).NEXT_EXECUTION]).toEqual([1, '2026-03-14T00:00:00+01:00'])
  })

  it('nothing is made of a template that is none any more', async () => {
    const id = await add({ START_DATE: '2026-03-06' })
    await must('crm.deal.update', { id: (await get(id)).DEAL_ID, fields: { IS_RECURRING: 'N' } })
    portal.clock.at = at('2026-03-07T12:00:00')
    await portal.work()
    expect([await made(id), (await get(id)).ACTIVE]).toEqual([[], 'N'])
    expect(await must('crm.deal.recurring.delete', { id })).toBe(true)
  })

  it('nothing is made where another server has done it', async () => {
    const id = await add({ START_DATE: '2026-03-06' })
    portal.clock.at = at('2026-03-06T12:00:00')
    const run = (finished: boolean): Promise<void> =>
      asAdministrator(portal, (context) =>
        exposing([recurringDeals])({
          ...context,
          now: portal.clock.at ?? 0,
          job: { id: 1, kind: '', key: '', due: 0, userId: 1, attempts: 0, payload: { entityTypeId: 2, id } },
          finish: () => Promise.resolve(finished),
          call: () => Promise.reject(new Error('not asked for')),
        }),
      )
    await run(false)
    expect(await made(id)).toEqual([])
    await run(true)
    // A second job of the same day finds the date passed.
    await run(true)
    expect(await made(id)).toHaveLength(1)
  })
})

describe('outside of its days', () => {
  it('a deal is made at once and counted, and the calendar stays', async () => {
    const id = await add({ START_DATE: '2026-04-01' })
    const { DEAL_ID } = await must('crm.deal.recurring.expose', { id })
    expect(await must('crm.deal.get', { id: DEAL_ID })).toMatchObject({ TITLE: 'Rent', IS_RECURRING: 'N' })
    expect(await get(id)).toMatchObject({ COUNTER_REPEAT: '1', NEXT_EXECUTION: '2026-04-01T00:00:00+02:00' })
  })
})

describe('rights', () => {
  const everyone = (level: string): Promise<number> =>
    asAdministrator(portal, ({ portal: { caches }, session }) =>
      caches.changing(session, ['roles'], (tx) => tx.change(sql`update crm_role_permission set level = ${level}`)),
    )

  it('are those to the deals: none', async () => {
    const { hook } = await portal.person()
    const id = await add()
    const DEAL_ID = await deal()
    await everyone('none')
    for (const [method, params] of [
      ['add', { fields: { DEAL_ID, PARAMS: daily } }],
      ['get', { id }],
      ['list', {}],
      ['fields', {}],
      ['update', { id, fields: { ACTIVE: 'N' } }],
      ['delete', { id }],
      ['expose', { id }],
    ] as const)
      expect(await refused(`crm.deal.recurring.${method}`, params, { as: hook })).toBe('Access denied.')
    await everyone('all')
  })

  it('are those to the deals: to templates that one is responsible for', async () => {
    const person = await portal.person()
    const as = { as: person.hook }
    const others = await add()
    const mine = await add({ DEAL_ID: await deal({ ASSIGNED_BY_ID: person.id }) })
    const foreign = await deal()
    await everyone('own')
    const rows = await must('crm.deal.recurring.list', {}, as)
    expect(rows.map(({ ID }: { ID: string }) => ID)).toEqual([String(mine)])
    expect(await must('crm.deal.recurring.get', { id: mine }, as)).toMatchObject({ ID: String(mine) })
    expect(await must('crm.deal.recurring.update', { id: mine, fields: { ACTIVE: 'N' } }, as)).toBe(true)
    for (const [method, params] of [
      ['add', { fields: { DEAL_ID: foreign, PARAMS: daily } }],
      ['get', { id: others }],
      ['update', { id: others, fields: { ACTIVE: 'N' } }],
      ['delete', { id: others }],
      ['expose', { id: others }],
    ] as const)
      expect(await refused(`crm.deal.recurring.${method}`, params, as)).toBe('Access denied.')
    await everyone('all')
  })
})
