import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { gif, refused, tools } from './tools.ts'

const portal = await testPortal({ at: 1_780_000_000 })
const { must, add, comment, message, count, rights } = tools(portal)
const other = await portal.person()
const events = announcements(portal)

const get = (id: number, options = {}) => portal.call('crm.timeline.comment.get', { id }, options)
const list = (type: string, id: number, more = {}, options = {}) =>
  portal.call('crm.timeline.comment.list', { filter: { ENTITY_TYPE: type, ENTITY_ID: id }, ...more }, options)
const text = Buffer.from('plain').toString('base64')

afterEach(() => rights('all'))

describe('crm.timeline.comment.add', () => {
  it('keeps BB-code as it was sent and turns HTML into it', async () => {
    const deal = await add('deal')
    const plain = await comment('deal', deal, '[B]Bold[/B] and 1 < 2')
    const html = await comment('deal', deal, '<b>Bold</b><script>alert(1)</script><img src=x onerror=alert(2)>')
    expect((await get(plain)).body.result.COMMENT).toBe('[B]Bold[/B] and 1 < 2')
    expect((await get(html)).body.result.COMMENT).toBe('[B]Bold[/B]')
  })

  it('answers texts, also the numbers, with the caller as author and the time of the portal', async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal)
    expect((await get(id)).body.result).toEqual({
      ID: String(id),
      ENTITY_ID: String(deal),
      ENTITY_TYPE: 'deal',
      CREATED: '2026-05-28T22:26:40+02:00',
      COMMENT: 'A comment',
      AUTHOR_ID: '1',
      FILES: {},
    })
  })

  it('takes smart processes, types in any case and by number', async () => {
    const { type } = await must<{ type: { entityTypeId: number } }>('crm.type.add', { fields: { title: 'Purchase' } })
    const { item } = await must<{ item: { id: number } }>('crm.item.add', {
      entityTypeId: type.entityTypeId,
      fields: {},
    })
    const name = `dynamic_${type.entityTypeId}`
    for (const given of [name, name.toUpperCase(), type.entityTypeId]) {
      const id = await must('crm.timeline.comment.add', {
        fields: { ENTITY_TYPE: given, ENTITY_ID: item.id, COMMENT: 'Here' },
      })
      expect((await get(id)).body.result).toMatchObject({ ENTITY_TYPE: name, ENTITY_ID: String(item.id) })
    }
  })

  it('shows files by their numbers, pictures with their size, under addresses that need no login', async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal, 'With files', {
      FILES: [
        ['tiny.gif', gif],
        ['../note.txt', text],
      ],
    })
    const { FILES } = (await get(id)).body.result
    const [picture, file] = Object.values<Record<string, unknown>>(FILES)
    expect(Object.keys(FILES)).toEqual([String(picture?.id), String(file?.id)])
    expect(picture).toMatchObject({
      type: 'image',
      name: 'tiny.gif',
      size: 43,
      image: { width: 3, height: 2 },
      authorId: 1,
    })
    expect(file).toMatchObject({ type: 'file', name: 'note.txt', size: 5, urlPreview: '' })
    expect(file).not.toHaveProperty('image')
    const address = new URL(String(file?.urlDownload))
    const download = await portal.send({ method: 'GET', url: address.pathname + address.search })
    expect(download.text).toBe('plain')
    expect(download.headers['content-disposition']).toContain('attachment')
  })

  it('lets administrators alone write in another name', async () => {
    const deal = await add('deal')
    const fields = { ENTITY_TYPE: 'deal', ENTITY_ID: deal, COMMENT: 'Whose?', AUTHOR_ID: other.id }
    const byAdministrator = await must('crm.timeline.comment.add', { fields })
    const byOther = await must('crm.timeline.comment.add', { fields: { ...fields, AUTHOR_ID: 1 } }, { as: other.hook })
    expect((await get(byAdministrator)).body.result.AUTHOR_ID).toBe(String(other.id))
    expect((await get(byOther)).body.result.AUTHOR_ID).toBe(String(other.id))
    const byNobody = await must('crm.timeline.comment.add', { fields: { ...fields, AUTHOR_ID: 0 } })
    expect((await get(byNobody)).body.result.AUTHOR_ID).toBe('1')
    expect((await portal.call('crm.timeline.comment.add', { fields: { ...fields, AUTHOR_ID: 4711 } })).status).toBe(400)
  })

  it('refuses what is missing, empty or nowhere, and changes nothing', async () => {
    const deal = await add('deal')
    const whole = { ENTITY_TYPE: 'deal', ENTITY_ID: deal, COMMENT: 'Text' }
    const before = await portal.census()
    const onDisk = (): string[] =>
      readdirSync(join(portal.dataDirectory, 'files'), { recursive: true, encoding: 'utf8' })
    const bytes = onDisk().filter((name) => name.length > 30)
    const send = (fields: object) => portal.call('crm.timeline.comment.add', { fields })
    expect(await send({ ...whole, COMMENT: ' \n' })).toMatchObject(refused('INVALID_ARG_VALUE', 'Empty comment'))
    expect(await send({ ...whole, COMMENT: '<script>x</script>' })).toMatchObject(
      refused('INVALID_ARG_VALUE', 'Empty comment'),
    )
    expect(await send({ ...whole, ENTITY_ID: 999_999 })).toMatchObject(
      refused('OWNER_NOT_FOUND', 'Owner of the item not found'),
    )
    expect(await send({ ...whole, ENTITY_TYPE: 'order' })).toMatchObject(
      refused('OWNER_NOT_FOUND', 'Owner of the item not found'),
    )
    expect(await send({ ...whole, ENTITY_ID: undefined })).toMatchObject(
      refused('100', 'Could not find value for parameter {ENTITY_ID}'),
    )
    expect(await portal.call('crm.timeline.comment.add', {})).toMatchObject(
      refused('100', 'Could not find value for parameter {fields}'),
    )
    expect(
      (
        await send({
          ...whole,
          FILES: [
            ['good.txt', text],
            ['bad.txt', '§'],
          ],
        })
      ).body.error,
    ).toBe('INVALID_ARG_VALUE')
    expect(await portal.census()).toEqual(before)
    expect(onDisk().filter((name) => name.length > 30)).toEqual(bytes)
  })
})

describe('crm.timeline.comment.update', () => {
  it('changes the text alone, or replaces all files', async () => {
    const id = await comment('deal', await add('deal'), 'First', { FILES: [['tiny.gif', gif]] })
    expect(await must('crm.timeline.comment.update', { id, fields: { COMMENT: 'Second', AUTHOR_ID: other.id } })).toBe(
      id,
    )
    const kept = (await get(id)).body.result
    expect(kept).toMatchObject({ COMMENT: 'Second', AUTHOR_ID: '1' })
    const [old] = Object.values<{ id: number }>(kept.FILES)
    await must('crm.timeline.comment.update', { id, fields: { FILES: [['note.txt', text]] } })
    const replaced = (await get(id)).body.result
    expect(Object.values<{ name: string }>(replaced.FILES).map(({ name }) => name)).toEqual(['note.txt'])
    expect(await count('stored_file', sql`id = ${old?.id}`)).toBe(0)
    await must('crm.timeline.comment.update', { id, fields: { FILES: [] } })
    expect((await get(id)).body.result).toMatchObject({ COMMENT: 'Second', FILES: {} })
  })

  it("can't take over another comment's file by its number", async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal, 'Mine', { FILES: [['tiny.gif', gif]] })
    const thief = await comment('deal', deal)
    const [file] = Object.keys((await get(id)).body.result.FILES)
    await must('crm.timeline.comment.update', { id: thief, fields: { FILES: [file] } })
    expect((await get(thief)).body.result.FILES).toEqual({})
    expect(Object.keys((await get(id)).body.result.FILES)).toEqual([file])
  })

  it('refuses an empty text and log messages', async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal)
    const update = (of: number, fields: object) => portal.call('crm.timeline.comment.update', { id: of, fields })
    expect(await update(id, { COMMENT: '' })).toMatchObject(refused('INVALID_ARG_VALUE', 'Empty comment'))
    expect(await update(await message(2, deal), { COMMENT: 'x' })).toMatchObject(refused('NOT_FOUND', 'Not found.'))
  })
})

describe('crm.timeline.comment.list', () => {
  it("pages through one record's comments and counts them", async () => {
    const deal = await add('deal')
    await comment('deal', await add('deal'), 'Elsewhere')
    await message(2, deal)
    const ids: number[] = []
    for (let n = 0; n < 52; n++) ids.push(await comment('deal', deal, `No ${n}`))
    const first = (await list('deal', deal)).body
    expect(first).toMatchObject({ total: 52, next: 50 })
    const second = (await list('deal', deal, { start: 50 })).body
    expect([...first.result, ...second.result].map(({ ID }: { ID: string }) => Number(ID))).toEqual(ids)
    const order = { ID: 'DESC' }
    const newest = (await list('deal', deal, { order, select: ['ID', 'COMMENT'] })).body.result
    expect(newest[0]).toEqual({ ID: String(ids.at(-1)), COMMENT: 'No 51' })
    const after = { ENTITY_TYPE: 'deal', ENTITY_ID: deal, '>ID': ids[49] }
    const { body } = await portal.call('crm.timeline.comment.list', { filter: after, order: { ID: 'ASC' }, start: -1 })
    expect(body.result.map(({ ID }: { ID: string }) => Number(ID))).toEqual(ids.slice(50))
  })

  it('needs to know the record, and finds nothing at one that is not there', async () => {
    const listed = (filter: object) => portal.call('crm.timeline.comment.list', { filter })
    expect(await listed({ ENTITY_ID: 1 })).toMatchObject(refused('', 'ENTITY_TYPE is not defined or invalid.'))
    expect(await listed({ ENTITY_TYPE: 'deal' })).toMatchObject(refused('', 'ENTITY_ID is not defined or invalid.'))
    expect((await listed({ ENTITY_TYPE: 'deal', ENTITY_ID: 999_999 })).body).toMatchObject({ result: [], total: 0 })
  })

  it('shows a comment of two records under the one that was asked for', async () => {
    const [deal, company] = [await add('deal'), await add('company')]
    const id = await comment('deal', deal)
    await must('crm.timeline.bindings.bind', { fields: { OWNER_ID: id, ENTITY_TYPE: 'company', ENTITY_ID: company } })
    const { result } = (await list('company', company)).body
    expect(result).toMatchObject([{ ID: String(id), ENTITY_TYPE: 'company', ENTITY_ID: String(company) }])
    expect((await get(id)).body.result).toMatchObject({ ENTITY_TYPE: 'deal', ENTITY_ID: String(deal) })
  })
})

describe('crm.timeline.comment.delete', () => {
  it('leaves nothing behind', async () => {
    const deal = await add('deal')
    const before = await portal.census()
    const id = await comment('deal', deal, 'Bye', { FILES: [['tiny.gif', gif]] })
    await must('crm.timeline.note.save', { ownerTypeId: 2, ownerId: deal, itemType: 1, itemId: id, text: 'A note' })
    expect(await must('crm.timeline.comment.delete', { id })).toBeNull()
    const { history: _h, outbox: _o, ...left } = await portal.census()
    const { history: _history, outbox: _outbox, ...were } = before
    expect(left).toEqual(were)
    expect(await get(id)).toMatchObject(refused('', 'Not found.'))
  })

  it('takes a comment of several records out of the one that is named', async () => {
    const [deal, company] = [await add('deal'), await add('company')]
    const id = await comment('deal', deal)
    await must('crm.timeline.bindings.bind', { fields: { OWNER_ID: id, ENTITY_TYPE: 'company', ENTITY_ID: company } })
    const remove = (more: object) => portal.call('crm.timeline.comment.delete', { id, ...more })
    expect(await remove({})).toMatchObject(refused('MULTIPLE_BINDINGS', 'Element has bindings to multiple entities'))
    expect(await remove({ ownerTypeId: 2, ownerId: await add('deal') })).toMatchObject(
      refused('NOT_FOUND', 'Not found.'),
    )
    expect(await remove({ ownerTypeId: 2, ownerId: 999_999 })).toMatchObject(
      refused('OWNER_NOT_FOUND', 'Owner of the item not found'),
    )
    await events()
    expect((await remove({ ownerTypeId: 2, ownerId: deal })).status).toBe(200)
    expect(await events()).toEqual([])
    expect((await get(id)).body.result).toMatchObject({ ENTITY_TYPE: 'company', ENTITY_ID: String(company) })
    expect((await remove({})).status).toBe(200)
    expect((await events()).map(({ event }) => event)).toEqual(['ONCRMTIMELINECOMMENTDELETE'])
  })
})

describe('events of comments', () => {
  it('are announced once each, with the number in both documented places', async () => {
    const deal = await add('deal')
    await events()
    const id = await comment('deal', deal)
    await must('crm.timeline.comment.update', { id, fields: { COMMENT: 'Changed' } })
    await must('crm.timeline.comment.delete', { id })
    await message(2, deal)
    expect(await events()).toEqual(
      ['ADD', 'UPDATE', 'DELETE'].map((verb) => ({ event: `ONCRMTIMELINECOMMENT${verb}`, fields: { ID: id } })),
    )
    const [row] = await portal.portal.store
      .session()
      .find<{ payload: string }>(
        sql`select payload from outbox where event = 'ONCRMTIMELINECOMMENTADD' order by id desc limit 1`,
      )
    expect(JSON.parse(row?.payload ?? '')).toEqual({ ID: id, FIELDS: { ID: id } })
  })
})

describe('rights to comments', () => {
  it('are those to the record', async () => {
    const mine = await add('deal', { ASSIGNED_BY_ID: 1 })
    const theirs = await add('deal', { ASSIGNED_BY_ID: other.id })
    const id = await comment('deal', mine, 'Private')
    await rights('own')
    const as = { as: other.hook }
    const before = await portal.census()
    const denied = refused('ACCESS_DENIED', 'Access denied')
    const fields = { ENTITY_TYPE: 'deal', ENTITY_ID: mine, COMMENT: 'Intrusion' }
    expect(await portal.call('crm.timeline.comment.add', { fields }, as)).toMatchObject(denied)
    expect(await portal.call('crm.timeline.comment.update', { id, fields }, as)).toMatchObject(denied)
    expect(await portal.call('crm.timeline.comment.delete', { id }, as)).toMatchObject(denied)
    expect(await get(id, as)).toMatchObject(refused('', 'Access denied.'))
    expect(await list('deal', mine, {}, as)).toMatchObject(refused('', 'Access denied.'))
    expect(await portal.census()).toEqual(before)
    const own = await must('crm.timeline.comment.add', { fields: { ...fields, ENTITY_ID: theirs } }, as)
    expect((await get(own, as)).body.result.COMMENT).toBe('Intrusion')
    expect((await list('deal', theirs, {}, as)).body.total).toBe(1)
  })
})

describe('a record that goes', () => {
  it('takes with it the entries that stand nowhere else, and their files', async () => {
    const [deal, company] = [await add('deal'), await add('company')]
    const before = await portal.census()
    const shared = await comment('deal', deal, 'Shared', { FILES: [['tiny.gif', gif]] })
    await must('crm.timeline.bindings.bind', {
      fields: { OWNER_ID: shared, ENTITY_TYPE: 'company', ENTITY_ID: company },
    })
    const alone = await comment('deal', deal, 'Alone', { FILES: [['tiny.gif', gif]] })
    await message(2, deal)
    await must('crm.timeline.note.save', { ownerTypeId: 2, ownerId: deal, itemType: 1, itemId: alone, text: 'A note' })
    await must('crm.deal.delete', { id: deal })
    expect(await get(alone)).toMatchObject(refused('', 'Not found.'))
    expect((await get(shared)).body.result).toMatchObject({ ENTITY_TYPE: 'company', ENTITY_ID: String(company) })
    expect(Object.keys((await get(shared)).body.result.FILES)).toHaveLength(1)
    await must('crm.company.delete', { id: company })
    const { crm_timeline_item, crm_timeline_binding, crm_timeline_note, stored_file, field_value } =
      await portal.census()
    expect({ crm_timeline_item, crm_timeline_binding, crm_timeline_note, stored_file, field_value }).toEqual({
      crm_timeline_item: before.crm_timeline_item,
      crm_timeline_binding: before.crm_timeline_binding,
      crm_timeline_note: before.crm_timeline_note,
      stored_file: before.stored_file,
      field_value: before.field_value,
    })
  })

  it('at the same time as comments are written leaves none without a record', async () => {
    for (let n = 0; n < 5; n++) {
      const deal = await add('deal')
      const fields = { ENTITY_TYPE: 'deal', ENTITY_ID: deal, COMMENT: 'Late' }
      const writing = [1, 2, 3].map(() => portal.call('crm.timeline.comment.add', { fields }))
      const answers = await Promise.all([...writing, portal.call('crm.deal.delete', { id: deal })])
      for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('OWNER_NOT_FOUND')
      expect(await count('crm_timeline_binding', sql`entity_type_id = 2 and record_id = ${deal}`)).toBe(0)
    }
  })

  it('together with the other record of an entry leaves no entry', async () => {
    const [deal, company] = [await add('deal'), await add('company')]
    const id = await comment('deal', deal)
    await must('crm.timeline.bindings.bind', { fields: { OWNER_ID: id, ENTITY_TYPE: 'company', ENTITY_ID: company } })
    await Promise.all([must('crm.deal.delete', { id: deal }), must('crm.company.delete', { id: company })])
    expect(await count('crm_timeline_item', sql`id = ${id}`)).toBe(0)
  })
})
