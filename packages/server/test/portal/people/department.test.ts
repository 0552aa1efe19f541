import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const somebody = await portal.person()

async function add(NAME: string, PARENT = 1, more: object = {}): Promise<number> {
  const { body } = await portal.call('department.add', { NAME, PARENT, ...more })
  if (typeof body.result !== 'number') throw new Error(body.error_description)
  return body.result
}
const get = async (parameters: object) => (await portal.call('department.get', parameters)).body
const names = async (parameters: object): Promise<string[]> =>
  (await get(parameters)).result.map((row: { NAME: string }) => row.NAME)
const refused = (text: string) => ({ status: 400, body: { error: 'ERROR_CORE', error_description: text } })
const departmentsOf = async (id: number): Promise<number[]> =>
  (await portal.call('user.get', { ID: id })).body.result[0].UF_DEPARTMENT

describe('the structure of a new portal', () => {
  it('is one department, in which its administrator works', async () => {
    expect(await get({ PARENT: 0 })).toMatchObject({ result: [{ ID: '1', SORT: 500 }], total: 1 })
    expect(await departmentsOf(1)).toEqual([1])
  })
})

describe('department.get', () => {
  it('shows the head and the parent only where there is one, and sorts as text and number', async () => {
    const id = await add('Laboratory', 1, { UF_HEAD: 1 })
    expect((await get({ ID: id })).result).toEqual([
      { ID: String(id), NAME: 'Laboratory', SORT: 500, PARENT: '1', UF_HEAD: '1' },
    ])
    expect(Object.keys((await get({ ID: 1 })).result[0])).toEqual(['ID', 'NAME', 'SORT'])
    await portal.call('department.delete', { ID: id })
  })

  it('filters by every documented field, bare or in a filter, and sorts both ways', async () => {
    const parent = await add('Plant')
    const first = await add('A', parent, { SORT: 20 })
    await add('B', parent, { SORT: 10, UF_HEAD: somebody.id })
    expect(await names({ PARENT: parent, sort: 'NAME', order: 'DESC' })).toEqual(['B', 'A'])
    expect(await names({ PARENT: parent, sort: 'SORT', order: 'ASC' })).toEqual(['B', 'A'])
    expect(await names({ PARENT: parent, SORT: 20 })).toEqual(['A'])
    expect(await names({ SORT: 10, sort: 'ID', PARENT: parent })).toEqual(['B'])
    expect(await names({ UF_HEAD: somebody.id })).toEqual(['B'])
    expect(await names({ NAME: 'A', PARENT: parent })).toEqual(['A'])
    expect(await names({ filter: { '>ID': first, PARENT: parent }, order: { ID: 'ASC' } })).toEqual(['B'])
    expect(await names({ ID: [parent, first] })).toEqual(['Plant', 'A'])
  })

  it('has pages of 50 with a total, and neither where nobody wants a total', async () => {
    const parent = await add('Big')
    for (let i = 0; i < 51; i++) await add(`Office ${i}`, parent)
    const page = await get({ PARENT: parent })
    expect([page.result.length, page.total, page.next]).toEqual([50, 51, 50])
    const rest = await get({ PARENT: parent, START: 50 })
    expect([rest.result.length, rest.total, rest.next]).toEqual([1, 51, undefined])
    expect((await get({ PARENT: parent, start: -1 })).next).toBeUndefined()
  })
})

describe('department.add and department.update', () => {
  const oneTop = 'There can only be one top-level department in the company structure'
  const cases: [string, object, string][] = [
    ['no name', { PARENT: 1 }, 'Department name not provided.<br>'],
    ['an empty name', { NAME: '', PARENT: 1 }, 'Department name not provided.<br>'],
    ['no parent', { NAME: 'Alone' }, oneTop],
    ['a parent that is not there', { NAME: 'Lost', PARENT: 999_999 }, oneTop],
    [
      'a head who is not there',
      { NAME: 'X', PARENT: 1, UF_HEAD: 999_999 },
      'Invalid value for the "Manager" field: it does not exist.',
    ],
    [
      'a sort that is no number',
      { NAME: 'X', PARENT: 1, SORT: 'first' },
      'Invalid value for the "Sort Order" field: a whole number is expected.',
    ],
  ]
  it.each(cases)('refuse %s and change nothing', async (_what, parameters, text) => {
    const before = await portal.census()
    expect(await portal.call('department.add', parameters)).toMatchObject(refused(text))
    expect(await portal.census()).toEqual(before)
  })

  it('refuse a head who has left', async () => {
    const gone = await portal.person({ active: false })
    expect(await portal.call('department.add', { NAME: 'X', PARENT: 1, UF_HEAD: gone.id })).toMatchObject(
      refused('Invalid value for the "Manager" field: the person has left.'),
    )
  })

  it('change what is given and keep the rest', async () => {
    const id = await add('Before', 1, { SORT: 7, UF_HEAD: 1 })
    expect((await portal.call('department.update', { ID: String(id), NAME: 'After' })).body.result).toBe(true)
    expect((await get({ ID: id })).result[0]).toMatchObject({ NAME: 'After', SORT: 7, UF_HEAD: '1' })
    await portal.call('department.update', { ID: id, UF_HEAD: 0 })
    expect((await get({ ID: id })).result[0]).not.toHaveProperty('UF_HEAD')
  })

  it('refuse to make a ring, a second top or a change of nothing', async () => {
    const upper = await add('Upper')
    const lower = await add('Lower', upper)
    const update = (ID: unknown, fields: object) => portal.call('department.update', { ID, ...fields })
    expect(await update(upper, { PARENT: lower })).toMatchObject(refused('A department cannot be moved into itself'))
    expect(await update(upper, { PARENT: upper })).toMatchObject(refused('A department cannot be moved into itself'))
    expect(await update(1, { PARENT: upper })).toMatchObject(refused('A department cannot be moved into itself'))
    expect(await update(lower, { PARENT: 0 })).toMatchObject(refused(oneTop))
    expect(await update(lower, { NAME: '' })).toMatchObject(refused('Department name not provided.<br>'))
    expect(await update('x', { NAME: 'Y' })).toMatchObject(refused('Department not found'))
  })

  it('never make a ring, even when two moves cross', async () => {
    const [left, right] = [await add('Left'), await add('Right')]
    await Promise.all([
      portal.call('department.update', { ID: left, PARENT: right }),
      portal.call('department.update', { ID: right, PARENT: left }),
    ])
    const parents = (await get({ ID: [left, right] })).result.map((row: { PARENT: string }) => row.PARENT)
    expect(parents.filter((parent: string) => parent === '1')).toHaveLength(1)
  })
})

describe('department.delete', () => {
  it('moves departments and people one level up', async () => {
    const parent = await add('Sales')
    const id = await add('Field sales', parent)
    const child = await add('North', id)
    const both = await portal.person({ department: [parent, id] })
    const only = await portal.person({ department: [id] })
    const other = await portal.person({ department: [id * 10 + 1] })
    expect((await portal.call('department.delete', { ID: id })).body.result).toBe(true)
    expect((await get({ ID: id })).result).toEqual([])
    expect((await get({ ID: child })).result[0].PARENT).toBe(String(parent))
    expect(await departmentsOf(both.id)).toEqual([parent])
    expect(await departmentsOf(only.id)).toEqual([parent])
    expect(await departmentsOf(other.id)).toEqual([id * 10 + 1])
    expect(await portal.call('department.delete', { ID: id })).toMatchObject(refused('Department not found'))
  })

  it('keeps the company', async () => {
    expect(await portal.call('department.delete', { ID: 1 })).toMatchObject(
      refused('The top-level department cannot be deleted'),
    )
  })
})

describe('who may what', () => {
  it('lets everyone read the structure and administrators alone write it', async () => {
    expect((await portal.call('department.get', { ID: 1 }, { as: somebody.hook })).body.total).toBe(1)
    const before = await portal.census()
    for (const [method, parameters] of [
      ['department.add', { NAME: 'Mine', PARENT: 1 }],
      ['department.update', { ID: 1, NAME: 'Mine' }],
      ['department.delete', { ID: 1 }],
    ] as const)
      expect(await portal.call(method, parameters, { as: somebody.hook })).toMatchObject(refused('Access denied'))
    expect(await portal.census()).toEqual(before)
  })

  it('needs the scope department', async () => {
    const { hook } = await portal.person({ admin: true, scope: 'user' })
    expect((await portal.call('department.fields', {}, { as: hook })).body.error).toBe('insufficient_scope')
  })
})
