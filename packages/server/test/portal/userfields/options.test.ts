import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

type Option = { ID: string; VALUE: string; SORT: string; DEF: string; XML_ID: string }

const field = async (FIELD_NAME: string, MULTIPLE: 'Y' | 'N', LIST: unknown): Promise<number> =>
  (
    await portal.call('crm.lead.userfield.add', {
      fields: { FIELD_NAME, MULTIPLE, USER_TYPE_ID: 'enumeration', LIST },
    })
  ).body.result
const update = (id: number, LIST: unknown) => portal.call('crm.lead.userfield.update', { id, fields: { LIST } })
const optionsOf = async (id: number): Promise<Option[]> =>
  (await portal.call('crm.lead.userfield.get', { id })).body.result.LIST
const short = (options: readonly Option[]): string[] => options.map((each) => `${each.VALUE} ${each.SORT} ${each.DEF}`)
const lead = async (fields: unknown): Promise<number> => (await portal.call('crm.lead.add', { fields })).body.result
const value = async (id: number, name: string): Promise<unknown> =>
  (await portal.call('crm.lead.get', { id })).body.result[name]

describe('options of a list', () => {
  it('are kept in their order, without empty ones, with codes of their own or made up', async () => {
    const id = await field('OPTIONS', 'N', {
      n0: { VALUE: 'c', SORT: 300, XML_ID: 'third' },
      n1: { VALUE: '', SORT: 1 },
      n2: { SORT: 1 },
      n3: { VALUE: 'a', SORT: '100' },
      n4: { VALUE: 'b', SORT: 100, DEF: 'Y' },
      n5: { VALUE: 'd', DEF: 'Y', SORT: -5 },
    })
    const options = await optionsOf(id)
    expect(short(options)).toEqual(['d 0 N', 'a 100 N', 'b 100 Y', 'c 300 N'])
    expect(options[3]?.XML_ID).toBe('third')
    expect(new Set(options.map((each) => each.XML_ID)).size).toBe(4)
    expect(options[0]?.XML_ID).toMatch(/^[0-9a-f]{32}$/)
  })

  it('are changed, added and removed one by one; those not mentioned stay', async () => {
    const id = await field('CHANGED', 'N', [
      { VALUE: 'one', SORT: 1, DEF: 'Y' },
      { VALUE: 'two', SORT: 2 },
      { VALUE: 'three', SORT: 3 },
    ])
    const [one, two] = await optionsOf(id)
    const changed = await update(id, [
      { ID: one?.ID, DEL: 'Y' },
      { ID: Number(two?.ID), VALUE: 'two!', SORT: 20 },
      { VALUE: 'four', SORT: 4, DEF: 'Y' },
      { ID: 999999, VALUE: 'of another field' },
    ])
    expect(changed.body.result).toBe(true)
    const options = await optionsOf(id)
    expect(short(options)).toEqual(['three 3 N', 'four 4 Y', 'two! 20 N'])
    expect(options[2]?.ID).toBe(two?.ID)
    expect(options[2]?.XML_ID).toBe(two?.XML_ID)
    await update(id, [{ ID: options[0]?.ID, DEF: 'Y' }])
    expect(short(await optionsOf(id))).toEqual(['three 3 Y', 'four 4 N', 'two! 20 N'])
  })

  it('may be default together where the field is multiple', async () => {
    const id = await field('MANY', 'Y', [{ VALUE: 'a', DEF: 'Y' }, { VALUE: 'b' }, { VALUE: 'c', DEF: 'Y' }])
    expect(short(await optionsOf(id))).toEqual(['a 0 Y', 'b 0 N', 'c 0 Y'])
    const [a, , c] = await optionsOf(id)
    expect(await value(await lead({ TITLE: 'x' }), 'UF_CRM_MANY')).toEqual([a?.ID, c?.ID])
  })

  it('leave the records that had them when they are removed, single and multiple', async () => {
    const single = await field('GONE', 'N', [{ VALUE: 'a' }, { VALUE: 'b' }])
    const multiple = await field('GONE_M', 'Y', [{ VALUE: 'a' }, { VALUE: 'b' }])
    const [a, b] = await optionsOf(single)
    const [am, bm] = await optionsOf(multiple)
    const first = await lead({ UF_CRM_GONE: a?.ID, UF_CRM_GONE_M: [am?.ID, bm?.ID] })
    const second = await lead({ UF_CRM_GONE: b?.ID, UF_CRM_GONE_M: [am?.ID] })
    await update(single, [{ ID: a?.ID, DEL: 'Y' }])
    await update(multiple, [{ ID: am?.ID, DEL: 'Y' }])
    expect([await value(first, 'UF_CRM_GONE'), await value(first, 'UF_CRM_GONE_M')]).toEqual([null, [bm?.ID]])
    expect([await value(second, 'UF_CRM_GONE'), await value(second, 'UF_CRM_GONE_M')]).toEqual([b?.ID, []])
  })

  it('must have codes that differ, also from those that stay', async () => {
    const id = await field('CODES', 'N', [{ VALUE: 'a', XML_ID: 'A' }])
    expect(await update(id, [{ VALUE: 'b', XML_ID: 'A' }])).toMatchObject({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: "List item with value XML_ID='A' already exists." },
    })
    expect(short(await optionsOf(id))).toEqual(['a 0 N'])
  })

  it('are announced when the set changes, and only then', async () => {
    const id = await field('TOLD', 'N', [{ VALUE: 'a' }])
    await portal.call('crm.lead.userfield.update', { id, fields: { SORT: 5 } })
    await update(id, [{ VALUE: 'b' }])
    const rows = await portal.portal.store
      .session()
      .find<{ event: string }>(
        sql`select event from outbox where record_id = ${id} and event like '%USERFIELD%' order by id`,
      )
    expect(rows.map(({ event }) => event.slice('ONCRMLEADUSERFIELD'.length))).toEqual([
      'ADD',
      'SETENUMVALUES',
      'UPDATE',
      'UPDATE',
      'SETENUMVALUES',
    ])
  })
})

describe('values of a list', () => {
  it('are ids of its own options: strings in UPPER_CASE rows, numbers in camelCase ones', async () => {
    const id = await field('VALUES', 'N', [{ VALUE: 'a' }, { VALUE: 'b' }])
    const [a, b] = await optionsOf(id)
    const record = await lead({ UF_CRM_VALUES: a?.ID })
    expect(await value(record, 'UF_CRM_VALUES')).toBe(a?.ID)
    const { body } = await portal.call('crm.item.update', {
      entityTypeId: 1,
      id: record,
      fields: { ufCrmValues: Number(b?.ID) },
    })
    expect(body.result.item.ufCrmValues).toBe(Number(b?.ID))
    const { body: list } = await portal.call('crm.lead.list', { filter: { UF_CRM_VALUES: b?.ID } })
    expect(list.total).toBe(1)
    const { fields } = (await portal.call('crm.item.fields', { entityTypeId: 1 })).body.result
    expect(fields.ufCrmValues.items).toEqual([a, b].map((each) => ({ ID: each?.ID, VALUE: each?.VALUE })))
    for (const foreign of [999999, (await optionsOf(await field('OTHERS', 'N', [{ VALUE: 'z' }])))[0]?.ID, -1, 'a'])
      expect(
        (await portal.call('crm.item.update', { entityTypeId: 1, id: record, fields: { ufCrmValues: foreign } })).body
          .error,
      ).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
    expect(await value(record, 'UF_CRM_VALUES')).toBe(b?.ID)
  })
})
