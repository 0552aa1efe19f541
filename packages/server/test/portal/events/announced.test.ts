import { describe, expect, it } from 'vitest'
import { announceArrival } from '../../../src/modules/people/invitation.ts'
import { eventNames } from '../../../src/modules/event/names.ts'
import { sql } from '../../../src/store/sql.ts'
import { docx } from '../../support/docx.ts'
import { testPortal } from '../../support/portal.ts'

// The wire's own shape: tests state what it shows.
type Result = any // eslint-disable-line typescript/no-explicit-any

const NOW = 1_790_000_000
const portal = await testPortal({ at: NOW, office: 'no-such-office' })

async function call(method: string, parameters: object = {}): Promise<Result> {
  const { status, body } = await portal.call(method, parameters)
  if (status !== 200) throw new Error(`${method}: ${body.error_description}`)
  return body.result
}
const add = (family: string, fields: object): Promise<number> => call(`${family}.add`, { fields })

/** As handlers get it: everything is a text. */
const texts = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(texts)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each)]))
      : String(value)

type Told = readonly [event: string, data: unknown]
const seen = new Set<string>()
let last = 0

/** What has been announced since it was asked last. */
async function told(): Promise<Told[]> {
  const rows = await portal.portal.store
    .session()
    .find<{ at: number; event: string; payload: string; entity_type_id: number }>(
      sql`select at, event, payload, entity_type_id from outbox where at > ${last} order by at`,
    )
  last = Math.max(last, ...rows.map(({ at }) => Number(at)))
  for (const { event } of rows) seen.add(event)
  return rows.map(({ event, payload }) => [event, texts(JSON.parse(payload))] as const)
}
const id = (ID: unknown, more: object = {}): unknown => texts({ FIELDS: { ID, ...more } })

/** Adding, changing and deleting, each of which is announced once under its own name and is nothing else's cause. */
async function lifeOf(
  name: string,
  family: string,
  fields: object,
  { change = fields, more = {}, deleting = {} }: { change?: object; more?: object; deleting?: object } = {},
): Promise<void> {
  await told()
  const made = await add(family, fields)
  expect(await told()).toContainEqual([`${name}ADD`, id(made, more)])
  await call(`${family}.update`, { id: made, fields: change })
  // The catalogue calls the same event by a name of its own.
  const changed = (await told()).filter(([event]) => !event.startsWith('CATALOG.'))
  expect(changed).toEqual([[`${name}UPDATE`, id(made, more)]])
  await call(`${family}.delete`, { id: made, ...deleting })
  expect(await told()).toContainEqual([`${name}DELETE`, id(made, more)])
}

describe('records', () => {
  it.each([
    ['ONCRMLEAD', 'crm.lead', { TITLE: 'A lead' }],
    ['ONCRMDEAL', 'crm.deal', { TITLE: 'A deal' }],
    ['ONCRMCONTACT', 'crm.contact', { NAME: 'Ada' }],
    ['ONCRMCOMPANY', 'crm.company', { TITLE: 'A company' }],
    ['ONCRMQUOTE', 'crm.quote', { TITLE: 'A quote' }],
    ['ONCRMPRODUCT', 'crm.product', { NAME: 'Tea' }],
    ['ONCRMPRODUCTSECTION', 'crm.productsection', { NAME: 'Drinks' }],
    ['ONCRMPRODUCTPROPERTY', 'crm.product.property', { NAME: 'Colour', PROPERTY_TYPE: 'S' }, { NAME: 'Size' }],
    ['ONCRMMEASURE', 'crm.measure', { CODE: 4711, MEASURE_TITLE: 'Barrel' }],
  ])('%s', (name, family, fields, change?: object) =>
    lifeOf(name, family, fields, change === undefined ? {} : { change }),
  )

  it('invoices, and that they get another status', async () => {
    const base = { ORDER_TOPIC: 'Delivery', PERSON_TYPE_ID: 1, PAY_SYSTEM_ID: 1, STATUS_ID: 'N' }
    const rows = { PRODUCT_ROWS: [{ ID: 0, PRODUCT_NAME: 'Tea', PRICE: 1, QUANTITY: 1 }] }
    await lifeOf('ONCRMINVOICE', 'crm.invoice', { ...base, ...rows }, { change: { ORDER_TOPIC: 'Another' } })
    const made = await add('crm.invoice', { ...base, ...rows })
    await told()
    await call('crm.invoice.update', { id: made, fields: { STATUS_ID: 'S' } })
    expect(await told()).toEqual([
      ['ONCRMINVOICEUPDATE', id(made)],
      ['ONCRMINVOICESETSTATUS', id(made)],
    ])
  })

  it('items of smart processes and smart invoices', async () => {
    const { entityTypeId } = (await call('crm.type.add', { fields: { title: 'Cars' } })).type
    for (const type of [entityTypeId, 31]) {
      await told()
      const item = (await call('crm.item.add', { entityTypeId: type, fields: { title: 'One' } })).item.id
      await call('crm.item.update', { entityTypeId: type, id: item, fields: { title: 'Two' } })
      await call('crm.item.delete', { entityTypeId: type, id: item })
      const data = id(item, { ENTITY_TYPE_ID: type })
      expect(await told()).toEqual(['ADD', 'UPDATE', 'DELETE'].map((verb) => [`ONCRMDYNAMICITEM${verb}`, data]))
    }
  })

  it('deals that go to another pipeline', async () => {
    const { id: category } = (await call('crm.category.add', { entityTypeId: 2, fields: { name: 'Repairs' } })).category
    const deal = await add('crm.deal', { TITLE: 'Moves' })
    await told()
    await call('crm.item.update', { entityTypeId: 2, id: deal, fields: { categoryId: category } })
    expect(await told()).toEqual([
      ['ONCRMDEALUPDATE', id(deal)],
      ['ONCRMDEALMOVETOCATEGORY', id(deal, { CATEGORY_ID: category, STAGE_ID: `C${category}:NEW` })],
    ])
  })

  it('activities', async () => {
    const deal = await add('crm.deal', { TITLE: 'With activities' })
    await lifeOf(
      'ONCRMACTIVITY',
      'crm.activity',
      {
        OWNER_TYPE_ID: 2,
        OWNER_ID: deal,
        TYPE_ID: 2,
        SUBJECT: 'Call',
        COMMUNICATIONS: [{ VALUE: '+4930', ENTITY_ID: deal, ENTITY_TYPE_ID: 2 }],
      },
      { change: { SUBJECT: 'Call again' } },
    )
  })

  it('comments of the timeline, under both names that handlers read', async () => {
    const deal = await add('crm.deal', { TITLE: 'Talked about' })
    await told()
    const comment = await add('crm.timeline.comment', { ENTITY_ID: deal, ENTITY_TYPE: 'deal', COMMENT: 'Hm' })
    await call('crm.timeline.comment.update', { id: comment, fields: { COMMENT: 'Aha' } })
    await call('crm.timeline.comment.delete', { id: comment })
    const data = texts({ ID: comment, FIELDS: { ID: comment } })
    expect(await told()).toEqual(['ADD', 'UPDATE', 'DELETE'].map((verb) => [`ONCRMTIMELINECOMMENT${verb}`, data]))
  })
})

describe('what belongs to clients', () => {
  it('requisites and bank details', async () => {
    const company = await add('crm.company', { TITLE: 'A company' })
    const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: company, PRESET_ID: 1, NAME: 'Main' }
    await lifeOf('ONCRMREQUISITE', 'crm.requisite', fields, { change: { NAME: 'Other' } })
    const requisite = await add('crm.requisite', fields)
    await lifeOf(
      'ONCRMBANKDETAIL',
      'crm.requisite.bankdetail',
      { ENTITY_ID: requisite, NAME: 'Bank' },
      { change: { NAME: 'Other' } },
    )
  })

  it('addresses that come and go', async () => {
    const company = await add('crm.company', { TITLE: 'A company' })
    const requisite = await add('crm.requisite', {
      ENTITY_TYPE_ID: 4,
      ENTITY_ID: company,
      PRESET_ID: 1,
      NAME: 'Main',
    })
    await told()
    const address = { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite }
    const data = texts({ FIELDS: { ...address, ANCHOR_ID: company, ANCHOR_TYPE_ID: 4 } })
    await call('crm.address.add', { fields: { ...address, ADDRESS_1: 'Main street 1' } })
    expect(await told()).toContainEqual(['ONCRMADDRESSREGISTER', data])
    await call('crm.address.delete', { fields: address })
    expect(await told()).toContainEqual(['ONCRMADDRESSUNREGISTER', data])
  })
})

describe('settings', () => {
  it('smart processes', async () => {
    await told()
    const { id: type } = (await call('crm.type.add', { fields: { title: 'Boats' } })).type
    expect(await told()).toContainEqual(['ONCRMTYPEADD', id(type)])
    await call('crm.type.update', { id: type, fields: { title: 'Ships' } })
    expect(await told()).toEqual([['ONCRMTYPEUPDATE', id(type)]])
    await call('crm.type.delete', { id: type })
    expect(await told()).toEqual([['ONCRMTYPEDELETE', id(type)]])
  })

  it('currencies, by their codes', async () => {
    await told()
    await call('crm.currency.add', { fields: { CURRENCY: 'CHE', AMOUNT_CNT: 1, AMOUNT: 2, SORT: 10 } })
    await call('crm.currency.update', { id: 'CHE', fields: { AMOUNT: 3 } })
    await call('crm.currency.delete', { id: 'CHE' })
    expect(await told()).toEqual(['ADD', 'UPDATE', 'DELETE'].map((verb) => [`ONCRMCURRENCY${verb}`, id('CHE')]))
  })

  it.each([
    ['ONCRMLEAD', 'crm.lead', 'CRM_LEAD'],
    ['ONCRMDEAL', 'crm.deal', 'CRM_DEAL'],
    ['ONCRMCONTACT', 'crm.contact', 'CRM_CONTACT'],
    ['ONCRMCOMPANY', 'crm.company', 'CRM_COMPANY'],
    ['ONCRMQUOTE', 'crm.quote', 'CRM_QUOTE'],
    ['ONCRMREQUISITE', 'crm.requisite', 'CRM_REQUISITE'],
    ['ONCRMINVOICE', 'crm.invoice', 'ORDER'],
  ])('user fields: %sUSERFIELD…', async (name, family, ENTITY_ID) => {
    await told()
    const fields = { FIELD_NAME: 'COLOUR', USER_TYPE_ID: 'enumeration', LIST: [{ VALUE: 'Red' }], LABEL: 'Colour' }
    const made = await call(`${family}.userfield.add`, { fields })
    const first = await told()
    const { FIELD_NAME } = await call(`${family}.userfield.get`, { id: made })
    const data = id(made, { ENTITY_ID, FIELD_NAME })
    expect(first).toEqual([
      [`${name}USERFIELDADD`, data],
      [`${name}USERFIELDSETENUMVALUES`, data],
    ])
    await call(`${family}.userfield.update`, { id: made, fields: { LIST: [{ VALUE: 'Green' }] } })
    expect(await told()).toEqual([
      [`${name}USERFIELDUPDATE`, data],
      [`${name}USERFIELDSETENUMVALUES`, data],
    ])
    await call(`${family}.userfield.update`, { id: made, fields: { SORT: 7 } })
    expect(await told()).toEqual([[`${name}USERFIELDUPDATE`, data]])
    await call(`${family}.userfield.delete`, { id: made })
    expect(await told()).toEqual([[`${name}USERFIELDDELETE`, data]])
  })

  it('user fields of smart processes', async () => {
    const { id: type } = (await call('crm.type.add', { fields: { title: 'Trains' } })).type
    const entityId = `CRM_${type}`
    const fieldName = `UF_CRM_${type}_COLOUR`
    await told()
    const { field } = await call('userfieldconfig.add', {
      moduleId: 'crm',
      field: { entityId, fieldName, userTypeId: 'enumeration', enum: [{ value: 'Red' }] },
    })
    const data = id(field.id, { ENTITY_ID: entityId, FIELD_NAME: fieldName })
    expect(await told()).toEqual([
      ['ONCRMTYPEUSERFIELDADD', data],
      ['ONCRMTYPEUSERFIELDSETENUMVALUES', data],
    ])
    await call('userfieldconfig.update', { moduleId: 'crm', id: field.id, field: { sort: 7 } })
    expect(await told()).toEqual([['ONCRMTYPEUSERFIELDUPDATE', data]])
    await call('userfieldconfig.delete', { moduleId: 'crm', id: field.id })
    expect(await told()).toEqual([['ONCRMTYPEUSERFIELDDELETE', data]])
  })
})

describe('what recurs', () => {
  it('deals', async () => {
    const deal = await add('crm.deal', { TITLE: 'Rent', IS_RECURRING: 'Y' })
    await told()
    const PARAMS = { MODE: 'multiple', MULTIPLE_TYPE: 'day', MULTIPLE_INTERVAL: 1 }
    const made = await add('crm.deal.recurring', { DEAL_ID: deal, PARAMS })
    expect(await told()).toContainEqual(['ONCRMDEALRECURRINGADD', id(made, { RECURRING_DEAL_ID: deal })])
    await call('crm.deal.recurring.update', { id: made, fields: { PARAMS: { ...PARAMS, MULTIPLE_INTERVAL: 2 } } })
    expect(await told()).toContainEqual(['ONCRMDEALRECURRINGUPDATE', id(made, { RECURRING_DEAL_ID: deal })])
    const { DEAL_ID } = await call('crm.deal.recurring.expose', { id: made })
    expect(await told()).toContainEqual(['ONCRMDEALRECURRINGEXPOSE', id(made, { RECURRING_DEAL_ID: deal, DEAL_ID })])
    // It goes with its template alone.
    await call('crm.deal.delete', { id: deal })
    expect(await told()).toContainEqual(['ONCRMDEALRECURRINGDELETE', id(made)])
  })

  it('invoices', async () => {
    const company = await add('crm.company', { TITLE: 'Client' })
    const invoice = await add('crm.invoice', {
      ORDER_TOPIC: 'Hosting',
      PAY_SYSTEM_ID: 1,
      PERSON_TYPE_ID: 1,
      UF_COMPANY_ID: company,
      IS_RECURRING: 'Y',
      PRODUCT_ROWS: [{ ID: 0, PRODUCT_NAME: 'Server', PRICE: 10, QUANTITY: 3 }],
    })
    await told()
    const PARAMS = { PERIOD: 'day', INTERVAL: 30 }
    const made = await add('crm.invoice.recurring', { INVOICE_ID: invoice, PARAMS })
    await call('crm.invoice.recurring.update', { id: made, fields: { PARAMS: { ...PARAMS, INTERVAL: 31 } } })
    await call('crm.invoice.recurring.expose', { id: made })
    await call('crm.invoice.recurring.delete', { id: made })
    const names = (await told()).map(([event]) => event)
    for (const verb of ['ADD', 'UPDATE', 'EXPOSE', 'DELETE']) expect(names).toContain(`ONCRMINVOICERECURRING${verb}`)
  })
})

describe('the catalogue', () => {
  it('products say what kind they are; prices, price types and roundings their ids', async () => {
    const { id: iblockId } = (await call('catalog.catalog.list')).catalogs[0]
    await told()
    const product = (await call('catalog.product.add', { fields: { iblockId, name: 'Tea' } })).element
    const data = id(product.id, { TYPE: 1 })
    expect(await told()).toContainEqual(['CATALOG.PRODUCT.ON.ADD', data])
    await call('catalog.product.update', { id: product.id, fields: { name: 'Green tea' } })
    expect(await told()).toContainEqual(['CATALOG.PRODUCT.ON.UPDATE', data])

    const type = (await call('catalog.priceType.add', { fields: { name: 'WHOLESALE' } })).priceType.id
    await call('catalog.priceType.update', { id: type, fields: { name: 'RETAIL' } })
    const fields = { productId: product.id, catalogGroupId: type, currency: 'EUR', price: 2 }
    const price = (await call('catalog.price.add', { fields })).price.id
    await call('catalog.price.update', { id: price, fields: { ...fields, price: 3 } })
    await call('catalog.price.delete', { id: price })
    const rule = { catalogGroupId: type, price: 100, roundType: 1, roundPrecision: 1 }
    const rounding = (await call('catalog.roundingRule.add', { fields: rule })).roundingRule.id
    await call('catalog.roundingRule.update', { id: rounding, fields: { price: 200 } })
    await call('catalog.roundingRule.delete', { id: rounding })
    await call('catalog.priceType.delete', { id: type })
    const events = await told()
    for (const [base, which] of [
      ['CATALOG.PRICE.TYPE.ON', type],
      ['CATALOG.PRICE.ON', price],
      ['CATALOG.ROUNDING.ON', rounding],
    ])
      expect(events.filter(([event]) => event.startsWith(`${base}.`))).toEqual([
        [`${base}.ADD`, id(which)],
        [`${base}.UPDATE`, id(which)],
        [`${base}.DELETE`, id(which)],
      ])
    await call('catalog.product.delete', { id: product.id })
    expect(await told()).toContainEqual(['CATALOG.PRODUCT.ON.DELETE', data])
  })

  it('units of measurement', async () => {
    await told()
    const fields = { code: 4712, measureTitle: 'Keg', symbol: 'k', isDefault: 'N' }
    const measure = (await call('catalog.measure.add', { fields })).measure.id
    await call('catalog.measure.update', { id: measure, fields: { measureTitle: 'Cask' } })
    await call('catalog.measure.delete', { id: measure })
    const events = (await told()).filter(([event]) => event.startsWith('CATALOG.'))
    expect(events).toEqual(['ADD', 'UPDATE', 'DELETE'].map((verb) => [`CATALOG.MEASURE.ON.${verb}`, id(measure)]))
  })
})

it('documents say to which record they belong', async () => {
  const G = 'crm.documentgenerator'
  const numerator = (await call(`${G}.numerator.add`, { fields: { name: 'Offers', template: '{NUMBER}' } })).numerator
  const file = ['offer.docx', docx(['{Title}']).toString('base64')]
  const template = { name: 'Offer', file, numeratorId: numerator.id, region: 'de', entityTypeId: ['2'], users: ['UA'] }
  const templateId = (await call(`${G}.template.add`, { fields: template })).template.id
  const deal = await add('crm.deal', { TITLE: 'Ten engines' })
  await told()
  const made = (await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: deal })).document.id
  const data = id(made, { ENTITY_TYPE_ID: 2, ENTITY_ID: deal })
  expect(await told()).toContainEqual(['ONCRMDOCUMENTGENERATORDOCUMENTADD', data])
  await call(`${G}.document.update`, { id: made, values: { Title: 'Eleven' } })
  expect(await told()).toContainEqual(['ONCRMDOCUMENTGENERATORDOCUMENTUPDATE', data])
  await call(`${G}.document.delete`, { id: made })
  expect(await told()).toContainEqual(['ONCRMDOCUMENTGENERATORDOCUMENTDELETE', data])
})

it('people who come are told with what is known of them', async () => {
  const { id: person } = await portal.person()
  await told()
  const session = portal.portal.store.session()
  await session.transaction((tx) => announceArrival(portal.portal, tx, person, NOW))
  await session.settled()
  const [[event, data] = []] = await told()
  expect(event).toBe('ONUSERADD')
  expect(Object.keys(data as object)).toEqual([
    'ID',
    'ACTIVE',
    'EMAIL',
    'NAME',
    'LAST_NAME',
    'PERSONAL_GENDER',
    'PERSONAL_BIRTHDAY',
    'UF_DEPARTMENT',
    'DATE_REGISTER',
    'WORK_POSITION',
    'UF_EMPLOYMENT_DATE',
  ])
})

/** What only an application of its own, a marketplace or a button of it can cause (the other tests of events). */
const elsewhere = new Set([...eventNames([], ''), 'ONCRMTIMELINEITEMACTION'])

it('every event that handlers can be bound to has happened above, and no other', () => {
  const names = new Set(eventNames([]))
  expect([...seen].filter((name) => !names.has(name))).toEqual([])
  expect([...names].filter((name) => !seen.has(name) && !elsewhere.has(name))).toEqual([])
})
