import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levels } from '../../../src/records/levels.ts'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn, type Said, traces } from './tools.ts'

const portal = await testPortal()
const { must, department, nobodyMayAnything, role, says } = rightsIn(portal)

const sales = await department('Sales')
const field = await department('Field sales', sales)
const other = await department('Production')
await nobodyMayAnything()
const me = await portal.person({ department: [sales] })
const colleague = await portal.person({ department: [sales] })
const below = await portal.person({ department: [field] })
const stranger = await portal.person({ department: [other] })

const { category } = (await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Projects' } })).result
const second = category.id as number
const calls = (method: string, params: object) => portal.call(method, params, { as: me.hook })

const first = await role([`U${me.id}`], [])
const another = await role([`D${sales}`], [])

interface Deal {
  readonly id: number
  readonly category: number
  readonly stage: string
  readonly owner: number
  readonly opened: boolean
}

const STAGES: Readonly<Record<number, readonly string[]>> = {
  0: ['NEW', 'PREPARATION'],
  [second]: [`C${second}:NEW`, `C${second}:PREPARATION`],
}

const deals: Deal[] = []
for (const owner of [me, colleague, below, stranger])
  for (const [pipeline, stages] of Object.entries(STAGES))
    for (const stage of stages)
      for (const opened of [false, true]) {
        const fields = {
          categoryId: Number(pipeline),
          stageId: stage,
          assignedById: owner.id,
          opened: opened ? 'Y' : 'N',
        }
        const { item } = (await must('crm.item.add', { entityTypeId: 2, fields: { title: 'Deal', ...fields } })).result
        deals.push({ id: item.id, category: Number(pipeline), stage, owner: owner.id, opened })
      }

/** The rules once more, as simply as they can be said. */
function mayRead(roles: readonly (readonly Said[])[], deal: Deal): boolean {
  return roles.some((permissions) => {
    const said =
      permissions.find((each) => each.categoryId === deal.category && each.stageId === deal.stage) ??
      permissions.find((each) => each.categoryId === deal.category && each.stageId === undefined) ??
      permissions.find((each) => each.entity === 'deal' && each.categoryId === undefined) ??
      permissions.find((each) => each.entity === '*')
    const people: Readonly<Record<string, readonly number[]>> = {
      none: [],
      own: [me.id],
      department: [me.id, colleague.id],
      departments: [me.id, colleague.id, below.id],
      opened: [me.id, colleague.id, below.id],
      all: [me.id, colleague.id, below.id, stranger.id],
    }
    return people[said?.level ?? 'none']?.includes(deal.owner) === true || (said?.level === 'opened' && deal.opened)
  })
}

const level = fc.constantFrom(...levels)
const place = fc.oneof(
  fc.constant({ entity: '*' }),
  fc.constant({ entity: 'deal' }),
  fc.constantFrom(0, second).map((categoryId) => ({ entity: 'deal', categoryId })),
  fc
    .constantFrom(...Object.entries(STAGES).flatMap(([id, stages]) => stages.map((stageId) => ({ id, stageId }))))
    .map(({ id, stageId }) => ({ entity: 'deal', categoryId: Number(id), stageId })),
)
const permissions = fc.uniqueArray(
  fc.tuple(place, level).map(([where, is]): Said => ({ ...where, action: 'read', level: is })),
  { maxLength: 5, selector: ({ level: _level, ...where }) => JSON.stringify(where) },
)

describe('whatever roles say of pipelines and stages', () => {
  it('lists are what can be read one by one, and totals count them', async () => {
    await fc.assert(
      fc.asyncProperty(
        permissions,
        permissions,
        fc.constantFrom({}, { categoryId: second }, { stageId: 'NEW' }),
        async (a, b, filter) => {
          await says(first, a)
          await says(another, b)
          const fits = (deal: Deal): boolean =>
            ('categoryId' in filter ? deal.category === filter.categoryId : true) &&
            ('stageId' in filter ? deal.stage === filter.stageId : true)
          const expected = deals.filter((deal) => mayRead([a, b], deal))
          const page = await calls('crm.item.list', { entityTypeId: 2, select: ['id'], filter })
          if (page.status !== 200) expect(expected).toEqual([])
          else {
            expect(page.body.result.items.map(({ id }: { id: number }) => id)).toEqual(
              expected.filter(fits).map(({ id }) => id),
            )
            expect(page.body.total).toBe(expected.filter(fits).length)
            // A page that begins later counts for itself.
            const empty = await calls('crm.item.list', { entityTypeId: 2, select: ['id'], filter, start: 50 })
            expect(empty.body.total).toBe(expected.filter(fits).length)
          }
          for (const deal of deals.filter((_deal, index) => index % 5 === 0)) {
            const one = await calls('crm.deal.get', { id: deal.id })
            expect([deal, one.status === 200]).toEqual([deal, expected.includes(deal)])
          }
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)
})

describe('a deal that moves', () => {
  const deal = async (fields: object): Promise<number> =>
    (await must('crm.item.add', { entityTypeId: 2, fields: { title: 'Mover', assignedById: me.id, ...fields } })).result
      .item.id
  const [opening] = STAGES[second] ?? []

  it('needs the right to what it is and to what it becomes', async () => {
    await says(another, [])
    await says(first, [
      ...everywhere('deal', 'all', ['read']),
      { entity: 'deal', action: 'update', level: 'own', categoryId: 0 },
      { entity: 'deal', action: 'update', level: 'none', categoryId: 0, stageId: 'PREPARATION' },
    ])
    const id = await deal({ categoryId: 0, stageId: 'NEW' })
    const far = await deal({ categoryId: second })
    const before = await traces(portal)
    for (const fields of [
      { stageId: 'PREPARATION' },
      { categoryId: second },
      { categoryId: second, stageId: opening },
      { assignedById: colleague.id },
    ])
      expect(outcome(await calls('crm.item.update', { entityTypeId: 2, id, fields }))).toBe(
        '400 ACCESS_DENIED Access denied',
      )
    expect(outcome(await calls('crm.deal.update', { id, fields: { STAGE_ID: 'PREPARATION' } }))).toBe(
      '400  Access denied.',
    )
    expect(outcome(await calls('crm.item.update', { entityTypeId: 2, id: far, fields: { categoryId: 0 } }))).toBe(
      '400 ACCESS_DENIED Access denied',
    )
    expect(await traces(portal)).toEqual(before)
    expect(outcome(await calls('crm.item.update', { entityTypeId: 2, id, fields: { stageId: 'EXECUTING' } }))).toBe(
      '200',
    )
  })

  it('is shown after a move to where its mover may not read it', async () => {
    await says(first, [
      ...everywhere('deal', 'all', ['update']),
      { entity: 'deal', action: 'read', level: 'all', categoryId: 0 },
    ])
    const id = await deal({ categoryId: 0, stageId: 'NEW' })
    const moved = await calls('crm.item.update', { entityTypeId: 2, id, fields: { categoryId: second } })
    expect(moved.body.result.item).toMatchObject({ id, categoryId: second })
    expect(outcome(await calls('crm.item.get', { entityTypeId: 2, id }))).toBe('400 NOT_FOUND Item not found')
  })

  it('is not changed by who may not read it, because the answer would show it', async () => {
    await says(first, [...everywhere('deal', 'all', ['update']), ...everywhere('deal', 'own', ['read'])])
    const id = await deal({ assignedById: stranger.id })
    const before = await traces(portal)
    expect(outcome(await calls('crm.item.update', { entityTypeId: 2, id, fields: { title: 'x' } }))).toBe(
      '400 ACCESS_DENIED Access denied',
    )
    expect(await traces(portal)).toEqual(before)
  })

  it('is made in the pipelines where one may make deals', async () => {
    await says(first, [
      ...everywhere('deal', 'all', ['read']),
      { entity: 'deal', action: 'add', level: 'own', categoryId: second },
    ])
    const before = await traces(portal)
    expect(outcome(await calls('crm.deal.add', { fields: { TITLE: 'x' } }))).toBe('400  Access denied.')
    expect(
      outcome(
        await calls('crm.deal.add', { fields: { TITLE: 'x', CATEGORY_ID: second, ASSIGNED_BY_ID: stranger.id } }),
      ),
    ).toBe('400  Access denied.')
    expect(await traces(portal)).toEqual(before)
    expect(outcome(await calls('crm.deal.add', { fields: { TITLE: 'x', CATEGORY_ID: second } }))).toBe('200')
  })
})

describe('a lead', () => {
  it('has stages with rights of their own, without pipelines', async () => {
    const add = async (STATUS_ID: string): Promise<number> =>
      Number((await must('crm.lead.add', { fields: { TITLE: 'Lead', STATUS_ID, ASSIGNED_BY_ID: stranger.id } })).result)
    const [fresh, junk] = [await add('NEW'), await add('IN_PROCESS')]
    await says(another, [])
    await says(first, [
      ...everywhere('lead', 'own', ['read', 'update']),
      { entity: 'lead', action: 'read', level: 'all', stageId: 'NEW' },
    ])
    const list = await calls('crm.lead.list', { select: ['ID'] })
    expect([list.body.total, list.body.result]).toEqual([1, [{ ID: String(fresh) }]])
    expect(outcome(await calls('crm.lead.get', { id: junk }))).toBe('400  Not found')
    expect(outcome(await calls('crm.lead.update', { id: fresh, fields: { TITLE: 'x' } }))).toBe('400  Access denied.')
  })
})

describe('a new pipeline', () => {
  it.each(['deal', 'smart process'])('of a %s is readable where the entity is', async (kind) => {
    const entityTypeId =
      kind === 'deal'
        ? 2
        : (await must('crm.type.add', { fields: { title: 'Open', isCategoriesEnabled: 'Y' } })).result.type.entityTypeId
    const entity = kind === 'deal' ? 'deal' : `dynamic_${entityTypeId}`
    await says(another, [])
    await says(first, everywhere(entity, 'all', ['read']))
    const made = (await must('crm.category.add', { entityTypeId, fields: { name: 'New' } })).result.category.id
    const listed = (await calls('crm.category.list', { entityTypeId })).body.result.categories
    expect(listed.map(({ id }: { id: number }) => id)).toContain(made)
    await must('crm.category.delete', { entityTypeId, id: made })
  })

  it('is closed to all roles where its type says so, and a role can open it', async () => {
    const { entityTypeId } = (
      await must('crm.type.add', { fields: { title: 'Shut', isCategoriesEnabled: 'Y', isSetOpenPermissions: 'N' } })
    ).result.type
    const entity = `dynamic_${entityTypeId}`
    await says(another, [])
    await says(first, everywhere(entity, 'all', ['read']))
    const categoryId = (await must('crm.category.add', { entityTypeId, fields: { name: 'Shut' } })).result.category.id
    const seen = async (): Promise<number[]> =>
      (await calls('crm.category.list', { entityTypeId })).body.result.categories.map(({ id }: { id: number }) => id)
    expect(await seen()).not.toContain(categoryId)
    expect(outcome(await calls('crm.category.get', { entityTypeId, id: categoryId }))).toBe(
      '400 ACCESS_DENIED Access denied',
    )
    await must('crm.item.add', { entityTypeId, fields: { title: 'Kept', categoryId } })
    expect((await calls('crm.item.list', { entityTypeId })).body.total).toBe(0)
    await says(first, [{ entity, action: 'read', level: 'all', categoryId }])
    expect(await seen()).toEqual([categoryId])
    expect((await calls('crm.item.list', { entityTypeId })).body.total).toBe(1)
  })

  it('takes what roles say of it along when it is deleted', async () => {
    const made = (await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Short' } })).result.category.id
    await says(first, [{ entity: 'deal', action: 'read', level: 'all', categoryId: made }])
    await must('crm.category.delete', { entityTypeId: 2, id: made })
    expect((await must('portico.role.get', { id: first })).result.role.permissions).toEqual([])
  })
})
