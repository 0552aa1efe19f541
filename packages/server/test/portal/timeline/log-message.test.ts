import { afterEach, describe, expect, it } from 'vitest'
import { iconExists, logoExists } from '../../../src/modules/crm/timeline/images.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { png, refused, tools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, message, comment, count, rights } = tools(portal)
const other = await portal.person()

afterEach(() => rights('all'))

describe('crm.timeline.logmessage', () => {
  it('is kept as plain text and shown with numbers', async () => {
    const fields = {
      entityTypeId: 1,
      entityId: await add('lead'),
      title: 'Sync',
      text: '1 < 2 & <b>',
      iconCode: 'info',
    }
    const made = await must<{ logMessage: { id: number } }>('crm.timeline.logmessage.add', { fields })
    expect(made.logMessage).toEqual({
      id: expect.any(Number),
      created: '2026-05-28T22:26:40+02:00',
      authorId: 1,
      title: 'Sync',
      text: '1 < 2 & <b>',
      iconCode: 'info',
    })
    expect(await must('crm.timeline.logmessage.get', { id: made.logMessage.id })).toEqual(made)
  })

  it('is listed ten at a time, newest first unless asked otherwise, without comments', async () => {
    const lead = await add('lead')
    const ids: number[] = []
    for (let n = 0; n < 12; n++) ids.push(await message(1, lead))
    await comment('lead', lead)
    const list = async (more: object) =>
      (await portal.call('crm.timeline.logmessage.list', { entityTypeId: 1, entityId: lead, ...more })).body
    const first = await list({})
    const second = await list({ start: 10 })
    expect(first).toMatchObject({ total: 12, next: 10 })
    expect(second).toMatchObject({ total: 12 })
    expect(second).not.toHaveProperty('next')
    const numbers = [...first.result, ...second.result].map(({ id }: { id: number }) => id)
    expect(numbers).toEqual(ids.toReversed())
    expect((await list({ order: { id: 'asc' } })).result[0].id).toBe(ids[0])
  })

  it('refuses what is missing, unknown icons and records that are not there, and changes nothing', async () => {
    const whole = { entityTypeId: 1, entityId: await add('lead'), title: 'Title', text: 'Text', iconCode: 'info' }
    const before = await portal.census()
    const send = (fields: object) => portal.call('crm.timeline.logmessage.add', { fields })
    for (const name of Object.keys(whole))
      expect(await send({ ...whole, [name]: undefined })).toMatchObject(
        refused('100', `Could not find value for parameter {${name}}`),
      )
    expect(await send({ ...whole, iconCode: 'nothing' })).toMatchObject(
      refused('0', 'Icon not found for code `nothing`'),
    )
    expect(await send({ ...whole, entityId: 999_999 })).toMatchObject(
      refused('OWNER_NOT_FOUND', 'Owner of the item not found'),
    )
    expect((await send({ ...whole, title: 'x'.repeat(256) })).body.error).toBe('INVALID_ARG_VALUE')
    expect(await portal.census()).toEqual(before)
  })

  it('is deleted by the application that wrote it alone', async () => {
    const lead = await add('lead')
    const [token, stranger] = [await accessToken(portal), await accessToken(portal)]
    const byApplication = await message(1, lead, {}, { token })
    const byWebhook = await message(1, lead)
    const remove = (id: number, options = {}) => portal.call('crm.timeline.logmessage.delete', { id }, options)
    for (const options of [{}, { token: stranger }])
      expect((await remove(byApplication, options)).body.error).toBe('REMOVING_DISABLED')
    expect((await remove(byWebhook, { token })).body.error).toBe('REMOVING_DISABLED')
    expect((await remove(byApplication, { token })).body.result).toBe(true)
    expect((await remove(byWebhook)).body.result).toBe(true)
    expect(await remove(byWebhook)).toMatchObject(
      refused('NOT_FOUND', `Timeline logmessage not found for id ${byWebhook}`),
    )
  })

  it("has the record's rights", async () => {
    const lead = await add('lead', { ASSIGNED_BY_ID: 1 })
    const id = await message(1, lead)
    await rights('own')
    const as = { as: other.hook }
    const denied = refused('ACCESS_DENIED', 'Access denied')
    const fields = { entityTypeId: 1, entityId: lead, title: 'Title', text: 'Text', iconCode: 'info' }
    expect(await portal.call('crm.timeline.logmessage.add', { fields }, as)).toMatchObject(denied)
    expect(await portal.call('crm.timeline.logmessage.get', { id }, as)).toMatchObject(denied)
    expect(await portal.call('crm.timeline.logmessage.list', { entityTypeId: 1, entityId: lead }, as)).toMatchObject(
      denied,
    )
    expect(await portal.call('crm.timeline.logmessage.delete', { id }, as)).toMatchObject(denied)
  })
})

describe.each([
  { family: 'icon', title: 'Icon', side: 24, exists: iconExists },
  { family: 'logo', title: 'Logo', side: 60, exists: logoExists },
])('crm.timeline.$family', ({ family, title, side, exists }) => {
  const send = (verb: string, params: object, options = {}) =>
    portal.call(`crm.timeline.${family}.${verb}`, params, options)
  const known = (code: string): Promise<boolean> => exists(portal.portal.store.session(), code)

  it('adds a picture that is shown in place', async () => {
    expect(await known('mine')).toBe(false)
    const made = (await send('add', { code: 'mine', fileContent: png(side, side) })).body.result[family]
    expect(made).toMatchObject({ code: 'mine', isSystem: false })
    expect(await known('mine')).toBe(true)
    const shown = await portal.send({ method: 'GET', url: made.fileUri })
    expect(shown.headers['content-type']).toBe('image/png')
    const { body } = await send('list', {})
    const all: { code: string; isSystem: boolean; fileUri: string }[] = body.result[`${family}s`]
    expect(body.total).toBe(all.length)
    expect(all[0]).toEqual({ code: 'call', isSystem: true, fileUri: '' })
    expect(all.at(-1)).toMatchObject({ code: 'mine', isSystem: false })
  })

  it("hides the system's picture of the same code until it is deleted", async () => {
    const entries = async () =>
      (await send('list', {})).body.result[`${family}s`].filter(({ code }: { code: string }) => code === 'call')
    await send('add', { code: 'call', fileContent: png(side, side) })
    const files = await count('stored_file')
    await send('add', { code: 'call', fileContent: png(side, 1) })
    expect(await count('stored_file')).toBe(files)
    expect(await entries()).toMatchObject([{ isSystem: false }])
    expect((await send('delete', { code: 'call' })).body.result).toBe(true)
    expect(await count('stored_file')).toBe(files - 1)
    expect(await entries()).toEqual([{ code: 'call', isSystem: true, fileUri: '' }])
    expect((await send('get', { code: 'call' })).body.result[family].isSystem).toBe(true)
    expect(await send('delete', { code: 'call' })).toMatchObject(
      refused('NOT_FOUND', `${title} not found for code \`call\``),
    )
  })

  it('refuses what is no such picture, odd codes and people who are no administrators, and changes nothing', async () => {
    const before = await portal.census()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')
    for (const fileContent of [svg, 'no base64 §', png(side + 1, side), png(0, side)])
      expect(await send('add', { code: 'new', fileContent })).toMatchObject(
        refused('INVALID_ARG_VALUE', 'Invalid `fileContent` parameter specified'),
      )
    for (const code of ['../x', 'a b', '<b>', 'x'.repeat(101)])
      expect((await send('add', { code, fileContent: png(side, side) })).body.error).toBe('INVALID_ARG_VALUE')
    const picture = { code: 'new', fileContent: png(side, side) }
    const denied = refused('ACCESS_DENIED', 'Access denied')
    expect(await send('add', picture, { as: other.hook })).toMatchObject(denied)
    expect(await send('delete', { code: 'mine' }, { as: other.hook })).toMatchObject(denied)
    expect(await send('add', { code: 'new' })).toMatchObject(
      refused('100', 'Could not find value for parameter {fileContent}'),
    )
    expect(await portal.census()).toEqual(before)
  })

  it('keeps one picture of a code that is added several times at once', async () => {
    const files = await count('stored_file')
    const sent = [1, 2, 3].map((height) => send('add', { code: 'race', fileContent: png(side, height) }))
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await count('stored_file')).toBe(files + 1)
  })
})
