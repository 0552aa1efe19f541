import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking, counting } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)
const count = counting(portal)

const session = portal.portal.store.session()
const token = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
await session.settled()
/** Calls that only an application may make. */
const askAsApplication = asking(portal, { token })

const contact = () => ask('crm.contact.add', { fields: { NAME: 'test contact' } })
const company = () => ask('crm.company.add', { fields: { TITLE: 'Acme Inc', COMMENTS: 'c', UTM_SOURCE: 'sdk' } })
const lead = () => ask('crm.lead.add', { fields: { TITLE: 'lead' } })

/** The call that the PHP SDK's tests add. */
const phoneCall = (ownerId: number, more: object = {}) => ({
  OWNER_ID: ownerId,
  OWNER_TYPE_ID: 3,
  TYPE_ID: 2,
  PROVIDER_ID: 'VOXIMPLANT_CALL',
  PROVIDER_TYPE_ID: 'CALL',
  SUBJECT: 'test activity',
  DESCRIPTION: 'test activity description',
  DESCRIPTION_TYPE: '1',
  DIRECTION: '2',
  COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: '4155550100' }],
  ...more,
})

describe('crm.activity.*', () => {
  it('adds, shows, changes and deletes a call of a telephony provider', async () => {
    const owner = await contact()
    const fields = phoneCall(owner, { RESULT_SUM: 500, RESULT_CURRENCY_ID: 'USD' })
    const id = await ask('crm.activity.add', { fields })
    expect(id).toBeTypeOf('number')
    const shown = await ask('crm.activity.get', { id })
    expect(shown).toMatchObject({
      ID: String(id),
      OWNER_ID: String(owner),
      OWNER_TYPE_ID: '3',
      SUBJECT: 'test activity',
    })
    expect([shown.TYPE_ID, shown.DIRECTION, shown.DESCRIPTION_TYPE, Number(shown.RESULT_SUM)]).toEqual([
      '2',
      '2',
      '1',
      500,
    ])
    expect(shown.RESULT_CURRENCY_ID).toBe('USD')
    await ask('crm.activity.update', { id, fields: { SUBJECT: 'qqqqq' } })
    expect((await ask('crm.activity.get', { id })).SUBJECT).toBe('qqqqq')
    expect(await ask('crm.activity.delete', { id })).toBe(true)
  })

  it('lists the calls of a contact with "*", and counts them', async () => {
    const owner = await contact()
    const ids: number[] = []
    for (let n = 0; n < 9; n++) ids.push(await ask('crm.activity.add', { fields: phoneCall(owner) }))
    const filter = { OWNER_ID: owner }
    const select = ['*', 'COMMUNICATIONS']
    const listed = await ask('crm.activity.list', { order: { ID: 'DESC' }, filter, select, start: 0 })
    expect(listed.map(({ ID }: { ID: string }) => Number(ID))).toEqual(ids.toReversed())
    expect(listed[0].COMMUNICATIONS).toMatchObject([{ TYPE: 'PHONE', VALUE: '4155550100' }])
    expect(await count('crm.activity.list', filter)).toBe(9)
  })

  it('keeps what the Python SDK writes', async () => {
    const [owner, other] = [await lead(), await contact()]
    const fields = {
      OWNER_TYPE_ID: 1,
      OWNER_ID: owner,
      TYPE_ID: 2,
      SUBJECT: 'S',
      RESPONSIBLE_ID: 1,
      COMPLETED: 'N',
      START_TIME: '2026-03-01T10:00:00.123456+03:00',
      END_TIME: '2026-03-01T11:00:00.123456+03:00',
      DESCRIPTION: 'D',
      COMMUNICATIONS: [{ VALUE: '+1762000000000000', ENTITY_ID: other, ENTITY_TYPE_ID: 3 }],
    }
    const id = await ask('crm.activity.add', { fields })
    const expected = {
      ID: String(id),
      OWNER_TYPE_ID: '1',
      OWNER_ID: String(owner),
      TYPE_ID: '2',
      SUBJECT: 'S',
      RESPONSIBLE_ID: '1',
    }
    const shown = await ask('crm.activity.get', { id })
    expect(shown).toMatchObject({ ...expected, COMPLETED: 'N', DESCRIPTION: expect.stringContaining('D') })
    expect(Date.parse(shown.START_TIME)).toBe(Date.parse('2026-03-01T10:00:00+03:00'))
    const listed = await ask('crm.activity.list', {
      select: Object.keys(expected),
      filter: { ID: id },
      order: { ID: 'desc' },
    })
    expect(listed).toEqual([expected])
  })

  it('binds an activity to another record, moves and removes the binding', async () => {
    const [one, two, activityId] = [
      await lead(),
      await lead(),
      await ask('crm.activity.add', { fields: phoneCall(await contact()) }),
    ]
    const of = { activityId, entityTypeId: 1 }
    expect(await ask('crm.activity.binding.add', { ...of, entityId: one })).toBe(true)
    expect(await ask('crm.activity.binding.list', { activityId })).toContainEqual({ entityTypeId: 1, entityId: one })
    const move = { activityId, sourceEntityTypeId: 1, sourceEntityId: one, targetEntityTypeId: 1, targetEntityId: two }
    expect(await ask('crm.activity.binding.move', move)).toBe(true)
    expect(await ask('crm.activity.binding.delete', { ...of, entityId: two })).toBe(true)
  })

  it('keeps badges', async () => {
    const badge = { code: 'test_badge', title: 'Title', value: 'Value', type: 'failure' }
    expect(await ask('crm.activity.badge.add', badge)).toMatchObject({ badge })
    expect(await ask('crm.activity.badge.get', { code: badge.code })).toMatchObject({ badge })
    expect((await ask('crm.activity.badge.list')).badges).toContainEqual(expect.objectContaining(badge))
    expect(await ask('crm.activity.badge.delete', { code: badge.code })).toBe(true)
    expect((await ask('crm.activity.badge.list')).badges).not.toContainEqual(expect.objectContaining(badge))
  })
})

describe('crm.automation.trigger.*', () => {
  it('adds, lists and deletes a trigger', async () => {
    const trigger = { CODE: 'b24phpsdk', NAME: 'B24phpsdk trigger' }
    expect(await askAsApplication('crm.automation.trigger.add', trigger)).toBe(true)
    expect(await askAsApplication('crm.automation.trigger.list', [])).toEqual([trigger])
    expect(await askAsApplication('crm.automation.trigger.delete', { CODE: trigger.CODE })).toBe(true)
    expect(await askAsApplication('crm.automation.trigger.list', [])).toEqual([])
  })
})

describe('crm.timeline.*', () => {
  const comment = (id: number) => ({ ENTITY_ID: id, ENTITY_TYPE: 'company', COMMENT: 'Test timeline comments' })

  it('adds, counts, shows, changes and deletes a comment', async () => {
    const owner = await company()
    const filter = { ENTITY_ID: owner, ENTITY_TYPE: 'company' }
    const before = await count('crm.timeline.comment.list', filter)
    const id = await ask('crm.timeline.comment.add', { fields: comment(owner) })
    expect(id).toBeTypeOf('number')
    expect(await count('crm.timeline.comment.list', filter)).toBe(before + 1)
    const listed = await ask('crm.timeline.comment.list', { order: [], filter, select: ['ID', 'COMMENT'], start: 0 })
    expect(listed).toEqual([{ ID: String(id), COMMENT: 'Test timeline comments' }])
    expect(await ask('crm.timeline.comment.update', { id, fields: { COMMENT: 'Test 2' } })).toBeTruthy()
    expect(await ask('crm.timeline.comment.get', { id })).toMatchObject({ ID: String(id), COMMENT: 'Test 2' })
    expect(await ask('crm.timeline.comment.delete', { id })).toBeNull()
  })

  it('binds a comment to a second company and lets it go', async () => {
    const [one, two] = [await company(), await company()]
    const OWNER_ID = await ask('crm.timeline.comment.add', { fields: comment(one) })
    const total = async () =>
      (await portal.call('crm.timeline.bindings.list', { filter: { OWNER_ID }, start: 0 })).body.total
    const fields = { OWNER_ID, ENTITY_ID: two, ENTITY_TYPE: 'company' }
    const before = (await total())!
    expect(await ask('crm.timeline.bindings.bind', { fields })).toBe(true)
    expect(await total()).toBe(before + 1)
    const listed = await ask('crm.timeline.bindings.list', { filter: { OWNER_ID }, start: 0 })
    expect(listed.map((row: { ENTITY_ID: string }) => Number(row.ENTITY_ID)).toSorted()).toEqual([one, two])
    expect(await ask('crm.timeline.bindings.unbind', { fields })).toBe(true)
    expect(await total()).toBe(before)
  })
})

describe('crm.duplicate.findbycomm', () => {
  it('finds nothing as an empty list, and one contact by its e-mail', async () => {
    const VALUE = 'one@example.com'
    const find = (values: string[], type = 'EMAIL') =>
      ask('crm.duplicate.findbycomm', { type, values, entity_type: null })
    expect(await find([VALUE])).toEqual([])
    expect(await find(['+14155550199'], 'PHONE')).toEqual([])
    const fields = { NAME: 'Test', LAST_NAME: 'Test', EMAIL: [{ VALUE, TYPE: 'WORK' }] }
    const id = await ask('crm.contact.add', { fields })
    expect(await find([VALUE])).toEqual({ CONTACT: [id] })
    expect(await ask('crm.duplicate.findbycomm', { type: 'EMAIL', values: [VALUE] })).toEqual({ CONTACT: [id] })
  })
})

describe('crm.stagehistory.list', () => {
  it('shows the stages of leads, newest first without counting', async () => {
    const ids = [await lead(), await lead()]
    const select = ['ID', 'TYPE_ID', 'OWNER_ID', 'CREATED_TIME', 'STATUS_SEMANTIC_ID', 'STATUS_ID']
    const { items } = await ask('crm.stagehistory.list', { entityTypeId: 1, select })
    for (const item of items) expect(Object.keys(item).toSorted()).toEqual(select.toSorted())
    const fast = { entityTypeId: 1, order: { ID: 'DESC' }, start: -1 }
    const newest = await ask('crm.stagehistory.list', fast)
    expect(newest.items.slice(0, 2).map((item: { OWNER_ID: number }) => Number(item.OWNER_ID))).toEqual(
      ids.toReversed(),
    )
  })
})

describe('crm.activity.configurable.*', () => {
  it('adds, shows and changes an activity with a layout', async () => {
    await askAsApplication('crm.activity.badge.add', {
      code: 'sdk_badge',
      title: 'Title',
      value: 'Value',
      type: 'failure',
    })
    const ownerId = await lead()
    const layout = {
      icon: { code: 'call-completed' },
      header: { title: 'SDK Activity' },
      body: { logo: { code: 'call-incoming' }, blocks: {} },
      footer: {
        buttons: {
          startCall: {
            title: 'About Client',
            type: 'primary',
            action: { type: 'openRestApp', actionParams: { clientId: '456' } },
          },
        },
      },
    }
    const kept = {
      typeId: 'CONFIGURABLE',
      pingOffsets: [60, 300],
      responsibleId: 1,
      badgeCode: 'sdk_badge',
      originatorId: 'sdk_originator',
      originId: 'sdk_origin',
    }
    const fields = { ...kept, completed: 'N', isIncomingChannel: 'N', deadline: '2026-12-01T10:00:00.123456+03:00' }
    const { activity } = await askAsApplication('crm.activity.configurable.add', {
      ownerTypeId: 1,
      ownerId,
      fields,
      layout,
    })
    const { id } = activity
    expect(id).toBeTypeOf('number')
    expect((await askAsApplication('crm.activity.configurable.get', { id })).activity).toMatchObject({
      id,
      ownerTypeId: 1,
      ownerId,
      fields: { ...kept, completed: false, isIncomingChannel: false },
      layout: { header: { title: 'SDK Activity' } },
    })
    const { id: responsibleId } = await portal.person()
    const changes = { completed: 'Y', pingOffsets: [300], responsibleId }
    expect(
      (await askAsApplication('crm.activity.configurable.update', { id, fields: changes })).activity,
    ).toMatchObject({ id })
    const shown = await askAsApplication('crm.activity.configurable.get', { id })
    expect(shown.activity.fields).toMatchObject({ completed: true, pingOffsets: [300], responsibleId })
  })

  it("keeps blocks of an activity for a record, and types of one's own", async () => {
    const entityId = await lead()
    const fields = phoneCall(entityId, { OWNER_TYPE_ID: 1 })
    const of = { entityTypeId: 1, entityId, activityId: await ask('crm.activity.add', { fields }) }
    const text = { value: 'Hello!\nWe are starting.', multiline: true, bold: true, color: 'base_90' }
    const link = { text: 'Open deal', bold: true, action: { type: 'redirect', uri: `/crm/lead/details/${entityId}/` } }
    const blocks = {
      block_1: { type: 'text', properties: text },
      block_2: { type: 'largeText', properties: { value: 'Hello!\nWe are continuing.' } },
      block_3: { type: 'link', properties: link },
    }
    expect(await askAsApplication('crm.activity.layout.blocks.set', { ...of, layout: { blocks } })).toEqual({
      success: true,
    })
    expect(await askAsApplication('crm.activity.layout.blocks.get', of)).toMatchObject({ layout: { blocks } })
    expect(await askAsApplication('crm.activity.layout.blocks.delete', of)).toEqual({ success: true })

    const type = { TYPE_ID: 'SDK_ACTIVITY_TYPE', NAME: 'Custom', IS_CONFIGURABLE_TYPE: 'Y' }
    expect(await askAsApplication('crm.activity.type.add', { fields: type })).toBe(true)
    expect(await askAsApplication('crm.activity.type.list')).toContainEqual(expect.objectContaining(type))
    expect(await askAsApplication('crm.activity.type.delete', { TYPE_ID: type.TYPE_ID })).toBe(true)
  })
})
