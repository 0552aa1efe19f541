import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

// The wire's own shape: tests state what it shows.
type Result = any // eslint-disable-line typescript/no-explicit-any

const portal = await testPortal()
const result = async (method: string, params: object = {}): Promise<Result> =>
  (await portal.call(method, params)).body.result
const refusal = async (method: string, params: object, options = {}): Promise<unknown[]> => {
  const { status, body } = await portal.call(method, params, options)
  return [status, body.error_description]
}

it('the statuses of invoices are those of crm.status.* and come in their order', async () => {
  const { body } = await portal.call('crm.invoice.status.list', { order: { SORT: 'ASC' } })
  expect(body.result.map((row: { STATUS_ID: string }) => row.STATUS_ID)).toEqual(['N', 'S', 'P', 'D'])
  expect(body.total).toBe(4)
  expect(body.result[0]).toEqual({
    ENTITY_ID: 'INVOICE_STATUS',
    ID: expect.stringMatching(/^\d+$/),
    NAME: 'New',
    NAME_INIT: 'New',
    SORT: '10',
    STATUS_ID: 'N',
    SYSTEM: 'Y',
  })
  const filtered = await result('crm.invoice.status.list', {
    filter: { STATUS_ID: ['P', 'D'] },
    order: { SORT: 'DESC' },
  })
  expect(filtered.map((row: { NAME: string }) => row.NAME)).toEqual(['Unpaid', 'Paid'])
  const fields = await result('crm.invoice.status.fields')
  expect(
    Object.entries(fields).map(([name, { type, isReadOnly }]: [string, Result]) => [name, type, isReadOnly]),
  ).toEqual([
    ['ENTITY_ID', 'string', true],
    ['ID', 'integer', true],
    ['NAME', 'string', false],
    ['NAME_INIT', 'string', true],
    ['SORT', 'integer', false],
    ['STATUS_ID', 'string', true],
    ['SYSTEM', 'char', true],
  ])
})

it('a status of ones own gets a code, holds invoices, and goes once it is empty', async () => {
  const id = await result('crm.invoice.status.add', { fields: { NAME: 'Waiting', SORT: 25, STATUS_ID: 'MINE' } })
  const status = await result('crm.invoice.status.get', { id })
  expect(status).toEqual({
    ENTITY_ID: 'INVOICE_STATUS',
    ID: String(id),
    NAME: 'Waiting',
    NAME_INIT: '',
    SORT: '25',
    STATUS_ID: '1',
    SYSTEM: 'N',
  })
  expect(await result('crm.status.get', { id })).toMatchObject({ STATUS_ID: '1', NAME: 'Waiting' })
  expect(await result('crm.invoice.status.update', { id, fields: { NAME: 'Still waiting' } })).toBe(true)
  const invoice = await result('crm.invoice.add', {
    fields: { ORDER_TOPIC: 'In it', PERSON_TYPE_ID: 1, PAY_SYSTEM_ID: 1, STATUS_ID: '1' },
  })
  expect(await result('crm.invoice.get', { id: invoice })).toMatchObject({ STATUS_ID: '1', PAYED: 'N' })
  for (const method of ['crm.invoice.status.delete', 'crm.status.delete'])
    expect(await refusal(method, { id })).toEqual([400, 'There are active items in this status.'])
  await result('crm.invoice.delete', { id: invoice })
  expect(await result('crm.invoice.status.delete', { id })).toBe(true)
  expect(await refusal('crm.invoice.status.get', { id })).toEqual([400, 'Status is not found.'])
})

it('entries of other directories and system ones are out of reach, and so are all for whoever is no administrator', async () => {
  const [source] = await result('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })
  const [first] = await result('crm.invoice.status.list')
  const before = await portal.census()
  for (const method of ['get', 'update', 'delete'])
    expect(await refusal(`crm.invoice.status.${method}`, { id: source.ID, fields: { NAME: 'x' } })).toEqual([
      400,
      'Status is not found.',
    ])
  expect(await refusal('crm.invoice.status.delete', { id: first.ID })).toEqual([
    400,
    'CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".',
  ])
  expect(await refusal('crm.invoice.status.add', { fields: { SORT: 5 } })).toEqual([
    400,
    'The field Title is required.',
  ])
  const { hook } = await portal.person()
  expect(await refusal('crm.invoice.status.add', { fields: { NAME: 'x' } }, { as: hook })).toEqual([
    400,
    'Access denied.',
  ])
  expect(await result('crm.status.get', { id: source.ID })).toEqual(source)
  const after = await portal.census()
  expect([after.crm_status, after.outbox]).toEqual([before.crm_status, before.outbox])
})
