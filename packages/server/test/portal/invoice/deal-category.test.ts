import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

// The wire's own shape: tests state what it shows.
type Result = any // eslint-disable-line typescript/no-explicit-any

const portal = await testPortal({ at: 1_790_000_000 })
const result = async (method: string, params: object = {}): Promise<Result> =>
  (await portal.call(method, params)).body.result

it('a pipeline by its old name lives, and is the one that crm.category.* shows', async () => {
  const id = await result('crm.dealcategory.add', { fields: { NAME: 'New Direction', SORT: '20' } })
  expect(await result('crm.dealcategory.get', { id })).toEqual({
    ID: String(id),
    CREATED_DATE: '2026-09-21T16:13:20+02:00',
    NAME: 'New Direction',
    IS_LOCKED: 'N',
    SORT: '20',
  })
  expect((await result('crm.category.get', { entityTypeId: 2, id })).category).toMatchObject({
    name: 'New Direction',
    sort: 20,
  })
  expect(await result('crm.dealcategory.update', { id, fields: { SORT: 100 } })).toBe(true)
  const { body } = await portal.call('crm.dealcategory.list', {
    order: { SORT: 'ASC' },
    filter: { IS_LOCKED: 'N' },
    select: ['ID', 'NAME', 'SORT'],
  })
  expect([body.result, body.total]).toEqual([[{ ID: String(id), NAME: 'New Direction', SORT: '100' }], 1])

  expect(await result('crm.dealcategory.status', { id })).toBe(`DEAL_STAGE_${id}`)
  const stages = await result('crm.dealcategory.stage.list', { id })
  expect(stages[0]).toEqual({ NAME: 'New', SORT: 10, STATUS_ID: `C${id}:NEW` })

  const deal = await result('crm.deal.add', { fields: { TITLE: 'In it', CATEGORY_ID: id } })
  const refused = await portal.call('crm.dealcategory.delete', { id })
  expect([refused.status, refused.body.error_description]).toEqual([
    400,
    'Deals related to the funnel New Direction found',
  ])
  await result('crm.deal.delete', { id: deal })
  expect(await result('crm.dealcategory.delete', { id })).toBe(true)
  expect((await portal.call('crm.dealcategory.get', { id })).body).toMatchObject({
    error: '',
    error_description: 'Not found',
  })
})

it('the general pipeline has a name of its own', async () => {
  expect(await result('crm.dealcategory.default.get')).toEqual({ ID: 0, NAME: 'General' })
  expect(await result('crm.dealcategory.default.set', { name: 'Sales' })).toBe(true)
  expect(await result('crm.dealcategory.default.set', { name: '' })).toBe(true)
  expect(await result('crm.dealcategory.default.get')).toEqual({ ID: 0, NAME: 'Sales' })
  expect((await result('crm.category.get', { entityTypeId: 2, id: 0 })).category.name).toBe('Sales')
})

it('stages without a pipeline are those of the general one, and an unknown pipeline has none', async () => {
  const general = (await result('crm.dealcategory.stage.list', { id: '' })) as { STATUS_ID: string }[]
  expect(general.map(({ STATUS_ID }) => STATUS_ID)).toContain('WON')
  expect(await result('crm.dealcategory.stage.list', { id: 4711 })).toEqual([])
  expect(await result('crm.dealcategory.status')).toBe('DEAL_STAGE')
})

it('only administrators change pipelines, and a nameless one is refused', async () => {
  const { hook } = await portal.person()
  const before = await portal.census()
  for (const [method, params] of [
    ['crm.dealcategory.add', { fields: { NAME: 'No' } }],
    ['crm.dealcategory.default.set', { name: 'No' }],
  ] as const)
    expect((await portal.call(method, params, { as: hook })).body.error_description).toBe('Access denied.')
  const nameless = await portal.call('crm.dealcategory.add', { fields: { SORT: 5 } })
  expect([nameless.status, nameless.body.error_description]).toEqual([400, 'The field "Name" is required.'])
  expect(await portal.census()).toEqual(before)
})
