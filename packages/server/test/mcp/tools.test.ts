import { describe, expect, it } from 'vitest'
import { testPortal } from '../support/portal.ts'
import { connected, serving } from './serving.ts'

const portal = await testPortal()
const origin = await serving(portal)
const { client, tool } = await connected(`${origin}/mcp`, { bearer: `1/${portal.code}` })

/** What is in the portal apart from its audit log, where every call of a tool is written. */
async function content(): Promise<Record<string, number>> {
  const { audit_log: _log, ...rest } = await portal.census()
  return rest
}

async function added(type: string, fields: Record<string, unknown>): Promise<number> {
  const { value, error } = await tool('add_item', { type, fields })
  expect(error).toBeUndefined()
  return value.id
}

describe('the list of tools', () => {
  it('is a dozen, each described, with schemas and honest annotations', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'current_user',
      'list_types',
      'describe_fields',
      'find_items',
      'list_items',
      'get_item',
      'add_item',
      'update_item',
      'delete_item',
      'search_methods',
      'describe_method',
      'call_method',
    ])
    for (const { name, description = '', inputSchema, outputSchema, annotations } of tools) {
      expect(description.length).toBeGreaterThan(60)
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(outputSchema).toMatchObject({ type: 'object' })
      expect(annotations?.readOnlyHint).toBe(!/^(add|update|delete|call)_/.test(name))
      expect(annotations?.openWorldHint).toBe(false)
    }
    const of = (name: string) => tools.find((each) => each.name === name)?.annotations
    expect(of('add_item')).toMatchObject({ destructiveHint: false, idempotentHint: false })
    expect(of('delete_item')).toMatchObject({ destructiveHint: true, idempotentHint: true })
    expect(of('call_method')).toMatchObject({ destructiveHint: true, idempotentHint: false })
  })

  it('fits into a small part of what a model can keep in mind', async () => {
    const { tools } = await client.listTools()
    expect(JSON.stringify(tools).length).toBeLessThan(16_000)
  })
})

describe('current_user', () => {
  it('tells in whose name the tools act', async () => {
    const { value } = await tool('current_user')
    expect(value).toMatchObject({
      user: { id: 1, name: 'Portal Administrator', administrator: true, email: 'admin@example.com' },
      portal: origin,
      readOnly: false,
    })
    expect(value.scopes).toContain('crm')
  })
})

describe('types and fields', () => {
  it('include smart processes, which every tool knows by number and by title', async () => {
    const made = await portal.call('crm.type.add', { fields: { title: 'Rental', entityTypeId: 1030 } })
    expect(made.status).toBe(200)
    const { value } = await tool('list_types')
    expect(value.types).toContainEqual({ name: '1030', entityTypeId: 1030, title: 'Rental' })
    const id = await added('Rental', { title: 'Boat' })
    for (const type of ['rental', '1030', 1030, 'DYNAMIC_1030'])
      expect((await tool('get_item', { type, id })).value.item.title).toBe('Boat')
  })

  it('tell custom fields, choices and how values are written', async () => {
    await portal.call('crm.deal.userfield.add', {
      fields: { FIELD_NAME: 'COLOUR', USER_TYPE_ID: 'enumeration', LIST: [{ VALUE: 'Red' }, { VALUE: 'Blue' }] },
    })
    const { value } = await tool('describe_fields', { type: 'deal' })
    const field = (name: string) => value.fields.find((each: { name: string }) => each.name === name)
    expect(field('stageId')).toMatchObject({ title: 'Deal Stage', values: { NEW: 'New', WON: 'Deal successful' } })
    const custom = field('ufCrmColour')
    expect(custom).toMatchObject({ custom: true, type: 'enumeration' })
    expect(Object.values(custom.values)).toEqual(['Red', 'Blue'])
    expect(field('id')).toMatchObject({ readOnly: true })
    expect((await tool('describe_fields', { type: 'lead', query: 'phones' })).value.total).toBe(0)
    const lead = await tool('describe_fields', { type: 'lead', query: 'fm', writable: true })
    expect(lead.value.fields).toMatchObject([{ name: 'fm', example: expect.stringContaining('"typeId": "PHONE"') }])
  })

  it('refuse unknown types with the one that was meant', async () => {
    expect((await tool('list_items', { type: 'compny' })).error).toBe(
      'UNKNOWN_TYPE: There is no type of record "compny" (HTTP 400)\nHint: Did you mean company?',
    )
  })
})

describe('records', () => {
  it('are added, read, changed and deleted', async () => {
    const fm = [{ typeId: 'EMAIL', valueType: 'WORK', value: 'ada@example.com' }]
    const id = await added('contact', { name: 'Ada', lastName: 'Lovelace', fm })
    const { value: read } = await tool('get_item', { type: 'contact', id })
    expect(read).toMatchObject({ type: 'contact', item: { id, name: 'Ada', email: 'ada@example.com' } })
    expect(Object.values(read.item)).not.toContain(null)
    const { value: changed } = await tool('update_item', { type: 'contact', id, fields: { post: 'Analyst' } })
    expect(changed).toMatchObject({ id, item: { name: 'Ada', post: 'Analyst' } })
    expect((await tool('delete_item', { type: 'contact', id })).value).toMatchObject({ id, deleted: true })
    expect((await tool('get_item', { type: 'contact', id })).error).toBe('NOT_FOUND: Item not found (HTTP 400)')
  })

  it('are not written with names that no field has, nor with fields that only the portal writes', async () => {
    const before = await content()
    const { error } = await tool('add_item', { type: 'lead', fields: { title: 'One', opportunty: 5 } })
    expect(error).toContain('UNKNOWN_FIELD: There is no field "opportunty"')
    expect(error).toContain('Did you mean opportunity?')
    const titled = await tool('add_item', { type: 'deal', fields: { Amount: 5 } })
    expect(titled.error).toContain('Did you mean opportunity?')
    const fixed = await tool('add_item', { type: 'lead', fields: { createdTime: '2020-01-01' } })
    expect(fixed.error).toContain('READ_ONLY_FIELD')
    expect(await content()).toEqual(before)
  })

  it('are listed by filter and order, a part at a time and without a gap', async () => {
    for (let count = 1; count <= 60; count += 20) {
      const commands = Array.from({ length: 20 }, (_, index) => [
        `a${index}`,
        `crm.quote.add?FIELDS[TITLE]=Q${String(count + index).padStart(3, '0')}`,
      ])
      expect((await portal.call('batch', { cmd: Object.fromEntries(commands) })).status).toBe(200)
    }
    const titles: string[] = []
    let offset: number | undefined = 0
    for (let round = 0; offset !== undefined && round < 10; round++) {
      const { value } = await tool('list_items', {
        type: 'quote',
        filter: { '%title': 'Q0' },
        order: { title: 'ASC' },
        select: ['title'],
        limit: 35,
        offset,
      })
      expect(value.total).toBe(60)
      titles.push(...value.items.map((item: { title: string }) => item.title))
      offset = value.next
    }
    expect(titles).toEqual(Array.from({ length: 60 }, (_, index) => `Q${String(index + 1).padStart(3, '0')}`))
    const { value: whole } = await tool('list_items', { type: 'quote', filter: { '%title': 'Q0' }, limit: 100 })
    expect(whole.items).toHaveLength(60)
    expect(whole.next).toBeUndefined()
  })

  it('are not listed by names that no field has', async () => {
    expect((await tool('list_items', { type: 'lead', filter: { '>=opportunty': 1 } })).error).toContain('opportunity?')
    expect((await tool('list_items', { type: 'lead', order: { titel: 'ASC' } })).error).toContain('Did you mean title?')
    const nested = { 0: { logic: 'OR', 0: { '%titel': 'x' }, 1: { '%name': 'x' } } }
    expect((await tool('list_items', { type: 'lead', filter: nested })).error).toContain('Did you mean title?')
  })

  it('are found by name, phone and e-mail', async () => {
    const fm = [
      { typeId: 'PHONE', valueType: 'WORK', value: '+49 30 555 01 02' },
      { typeId: 'EMAIL', valueType: 'WORK', value: 'Grace@Example.com' },
    ]
    const contact = await added('contact', { name: 'Grace', lastName: 'Hopper', fm })
    const lead = await added('lead', { title: 'Compiler for Grace', name: 'Grace', lastName: 'Hopper' })
    const ids = ({ value }: { value: { found: { type: string; id: number }[] } }) =>
      value.found.map(({ type, id }) => [type, id])
    expect(ids(await tool('find_items', { query: 'hopper grace' }))).toEqual([
      ['lead', lead],
      ['contact', contact],
    ])
    expect(ids(await tool('find_items', { query: 'Hopper', types: ['contact'] }))).toEqual([['contact', contact]])
    const phone = await tool('find_items', { query: '+49 (30) 555-0102' })
    expect(phone.value.by).toBe('phone')
    expect(ids(phone)).toEqual([['contact', contact]])
    const email = await tool('find_items', { query: 'grace@example.com' })
    expect(email.value.by).toBe('email')
    expect(ids(email)).toEqual([['contact', contact]])
    expect(ids(await tool('find_items', { query: 'Nobody Atall' }))).toEqual([])
  })
})

describe('methods', () => {
  it('are found by what they do', async () => {
    const first = async (query: string) => (await tool('search_methods', { query, limit: 3 })).value.methods[0]?.name
    expect(await first('add a comment to a deal')).toBe('crm.timeline.comment.add')
    expect(await first('find duplicates by phone')).toBe('crm.duplicate.findbycomm')
    expect(await first('product rows of a deal')).toBe('crm.deal.productrows.get')
    expect(await first('create task')).toBe('crm.activity.todo.add')
    expect(await first('list users')).toBe('user.get')
    expect(await first('merge contacts')).toBe('crm.entity.mergeBatch')
    expect(await first('crm.lead.list')).toBe('crm.lead.list')
    expect((await tool('search_methods', { query: 'xyzzy' })).value).toEqual({ methods: [], total: 0 })
  })

  it('are described', async () => {
    const { value } = await tool('describe_method', { method: 'crm.timeline.comment.add' })
    expect(value).toMatchObject({
      name: 'crm.timeline.comment.add',
      scopes: ['crm'],
      changes: true,
      conformance: { status: 'whole' },
      page: expect.stringMatching(/^https:\/\/apidocs\.bitrix24\.com\/.*\.html$/),
    })
    expect(value.params).toMatchObject([{ name: 'fields', required: true }])
    expect(value.example.params).toHaveProperty('fields')
    expect((await tool('describe_method', { method: 'crm.timeline.coment.add' })).error).toContain(
      'Did you mean crm.timeline.comment.add?',
    )
  })

  it('are called, lists with what is needed to go on', async () => {
    const { value } = await tool('call_method', {
      method: 'crm.status.list',
      params: { filter: { ENTITY_ID: 'SOURCE' } },
    })
    expect(value.result.length).toBeGreaterThan(3)
    const quotes = await tool('call_method', { method: 'crm.quote.list', params: { select: ['ID'] } })
    expect(quotes.value).toMatchObject({ total: 60, next: 50 })
    const rest = await tool('call_method', { method: 'crm.quote.list', params: { select: ['ID'], start: 50 } })
    expect(rest.value.result).toHaveLength(10)
    expect(rest.value.next).toBeUndefined()
  })

  it('of REST 3.0 are called too', async () => {
    const { value } = await tool('call_method', { method: 'humanresources.node.count' })
    expect(value.result).toMatchObject({ departments: 1 })
  })

  it('that there are none of are refused with the one that was meant', async () => {
    expect((await tool('call_method', { method: 'crm.lead.ad' })).error).toBe(
      'ERROR_METHOD_NOT_FOUND: There is no method "crm.lead.ad" (HTTP 404)\nHint: Did you mean crm.lead.add?',
    )
  })

  it('are refused in the words of the portal', async () => {
    const { error } = await tool('call_method', { method: 'crm.lead.get', params: { id: 987654 } })
    expect(error).toBe('Not found (HTTP 400)')
  })

  it('give no more than a model can read', async () => {
    const long = 'x'.repeat(20_000)
    for (let count = 0; count < 5; count++) await added('company', { title: `Long ${count}`, comments: long })
    const { value, text } = await tool('call_method', { method: 'crm.company.list', params: { select: ['*'] } })
    expect(text.length).toBeLessThan(100_000)
    expect(value.cut).toMatch(/^Only the first \d+ of 5 rows fit/)
    const listed = await tool('list_items', { type: 'company', select: ['comments'] })
    expect(listed.text.length).toBeLessThan(100_000)
    expect(listed.value.cut).toContain('take a smaller limit')
  })
})

describe('dry runs', () => {
  it('tell what would be stored, and store nothing, not even a file', async () => {
    await portal.call('crm.contact.userfield.add', { fields: { FIELD_NAME: 'SCAN', USER_TYPE_ID: 'file' } })
    const id = await added('contact', { name: 'Alan' })
    const before = await content()
    const events = await portal.call('crm.contact.list', { select: ['ID'] })
    const fields = { name: 'Kurt', ufCrmScan: ['a.txt', Buffer.from('text').toString('base64')] }
    const add = await tool('add_item', { type: 'contact', fields, dryRun: true })
    expect(add.value).toMatchObject({
      dryRun: 'undone',
      item: { name: 'Kurt', opened: 'Y' },
      wouldSend: { method: 'crm.item.add', params: { entityTypeId: 3 } },
    })
    expect(add.value).not.toHaveProperty('id')
    const update = await tool('update_item', { type: 'contact', id, fields: { name: 'Turing' }, dryRun: true })
    expect(update.value).toMatchObject({ dryRun: 'undone', id, item: { name: 'Turing' } })
    expect((await tool('delete_item', { type: 'contact', id, dryRun: true })).value).toMatchObject({ dryRun: 'undone' })
    const call = await tool('call_method', {
      method: 'crm.status.add',
      params: { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'FAX', NAME: 'Fax' } },
      dryRun: true,
    })
    expect(call.value).toMatchObject({ dryRun: 'undone', method: 'crm.status.add', wouldAnswer: expect.any(Number) })
    expect(await content()).toEqual(before)
    expect((await portal.call('crm.contact.list', { select: ['ID'] })).body.result).toEqual(events.body.result)
    expect((await tool('get_item', { type: 'contact', id })).value.item.name).toBe('Alan')
    // What was kept in memory of it has gone too.
    const sources = await portal.call('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })
    expect(sources.body.result.map((each: { STATUS_ID: string }) => each.STATUS_ID)).not.toContain('FAX')
    expect(await filesOnDisk()).toEqual([])
  })

  it('are refused where the change would be', async () => {
    const gone = await tool('update_item', { type: 'lead', id: 999_999, fields: { title: 'x' }, dryRun: true })
    expect(gone.error).toContain('NOT_FOUND')
    const wrong = await tool('add_item', { type: 'lead', fields: { stageId: 'NO_SUCH' }, dryRun: true })
    expect(wrong.error).toMatch(/HTTP 400/)
  })
})

async function filesOnDisk(): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  const entries = await readdir(portal.portal.files.directory, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}
