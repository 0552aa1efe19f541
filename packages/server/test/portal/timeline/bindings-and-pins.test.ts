import { afterEach, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { refused, tools } from './tools.ts'

const portal = await testPortal()
const { must, add, comment, message, rights } = tools(portal)
const other = await portal.person()

const binding = (id: number, type: string, record: number) => ({
  fields: { OWNER_ID: id, ENTITY_TYPE: type, ENTITY_ID: record },
})
const bind = (id: number, type: string, record: number, options = {}) =>
  portal.call('crm.timeline.bindings.bind', binding(id, type, record), options)
const unbind = (id: number, type: string, record: number, options = {}) =>
  portal.call('crm.timeline.bindings.unbind', binding(id, type, record), options)
const listed = async (filter: object, options = {}) =>
  (await portal.call('crm.timeline.bindings.list', { filter }, options)).body

afterEach(() => rights('all'))

describe('crm.timeline.bindings', () => {
  it('puts a comment into another timeline, once, and takes it out again', async () => {
    const [lead, deal] = [await add('lead'), await add('deal')]
    const id = await comment('lead', lead)
    expect((await bind(id, 'deal', deal)).body.result).toBe(true)
    expect((await bind(id, 'deal', deal)).body.result).toBe(false)
    const row = (ENTITY_TYPE: string, of: number) => ({ OWNER_ID: String(id), ENTITY_ID: String(of), ENTITY_TYPE })
    expect(await listed({ OWNER_ID: id })).toMatchObject({ result: [row('lead', lead), row('deal', deal)], total: 2 })
    expect((await listed({ '=OWNER_ID': id, ENTITY_TYPE: 'deal' })).result).toEqual([row('deal', deal)])
    expect((await unbind(id, 'lead', lead)).body.result).toBe(true)
    expect((await listed({ OWNER_ID: id })).result).toEqual([row('deal', deal)])
    expect(await unbind(id, 'lead', lead)).toMatchObject(refused('', 'Not found.'))
  })

  it('keeps the last one, so that no entry is lost out of sight', async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal)
    expect((await unbind(id, 'deal', deal)).body.result).toBe(false)
    expect((await listed({ OWNER_ID: id })).total).toBe(1)
  })

  it('takes log messages too', async () => {
    const [lead, deal] = [await add('lead'), await add('deal')]
    const id = await message(1, lead)
    expect((await bind(id, 'deal', deal)).body.result).toBe(true)
    const { body } = await portal.call('crm.timeline.logmessage.list', { entityTypeId: 2, entityId: deal })
    expect(body.result).toMatchObject([{ id }])
  })

  it('says which of the three names is wrong, and changes nothing', async () => {
    const deal = await add('deal')
    const id = await comment('deal', await add('deal'))
    const before = await portal.census()
    for (const call of [bind, unbind]) {
      expect(await call(999_999, 'deal', deal)).toMatchObject(refused('', 'OWNER_ID is not defined or invalid.'))
      expect(await call(id, 'deal', 999_999)).toMatchObject(refused('', 'ENTITY_ID is not defined or invalid.'))
      expect(await call(id, 'deal', 0)).toMatchObject(refused('', 'ENTITY_ID is not defined or invalid.'))
      expect(await call(id, 'nothing', deal)).toMatchObject(refused('', 'ENTITY_TYPE is not defined or invalid.'))
    }
    expect(await portal.census()).toEqual(before)
  })

  it("doesn't let anyone fetch a comment out of a record that isn't theirs", async () => {
    const mine = await add('deal', { ASSIGNED_BY_ID: 1 })
    const theirs = await add('deal', { ASSIGNED_BY_ID: other.id })
    const id = await comment('deal', mine, 'Private')
    const shared = await comment('deal', mine, 'Shared')
    await bind(shared, 'deal', theirs)
    await rights('own')
    const as = { as: other.hook }
    expect(await bind(id, 'deal', theirs, as)).toMatchObject(refused('', 'Access denied.'))
    expect(await unbind(shared, 'deal', mine, as)).toMatchObject(refused('', 'Access denied.'))
    expect(await listed({ OWNER_ID: id }, as)).toMatchObject({ result: [], total: 0 })
    expect(await listed({ OWNER_ID: shared }, as)).toMatchObject({
      result: [{ OWNER_ID: String(shared), ENTITY_ID: String(theirs), ENTITY_TYPE: 'deal' }],
      total: 1,
    })
  })
})

describe('crm.timeline.item.pin', () => {
  const pin = (id: number, ownerId: number, options = {}) =>
    portal.call('crm.timeline.item.pin', { id, ownerTypeId: 2, ownerId }, options)

  it('pins up to seven entries of a timeline; unpinning makes room', async () => {
    const deal = await add('deal')
    const ids: number[] = []
    for (let n = 0; n < 7; n++) ids.push(await comment('deal', deal))
    for (const id of ids) expect((await pin(id, deal)).body.result).toBeNull()
    expect((await pin(ids[0] as number, deal)).status).toBe(200)
    const eighth = await message(2, deal)
    expect(await pin(eighth, deal)).toMatchObject(refused('0', 'Only 7 events can be added to favorites'))
    await must('crm.timeline.item.unpin', { id: ids[3], ownerTypeId: 2, ownerId: deal })
    expect((await pin(eighth, deal)).status).toBe(200)
  })

  it('never pins more than seven, however many ask at once', async () => {
    const deal = await add('deal')
    const ids: number[] = []
    for (let n = 0; n < 9; n++) ids.push(await comment('deal', deal))
    const answers = await Promise.all(ids.map((id) => pin(id, deal)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7)
  })

  it('refuses entries of other timelines, records that are not there and records of others', async () => {
    const mine = await add('deal', { ASSIGNED_BY_ID: 1 })
    const id = await comment('deal', mine)
    expect(await pin(id, await add('deal'))).toMatchObject(refused('NOT_FOUND', 'Not found.'))
    expect(await pin(id, 999_999)).toMatchObject(refused('OWNER_NOT_FOUND', 'Owner of the item not found'))
    expect(await portal.call('crm.timeline.item.pin', { id })).toMatchObject(
      refused('100', 'Could not find value for parameter {ownerTypeId}'),
    )
    await rights('own')
    expect(await pin(id, mine, { as: other.hook })).toMatchObject(refused('ACCESS_DENIED', 'Access denied'))
  })
})
