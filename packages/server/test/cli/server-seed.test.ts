import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { contents } from '../support/places.ts'
import { placeOf, testPortal } from '../support/portal.ts'

const { inProcess, home } = commandLine()
const portal = await testPortal()

const whole = `
departments:
  sales: { NAME: Sales, PARENT: 1, UF_HEAD: '@maria' }
users:
  maria: { EMAIL: maria@example.com, NAME: Maria, UF_DEPARTMENT: [1], admin: true, password: { env: MARIA } }
roles:
  readers: { name: Readers, access: ['DR@{sales}'], permissions: [] }
currencies:
  CHF: { AMOUNT: 0.96, AMOUNT_CNT: 1 }
  EUR: { SORT: 7 }
types:
  machines: { title: Machines, isCategoriesEnabled: 'Y', isClientEnabled: 'Y' }
pipelines:
  partners: { entityTypeId: 2, name: Partner sales, sort: 300 }
  service: { entityTypeId: '@machines', name: Service }
statuses:
  fair: { ENTITY_ID: SOURCE, STATUS_ID: FAIR, NAME: Trade fair }
  review: { ENTITY_ID: 'DEAL_STAGE_@{partners}', STATUS_ID: REVIEW, NAME: Review, SORT: 25 }
fields:
  size:
    entityId: CRM_COMPANY
    fieldName: UF_CRM_SIZE
    userTypeId: enumeration
    editFormLabel: { en: Size }
    enum: [{ value: Small }, { value: Large }]
  serial: { entityId: 'CRM_@{machines.id}', fieldName: 'UF_CRM_@{machines.id}_SERIAL', userTypeId: string, editFormLabel: { en: Serial } }
apps:
  bridge: { TITLE: Bridge, HANDLER: 'https://bridge.example.com/', SCOPE: crm, SCRIPT_ONLY: 'Y' }
webhooks:
  ci: { user: '@maria', scope: [crm, user], code: { env: CI_CODE } }
  script: { scope: crm }
outbound:
  hook: { url: 'https://hooks.example.com/', events: [ONCRMLEADADD] }
records:
  deal:
    first:
      title: 'First @{acme}'
      companyId: '@acme'
      contactIds: ['@ines']
      categoryId: '@partners'
      stageId: '@review'
      currencyId: '@CHF'
      opportunity: 1200
      assignedById: '@maria'
      parentId@{machines}: '@press'
  company:
    acme: { title: '@@ACME', ufCrmSize: '@size.Large', fm: [{ typeId: PHONE, valueType: WORK, value: '+49 30 1' }] }
  contact:
    ines: { name: Ines, companyIds: ['@acme'] }
  machines:
    press: { title: Press, categoryId: '@service' }
  crm.requisite:
    acme-main: { ENTITY_TYPE_ID: 4, ENTITY_ID: '@acme', PRESET_ID: 1, NAME: Main, ACTIVE: 'Y' }
`
const env = { MARIA: 'a long password', CI_CODE: 'c1c0dec1c0de' }
const file = join(home, 'portal.yaml')
const seed = async (text: string, ...more: string[]): ReturnType<typeof inProcess> => {
  writeFileSync(file, text)
  return inProcess(['seed', 'portal.yaml', ...placeOf(portal), ...more], { env })
}

describe('a seed', () => {
  it('that is only tried changes nothing', async () => {
    const before = await contents(portal, ['sequence', 'cache_version'])
    const tried = await seed(whole, '--dry-run')
    expect(tried).toMatchObject({ code: 0, err: '19 created, 2 updated, 0 unchanged; nothing is kept.\n' })
    expect(JSON.parse(tried.out)).toHaveLength(21)
    expect(await contents(portal, ['sequence', 'cache_version'])).toEqual(before)
  })

  it('makes what it names, whatever refers to what, and adopts what is there', async () => {
    const made = await seed(whole)
    expect(made.err).toBe(
      '19 created, 2 updated, 0 unchanged.\nThese secrets are shown this once; only their hashes are stored.\n',
    )
    const rows = JSON.parse(made.out) as { name: string; id: number; secret?: string }[]
    const id = (name: string): number => rows.find((row) => row.name === name)?.id ?? 0
    const secrets = rows.filter((row) => typeof row.secret === 'string').map(({ name }) => name)
    expect(secrets.sort()).toEqual(['bridge', 'hook', 'script'])
    portal.portal.caches.drop()
    const as = `${id('maria')}/c1c0dec1c0de`
    const deal = (await portal.call('crm.deal.get', { id: id('first') }, { as })).body.result
    expect(deal).toMatchObject({
      TITLE: `First ${id('acme')}`,
      COMPANY_ID: String(id('acme')),
      CATEGORY_ID: String(id('partners')),
      STAGE_ID: `C${id('partners')}:REVIEW`,
      CURRENCY_ID: 'CHF',
      ASSIGNED_BY_ID: String(id('maria')),
    })
    const [company] = (
      await portal.call('crm.company.list', { filter: { ID: id('acme') }, select: ['*', 'UF_*', 'PHONE'] })
    ).body.result
    expect(company).toMatchObject({ TITLE: '@ACME', PHONE: [{ VALUE: '+49 30 1' }] })
    const field = (await portal.call('userfieldconfig.get', { moduleId: 'crm', id: id('size') })).body.result.field
    expect(Number(company.UF_CRM_SIZE)).toBe(
      Number(field.enum.find(({ value }: { value: string }) => value === 'Large').id),
    )
    expect((await portal.call('user.admin', {}, { as })).body.result).toBe(true)
    expect((await portal.call('crm.currency.get', { id: 'EUR' })).body.result.SORT).toBe('7')
  })

  it('changes nothing the second time, and only what it says otherwise the third', async () => {
    const before = await contents(portal, ['cache_version'])
    expect(await seed(whole)).toMatchObject({ code: 0, out: '[]\n', err: '0 created, 0 updated, 21 unchanged.\n' })
    expect(await contents(portal, ['cache_version'])).toEqual(before)
    const other = whole
      .replace('opportunity: 1200', 'opportunity: 1300')
      .replace('[{ value: Small }, { value: Large }]', '[{ value: Small }, { value: Large }, { value: Huge }]')
    const changed = await seed(other)
    expect(changed.err).toBe('0 created, 2 updated, 19 unchanged.\n')
    const rows = JSON.parse(changed.out) as { name: string; id: number }[]
    expect(rows.map(({ name }) => name)).toEqual(['size', 'first'])
    portal.portal.caches.drop()
    const field = (await portal.call('userfieldconfig.get', { moduleId: 'crm', id: rows[0]?.id })).body.result.field
    expect(field.enum.map(({ value }: { value: string }) => value)).toEqual(['Small', 'Large', 'Huge'])
  })

  it('makes again what somebody has deleted', async () => {
    const made = await seed("records: { lead: { asked: { title: 'Asked' } } }")
    const [{ id }] = JSON.parse(made.out)
    await portal.call('crm.lead.delete', { id })
    expect((await seed("records: { lead: { asked: { title: 'Asked' } } }")).err).toBe(
      '1 created, 0 updated, 0 unchanged.\n',
    )
  })

  it.each([
    [
      'a section that there is not',
      'record:\n  lead: {}',
      /portal\.yaml:1:1: there is no section "record": did you mean records\?/,
    ],
    ['what is no YAML', 'users: [', /portal\.yaml:1:9: /],
    [
      'a name that nothing has',
      "records:\n  lead:\n    one: { title: '@nobody' }",
      /portal\.yaml:3:5: one: nothing has the name "nobody"/,
    ],
    ['a circle', "departments:\n  a: { NAME: A, PARENT: '@b' }\n  b: { NAME: B, PARENT: '@a' }", /a needs b needs a/],
    [
      'what a method refuses',
      'records:\n  lead:\n    fine: { title: Fine }\n    bad: { title: Bad, stageId: NOPE }',
      /portal\.yaml:4:5: bad: crm\.item\.add: /,
    ],
    ['records that there are not', 'records:\n  leed:\n    x: {}', /portal\.yaml:3:5: there are no records "leed"/],
    [
      'a name twice',
      'users:\n  x: { EMAIL: a@example.com }\ndepartments:\n  x: { NAME: X }',
      /portal\.yaml:4:3: there is something else/,
    ],
    [
      'a secret that is not there',
      'webhooks:\n  x: { code: { env: NOTHING } }',
      /portal\.yaml:2:3: x: the environment has no NOTHING/,
    ],
  ])('with %s is refused with its place, and nothing changes', async (_name, text, message) => {
    const before = await portal.census()
    const refused = await seed(text)
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(message) })
    expect(await portal.census()).toEqual(before)
  })

  it('may be JSON, and come through a pipe', async () => {
    const input = JSON.stringify({ records: { lead: { piped: { title: 'Piped' } } } })
    const made = await inProcess(['seed', '-', ...placeOf(portal)], { input })
    expect(made).toMatchObject({ code: 0, err: '1 created, 0 updated, 0 unchanged.\n' })
  })
})
