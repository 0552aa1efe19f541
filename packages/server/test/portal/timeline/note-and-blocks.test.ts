import { afterEach, describe, expect, it } from 'vitest'
import { applicationToken } from '../../support/application.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { refused, tools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, comment, message, rights } = tools(portal)
const other = await portal.person()

afterEach(() => rights('all'))

describe('crm.timeline.note', () => {
  const noted = async () => {
    const ownerId = await add('lead', { ASSIGNED_BY_ID: 1 })
    return { ownerTypeId: 1, ownerId, itemType: 1, itemId: await comment('lead', ownerId) }
  }

  it('remembers who wrote it first and who changed it last', async () => {
    const of = await noted()
    portal.clock.at = 1_780_000_000
    expect(await must('crm.timeline.note.save', { ...of, text: 'First' })).toBe(true)
    portal.clock.at = 1_780_000_060
    expect(await must('crm.timeline.note.save', { ...of, text: 'Second' }, { as: other.hook })).toBe(true)
    expect(await must('crm.timeline.note.get', of)).toEqual({
      text: 'Second',
      createdById: 1,
      createdTime: '2026-05-28T22:26:40+02:00',
      updatedById: other.id,
      updatedTime: '2026-05-28T22:27:40+02:00',
    })
    expect(await must('crm.timeline.note.delete', of)).toBe(true)
    for (const verb of ['get', 'delete'])
      expect(await portal.call(`crm.timeline.note.${verb}`, of)).toMatchObject(
        refused('NOT_FOUND', 'Element not found'),
      )
  })

  it('is refused where there is nothing to note, and changes nothing', async () => {
    const of = await noted()
    const before = await portal.census()
    const save = (more: object) => portal.call('crm.timeline.note.save', { ...of, text: 'Text', ...more })
    for (const wrong of [
      { itemId: 999_999 },
      { ownerId: 999_999 },
      { ownerTypeId: 9998 },
      { itemType: 3 },
      { itemType: 2, itemId: 999_999 },
    ])
      expect(await save(wrong)).toMatchObject(refused('NOT_FOUND', 'Element not found'))
    expect(await save({ text: undefined })).toMatchObject(refused('100', 'Could not find value for parameter {text}'))
    await rights('own')
    for (const verb of ['save', 'get', 'delete'])
      expect(await portal.call(`crm.timeline.note.${verb}`, { ...of, text: 'Text' }, { as: other.hook })).toMatchObject(
        refused('ACCESS_DENIED', 'Access denied'),
      )
    expect(await portal.census()).toEqual(before)
  })
})

describe('crm.timeline.layout.blocks', () => {
  const text = { type: 'text', properties: { value: 'Hello' } }
  const place = async () => {
    const entityId = await add('deal', { ASSIGNED_BY_ID: 1 })
    return { entityTypeId: 2, entityId, timelineId: await comment('deal', entityId) }
  }
  const send = async (verb: string, params: object, token?: string) =>
    portal.call(`crm.timeline.layout.blocks.${verb}`, params, { token: token ?? (await applicationToken(portal)) })

  it('shows an application its own set alone, and the last it has put there', async () => {
    const of = await place()
    const stranger = await accessToken(portal)
    const link = { type: 'link', properties: { text: 'Open', action: { type: 'redirect', uri: '/crm/' } } }
    expect((await send('set', { ...of, layout: { blocks: { a: text, b: text } } })).body.result).toEqual({
      success: true,
    })
    await send('set', { ...of, layout: { blocks: { link } } })
    await send('set', { ...of, layout: { blocks: { text } } }, stranger)
    expect((await send('get', of)).body.result).toEqual({ layout: { blocks: { link } } })
    expect((await send('delete', of)).body.result).toEqual({ success: true })
    expect((await send('get', of)).body.result).toEqual({ layout: null })
    expect(await send('delete', of)).toMatchObject(refused('NOT_FOUND', 'Not found.'))
    expect((await send('get', of, stranger)).body.result).toEqual({ layout: { blocks: { text } } })
  })

  it('goes with the entry', async () => {
    const of = await place()
    await send('set', { ...of, layout: { blocks: { text } } })
    await must('crm.timeline.comment.delete', { id: of.timelineId })
    expect((await portal.census()).crm_timeline_layout).toBe(1)
  })

  it('is for comments of the record, and for people who may change it', async () => {
    const of = await place()
    const layout = { blocks: { text } }
    const logged = await message(2, of.entityId)
    expect((await send('set', { ...of, layout, timelineId: logged })).body.error).toBe('UNSUITABLE_TIMELINE_ITEM')
    expect(await send('set', { ...of, layout, entityId: await add('deal') })).toMatchObject(
      refused('NOT_FOUND', 'Not found.'),
    )
    expect((await send('set', { ...of, layout, entityId: 999_999 })).body.error).toBe('OWNER_NOT_FOUND')
    const session = portal.portal.store.session()
    const token = await portal.credentials.createToken(session, { userId: other.id, scope: 'crm', lifetime: 3600 })
    await session.settled()
    await rights('own')
    expect(await send('set', { ...of, layout }, token)).toMatchObject(refused('ACCESS_DENIED', 'Access denied'))
    expect(await send('get', of, token)).toMatchObject(refused('ACCESS_DENIED', 'Access denied'))
  })

  const action = (of: object) => ({ type: 'link', properties: { text: 'Open', action: of } })

  it.each([
    { why: 'nothing', blocks: {}, error: 'FIELD_IS_REQUIRED' },
    { why: 'a text', blocks: 'text', error: 'FIELD_IS_REQUIRED' },
    { why: 'more than 20 blocks', blocks: Array.from({ length: 21 }, () => text), error: 'TOO_MANY_ITEMS' },
    { why: 'odd keys', blocks: { 'a b': text }, error: 'KEY_CONTAIN_WRONG_SYMBOLS' },
    { why: 'unknown types', blocks: { a: { type: 'html', properties: {} } }, error: 'ENUM_FIELD' },
    { why: 'inherited names as types', blocks: { a: { type: 'constructor', properties: {} } }, error: 'ENUM_FIELD' },
    { why: 'a text without value', blocks: { a: { type: 'text', properties: {} } }, error: 'FIELD_IS_REQUIRED' },
    {
      why: 'properties that are not described',
      blocks: { a: { type: 'text', properties: { value: 'x', html: '<b>' } } },
      error: 'FIELD_IS_REDUNDANT',
    },
    {
      why: 'unknown languages',
      blocks: { a: { type: 'text', properties: { value: { xx: 'x' } } } },
      error: 'WRONG_LANG',
    },
    {
      why: 'unknown colours',
      blocks: { a: { type: 'text', properties: { value: 'x', color: 'red' } } },
      error: 'ENUM_FIELD',
    },
    { why: 'maps as text', blocks: { a: { type: 'text', properties: { value: [1] } } }, error: 'WRONG_FIELD_VALUE' },
    {
      why: 'blocks within blocks within blocks',
      blocks: { a: { type: 'withTitle', properties: { title: 'x', block: { type: 'withTitle', properties: {} } } } },
      error: 'ENUM_FIELD',
    },
    {
      why: 'scripts as addresses',
      blocks: { a: action({ type: 'redirect', uri: 'javascript:alert(1)' }) },
      error: 'WRONG_FIELD_VALUE',
    },
    {
      why: 'scripts in disguise',
      blocks: { a: action({ type: 'redirect', uri: 'java\tscript:alert(1)' }) },
      error: 'WRONG_FIELD_VALUE',
    },
    {
      why: 'data as addresses',
      blocks: { a: action({ type: 'redirect', uri: ' DATA:text/html,x' }) },
      error: 'WRONG_FIELD_VALUE',
    },
    { why: 'events without a name', blocks: { a: action({ type: 'restEvent' }) }, error: 'FIELD_IS_REQUIRED' },
  ])('refuses $why', async ({ blocks, error }) => {
    const of = await place()
    const before = await portal.census()
    expect((await send('set', { ...of, layout: { blocks } })).body.error).toBe(error)
    expect(await portal.census()).toEqual(before)
  })

  it('takes every documented kind of block, and flags however clients spell them', async () => {
    const of = await place()
    const link = action({ type: 'restEvent', id: 'click', actionParams: { n: 1 }, animationType: 'disable' })
    const app = action({ type: 'openRestApp', sliderParams: { title: 'App', width: '700' } })
    const given = {
      text: { type: 'text', properties: { value: { en: 'Save', de: 'Speichern' }, bold: 'true', scope: 'web' } },
      large: { type: 'largeText', properties: { value: 'Long' } },
      link,
      app,
      titled: {
        type: 'withTitle',
        properties: { title: 'Title', block: { type: 'deadline', properties: {} }, inline: 1 },
      },
      line: { type: 'lineOfBlocks', properties: { blocks: { text, link } } },
    }
    expect((await send('set', { ...of, layout: { blocks: given } })).status).toBe(200)
    const { layout } = (await send('get', of)).body.result
    expect(layout.blocks).toEqual({
      ...given,
      text: { ...given.text, properties: { ...given.text.properties, bold: true } },
      app: action({ type: 'openRestApp', sliderParams: { title: 'App', width: 700 } }),
      titled: { ...given.titled, properties: { ...given.titled.properties, inline: true } },
    })
  })
})
