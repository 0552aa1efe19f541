import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const address = (): string => `${portal.portal.sources.token(12)}.test@test.com`

describe('user.*', () => {
  const fields = [
    'ID',
    'XML_ID',
    'ACTIVE',
    'NAME',
    'LAST_NAME',
    'EMAIL',
    'LAST_LOGIN',
    'DATE_REGISTER',
    'TIME_ZONE',
    'IS_ONLINE',
    'TIMESTAMP_X',
    'LAST_ACTIVITY_DATE',
    'PERSONAL_GENDER',
    'PERSONAL_BIRTHDAY',
    'UF_EMPLOYMENT_DATE',
    'UF_DEPARTMENT',
  ]

  it('describes and shows the fields that the Python SDK reads, as texts, booleans and lists', async () => {
    const described = await ask('user.fields')
    const shown = await ask('user.current')
    for (const field of fields) {
      expect(described[field]).toBeTypeOf('string')
      expect({ [field]: shown[field] ?? null }).not.toEqual({ [field]: null })
      expect(['string', 'boolean', 'object']).toContain(typeof shown[field])
    }
  })

  it('adds, finds, changes and dismisses people as both SDKs do', async () => {
    const EMAIL = address()
    const ID = await ask('user.add', { NAME: 'Test', LAST_NAME: 'b24pysdk', EMAIL, EXTRANET: 'N', UF_DEPARTMENT: [1] })
    expect(ID).toBeGreaterThan(0)
    const [row] = await ask('user.get', { filter: { ID } })
    expect(row).toMatchObject({ ID: String(ID), NAME: 'Test', LAST_NAME: 'b24pysdk', EMAIL, UF_DEPARTMENT: [1] })
    const PERSONAL_PROFESSION = 'b24pysdk-Developer'
    const WORK_POSITION = `${PERSONAL_PROFESSION} ${ID}`
    const change = {
      ACTIVE: false,
      WORK_POSITION,
      PERSONAL_GENDER: 'M',
      PERSONAL_PROFESSION,
      PERSONAL_BIRTHDAY: '1990-02-03',
    }
    expect(await ask('user.update', { ID, ...change })).toBe(true)
    const found = await ask('user.search', { filter: { FIND: WORK_POSITION } })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      ID: String(ID),
      ACTIVE: false,
      WORK_POSITION,
      PERSONAL_GENDER: 'M',
      PERSONAL_PROFESSION,
    })
    expect(found[0].PERSONAL_BIRTHDAY.slice(0, 10)).toBe('1990-02-03')
  })

  it('counts by the filters that the PHP SDK sends', async () => {
    const total = async (method: string, parameters: object): Promise<number> =>
      (await portal.call(method, parameters)).body.total ?? 0
    await ask('user.add', { NAME: 'test', EMAIL: address(), UF_DEPARTMENT: [1], UF_PHONE_INNER: '101' })
    const order = { sort: 'ID', order: 'ASC', ADMIN_MODE: 'Y' }
    expect(await total('user.search', { FILTER: { NAME: 'test' } })).toBeGreaterThanOrEqual(1)
    expect(await total('user.get', { ...order, FILTER: { '!UF_PHONE_INNER': null } })).toBe(1)
    expect(await total('user.get', { ...order, filter: [] })).toBeGreaterThanOrEqual(2)
    expect(await ask('user.access', { ACCESS: ['AU', 'G2'] })).toBe(true)
    expect(await ask('user.admin')).toBe(true)
  })

  it('walks lists downwards by the id', async () => {
    const rows: { ID: string }[] = await ask('user.get', {
      order: { ID: 'DESC' },
      filter: { '<ID': 999_999 },
      start: -1,
    })
    const ids = rows.map(({ ID }) => Number(ID))
    expect(ids.length).toBeGreaterThan(1)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  })

  it('changes a user field, its settings too', async () => {
    const FIELD_NAME = 'UF_USR_B24PYSDK_1'
    const id = await ask('user.userfield.add', { fields: { FIELD_NAME, USER_TYPE_ID: 'string', MULTIPLE: 'Y' } })
    const SETTINGS = { DEFAULT_VALUE: 'b24pysdk', ROWS: 3 }
    const change = { XML_ID: '123', SORT: 100, SHOW_IN_LIST: 'Y', EDIT_IN_LIST: 'Y', SETTINGS }
    expect(await ask('user.userfield.update', { id, fields: change })).toBe(true)
    const [row] = await ask('user.userfield.list', { filter: { ID: id } })
    expect(row).toMatchObject({
      ...change,
      ID: String(id),
      FIELD_NAME,
      USER_TYPE_ID: 'string',
      MULTIPLE: 'Y',
      SORT: '100',
    })
    expect(await ask('user.userfield.delete', { id })).toBe(true)
  })
})

describe('department.*', () => {
  it('adds, shows, changes, counts and deletes as both SDKs do', async () => {
    const described = await ask('department.fields')
    expect(Object.keys(described)).toEqual(['ID', 'NAME', 'SORT', 'PARENT', 'UF_HEAD'])
    const [top] = await ask('department.get', { PARENT: 0 })
    const total = async (): Promise<number> => (await portal.call('department.get', {})).body.total ?? 0
    const before = await total()
    const ID = await ask('department.add', { NAME: 'b24pysdk', PARENT: Number(top.ID), SORT: 100, UF_HEAD: 1 })
    expect(await total()).toBe(before + 1)
    expect(await ask('department.update', { ID, NAME: 'Test2 dep' })).toBe(true)
    expect(await ask('department.get', { ID })).toEqual([
      { ID: String(ID), NAME: 'Test2 dep', SORT: 100, PARENT: top.ID, UF_HEAD: '1' },
    ])
    const all: { ID: string }[] = await ask('department.get', { sort: 'ID', order: 'DESC' })
    expect(all[0]?.ID).toBe(String(ID))
    expect(await ask('department.delete', { ID })).toBe(true)
  })
})
