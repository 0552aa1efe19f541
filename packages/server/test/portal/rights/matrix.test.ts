import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn, traces } from './tools.ts'

const portal = await testPortal()
const { must, department, nobodyMayAnything, role, says } = rightsIn(portal)

const sales = await department('Sales')
const field = await department('Field sales', sales)
const other = await department('Production')
await nobodyMayAnything()

/** One person in each place that a level can tell apart. */
const me = await portal.person({ department: [sales] })
const colleague = await portal.person({ department: [sales] })
const below = await portal.person({ department: [field] })
const stranger = await portal.person({ department: [other] })

/** Whose records there are: `open` and `closed` are the stranger's. */
const OWNERS = { mine: me, colleague, below, closed: stranger, open: stranger } as const
type Whose = keyof typeof OWNERS
const WHOSE = Object.keys(OWNERS) as Whose[]

/** What each level holds, said once more. */
const HOLDS: Readonly<Record<string, readonly Whose[]>> = {
  none: [],
  own: ['mine'],
  department: ['mine', 'colleague'],
  departments: ['mine', 'colleague', 'below'],
  opened: ['mine', 'colleague', 'below', 'open'],
  all: WHOSE,
}

const { type } = (
  await must('crm.type.add', { fields: { title: 'Case', isStagesEnabled: 'Y', isLinkWithProductsEnabled: 'Y' } })
).result

interface Subject {
  readonly entity: string
  readonly entityTypeId: number
  /** Of its UPPER_CASE methods, where it has some. */
  readonly legacy?: string
  readonly rows?: true
}
const SUBJECTS: readonly Subject[] = [
  { entity: 'lead', entityTypeId: 1, legacy: 'crm.lead', rows: true },
  { entity: 'deal', entityTypeId: 2, legacy: 'crm.deal', rows: true },
  { entity: 'contact', entityTypeId: 3, legacy: 'crm.contact' },
  { entity: 'company', entityTypeId: 4, legacy: 'crm.company' },
  { entity: 'quote', entityTypeId: 7, legacy: 'crm.quote', rows: true },
  { entity: 'smart_invoice', entityTypeId: 31 },
  { entity: `dynamic_${type.entityTypeId}`, entityTypeId: type.entityTypeId },
]

const roleId = await role([`U${me.id}`], [])

const fieldsFor = (subject: Subject, whose: Whose): object => ({
  [subject.entity === 'contact' ? 'name' : 'title']: `${subject.entity} ${whose}`,
  assignedById: OWNERS[whose].id,
  opened: whose === 'open' ? 'Y' : 'N',
})

const add = async (subject: Subject, whose: Whose): Promise<number> =>
  (await must('crm.item.add', { entityTypeId: subject.entityTypeId, fields: fieldsFor(subject, whose) })).result.item.id

/** Error of UPPER_CASE methods and of crm.item.* alike. */
const DENIED = /^400 (ACCESS_DENIED|) (Access denied\.?|You do not have permission to view this item)$/
const HIDDEN = /^400 (NOT_FOUND|) (Item not found|Not found\.?)$/

describe.each(SUBJECTS)('$entity', (subject) => {
  const { entity, entityTypeId, legacy } = subject
  const records = {} as Record<Whose, number>
  const whoseIs = (id: unknown): Whose | undefined => WHOSE.find((each) => records[each] === Number(id))
  const calls = (method: string, params: object) => portal.call(method, params, { as: me.hook })

  beforeAll(async () => {
    for (const whose of WHOSE) {
      const id = (records[whose] = await add(subject, whose))
      await must('crm.timeline.comment.add', {
        fields: {
          ENTITY_ID: id,
          ENTITY_TYPE: entityTypeId > 100 ? `dynamic_${entityTypeId}` : nameOf(entityTypeId),
          COMMENT: 'Hello',
        },
      })
      await must('crm.activity.todo.add', { ownerTypeId: entityTypeId, ownerId: id, deadline: '2030-01-01T10:00:00' })
      if (subject.rows === true)
        await must(`${legacy}.productrows.set`, { id, rows: [{ PRODUCT_NAME: 'Tea', PRICE: 1, QUANTITY: 1 }] })
    }
  })

  describe.each(Object.keys(HOLDS))('read by level %s', (level) => {
    const held = HOLDS[level] ?? []
    beforeAll(() => says(roleId, everywhere(entity, level, ['read'])))

    it('shows in lists what it holds, and counts nothing else', async () => {
      const page = await calls('crm.item.list', { entityTypeId, select: ['id'] })
      if (level === 'none') expect(outcome(page)).toMatch(DENIED)
      else {
        expect(page.body.result.items.map((row: { id: number }) => whoseIs(row.id)).sort()).toEqual([...held].sort())
        expect(page.body.total).toBe(held.length)
      }
      if (legacy === undefined) return
      const old = await calls(`${legacy}.list`, { select: ['ID'], filter: { '>ID': 0 } })
      if (level === 'none') expect(outcome(old)).toMatch(DENIED)
      else {
        expect(old.body.result.map((row: { ID: string }) => whoseIs(row.ID)).sort()).toEqual([...held].sort())
        expect(old.body.total).toBe(held.length)
      }
    })

    it('shows one record, and what hangs on it, where it holds it', async () => {
      const seen: Record<string, Whose[]> = {}
      const note = (what: string, whose: Whose, isSeen: boolean): void => {
        seen[what] ??= []
        if (isSeen) seen[what].push(whose)
      }
      for (const whose of WHOSE) {
        const id = records[whose]
        const item = await calls('crm.item.get', { entityTypeId, id })
        if (item.status !== 200) expect(outcome(item)).toMatch(level === 'none' ? DENIED : HIDDEN)
        note('item', whose, item.status === 200)
        if (legacy !== undefined) {
          const old = await calls(`${legacy}.get`, { id })
          if (old.status !== 200) expect(outcome(old)).toMatch(level === 'none' ? DENIED : HIDDEN)
          note('row', whose, old.status === 200)
        }
        const activities = await calls('crm.activity.list', { filter: { OWNER_TYPE_ID: entityTypeId, OWNER_ID: id } })
        note('activities', whose, activities.body.total === 1)
        const comments = await calls('crm.timeline.comment.list', {
          filter: { ENTITY_ID: id, ENTITY_TYPE: entityTypeId > 100 ? `dynamic_${entityTypeId}` : nameOf(entityTypeId) },
        })
        note('comments', whose, comments.status === 200 && comments.body.total === 1)
        if (subject.rows === true) {
          const rows = await calls(`${legacy}.productrows.get`, { id })
          note('product rows', whose, rows.status === 200 && rows.body.result.length === 1)
          const types: Readonly<Record<number, string>> = { 1: 'L', 2: 'D', 7: 'Q' }
          const items = await calls('crm.item.productrow.list', {
            filter: { '=ownerType': types[entityTypeId], '=ownerId': id },
          })
          note('product rows of items', whose, items.status === 200 && items.body.total === 1)
        }
        const batch = await calls('batch', { cmd: { one: `crm.item.get?entityTypeId=${entityTypeId}&id=${id}` } })
        note('batch', whose, batch.body.result.result.one !== undefined)
      }
      for (const [what, whose] of Object.entries(seen)) expect([what, ...whose]).toEqual([what, ...held])
    })

    it('tells stages’ history of nothing else', async () => {
      if (entity === 'contact' || entity === 'company' || entity === 'quote') return
      const answer = await calls('crm.stagehistory.list', { entityTypeId })
      if (level === 'none') expect(outcome(answer)).toMatch(DENIED)
      else {
        const owners = new Set(answer.body.result.items.map((row: { OWNER_ID: number }) => whoseIs(row.OWNER_ID)))
        expect([...owners].sort()).toEqual([...held].sort())
        expect(answer.body.total).toBe(held.length)
      }
    })
  })

  describe.each(Object.keys(HOLDS))('written by level %s', (level) => {
    const held = HOLDS[level] ?? []
    const reading = everywhere(entity, 'all', ['read'])

    it('makes what it holds', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['add'])])
      for (const whose of WHOSE) {
        const before = await traces(portal)
        const answer = await calls('crm.item.add', { entityTypeId, fields: fieldsFor(subject, whose) })
        if (held.includes(whose)) {
          expect([whose, outcome(answer)]).toEqual([whose, '200'])
          await must('crm.item.delete', { entityTypeId, id: answer.body.result.item.id })
        } else {
          expect(outcome(answer)).toMatch(DENIED)
          expect(await traces(portal)).toEqual(before)
        }
      }
    })

    it('changes what it holds, and leaves no trace on anything else', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['update'])])
      for (const whose of WHOSE) {
        const id = records[whose]
        const row = await must('crm.item.get', { entityTypeId, id })
        const before = await traces(portal)
        const answers = [
          await calls('crm.item.update', { entityTypeId, id, fields: { [nameField(entity)]: `x${level}` } }),
          ...(legacy === undefined ? [] : [await calls(`${legacy}.update`, { id, fields: { COMMENTS: `x${level}` } })]),
          await calls('batch', {
            cmd: { a: `crm.item.update?entityTypeId=${entityTypeId}&id=${id}&fields[${nameField(entity)}]=y${level}` },
          }),
        ]
        if (held.includes(whose)) {
          for (const answer of answers) expect([whose, outcome(answer)]).toEqual([whose, '200'])
          expect(answers.at(-1)?.body.result.result_error).toEqual([])
        } else {
          for (const answer of answers.slice(0, -1)) expect(outcome(answer)).toMatch(DENIED)
          expect(answers.at(-1)?.body.result.result_error.a.error).toBe('ACCESS_DENIED')
          expect(await traces(portal)).toEqual(before)
          expect((await must('crm.item.get', { entityTypeId, id })).result).toEqual(row.result)
        }
      }
    })

    it('gives a record to nobody whose records it does not hold', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['update'])])
      if (level === 'none' || level === 'all' || level === 'opened') return
      const id = records.mine
      const before = await traces(portal)
      const answer = await calls('crm.item.update', { entityTypeId, id, fields: { assignedById: stranger.id } })
      expect(outcome(answer)).toMatch(DENIED)
      expect(await traces(portal)).toEqual(before)
    })

    it('changes what hangs on records that it holds', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['update'])])
      for (const whose of WHOSE) {
        const id = records[whose]
        const before = await traces(portal)
        const todo = await calls('crm.activity.todo.add', {
          ownerTypeId: entityTypeId,
          ownerId: id,
          deadline: '2030-01-01T10:00:00',
        })
        const rows =
          subject.rows === true
            ? await calls(`${legacy}.productrows.set`, { id, rows: [{ PRODUCT_NAME: 'Tea', PRICE: 1, QUANTITY: 1 }] })
            : undefined
        const statuses = [todo, rows].flatMap((each) => (each === undefined ? [] : [each.status]))
        if (held.includes(whose)) {
          expect(statuses.every((status) => status === 200)).toBe(true)
          await must('crm.activity.delete', { id: todo.body.result.id })
        } else {
          expect(statuses.every((status) => status === 400 || status === 403)).toBe(true)
          expect(await traces(portal)).toEqual(before)
        }
      }
    })

    it('removes what it holds', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['delete'])])
      for (const whose of WHOSE) {
        const id = await add(subject, whose)
        const before = await traces(portal)
        const answer =
          legacy === undefined
            ? await calls('crm.item.delete', { entityTypeId, id })
            : await calls(`${legacy}.delete`, { id })
        if (held.includes(whose)) expect([whose, outcome(answer)]).toEqual([whose, '200'])
        else {
          expect(outcome(answer)).toMatch(DENIED)
          expect(await traces(portal)).toEqual(before)
          await must('crm.item.delete', { entityTypeId, id })
        }
      }
    })

    it('brings over what it holds', async () => {
      await says(roleId, [...reading, ...everywhere(entity, level, ['import'])])
      for (const whose of WHOSE) {
        const before = await traces(portal)
        const answer = await calls('crm.item.import', { entityTypeId, fields: fieldsFor(subject, whose) })
        if (held.includes(whose)) {
          expect([whose, outcome(answer)]).toEqual([whose, '200'])
          await must('crm.item.delete', { entityTypeId, id: answer.body.result.item.id })
        } else {
          expect(outcome(answer)).toMatch(DENIED)
          expect(await traces(portal)).toEqual(before)
        }
      }
    })
  })
})

function nameOf(entityTypeId: number): string {
  const names: Readonly<Record<number, string>> = {
    1: 'lead',
    2: 'deal',
    3: 'contact',
    4: 'company',
    7: 'quote',
    31: 'smart_invoice',
  }
  return names[entityTypeId] ?? ''
}

function nameField(entity: string): string {
  return entity === 'contact' ? 'name' : 'title'
}
