import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const ann = await portal.person({ department: [1] })
const names = (text: string): string[] => text.split(/\s+/).filter(Boolean).sort()

/** The tables of api-reference/user/user-scope.md. */
const brief = names(`ID XML_ID ACTIVE NAME LAST_NAME SECOND_NAME TITLE IS_ONLINE TIME_ZONE PERSONAL_PHOTO TIMESTAMP_X
  DATE_REGISTER PERSONAL_PROFESSION PERSONAL_GENDER PERSONAL_BIRTHDAY PERSONAL_CITY PERSONAL_STATE PERSONAL_COUNTRY
  WORK_POSITION WORK_CITY WORK_STATE WORK_COUNTRY LAST_ACTIVITY_DATE UF_EMPLOYMENT_DATE UF_TIMEMAN UF_SKILLS
  UF_INTERESTS UF_DEPARTMENT UF_PHONE_INNER`)
const basic = names(`ID XML_ID ACTIVE NAME LAST_NAME SECOND_NAME TITLE EMAIL PERSONAL_PHONE WORK_PHONE WORK_POSITION
  WORK_COMPANY IS_ONLINE TIME_ZONE TIMESTAMP_X DATE_REGISTER LAST_ACTIVITY_DATE PERSONAL_PROFESSION PERSONAL_GENDER
  PERSONAL_BIRTHDAY PERSONAL_PHOTO PERSONAL_FAX PERSONAL_MOBILE PERSONAL_PAGER PERSONAL_STREET PERSONAL_MAILBOX
  PERSONAL_CITY PERSONAL_STATE PERSONAL_ZIP PERSONAL_COUNTRY PERSONAL_NOTES WORK_DEPARTMENT WORK_WWW WORK_FAX
  WORK_PAGER WORK_STREET WORK_MAILBOX WORK_CITY WORK_STATE WORK_ZIP WORK_COUNTRY WORK_PROFILE WORK_LOGO WORK_NOTES
  UF_DEPARTMENT UF_DISTRICT UF_SKYPE UF_SKYPE_LINK UF_ZOOM UF_TWITTER UF_FACEBOOK UF_LINKEDIN UF_XING UF_WEB_SITES
  UF_PHONE_INNER UF_EMPLOYMENT_DATE UF_TIMEMAN UF_SKILLS UF_INTERESTS`)
const full = names(`LAST_LOGIN PERSONAL_WWW PERSONAL_ICQ USER_TYPE ${basic.join(' ')}`)

const field = 'UF_USR_LOCKER'
await portal.call('user.userfield.add', { fields: { FIELD_NAME: field, USER_TYPE_ID: 'string' } })
await portal.call('user.update', { ID: ann.id, [field]: 'B12' })

/** Every field named, so that empty ones are shown as well. */
async function shown(scope: string): Promise<string[]> {
  const { hook } = await portal.person({ scope })
  const { body } = await portal.call('user.get', { ID: ann.id, select: [...full, field] }, { as: hook })
  return Object.keys(body.result[0]).sort()
}

describe('the three levels', () => {
  it.each([
    ['user_brief', brief],
    ['user_basic', basic],
    ['user', full],
    ['user_brief,user_basic', basic],
  ])('%s shows the fields of the documented table and no others', async (scope, fields) => {
    expect(await shown(scope)).toEqual(fields)
    expect(await shown(`${scope},user.userfield`)).toEqual([...fields, field].sort())
  })

  it('hide user fields from user.current, user.search, user.fields and from filters', async () => {
    const { hook } = await portal.person({ scope: 'user' })
    const as = { as: hook }
    expect((await portal.call('user.fields', {}, as)).body.result).not.toHaveProperty(field)
    expect(
      (await portal.call('user.search', { NAME: 'Person', select: ['UF_*'] }, as)).body.result[0],
    ).not.toHaveProperty(field)
    const all = (await portal.call('user.get', {}, as)).body.total
    expect((await portal.call('user.get', { [field]: 'nothing has this' }, as)).body.total).toBe(all)
  })

  it('let nobody write a user field whose scope may not read it', async () => {
    const { hook } = await portal.person({ admin: true, scope: 'user' })
    expect(
      (await portal.call('user.update', { ID: ann.id, NAME: 'Ann', [field]: 'C1' }, { as: hook })).body.result,
    ).toBe(true)
    expect((await portal.call('user.get', { ID: ann.id })).body.result[0]).toMatchObject({
      NAME: 'Ann',
      [field]: 'B12',
    })
  })
})

describe('ADMIN_MODE', () => {
  it('shows everybody to administrators, robots and mail users too, and to nobody else', async () => {
    const robot = await portal.person()
    const session = portal.portal.store.session()
    await session.transaction((tx) => tx.change(sql`update portal_user set user_type = 'bot' where id = ${robot.id}`))
    await session.settled()
    const found = async (parameters: object, as?: string): Promise<number> =>
      (await portal.call('user.get', { ID: robot.id, ...parameters }, as === undefined ? {} : { as })).body.total ?? -1
    expect(await found({})).toBe(0)
    expect(await found({ ADMIN_MODE: 'True' })).toBe(1)
    expect(await found({ ADMIN_MODE: 'N' })).toBe(0)
    expect(await found({ ADMIN_MODE: true }, ann.hook)).toBe(0)
  })
})

describe('user.userfield.file.get', () => {
  const file = 'UF_USR_CV'

  it('answers the bytes of what a profile shows', async () => {
    await portal.call('user.userfield.add', { fields: { FIELD_NAME: file, USER_TYPE_ID: 'file' } })
    await portal.call('user.update', { ID: ann.id, [file]: ['cv.png', greenPixel] })
    const value = (await portal.call('user.current', {}, { as: ann.hook })).body.result[file]
    expect(value.downloadData).toEqual({ id: ann.id, field: file, value: value.id })
    const query = new URLSearchParams({ id: String(ann.id), field: file, value: String(value.id) })
    const answer = await portal.send({ method: 'GET', url: `/rest/${ann.hook}/user.userfield.file.get?${query}` })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-disposition']).toContain('attachment; filename="cv.png"')
    expect(answer.headers['content-length']).toBe(String(Buffer.from(greenPixel, 'base64').length))
  })

  it('gives no other file, and none without the scope', async () => {
    const value = (await portal.call('user.current', {}, { as: ann.hook })).body.result[file]
    const get = async (change: object, as = ann.hook) =>
      (await portal.call('user.userfield.file.get', { ...value.downloadData, ...change }, { as })).body.error
    expect(await get({ id: 1 })).toBe('ERROR_NOT_FOUND')
    expect(await get({ field: field })).toBe('ERROR_NOT_FOUND')
    expect(await get({ field: 'PERSONAL_PHOTO' })).toBe('ERROR_NOT_FOUND')
    expect(await get({ value: 4711 })).toBe('ERROR_NOT_FOUND')
    expect(await get({}, (await portal.person({ scope: 'user' })).hook)).toBe('insufficient_scope')
    const batch = await portal.call('batch', { cmd: { a: 'user.userfield.file.get' } })
    expect(batch.body.result.result_error.a.error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED')
  })
})
