import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectDiscreet, expectError, unchanged } from '../../support/bad-input.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ maxBodyBytes: 2_000_000 })
const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'stands' } })).body.result as number
unchanged(portal)

const add = (fields: unknown) => portal.call('crm.lead.add', { fields })
const addItem = (fields: unknown) => portal.call('crm.item.add', { entityTypeId: 1, fields })

describe('fields that are no map', () => {
  it.each([undefined, null, 'TITLE', 5, true, ''])('%j', async (fields) => {
    expectError(await add(fields), 400, '', "Parameter 'fields' must be array.")
    expectError(
      await portal.call('crm.lead.update', { id: lead, fields }),
      400,
      '',
      "Parameter 'fields' must be array.",
    )
    expectError(await addItem(fields), 400, '100')
    expectError(await portal.call('crm.item.update', { entityTypeId: 1, id: lead, fields }), 400, '100')
  })
})

describe('ids that are none', () => {
  it.each([
    undefined,
    null,
    '',
    'abc',
    0,
    -1,
    '1.5',
    1.5,
    1e30,
    '99999999999999999999',
    [1],
    { a: 1 },
    '1 or 1=1',
    '1;drop table crm_lead',
  ])('%j', async (id) => {
    for (const method of ['crm.lead.get', 'crm.lead.delete', 'crm.lead.update'])
      expectError(await portal.call(method, { id, fields: { TITLE: 'x' } }), 400, '', 'ID is not defined or invalid.')
    for (const method of ['crm.item.get', 'crm.item.delete', 'crm.item.update'])
      expectError(await portal.call(method, { entityTypeId: 1, id, fields: { title: 'x' } }), 400, '100')
  })

  it('of records that do not exist', async () => {
    for (const method of ['crm.lead.get', 'crm.lead.delete', 'crm.lead.update'])
      expectError(await portal.call(method, { id: 987_654, fields: { TITLE: 'x' } }), 400, '', 'Not found')
    for (const method of ['crm.item.get', 'crm.item.delete', 'crm.item.update'])
      expectError(
        await portal.call(method, { entityTypeId: 1, id: 987_654, fields: { title: 'x' } }),
        400,
        'NOT_FOUND',
        'Item not found',
      )
  })
})

describe('entity types, stages and pipelines that do not exist', () => {
  it.each(['add', 'get', 'list', 'update', 'delete', 'fields'])('crm.item.%s of an unknown type', async (verb) => {
    const call = (entityTypeId: unknown) =>
      portal.call(`crm.item.${verb}`, { entityTypeId, id: lead, fields: { title: 'x' } })
    expectError(await call(4711), 400, 'NOT_FOUND', 'Smart process not found')
    expectError(await call(-1), 400, 'NOT_FOUND')
    expectError(await call('lead'), 400, '100')
    expectError(await call(undefined), 400, '100', 'Could not find value for parameter {entityTypeId}')
    expectError(await call(5), 400, 'ENTITY_TYPE_NOT_SUPPORTED')
  })

  it('a stage', async () => {
    expect((await addItem({ title: 'x', stageId: 'NO_SUCH_STAGE' })).status).toBe(400)
    expect(
      (await portal.call('crm.item.update', { entityTypeId: 1, id: lead, fields: { stageId: 'NOPE' } })).status,
    ).toBe(400)
  })

  it('a company, a contact, a person, a currency', async () => {
    for (const fields of [
      { companyId: 99_999 },
      { contactId: 99_999 },
      { assignedById: 99_999 },
      { currencyId: 'XXX' },
    ]) {
      const answer = await addItem({ title: 'x', ...fields })
      expect(answer.status).toBe(400)
      expectDiscreet(answer)
    }
  })
})

describe('values that a field cannot hold', () => {
  const wrong: [string, string, unknown][] = [
    ['TITLE', 'title', { a: 1 }],
    ['TITLE', 'title', ['x']],
    ['TITLE', 'title', 'x'.repeat(256)],
    ['NAME', 'name', 'ä'.repeat(1000)],
    ['COMMENTS', 'comments', 'x'.repeat(1_000_001)],
    ['OPPORTUNITY', 'opportunity', 'much'],
    ['OPPORTUNITY', 'opportunity', '1 000,50'],
    ['OPPORTUNITY', 'opportunity', '1e999'],
    ['OPPORTUNITY', 'opportunity', [1]],
    ['OPPORTUNITY', 'opportunity', '99999999999999999999'],
    ['ASSIGNED_BY_ID', 'assignedById', 'Ann'],
    ['ASSIGNED_BY_ID', 'assignedById', 1.5],
    ['COMPANY_ID', 'companyId', -5],
    ['COMPANY_ID', 'companyId', { id: 1 }],
    ['OPENED', 'opened', 'maybe'],
    ['OPENED', 'opened', ['Y']],
    ['BIRTHDATE', 'birthdate', 'yesterday'],
    ['BIRTHDATE', 'birthdate', '2001-02-30'],
    ['BIRTHDATE', 'birthdate', '31.11.2001'],
    ['BIRTHDATE', 'birthdate', '2001-13-01T00:00:00+00:00'],
    ['BIRTHDATE', 'birthdate', { year: 2001 }],
    ['BIRTHDATE', 'birthdate', true],
    ['STATUS_ID', 'stageId', ['NEW']],
    ['STATUS_ID', 'stageId', 'N'.repeat(51)],
    ['SOURCE_ID', 'sourceId', { a: 'CALL' }],
    ['CURRENCY_ID', 'currencyId', { a: 'USD' }],
  ]
  it.each(wrong)('%s, %s: %j', async (upper, camel, value) => {
    const legacy = await add({ TITLE: 'x', [upper]: value })
    expect(legacy.status).toBe(400)
    expect(['', 'ERROR_CORE']).toContain(legacy.body.error)
    expectDiscreet(legacy)
    const item = await addItem({ title: 'x', [camel]: value })
    expect(item.status).toBe(400)
    expect(item.body.error).not.toBe('')
    expectDiscreet(item)
    for (const [method, fields] of [
      ['crm.lead.update', { [upper]: value }],
      ['crm.item.update', { [camel]: value }],
    ] as const)
      expect((await portal.call(method, { entityTypeId: 1, id: lead, fields })).status).toBe(400)
  })

  it.each([
    [{ PHONE: [{ VALUE: 'x'.repeat(300) }] }],
    [{ PHONE: [{ VALUE: { a: 1 } }] }],
    [{ PHONE: [{ VALUE: '1', VALUE_TYPE: 'no code!' }] }],
    [{ EMAIL: [{ VALUE: 'no address' }] }],
    [{ EMAIL: 'a b@c' }],
  ])('%j', async (fields) => {
    expect((await add({ TITLE: 'x', ...fields })).status).toBe(400)
  })

  it.each([
    [{ fm: [{ typeId: 'EMAIL', valueType: 'WORK', value: 'no address' }] }],
    [{ fm: [{ typeId: 'PHONE', valueType: 'WORK', value: ['1'] }] }],
  ])('%j', async (fields) => {
    expect((await addItem({ title: 'x', ...fields })).status).toBe(400)
  })
})

describe('pipelines that do not exist', () => {
  it.each([
    [{ title: 'x', categoryId: 999 }],
    [{ title: 'x', categoryId: 'sales' }],
    [{ title: 'x', stageId: 'C999:NEW' }],
    [{ title: 'x', stageId: 'NO_SUCH_STAGE' }],
  ])('crm.item.add of a deal with %j', async (fields) => {
    const answer = await portal.call('crm.item.add', { entityTypeId: 2, fields })
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBeTruthy()
    expectDiscreet(answer)
  })
})

describe('files', () => {
  const onDisk = async (): Promise<number> => {
    const entries = await readdir(join(portal.dataDirectory, 'files'), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    return entries.filter((entry) => entry.isFile()).length
  }
  const good = { fileData: ['a.png', 'iVBORw0KGgo='] }

  it.each([
    ['that are no base64', { PHOTO: { fileData: ['a.png', '***'] } }],
    ['that end too early', { PHOTO: { fileData: ['a.png', 'iVBOR'] } }],
    ['without content', { PHOTO: { fileData: ['a.png', ''] } }],
    ['with a number for content', { PHOTO: { fileData: ['a.png', 5] } }],
    ['that are a map of something else', { PHOTO: { a: 1, b: 2, c: 3 } }],
    ['that are good, beside a date that is none', { PHOTO: good, BIRTHDATE: 'yesterday' }],
    ['that are good, beside an e-mail that is none', { PHOTO: good, EMAIL: [{ VALUE: 'no address' }] }],
  ])('%s', async (_name, fields) => {
    const before = await onDisk()
    const answer = await portal.call('crm.contact.add', { fields: { NAME: 'x', ...fields } })
    expect(answer.status).toBe(400)
    expectDiscreet(answer)
    expect(await onDisk()).toBe(before)
  })
})
