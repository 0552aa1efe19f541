import { Client, ref, type Answer, type Deal, type Lead, type LeadItem, type Row } from 'portico-client'
import { expectTypeOf, test } from 'vitest'

// What is in here is never run: `npm run check` checks the types, and a line that must not compile says so.
const client = new Client({ webhook: 'https://portal.example/rest/1/c0desecret/' })
const never = (body: () => unknown): void => void body

test('known methods have their parameters and their results', () => {
  never(() => {
    expectTypeOf(
      client.call('crm.lead.add', { fields: { TITLE: 'A', OPPORTUNITY: 5, UF_CRM_1: [1] } }),
    ).resolves.toEqualTypeOf<number>()
    expectTypeOf(client.call('crm.lead.get', { id: '5' })).resolves.toEqualTypeOf<Lead>()
    expectTypeOf(
      client.call('crm.lead.update', { id: 5, fields: { OPENED: true, PHONE: [{ ID: 1, DELETE: 'Y' }] } }),
    ).resolves.toEqualTypeOf<boolean>()
    expectTypeOf(client.request('crm.deal.list')).resolves.toEqualTypeOf<Answer<Deal[]>>()
    expectTypeOf(client.call('server.time')).resolves.toEqualTypeOf<string>()
    // @ts-expect-error an id is needed
    void client.call('crm.lead.get')
    // @ts-expect-error an id is needed
    void client.call('crm.lead.get', {})
    // @ts-expect-error there is no such parameter
    void client.call('crm.lead.get', { id: 5, ids: [5] })
    // @ts-expect-error there is no such field
    void client.call('crm.lead.add', { fields: { TITEL: 'A' } })
    // @ts-expect-error a text is expected
    void client.call('crm.lead.add', { fields: { TITLE: { a: 1 } } })
    // @ts-expect-error lists are of rows
    void client.call('crm.lead.get', { id: 5 }).then((lead) => lead.length)
  })
})

test('other methods take anything and answer the unknown', () => {
  never(async () => {
    expectTypeOf(client.call('my.own.method', { anything: 1 })).resolves.toEqualTypeOf<unknown>()
    const method = 'crm.lead.list' as string
    expectTypeOf(client.call(method, { any: 'thing' })).resolves.toEqualTypeOf<unknown>()
    for await (const row of client.list(method)) expectTypeOf(row).toEqualTypeOf<Row>()
  })
})

test('lists know the names of fields, and take operators before them', () => {
  never(async () => {
    const params = {
      select: ['ID', 'UF_CRM_1'],
      filter: { '>=OPPORTUNITY': 5, STATUS_ID: ['NEW'], '!UF_CRM_1': '' },
      order: { ID: 'DESC' },
    } as const
    for await (const lead of client.list('crm.lead.list', params, { limit: 5 }))
      expectTypeOf(lead).toEqualTypeOf<Lead>()
    for await (const { rows } of client.pages('catalog.vat.list'))
      expectTypeOf(rows[0]?.name).toEqualTypeOf<string | null | undefined>()
    const items = client.list('crm.item.list', { entityTypeId: 2, filter: { 0: { logic: 'OR', 0: { title: 'A' } } } })
    for await (const item of items) expectTypeOf(item.id).toEqualTypeOf<number>()
    // @ts-expect-error there is no such field
    client.list('crm.lead.list', { filter: { TITEL: 'A' } })
    // @ts-expect-error there are two ways
    client.list('crm.lead.list', { order: { ID: 'UP' } })
    // @ts-expect-error options are beside the parameters
    client.list('crm.lead.list', { limit: 5 })
  })
})

test('a batch has a type for each of its commands, and references stand for any value', () => {
  never(async () => {
    const { results, errors } = await client.batch({
      contact: { method: 'crm.contact.add', params: { fields: { NAME: 'Ann' } } },
      deal: {
        method: 'crm.deal.add',
        params: { fields: { TITLE: 'A', CONTACT_ID: ref('contact'), CONTACT_IDS: ref('contact') } },
      },
      mine: { method: 'my.own.method', params: { id: ref('deal') } },
      time: { method: 'server.time' },
    })
    expectTypeOf(results.contact).toEqualTypeOf<number | undefined>()
    expectTypeOf(results.mine).toEqualTypeOf<unknown>()
    expectTypeOf(results.time).toEqualTypeOf<string | undefined>()
    expectTypeOf(errors.deal).toEqualTypeOf<Error | undefined>()
    const { results: both } = await client.batch([{ method: 'crm.lead.get', params: { id: 1 } }, { method: 'profile' }])
    expectTypeOf(both[0]).toEqualTypeOf<Lead | undefined>()
    const dynamic: Record<string, { method: string; params?: Record<string, unknown> }> = {}
    expectTypeOf((await client.batch(dynamic)).results.any).toEqualTypeOf<unknown>()
    // @ts-expect-error there is no such field
    void client.batch({ a: { method: 'crm.deal.add', params: { fields: { TITEL: 'A' } } } })
    // @ts-expect-error there is no such command
    void results.nothing
  })
})

test('bulk writes know the fields of their target', () => {
  never(() => {
    void client.add('crm.lead', [{ TITLE: 'A' }])
    void client.add(1, [{ title: 'A', ufCrm1: 5 }])
    void client.update(1190, [{ id: 1, fields: { anything: 1 } }])
    void client.update('crm.deal' as string, [{ id: 1, fields: { anything: 1 } }])
    // @ts-expect-error there is no such field
    void client.add('crm.lead', [{ TITEL: 'A' }])
    // @ts-expect-error these are names of UPPER_CASE methods
    void client.update(1, [{ id: 1, fields: { TITLE: 'A' } }])
    expectTypeOf<LeadItem['opportunity']>().toEqualTypeOf<number | null | undefined>()
  })
})

test('a client speaks for a webhook, a token or an application', () => {
  never(() => {
    void new Client({ portal: 'p.example', token: async () => 'x' })
    // @ts-expect-error a token alone does not say where
    void new Client({ token: 'x' })
    // @ts-expect-error nor does nothing
    void new Client({})
  })
})
