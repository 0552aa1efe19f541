import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Berlin', at: Date.parse('2026-03-02T10:00:00+01:00') / 1000 })
const announced = announcements(portal)

/** What each of the five old entities is called on both wires, and one text of its own. */
const entities = [
  { entity: 'lead', entityTypeId: 1, upper: 'TITLE', camel: 'title', event: 'ONCRMLEAD' },
  { entity: 'deal', entityTypeId: 2, upper: 'ADDITIONAL_INFO', camel: 'additionalInfo', event: 'ONCRMDEAL' },
  { entity: 'contact', entityTypeId: 3, upper: 'LAST_NAME', camel: 'lastName', event: 'ONCRMCONTACT' },
  { entity: 'company', entityTypeId: 4, upper: 'BANKING_DETAILS', camel: 'bankingDetails', event: 'ONCRMCOMPANY' },
  { entity: 'quote', entityTypeId: 7, upper: 'CLIENT_TITLE', camel: 'clientTitle', event: 'ONCRMQUOTE' },
]

const history = (entityTypeId: number, id: number) =>
  portal.portal.store
    .session()
    .find<{ action: string; user_id: number; changes: string | null }>(
      sql`select action, user_id, changes from history where entity_type_id = ${entityTypeId} and record_id = ${id} order by id`,
    )

describe.each(entities)('a $entity', ({ entity, entityTypeId, upper, camel, event }) => {
  it('lives its life through UPPER_CASE methods, and the other dialect sees the same', async () => {
    await announced()
    const added = await portal.call(`crm.${entity}.add`, { fields: { [upper]: 'First' } })
    const id = added.body.result
    expect(id).toBeTypeOf('number')
    const got = await portal.call(`crm.${entity}.get`, { id })
    expect(got.body.result).toMatchObject({
      ID: String(id),
      [upper]: 'First',
      ASSIGNED_BY_ID: '1',
      CREATED_BY_ID: '1',
      DATE_CREATE: '2026-03-02T10:00:00+01:00',
    })
    expect((await portal.call('crm.item.get', { entityTypeId, id })).body.result.item).toMatchObject({
      id,
      [camel]: 'First',
      assignedById: 1,
      createdTime: '2026-03-02T10:00:00+01:00',
      entityTypeId,
    })
    const changed = await portal.call(`crm.${entity}.update`, { id, fields: { [upper]: 'Second', NOTHING: 1 } })
    expect(changed.body.result).toBe(true)
    const list = await portal.call(`crm.${entity}.list`, { filter: { [upper]: 'Second' }, select: ['ID', upper] })
    expect(list.body).toMatchObject({ result: [{ ID: String(id), [upper]: 'Second' }], total: 1 })
    expect((await portal.call(`crm.${entity}.delete`, { id })).body.result).toBe(true)
    expect((await portal.call(`crm.${entity}.get`, { id })).body.error_description).toBe('Not found')
    expect(await announced()).toEqual(
      ['ADD', 'UPDATE', 'DELETE'].map((verb) => ({ event: `${event}${verb}`, fields: { ID: id } })),
    )
    const told = await history(entityTypeId, id)
    expect(told.map((row) => [row.action, row.user_id])).toEqual([
      ['add', 1],
      ['update', 1],
      ['delete', 1],
    ])
    expect(JSON.parse(told[1]?.changes ?? '')).toEqual({ [camel]: ['First', 'Second'] })
  })

  it('lives its life through crm.item.* too', async () => {
    const added = await portal.call('crm.item.add', { entityTypeId, fields: { [camel]: 'Third' } })
    const { id } = added.body.result.item
    expect(added.body.result.item).toMatchObject({ [camel]: 'Third', opened: 'Y' })
    const changed = await portal.call('crm.item.update', { entityTypeId, id, fields: { [camel]: 'Fourth' } })
    expect(changed.body.result.item).toMatchObject({ id, [camel]: 'Fourth' })
    const list = await portal.call('crm.item.list', { entityTypeId, filter: { id }, select: [camel] })
    expect(list.body).toMatchObject({ result: { items: [{ id, [camel]: 'Fourth' }] }, total: 1 })
    expect((await portal.call(`crm.${entity}.get`, { id })).body.result[upper]).toBe('Fourth')
    expect((await portal.call('crm.item.delete', { entityTypeId, id })).body.result).toEqual([])
    expect((await portal.call('crm.item.get', { entityTypeId, id })).body.error).toBe('NOT_FOUND')
  })

  it('keeps what a partial update does not name, and clears what it empties', async () => {
    const { body } = await portal.call(`crm.${entity}.add`, { fields: { [upper]: 'Kept', UTM_SOURCE: 'google' } })
    await portal.call(`crm.${entity}.update`, { id: body.result, fields: { UTM_SOURCE: '' } })
    expect((await portal.call(`crm.${entity}.get`, { id: body.result })).body.result).toMatchObject({
      [upper]: 'Kept',
      UTM_SOURCE: '',
    })
  })
})

describe('an update by crm.item.update that changes nothing', () => {
  it('saves nothing and tells nobody', async () => {
    const { item } = (await portal.call('crm.item.add', { entityTypeId: 2, fields: { title: 'Same', observers: [1] } }))
      .body.result
    await announced()
    const before = await portal.census()
    portal.clock.at = Number(portal.clock.at) + 60
    const fields = { title: 'Same', observers: [1], opportunity: 0, stageId: 'NEW' }
    const after = await portal.call('crm.item.update', { entityTypeId: 2, id: item.id, fields })
    expect(after.body.result.item.updatedTime).toBe(item.updatedTime)
    expect(await announced()).toEqual([])
    expect(await portal.census()).toEqual(before)
  })
})

describe('an invoice and an item of a smart process', () => {
  it('are announced with the number of their type', async () => {
    await portal.call('crm.type.add', { fields: { title: 'Order', entityTypeId: 1030 } })
    await announced()
    for (const entityTypeId of [31, 1030]) {
      const { item } = (await portal.call('crm.item.add', { entityTypeId, fields: {} })).body.result
      expect(await announced()).toEqual([
        { event: 'ONCRMDYNAMICITEMADD', fields: { ID: item.id, ENTITY_TYPE_ID: entityTypeId } },
      ])
    }
  })
})
