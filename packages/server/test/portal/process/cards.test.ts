import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

const section = (...names: string[]) => [
  { name: 'main', title: 'Main', type: 'section', elements: names.map((name) => ({ name })) },
]
const fieldsOf = (sections: { elements: { name: string }[] }[] | null): string[] | null =>
  sections === null ? null : sections.flatMap(({ elements }) => elements.map(({ name }) => name))

async function card(method: string, params: object = {}, as?: string): Promise<string[] | null> {
  const { status, body } = await portal.call(`crm.${method}.details.configuration.get`, params, as ? { as } : {})
  expect([status, body.error_description]).toEqual([200, undefined])
  return fieldsOf(body.result)
}

const write = async (method: string, params: object, as?: string) => {
  const { body } = await portal.call(`crm.${method}`, params, as === undefined ? {} : { as })
  return body.error_description ?? body.result
}

describe('cards of records', () => {
  it('are null until somebody has arranged them', async () => {
    expect(await card('company')).toBeNull()
    expect(await card('company', { scope: 'C' })).toBeNull()
  })

  it('are personal unless the scope is common', async () => {
    await write('contact.details.configuration.set', { data: section('NAME') })
    await write('contact.details.configuration.set', { scope: 'C', data: section('POST', 'PHONE') })
    const other = await portal.person()
    expect(await card('contact')).toEqual(['NAME'])
    expect(await card('contact', { scope: 'C' }, other.hook)).toEqual(['POST', 'PHONE'])
    expect(await card('contact', {}, other.hook)).toBeNull()
    expect(await card('item', { entityTypeId: 3 })).toEqual(['NAME'])
  })

  it('show what each field has, as texts', async () => {
    const elements = [
      { name: 'TITLE' },
      { name: 'PHONE', optionFlags: 1, options: { defaultCountry: 'GB', nested: { no: 1 } } },
    ]
    const data = [
      { name: 'a', title: 'A', type: 'section', elements },
      { name: 'b', title: 'B', type: 'section' },
    ]
    expect(await write('lead.details.configuration.set', { data })).toBe(true)
    const { body } = await portal.call('crm.lead.details.configuration.get')
    expect(body.result).toEqual([
      {
        name: 'a',
        title: 'A',
        type: 'section',
        elements: [
          { name: 'TITLE', optionFlags: '0' },
          { name: 'PHONE', optionFlags: '1', options: { defaultCountry: 'GB' } },
        ],
      },
      { name: 'b', title: 'B', type: 'section', elements: [] },
    ])
  })

  it('differ for simple and repeat leads', async () => {
    await write('lead.details.configuration.set', { data: section('TITLE'), extras: { leadCustomerType: 1 } })
    await write('lead.details.configuration.set', { data: section('CLIENT'), extras: { leadCustomerType: '2' } })
    expect(await card('lead')).toEqual(['TITLE'])
    expect(await card('lead', { extras: { 'lead.customer.type': 2 } })).toEqual(['CLIENT'])
    await write('lead.details.configuration.reset', { extras: { leadCustomerType: 2 } })
    expect(await card('lead', { extras: { leadCustomerType: 2 } })).toBeNull()
    expect(await card('lead')).toEqual(['TITLE'])
  })

  it('differ by pipeline, and go with it', async () => {
    const { body } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Service' } })
    const extras = { dealCategoryId: body.result.category.id as number }
    await write('deal.details.configuration.set', { data: section('TITLE', 'STAGE_ID'), extras })
    expect(await card('deal')).toBeNull()
    expect(await card('item', { entityTypeId: 2, extras })).toEqual(['TITLE', 'STAGE_ID'])
    await portal.call('crm.category.delete', { entityTypeId: 2, id: extras.dealCategoryId })
    expect(await write('deal.details.configuration.get', { extras })).toBe(
      "Parameter 'extras.dealCategoryId' is invalid.",
    )
  })

  it('of a smart process go with it', async () => {
    const { body } = await portal.call('crm.type.add', { fields: { title: 'Rooms' } })
    const { id, entityTypeId } = body.result.type as { id: number; entityTypeId: number }
    await write('item.details.configuration.set', { entityTypeId, scope: 'C', data: section('TITLE') })
    expect(await card('item', { entityTypeId, scope: 'C' })).toEqual(['TITLE'])
    await portal.call('crm.type.delete', { id })
    expect(await write('item.details.configuration.get', { entityTypeId, scope: 'C' })).toBe(
      `The entity type 'DYNAMIC_${entityTypeId}' is not supported in current context.`,
    )
  })

  it('of one’s own are dropped where the common card is forced', async () => {
    const other = await portal.person()
    await write('company.details.configuration.set', { data: section('TITLE') }, other.hook)
    await write('company.details.configuration.set', { scope: 'C', data: section('LOGO') })
    expect(await write('company.details.configuration.forceCommonScopeForAll', {})).toBe(true)
    expect(await card('company', {}, other.hook)).toBeNull()
    expect(await card('company', { scope: 'C' }, other.hook)).toEqual(['LOGO'])
  })
})

describe('refusals', () => {
  it('keep the common card and those of others to administrators', async () => {
    const { hook, id } = await portal.person()
    const before = await portal.census()
    const data = section('TITLE')
    for (const [method, params] of [
      ['lead.details.configuration.set', { scope: 'C', data }],
      ['lead.details.configuration.set', { userId: 1, data }],
      ['lead.details.configuration.get', { userId: 1 }],
      ['lead.details.configuration.reset', { scope: 'C' }],
      ['lead.details.configuration.reset', { userId: 1 }],
      ['lead.details.configuration.forceCommonScopeForAll', {}],
      ['item.details.configuration.forceCommonScopeForAll', { entityTypeId: 2 }],
    ] as const)
      expect([method, await write(method, params, hook)]).toEqual([method, 'Access denied.'])
    expect(await portal.census()).toEqual(before)
    expect(await write('lead.details.configuration.set', { userId: id, data }, hook)).toBe(true)
    expect(await card('lead', { userId: id })).toEqual(['TITLE'])
  })

  it('name what is wrong with the sections, in the words of their page, and write nothing', async () => {
    const before = await portal.census()
    const named = { name: 'a', title: 'A', type: 'section' }
    for (const [data, text] of [
      ['text', "Parameter 'data' must be array."],
      [undefined, "Parameter 'data' must be array."],
      [{ first: named }, 'The data must be indexed array.'],
      [[], 'There are no data to write.'],
      [[{ ...named, type: 'column' }], "Section at index 0 has type column. The expected type is 'section'."],
      [['text'], "Section at index 0 has type . The expected type is 'section'."],
      [[named, { ...named, name: '' }], 'Section at index 1 does not have name.'],
      [[{ ...named, title: ' ' }], 'Section at index 0 does not have title.'],
      [
        [named, { ...named, elements: [{ name: 'TITLE' }, {}] }],
        'Element at index 1 in section at index 1 does not have name.',
      ],
    ] as const)
      expect(await write('company.details.configuration.set', { userId: 1, data })).toBe(text)
    const column = [{ ...named, type: 'column' }]
    expect(await write('item.details.configuration.set', { entityTypeId: 4, data: column })).toBe(
      "Section at index 0 have type column. The expected type is 'section'.",
    )
    expect(await write('deal.details.configuration.set', { data: [{ ...named, name: '' }] })).toBe(
      'Section at index 0 does not have a name.',
    )
    expect(await portal.census()).toEqual(before)
  })

  it('know neither other people nor other types', async () => {
    expect(await write('lead.details.configuration.set', { userId: 999, data: section('TITLE') })).toBe('Not found')
    expect(await write('item.details.configuration.get', { entityTypeId: 5 })).toBe(
      "The entity type 'INVOICE' is not supported in current context.",
    )
    expect(await write('lead.details.configuration.get', { scope: 'X' })).toBe("Parameter 'scope' is invalid.")
    expect(await write('lead.details.configuration.get', { extras: { leadCustomerType: 3 } })).toBe(
      "Parameter 'extras.leadCustomerType' is invalid.",
    )
  })
})
