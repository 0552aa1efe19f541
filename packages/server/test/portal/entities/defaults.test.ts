import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

/** Shortly after midnight in Berlin, when it is still the day before in Greenwich. */
const portal = await testPortal({ timezone: 'Europe/Berlin', at: Date.parse('2026-03-02T00:30:00+01:00') / 1000 })

const add = async (entityTypeId: number, fields: object = {}) =>
  (await portal.call('crm.item.add', { entityTypeId, fields })).body.result.item
const today = '2026-03-02T01:00:00+01:00'
const weekLater = '2026-03-09T01:00:00+01:00'

await portal.call('crm.type.add', {
  fields: {
    title: 'Repair',
    entityTypeId: 130,
    isStagesEnabled: 'Y',
    isBeginCloseDatesEnabled: 'Y',
    isLinkWithProductsEnabled: 'Y',
    isMycompanyEnabled: 'Y',
    isSourceEnabled: 'Y',
  },
})

/** crm-item-add.md, field by field. */
const documented: readonly [name: string, entityTypeId: number, defaults: Record<string, unknown>][] = [
  ['lead', 1, { sourceId: 'CALL', stageId: 'NEW', stageSemanticId: 'P', honorific: null, isReturnCustomer: 'N' }],
  [
    'deal',
    2,
    {
      typeId: 'SALE',
      categoryId: 0,
      stageId: 'NEW',
      isNew: 'Y',
      closed: 'N',
      isRecurring: 'N',
      isReturnCustomer: 'N',
      isRepeatedApproach: 'N',
      probability: null,
      begindate: today,
      closedate: weekLater,
      sourceId: 'CALL',
      taxValue: 0,
      leadId: null,
      quoteId: null,
    },
  ],
  ['contact', 3, { honorific: null, typeId: 'CLIENT', sourceId: 'CALL', export: 'Y', name: null, photo: null }],
  [
    'company',
    4,
    { typeId: 'CUSTOMER', industry: 'IT', employees: 'EMPLOYEES_1', revenue: 0, isMyCompany: 'N', contactIds: [] },
  ],
  [
    'quote',
    7,
    {
      stageId: 'DRAFT',
      begindate: today,
      closedate: weekLater,
      actualDate: weekLater,
      storageTypeId: 3,
      closed: 'N',
      dealId: null,
    },
  ],
  ['invoice', 31, { begindate: today, closedate: weekLater, sourceId: 'CALL', previousStageId: null, xmlId: null }],
  ['item of a smart process', 130, { begindate: today, closedate: weekLater, sourceId: 'CALL' }],
]

describe('defaults of a new record', () => {
  it.each(documented)('a %s (%i) gets the documented ones', async (_name, entityTypeId, defaults) => {
    expect(await add(entityTypeId)).toMatchObject({
      ...defaults,
      assignedById: 1,
      createdBy: 1,
      updatedBy: 1,
      opened: 'Y',
      createdTime: '2026-03-02T00:30:00+01:00',
      updatedTime: '2026-03-02T00:30:00+01:00',
      lastActivityTime: '2026-03-02T00:30:00+01:00',
    })
  })

  it.each([1, 2, 4, 7, 31, 130])('an amount of type %i is in the base currency', async (entityTypeId) => {
    expect((await add(entityTypeId)).currencyId).toBe('USD')
  })

  it.each([
    [1, 'Lead'],
    [2, 'Deal'],
    [4, 'Company'],
    [7, 'Estimate'],
    [31, 'Invoice'],
    [130, 'Repair'],
  ])('a record of type %i without a title is called %s and its number', async (entityTypeId, name) => {
    const item = await add(entityTypeId, { title: '' })
    expect(item.title).toBe(`${name} #${item.id}`)
  })

  it('belongs to the caller', async () => {
    const { id, hook } = await portal.person()
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'Mine' } }, { as: hook })
    expect((await portal.call('crm.lead.get', { id: body.result })).body.result).toMatchObject({
      ASSIGNED_BY_ID: String(id),
      CREATED_BY_ID: String(id),
    })
  })

  it('estimates and invoices are numbered by their ids', async () => {
    const quote = await add(7)
    expect(quote.quoteNumber).toBe(String(quote.id))
    const invoice = await add(31)
    expect(invoice.accountNumber).toBe(String(invoice.id))
  })

  it('crm.contact.add gives the first salutation, as its page says', async () => {
    const { body } = await portal.call('crm.contact.add', { fields: { NAME: 'Ann' } })
    expect((await portal.call('crm.contact.get', { id: body.result })).body.result).toMatchObject({
      HONORIFIC: 'HNR_EN_1',
      NAME: 'Ann',
      LAST_NAME: null,
    })
  })

  it('documents are of the first company of our own', async () => {
    expect((await add(7)).mycompanyId).toBe(0)
    const [mine] = [await add(4, { isMyCompany: 'Y' }), await add(4, { isMyCompany: 'Y' })]
    for (const entityTypeId of [7, 31, 130]) expect((await add(entityTypeId)).mycompanyId).toBe(mine.id)
    const other = await add(4)
    expect((await add(7, { mycompanyId: other.id })).mycompanyId).toBe(other.id)
  })

  it('tax follows the product rows, of which there are none', async () => {
    const deal = await add(2, { taxValue: 99.9 })
    expect(deal.taxValue).toBe(0)
    const changed = await portal.call('crm.item.update', {
      entityTypeId: 2,
      id: deal.id,
      fields: { taxValue: 5, title: 'Taxed' },
    })
    expect(changed.body.result.item).toMatchObject({ taxValue: 0, title: 'Taxed' })
  })

  it('obsolete fields are null whatever is sent', async () => {
    expect(await add(2, { isWork: 'Y', hasProducts: 'Y', begindateShort: '2026-01-01', productId: '5' })).toMatchObject(
      {
        isWork: null,
        hasProducts: null,
        begindateShort: null,
        productId: null,
      },
    )
  })

  it('a long subject of an estimate is cut, not refused', async () => {
    const { body } = await portal.call('crm.quote.add', { fields: { TITLE: 'x'.repeat(300) } })
    expect((await portal.call('crm.quote.get', { id: body.result })).body.result.TITLE).toBe('x'.repeat(255))
  })

  it('amounts look as documented', async () => {
    const company = await portal.call('crm.company.add', { fields: { TITLE: 'A', REVENUE: '3000000.5' } })
    const shown = await portal.call('crm.company.get', { id: company.body.result })
    expect(shown.body.result.REVENUE).toBe('3000000.5')
    const deal = await portal.call('crm.deal.add', { fields: { OPPORTUNITY: 7 } })
    expect((await portal.call('crm.deal.get', { id: deal.body.result })).body.result).toMatchObject({
      OPPORTUNITY: '7.00',
      TAX_VALUE: '0.00',
      IS_MANUAL_OPPORTUNITY: 'N',
      BEGINDATE: today,
    })
  })
})
