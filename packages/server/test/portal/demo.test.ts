import { describe, expect, it } from 'vitest'
import { fillDemo } from '../../src/modules/demo/index.ts'
import { documentedCommand, ways } from '../support/documented-clients.ts'
import { testPortal, type TestPortal } from '../support/portal.ts'

const now = '2026-03-05T12:00:00+00:00'

async function demoPortal(): Promise<TestPortal> {
  const portal = await testPortal({ at: Date.parse(now) / 1000 })
  await portal.pipeline.inside(1, (dispatch, session) => fillDemo(portal.portal, session, dispatch))
  return portal
}

const portal = await demoPortal()

interface Item {
  readonly id: number
  readonly createdTime: string
  readonly movedTime?: string
  readonly [field: string]: unknown
}

/** Every record of an entity type, page by page. */
async function all(
  entityTypeId: number,
  filter: object = {},
  from = portal,
): Promise<{ items: Item[]; total: number }> {
  const items: Item[] = []
  for (let start: number | undefined = 0, total = 0; ;) {
    const { body } = await from.call('crm.item.list', { entityTypeId, filter, start, order: { id: 'ASC' } })
    items.push(...body.result.items)
    total = body.total ?? 0
    start = body.next
    if (start === undefined) return { items, total }
  }
}

describe("the documentation's records", () => {
  it.each([
    [1, 102],
    [3, 4],
    [3, 5],
    [4, 5],
    [4, 12],
    [4, 13],
    [4, 15],
    [7, 7],
    [1220, 2],
    [1224, 12],
  ])('entity type %i has number %i', async (entityTypeId, id) => {
    const { body } = await portal.call('crm.item.get', { entityTypeId, id })
    expect(body.result.item).toMatchObject({ id, entityTypeId })
  })

  it('people, the pipeline with its stage, and the smart process have the ids that the examples use', async () => {
    const people = await portal.call('user.get', { FILTER: { ID: [2, 3, 6] } })
    expect(people.body.result.map((person: { ID: string }) => person.ID)).toEqual(['2', '3', '6'])
    const pipeline = await portal.call('crm.category.get', { entityTypeId: 2, id: 9 })
    expect(pipeline.body.result.category).toMatchObject({ id: 9, entityTypeId: 2 })
    const stages = await portal.call('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE_9' } })
    expect(stages.body.result).toContainEqual(expect.objectContaining({ STATUS_ID: 'C9:UC_KN8KFI' }))
    const type = await portal.call('crm.type.getByEntityTypeId', { entityTypeId: 1302 })
    expect(type.body.result.type).toMatchObject({ id: 44, entityTypeId: 1302 })
    const fields = await portal.call('crm.item.fields', { entityTypeId: 1302 })
    expect(fields.body.result.fields.ufCrm44_1721812814433.items.map((item: { ID: string }) => item.ID)).toEqual([
      '79',
      '80',
      '81',
      '82',
    ])
  })

  it.each(ways)('the documented cURL lines run by %s', async (way) => {
    for (const name of [
      'crm.lead.add',
      'crm.contact.add',
      'crm.item.add.deal',
      'crm.item.add.smart-process',
    ] as const) {
      const { answer } = await documentedCommand(portal, name, way)
      expect([name, answer.status, answer.body.error_description]).toEqual([name, 200, undefined])
      if (name === 'crm.item.add.deal')
        expect(answer.body.result.item).toMatchObject({ isRepeatedApproach: 'Y', parentId1220: 2, contactIds: [4, 5] })
    }
  })
})

describe('everyday records', () => {
  it.each([
    ['leads', 1, undefined, 130],
    ['deals', 2, 0, 110],
    ["partners' deals", 2, 9, 40],
    ['contacts', 3, undefined, 90],
    ['companies', 4, undefined, 40],
    ['quotes', 7, undefined, 30],
    ['invoices', 31, undefined, 30],
    ['equipment', 1302, undefined, 20],
  ])('%s fill a list, and its total is the kept one', async (_name, entityTypeId, categoryId, least) => {
    const filter = categoryId === undefined ? {} : { categoryId }
    const { items, total } = await all(entityTypeId, filter)
    expect(items.length).toBeGreaterThanOrEqual(least)
    expect(total).toBe(items.length)
  })

  it.each([
    ['leads', 1, undefined, 'STATUS'],
    ['deals', 2, 0, 'DEAL_STAGE'],
    ["partners' deals", 2, 9, 'DEAL_STAGE_9'],
    ['quotes', 7, undefined, 'QUOTE_STATUS'],
    ['invoices', 31, undefined, /^SMART_INVOICE_STAGE_\d+$/],
    ['equipment', 1302, undefined, /^DYNAMIC_1302_STAGE_\d+$/],
  ])('%s stand in every stage of their pipeline', async (_name, entityTypeId, categoryId, directory) => {
    const { body } = await portal.call('crm.status.list', {})
    const stages = (body.result as { ENTITY_ID: string; STATUS_ID: string }[])
      .filter(({ ENTITY_ID }) => (typeof directory === 'string' ? ENTITY_ID === directory : directory.test(ENTITY_ID)))
      .map(({ STATUS_ID }) => STATUS_ID)
    const { items } = await all(entityTypeId, categoryId === undefined ? {} : { categoryId })
    expect([...new Set(items.map(({ stageId }) => stageId))].sort()).toEqual(stages.sort())
  })

  it('come from half a year, never from the future, and move after they were made', async () => {
    const { items } = await all(2, { categoryId: 0 })
    const days = items.map(({ createdTime }) => (Date.parse(now) - Date.parse(createdTime)) / 86_400_000)
    expect(Math.min(...days)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...days)).toBeGreaterThan(150)
    expect(days.filter((day) => day < 30).length).toBeGreaterThan(10)
    for (const { createdTime, movedTime = '' } of items)
      expect(Date.parse(movedTime)).toBeGreaterThanOrEqual(Date.parse(createdTime))
    expect(new Set(items.map(({ assignedById }) => assignedById)).size).toBeGreaterThan(3)
  })

  it('have addresses and numbers that nobody has', async () => {
    const everybody = [...(await all(3)).items, ...(await all(4)).items, ...(await all(1)).items]
    const points = everybody
      // The documented requests of the tests above bring their own.
      .filter(({ createdBy }) => createdBy !== 1)
      .flatMap(({ fm }) => (fm ?? []) as { typeId: string; value: string }[])
    expect(points.length).toBeGreaterThan(300)
    for (const { typeId, value } of points)
      expect(value).toMatch(
        { PHONE: /^\+1\d{3}55501\d\d$/, EMAIL: /[@.]example\.com$/, WEB: /\.example\.com$/ }[typeId] ?? /^$/,
      )
  })

  it('are the same in every portal', async () => {
    const twin = await demoPortal()
    const others = async (of: TestPortal): Promise<unknown> =>
      (await all(2, { '!createdBy': 1 }, of)).items.map(
        ({ id, title, stageId, opportunity, createdTime, companyId }) => [
          id,
          title,
          stageId,
          opportunity,
          createdTime,
          companyId,
        ],
      )
    expect(await others(twin)).toEqual(await others(portal))
  })
})
