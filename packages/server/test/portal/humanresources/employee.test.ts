import { describe, expect, it } from 'vitest'
import { callV3, v3Code } from '../../support/rest-v3.ts'
import { testPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const call = (method: string, body: unknown = {}, as?: string) =>
  callV3(portal, `humanresources.${method}`, body, as === undefined ? {} : { as })
const must = async (method: string, body: unknown = {}) => {
  const answer = await call(method, body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.result
}
const node = async (type: 'DEPARTMENT' | 'TEAM', name: string): Promise<number> =>
  (await must('node.add', { type, name, parentId: 1 })).id
const hire = async (NAME: string, LAST_NAME: string, more: object): Promise<number> =>
  (await portal.call('user.add', { EMAIL: `${NAME}.${LAST_NAME}@example.com`, NAME, LAST_NAME, ...more })).body.result

const sales = await node('DEPARTMENT', 'Sales')
const plant = await node('DEPARTMENT', 'Plant')
const launch = await node('TEAM', 'Launch')
const john = await hire('John', 'Smith', {
  UF_DEPARTMENT: [sales, plant],
  WORK_POSITION: 'Sales Manager',
  PERSONAL_PHOTO: ['john.png', greenPixel],
})
const mary = await hire('Mary', 'Johnson', { UF_DEPARTMENT: [sales] })
const joan = await hire('Joan', 'Arc', { UF_DEPARTMENT: [plant] })
await must('node.member.add', { nodeId: sales, userIds: [john], role: 'MEMBER_HEAD' })
await must('node.member.add', { nodeId: sales, userIds: [mary], role: 'MEMBER_DEPUTY_HEAD' })
await must('node.member.add', { nodeId: sales, userIds: [joan], role: 'MEMBER_EMPLOYEE' })
await must('node.member.add', { nodeId: launch, userIds: [mary], role: 'MEMBER_TEAM_HEAD' })

const found = async (body: object): Promise<number[]> =>
  (await must('employee.search', body)).items.map(({ userId }: { userId: number }) => userId)

describe('humanresources.employee.search', () => {
  it('finds people by parts of their names and shows where they are', async () => {
    expect(await found({ name: 'joh' })).toEqual([john, mary])
    expect(await found({ name: 'john smi' })).toEqual([john])
    expect(await found({ name: 'JO', nodeId: plant })).toEqual([john, joan])
    expect(await found({ name: 'ma', nodeId: launch })).toEqual([mary])
    expect(await found({ name: 'nobody' })).toEqual([])
    const [row] = (await must('employee.search', { name: 'Smith' })).items
    expect(row).toMatchObject({
      userId: john,
      name: 'John Smith',
      workPosition: 'Sales Manager',
      url: `/company/personal/user/${john}/`,
      departments: [
        { id: sales, name: 'Sales' },
        { id: plant, name: 'Plant' },
      ],
      teams: [],
    })
    expect(row.avatar).toMatch(/^http.*getFile/)
    expect(await must('employee.search', { name: 'Mary', select: ['name', 'avatar', 'teams'] })).toEqual({
      items: [{ name: 'Mary Johnson', avatar: null, teams: [{ id: launch, name: 'Launch' }] }],
    })
  })

  it('finds nobody who has left', async () => {
    const gone = await hire('Zoe', 'Left', { UF_DEPARTMENT: [sales] })
    expect(await found({ name: 'zoe' })).toEqual([gone])
    await portal.call('user.update', { ID: gone, ACTIVE: 'N' })
    expect(await found({ name: 'zoe' })).toEqual([])
  })

  it('refuses no name, an unknown node and unknown fields', async () => {
    const missing = {
      status: 400,
      body: { error: { validation: [{ field: 'name', message: 'Parameter "name" is required.' }] } },
    }
    expect(await call('employee.search')).toMatchObject(missing)
    expect(await call('employee.search', { name: ' ' })).toMatchObject(missing)
    const code = async (body: object) => (await call('employee.search', body)).body.error?.code
    expect(await code({ name: 'a', nodeId: 999 })).toBe(v3Code('ENTITYNOTFOUNDEXCEPTION'))
    expect(await code({ name: 'a', select: ['salary'] })).toBe(v3Code('UNKNOWNDTOPROPERTYEXCEPTION'))
    expect(await code({ name: 'a', select: 'name' })).toBe(v3Code('INVALIDSELECTEXCEPTION'))
  })
})

describe('humanresources.employee.subordinates', () => {
  it('counts those below heads and deputies, by department', async () => {
    expect(await must('employee.subordinates', { id: john })).toEqual({
      userId: john,
      departments: [{ nodeId: sales, name: 'Sales', role: 'HEAD', subordinatesCount: 2 }],
    })
    expect((await must('employee.subordinates', { id: mary })).departments).toEqual([
      { nodeId: sales, name: 'Sales', role: 'DEPUTY_HEAD', subordinatesCount: 1 },
    ])
    expect((await must('employee.subordinates', { id: joan })).departments).toEqual([])
    expect((await must('employee.subordinates', { id: 4711 })).departments).toEqual([])
    for (const [id, message] of [
      [undefined, 'Required field `id` is not specified'],
      [-1, 'Parameter "id" is required and must be a positive integer.'],
    ] as const)
      expect((await call('employee.subordinates', { id })).body.error?.validation).toEqual([{ field: 'id', message }])
  })
})

describe('the number of employees and those in several departments', () => {
  it('count everyone once, without those who have left', async () => {
    const { total } = await must('employee.count')
    const id = await hire('Max', 'Twice', { UF_DEPARTMENT: [sales, plant] })
    expect(await must('employee.count')).toEqual({ total: total + 1 })
    const several = await must('employee.multidepartment')
    const departments = [
      { id: sales, name: 'Sales' },
      { id: plant, name: 'Plant' },
    ]
    expect(several).toEqual({
      employees: [
        { userId: john, name: 'John Smith', workPosition: 'Sales Manager', departments },
        { userId: joan, name: 'Joan Arc', workPosition: '', departments },
        { userId: id, name: 'Max Twice', workPosition: '', departments },
      ],
      total: 3,
    })
    await portal.call('user.update', { ID: id, ACTIVE: 'N' })
    expect(await must('employee.count')).toEqual({ total })
    expect((await must('employee.multidepartment')).total).toBe(2)
  })
})

it('is all for those who are in a department themselves', async () => {
  const { hook } = await portal.person()
  for (const [method, body] of [
    ['search', { name: 'John' }],
    ['subordinates', { id: john }],
    ['count', {}],
    ['multidepartment', {}],
  ] as const)
    expect(await call(`employee.${method}`, body, hook)).toMatchObject({
      status: 403,
      body: { error: { code: v3Code('ACCESSDENIEDEXCEPTION') } },
    })
  const { hook: inside } = await portal.person({ department: [plant] })
  expect((await call('employee.count', {}, inside)).status).toBe(200)
})
