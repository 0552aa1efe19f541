import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const announced = announcements(portal)

const must = async (method: string, params: object) => {
  const { body } = await portal.call(method, params)
  if (body.error !== undefined) throw new Error(`${method}: ${body.error} ${body.error_description}`)
  return body.result
}
const add = async (entityTypeId: number, fields: object = {}): Promise<number> =>
  (await must('crm.item.add', { entityTypeId, fields })).item.id
const get = async (entityTypeId: number, id: number) => (await must('crm.item.get', { entityTypeId, id })).item
const exists = async (entityTypeId: number, id: number): Promise<boolean> =>
  (await portal.call('crm.item.get', { entityTypeId, id })).status === 200
const merge = async (entityTypeId: number, ...entityIds: number[]) =>
  must('crm.entity.mergeBatch', { params: { entityTypeId, entityIds } })
const phone = (value: string) => ({ typeId: 'PHONE', valueType: 'WORK', value })
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('records that agree', () => {
  it('become one: what is empty in the first is taken from the others, which go', async () => {
    const main = await add(3, { name: 'Ann', fm: [phone('+49301')] })
    const other = await add(3, {
      name: 'Ann',
      lastName: 'Smith',
      post: 'CEO',
      fm: [phone('+49 30-1'), phone('+49302')],
    })
    const third = await add(3, { lastName: 'Smith', birthdate: '1990-05-01' })
    await announced()
    expect(await merge(3, main, other, third)).toEqual({ STATUS: 'SUCCESS', ENTITY_IDS: [other, third] })
    const item = await get(3, main)
    expect(item).toMatchObject({ name: 'Ann', lastName: 'Smith', post: 'CEO' })
    expect(item.birthdate).toContain('1990-05-01')
    expect(item.fm.map(({ value }: { value: string }) => value)).toEqual(['+49301', '+49302'])
    expect(await exists(3, other)).toBe(false)
    expect(await exists(3, third)).toBe(false)
    expect(await announced()).toEqual([
      { event: 'ONCRMCONTACTUPDATE', fields: { ID: main } },
      { event: 'ONCRMCONTACTDELETE', fields: { ID: other } },
      { event: 'ONCRMCONTACTDELETE', fields: { ID: third } },
    ])
  })

  it('may be identical, and may have been given nothing but what every new record gets', async () => {
    for (const [entityTypeId, fields] of [
      [1, {}],
      [2, { opportunity: 100 }],
      [3, { name: 'Same' }],
      [4, { title: 'Same' }],
      [7, { title: 'Same' }],
      [31, {}],
    ] as const) {
      const [main, other] = [await add(entityTypeId, fields), await add(entityTypeId, fields)]
      expect(await merge(entityTypeId, main, other)).toEqual({ STATUS: 'SUCCESS', ENTITY_IDS: [other] })
    }
  })

  it('take an amount over with its currency', async () => {
    const main = await add(2, { title: 'Deal' })
    const other = await add(2, { title: 'Deal', opportunity: 250.5, currencyId: 'EUR', isManualOpportunity: 'Y' })
    expect(await merge(2, main, other)).toMatchObject({ STATUS: 'SUCCESS' })
    expect(await get(2, main)).toMatchObject({ opportunity: 250.5, currencyId: 'EUR', isManualOpportunity: 'Y' })
  })
})

describe('records that contradict each other', () => {
  it.each([
    ['a name', 3, { name: 'Ann' }, { name: 'Bob' }],
    ['a stage', 2, { title: 'D' }, { title: 'D', stageId: 'WON' }],
    ['an amount', 2, { title: 'D', opportunity: 1 }, { title: 'D', opportunity: 2 }],
    ['a currency', 2, { title: 'D', opportunity: 1 }, { title: 'D', opportunity: 1, currencyId: 'EUR' }],
    ['a photo', 3, { photo: ['a.png', pixel] }, { photo: ['b.png', pixel] }],
  ] as const)('in %s stay as they are', async (_what, entityTypeId, one, two) => {
    const [main, other] = [await add(entityTypeId, one), await add(entityTypeId, two)]
    const third = await add(entityTypeId, { ...one, comments: 'more' })
    const before = await portal.census()
    expect(await merge(entityTypeId, main, third, other)).toEqual({ STATUS: 'CONFLICT', ENTITY_IDS: [] })
    expect(await portal.census()).toEqual(before)
  })

  it('even if it is two of the others that do', async () => {
    const [main, a, b] = [await add(3), await add(3, { name: 'Ann' }), await add(3, { name: 'Bob' })]
    expect(await merge(3, main, a, b)).toMatchObject({ STATUS: 'CONFLICT' })
  })
})

it('a merger whose result may not be saved changes nothing, and says so', async () => {
  const field = await must('crm.contact.userfield.add', {
    fields: { FIELD_NAME: 'GUIDE', USER_TYPE_ID: 'employee', LABEL: 'Guide' },
  })
  const { id: person } = await portal.person()
  const [main, other] = [await add(3), await add(3, { ufCrmGuide: person })]
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['people'], (tx) =>
    tx.change(sql`update portal_user set active = 'N' where id = ${person}`),
  )
  await session.settled()
  const before = await portal.census()
  // Nobody who has left is put into a field of employees.
  expect(await merge(3, main, other)).toEqual({ STATUS: 'ERROR', ENTITY_IDS: [] })
  expect(await portal.census()).toEqual(before)
  expect(await exists(3, other)).toBe(true)
  await must('crm.contact.userfield.delete', { id: field })
})

describe('what belongs to the others', () => {
  beforeAll(async () => {
    await must('crm.type.add', {
      fields: {
        title: 'Visit',
        entityTypeId: 150,
        isClientEnabled: 'Y',
        relations: { parent: [{ entityTypeId: 2, isChildrenListEnabled: 'Y' }] },
      },
    })
    await must('crm.deal.userfield.add', {
      fields: { FIELD_NAME: 'WHO', USER_TYPE_ID: 'crm', SETTINGS: { CONTACT: 'Y', COMPANY: 'Y' } },
    })
    await must('crm.deal.userfield.add', {
      fields: { FIELD_NAME: 'MANY', USER_TYPE_ID: 'crm', MULTIPLE: 'Y', SETTINGS: { CONTACT: 'Y' } },
    })
    await must('crm.contact.userfield.add', { fields: { FIELD_NAME: 'DOCS', USER_TYPE_ID: 'file', MULTIPLE: 'Y' } })
    await must('crm.contact.userfield.add', { fields: { FIELD_NAME: 'TAGS', USER_TYPE_ID: 'string', MULTIPLE: 'Y' } })
  })

  it('links, in both directions, and each once', async () => {
    const [one, two] = [await add(4, { title: 'One' }), await add(4, { title: 'Two' })]
    const main = await add(3, { name: 'Ann', companyIds: [one] })
    const other = await add(3, { name: 'Ann', companyIds: [two, one] })
    const elsewhere = await add(3, { name: 'Else' })
    const both = await add(2, { contactIds: [other, elsewhere, main] })
    const theirs = await add(1, { contactIds: [other] })
    const visit = await add(150, { contactIds: [elsewhere, other] })
    await merge(3, main, other)
    expect(await get(3, main)).toMatchObject({ companyId: one, companyIds: [one, two] })
    expect(await get(2, both)).toMatchObject({ contactId: main, contactIds: [elsewhere, main] })
    expect(await get(1, theirs)).toMatchObject({ contactId: main, contactIds: [main] })
    expect(await get(150, visit)).toMatchObject({ contactId: elsewhere, contactIds: [elsewhere, main] })
    const primaries = await must('crm.deal.contact.items.get', { id: both })
    expect(primaries.filter((row: { IS_PRIMARY: string }) => row.IS_PRIMARY === 'Y')).toMatchObject([
      { CONTACT_ID: main },
    ])
  })

  it('links of a company, whose contacts and deals become those of the other', async () => {
    const [main, other] = [await add(4, { title: 'Firm' }), await add(4, { title: 'Firm' })]
    const a = await add(3, { companyIds: [other] })
    const b = await add(3, { companyIds: [other, main] })
    const deal = await add(2, { companyId: other })
    await merge(4, main, other)
    expect(await get(4, main)).toMatchObject({ contactIds: [a, b] })
    expect(await get(3, a)).toMatchObject({ companyId: main, companyIds: [main] })
    expect(await get(3, b)).toMatchObject({ companyId: main, companyIds: [main] })
    expect(await get(2, deal)).toMatchObject({ companyId: main })
  })

  it('children of deals, and values of other records', async () => {
    const [main, other] = [await add(2, { title: 'Deal' }), await add(2, { title: 'Deal' })]
    const child = await add(150, { parentId2: other })
    const [ann, twin] = [await add(3, { name: 'Ann' }), await add(3, { name: 'Ann' })]
    const pointing = await add(2, { ufCrmWho: `C_${twin}`, ufCrmMany: [`C_${twin}`, `C_${ann}`] })
    const alone = await add(2, { ufCrmMany: [`C_${twin}`] })
    await merge(2, main, other)
    await merge(3, ann, twin)
    expect(await get(150, child)).toMatchObject({ parentId2: main })
    expect(await get(2, pointing)).toMatchObject({ ufCrmWho: `C_${ann}`, ufCrmMany: [ann] })
    expect(await get(2, alone)).toMatchObject({ ufCrmMany: [ann] })
  })

  it('files and multiple values', async () => {
    const main = await add(3, { name: 'Ann', ufCrmDocs: [['one.png', pixel]], ufCrmTags: ['a', 'b'] })
    const other = await add(3, {
      photo: ['photo.png', pixel],
      ufCrmDocs: [
        ['two.png', pixel],
        ['three.png', pixel],
      ],
      ufCrmTags: ['b', 'c'],
    })
    const files = (await portal.census()).stored_file
    expect(await merge(3, main, other)).toMatchObject({ STATUS: 'SUCCESS' })
    const item = await get(3, main)
    expect(item.ufCrmTags).toEqual(['a', 'b', 'c'])
    expect(item.ufCrmDocs).toHaveLength(3)
    expect((await portal.census()).stored_file).toBe(files)
    const response = await portal.send({
      method: 'GET',
      url: new URL(item.photo.urlMachine).pathname + new URL(item.photo.urlMachine).search,
    })
    expect(response.status).toBe(200)
  })

  it('observers and a company of a deal', async () => {
    const { id: person } = await portal.person()
    const company = await add(4)
    const main = await add(2, { title: 'Deal', observers: [1] })
    const other = await add(2, { title: 'Deal', observers: [person, 1], companyId: company })
    await merge(2, main, other)
    expect(await get(2, main)).toMatchObject({ observers: [1, person], companyId: company })
  })
})

describe('what is refused', () => {
  const refused = async (params: unknown, as?: string) => {
    const { status, body } = await portal.call('crm.entity.mergeBatch', { params }, as === undefined ? {} : { as })
    return [status, body.error, body.error_description]
  }

  it('says what is wrong, with the code 0', async () => {
    const [a, b] = [await add(3), await add(3)]
    const before = await portal.census()
    expect(await refused(undefined)).toEqual([400, 0, 'The parameter entityTypeId is required.'])
    for (const entityIds of [undefined, 'x', [], ['x', 0, -1]])
      expect(await refused({ entityTypeId: 3, entityIds })).toEqual([
        400,
        0,
        'The parameter entityIds does not contains valid elements.',
      ])
    for (const entityIds of [[a], [a, a], [a, 'x']])
      expect(await refused({ entityTypeId: 3, entityIds })).toEqual([
        400,
        0,
        'The parameter entityIds must contains at least two elements.',
      ])
    expect(await refused({ entityTypeId: 5, entityIds: [a, b] })).toEqual([
      400,
      0,
      'Entity type INVOICE is not supported',
    ])
    expect(await refused({ entityTypeId: 3, entityIds: [a, 999_999] })).toEqual([400, 0, 'Owner was not found'])
    expect(await portal.census()).toEqual(before)
    expect(await merge(3, a, b)).toMatchObject({ STATUS: 'SUCCESS' })
  })

  it('needs the right to change the first and to remove the others', async () => {
    const { id: person, hook } = await portal.person()
    const session = portal.portal.store.session()
    const grant = async (action: string, level: string) => {
      await portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`update crm_role_permission set level = ${level} where action = ${action}`),
      )
      await session.settled()
    }
    const own = await add(3, { assignedById: person })
    const another = await add(3, { assignedById: person })
    const foreign = await add(3)
    await grant('delete', 'own')
    expect(await refused({ entityTypeId: 3, entityIds: [own, foreign] }, hook)).toEqual([403, 0, 'Access denied'])
    await grant('update', 'own')
    expect(await refused({ entityTypeId: 3, entityIds: [foreign, own] }, hook)).toEqual([403, 0, 'Access denied'])
    const { body } = await portal.call(
      'crm.entity.mergeBatch',
      { params: { entityTypeId: 3, entityIds: [own, another] } },
      { as: hook },
    )
    expect(body.result).toEqual({ STATUS: 'SUCCESS', ENTITY_IDS: [another] })
    for (const action of ['delete', 'update']) await grant(action, 'all')
  })
})

it('two mergers of the same records at once merge them once', async () => {
  const [a, b] = [await add(4, { title: 'Race' }), await add(4, { title: 'Race' })]
  const answers = await Promise.all(
    [
      [a, b],
      [b, a],
    ].map((entityIds) => portal.call('crm.entity.mergeBatch', { params: { entityTypeId: 4, entityIds } })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  expect([await exists(4, a), await exists(4, b)].filter(Boolean)).toHaveLength(1)
})
