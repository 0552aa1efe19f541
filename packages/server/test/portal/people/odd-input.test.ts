import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const session = portal.portal.store.session()
const token = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
await session.settled()
const dispensable = await portal.person({ department: [1] })
const { body } = await portal.call('department.add', { NAME: 'Odd', PARENT: 1 })

/** What careless clients send where something else is meant. */
const odd: unknown[] = [
  null,
  true,
  false,
  '',
  ' ',
  'text',
  '0',
  -1,
  1.5,
  1e21,
  '9007199254740993',
  [],
  [[]],
  [null],
  [{ a: [1] }],
  {},
  { a: { b: 1 } },
  { __proto__x: 1 },
  '%',
  "'; drop table portal_user; --",
  'ä'.repeat(300),
]
const of = (names: readonly string[], value: unknown): object => Object.fromEntries(names.map((name) => [name, value]))

const cases: [method: string, parameters: (value: unknown) => object][] = [
  ['department.get', (value) => of(['sort', 'order', 'ID', 'NAME', 'PARENT', 'UF_HEAD', 'START', 'filter'], value)],
  ['department.get', (value) => ({ SORT: value, filter: { '>ID': value, '@PARENT': value, '!NAME': value } })],
  ['department.add', (value) => ({ NAME: value, PARENT: 1, SORT: value, UF_HEAD: value })],
  ['department.add', (value) => ({ NAME: 'Odd', PARENT: value })],
  ['department.update', (value) => ({ ID: body.result, NAME: value, PARENT: value })],
  ['department.update', (value) => ({ ID: value })],
  [
    'user.get',
    (value) => ({ FILTER: of(['UF_DEPARTMENT', 'ACTIVE', 'NAME', 'EMAIL', 'IS_ONLINE', 'NAME_SEARCH'], value) }),
  ],
  ['user.search', (value) => of(['FIND', 'NAME', 'UF_DEPARTMENT_NAME', 'WORK_POSITION', 'USER_TYPE', 'sort'], value)],
  ['user.search', (value) => ({ FILTER: value, select: value, start: value, order: value })],
  ['user.add', (value) => ({ EMAIL: 'odd@example.com', UF_DEPARTMENT: value })],
  ['user.add', (value) => ({ EMAIL: value, UF_DEPARTMENT: [1], EXTRANET: value, MESSAGE_TEXT: value })],
  ['user.update', (value) => ({ ID: dispensable.id, ...of(['EMAIL', 'NAME'], value) })],
  ['user.update', (value) => ({ ID: dispensable.id, UF_DEPARTMENT: value, ACTIVE: value })],
  ['user.update', (value) => ({ ID: dispensable.id, PERSONAL_PHOTO: value, PERSONAL_BIRTHDAY: value })],
  ['user.update', (value) => ({ ID: value })],
  [
    'user.userfield.add',
    (value) => ({ fields: of(['FIELD_NAME', 'USER_TYPE_ID', 'SETTINGS', 'LIST', 'LABEL'], value) }),
  ],
  ['user.userfield.update', (value) => ({ id: value, fields: value })],
  ['user.userfield.list', (value) => ({ order: value, filter: value })],
  ['app.option.set', (value) => ({ options: value })],
  ['app.option.set', (value) => ({ options: { name: value } })],
  ['user.option.get', (value) => ({ option: value })],
  ['access.name', (value) => ({ ACCESS: value })],
  ['user.access', (value) => ({ ACCESS: [value] })],
  ['feature.get', (value) => ({ CODE: value })],
]

describe('whatever stands where something else is meant', () => {
  it.each(cases)('%s answers it or refuses it in its own words', async (method, parameters) => {
    for (const value of odd) {
      // `call` throws at an unexpected error.
      const answer = await portal.call(method, parameters(value), { token })
      expect([200, 400]).toContain(answer.status)
    }
  })

  it('leaves the portal as sound as it was', async () => {
    expect((await portal.call('department.get', { PARENT: 0 })).body.total).toBe(1)
    expect((await portal.call('user.get', { ID: dispensable.id })).body.result[0].UF_DEPARTMENT).toEqual([1])
  })
})
