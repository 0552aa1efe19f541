import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { tools } from '../timeline/tools.ts'

const portal = await testPortal()
const { must, rights } = tools(portal)
const other = await portal.person()
const add = async (entityTypeId: number, fields: object): Promise<number> =>
  (await must<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
const get = async (entityTypeId: number, id: number) =>
  (await must<{ item: Record<string, unknown> }>('crm.item.get', { entityTypeId, id })).item
const point = (typeId: string, value: string) => ({ typeId, valueType: 'WORK', value })
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

interface Match {
  readonly entityTypeId: number
  readonly id: number
  readonly title: string
  readonly by: string[]
}
const find = async (params: object, options = {}): Promise<Match[]> =>
  (await must<{ matches: Match[] }>('portico.duplicate.find', params, options)).matches
interface Group {
  readonly value: string
  readonly count: number
  readonly records: { id: number }[]
}
const groups = async (params: object, options = {}): Promise<Group[]> =>
  (await must<{ groups: Group[] }>('portico.duplicate.groups', params, options)).groups

describe('portico.duplicate.find', () => {
  it('finds leads, contacts and companies by phone, e-mail and name, and says by which', async () => {
    const contact = await add(3, { name: 'Ada', lastName: 'Byron', fm: [point('PHONE', '+49 30 777-1')] })
    const company = await add(4, { title: 'Engines Ltd', fm: [point('EMAIL', 'Ada@Engines.example')] })
    const lead = await add(1, { title: 'Order', name: 'ada', lastName: 'BYRON' })
    const matches = await find({
      phones: ['+49307771'],
      emails: ['ada@engines.example'],
      names: ['Ada  Byron', ' engines ltd'],
    })
    expect(matches.map(({ entityTypeId, id, by }) => [entityTypeId, id, by])).toEqual([
      [1, lead, ['name']],
      [3, contact, ['phone', 'name']],
      [4, company, ['email', 'name']],
    ])
    expect(matches[1]).toMatchObject({ title: 'Ada Byron', phones: ['+49 30 777-1'] })
    expect(await find({ names: ['Ada Byron'], entityTypeId: 3, exceptId: contact })).toMatchObject([{ id: lead }])
    expect(await find({ phones: ['1'], names: ['', ' '] })).toEqual([])
  })

  it('shows only what the caller may read', async () => {
    await add(3, { name: 'Secret', lastName: 'One', assignedById: 1 })
    const own = await add(3, { name: 'Secret', lastName: 'One', assignedById: other.id })
    await rights('own')
    expect((await find({ names: ['secret one'] }, { as: other.hook })).map(({ id }) => id)).toEqual([own])
    await rights('none')
    const refused = await portal.call('portico.duplicate.find', { names: ['secret one'] }, { as: other.hook })
    expect(refused.body.error).toBe('ACCESS_DENIED')
    await rights('all')
  })

  it('refuses what is no text', async () => {
    const { status, body } = await portal.call('portico.duplicate.find', { names: [{ a: 1 }] })
    expect([status, body.error]).toEqual([400, 'INVALID_ARG_VALUE'])
  })
})

describe('portico.duplicate.groups', () => {
  it('lists what has a phone, an e-mail or a name in common, the largest first', async () => {
    const two = [await add(4, { title: 'Twins AG' }), await add(4, { title: 'twins ag ' })]
    const three: number[] = []
    for (const title of ['A', 'B', 'C'])
      three.push(await add(4, { title, fm: [point('PHONE', '+49 40 900'), point('PHONE', '+4940900')] }))
    const pair = [
      await add(4, { title: 'D', fm: [point('PHONE', '+1 555 1')] }),
      await add(4, { title: 'E', fm: [point('PHONE', '+15551')] }),
    ]
    expect(await groups({ entityTypeId: 4, by: 'name' })).toMatchObject([
      { value: 'twins ag', count: 2, records: two.map((id) => ({ id })) },
    ])
    expect(await groups({ entityTypeId: 4 })).toMatchObject([
      { value: '+4940900', count: 3, records: three.map((id) => ({ id })) },
      { value: '+15551', count: 2, records: pair.map((id) => ({ id })) },
    ])
    expect(await groups({ entityTypeId: 4, by: 'email' })).toEqual([])
    expect(await groups({ entityTypeId: 4, start: 50 })).toEqual([])
  })

  it('counts only what the caller may read', async () => {
    for (const assignedById of [1, other.id, other.id]) await add(3, { name: 'Tom', lastName: 'Shared', assignedById })
    await rights('own')
    expect(await groups({ entityTypeId: 3, by: 'name' }, { as: other.hook })).toMatchObject([
      { value: 'tom shared', count: 2 },
    ])
    await rights('none')
    expect((await portal.call('portico.duplicate.groups', { entityTypeId: 3 }, { as: other.hook })).body.error).toBe(
      'ACCESS_DENIED',
    )
    await rights('all')
  })

  it('refuses what has no duplicates', async () => {
    for (const params of [{ entityTypeId: 2 }, { entityTypeId: 3, by: 'hair' }])
      expect((await portal.call('portico.duplicate.groups', params)).body.error).toBe('INVALID_ARG_VALUE')
  })
})

describe('portico.duplicate.compare', () => {
  it('tells who says what, where they contradict each other, and what goes along', async () => {
    const main = await add(3, { name: 'Ann', lastName: 'Old', fm: [point('PHONE', '+491')] })
    const twin = await add(3, { name: 'Ann', lastName: 'New', post: 'CEO' })
    const deal = await add(2, { title: 'Hers', contactIds: [twin] })
    await must('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'contact', ENTITY_ID: twin, COMMENT: 'Hi' } })
    await must('crm.activity.todo.add', {
      ownerTypeId: 3,
      ownerId: twin,
      deadline: '2030-01-01T10:00:00Z',
      title: 'Call',
    })
    const { records, fields } = await must<{ records: object[]; fields: { field: string }[] }>(
      'portico.duplicate.compare',
      {
        entityTypeId: 3,
        ids: [main, twin],
      },
    )
    expect(records).toMatchObject([
      { id: main, title: 'Ann Old', belongings: { activities: 0, comments: 0, records: [] } },
      { id: twin, belongings: { activities: 1, comments: 1, records: [{ entityTypeId: 2, count: 1 }] } },
    ])
    const of = (name: string) => fields.find(({ field }) => field === name)
    expect(of('name')).toMatchObject({ values: ['Ann', 'Ann'], conflict: false })
    expect(of('lastName')).toMatchObject({ values: ['Old', 'New'], conflict: true, said: [true, true] })
    expect(of('post')).toMatchObject({ conflict: false, said: [false, true] })
    expect(of('fm')).toMatchObject({ united: true, conflict: false })
    expect(of('comments')).toBeUndefined()
    expect(deal).toBeGreaterThan(0)
  })
})

describe('portico.duplicate.merge', () => {
  it('refuses a contradiction that nobody has decided, and changes nothing', async () => {
    const ids = [await add(4, { title: 'One' }), await add(4, { title: 'Two' })]
    const before = await portal.census()
    const { status, body } = await portal.call('portico.duplicate.merge', { entityTypeId: 4, ids })
    expect([status, body.error]).toEqual([409, 'CONFLICT'])
    expect(await portal.census()).toEqual(before)
  })

  it('takes the chosen values, files and empty ones too, and unites what can be', async () => {
    const [one, two, three] = [
      await add(3, {
        name: 'Ann',
        lastName: 'Old',
        post: 'CTO',
        photo: ['a.png', pixel],
        fm: [point('PHONE', '+491')],
      }),
      await add(3, { name: 'Anna', lastName: 'New', photo: ['b.png', pixel], fm: [point('PHONE', '+492')] }),
      await add(3, { name: 'A.', comments: 'of the third' }),
    ]
    const deal = await add(2, { title: 'Theirs', contactIds: [two] })
    const result = await must('portico.duplicate.merge', {
      entityTypeId: 3,
      ids: [one, two, three],
      choose: { name: three, lastName: two, photo: two, post: two },
    })
    expect(result).toMatchObject({
      id: one,
      merged: [two, three],
      moved: [{ id: two, records: [{ entityTypeId: 2, count: 1 }] }, { id: three }],
    })
    const item = await get(3, one)
    expect(item).toMatchObject({ name: 'A.', lastName: 'New', comments: 'of the third' })
    expect(item.post ?? '').toBe('')
    expect((item.fm as { value: string }[]).map(({ value }) => value)).toEqual(['+491', '+492'])
    expect(item.photo).toMatchObject({ id: expect.any(Number) })
    expect((await get(2, deal)).contactIds).toEqual([one])
    for (const gone of [two, three])
      expect((await portal.call('crm.item.get', { entityTypeId: 3, id: gone })).status).toBe(400)
  })

  it('is for those who may read, change and delete', async () => {
    const ids = [
      await add(4, { title: 'Mine', assignedById: 1 }),
      await add(4, { title: 'Mine', assignedById: other.id }),
    ]
    await rights('own')
    const { body } = await portal.call('portico.duplicate.merge', { entityTypeId: 4, ids }, { as: other.hook })
    expect(body.error).toBe('ACCESS_DENIED')
    expect(
      (await portal.call('portico.duplicate.compare', { entityTypeId: 4, ids }, { as: other.hook })).body.error,
    ).toBe('ACCESS_DENIED')
    await rights('all')
    expect(await get(4, ids[1] ?? 0)).toMatchObject({ title: 'Mine' })
  })

  it('refuses what it can’t do', async () => {
    const ids = [await add(4, { title: 'A' }), await add(4, { title: 'B' })]
    const before = await portal.census()
    for (const params of [
      { entityTypeId: 7, ids },
      { entityTypeId: 4, ids: [ids[0]] },
      { entityTypeId: 4, ids: [ids[0], 'x'] },
      { entityTypeId: 4, ids, choose: { id: ids[0] } },
      { entityTypeId: 4, ids, choose: { title: 999_999 } },
      { entityTypeId: 4, ids, choose: 'title' },
    ])
      expect((await portal.call('portico.duplicate.merge', params)).body.error).toBe('INVALID_ARG_VALUE')
    expect((await portal.call('portico.duplicate.merge', { entityTypeId: 4, ids: [ids[0], 999_999] })).body.error).toBe(
      'NOT_FOUND',
    )
    expect(await portal.census()).toEqual(before)
  })
})
