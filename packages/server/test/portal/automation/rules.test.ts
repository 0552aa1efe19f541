import { beforeEach, describe, expect, it } from 'vitest'
import { JobRunner } from '../../../src/events/job-runner.ts'
import { deleteRule, listRules, updateRule } from '../../../src/modules/crm/automation/rules.ts'
import { jobs } from '../../../src/modules/crm/automation/steps.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, asPerson, mustOf, type Result, ruleOf, runsOf } from './administrator.ts'

const START = 1_800_000_000
const portal = await testPortal({ at: START })

const must = mustOf(portal)
const lead = (fields: object = {}): Promise<number> => must('crm.lead.add', { fields: { TITLE: 'A lead', ...fields } })
const shown = (id: number): Promise<Result> => must('crm.lead.get', { id })
const titled = (title: string, more: object = {}) => ({
  entityTypeId: 1,
  stageId: 'NEW',
  kind: 'field',
  settings: { fields: { title } },
  ...more,
})

beforeEach(async () => {
  portal.clock.at = START
  await asAdministrator(portal, async (context) => {
    for (const { id } of await listRules(context)) await deleteRule(context, id)
    await context.session.transaction((tx) => tx.change(sql`delete from job`))
  })
})

describe('rules of a stage', () => {
  it('run after a record is made in it, in their order, each with what the one before has done', async () => {
    const second = await ruleOf(portal, titled('{{TITLE}} of {=Document:SOURCE_DESCRIPTION}', { sort: 20 }))
    const first = await ruleOf(portal, titled('{{title}} {{ID}}', { sort: 10 }))
    const id = await lead({ SOURCE_DESCRIPTION: 'spring' })
    expect((await shown(id)).TITLE).toBe('A lead')
    expect(await portal.work()).toBe(2)
    expect((await shown(id)).TITLE).toBe(`A lead ${id} of spring`)
    expect(await runsOf(portal, 1, id)).toEqual([
      [first, 'done', ''],
      [second, 'done', ''],
    ])
    expect(await portal.work()).toBe(0)
  })

  it('run when a record moves into it, and not when it only changes there', async () => {
    await ruleOf(portal, titled('Moved', { stageId: 'IN_PROCESS' }))
    const id = await lead()
    expect(await portal.work()).toBe(0)
    await must('crm.lead.update', { id, fields: { STATUS_ID: 'IN_PROCESS' } })
    expect(await portal.work()).toBe(1)
    await must('crm.lead.update', { id, fields: { TITLE: 'Mine', STATUS_ID: 'IN_PROCESS' } })
    expect(await portal.work()).toBe(0)
    expect((await shown(id)).TITLE).toBe('Mine')
  })

  it('of a pipeline are not those of another', async () => {
    const { category } = await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Second' } })
    const stageId = `C${category.id}:NEW`
    const rule = { entityTypeId: 2, kind: 'field', settings: { fields: { comments: 'seen' } } }
    await ruleOf(portal, { ...rule, categoryId: category.id, stageId })
    const there = await must('crm.deal.add', { fields: { TITLE: 'There', CATEGORY_ID: category.id } })
    const here = await must('crm.deal.add', { fields: { TITLE: 'Here' } })
    await portal.work()
    expect((await must('crm.deal.get', { id: there })).COMMENTS).toBe('seen')
    expect((await must('crm.deal.get', { id: here })).COMMENTS ?? '').toBe('')
  })

  it('are passed over where the conditions are not met', async () => {
    const rule = await ruleOf(portal, titled('Big', { conditions: { '>=opportunity': 1000, '%title': 'lead' } }))
    const [small, big] = [await lead({ OPPORTUNITY: 999 }), await lead({ OPPORTUNITY: 1000 })]
    await portal.work()
    expect([(await shown(small)).TITLE, (await shown(big)).TITLE]).toEqual(['A lead', 'Big'])
    expect(await runsOf(portal, 1, small)).toEqual([[rule, 'skipped', 'the conditions are not met']])
  })

  it('that are switched off or deleted do not run, even in chains that have begun', async () => {
    const off = await ruleOf(portal, titled('Off', { sort: 1, delay: 10 }))
    const gone = await ruleOf(portal, titled('Gone', { sort: 2 }))
    const last = await ruleOf(portal, titled('Last', { sort: 3 }))
    const id = await lead()
    await asAdministrator(portal, (context) => updateRule(context, off, { active: false }))
    await asAdministrator(portal, (context) => deleteRule(context, gone))
    portal.clock.at = START + 10
    await portal.work()
    expect([(await shown(id)).TITLE, await runsOf(portal, 1, id)]).toEqual(['Last', [[last, 'done', '']]])
  })

  it('that fail say why and do not keep the others from running', async () => {
    const broken = await ruleOf(portal, titled('{{TITLE}}', { settings: { fields: { companyId: '{{OPPORTUNITY}}' } } }))
    const fine = await ruleOf(portal, titled('Fine', { sort: 600 }))
    const id = await lead({ OPPORTUNITY: 777 })
    await portal.work()
    expect((await shown(id)).TITLE).toBe('Fine')
    expect(await runsOf(portal, 1, id)).toEqual([
      [broken, 'failed', 'Invalid value for field "companyId": it does not exist'],
      [fine, 'done', ''],
    ])
  })

  it('go with their record', async () => {
    await ruleOf(portal, titled('Later', { delay: 60 }))
    const id = await lead()
    await must('crm.lead.delete', { id })
    portal.clock.at = START + 60
    expect(await portal.work()).toBe(0)
    expect(await runsOf(portal, 1, id)).toEqual([])
  })

  it('go with their smart process', async () => {
    const { type } = await must('crm.type.add', { fields: { title: 'Contract', isStagesEnabled: 'Y' } })
    const { entityTypeId } = type
    const { item } = await must('crm.item.add', { entityTypeId, fields: { title: 'One' } })
    await ruleOf(portal, { entityTypeId, stageId: item.stageId, kind: 'wait', settings: { seconds: 5 } })
    await must('crm.item.delete', { entityTypeId, id: item.id })
    await must('crm.type.delete', { id: type.id })
    expect(await asAdministrator(portal, (context) => listRules(context))).toEqual([])
  })
})

describe('waiting', () => {
  it('lasts as long as the rule says, and then the next runs', async () => {
    const wait = await ruleOf(portal, titled('', { sort: 1, kind: 'wait', settings: { seconds: 100 } }))
    const late = await ruleOf(portal, titled('Late', { sort: 2, delay: 20 }))
    const id = await lead()
    expect(await portal.work()).toBe(1)
    portal.clock.at = START + 119
    expect(await portal.work()).toBe(0)
    portal.clock.at = START + 120
    expect(await portal.work()).toBe(1)
    expect((await shown(id)).TITLE).toBe('Late')
    expect(await runsOf(portal, 1, id)).toEqual([
      [wait, 'done', ''],
      [late, 'done', ''],
    ])
  })

  it('goes on at the time of a field, before or after it, and at once where the field is empty', async () => {
    const settings = { field: 'begindate', offset: -3600 }
    const rule = { entityTypeId: 2, stageId: 'NEW' }
    const wait = await ruleOf(portal, { ...rule, sort: 1, kind: 'wait', settings: { ...settings, field: 'closedate' } })
    await ruleOf(portal, { ...rule, sort: 2, kind: 'field', settings: { fields: { comments: 'now' } } })
    const id = await must('crm.deal.add', { fields: { TITLE: 'Dated', CLOSEDATE: '2027-02-01' } })
    await portal.work()
    const midnight = Date.parse('2027-02-01T00:00:00+01:00') / 1000
    portal.clock.at = midnight - 3601
    expect(await portal.work()).toBe(0)
    portal.clock.at = midnight - 3600
    expect(await portal.work()).toBe(1)
    expect((await must('crm.deal.get', { id })).COMMENTS).toBe('now')
    expect((await runsOf(portal, 2, id))[0]).toEqual([wait, 'done', ''])
    const timed = { entityTypeId: 1, stageId: 'NEW', kind: 'wait', settings: { field: 'BIRTHDATE' } }
    const empty = await ruleOf(portal, timed)
    const dateless = await lead()
    await portal.work()
    expect(await runsOf(portal, 1, dateless)).toEqual([[empty, 'done', 'the field BIRTHDATE is empty']])
  })

  it('ends when the record has left the stage meanwhile', async () => {
    const rule = await ruleOf(portal, titled('Too late', { delay: 60 }))
    const after = await ruleOf(portal, titled('Never', { sort: 900 }))
    const id = await lead()
    await must('crm.lead.update', { id, fields: { STATUS_ID: 'PROCESSED' } })
    portal.clock.at = START + 60
    expect(await portal.work()).toBe(1)
    expect((await shown(id)).TITLE).toBe('A lead')
    expect(await runsOf(portal, 1, id)).toEqual([[rule, 'skipped', 'the record has left the stage']])
    expect(after).toBeGreaterThan(rule)
  })
})

describe('moving', () => {
  it('starts the rules of the next stage', async () => {
    await ruleOf(portal, titled('', { kind: 'stage', settings: { stageId: 'IN_PROCESS' } }))
    await ruleOf(portal, titled('Arrived', { stageId: 'IN_PROCESS' }))
    const id = await lead()
    await portal.work()
    expect([(await shown(id)).STATUS_ID, (await shown(id)).TITLE]).toEqual(['IN_PROCESS', 'Arrived'])
    const { items } = await must('crm.stagehistory.list', { entityTypeId: 1, filter: { OWNER_ID: id } })
    expect(items.map((row: Result) => row.STATUS_ID)).toEqual(['NEW', 'IN_PROCESS'])
  })

  it('goes to another pipeline with its number', async () => {
    const { category } = await must('crm.category.add', { entityTypeId: 2, fields: { name: 'Third' } })
    const settings = { categoryId: category.id, stageId: `C${category.id}:WON` }
    await ruleOf(portal, { entityTypeId: 2, stageId: 'FINAL_INVOICE', kind: 'stage', settings })
    const id = await must('crm.deal.add', { fields: { TITLE: 'Goes', STAGE_ID: 'FINAL_INVOICE' } })
    await portal.work()
    const { CATEGORY_ID, STAGE_ID, CLOSED } = await must('crm.deal.get', { id })
    expect([CATEGORY_ID, STAGE_ID, CLOSED]).toEqual([String(category.id), `C${category.id}:WON`, 'Y'])
  })

  it('in circles comes to an end', async () => {
    await ruleOf(portal, titled('', { kind: 'stage', settings: { stageId: 'IN_PROCESS' } }))
    await ruleOf(portal, titled('', { stageId: 'IN_PROCESS', kind: 'stage', settings: { stageId: 'NEW' } }))
    const id = await lead()
    expect(await portal.work()).toBe(10)
    const runs = await runsOf(portal, 1, id)
    expect(runs.filter(([, result]) => result === 'done')).toHaveLength(10)
    expect(runs.filter(([, result]) => result === 'failed').map(([, , error]) => error)).toEqual([
      'rules have started each other 10 times',
    ])
  })
})

describe('taking turns', () => {
  it('is fair, also when two servers work at once, and passes over those who have left', async () => {
    const people = [await portal.person(), await portal.person(), await portal.person()]
    const left = await portal.person({ active: false })
    const users = [...people.map(({ id }) => id), left.id]
    await ruleOf(portal, titled('', { kind: 'assign', settings: { users } }))
    const ids: number[] = []
    for (let n = 0; n < 24; n++) ids.push(await lead())
    const log = { error: () => {}, warn: () => {}, info: () => {} }
    const other = new JobRunner({ ...portal, log, handlers: new Map(Object.entries(jobs)) })
    await Promise.all([portal.work(), other.run()])
    const assigned = new Map<string, number>()
    for (const id of ids) {
      const { ASSIGNED_BY_ID } = await shown(id)
      assigned.set(ASSIGNED_BY_ID, (assigned.get(ASSIGNED_BY_ID) ?? 0) + 1)
    }
    // Whoever follows the one who has left gets the turn too.
    expect(people.map(({ id }) => assigned.get(String(id)))).toEqual([8, 8, 8])
  })
})

describe('the effect of a rule', () => {
  it('happens once, though two servers run the same job', async () => {
    await ruleOf(portal, titled('{{TITLE}}+'))
    const id = await lead()
    const log = { error: () => {}, warn: () => {}, info: () => {} }
    const handlers = new Map(Object.entries(jobs))
    const step = handlers.get('crm.automation.step')
    if (step === undefined) throw new Error('nobody runs rules')
    // The second server takes the first for dead and begins before it has ended.
    handlers.set('crm.automation.step', async (context) => {
      await Promise.all([step(context), step(context)])
    })
    await new JobRunner({ ...portal, log, handlers }).run()
    expect((await shown(id)).TITLE).toBe('A lead+')
    expect(await runsOf(portal, 1, id)).toHaveLength(1)
  })

  it('is in the history and in the events like any other change, on behalf of who caused it', async () => {
    await ruleOf(portal, titled('By a rule'))
    const { hook, id: personId } = await portal.person()
    const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'Mine' } }, { as: hook })
    await portal.work()
    const session = portal.portal.store.session()
    const rows = await session.find(
      sql`select event, user_id from outbox where entity_type_id = 1 and record_id = ${body.result} order by id`,
    )
    expect(rows).toEqual([
      { event: 'ONCRMLEADADD', user_id: personId },
      // Handlers get no token for what a rule has done (api-reference/events/index.md).
      { event: 'ONCRMLEADUPDATE', user_id: 0 },
    ])
    expect((await shown(body.result)).MODIFY_BY_ID).toBe(String(personId))
  })
})

describe('the rules themselves', () => {
  it('are for administrators', async () => {
    const { id } = await portal.person()
    const refused = { reason: { why: 'access-denied' } }
    const before = await portal.census()
    await expect(asPerson(portal, id, (context) => listRules(context))).rejects.toMatchObject(refused)
    await expect(asPerson(portal, id, (context) => deleteRule(context, 1))).rejects.toMatchObject(refused)
    expect(await portal.census()).toEqual(before)
  })

  it.each([
    [{ entityTypeId: 3 }, 'Records of the type 3 have no stages'],
    [{ stageId: 'NOWHERE' }, 'There is no stage NOWHERE'],
    [{ stageId: null }, 'The rule must name the stage or the trigger that starts it'],
    [{ kind: 'magic' }, 'There are no rules of the kind magic'],
    [{ delay: -1 }, 'The delay must be whole seconds, ten years at most'],
    [{ settings: { fields: {} } }, 'The rule must name fields to change'],
    [{ settings: { fields: { nonsense: 1 } } }, 'There is no field nonsense'],
    [{ settings: { fields: { id: 1 } } }, 'The field id cannot be changed'],
    [{ settings: { fields: { opportunity: 'much' } } }, /^Invalid value for the field opportunity: /],
    [{ settings: { fields: { stageId: 'NEW' } } }, 'A stage is changed by a rule of the kind stage'],
    [{ kind: 'stage', settings: { stageId: 'C1:NEW' } }, 'There is no stage C1:NEW'],
    [{ kind: 'assign', settings: { users: [] } }, 'The rule must name people'],
    [{ kind: 'assign', settings: { users: [999] } }, 'There is no person 999'],
    [{ kind: 'wait', settings: {} }, 'The rule must name seconds to wait or a field that holds a date'],
    [{ kind: 'wait', settings: { field: 'title' } }, 'The rule must name seconds to wait or a field that holds a date'],
    [{ kind: 'webhook', settings: { url: 'ftp://example.com' } }, /http:\/\/ or https:\/\//],
    [{ kind: 'mail', settings: { to: '{{EMAIL}}' } }, 'The letter must have a subject'],
    [{ kind: 'robot', settings: { owner: '', code: 'none' } }, 'There is no robot none'],
  ])('are refused as %j', async (wrong, text) => {
    const before = await portal.census()
    const made = ruleOf(portal, titled('x', wrong))
    await expect(made).rejects.toMatchObject({
      reason: { why: 'rule', text: typeof text === 'string' ? text : expect.stringMatching(text) },
    })
    expect(await portal.census()).toEqual(before)
  })

  it('are refused with conditions on fields that are not there', async () => {
    await expect(ruleOf(portal, titled('x', { conditions: { nonsense: 1 } }))).rejects.toMatchObject({
      code: 'INVALID_ARG_VALUE',
    })
  })

  it('keep what a change does not name', async () => {
    const id = await ruleOf(portal, titled('x', { name: 'Named', conditions: { opportunity: 5 }, delay: 3 }))
    await asAdministrator(portal, (context) => updateRule(context, id, { sort: 7 }))
    expect(await asAdministrator(portal, (context) => listRules(context, { entityTypeId: 1, stageId: 'NEW' }))).toEqual(
      [
        {
          id,
          name: 'Named',
          entityTypeId: 1,
          categoryId: null,
          stageId: 'NEW',
          trigger: null,
          sort: 7,
          delay: 3,
          conditions: { opportunity: 5 },
          kind: 'field',
          settings: { fields: { title: 'x' } },
          active: true,
        },
      ],
    )
    const missing = asAdministrator(portal, (context) => updateRule(context, id + 1, { sort: 7 }))
    await expect(missing).rejects.toMatchObject({ reason: { why: 'not-found' } })
  })
})
