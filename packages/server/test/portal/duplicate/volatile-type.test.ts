import { describe, expect, it } from 'vitest'
import { matchesOf } from '../../../src/modules/crm/duplicate/values.ts'
import { testPortal } from '../../support/portal.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })

const call = async (method: string, params: object = {}) => {
  const { body } = await portal.call(`crm.duplicate.volatileType.${method}`, params)
  return body.error === undefined ? body.result : body.error
}
const register = async (entityTypeId: number, fieldCode: string) => call('register', { entityTypeId, fieldCode })
const add = async (entity: string, fields: object): Promise<number> =>
  (await portal.call(`crm.${entity}.add`, { fields })).body.result
/** Runs what is due a little later. */
const later = async (): Promise<void> => {
  portal.clock.at = (portal.clock.at ?? START) + 5
  await portal.work()
}
const matches = async (entityTypeId: number, id: number) => {
  const session = portal.portal.store.session()
  const { entities, people } = portal.portal
  const person = await people.find(session, 1)
  if (person === undefined) throw new Error('no administrator')
  const context = { portal: portal.portal, session, person, now: START }
  return matchesOf(context, await entities.get(session, entityTypeId), id)
}
const unregisterAll = async (): Promise<void> => {
  for (const { id } of await call('list')) await call('unregister', { id })
}

describe('crm.duplicate.volatileType', () => {
  it('offers texts and user fields of leads, contacts and companies', async () => {
    await portal.call('crm.company.userfield.add', {
      fields: { FIELD_NAME: 'TAX', USER_TYPE_ID: 'string', EDIT_FORM_LABEL: 'Tax ID' },
    })
    const all = (await call('fields')) as { entityTypeId: number; fieldCode: string; fieldTitle: string }[]
    expect(new Set(all.map((each) => each.entityTypeId))).toEqual(new Set([1, 3, 4]))
    expect(all).toContainEqual({ entityTypeId: 1, fieldCode: 'ADDRESS', fieldTitle: 'Address' })
    expect(all).toContainEqual({ entityTypeId: 4, fieldCode: 'UF_CRM_TAX', fieldTitle: 'Tax ID' })
    const leads = await call('fields', { entityTypeId: 1 })
    expect(leads[0].fieldCode).toBe('TITLE')
    expect(leads.every((each: { entityTypeId: number }) => each.entityTypeId === 1)).toBe(true)
    for (const code of ['ID', 'STATUS_ID', 'PHONE', 'DATE_CREATE', 'HAS_PHONE', 'SOURCE_ID', 'STATUS_SEMANTIC_ID'])
      expect(all.map((each) => each.fieldCode)).not.toContain(code)
  })

  it('registers a field once, lists it and lets it go', async () => {
    const { id } = await register(1, 'TITLE')
    expect(await register(1, 'TITLE')).toEqual({ id })
    expect(await call('list')).toEqual([{ id, entityTypeId: 1, fieldCode: 'TITLE' }])
    expect(await call('unregister', { id })).toBe(true)
    expect(await call('unregister', { id })).toBe('TYPE_IS_NOT_ASSIGNED')
    expect(await call('list')).toEqual([])
  })

  it('refuses fields that it does not offer, and the eighth', async () => {
    const before = await portal.census()
    for (const [type, code] of [
      [1, 'PHONE'],
      [1, 'NO_SUCH'],
      [2, 'TITLE'],
      [0, 'TITLE'],
    ] as const)
      expect(await register(type, code)).toBe('FIELD_NOT_FOUND')
    expect(await portal.census()).toEqual(before)
    for (const code of ['TITLE', 'NAME', 'LAST_NAME', 'POST']) await register(1, code)
    for (const code of ['TITLE', 'ADDRESS_LEGAL', 'BANKING_DETAILS']) await register(4, code)
    expect(await register(3, 'POST')).toBe('MAX_TYPES_COUNT_EXCEEDED')
    expect(await register(4, 'TITLE')).toHaveProperty('id')
    await unregisterAll()
    expect(await register(3, 'POST')).toHaveProperty('id')
    await unregisterAll()
  })

  it('is for administrators', async () => {
    const { hook } = await portal.person()
    for (const [method, params] of [
      ['fields', {}],
      ['list', {}],
      ['register', { entityTypeId: 1, fieldCode: 'TITLE' }],
      ['unregister', { id: 1 }],
    ] as const) {
      const { status, body } = await portal.call(`crm.duplicate.volatileType.${method}`, params, { as: hook })
      expect([status, body.error, body.error_description]).toEqual([400, 'ACCESS_DENIED', 'Access denied'])
    }
  })
})

describe('a registered field', () => {
  it('makes records with the same value known to each other, those that were there before as well', async () => {
    const old = await add('company', { UF_CRM_TAX: 'DE 123' })
    await register(4, 'UF_CRM_TAX')
    await later()
    const id = await add('company', { UF_CRM_TAX: ' de  123' })
    await add('company', { UF_CRM_TAX: 'DE 124' })
    expect(await matches(4, id)).toEqual([{ id: old, field: 'UF_CRM_TAX' }])
    await portal.call('crm.company.update', { id, fields: { UF_CRM_TAX: 'DE 9' } })
    expect(await matches(4, id)).toEqual([])
    await portal.call('crm.company.update', { id, fields: { UF_CRM_TAX: 'DE 123' } })
    await portal.call('crm.company.delete', { id: old })
    expect(await matches(4, id)).toEqual([])
    await unregisterAll()
    expect((await portal.census()).crm_duplicate_value).toBe(0)
  })

  it('is filled in several steps where there are many records', async () => {
    const ids: number[] = []
    for (let n = 0; n < 12; n++) {
      const command = `crm.contact.add?fields[POST]=Post ${n}`
      const { body } = await portal.call('batch', { cmd: Array<string>(50).fill(command) })
      ids.push(...(Object.values(body.result.result) as number[]))
    }
    await register(3, 'POST')
    await later()
    const found = await matches(3, ids.at(-1) as number)
    expect(found).toHaveLength(20)
    expect(found.every(({ id }) => ids.slice(-50).includes(id))).toBe(true)
    expect((await portal.census()).crm_duplicate_value).toBe(600)
    expect((await portal.census()).job).toBe(0)
    await unregisterAll()
  })

  it('takes no place any more once it is deleted', async () => {
    const { body } = await portal.call('crm.lead.userfield.add', {
      fields: { FIELD_NAME: 'CODE', USER_TYPE_ID: 'string', MULTIPLE: 'Y' },
    })
    await register(1, 'UF_CRM_CODE')
    const [one, two] = [await add('lead', { UF_CRM_CODE: ['a', 'b'] }), await add('lead', { UF_CRM_CODE: ['B', 'c'] })]
    expect(await matches(1, one)).toEqual([{ id: two, field: 'UF_CRM_CODE' }])
    await portal.call('crm.lead.userfield.delete', { id: body.result })
    expect(await call('list')).toEqual([])
    await register(1, 'TITLE')
    expect(await call('list')).toHaveLength(1)
    expect((await portal.census()).crm_duplicate_field).toBe(1)
    await unregisterAll()
  })
})
