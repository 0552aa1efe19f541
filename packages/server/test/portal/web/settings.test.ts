import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { applicationKeyOf, applicationToken } from '../../support/application.ts'
import { testPortal } from '../../support/portal.ts'
import { mustOf, refusalOf } from '../automation/administrator.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })
const must = mustOf(portal)
const refusal = refusalOf(portal)
const stranger = (await portal.person({ scope: 'crm,user' })).hook

interface Told {
  readonly id: number
  readonly kind: string
  readonly stageId: string
  readonly sort: number
  readonly delay: number
  readonly active: boolean
  readonly settings: Record<string, unknown>
}
const rules = async (entityTypeId = 1): Promise<Told[]> =>
  (await must('portico.automation.rule.list', { entityTypeId })).rules
const rule = async (more: object = {}): Promise<Told> =>
  (
    await must('portico.automation.rule.set', {
      rule: { entityTypeId: 1, stageId: 'IN_PROCESS', kind: 'field', settings: { fields: { title: 'Seen' } }, ...more },
    })
  ).rule
const lead = (fields: object = {}): Promise<number> => must('crm.lead.add', { fields: { TITLE: 'A lead', ...fields } })
const titleOf = async (id: number): Promise<string> => (await must('crm.lead.get', { id })).TITLE

beforeEach(async () => {
  portal.clock.at = START
  for (const { id } of await rules()) await must('portico.automation.rule.delete', { id })
})

describe('a rule that a page saves', () => {
  it('runs when a record enters its stage, and not before', async () => {
    await rule()
    const id = await lead()
    await portal.work()
    expect(await titleOf(id)).toBe('A lead')
    await must('crm.item.update', { entityTypeId: 1, id, fields: { stageId: 'IN_PROCESS' } })
    await portal.work()
    expect(await titleOf(id)).toBe('Seen')
  })

  it('waits for its delay, and tells in its log what it has done', async () => {
    const { id: ruleId } = await rule({ delay: 3600 })
    const id = await lead({ STATUS_ID: 'IN_PROCESS' })
    await portal.work()
    expect(await titleOf(id)).toBe('A lead')
    portal.clock.at = START + 3600
    await portal.work()
    expect(await titleOf(id)).toBe('Seen')
    const { runs } = await must('portico.automation.run.list', { ruleId })
    expect(runs).toEqual([expect.objectContaining({ ruleId, recordId: id, result: 'done', entityTypeId: 1 })])
  })

  it('keeps what a change does not name, and runs as it was changed', async () => {
    const before = await rule({ sort: 30, conditions: { '%title': 'lead' } })
    const { rule: after } = await must('portico.automation.rule.set', {
      id: before.id,
      rule: { sort: 10, settings: { fields: { title: 'Changed' } } },
    })
    expect(after).toEqual({ ...before, sort: 10, settings: { fields: { title: 'Changed' } } })
    const id = await lead({ STATUS_ID: 'IN_PROCESS' })
    await portal.work()
    expect(await titleOf(id)).toBe('Changed')
  })

  it('is switched off and on by Y and N, as forms say it', async () => {
    const { id } = await rule({ active: 'N' })
    expect((await rules())[0]).toMatchObject({ id, active: false })
    await must('portico.automation.rule.set', { id, rule: { active: true } })
    expect((await rules())[0]).toMatchObject({ id, active: true })
  })

  it('that is deleted runs no more and leaves nothing', async () => {
    const { id } = await rule()
    expect(await must('portico.automation.rule.delete', { id })).toBe(true)
    expect(await rules()).toEqual([])
    const record = await lead({ STATUS_ID: 'IN_PROCESS' })
    await portal.work()
    expect(await titleOf(record)).toBe('A lead')
    expect(await refusal('portico.automation.rule.delete', { id })).toEqual([400, 'NOT_FOUND', expect.any(String)])
  })

  it('is refused in plain words where it could never run, and nothing is kept', async () => {
    const refused = (more: object) =>
      refusal('portico.automation.rule.set', {
        rule: { entityTypeId: 1, stageId: 'NEW', kind: 'field', settings: { fields: { title: 'x' } }, ...more },
      })
    expect((await refused({ stageId: 'NOWHERE' }))[2]).toBe('There is no stage NOWHERE')
    expect((await refused({ kind: 'dance' }))[2]).toBe('There are no rules of the kind dance')
    expect((await refused({ settings: { fields: { nothing: 1 } } }))[2]).toBe('There is no field nothing')
    expect((await refused({ delay: 'soon' }))[2]).toContain("Invalid value for field 'delay'")
    expect((await refused({ colour: 'red' }))[2]).toBe("Invalid value for field 'colour': rules have no such field")
    expect(await refusal('portico.automation.rule.set', { rule: { kind: 'field' } })).toEqual([
      400,
      'REQUIRED_ARG_MISSING',
      "Field 'entityTypeId' is required",
    ])
    expect(await rules()).toEqual([])
  })

  it('is for the administrators of the CRM alone', async () => {
    const { id } = await rule()
    for (const [method, params] of [
      ['portico.automation.rule.list', { entityTypeId: 1 }],
      ['portico.automation.rule.set', { id, rule: { sort: 1 } }],
      ['portico.automation.rule.delete', { id }],
      ['portico.automation.action.list', { entityTypeId: 1 }],
      ['portico.automation.run.list', {}],
    ] as const)
      expect((await refusal(method, params, { as: stranger }))[1]).toBe('ACCESS_DENIED')
  })
})

describe('what rules can do', () => {
  it('names the kinds, the robots that are for such records with their properties, and the triggers', async () => {
    const token = await applicationToken(portal)
    const owner = await applicationKeyOf(portal)
    await must(
      'bizproc.robot.add',
      {
        CODE: 'hash',
        HANDLER: 'https://robots.example.com/hash',
        NAME: { en: 'Hash', de: 'Prüfsumme' },
        PROPERTIES: { input: { Name: 'Input', Type: 'string', Required: 'Y', Default: '{{TITLE}}' } },
        FILTER: { INCLUDE: [['crm', 'CCrmDocumentLead']] },
      },
      { token },
    )
    await must('crm.automation.trigger.add', { CODE: 'called', NAME: 'Called back' }, { token })
    const { kinds, robots, triggers } = await must('portico.automation.action.list', { entityTypeId: 1 })
    expect(kinds).toEqual(['field', 'stage', 'assign', 'activity', 'webhook', 'mail', 'wait'])
    expect(robots).toEqual([
      expect.objectContaining({
        owner,
        code: 'hash',
        name: 'Hash',
        waits: true,
        properties: [{ name: 'input', title: 'Input', type: 'string', required: true, default: '{{TITLE}}' }],
      }),
    ])
    expect(triggers).toEqual([{ owner, code: 'called', name: 'Called back' }])
    expect((await must('portico.automation.action.list', { entityTypeId: 2 })).robots).toEqual([])
  })
})

describe('the CRM mode', () => {
  it('is changed by its administrators: without leads, one that names a client becomes a deal at once', async () => {
    expect(await must('portico.settings.mode.set', { mode: 2 })).toBe(2)
    expect(await must('crm.settings.mode.get', {})).toBe(2)
    const before = await must('crm.deal.list', {})
    await lead({ NAME: 'Ada', LAST_NAME: 'Lovelace' })
    await portal.work()
    expect(await must('crm.deal.list', {})).toHaveLength(Number(before.length) + 1)
    expect(await must('portico.settings.mode.set', { mode: 1 })).toBe(1)
  })

  it('is one of two, and nobody else’s to change', async () => {
    expect(await refusal('portico.settings.mode.set', { mode: 3 })).toEqual([
      400,
      'INVALID_ARG_VALUE',
      "Parameter 'mode' must be 1 (with leads) or 2 (without leads)",
    ])
    expect((await refusal('portico.settings.mode.set', { mode: 2 }, { as: stranger }))[1]).toBe('ACCESS_DENIED')
    expect(await must('crm.settings.mode.get', {})).toBe(1)
  })
})

describe('people as their administrators see them', () => {
  it('are told with who administrates and who is invited', async () => {
    const id = Number(await must('user.add', { EMAIL: 'new@example.com', UF_DEPARTMENT: [1] }))
    const { users, mail } = await must('portico.user.list', {})
    expect(mail).toBe(false)
    expect(users.find((each: Told) => each.id === 1)).toMatchObject({ admin: true, active: true, invited: null })
    expect(users.find((each: Told) => each.id === id)).toMatchObject({
      admin: false,
      active: true,
      invited: expect.stringContaining('2027-01-15'),
    })
    expect((await refusal('portico.user.list', {}, { as: stranger }))[1]).toBe('ACCESS_DENIED')
  })

  it('get a link that works once, and ends the one before it; no other row holds its token', async () => {
    const id = Number(await must('user.add', { EMAIL: 'link@example.com', UF_DEPARTMENT: [1] }))
    const first = (await must('portico.user.invite', { id })).link
    const { link, expires } = await must('portico.user.invite', { id })
    expect(expires).toContain('2027-01-22')
    const open = async (url: string): Promise<number> =>
      (await portal.send({ method: 'GET', url: new URL(url).pathname })).status
    expect([await open(first), await open(link)]).toEqual([404, 200])
    const token = String(link).split('/').at(-1) ?? ''
    const session = portal.portal.store.session()
    const rows = [
      ...(await session.find(sql`select * from user_invitation`)),
      ...(await session.find(sql`select * from audit_log`)),
      ...(await session.find(sql`select * from job`)),
    ]
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('who have come already, or were dismissed, get none', async () => {
    expect((await refusal('portico.user.invite', { id: 1 }))[1]).toBe('NOT_FOUND')
    const id = Number(await must('user.add', { EMAIL: 'gone@example.com', UF_DEPARTMENT: [1] }))
    await must('user.update', { ID: id, ACTIVE: 'N' })
    expect((await refusal('portico.user.invite', { id }))[1]).toBe('NOT_FOUND')
    expect((await refusal('portico.user.invite', { id }, { as: stranger }))[1]).toBe('ACCESS_DENIED')
  })
})
