import { describe, expect, it } from 'vitest'
import { applySeed } from '../../src/cli/server/seed/apply.ts'
import { readSeed, SeedError, seedFrom } from '../../src/cli/server/seed/document.ts'
import { seeded } from '../support/dumping.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()

/** What is wrong with a seed, and at which line. */
async function refusalOf(body: () => unknown): Promise<{ message: string; line: number | undefined }> {
  try {
    await body()
  } catch (cause) {
    if (cause instanceof SeedError) return { message: cause.message, line: cause.at?.line }
    throw cause
  }
  throw new Error('nothing was refused')
}

describe('what waits until everything is there', () => {
  it('may refer to what refers to it', async () => {
    const text = `
departments:
  sales: { NAME: Sales, PARENT: 1, later: { UF_HEAD: '@maria' } }
users:
  maria: { EMAIL: maria@example.com, NAME: Maria, UF_DEPARTMENT: ['@sales'] }`
    const made = await seeded(portal, text)
    const id = (name: string): unknown => made.find((each) => each.name === name)?.id
    const [sales] = (await portal.call('department.get', { ID: id('sales') })).body.result
    expect(sales.UF_HEAD).toBe(String(id('maria')))
    expect((await seeded(portal, text)).map(({ done }) => done)).toEqual(['unchanged', 'unchanged'])
    const changed = await seeded(portal, text.replace("UF_HEAD: '@maria'", 'UF_HEAD: 1'))
    expect(changed.map(({ name, done }) => [name, done])).toEqual([
      ['sales', 'updated'],
      ['maria', 'unchanged'],
    ])
  })

  it('is what a circle is told to use', async () => {
    const circle = "departments:\n  a: { NAME: A, PARENT: '@b' }\n  b: { NAME: B, PARENT: '@a' }"
    expect((await refusalOf(() => seeded(portal, circle))).message).toMatch(/what can wait belongs below "later"/)
  })

  it('is refused with its place, and nothing changes', async () => {
    const before = await portal.census()
    const text = "records:\n  lead:\n    one: { title: One, later: { companyId: '@nobody' } }"
    expect(await refusalOf(() => seeded(portal, text))).toEqual({
      message: 'one: nothing has the name "nobody" (a text that begins with @ is written with two)',
      line: 3,
    })
    expect(await portal.census()).toEqual(before)
  })
})

describe('what is absent', () => {
  it('is taken away, once', async () => {
    const text = `
currencies: { GBP: { absent: true } }
statuses: { web: { ENTITY_ID: SOURCE, STATUS_ID: WEB, absent: true } }
roles: { everyone: { name: Everyone, absent: true } }`
    const own = await testPortal()
    expect((await seeded(own, text)).map(({ name, done }) => [name, done])).toEqual([
      ['GBP', 'removed'],
      ['web', 'removed'],
      ['everyone', 'removed'],
    ])
    expect((await own.call('crm.currency.get', { id: 'GBP' })).body.error_description).toBe('Not found')
    expect((await own.call('portico.role.list')).body.result.roles).toEqual([])
    expect((await seeded(own, text)).map(({ done }) => done)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  it('is refused of what nobody takes away', async () => {
    const text = 'users:\n  x: { EMAIL: nobody@example.com, absent: true }'
    expect(await refusalOf(() => seeded(portal, text))).toEqual({
      message: 'x: a seed takes away roles, currencies and statuses only',
      line: 2,
    })
  })
})

describe('what is repeated', () => {
  it('is made so many times, each with its number', async () => {
    const text = `
records:
  company:
    firm: { title: 'Firm {n}', repeat: 3 }
  deal:
    sale: { title: 'Sale {n}', companyId: '@firm-{n}', opportunity: '{n}00', isManualOpportunity: Y, repeat: 3 }`
    const made = await seeded(portal, text)
    expect(made.map(({ name }) => name)).toEqual(['firm-1', 'firm-2', 'firm-3', 'sale-1', 'sale-2', 'sale-3'])
    const id = (name: string): unknown => made.find((each) => each.name === name)?.id
    const deal = (await portal.call('crm.deal.get', { id: id('sale-3') })).body.result
    expect(deal).toMatchObject({ TITLE: 'Sale 3', COMPANY_ID: String(id('firm-3')), OPPORTUNITY: '300.00' })
    expect((await seeded(portal, text)).every(({ done }) => done === 'unchanged')).toBe(true)
  })

  it.each([
    ['0', /^x: repeat must be a whole number from 1 to 100000$/],
    ['100001', /repeat must be a whole number/],
    ["'5'", /repeat must be a whole number/],
    ['60000 }\n    y: { repeat: 60000', /^y: more than 100000 records come of repetition$/],
  ])('%s times is refused', async (count, message) => {
    const { message: told } = await refusalOf(() => readSeed(`records:\n  lead:\n    x: { repeat: ${count} }`))
    expect(told).toMatch(message)
  })

  it('is a record', async () => {
    expect((await refusalOf(() => readSeed('users:\n  x: { repeat: 2 }'))).message).toBe(
      'x: only records can be repeated',
    )
  })
})

describe('settings of the portal', () => {
  it('are set, and left alone while the seed says the same', async () => {
    const own = await testPortal()
    const text = 'portal: { crmMode: simple, baseCurrency: EUR }'
    await seeded(own, text)
    expect((await own.call('crm.settings.mode.get')).body.result).toBe(2)
    expect((await own.call('crm.currency.base.get')).body.result).toBe('EUR')
    await own.call('crm.currency.base.set', { id: 'USD' })
    expect((await seeded(own, text)).map(({ done }) => done)).toEqual(['unchanged', 'unchanged'])
    expect((await own.call('crm.currency.base.get')).body.result).toBe('USD')
  })

  it.each([
    ['crmMod: simple', 'there is no setting of the portal "crmMod": did you mean crmMode?'],
    ['crmMode: both', 'crmMode must be classic or simple'],
    ['baseCurrency: XXX', 'baseCurrency: there is no currency "XXX"'],
  ])('%s is refused', async (setting, message) => {
    expect(await refusalOf(() => seeded(portal, `portal:\n  ${setting}`))).toEqual({ message, line: 2 })
  })
})

describe('pipelines', () => {
  it('that are the default are described; their stages are known by their codes', async () => {
    const own = await testPortal()
    const made = await seeded(
      own,
      `
types: { machines: { title: Machines, isStagesEnabled: Y, isCategoriesEnabled: Y } }
pipelines:
  deals: { entityTypeId: 2, isDefault: Y, name: Direct }
  service: { entityTypeId: '@machines', isDefault: Y, name: Service }
records:
  machines:
    press: { title: Press, stageId: '@service.CLIENT' }
    lathe: { title: Lathe, stageId: '@machines.SUCCESS' }
  deal: { one: { title: One, stageId: '@deals.WON' } }`,
    )
    const machines = (await own.call('crm.type.list')).body.result.types[0]
    const { categories } = (await own.call('crm.category.list', { entityTypeId: machines.entityTypeId })).body.result
    expect(categories.map(({ name }: { name: string }) => name)).toEqual(['Service'])
    const items = (await own.call('crm.item.list', { entityTypeId: machines.entityTypeId, order: { id: 'ASC' } })).body
      .result.items
    const prefix = `DT${machines.entityTypeId}_${categories[0].id}`
    expect(items.map(({ stageId }: { stageId: string }) => stageId)).toEqual([`${prefix}:CLIENT`, `${prefix}:SUCCESS`])
    const deal = made.find(({ name }) => name === 'one')?.id
    expect((await own.call('crm.deal.get', { id: deal })).body.result.STAGE_ID).toBe('WON')
    expect((await own.call('crm.category.get', { entityTypeId: 2, id: 0 })).body.result.category.name).toBe('Direct')
  })
})

describe('sections for tests', () => {
  const text = `
webhooks: { ci: { scope: crm } }
faults:
  - { method: crm.lead.add, credential: '@ci', error: QUERY_LIMIT_EXCEEDED }
clock: { at: '2026-01-01T00:00:00Z' }`

  it('are refused where the portal was not started for them, before anything changes', async () => {
    const before = await portal.census()
    expect(await refusalOf(() => seeded(portal, text))).toEqual({
      message: 'faults are for a portal that was started for tests: --testing',
      line: 3,
    })
    expect((await refusalOf(() => seeded(portal, 'clock: now'))).message).toBe(
      'a clock is for a portal that was started for tests: --testing',
    )
    expect(await portal.census()).toEqual(before)
  })

  it('are handed over, with names resolved, when everything is there', async () => {
    const told: unknown[] = []
    const testing = (section: string, value: unknown, at: unknown): Promise<void> => {
      told.push([section, value, at])
      return Promise.resolve()
    }
    const [webhook] = await applySeed(portal, readSeed(text), { testing })
    expect(told).toEqual([
      [
        'faults',
        [{ method: 'crm.lead.add', credential: webhook?.id, error: 'QUERY_LIMIT_EXCEEDED' }],
        { line: 3, column: 1 },
      ],
      ['clock', { at: '2026-01-01T00:00:00Z' }, { line: 5, column: 1 }],
    ])
    await applySeed(portal, readSeed(text), { testing, dryRun: true })
    expect(told).toHaveLength(2)
  })

  it('undo everything when they are refused', async () => {
    const before = await portal.census()
    const testing = (): Promise<void> => Promise.reject(new SeedError('no such fault'))
    await expect(applySeed(portal, readSeed(`records: { lead: { l: {} } }${text}`), { testing })).rejects.toThrow(
      'no such fault',
    )
    expect(await portal.census()).toEqual(before)
  })
})

describe('a seed that is a value', () => {
  it('says the same as its text', async () => {
    const value = { records: { lead: { valued: { title: 'Valued', opportunity: 5 } } } }
    const [made] = await applySeed(portal, seedFrom(value))
    expect(made).toMatchObject({ name: 'valued', kind: 'records lead', done: 'created' })
    const [again] = await seeded(portal, JSON.stringify(value))
    expect(again?.done).toBe('unchanged')
  })

  it('is refused without a place', async () => {
    expect(await refusalOf(() => seedFrom({ recods: {} }))).toEqual({
      message: 'there is no section "recods": did you mean records?',
      line: undefined,
    })
    expect((await refusalOf(() => seedFrom([]))).message).toBe('a seed must be a map of names')
    const bad = { records: { lead: { bad: { title: 'Bad', stageId: 'NOPE' } } } }
    const refused = await refusalOf(() => applySeed(portal, seedFrom(bad)))
    expect(refused).toMatchObject({ message: expect.stringMatching(/^bad: crm\.item\.add: /), line: undefined })
  })
})
