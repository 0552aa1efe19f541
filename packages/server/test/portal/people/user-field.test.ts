import { describe, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const announced = announcements(portal)
const person = await portal.person({ department: [1] })

let made = 0
async function add(fields: Record<string, unknown>): Promise<{ id: number; name: string }> {
  const name = `NOTE${++made}`
  const { body } = await portal.call('user.userfield.add', { fields: { FIELD_NAME: name, ...fields } })
  if (typeof body.result !== 'number') throw new Error(body.error_description)
  return { id: body.result, name: `UF_USR_${name}` }
}
const write = (fields: object) => portal.call('user.update', { ID: person.id, ...fields })
const row = async (select: unknown, as?: string) =>
  (await portal.call('user.get', { ID: person.id, select }, as === undefined ? {} : { as })).body.result[0]
const list = async (parameters: object = {}) => (await portal.call('user.userfield.list', parameters)).body

describe('user.userfield.add', () => {
  it.each([
    ['DEALS_A', 'UF_USR_DEALS_A'],
    ['uf_deals_b', 'UF_USR_DEALS_B'],
    ['UF_USR_DEALS_C', 'UF_USR_DEALS_C'],
  ])('names the field %s %s', async (FIELD_NAME, stored) => {
    const { id } = await add({ FIELD_NAME, USER_TYPE_ID: 'string' })
    expect((await list({ filter: { ID: id } })).result[0]).toMatchObject({ ENTITY_ID: 'USER', FIELD_NAME: stored })
  })

  it.each([
    [{ USER_TYPE_ID: 'string' }, '', "The 'FIELD_NAME' field is not found."],
    [{ FIELD_NAME: 'X' }, '', "The 'USER_TYPE_ID' field is not found."],
    [
      { FIELD_NAME: 'DEALS_A', USER_TYPE_ID: 'string' },
      'ERROR_CORE',
      'Field UF_USR_DEALS_A for USER object already exists',
    ],
  ])('refuses %j', async (fields, error, error_description) => {
    const before = await portal.census()
    const answer = await portal.call('user.userfield.add', { fields })
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } })
    expect(await portal.census()).toEqual(before)
  })

  it('announces nothing: no event of such fields is documented', async () => {
    await announced()
    await add({ USER_TYPE_ID: 'string' })
    expect(await announced()).toEqual([])
  })
})

describe('values of user fields', () => {
  const types: [string, object, unknown, unknown][] = [
    ['string', {}, 'Chess', 'Chess'],
    ['integer', {}, 7, '7'],
    ['double', {}, 2.5, '2.5'],
    ['boolean', {}, 'Y', '1'],
    ['date', {}, '2024-02-03', '2024-02-03T01:00:00+01:00'],
    ['money', {}, '12.50|EUR', '12.5|EUR'],
    ['employee', {}, 1, '1'],
    ['string', { MULTIPLE: 'Y' }, ['a', 'b'], ['a', 'b']],
  ]
  it.each(types)('of %s %j are written and read', async (USER_TYPE_ID, more, value, shown) => {
    const { name } = await add({ USER_TYPE_ID, ...more })
    expect(await row([name])).toHaveProperty(name)
    expect((await row(['UF_*']))[name]).toBeUndefined()
    expect((await write({ [name]: value })).body.result).toBe(true)
    expect((await row([name]))[name]).toEqual(shown)
    expect((await row(['UF_*']))[name]).toEqual(shown)
    expect((await portal.call('user.current', {}, { as: person.hook })).body.result[name]).toEqual(shown)
    await write({ [name]: '' })
    // A text that was cleared is still shown, as one of the profile's own is.
    expect([undefined, '']).toContain((await row(['UF_*']))[name])
  })

  it('are found by, and told among the fields', async () => {
    const { name } = await add({ USER_TYPE_ID: 'string', EDIT_FORM_LABEL: 'Favourite opening' })
    await write({ [name]: 'Sicilian' })
    expect((await portal.call('user.get', { filter: { [name]: 'Sicilian' } })).body.total).toBe(1)
    expect((await portal.call('user.get', { filter: { [`!${name}`]: '' } })).body.total).toBe(1)
    expect((await portal.call('user.search', { [name]: 'French' })).body.total).toBe(0)
    expect((await portal.call('user.fields')).body.result[name]).toBe('Favourite opening')
  })

  it('point at records, and forget those that are gone', async () => {
    const { name } = await add({ USER_TYPE_ID: 'crm', SETTINGS: { DEAL: 'Y' } })
    const many = await add({ USER_TYPE_ID: 'crm', SETTINGS: { DEAL: 'Y' }, MULTIPLE: 'Y' })
    const id = (await portal.call('crm.deal.add', { fields: { TITLE: 'A deal' } })).body.result
    await write({ [name]: id, [many.name]: [id] })
    expect(String((await row([name]))[name])).toContain(String(id))
    await portal.call('crm.deal.delete', { id })
    expect((await row(['UF_*']))[name]).toBeUndefined()
    expect((await row(['UF_*']))[many.name]).toBeUndefined()
  })

  it('keep files, which go with the field', async () => {
    const { id, name } = await add({ USER_TYPE_ID: 'file' })
    const before = (await portal.census()).stored_file
    await write({ [name]: ['a.png', greenPixel] })
    const shown = (await row([name]))[name]
    expect((await portal.send({ method: 'GET', url: shown.downloadUrl })).status).toBe(200)
    expect((await portal.call('user.userfield.delete', { id })).body.result).toBe(true)
    expect((await portal.census()).stored_file).toBe(before)
    expect(await row([name])).toEqual({ ID: String(person.id) })
  })

  it('must be given where they are mandatory', async () => {
    const { id, name } = await add({ USER_TYPE_ID: 'string', MANDATORY: 'Y', EDIT_FORM_LABEL: 'Badge' })
    const parameters = { EMAIL: 'badge@example.com', UF_DEPARTMENT: [1] }
    expect((await portal.call('user.add', parameters)).body.error_description).toBe('The field "Badge" is required.')
    const { body } = await portal.call('user.add', { ...parameters, [name]: '4711' })
    expect((await portal.call('user.get', { ID: body.result })).body.result[0][name]).toBe('4711')
    await portal.call('user.userfield.delete', { id })
  })

  it('have presets', async () => {
    const preset = await add({ USER_TYPE_ID: 'string', SETTINGS: { DEFAULT_VALUE: 'tea' } })
    const { body } = await portal.call('user.add', { EMAIL: 'tea@example.com', UF_DEPARTMENT: [1] })
    expect((await portal.call('user.get', { ID: body.result })).body.result[0][preset.name]).toBe('tea')
  })

  it('are written by administrators alone', async () => {
    for (const MULTIPLE of ['N', 'Y']) {
      const { name } = await add({ USER_TYPE_ID: 'string', MULTIPLE })
      const answer = await portal.call('user.update', { ID: person.id, [name]: 'mine' }, { as: person.hook })
      expect(answer.body).toMatchObject({ error: 'ERROR_CORE', error_description: 'access_denied' })
      expect((await row(['UF_*']))[name]).toBeUndefined()
    }
  })

  it('are closed to narrow scopes without user.userfield', async () => {
    const { name } = await add({ USER_TYPE_ID: 'string' })
    await write({ [name]: 'secret' })
    const brief = await portal.person({ scope: 'user_brief' })
    const both = await portal.person({ scope: 'user_basic,user.userfield' })
    expect(await row([name], brief.hook)).toEqual({ ID: String(person.id) })
    expect((await portal.call('user.get', { filter: { [name]: 'nothing' } }, { as: brief.hook })).body.total).not.toBe(
      0,
    )
    expect((await row([name], both.hook))[name]).toBe('secret')
    expect((await portal.call('user.fields', {}, { as: brief.hook })).body.result).not.toHaveProperty(name)
  })
})

describe('user.userfield.list, update and delete', () => {
  it('list in order, by filter, with options', async () => {
    const { id } = await add({
      USER_TYPE_ID: 'enumeration',
      MULTIPLE: 'Y',
      LIST: [{ VALUE: 'One' }, { VALUE: 'Two', DEF: 'Y' }],
    })
    const [field] = (await list({ filter: { ID: id } })).result
    expect(field.LIST.map((option: { VALUE: string }) => option.VALUE)).toEqual(['One', 'Two'])
    const ids = (await list({ order: { ID: 'DESC' } })).result.map((each: { ID: string }) => Number(each.ID))
    expect(ids).toEqual(ids.toSorted((a: number, b: number) => b - a))
    expect((await list()).total).toBe(ids.length)
  })

  it('change settings, never the name or the type', async () => {
    const { id, name } = await add({ USER_TYPE_ID: 'string' })
    const fields = {
      XML_ID: '123',
      SORT: 150,
      SHOW_IN_LIST: 'Y',
      FIELD_NAME: 'OTHER',
      USER_TYPE_ID: 'integer',
      SETTINGS: { ROWS: 3 },
    }
    expect((await portal.call('user.userfield.update', { id, fields })).body.result).toBe(true)
    const [field] = (await list({ filter: { ID: id } })).result
    expect(field).toMatchObject({
      XML_ID: '123',
      SORT: '150',
      SHOW_IN_LIST: 'Y',
      FIELD_NAME: name,
      USER_TYPE_ID: 'string',
    })
    expect(field.SETTINGS.ROWS).toBe(3)
  })

  it('refuse unknown ids, those of other entities, and none', async () => {
    const lead = (await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'A', USER_TYPE_ID: 'string' } }))
      .body.result
    for (const method of ['user.userfield.update', 'user.userfield.delete']) {
      for (const id of [999_999, lead])
        expect(await portal.call(method, { id, fields: { SORT: 1 } })).toMatchObject({
          status: 400,
          body: { error: '', error_description: 'Access denied.' },
        })
      expect((await portal.call(method, { id: 0, fields: {} })).body.error_description).toBe(
        'ID is not defined or invalid',
      )
    }
  })

  it('are for administrators, and for their scope', async () => {
    for (const [method, parameters] of [
      ['user.userfield.list', {}],
      ['user.userfield.add', { fields: { FIELD_NAME: 'MINE', USER_TYPE_ID: 'string' } }],
      ['user.userfield.update', { id: 1, fields: {} }],
      ['user.userfield.delete', { id: 1 }],
    ] as const) {
      expect((await portal.call(method, parameters, { as: person.hook })).body.error_description).toBe('Access denied.')
      const narrow = await portal.person({ scope: 'user' })
      expect((await portal.call(method, parameters, { as: narrow.hook })).body.error).toBe('insufficient_scope')
    }
  })

  it('are the only methods of these fields: those of the CRM do not know them', async () => {
    const { id } = await add({ USER_TYPE_ID: 'string' })
    for (const [method, parameters] of [
      ['userfieldconfig.get', { id }],
      ['userfieldconfig.update', { id, field: {} }],
      ['userfieldconfig.delete', { id }],
      ['userfieldconfig.list', { filter: { entityId: 'USER' } }],
      ['userfieldconfig.add', { field: { entityId: 'USER', fieldName: 'UF_USR_X', userTypeId: 'string' } }],
    ] as const)
      expect((await portal.call(method, { moduleId: 'crm', ...parameters })).status).toBe(400)
    expect((await list({ filter: { ID: id } })).total).toBe(1)
  })
})
