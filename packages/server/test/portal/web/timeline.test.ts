import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { activityTools } from '../activity/tools.ts'

const START = 1_780_000_000
const portal = await testPortal({ at: START })
const { must, add, todo, comment, message, rights } = activityTools(portal)
const other = await portal.person()
const second = () => (portal.clock.at = (portal.clock.at ?? START) + 1)

interface Page {
  readonly planned: { id: number; time: string }[]
  readonly pinned: { id: number }[]
  readonly entries: { id: number; kind: string; time: string; data: Record<string, unknown> }[]
  readonly next: string | null
  readonly mail: boolean
}
const list = (params: object, options = {}): Promise<Page> => must('portico.timeline.list', params, options)

describe('portico.timeline.list', () => {
  it('shows what is planned and pinned on the first page, and what has been on all of them', async () => {
    const deal = await add('deal')
    second()
    const pinned = await comment('deal', deal, 'Pinned')
    await must('crm.timeline.item.pin', { id: pinned, ownerTypeId: 2, ownerId: deal })
    const planned = await todo(2, deal)
    second()
    await message(2, deal, { title: 'Sync', text: 'Ran' })
    const first = await list({ entityTypeId: 2, id: deal, limit: 2 })
    expect(first).toMatchObject({ planned: [{ id: planned }], pinned: [{ id: pinned }], mail: false })
    expect(first.entries.map(({ kind }) => kind)).toEqual(['log', 'comment'])
    expect(first.entries[0]?.time).toMatch(/^2026-05-\d\dT\d\d:\d\d:\d\d\+02:00$/)
    const rest = await list({ entityTypeId: 2, id: deal, before: first.next })
    expect(rest).toMatchObject({ planned: [], pinned: [], next: null })
    expect(rest.entries.map(({ kind }) => kind)).toEqual(['created'])
    expect((await list({ entityTypeId: 2, id: deal, only: ['log'] })).entries.map(({ kind }) => kind)).toEqual(['log'])
  })

  it('is for those who may read the record, and refuses what it does not understand', async () => {
    const lead = await add('lead', { ASSIGNED_BY_ID: 1 })
    await rights('own')
    const errorOf = async (params: object, options = {}) =>
      (await portal.call('portico.timeline.list', params, options)).body.error
    expect(await errorOf({ entityTypeId: 1, id: lead }, { as: other.hook })).toBe('ACCESS_DENIED')
    await rights('all')
    expect(await errorOf({ entityTypeId: 1, id: 999_999 })).toBe('NOT_FOUND')
    expect(await errorOf({ entityTypeId: 999, id: lead })).toBe('NOT_FOUND')
    expect(await errorOf({ entityTypeId: 1, id: lead, only: ['gossip'] })).toBe('INVALID_ARG_VALUE')
    expect(await errorOf({ entityTypeId: 1, id: lead, before: 'yesterday' })).toBe('ERROR_CORE')
  })
})

interface Change {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
  readonly fromText: string
  readonly toText: string
}
interface History {
  readonly entries: { action: string; userId: number; changes: Change[] }[]
}

describe('portico.history.list', () => {
  it('tells who has changed what, in values and in words', async () => {
    const company = await add('company', { TITLE: 'Engines' })
    const deal = await add('deal', { TITLE: 'Old', SOURCE_ID: 'CALL', OPPORTUNITY: 10, CURRENCY_ID: 'EUR' })
    second()
    await must(
      'crm.item.update',
      {
        entityTypeId: 2,
        id: deal,
        fields: { title: 'New', stageId: 'PREPARATION', companyId: company, assignedById: other.id, opportunity: 12.5 },
      },
      { as: other.hook },
    )
    const { entries } = await must<History>('portico.history.list', { entityTypeId: 2, id: deal })
    expect(entries.map(({ action, userId }) => [action, userId])).toEqual([
      ['update', other.id],
      ['add', 1],
    ])
    const of = (name: string) => entries[0]?.changes.find(({ field }) => field === name)
    expect(of('title')).toMatchObject({ from: 'Old', to: 'New', fromText: 'Old', toText: 'New' })
    expect(of('companyId')).toMatchObject({ to: company, fromText: '', toText: 'Engines' })
    expect(of('assignedById')).toMatchObject({ to: other.id, toText: `Person ${other.id}` })
    expect(of('stageId')).toMatchObject({ from: 'NEW', to: 'PREPARATION', fromText: 'New' })
    expect(of('opportunity')).toMatchObject({ from: 10, to: 12.5 })
    expect(await must('portico.history.list', { entityTypeId: 2, id: deal, userId: 1 })).toMatchObject({
      entries: [{ action: 'add' }],
    })
  })

  it('tells which phones came and went, and what was sold', async () => {
    const contact = await add('contact', { NAME: 'Ada', PHONE: [{ VALUE: '+491', VALUE_TYPE: 'WORK' }] })
    const { PHONE } = await must<{ PHONE: { ID: string }[] }>('crm.contact.get', { id: contact })
    second()
    await must('crm.contact.update', {
      id: contact,
      fields: {
        PHONE: [
          { ID: PHONE[0]?.ID, VALUE: '' },
          { VALUE: '+492', VALUE_TYPE: 'HOME' },
        ],
      },
    })
    const { entries } = await must<History>('portico.history.list', { entityTypeId: 3, id: contact })
    expect(entries[0]?.changes).toMatchObject([{ field: 'fm', points: { added: ['+492'], changed: [], removed: 1 } }])
    const deal = await add('deal')
    second()
    await must('crm.deal.productrows.set', { id: deal, rows: [{ PRODUCT_NAME: 'Desk', PRICE: 10, QUANTITY: 2 }] })
    const told = (await must<History>('portico.history.list', { entityTypeId: 2, id: deal })).entries.flatMap(
      ({ changes }) => changes,
    )
    expect(told).toContainEqual({
      field: 'productRows',
      title: 'Products',
      from: [],
      to: [{ productName: 'Desk', price: 10, quantity: 2 }],
    })
  })

  it('is read page by page, by those who may read the record, without what they may not', async () => {
    const deal = await add('deal', { ASSIGNED_BY_ID: other.id })
    for (let n = 0; n < 55; n++) await must('crm.deal.update', { id: deal, fields: { TITLE: `Title ${n}` } })
    const first = await portal.call('portico.history.list', { entityTypeId: 2, id: deal })
    expect(first.body).toMatchObject({ total: 56, next: 50 })
    const rest = await must<History>('portico.history.list', { entityTypeId: 2, id: deal, start: 50 })
    expect(rest.entries).toHaveLength(6)
    const company = await add('company', { TITLE: 'Secret', ASSIGNED_BY_ID: 1 })
    second()
    await must('crm.deal.update', { id: deal, fields: { COMPANY_ID: company } })
    await rights('own')
    const seen = await must<History>('portico.history.list', { entityTypeId: 2, id: deal }, { as: other.hook })
    expect(seen.entries[0]?.changes.find(({ field }) => field === 'companyId')?.toText).toBe('')
    const mine = await add('deal', { ASSIGNED_BY_ID: 1 })
    expect(
      (await portal.call('portico.history.list', { entityTypeId: 2, id: mine }, { as: other.hook })).body.error,
    ).toBe('ACCESS_DENIED')
    await rights('all')
  })
})
