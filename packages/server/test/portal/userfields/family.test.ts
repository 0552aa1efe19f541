import { describe, expect, it } from 'vitest'
import { languages } from '../../../src/schema/languages.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const rows = async <T extends object>(query: Parameters<ReturnType<typeof portal.portal.store.session>['find']>[0]) =>
  portal.portal.store.session().find<T>(query)
const everywhere = (text: string): Record<string, string> => Object.fromEntries(languages.map((each) => [each, text]))
const events = async (id: number): Promise<{ event: string; payload: string; user_id: number }[]> =>
  rows(sql`select event, payload, user_id from outbox where record_id = ${id} and event like '%USERFIELD%' order by id`)

const families = [
  ['lead', 'CRM_LEAD', 1],
  ['deal', 'CRM_DEAL', 2],
  ['contact', 'CRM_CONTACT', 3],
  ['company', 'CRM_COMPANY', 4],
  ['quote', 'CRM_QUOTE', 7],
] as const

describe.each(families)('crm.%s.userfield.*', (name, entityId, entityTypeId) => {
  const call = (verb: string, parameters: unknown, as?: string) =>
    portal.call(`crm.${name}.userfield.${verb}`, parameters, as === undefined ? {} : { as })

  it('makes a field that is there at once, shows it, changes it and removes it', async () => {
    const added = await call('add', {
      fields: {
        LABEL: 'Hello',
        USER_TYPE_ID: 'string',
        FIELD_NAME: 'hello_world',
        MULTIPLE: 'N',
        MANDATORY: 'Y',
        SHOW_FILTER: 'Y',
        SETTINGS: { DEFAULT_VALUE: 'preset', ROWS: 3, UNKNOWN: 1 },
        SORT: '1000',
        XML_ID: 'external',
        LIST_COLUMN_LABEL: { en: 'Column', de: 'Spalte' },
        EDIT_FORM_LABEL: 'Everywhere',
      },
    })
    expect(added.body.result).toBeTypeOf('number')
    const id = added.body.result as number
    expect((await call('get', { id })).body.result).toEqual({
      ID: String(id),
      ENTITY_ID: entityId,
      FIELD_NAME: 'UF_CRM_HELLO_WORLD',
      USER_TYPE_ID: 'string',
      XML_ID: 'external',
      SORT: '1000',
      MULTIPLE: 'N',
      MANDATORY: 'Y',
      SHOW_FILTER: 'E',
      SHOW_IN_LIST: 'N',
      EDIT_IN_LIST: 'Y',
      IS_SEARCHABLE: 'N',
      SETTINGS: { SIZE: 20, ROWS: 3, REGEXP: '', MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: 'preset' },
      EDIT_FORM_LABEL: everywhere('Everywhere'),
      LIST_COLUMN_LABEL: { ...everywhere('Hello'), en: 'Column', de: 'Spalte' },
      LIST_FILTER_LABEL: everywhere('Hello'),
      ERROR_MESSAGE: everywhere('Hello'),
      HELP_MESSAGE: everywhere('Hello'),
    })
    const described = (await portal.call(`crm.${name}.fields`)).body.result.UF_CRM_HELLO_WORLD
    expect(described).toMatchObject({
      type: 'string',
      isRequired: true,
      isDynamic: true,
      listLabel: 'Column',
      formLabel: 'Everywhere',
      filterLabel: 'Hello',
    })
    const { fields } = (await portal.call('crm.item.fields', { entityTypeId })).body.result
    expect(fields.ufCrmHelloWorld).toMatchObject({ upperName: 'UF_CRM_HELLO_WORLD', title: 'Everywhere' })

    const changed = await call('update', {
      id,
      fields: {
        SETTINGS: { ROWS: 10 },
        SORT: 2000,
        MANDATORY: 'N',
        SHOW_FILTER: 'N',
        EDIT_IN_LIST: 'N',
        XML_ID: '',
        LIST_COLUMN_LABEL: { de: 'Nur deutsch' },
        FIELD_NAME: 'OTHER',
        USER_TYPE_ID: 'integer',
        MULTIPLE: 'Y',
        ENTITY_ID: 'CRM_OTHER',
      },
    })
    expect(changed.body.result).toBe(true)
    expect((await call('get', { id })).body.result).toMatchObject({
      ENTITY_ID: entityId,
      FIELD_NAME: 'UF_CRM_HELLO_WORLD',
      USER_TYPE_ID: 'string',
      MULTIPLE: 'N',
      SORT: '2000',
      XML_ID: null,
      MANDATORY: 'N',
      SHOW_FILTER: 'N',
      EDIT_IN_LIST: 'N',
      SETTINGS: { SIZE: 20, ROWS: 10, DEFAULT_VALUE: 'preset' },
      LIST_COLUMN_LABEL: { ...everywhere(''), de: 'Nur deutsch' },
      LIST_FILTER_LABEL: everywhere('Hello'),
    })
    expect((await call('delete', { id })).body.result).toBe(true)
    expect(await call('get', { id })).toMatchObject({
      status: 400,
      body: { error: 'ERROR_NOT_FOUND', error_description: `The entity with ID '${id}' is not found.` },
    })
    expect((await portal.call(`crm.${name}.fields`)).body.result).not.toHaveProperty('UF_CRM_HELLO_WORLD')

    const payload = { FIELDS: { ID: id, ENTITY_ID: entityId, FIELD_NAME: 'UF_CRM_HELLO_WORLD' } }
    expect((await events(id)).map((each) => ({ ...each, payload: JSON.parse(each.payload) }))).toEqual(
      ['ADD', 'UPDATE', 'DELETE'].map((verb) => ({
        event: `ONCRM${name.toUpperCase()}USERFIELD${verb}`,
        user_id: 1,
        payload,
      })),
    )
  })

  it('lets everybody see fields who may see records, and only administrators change them', async () => {
    const clerk = await portal.person()
    const { body } = await call('add', { fields: { USER_TYPE_ID: 'integer', FIELD_NAME: 'RIGHTS' } })
    expect((await call('get', { id: body.result }, clerk.hook)).body.result.FIELD_NAME).toBe('UF_CRM_RIGHTS')
    const before = await portal.census()
    for (const [verb, parameters] of [
      ['add', { fields: { USER_TYPE_ID: 'integer', FIELD_NAME: 'MORE' } }],
      ['update', { id: body.result, fields: { SORT: 5 } }],
      ['delete', { id: body.result }],
    ] as const)
      expect(await call(verb, parameters, clerk.hook)).toMatchObject({
        status: 400,
        body: { error: '', error_description: 'Access denied.' },
      })
    expect(await portal.census()).toEqual(before)
  })
})

describe('a field of another entity', () => {
  it('is closed to this one', async () => {
    const { body } = await portal.call('crm.deal.userfield.add', {
      fields: { USER_TYPE_ID: 'integer', FIELD_NAME: 'FOREIGN' },
    })
    for (const [verb, more] of [
      ['get', {}],
      ['update', { fields: { SORT: 1 } }],
      ['delete', {}],
    ] as const)
      expect(await portal.call(`crm.lead.userfield.${verb}`, { id: body.result, ...more })).toMatchObject({
        status: 400,
        body: { error: '', error_description: 'Access denied.' },
      })
    expect((await portal.call('crm.deal.userfield.get', { id: body.result })).body.result.SORT).toBe('100')
  })
})

describe('what a new field may not be', () => {
  const cases: readonly [fields: unknown, code: string, text: string][] = [
    [{ USER_TYPE_ID: 'string' }, '', "The 'FIELD_NAME' field is not found."],
    [{ FIELD_NAME: '', USER_TYPE_ID: 'string' }, '', "The 'FIELD_NAME' field is not found."],
    [
      { FIELD_NAME: 'A'.repeat(44), USER_TYPE_ID: 'string' },
      'ERROR_CORE',
      'Field name is too long (more than 50 characters).',
    ],
    [
      { FIELD_NAME: 'ÄPFEL', USER_TYPE_ID: 'string' },
      'ERROR_CORE',
      'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.',
    ],
    [
      { FIELD_NAME: 'A"; DROP TABLE crm_lead; --', USER_TYPE_ID: 'string' },
      'ERROR_CORE',
      'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.',
    ],
    [{ FIELD_NAME: 'X' }, '', "The 'USER_TYPE_ID' field is not found."],
    [{ FIELD_NAME: 'X', USER_TYPE_ID: 'rest_1_map' }, 'ERROR_CORE', 'Invalid custom type specified.'],
    [{ FIELD_NAME: 'X', USER_TYPE_ID: '__proto__' }, 'ERROR_CORE', 'Invalid custom type specified.'],
    [
      { FIELD_NAME: 'X', USER_TYPE_ID: 'enumeration', LIST: ['a', 'b'].map((VALUE) => ({ VALUE, XML_ID: 'same' })) },
      'ERROR_CORE',
      'List item with XML_ID=same already exists.',
    ],
    [
      { FIELD_NAME: 'X', USER_TYPE_ID: 'string', SETTINGS: { REGEXP: '/(a)\\1/' } },
      'ERROR_CORE',
      'Invalid field settings: error parsing regexp: invalid escape sequence: `\\1`.',
    ],
    [
      { FIELD_NAME: 'X', USER_TYPE_ID: 'integer', SETTINGS: { DEFAULT_VALUE: 'many' } },
      'ERROR_CORE',
      'Invalid field settings: a whole number is expected.',
    ],
    [
      { FIELD_NAME: 'X', USER_TYPE_ID: 'integer', SETTINGS: { DEFAULT_VALUE: 5, MIN_VALUE: 10 } },
      'ERROR_CORE',
      'Invalid field settings: the default value: the number is less than 10.',
    ],
    ['no map', '', "Parameter 'fields' must be array."],
  ]

  it.each(cases)('%j is refused and changes nothing', async (fields, error, error_description) => {
    const before = await portal.census()
    expect(await portal.call('crm.lead.userfield.add', { fields })).toMatchObject({
      status: 400,
      body: { error, error_description },
    })
    expect(await portal.census()).toEqual(before)
  })

  it('does not take a name twice, in whatever spelling, until the field is deleted', async () => {
    const add = (FIELD_NAME: string, USER_TYPE_ID: string) =>
      portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME, USER_TYPE_ID } })
    const { body } = await add('TWICE', 'string')
    for (const name of ['TWICE', 'twice', 'UF_TWICE', 'UF_CRM_TWICE'])
      expect(await add(name, 'integer')).toMatchObject({
        status: 400,
        body: { error: 'ERROR_CORE', error_description: 'Field UF_CRM_TWICE for object CRM_LEAD already exists.' },
      })
    const lead = await portal.call('crm.lead.add', { fields: { TITLE: 'x', UF_CRM_TWICE: 'text' } })
    await portal.call('crm.lead.userfield.delete', { id: body.result })
    expect((await add('TWICE', 'integer')).body.result).toBeGreaterThan(body.result)
    expect((await portal.call('crm.lead.get', { id: lead.body.result })).body.result.UF_CRM_TWICE).toBeNull()
    await portal.call('crm.lead.update', { id: lead.body.result, fields: { UF_CRM_TWICE: 7 } })
    expect((await portal.call('crm.lead.get', { id: lead.body.result })).body.result.UF_CRM_TWICE).toBe('7')
  })

  it('words some refusals as the pages of deals and contacts do', async () => {
    const add = async (family: string) =>
      (await portal.call(`crm.${family}.userfield.add`, { fields: { FIELD_NAME: 'X', USER_TYPE_ID: 'none' } })).body
    expect(await add('deal')).toMatchObject({
      error: 'ERROR_CORE',
      error_description: 'Incorrect custom type specified.',
    })
    expect(await add('contact')).toMatchObject({ error: '', error_description: 'Incorrect custom type specified.' })
    expect(await add('quote')).toMatchObject({
      error: 'ERROR_CORE',
      error_description: 'Invalid custom type specified.',
    })
  })
})

describe('parameters that are missing', () => {
  it.each([
    ['get', {}, 'ID is not defined or invalid.'],
    ['get', { id: 0 }, 'ID is not defined or invalid.'],
    ['delete', { id: 'x' }, 'ID is not defined or invalid.'],
    ['update', { id: 1 }, "Parameter 'fields' must be array."],
    ['update', { fields: { SORT: 1 } }, 'ID is not defined or invalid.'],
    ['list', { filter: 'x' }, "Parameter 'filter' must be array."],
    ['list', { order: 'x' }, "Parameter 'order' must be array."],
  ])('%s with %j', async (verb, parameters, error_description) => {
    expect(await portal.call(`crm.lead.userfield.${verb}`, parameters)).toMatchObject({
      status: 400,
      body: { error: '', error_description },
    })
  })
})

describe('crm.company.userfield.list', async () => {
  const list = async (parameters: unknown = {}) => (await portal.call('crm.company.userfield.list', parameters)).body
  const names = async (parameters: unknown) =>
    (await list(parameters)).result.map((row: { FIELD_NAME: string }) => row.FIELD_NAME.slice('UF_CRM_L_'.length))
  for (const [FIELD_NAME, more] of [
    ['L_B', { USER_TYPE_ID: 'string', SORT: 300, MULTIPLE: 'Y', XML_ID: 'b', EDIT_FORM_LABEL: { de: 'Beh' } }],
    ['L_A', { USER_TYPE_ID: 'integer', SORT: 200, MANDATORY: 'Y', LABEL: 'A' }],
    ['L_C', { USER_TYPE_ID: 'enumeration', SORT: 200, LIST: [{ VALUE: 'one' }] }],
  ] as const)
    await portal.call('crm.company.userfield.add', { fields: { FIELD_NAME, ...more } })
  const ours = { '%FIELD_NAME': 'UF_CRM_L_' }

  it('has its documented order, and others on demand', async () => {
    expect(await names({ filter: ours })).toEqual(['A', 'C', 'B'])
    expect(await names({ filter: ours, order: { FIELD_NAME: 'DESC' } })).toEqual(['C', 'B', 'A'])
    expect(await names({ filter: ours, order: { USER_TYPE_ID: 'ASC' } })).toEqual(['C', 'A', 'B'])
    expect(await names({ filter: ours, order: { MANDATORY: 'DESC' } })).toEqual(['A', 'C', 'B'])
  })

  it('filters by every property, all conditions at once, and counts', async () => {
    expect(await names({ filter: { ...ours, SORT: 200 } })).toEqual(['A', 'C'])
    expect(await names({ filter: { ...ours, SORT: '200', MANDATORY: 'Y' } })).toEqual(['A'])
    expect(await names({ filter: { XML_ID: 'b' } })).toEqual(['B'])
    expect(await names({ filter: { ...ours, MULTIPLE: 'N', SHOW_FILTER: 'N' } })).toEqual(['A', 'C'])
    expect(await names({ filter: { ...ours, USER_TYPE_ID: ['string', 'integer'] } })).toEqual(['A', 'B'])
    expect((await list({ filter: { XML_ID: 'none' } })).result).toEqual([])
    expect((await list({ filter: ours })).total).toBe(3)
  })

  it('shows labels in one language only when asked, and options of lists', async () => {
    const [a, c, b] = (await list({ filter: ours })).result
    expect(a).not.toHaveProperty('EDIT_FORM_LABEL')
    expect(b).not.toHaveProperty('LIST')
    expect(c.LIST).toEqual([
      {
        ID: expect.stringMatching(/^\d+$/),
        SORT: '0',
        VALUE: 'one',
        DEF: 'N',
        XML_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ])
    const german = (await list({ filter: { ...ours, LANG: 'de' } })).result
    expect(german).toMatchObject([
      { EDIT_FORM_LABEL: 'A', HELP_MESSAGE: 'A' },
      { EDIT_FORM_LABEL: null, HELP_MESSAGE: null },
      { EDIT_FORM_LABEL: 'Beh', LIST_COLUMN_LABEL: null },
    ])
    expect((await list({ filter: { ...ours, LANG: 'en' } })).result[2].EDIT_FORM_LABEL).toBe('')
  })

  it('is closed to those who may not see companies', async () => {
    const { hook } = await portal.person({ active: true })
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`delete from crm_role_permission where action = 'read'`),
    )
    expect(await portal.call('crm.company.userfield.list', {}, { as: hook })).toMatchObject({
      status: 400,
      body: { error: '', error_description: 'Access denied.' },
    })
  })
})
