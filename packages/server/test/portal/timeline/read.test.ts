import { afterEach, describe, expect, it } from 'vitest'
import { type Timeline, timelineOf } from '../../../src/modules/crm/timeline/read.ts'
import { addTimelineSource } from '../../../src/modules/crm/timeline/sources.ts'
import { Failure } from '../../../src/records/failure.ts'
import { testPortal } from '../../support/portal.ts'
import { gif, readerOf, tools } from './tools.ts'

const START = 1_780_000_000
const portal = await testPortal({ at: START })
const { must, add, comment, message, rights } = tools(portal)
const other = await portal.person()
const second = () => (portal.clock.at = (portal.clock.at ?? START) + 1)

afterEach(() => rights('all'))

const reading = (id?: number) => readerOf(portal, id)
const read = async (
  entityTypeId: number,
  id: number,
  more: { before?: string; limit?: number } = {},
): Promise<Timeline> => timelineOf(await reading(), { entityTypeId, id, limit: 50, ...more })
const kinds = ({ entries }: Timeline): string[] => entries.map(({ kind }) => kind)

describe('timelineOf', () => {
  it('tells what happened to a record and what people wrote, newest first', async () => {
    const deal = await add('deal', {
      TITLE: 'New',
      SOURCE_ID: 'CALL',
      ORIGINATOR_ID: 'shop',
      ORIGIN_ID: '17',
      OPPORTUNITY: 10,
    })
    second()
    await must('crm.deal.update', { id: deal, fields: { TITLE: 'Renamed', OPPORTUNITY: 12.5 } })
    second()
    await comment('deal', deal, 'Text', { FILES: [['tiny.gif', gif]] })
    second()
    await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'PREPARATION' } }, { as: other.hook })
    second()
    await message(2, deal, { title: 'Sync', text: 'Ran' })
    const timeline = await read(2, deal)
    expect(kinds(timeline)).toEqual(['log', 'stage', 'comment', 'changed', 'created'])
    const [log, stage, text, changed, created] = timeline.entries
    expect(log?.data).toEqual({ title: 'Sync', text: 'Ran', iconCode: 'info' })
    expect(stage).toMatchObject({
      authorId: other.id,
      data: { stage: { from: { id: 'NEW' }, to: { id: 'PREPARATION', semantics: null } }, fields: [] },
    })
    expect(stage?.data.stage).toMatchObject({ to: { name: expect.stringMatching(/\w/) } })
    expect(text?.data).toMatchObject({ text: 'Text', files: [{ name: 'tiny.gif', image: { width: 3, height: 2 } }] })
    expect(changed?.data).toEqual({
      fields: expect.arrayContaining([
        { field: 'title', title: 'Title', from: 'New', to: 'Renamed' },
        expect.objectContaining({ field: 'opportunity', from: 10, to: 12.5 }),
      ]),
    })
    expect(created?.data).toEqual({ sourceId: 'CALL', originatorId: 'shop', originId: '17' })
    expect(timeline.next).toBeUndefined()
  })

  it('tells a conversion and a move to another pipeline by their names', async () => {
    const lead = await add('lead')
    second()
    await must('crm.lead.update', { id: lead, fields: { STATUS_ID: 'CONVERTED' } })
    expect((await read(1, lead)).entries[0]).toMatchObject({
      kind: 'converted',
      data: { stage: { to: { semantics: 'S' } } },
    })
    const { category } = await must<{ category: { id: number } }>('crm.category.add', {
      entityTypeId: 2,
      fields: { name: 'Partners' },
    })
    const deal = await add('deal')
    second()
    await must('crm.item.update', { entityTypeId: 2, id: deal, fields: { categoryId: category.id } })
    expect((await read(2, deal)).entries[0]).toMatchObject({
      kind: 'pipeline',
      data: {
        pipeline: { from: { id: 0 }, to: { id: category.id, name: 'Partners' } },
        stage: { to: { id: `C${category.id}:NEW` } },
      },
    })
  })

  it('leaves out writes that changed nothing worth telling', async () => {
    const deal = await add('deal', { TITLE: 'Same' })
    for (let n = 0; n < 3; n++) {
      second()
      await must('crm.deal.update', { id: deal, fields: { TITLE: 'Same' } })
    }
    expect(kinds(await read(2, deal))).toEqual(['created'])
  })

  it('tells which records belong to this one', async () => {
    const [company, contact] = [
      await add('company', { TITLE: 'Engines' }),
      await add('contact', { NAME: 'Ada', LAST_NAME: 'L' }),
    ]
    const first = await add('contact', { NAME: 'First' })
    second()
    const deal = await add('deal', { TITLE: 'Order', COMPANY_ID: company, CONTACT_IDS: [first, contact] })
    second()
    await must('crm.contact.update', { id: contact, fields: { COMPANY_ID: company } })
    const child = { kind: 'child', id: deal, data: { entityTypeId: 2, title: 'Order' } }
    const ofCompany = (await read(4, company)).entries
    expect(ofCompany).toContainEqual(expect.objectContaining(child))
    expect(ofCompany).toContainEqual(
      expect.objectContaining({ kind: 'child', id: contact, data: { entityTypeId: 3, title: 'Ada L' } }),
    )
    expect((await read(3, contact)).entries).toContainEqual(expect.objectContaining(child))
    const lead = await add('lead')
    const { item } = await must<{ item: { id: number } }>('crm.item.add', {
      entityTypeId: 2,
      fields: { title: 'From lead', leadId: lead },
    })
    expect((await read(1, lead)).entries).toContainEqual(expect.objectContaining({ kind: 'child', id: item.id }))
    await must('crm.deal.delete', { id: deal })
    expect((await read(3, contact)).entries.map(({ id, kind }) => [id, kind])).not.toContainEqual([deal, 'child'])
  })

  it('is the same read at once or page by page, also within one second', async () => {
    const company = await add('company')
    for (let n = 0; n < 3; n++) {
      await comment('company', company, `Comment ${n}`)
      await add('deal', { COMPANY_ID: company })
      await must('crm.company.update', { id: company, fields: { TITLE: `Title ${n}` } })
      await add('lead', { COMPANY_ID: company })
      if (n === 1) second()
    }
    const whole = (await read(4, company)).entries
    expect(whole).toHaveLength(13)
    for (const limit of [1, 2, 5]) {
      const paged: Timeline['entries'][number][] = []
      let before: string | undefined
      do {
        const page = await read(4, company, { limit, ...(before === undefined ? {} : { before }) })
        paged.push(...page.entries)
        before = page.next
      } while (before !== undefined)
      expect(paged).toEqual(whole)
    }
  })

  it('shows pinned entries apart on the first page, with notes and blocks', async () => {
    const deal = await add('deal')
    const id = await comment('deal', deal, 'Pinned')
    second()
    await comment('deal', deal, 'Newer')
    await must('crm.timeline.item.pin', { id, ownerTypeId: 2, ownerId: deal })
    await must('crm.timeline.note.save', { ownerTypeId: 2, ownerId: deal, itemType: 1, itemId: id, text: 'Mind this' })
    const first = await read(2, deal, { limit: 1 })
    expect(first.pinned).toMatchObject([{ id, data: { text: 'Pinned' }, note: 'Mind this' }])
    expect(first.entries).toMatchObject([{ data: { text: 'Newer' } }])
    const rest = await read(2, deal, { before: first.next ?? '' })
    expect(rest.pinned).toEqual([])
    expect(rest.entries[0]).toMatchObject({ id, note: 'Mind this' })
  })

  it('merges what other modules add', async () => {
    const deal = await add('deal')
    const time = second()
    addTimelineSource({
      name: 'test',
      read: async (_reading, owner, before, limit) =>
        [2, 1]
          .map((id) => ({ source: 'test', id, kind: 'test', time, authorId: null, data: {} }))
          .filter(({ id }) => owner.id === deal && (time < before.time || (time === before.time && id < before.id)))
          .slice(0, limit),
    })
    const first = await read(2, deal, { limit: 1 })
    expect(first.entries).toMatchObject([{ kind: 'test', id: 2 }])
    expect((await read(2, deal, { before: first.next ?? '' })).entries).toMatchObject([
      { kind: 'test', id: 1 },
      { kind: 'created' },
    ])
  })

  it('is for those who may read the record, without the records that they may not', async () => {
    const company = await add('company', { ASSIGNED_BY_ID: other.id })
    await add('deal', { COMPANY_ID: company, ASSIGNED_BY_ID: 1 })
    const theirs = await add('deal', { COMPANY_ID: company, ASSIGNED_BY_ID: other.id })
    await rights('own')
    const as = await reading(other.id)
    const { entries } = await timelineOf(as, { entityTypeId: 4, id: company, limit: 10 })
    expect(entries.filter(({ kind }) => kind === 'child').map(({ id }) => id)).toEqual([theirs])
    const mine = await add('company', { ASSIGNED_BY_ID: 1 })
    await expect(timelineOf(as, { entityTypeId: 4, id: mine, limit: 10 })).rejects.toThrow(
      new Failure({ why: 'access-denied' }),
    )
    await expect(read(4, 999_999)).rejects.toThrow(new Failure({ why: 'not-found' }))
    await expect(read(4, mine, { before: "1' or 1=1" })).rejects.toThrow(
      new Failure({ why: 'rule', text: 'The place in the timeline is invalid' }),
    )
  })

  it('costs a write nothing: what happened is in the history', async () => {
    const before = await portal.census()
    await add('lead', { TITLE: 'Hot' })
    const after = await portal.census()
    const grown = Object.keys(after).filter(
      (table) => table.startsWith('crm_timeline') && after[table] !== before[table],
    )
    expect(grown).toEqual([])
  })

  it('goes along when records are merged, once each', async () => {
    const [into, from] = [await add('company', { TITLE: 'Twin' }), await add('company', { TITLE: 'Twin' })]
    const alone = await comment('company', from, 'Alone')
    const both = await comment('company', from, 'Both')
    await must('crm.timeline.bindings.bind', { fields: { OWNER_ID: both, ENTITY_TYPE: 'company', ENTITY_ID: into } })
    await must('crm.entity.mergeBatch', { params: { entityTypeId: 4, entityIds: [into, from] } })
    const comments = (await read(4, into)).entries.filter(({ kind }) => kind === 'comment')
    expect(comments.map(({ id }) => id)).toEqual([both, alone])
  })
})
