import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

interface Point {
  readonly ID: string
  readonly VALUE: string
  readonly VALUE_TYPE: string
}

const row = async (entity: string, id: number) => (await portal.call(`crm.${entity}.get`, { id })).body.result
const points = async (entity: string, id: number, type = 'PHONE'): Promise<Point[]> =>
  (await row(entity, id))[type] ?? []
const texts = async (entity: string, id: number, type = 'PHONE') =>
  (await points(entity, id, type)).map(({ VALUE, VALUE_TYPE }) => `${VALUE_TYPE} ${VALUE}`)

describe.each(['lead', 'contact', 'company'])('phones of a %s', (entity) => {
  const withPhones = async (): Promise<[id: number, first: Point, second: Point]> => {
    const PHONE = [
      { VALUE: '+1 111', VALUE_TYPE: 'WORK' },
      { VALUE: '+1 222', VALUE_TYPE: 'HOME' },
    ]
    const { body } = await portal.call(`crm.${entity}.add`, { fields: { PHONE } })
    const [first, second] = await points(entity, body.result)
    if (first === undefined || second === undefined) throw new Error('two phones were sent')
    return [body.result, first, second]
  }
  const update = (id: number, PHONE: unknown) => portal.call(`crm.${entity}.update`, { id, fields: { PHONE } })

  it('without an id are added, even twice', async () => {
    const [id] = await withPhones()
    await update(id, [{ VALUE: '+1 111', VALUE_TYPE: 'MOBILE' }])
    expect(await texts(entity, id)).toEqual(['WORK +1 111', 'HOME +1 222', 'MOBILE +1 111'])
  })

  it('with an id are changed and keep it', async () => {
    const [id, first, second] = await withPhones()
    await update(id, [
      { ID: first.ID, VALUE: '+1 333' },
      { ID: second.ID, VALUE: '+1 444', VALUE_TYPE: 'FAX' },
    ])
    expect(await points(entity, id)).toMatchObject([
      { ID: first.ID, VALUE: '+1 333', VALUE_TYPE: 'WORK' },
      { ID: second.ID, VALUE: '+1 444', VALUE_TYPE: 'FAX' },
    ])
  })

  it.each([
    ['DELETE=Y', { DELETE: 'Y' }],
    ['an empty value', { VALUE: '' }],
    ['nothing but the id', {}],
  ])('go by %s', async (_name, how) => {
    const [id, first] = await withPhones()
    await update(id, [{ ID: first.ID, ...how }])
    expect(await texts(entity, id)).toEqual(['HOME +1 222'])
  })

  it('of another record stay out of reach', async () => {
    const [id] = await withPhones()
    const [other, first] = await withPhones()
    await update(id, [{ ID: first.ID, VALUE: 'stolen' }])
    await update(id, [{ ID: first.ID, DELETE: 'Y' }])
    expect(await texts(entity, other)).toEqual(['WORK +1 111', 'HOME +1 222'])
    expect(await texts(entity, id)).toEqual(['WORK +1 111', 'HOME +1 222'])
  })

  it('may be one text, rows under any keys, or one row', async () => {
    const { body } = await portal.call(`crm.${entity}.add`, { fields: { PHONE: '123' } })
    await update(body.result, { n0: { VALUE: '456', VALUE_TYPE: 'HOME' } })
    await update(body.result, { VALUE: '789' })
    expect(await texts(entity, body.result)).toEqual(['WORK 123', 'HOME 456', 'WORK 789'])
  })

  it('show whether there are any, and are gone with their record', async () => {
    const [id, first, second] = await withPhones()
    expect(await row(entity, id)).toMatchObject({ HAS_PHONE: 'Y', HAS_EMAIL: 'N', HAS_IMOL: 'N' })
    await update(id, [{ ID: first.ID }, { ID: second.ID }])
    expect(await row(entity, id)).toMatchObject({ HAS_PHONE: 'N' })
    expect(await row(entity, id)).not.toHaveProperty('PHONE')
    const { crm_multifield: before } = await portal.census()
    const [last] = await withPhones()
    await portal.call(`crm.${entity}.delete`, { id: last })
    expect((await portal.census()).crm_multifield).toBe(before)
  })
})

describe('fm of crm.item.*', () => {
  const add = async (fm: unknown) =>
    (await portal.call('crm.item.add', { entityTypeId: 3, fields: { fm } })).body.result.item
  const update = async (id: number, fm: unknown) =>
    (await portal.call('crm.item.update', { entityTypeId: 3, id, fields: { fm } })).body.result.item

  it('comes as a list on creation, with the first of each kind beside it', async () => {
    const item = await add([
      { typeId: 'PHONE', valueType: 'WORK', value: '+1 111' },
      { typeId: 'PHONE', valueType: 'MOBILE', value: '+1 222' },
      { typeId: 'EMAIL', valueType: 'HOME', value: 'ann@example.com' },
      { typeId: 'IM', valueType: 'OPENLINE', value: 'imol|whatsapp' },
    ])
    expect(item.fm.map((each: { value: string }) => each.value)).toEqual([
      '+1 111',
      '+1 222',
      'ann@example.com',
      'imol|whatsapp',
    ])
    expect(item).toMatchObject({
      phone: '+1 111',
      phoneWork: '+1 111',
      phoneMobile: '+1 222',
      phoneMailing: '',
      email: 'ann@example.com',
      emailHome: 'ann@example.com',
      emailWork: '',
      imol: 'imol|whatsapp',
      hasPhone: 'Y',
      hasEmail: 'Y',
      hasImol: 'Y',
    })
  })

  it('is a map on update: new keys add, ids change or, emptied, remove', async () => {
    const { id, fm } = await add([
      { typeId: 'PHONE', valueType: 'WORK', value: '1' },
      { typeId: 'PHONE', valueType: 'WORK', value: '2' },
      { typeId: 'PHONE', valueType: 'WORK', value: '3' },
    ])
    const after = await update(id, {
      n0: { typeId: 'EMAIL', valueType: 'WORK', value: 'bob@example.com' },
      [fm[0].id]: { typeId: 'PHONE', value: '10' },
      [fm[1].id]: { typeId: 'PHONE', value: '' },
      [fm[2].id]: { valueType: 'HOME', value: 'without its type it is skipped' },
    })
    expect(after.fm).toMatchObject([
      { id: fm[0].id, value: '10', valueType: 'WORK' },
      { id: fm[2].id, value: '3', valueType: 'WORK' },
      { typeId: 'EMAIL', value: 'bob@example.com' },
    ])
    expect(after).toMatchObject({ hasEmail: 'Y', emailWork: 'bob@example.com' })
  })

  it('takes a list on update as well, and adds it', async () => {
    const { id } = await add([{ typeId: 'PHONE', valueType: 'WORK', value: '1' }])
    expect((await update(id, [{ typeId: 'PHONE', valueType: 'HOME', value: '2' }])).fm).toMatchObject([
      { value: '1' },
      { value: '2' },
    ])
  })
})

describe('addresses that are none', () => {
  it('are refused in the documented words, and nothing is saved', async () => {
    const before = await portal.census()
    const { status, body } = await portal.call('crm.contact.add', { fields: { EMAIL: [{ VALUE: 'not an address' }] } })
    expect({ status, body: { error: body.error, text: body.error_description } }).toEqual({
      status: 400,
      body: { error: 'ERROR_CORE', text: 'The field E-mail contains an invalid address' },
    })
    expect(await portal.census()).toEqual(before)
  })
})

describe('what a record is searched by', () => {
  it('follows its name and its phones', async () => {
    const { body } = await portal.call('crm.contact.add', { fields: { NAME: 'Ann', PHONE: '+1 555' } })
    await portal.call('crm.contact.update', { id: body.result, fields: { LAST_NAME: 'Berg' } })
    const { item } = (await portal.call('crm.item.get', { entityTypeId: 3, id: body.result })).body.result
    expect(item.searchContent).toBe(`${body.result} Ann Berg +1 555`)
  })
})
