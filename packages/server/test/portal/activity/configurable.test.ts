import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, todo, get, ids, app } = activityTools(portal)
const session = portal.portal.store.session()
const lead = await add('lead')
const token = (await app()).token
const elsewhere = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
const person = await portal.person()
const narrow = await portal.credentials.createToken(session, { userId: person.id, scope: '*', lifetime: 3600 })
await session.settled()

const text = (value: string) => ({ type: 'text', properties: { value } })
const layout = {
  icon: { code: 'call-completed' },
  header: { title: { en: 'Incoming call', de: 'Anruf' } },
  body: { logo: { code: 'call-incoming' }, blocks: { first: text('Hello') } },
}
const configurable = (verb: string, params: object, options: object = { token }) =>
  portal.call(`crm.activity.configurable.${verb}`, params, options)
const tryAdd = (fields: object = {}, given: unknown = layout) =>
  configurable('add', { ownerTypeId: 1, ownerId: lead, fields, layout: given })
async function made(fields: object = {}, given: unknown = layout): Promise<number> {
  const { body } = await tryAdd(fields, given)
  expect(body.error_description).toBeUndefined()
  return body.result.activity.id
}
const read = async (id: number) => (await configurable('get', { id })).body.result.activity

describe('crm.activity.configurable.*', () => {
  it('keeps fields and layout for applications to read', async () => {
    const id = await made({
      deadline: '2026-06-01T12:00:00+02:00',
      pingOffsets: [60, 300],
      badgeCode: 'CUSTOM',
      originId: '7',
    })
    expect(await read(id)).toEqual({
      id,
      ownerTypeId: 1,
      ownerId: lead,
      fields: {
        typeId: 'CONFIGURABLE',
        completed: false,
        deadline: '2026-06-01T12:00:00+02:00',
        pingOffsets: [60, 300],
        isIncomingChannel: false,
        responsibleId: 1,
        badgeCode: 'CUSTOM',
        originatorId: null,
        originId: '7',
      },
      layout,
    })
    expect(await get(id)).toMatchObject({
      PROVIDER_ID: 'CONFIGURABLE_REST_APP',
      SUBJECT: 'Incoming call',
      TYPE_ID: '6',
    })
    expect(await ids({ PROVIDER_ID: 'CONFIGURABLE_REST_APP' })).toEqual([id])
  })

  it('changes fields without the layout, and the layout without fields', async () => {
    const id = await made()
    await configurable('update', { id, fields: { completed: true, responsibleId: person.id } })
    await configurable('update', { id, layout: { ...layout, header: { title: 'Done' } } })
    expect(await read(id)).toMatchObject({
      fields: { completed: true, responsibleId: person.id },
      layout: { header: { title: 'Done' } },
    })
  })

  it('is the business of the application that made it, and of no webhook', async () => {
    const id = await made()
    const context = refused('ERROR_WRONG_CONTEXT', 'Method call is only possible in the context of an application')
    for (const verb of ['add', 'get', 'update'])
      expect(await configurable(verb, { id, ownerTypeId: 1, ownerId: lead, fields: {}, layout }, {})).toMatchObject(
        context,
      )
    expect((await configurable('update', { id, fields: {} }, { token: elsewhere })).body.error).toBe(
      'ERROR_WRONG_APPLICATION',
    )
    expect(await configurable('get', { id: await todo(1, lead) })).toMatchObject(refused('NOT_FOUND', 'Not found.'))
    for (const verb of ['add', 'update'])
      expect(
        await portal.call(`crm.activity.${verb}`, {
          id,
          fields: { OWNER_TYPE_ID: 1, OWNER_ID: lead, SUBJECT: 'x', PROVIDER_ID: 'CONFIGURABLE_REST_APP' },
        }),
      ).toMatchObject(refused('', `Use crm.activity.configurable.${verb} for this activity provider`))
  })

  const block = (more: object) => ({ ...layout, body: { ...layout.body, ...more } })
  const many = (count: number, each: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_none, at) => [`k${at}`, each]))
  const button = { title: 'Go', type: 'primary', action: { type: 'redirect', uri: '/crm/' } }
  it.each([
    ['ERROR_EMPTY_LAYOUT', {}],
    ['ERROR_EMPTY_LAYOUT', null],
    ['FIELD_IS_REQUIRED', { ...layout, icon: undefined }],
    ['FIELD_IS_REQUIRED', { ...layout, header: {} }],
    ['FIELD_IS_REDUNDANT', { ...layout, more: 1 }],
    ['WRONG_FIELD_VALUE', { ...layout, icon: { code: 'nothing' } }],
    ['WRONG_FIELD_VALUE', block({ logo: { code: 'nothing' } })],
    ['WRONG_LANG', { ...layout, header: { title: { xx: 'Hello' } } }],
    ['ENUM_FIELD', { ...layout, header: { title: 'a', tags: { one: { title: 'b', type: 'lavender' } } } }],
    ['TOO_MANY_ITEMS', { ...layout, header: { title: 'a', tags: many(3, { title: 'b', type: 'warning' }) } }],
    ['TOO_MANY_ITEMS', { ...layout, footer: { buttons: many(3, button) } }],
    ['TOO_MANY_ITEMS', block({ blocks: many(21, text('a')) })],
    ['KEY_CONTAIN_WRONG_SYMBOLS', block({ blocks: { 'a b': text('a') } })],
    ['KEY_CONTAIN_WRONG_SYMBOLS', { ...layout, footer: { buttons: { 'a.b': button } } }],
    [
      'WRONG_FIELD_VALUE',
      {
        ...layout,
        footer: { buttons: { go: { ...button, action: { type: 'redirect', uri: 'javascript:alert(1)' } } } },
      },
    ],
  ])('refuses a layout by its code and changes nothing: %s', async (code, given) => {
    const before = await portal.census()
    expect(await tryAdd({}, given)).toMatchObject({ status: 400, body: { error: code } })
    expect(await portal.census()).toEqual(before)
  })

  it.each([
    ['INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE', { isIncomingChannel: 'Y', deadline: '2026-06-01' }],
    ['WRONG_FIELD_VALUE', { deadline: 'soon' }],
    ['WRONG_FIELD_VALUE', { responsibleId: 999 }],
    ['WRONG_FIELD_VALUE', { completed: 'maybe' }],
    ['WRONG_FIELD_VALUE', { pingOffsets: [-1] }],
    ['WRONG_FIELD_VALUE', { typeId: 'UNKNOWN' }],
  ])('refuses fields: %s %j', async (code, fields) => {
    expect(await tryAdd(fields)).toMatchObject({ status: 400, body: { error: code } })
  })

  it('has no deadline from the moment on when it is incoming', async () => {
    const id = await made({ deadline: '2026-06-01' })
    expect((await configurable('update', { id, fields: { isIncomingChannel: true } })).body.error).toBe(
      'INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE',
    )
    await configurable('update', { id, fields: { isIncomingChannel: true, deadline: null } })
    expect((await read(id)).fields).toMatchObject({ isIncomingChannel: true, deadline: null })
  })
})

describe('crm.activity.type.*', () => {
  const type = (verb: string, params: object, options: object = { token }) =>
    portal.call(`crm.activity.type.${verb}`, params, options)
  const icon = { fileData: ['icon.png', 'iVBORw0KGgo='] }

  it('adds types of configurable activities, each for its application', async () => {
    const before = await portal.census()
    await must(
      'crm.activity.type.add',
      { fields: { TYPE_ID: 'ORDER', NAME: 'Order', ICON_FILE: icon, IS_CONFIGURABLE_TYPE: 'Y' } },
      { token },
    )
    await must('crm.activity.type.add', { fields: { TYPE_ID: 'PLAIN' } }, { token })
    const { result } = (await type('list', {})).body
    expect(result).toEqual([
      { TYPE_ID: 'ORDER', NAME: 'Order', IS_CONFIGURABLE_TYPE: 'Y', ICON_ID: expect.stringMatching(/^[1-9]/) },
      { TYPE_ID: 'PLAIN', NAME: '', IS_CONFIGURABLE_TYPE: 'N', ICON_ID: '0' },
    ])
    expect((await type('list', {}, { token: elsewhere })).body.result).toEqual([])
    expect((await read(await made({ typeId: 'ORDER' }))).fields.typeId).toBe('ORDER')
    expect((await tryAdd({ typeId: 'PLAIN' })).body.error).toBe('WRONG_FIELD_VALUE')
    for (const TYPE_ID of ['ORDER', 'PLAIN']) expect((await type('delete', { TYPE_ID })).body.result).toBe(true)
    const { stored_file: files, crm_activity_type: types } = await portal.census()
    expect([files, types]).toEqual([before.stored_file, before.crm_activity_type])
  })

  it('refuses webhooks, those who are no administrators, and codes that are taken or unknown', async () => {
    const fields = { TYPE_ID: 'TAKEN', ICON_FILE: icon }
    await must('crm.activity.type.add', { fields }, { token })
    const before = await portal.census()
    expect(await type('add', { fields }, {})).toMatchObject(
      refused('ACCESS_DENIED', 'Access denied! Application context required'),
    )
    expect(await type('add', { fields }, { token: narrow })).toMatchObject(
      refused('ACCESS_DENIED', 'Admin permissions required'),
    )
    expect((await type('add', { fields })).body.error).toBe('INVALID_ARG_VALUE')
    expect((await type('add', { fields: { NAME: 'x' } })).body.error).toBe('INVALID_ARG_VALUE')
    expect((await type('delete', { TYPE_ID: 'UNKNOWN' })).body.error).toBe('INVALID_ARG_VALUE')
    expect(await portal.census()).toEqual(before)
  })
})

describe('crm.activity.badge.*', () => {
  const badge = (verb: string, params: object, options: object = {}) =>
    portal.call(`crm.activity.badge.${verb}`, params, options)
  const alarm = { code: 'alarm', title: { en: 'State', de: 'Zustand' }, value: 'Alarm', type: 'failure' }

  it('are added and deleted by administrators and read by everyone', async () => {
    expect((await badge('add', alarm)).body.result).toEqual({ badge: alarm })
    expect((await badge('get', { code: 'alarm' }, { as: person.hook })).body.result).toEqual({ badge: alarm })
    expect((await badge('list', {}, { as: person.hook })).body.result).toEqual({ badges: [alarm] })
    for (const verb of ['add', 'delete'])
      expect((await badge(verb, { ...alarm, code: 'other' }, { as: person.hook })).body.error).toBe('ACCESS_DENIED')
    expect((await badge('delete', { code: 'alarm' })).body.result).toBe(true)
    expect(await badge('get', { code: 'alarm' })).toMatchObject(refused('NOT_FOUND', 'Not found.'))
  })

  it.each([
    ['REQUIRED_ARG_MISSING', { value: '' }],
    ['INVALID_ARG_VALUE', { type: 'pink' }],
    ['INVALID_ARG_VALUE', { title: { xx: 'x' } }],
    ['INVALID_ARG_VALUE', { code: 'taken' }],
  ])('refuses %s: %j', async (code, more) => {
    await badge('add', { ...alarm, code: 'taken' })
    const before = await portal.census()
    expect((await badge('add', { ...alarm, ...more })).body.error).toBe(code)
    expect(await portal.census()).toEqual(before)
  })
})

describe('crm.activity.layout.blocks.*', () => {
  const blocks = (verb: string, params: object, options: object = { token }) =>
    portal.call(`crm.activity.layout.blocks.${verb}`, { entityTypeId: 1, entityId: lead, ...params }, options)
  const set = { layout: { blocks: { one: text('Hello') } } }

  it('shows each application its own set, which goes with the activity', async () => {
    const activityId = await todo(1, lead)
    for (const value of ['First', 'Second'])
      await blocks('set', { activityId, layout: { blocks: { one: text(value) } } })
    expect((await blocks('get', { activityId })).body.result).toEqual({ layout: { blocks: { one: text('Second') } } })
    expect((await blocks('get', { activityId }, { token: elsewhere })).body.result).toEqual({ layout: null })
    expect((await blocks('delete', { activityId }, { token: elsewhere })).body.result).toBeNull()
    await blocks('set', { activityId, ...set }, { token: elsewhere })
    expect((await blocks('delete', { activityId })).body.result).toEqual({ success: true })
    await must('crm.activity.delete', { id: activityId })
    expect((await portal.census()).crm_activity_layout).toBe(0)
  })

  it('refuses webhooks, configurable activities, other records and no blocks', async () => {
    const activityId = await todo(1, lead)
    expect((await blocks('set', { activityId, ...set }, {})).body.error).toBe('ERROR_WRONG_CONTEXT')
    expect((await blocks('set', { activityId: await made(), ...set })).body.error).toBe(
      'UNSUITABLE_ACTIVITY_TYPE_ERROR',
    )
    expect((await blocks('set', { activityId, entityId: await add('lead'), ...set })).body.error).toBe('NOT_FOUND')
    expect((await blocks('get', { activityId, entityId: 999 })).body.error).toBe('OWNER_NOT_FOUND')
    expect((await blocks('set', { activityId, layout: { blocks: {} } })).body.error).toBe('FIELD_IS_REQUIRED')
  })
})
