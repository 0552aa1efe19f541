import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { rightsIn } from '../rights/tools.ts'

interface Totals {
  currencyId: string
  groups: { key: Record<string, unknown>; count: number; sums: Record<string, number> }[]
}

describe('portico.item.totals', async () => {
  const portal = await testPortal({ timezone: 'Europe/Berlin' })
  const { nobodyMayAnything, role } = rightsIn(portal)
  portal.clock.at = Date.parse('2025-01-15T12:00:00Z') / 1000
  const totals = async (parameters: object, options = {}): Promise<Totals> => {
    const { body } = await portal.call('portico.item.totals', { entityTypeId: 1, ...parameters }, options)
    expect(body.error_description).toBeUndefined()
    return body.result as Totals
  }
  const refusal = async (parameters: object): Promise<unknown> => {
    const { status, body } = await portal.call('portico.item.totals', { entityTypeId: 1, ...parameters })
    expect(status).toBe(400)
    return body.error_description
  }
  const add = async (fields: object): Promise<number> => {
    const { body } = await portal.call('crm.item.add', { entityTypeId: 1, fields })
    expect(body.error_description).toBeUndefined()
    return Number(body.result.item.id)
  }

  it('tells one group of nothing where there is nothing', async () => {
    expect((await totals({})).groups).toEqual([{ key: {}, count: 0, sums: {} }])
    expect((await totals({ sum: ['opportunity'] })).groups).toEqual([{ key: {}, count: 0, sums: { opportunity: 0 } }])
    expect((await totals({ groupBy: ['stageId'] })).groups).toEqual([])
  })

  it('adds up money of all currencies in the base currency, by the rates', async () => {
    const base = String((await portal.call('crm.currency.base.get')).body.result)
    await portal.call('crm.currency.add', { fields: { CURRENCY: 'NOK', AMOUNT_CNT: 10, AMOUNT: '9.3333' } })
    await add({ title: 'a', stageId: 'NEW', opportunity: 100.1, currencyId: base })
    await add({ title: 'b', stageId: 'NEW', opportunity: 0.2, currencyId: base })
    await add({ title: 'c', stageId: 'NEW', opportunity: 1000.55, currencyId: 'NOK' })
    await add({ title: 'd', stageId: 'IN_PROCESS', opportunity: -3.03, currencyId: base })
    const found = await totals({ groupBy: ['stageId'], sum: ['opportunity'] })
    expect(found).toEqual({
      currencyId: base,
      groups: [
        { key: { stageId: 'IN_PROCESS' }, count: 1, sums: { opportunity: -3.03 } },
        // 1000.55 NOK at 9.3333 for 10 are 933.843…
        { key: { stageId: 'NEW' }, count: 3, sums: { opportunity: 100.3 + 933.84 } },
      ],
    })
    expect((await totals({ sum: ['opportunity'] })).groups[0]?.sums).toEqual({ opportunity: 1031.11 })
  })

  it('takes the filter of crm.item.list', async () => {
    expect((await totals({ filter: { '>opportunity': 1 } })).groups[0]?.count).toBe(2)
    expect((await totals({ filter: { stageId: 'NEW' } })).groups[0]?.count).toBe(3)
    expect(await refusal({ filter: { nonsense: 1 } })).toContain("field 'nonsense' is not allowed in filter")
  })

  it('takes moments by the periods of the portal’s calendar, whatever its clocks do', async () => {
    const moments = [
      // The day on which clocks go forward has 23 hours, the one on which they go back 25.
      '2025-03-29T23:59:59+01:00',
      '2025-03-30T00:00:00+01:00',
      '2025-03-30T23:59:59+02:00',
      '2025-03-31T00:00:00+02:00',
      '2025-10-26T00:00:00+02:00',
      '2025-10-26T23:59:59+01:00',
      '2025-12-31T23:00:00+00:00',
    ]
    for (const moment of moments) {
      portal.clock.at = Date.parse(moment) / 1000
      await add({ title: 'moment' })
    }
    const by = async (unit: string): Promise<Record<string, number>> => {
      const key = `createdTime:${unit}`
      const { groups } = await totals({ filter: { title: 'moment' }, groupBy: [key] })
      return Object.fromEntries(groups.map((group) => [group.key[key], group.count]))
    }
    expect(await by('day')).toEqual({
      '2025-03-29': 1,
      '2025-03-30': 2,
      '2025-03-31': 1,
      '2025-10-26': 2,
      '2026-01-01': 1,
    })
    expect(await by('week')).toEqual({ '2025-03-24': 3, '2025-03-31': 1, '2025-10-20': 2, '2025-12-29': 1 })
    expect(await by('month')).toEqual({ '2025-03-01': 4, '2025-10-01': 2, '2026-01-01': 1 })
    expect(await by('quarter')).toEqual({ '2025-01-01': 4, '2025-10-01': 2, '2026-01-01': 1 })
    expect(await by('year')).toEqual({ '2025-01-01': 6, '2026-01-01': 1 })
  })

  it('takes days by periods as well, and knows what has none', async () => {
    for (const birthdate of ['1999-12-31', '2000-01-01', '2000-01-02', '2000-02-29', ''])
      await add({ title: 'born', birthdate })
    const { groups } = await totals({ filter: { title: 'born' }, groupBy: ['birthdate:quarter'] })
    expect(groups.map(({ key, count }) => [key['birthdate:quarter'], count])).toEqual([
      [null, 1],
      ['1999-10-01', 1],
      ['2000-01-01', 3],
    ])
    const weeks = await totals({ filter: { title: 'born' }, groupBy: ['birthdate:week'] })
    expect(weeks.groups.map(({ key }) => key['birthdate:week'])).toEqual([null, '1999-12-27', '2000-02-28'])
  })

  it('shows the keys of groups as crm.item.list shows values', async () => {
    const { groups } = await totals({ filter: { title: 'born' }, groupBy: ['companyId', 'assignedById', 'opened'] })
    expect(groups).toEqual([{ key: { companyId: 0, assignedById: 1, opened: 'Y' }, count: 5, sums: {} }])
  })

  it('adds up the numbers and the money of user fields', async () => {
    for (const [name, type] of [
      ['WEIGHT', 'double'],
      ['PIECES', 'integer'],
      ['DEPOSIT', 'money'],
    ])
      await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: name, USER_TYPE_ID: type } })
    const [weight, pieces, deposit] = ['ufCrmWeight', 'ufCrmPieces', 'ufCrmDeposit'] as const
    const base = String((await portal.call('crm.currency.base.get')).body.result)
    await add({ title: 'own', [weight]: 0.1, [pieces]: 3, [deposit]: `10.5|${base}` })
    await add({ title: 'own', [weight]: 0.2, [pieces]: 4, [deposit]: '20|NOK' })
    await add({ title: 'own' })
    const { groups } = await totals({ filter: { title: 'own' }, sum: [weight, pieces, deposit] })
    expect(groups[0]).toEqual({ key: {}, count: 3, sums: { [weight]: 0.3, [pieces]: 7, [deposit]: 10.5 + 18.6666 } })
  })

  it('adds up what no 64-bit number could hold, to the hundredth', async () => {
    const many = 12
    for (let index = 0; index < many; index++) await add({ title: 'huge', opportunity: 9_999_999_999_999.99 })
    const { groups } = await totals({ filter: { title: 'huge' }, sum: ['opportunity'] })
    expect(groups[0]?.sums.opportunity).toBe(119_999_999_999_999.88)
  })

  it('tells nobody of records that they may not read', async () => {
    const { id, hook } = await portal.person()
    await nobodyMayAnything()
    await add({ title: 'secret', opportunity: 5, stageId: 'NEW' })
    await add({ title: 'theirs', opportunity: 7, stageId: 'NEW', assignedById: id })
    await add({ title: 'theirs', opportunity: 8, stageId: 'IN_PROCESS', assignedById: id })
    const refused = await portal.call('portico.item.totals', { entityTypeId: 1 }, { as: hook })
    expect(refused.body.error).toBe('ACCESS_DENIED')
    await role([`U${id}`], [{ entity: 'lead', action: 'read', level: 'own' }])
    const parameters = { groupBy: ['stageId'], sum: ['opportunity'] }
    expect((await totals(parameters, { as: hook })).groups).toEqual([
      { key: { stageId: 'IN_PROCESS' }, count: 1, sums: { opportunity: 8 } },
      { key: { stageId: 'NEW' }, count: 1, sums: { opportunity: 7 } },
    ])
    expect((await totals({}, { as: hook })).groups).toEqual([{ key: {}, count: 2, sums: {} }])
    // A filter may widen nothing.
    const wider = { filter: { logic: 'OR', 0: { '>id': 0 }, 1: { title: 'secret' } } }
    expect((await totals(wider, { as: hook })).groups).toEqual([{ key: {}, count: 2, sums: {} }])
  })

  it('takes names of fields from declarations only', async () => {
    for (const groupBy of [
      ['nonsense'],
      ['stageId; drop table crm_lead'],
      ["createdTime:month' or 1=1"],
      ['createdTime:hour'],
      ['createdTime:month:day'],
      ['stageId:month'],
      ['contactIds'],
      ['fm'],
      [{}],
      [''],
      ['stageId', 'stageId'],
      ['stageId', 'sourceId', 'opened', 'assignedById'],
    ])
      expect(await refusal({ groupBy })).toMatch(/^Invalid groupBy/)
    for (const sum of [['title'], ['nonsense'], ['stageId'], ['assignedById'], ['1'], [['opportunity']]])
      expect(await refusal({ sum })).toMatch(/^Invalid sum/)
    expect((await portal.call('portico.item.totals', { entityTypeId: 99_999 })).body.error).toBe('NOT_FOUND')
  })
})
