import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Moscow', at: 1_721_722_262 })
const admin = 1

/** Sets columns of a profile, as a later screen will do. */
async function profile(id: number, values: Record<string, string | number | null>): Promise<void> {
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['people'], async (tx) => {
    const sets = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
    await tx.change(sql`update portal_user set ${sql.join(sets)} where id = ${id}`)
  })
  await session.settled()
}

const ivan = await portal.person({ department: [1, 25] })
const inna = await portal.person({ department: [25] })
const gone = await portal.person({ active: false, department: [2] })
const mail = await portal.person({})
const robot = await portal.person({})
await profile(ivan.id, {
  name: 'Иван',
  last_name: 'Johnson',
  personal_city: 'New York',
  work_phone: '+1 555',
  personal_www: '',
  personal_birthday: '1990-02-03',
  date_register: Date.UTC(2023, 7, 24, 10) / 1000,
  last_login: Date.UTC(2024, 6, 23, 8, 7, 26) / 1000,
  last_activity: 1_721_722_262 - 30,
})
await profile(inna.id, { name: 'Инна', last_name: 'Lee', personal_city: 'Los Angeles', last_activity: 1_721_000_000 })
await profile(mail.id, { user_type: 'email', name: 'Иван' })
await profile(robot.id, { user_type: 'bot', name: 'Иван' })

const ids = async (parameters: unknown, options?: { as?: string }): Promise<string[]> =>
  (await portal.call('user.get', parameters, options)).body.result.map((row: { ID: string }) => row.ID)
const text = (...people: { id: number }[]): string[] => people.map(({ id }) => String(id))

describe('user.current', () => {
  it('shows the profile of the caller with a real boolean, numbers of departments and dates in the zone', async () => {
    const { body } = await portal.call('user.current', {}, { as: ivan.hook })
    expect(body.result).toEqual({
      ID: String(ivan.id),
      XML_ID: '',
      ACTIVE: true,
      NAME: 'Иван',
      LAST_NAME: 'Johnson',
      EMAIL: `p${ivan.id}@example.com`,
      LAST_LOGIN: '2024-07-23T11:07:26+03:00',
      DATE_REGISTER: '2023-08-24T03:00:00+03:00',
      TIME_ZONE: '',
      IS_ONLINE: 'Y',
      TIMESTAMP_X: '1970-01-01T03:00:00+03:00',
      LAST_ACTIVITY_DATE: '2024-07-23 11:10:32',
      PERSONAL_GENDER: '',
      PERSONAL_WWW: '',
      PERSONAL_BIRTHDAY: '1990-02-03T03:00:00+03:00',
      PERSONAL_CITY: 'New York',
      WORK_PHONE: '+1 555',
      WORK_POSITION: '',
      UF_EMPLOYMENT_DATE: '',
      UF_DEPARTMENT: [1, 25],
      USER_TYPE: 'employee',
    })
  })
})

describe('user.get', () => {
  it('lists everybody but mail users and robots, oldest first, with a total', async () => {
    const { body } = await portal.call('user.get')
    expect(body.result.map((row: { ID: string }) => row.ID)).toEqual(text({ id: admin }, ivan, inna, gone))
    expect(body).toMatchObject({ total: 4 })
    expect(body.next).toBeUndefined()
    expect((await portal.call('user.get', { start: -1 })).body.total).toBe(0)
  })

  const cases: [string, unknown, { id: number }[]][] = [
    ['an id in the filter', { filter: { ID: ivan.id } }, [ivan]],
    ['a bare id', { ID: ivan.id }, [ivan]],
    ['a bare id in lower case', { id: String(ivan.id) }, [ivan]],
    ['several ids', { FILTER: { ID: [ivan.id, inna.id] } }, [ivan, inna]],
    ['ACTIVE as a boolean', { ACTIVE: true, filter: { '>ID': 1 } }, [ivan, inna]],
    ['ACTIVE as text', { filter: { ACTIVE: 'N' } }, [gone]],
    ['ACTIVE as a word', { filter: { ACTIVE: 'false' } }, [gone]],
    ['a department that stands last', { UF_DEPARTMENT: 25 }, [ivan, inna]],
    ['a department among several', { filter: { UF_DEPARTMENT: ['1', '2'] } }, [{ id: admin }, ivan, gone]],
    ['a department that is part of a number', { filter: { UF_DEPARTMENT: 5 } }, []],
    ['a department as nothing at all', { filter: { UF_DEPARTMENT: 'sales' } }, []],
    ['not a department', { filter: { '!UF_DEPARTMENT': 1 } }, [inna, gone]],
    ['a wildcard without an operator', { filter: { NAME: 'Ив%' } }, [ivan]],
    ['a name in another case', { filter: { '%NAME': 'ВАН' } }, [ivan]],
    ['a part that is not in the last name', { filter: { '!%LAST_NAME': 'john', '>ID': 1 } }, [inna, gone]],
    ['one of several cities', { filter: { '@PERSONAL_CITY': ['New York', 'los angeles'] } }, [ivan]],
    ['a quick search by two words', { filter: { NAME_SEARCH: 'инна lee' } }, [inna]],
    ['who is online', { filter: { IS_ONLINE: 'Y' } }, [{ id: admin }, ivan]],
    ['who is not online', { filter: { IS_ONLINE: 'N', ACTIVE: 'Y', '>ID': 1 } }, [inna]],
    ['mail users', { filter: { USER_TYPE: 'email' } }, [mail]],
    ['a birthday', { filter: { PERSONAL_BIRTHDAY: '1990-02-03T00:00:00+03:00' } }, [ivan]],
    ['a date that is none', { filter: { '>DATE_REGISTER': 'soon' } }, []],
    ['an unknown field', { filter: { NO_SUCH: 1, ID: inna.id } }, [inna]],
    [
      'a sort field and a direction',
      { sort: 'last_name', order: 'desc', filter: { '>ID': 1, ACTIVE: 'Y' } },
      [inna, ivan],
    ],
    ['an order as a map', { order: { ID: 'DESC' }, filter: { ACTIVE: 'Y', '>ID': 1 } }, [inna, ivan]],
    ['an offset', { start: 2 }, [inna, gone]],
    ['an offset past the end', { start: 50 }, []],
  ]
  it.each(cases)('finds people by %s', async (_name, parameters, people) => {
    expect(await ids(parameters)).toEqual(text(...people))
  })

  it('selects fields by name and mask, and shows named ones even when they are empty', async () => {
    const get = async (select: unknown) => (await portal.call('user.get', { ID: inna.id, select })).body.result[0]
    expect(await get(['NAME', 'WORK_NOTES', 'NO_SUCH'])).toEqual({ ID: String(inna.id), NAME: 'Инна', WORK_NOTES: '' })
    expect(await get('UF_*')).toEqual({ ID: String(inna.id), UF_EMPLOYMENT_DATE: '', UF_DEPARTMENT: [25] })
    expect(Object.keys(await get(['*']))).toContain('EMAIL')
  })

  it.each([{ FILTER: { NAME_SEARCH: { a: {} } } }, { USER_TYPE: [[1]] }, { UF_DEPARTMENT: { a: [{}] } }])(
    'finds nothing odd by the odd condition %j',
    async (parameters) => expect((await portal.call('user.get', parameters)).status).toBe(200),
  )
})

describe('the levels of access to people', () => {
  const fieldsOf = async (scope: string): Promise<{ row: string[]; fields: string[]; hook: string }> => {
    const { hook, id } = await portal.person({ scope })
    await profile(id, { user_type: 'test' })
    const row = Object.keys((await portal.call('user.current', {}, { as: hook })).body.result)
    return { row, fields: Object.keys((await portal.call('user.fields', {}, { as: hook })).body.result), hook }
  }

  it('hide contact details from user_brief, also from its filters and selections', async () => {
    const { row, fields, hook } = await fieldsOf('user_brief')
    expect(row).not.toContain('EMAIL')
    expect(row).toContain('UF_DEPARTMENT')
    expect(fields).not.toContain('WORK_PHONE')
    expect(fields).toContain('PERSONAL_PHOTO')
    const answer = await portal.call('user.get', { filter: { EMAIL: 'nobody' }, select: ['EMAIL'] }, { as: hook })
    expect(answer.body.total).toBe(4)
    expect(Object.keys(answer.body.result[0])).toEqual(['ID'])
  })

  it('open contact details to user_basic and everything to user', async () => {
    const basic = await fieldsOf('user_basic')
    expect(basic.row).toContain('EMAIL')
    expect(basic.fields).toContain('WORK_PHONE')
    expect(basic.fields).not.toContain('LAST_LOGIN')
    const full = await fieldsOf('user')
    expect(full.fields).toContain('LAST_LOGIN')
    expect(full.fields).toContain('PERSONAL_ICQ')
  })

  it('refuse a caller without any of the three', async () => {
    const { hook } = await portal.person({ scope: 'crm' })
    for (const method of ['user.current', 'user.get', 'user.fields'])
      expect(await portal.call(method, {}, { as: hook })).toMatchObject({
        status: 403,
        body: { error: 'insufficient_scope' },
      })
  })
})

describe('user.fields', () => {
  it('names every documented field by its documented title, in the documented order', async () => {
    const file = new URL('../../../../catalogue/vectors/user.json', import.meta.url)
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as { method: string; response: { result: object } }[]
    const documented = vectors.find(({ method }) => method === 'user.fields')?.response.result ?? {}
    const { result } = (await portal.call('user.fields')).body
    expect(Object.entries(result)).toEqual(Object.entries(documented))
  })
})
