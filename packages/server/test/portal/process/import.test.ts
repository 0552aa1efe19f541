import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { asAdministrator, mustOf, refusalOf, ruleOf } from '../automation/administrator.ts'
import { deleteRule, listRules } from '../../../src/modules/crm/automation/rules.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const NOW = Date.parse('2026-03-02T10:00:00+01:00') / 1000
const portal = await testPortal({ timezone: 'Europe/Berlin', at: NOW })
const must = mustOf(portal)
const refusal = refusalOf(portal)
const announced = announcements(portal)
const { id: somebody, hook } = await portal.person()

const history = {
  createdTime: '2026-01-05T08:00:00+01:00',
  updatedTime: '2026-01-20T08:00:00+01:00',
  movedTime: '2026-01-10T08:00:00+01:00',
  createdBy: somebody,
  updatedBy: somebody,
  movedBy: somebody,
}
const { movedTime: _time, movedBy: _by, ...withoutStages } = history

const bring = async (entityTypeId: number, fields: object): Promise<number> =>
  (await must('crm.item.import', { entityTypeId, fields })).item.id
const read = async (entityTypeId: number, id: number) => (await must('crm.item.get', { entityTypeId, id })).item

/** An empty entity for each test: what is imported may not be older than what is there. */
let typeId = 0
beforeEach(async () => {
  const fields = { title: 'Elsewhere', isStagesEnabled: 'Y', isCategoriesEnabled: 'Y' }
  typeId = (await must('crm.type.add', { fields })).type.entityTypeId
})

describe('an imported item', () => {
  it.each([
    [1, history],
    [2, history],
    [3, withoutStages],
    [4, withoutStages],
    [7, withoutStages],
    [31, history],
  ])('of type %i keeps the history that it had elsewhere', async (entityTypeId, fields) => {
    const id = await bring(entityTypeId, { title: 'Old', ...fields })
    expect(await read(entityTypeId, id)).toMatchObject({ id, ...fields })
  })

  it('of a smart process keeps it too, and has what it isn’t given from now and the caller', async () => {
    expect(await read(typeId, await bring(typeId, { title: 'Old', ...history }))).toMatchObject(history)
    const now = '2026-03-02T10:00:00+01:00'
    expect(await read(typeId, await bring(typeId, { title: 'New' }))).toMatchObject({
      createdTime: now,
      updatedTime: now,
      movedTime: now,
      createdBy: 1,
      updatedBy: 1,
      movedBy: 1,
    })
  })

  it('is announced, and starts no automation', async () => {
    const rule = { entityTypeId: 1, stageId: 'NEW', kind: 'field', settings: { fields: { title: 'Seen' } } } as const
    await ruleOf(portal, rule)
    await announced()
    const imported = await bring(1, { title: 'Quiet' })
    expect(await announced()).toEqual([{ event: 'ONCRMLEADADD', fields: expect.objectContaining({ ID: imported }) }])
    expect(await portal.work()).toBe(0)
    await must('crm.item.add', { entityTypeId: 1, fields: { title: 'Loud' } })
    expect(await portal.work()).toBe(1)
    expect(await read(1, imported)).toMatchObject({ title: 'Quiet' })
    await asAdministrator(portal, async (context) => {
      for (const { id } of await listRules(context)) await deleteRule(context, id)
    })
  })

  it('takes user fields by their own names, and the files in them', async () => {
    const field = { fieldName: `UF_CRM_${typeId}_PAPER`, userTypeId: 'file', entityId: '' }
    const { types } = await must('crm.type.list', { filter: { entityTypeId: typeId } })
    const [type] = types as { id: number }[]
    const entityId = `CRM_${type?.id}`
    await must('userfieldconfig.add', {
      moduleId: 'crm',
      field: { ...field, entityId, fieldName: `UF_CRM_${type?.id}_PAPER` },
    })
    const name = `UF_CRM_${type?.id}_PAPER`
    const { item } = await must('crm.item.import', {
      entityTypeId: typeId,
      fields: { [name]: ['paper.txt', 'cGFwZXI='] },
      useOriginalUfNames: 'Y',
    })
    expect((await read(typeId, item.id))[`ufCrm${type?.id}Paper`]).toMatchObject({ id: expect.any(Number) })
  })
})

describe('a history that cannot be', () => {
  it.each([
    ['createdTime', { createdTime: '2026-03-02T10:00:01+01:00' }],
    ['updatedTime', { updatedTime: '2026-03-02T10:00:01+01:00' }],
    ['updatedTime', { ...history, updatedTime: '2026-01-05T07:59:59+01:00' }],
    ['movedTime', { ...history, movedTime: '2026-01-05T07:59:59+01:00' }],
    ['movedTime', { ...history, movedTime: '2026-01-20T08:00:01+01:00' }],
    ['createdTime', { createdTime: 'yesterday' }],
  ])('is refused at its %s: %j', async (name, fields) => {
    const [status, code, text] = await refusal('crm.item.import', { entityTypeId: typeId, fields })
    expect([status, code]).toEqual([400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'])
    expect(text).toMatch(new RegExp(`^Invalid value for field "${name}"`))
  })

  it('is one that is older than what is there', async () => {
    await bring(typeId, history)
    const [, code, text] = await refusal('crm.item.import', {
      entityTypeId: typeId,
      fields: { ...history, createdTime: '2026-01-05T07:59:59+01:00' },
    })
    expect([code, String(text).startsWith('Invalid value for field "createdTime"')]).toEqual([
      'CRM_FIELD_ERROR_VALUE_NOT_VALID',
      true,
    ])
    await bring(typeId, history)
  })

  it.each(Object.entries(history))('may not be given by people who are no administrators: %s', async (name, value) => {
    const fields = { [name]: name.endsWith('By') ? 1 : value }
    const [, code, text] = await refusal('crm.item.import', { entityTypeId: 1, fields }, { as: hook })
    expect(code).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID')
    expect(text).toMatch(/^Invalid value for field "(created|updated|moved)(Time|By)"/)
  })
})

describe('a batch', () => {
  it('imports what it can, and tells of each what was wrong with it', async () => {
    const { items } = await must('crm.item.batchImport', {
      entityTypeId: 4,
      data: [
        { title: 'First', createdBy: somebody },
        { title: 'Second', assignedById: 999 },
        'text',
        { title: 'Last' },
      ],
    })
    expect(items).toEqual([
      { item: { id: expect.any(Number) } },
      { error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID', error_description: expect.stringContaining('"assignedById"') },
      { error: '100', error_description: expect.stringContaining('{fields}') },
      { item: { id: expect.any(Number) } },
    ])
    expect(await read(4, items[0].item.id)).toMatchObject({ title: 'First', createdBy: somebody })
    expect(await read(4, items[3].item.id)).toMatchObject({ title: 'Last' })
  })

  it('has at most twenty', async () => {
    const data = (count: number) => Array.from({ length: count }, (_none, n) => ({ title: `No. ${n}` }))
    expect(await refusal('crm.item.batchImport', { entityTypeId: 4, data: data(21) })).toEqual([
      400,
      'MAX_IMPORT_BATCH_SIZE_EXCEEDED',
      'You cannot import more than 20 items',
    ])
    expect((await must('crm.item.batchImport', { entityTypeId: 4, data: data(20) })).items).toHaveLength(20)
    expect(await must('crm.item.batchImport', { entityTypeId: 4, data: [] })).toEqual({ items: [] })
    expect((await refusal('crm.item.batchImport', { entityTypeId: 4, data: 'text' }))[1]).toBe('100')
    expect((await refusal('crm.item.batchImport', { entityTypeId: 4 }))[2]).toBe(
      'Could not find value for parameter {data}',
    )
  })
})

it('needs the right to import, and that one only', async () => {
  const session = portal.portal.store.session()
  const forbid = async (action: string) => {
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`delete from crm_role_permission where action = ${action}`),
    )
    await session.settled()
  }
  const params = { entityTypeId: 4, fields: { title: 'x' } }
  await forbid('add')
  await must('crm.item.import', params, { as: hook })
  await forbid('import')
  const denied = [400, 'ACCESS_DENIED', 'Access denied']
  expect(await refusal('crm.item.import', params, { as: hook })).toEqual(denied)
  expect(await refusal('crm.item.batchImport', { entityTypeId: 4, data: [{}] }, { as: hook })).toEqual(denied)
  expect((await refusal('crm.item.import', { ...params, entityTypeId: 9998 }))[1]).toBe('NOT_FOUND')
})
