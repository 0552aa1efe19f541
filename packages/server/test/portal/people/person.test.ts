import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal({ at: 1_721_733_827 })
const announced = announcements(portal)
const colleague = await portal.person({ department: [1] })

let made = 0
const address = (): string => `new.colleague${++made}@example.com`
async function add(fields: object = {}): Promise<number> {
  const { body } = await portal.call('user.add', { EMAIL: address(), UF_DEPARTMENT: [1], ...fields })
  if (typeof body.result !== 'number') throw new Error(body.error_description)
  return body.result
}
const profile = async (ID: number) => (await portal.call('user.get', { ID })).body.result[0]
const update = (ID: unknown, fields: object, as?: string) =>
  portal.call('user.update', { ID, ...fields }, as === undefined ? {} : { as })
const denied = { status: 400, body: { error: 'ERROR_CORE', error_description: 'access_denied' } }
const stored = (id: number) =>
  portal.portal.store
    .session()
    .find<Record<string, unknown>>(sql`select * from portal_user where id = ${id}`)
    .then(([row]) => row)

describe('user.add', () => {
  it('makes an employee without a password, who is seen in lists at once', async () => {
    const EMAIL = address()
    const id = await add({
      EMAIL: ` ${EMAIL} `,
      NAME: 'Anna',
      WORK_POSITION: 'Engineer',
      PERSONAL_BIRTHDAY: '1990-02-03',
    })
    expect(await profile(id)).toMatchObject({
      ID: String(id),
      ACTIVE: true,
      EMAIL,
      NAME: 'Anna',
      DATE_REGISTER: '2024-07-23T02:00:00+02:00',
      PERSONAL_BIRTHDAY: '1990-02-03T01:00:00+01:00',
      UF_DEPARTMENT: [1],
      USER_TYPE: 'employee',
    })
    expect(await stored(id)).toMatchObject({ password: null, login: EMAIL, is_admin: 'N' })
  })

  it('tells nobody that a person has come who is only invited', async () => {
    await announced()
    await add()
    expect(await announced()).toEqual([])
  })

  it('keeps the picture and shows its address', async () => {
    const id = await add({ PERSONAL_PHOTO: ['me.png', greenPixel] })
    const { pathname, search } = new URL((await profile(id)).PERSONAL_PHOTO)
    expect((await portal.send({ method: 'GET', url: pathname + search })).status).toBe(200)
  })

  it("takes nothing that is the portal's to say", async () => {
    const id = await add({
      ACTIVE: 'N',
      USER_TYPE: 'bot',
      ID: 4711,
      IS_ADMIN: 'Y',
      PASSWORD: 'x',
      LAST_LOGIN: '2020-01-01',
    })
    expect(id).not.toBe(4711)
    expect(await stored(id)).toMatchObject({
      active: 'Y',
      user_type: 'employee',
      is_admin: 'N',
      password: null,
      last_login: null,
    })
  })

  const cases: [string, object, object][] = [
    ['no address', { EMAIL: undefined }, { error: 'ERROR_ARGUMENT', error_description: 'wrong_email', argument: '' }],
    [
      'what is no address',
      { EMAIL: 'a@b@c' },
      { error: 'ERROR_ARGUMENT', error_description: 'wrong_email', argument: '' },
    ],
    [
      'an address that somebody has, in another case',
      { EMAIL: 'ADMIN@example.com' },
      { error: 'ERROR_ARGUMENT', error_description: 'A user with this email already exists', argument: '' },
    ],
    [
      'neither a department nor a group',
      { UF_DEPARTMENT: [] },
      { error: 'ERROR_ARGUMENT', error_description: 'no_extranet_field' },
    ],
    [
      'a guest without a group',
      { EXTRANET: 'Y' },
      { error: 'ERROR_GROUPID', error_description: 'Group code not specified' },
    ],
    [
      'a guest of a group that is not there',
      { EXTRANET: 'Y', SONET_GROUP_ID: [3] },
      { error: 'ERROR_NO_GROUP', error_description: 'Group is specified incorrectly' },
    ],
    [
      'a department that is not there',
      { UF_DEPARTMENT: [999] },
      { error: 'ERROR_CORE', error_description: 'Invalid value for the "Units" field: there is no such department.' },
    ],
    [
      'a birthday that is no day',
      { PERSONAL_BIRTHDAY: 'soon' },
      { error: 'ERROR_CORE', error_description: 'Invalid value for the "Date of Birth" field: a date is expected.' },
    ],
  ]
  it.each(cases)('refuses %s and changes nothing', async (_what, fields, body) => {
    const before = await portal.census()
    const parameters = { EMAIL: address(), UF_DEPARTMENT: [1], PERSONAL_PHOTO: ['me.png', greenPixel], ...fields }
    expect(await portal.call('user.add', parameters)).toMatchObject({ status: 400, body })
    expect(await portal.census()).toEqual(before)
  })

  it('gives one address to one of two who want it at the same moment', async () => {
    const EMAIL = address()
    const answers = await Promise.all([1, 2].map(() => portal.call('user.add', { EMAIL, UF_DEPARTMENT: [1] })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it('is for administrators, and for the scope user alone', async () => {
    const parameters = { EMAIL: address(), UF_DEPARTMENT: [1] }
    expect(await portal.call('user.add', parameters, { as: colleague.hook })).toMatchObject(denied)
    for (const scope of ['user_basic', 'user_brief']) {
      const { hook } = await portal.person({ scope })
      for (const method of ['user.add', 'user.update'])
        expect((await portal.call(method, parameters, { as: hook })).body.error).toBe('insufficient_scope')
    }
  })
})

describe('user.update', () => {
  it('changes what is given and keeps the rest', async () => {
    const id = await add({ NAME: 'Test', PERSONAL_CITY: 'Bonn' })
    expect((await update(id, { NAME: 'Test2', LAST_NAME: 'Weber', UF_DEPARTMENT: 1 })).body.result).toBe(true)
    expect(await profile(id)).toMatchObject({
      NAME: 'Test2',
      LAST_NAME: 'Weber',
      PERSONAL_CITY: 'Bonn',
      UF_DEPARTMENT: [1],
    })
  })

  it('moves the login along with the address that it was', async () => {
    const id = await add()
    const EMAIL = address()
    await update(id, { EMAIL })
    expect(await stored(id)).toMatchObject({ email: EMAIL, login: EMAIL })
    expect((await update(id, { EMAIL: 'admin@example.com' })).body.error_description).toBe(
      'A user with this email already exists',
    )
  })

  it('replaces a picture and removes it', async () => {
    const id = await add({ PERSONAL_PHOTO: ['a.png', greenPixel] })
    await update(id, { PERSONAL_PHOTO: { fileData: ['b.png', greenPixel] } })
    expect((await portal.census()).stored_file).toBeGreaterThan(0)
    await update(id, { PERSONAL_PHOTO: '' })
    expect((await profile(id)).PERSONAL_PHOTO).toBeUndefined()
  })

  it('lets people write about themselves, but not what the company says of them', async () => {
    expect((await update(colleague.id, { PERSONAL_CITY: 'Ulm', UF_SKILLS: 'Chess' }, colleague.hook)).body.result).toBe(
      true,
    )
    expect((await profile(colleague.id)).PERSONAL_CITY).toBe('Ulm')
    for (const fields of [
      { WORK_POSITION: 'Director' },
      { ACTIVE: 'N' },
      { EMAIL: address() },
      { UF_DEPARTMENT: [1] },
      { PERSONAL_CITY: 'Rome', NAME: 'Other' },
    ])
      expect(await update(colleague.id, fields, colleague.hook)).toMatchObject(denied)
    expect((await profile(colleague.id)).PERSONAL_CITY).toBe('Ulm')
  })

  it('refuses to write about others, and about nobody', async () => {
    expect(await update(1, { PERSONAL_CITY: 'Rome' }, colleague.hook)).toMatchObject(denied)
    for (const id of [999_999, 0, 'x', undefined]) expect(await update(id, { NAME: 'A' })).toMatchObject(denied)
  })

  it('keeps the last administrator', async () => {
    expect(await update(1, { ACTIVE: 'N' })).toMatchObject({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: 'The last administrator cannot be dismissed' },
    })
  })
})

describe('who is dismissed', () => {
  it('loses every access at once, and has it again when taken back', async () => {
    const person = await portal.person({ department: [1] })
    const session = portal.portal.store.session()
    const token = await portal.credentials.createToken(session, { userId: person.id, scope: '*', lifetime: 3600 })
    await session.settled()
    await update(person.id, { PERSONAL_PHOTO: ['me.png', greenPixel] })
    const own = (await portal.call('user.current', {}, { as: person.hook })).body.result.PERSONAL_PHOTO
    const { pathname, search } = new URL(own)
    const roads = async (): Promise<number[]> => [
      (await portal.call('user.current', {}, { as: person.hook })).status,
      (await portal.call('user.current', {}, { token })).status,
      (await portal.call('batch', { cmd: { me: 'user.current' } }, { as: person.hook })).status,
      (await portal.send({ method: 'GET', url: pathname + search })).status,
    ]
    expect(await roads()).toEqual([200, 200, 200, 200])
    await update(person.id, { ACTIVE: false })
    expect(await roads()).toEqual([401, 401, 401, 401])
    expect((await portal.call('user.current', {}, { as: person.hook })).body.error).toBe('authorization_error')
    expect((await profile(person.id)).ACTIVE).toBe(false)
    await update(person.id, { ACTIVE: 'Y' })
    expect(await roads()).toEqual([200, 200, 200, 200])
  })
})

describe('user.search', () => {
  const found = async (parameters: object): Promise<string[]> =>
    (await portal.call('user.search', parameters)).body.result.map((row: { NAME: string }) => row.NAME)

  it('finds people by how their names begin and by their departments', async () => {
    const { body } = await portal.call('department.add', { NAME: 'Observatory', PARENT: 1 })
    await add({ NAME: 'Wilhelmina', LAST_NAME: 'Fleming', WORK_POSITION: 'Astronomer', UF_DEPARTMENT: [body.result] })
    await add({ NAME: 'Henrietta', LAST_NAME: 'Leavitt', WORK_POSITION: 'Computer', UF_DEPARTMENT: [1, body.result] })
    expect(await found({ NAME: 'wilhel' })).toEqual(['Wilhelmina'])
    expect(await found({ FILTER: { LAST_NAME: 'Lea' } })).toEqual(['Henrietta'])
    expect(await found({ NAME: 'elmina' })).toEqual([])
    expect(await found({ UF_DEPARTMENT_NAME: 'observ' })).toEqual(['Wilhelmina', 'Henrietta'])
    expect(await found({ UF_DEPARTMENT_NAME: 'servatory' })).toEqual([])
    expect(await found({ FILTER: { FIND: 'observatory comp' } })).toEqual(['Henrietta'])
    expect(await found({ FIND: 'Fleming' })).toEqual(['Wilhelmina'])
    expect(await found({ UF_DEPARTMENT: body.result, sort: 'LAST_NAME', order: 'DESC' })).toEqual([
      'Henrietta',
      'Wilhelmina',
    ])
    expect(await found({ FILTER: { FIND: { a: {} } }, WORK_POSITION: 'Nobody' })).toEqual([])
  })

  it('has a total and pages like user.get', async () => {
    const { body } = await portal.call('user.search', { NAME: 'Wilhelmina', select: ['LAST_NAME'] })
    expect(body.total).toBe(1)
    expect(Object.keys(body.result[0])).toEqual(['ID', 'LAST_NAME'])
  })
})
