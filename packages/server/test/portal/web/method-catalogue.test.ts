import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const { hook } = await portal.person({ scope: 'crm' })
const ask = async (method: string, parameters: object = {}) =>
  (await portal.call(method, parameters, { as: hook })).body.result

it('lists every method, and documented ones that are not here, to anybody', async () => {
  const { methods } = await ask('portico.method.list')
  expect(methods.find(({ name }: { name: string }) => name === 'crm.lead.add')).toEqual({
    name: 'crm.lead.add',
    version: 2,
    about: 'Adds a lead.',
    reads: false,
    scopes: ['crm'],
    status: 'whole',
    deprecated: true,
  })
  expect(methods.some(({ status }: { status: string }) => status === 'missing')).toBe(true)
  expect(methods.some(({ version }: { version: number }) => version === 3)).toBe(true)
  for (const { name } of portal.registry.all)
    expect(methods.some((each: { name: string }) => each.name === name)).toBe(true)
})

it('finds methods by what they do', async () => {
  const { methods } = await ask('portico.method.list', { query: 'add a comment to a deal' })
  expect(methods.slice(0, 3).map(({ name }: { name: string }) => name)).toContain('crm.timeline.comment.add')
})

it('describes a method with its parameters, an example and whom it lets in', async () => {
  const found = await ask('portico.method.get', { name: 'CRM.lead.ADD' })
  expect(found).toMatchObject({
    name: 'crm.lead.add',
    isExisting: true,
    inBatch: true,
    scopes: ['crm'],
    rights: "The right to add such records, by the caller's roles",
    page: 'https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-add.html',
  })
  expect(found.params[0]).toMatchObject({ name: 'fields', type: 'object', required: true })
  expect(found.example.params.fields).toHaveProperty('TITLE')
  const { methods } = await ask('portico.method.list')
  const missing = methods.find(({ status }: { status: string }) => status === 'missing')
  expect(await ask('portico.method.get', { name: missing.name })).toMatchObject({ isExisting: false })
  expect((await portal.call('portico.method.get', { name: 'no.such' })).body.error).toBe('NOT_FOUND')
})

it('tells of each scope how much it opens', async () => {
  const { scopes } = await ask('portico.scope.list')
  const of = (wanted: string) => scopes.find(({ name }: { name: string }) => name === wanted)
  expect(of('crm').methods).toBeGreaterThan(300)
  expect(of('imbot')).toEqual({ name: 'imbot', methods: 0, isKnown: false })
  expect(
    (await portal.call('portico.webhook.add', { scope: scopes.map(({ name }: { name: string }) => name) })).status,
  ).toBe(200)
})
