import { describe, expect, it } from 'vitest'
import { holders } from '../../../src/modules/crm/duplicate/find-by-communication.ts'
import { contact } from '../../../src/modules/crm/contact.ts'
import { sql } from '../../../src/store/sql.ts'
import { multifield } from '../../../src/store/tables.ts'
import { database, testPortal } from '../../support/portal.ts'

const portal = await testPortal()

const add = async (entity: string, fields: object): Promise<number> =>
  (await portal.call(`crm.${entity}.add`, { fields })).body.result
const find = async (params: object, as?: string) =>
  (await portal.call('crm.duplicate.findbycomm', params, as === undefined ? {} : { as })).body.result
const phone = (VALUE: string) => ({ PHONE: [{ VALUE, VALUE_TYPE: 'WORK' }] })
const email = (VALUE: string) => ({ EMAIL: [{ VALUE, VALUE_TYPE: 'WORK' }] })

describe('crm.duplicate.findbycomm', () => {
  it('finds leads, contacts and companies, each once, and tells only those that there are', async () => {
    const lead = await add('lead', phone('+491701234567'))
    const twice = { PHONE: ['+49 170 1234567', '+49 (170) 123-45-67'].map((VALUE) => ({ VALUE, VALUE_TYPE: 'HOME' })) }
    const one = await add('contact', twice)
    expect(await find({ type: 'PHONE', values: ['+491701234567'] })).toEqual({ LEAD: [lead], CONTACT: [one] })
    const company = await add('company', phone('+491701234567'))
    expect(await find({ type: 'phone', values: '+49-170-1234567' })).toEqual({
      LEAD: [lead],
      CONTACT: [one],
      COMPANY: [company],
    })
    expect(await find({ entity_type: 'CONTACT', type: 'PHONE', values: ['+491701234567'] })).toEqual({ CONTACT: [one] })
    expect(await find({ entity_type: null, type: 'PHONE', values: ['+491701234567'] })).toHaveProperty('LEAD')
  })

  it('answers an empty list where there are none', async () => {
    for (const values of [['+4900000000'], ['no digits'], ['---']])
      expect(await find({ type: 'PHONE', values })).toEqual([])
    expect(await find({ type: 'PHONE', values: ['+491701234567'], entity_type: 'DEAL' })).toEqual([])
  })

  it('takes no notice of extensions, but of the plus', async () => {
    const id = await add('contact', phone('+1 555 0100;12'))
    for (const value of ['+15550100', '+1 555 0100 ext. 7', '+1 555 0100, 99', '+1 (555) 0100 #3', '+15550100 доб. 4'])
      expect(await find({ type: 'PHONE', values: [value] })).toEqual({ CONTACT: [id] })
    expect(await find({ type: 'PHONE', values: ['15550100'] })).toEqual([])
    expect(await find({ type: 'PHONE', values: ['+1555010012'] })).toEqual([])
  })

  it('finds e-mails in any case, and the values of all that are given', async () => {
    const one = await add('contact', email('Ann@Example.com'))
    const two = await add('contact', email('bob@example.com'))
    expect(await find({ type: 'EMAIL', values: ['ANN@example.COM ', 'bob@example.com', ''] })).toEqual({
      CONTACT: [one, two],
    })
    expect(await find({ type: 'PHONE', values: ['ann@example.com'] })).toEqual([])
  })

  it('follows changes and removals', async () => {
    const id = await add('lead', email('old@example.com'))
    const { result } = (await portal.call('crm.lead.get', { id })).body
    await portal.call('crm.lead.update', {
      id,
      fields: { EMAIL: [{ ID: result.EMAIL[0].ID, VALUE: 'new@example.com' }] },
    })
    expect(await find({ type: 'EMAIL', values: ['old@example.com'] })).toEqual([])
    expect(await find({ type: 'EMAIL', values: ['new@example.com'] })).toEqual({ LEAD: [id] })
    await portal.call('crm.lead.delete', { id })
    expect(await find({ type: 'EMAIL', values: ['new@example.com'] })).toEqual([])
  })

  it('looks for twenty values at most', async () => {
    const id = await add('contact', email('late@example.com'))
    const others = Array.from({ length: 20 }, (_each, n) => `nobody${n}@example.com`)
    expect(await find({ type: 'EMAIL', values: [...others.slice(1), 'late@example.com'] })).toEqual({ CONTACT: [id] })
    expect(await find({ type: 'EMAIL', values: [...others, 'late@example.com'] })).toEqual([])
  })

  it('ends with the type of which there are twenty', async () => {
    const value = 'popular@example.com'
    for (const [entity, n] of [
      ['company', 1],
      ['contact', 20],
      ['lead', 1],
    ] as const)
      for (let i = 0; i < n; i++) await add(entity, email(value))
    const found = await find({ type: 'EMAIL', values: [value] })
    expect(Object.keys(found)).toEqual(['LEAD', 'CONTACT'])
    expect(found.CONTACT).toHaveLength(20)
    expect(await find({ type: 'EMAIL', values: [value], entity_type: 'COMPANY' })).toHaveProperty('COMPANY')
  })

  it('refuses calls without a type or values, and types other than these', async () => {
    const refused = async (params: object) => {
      const { status, body } = await portal.call('crm.duplicate.findbycomm', params)
      return [status, body.error]
    }
    expect(await refused({ values: ['1'] })).toEqual([400, 'Communication type is not defined'])
    for (const values of [undefined, null, '', [], ['']])
      expect(await refused({ type: 'PHONE', values })).toEqual([400, 'Communication values is not defined'])
    const unknown = "Communication type 'WEB' is not supported in current context"
    expect(await refused({ type: 'WEB', values: ['1'] })).toEqual([400, unknown])
  })
})

describe('with several thousand records', () => {
  it('the index of values is used', async () => {
    const session = portal.portal.store.session()
    await session.transaction(async (tx) => {
      for (let n = 0; n < 4000; n++) {
        const id = await tx.nextId(multifield)
        // Whose they are doesn't matter here: of nobody.
        const value = `person${n}@example.org`
        tx.insert(multifield, {
          id,
          entity_type_id: 3,
          record_id: 0,
          type_id: 'EMAIL',
          value_type: 'WORK',
          value,
          normal: value,
        })
      }
    })
    await session.settled()
    const owner = contact.field('assignedById')
    const reach = { test: { is: 'compare', field: owner, op: 'eq', values: [1] } } as const
    const query = holders({ entity: contact, reach }, 'EMAIL', 'person77@example.org', database)
    if (database === 'postgres') await session.transaction((tx) => tx.define(['ANALYZE crm_multifield']))
    const plan = await session.find<Record<string, string>>(
      database === 'sqlite' ? sql`explain query plan ${query}` : sql`explain ${query}`,
    )
    const text = plan.map((row) => Object.values(row).join(' ')).join('\n')
    expect(text).toContain('crm_multifield_type_id_normal')
    expect(text).not.toMatch(/SCAN m\b|Seq Scan on crm_multifield/)
  })
})

describe('the rights of the caller', () => {
  const withLevel = async (level: string) => {
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = ${level} where action = 'read'`),
    )
    await session.settled()
  }

  it('decide what is told', async () => {
    const { id: person, hook } = await portal.person()
    const value = 'rights@example.com'
    await add('lead', email(value))
    const own = await add('contact', { ...email(value), ASSIGNED_BY_ID: person })
    await add('contact', email(value))
    await withLevel('own')
    expect(await find({ type: 'EMAIL', values: [value] }, hook)).toEqual({ CONTACT: [own] })
    await withLevel('none')
    for (const entity_type of [undefined, 'LEAD']) {
      const { status, body } = await portal.call(
        'crm.duplicate.findbycomm',
        { type: 'EMAIL', values: [value], entity_type },
        { as: hook },
      )
      expect([status, body.error_description]).toEqual([403, 'Access denied'])
    }
    await withLevel('all')
  })
})
