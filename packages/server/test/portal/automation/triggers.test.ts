import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { applicationToken } from '../../support/application.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { refresh, register, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'
import { mustOf, refusalOf, ruleOf, runsOf } from './administrator.ts'

const portal = await testPortal({ at: 1_800_000_000 })

const must = mustOf(portal)
/** The application whose triggers they are. */
const app = { token: await applicationToken(portal) }
const deal = (fields: object = {}): Promise<number> => must('crm.deal.add', { fields: { TITLE: 'A deal', ...fields } })
const stageOf = async (id: number): Promise<string> => (await must('crm.deal.get', { id })).STAGE_ID
const moving = (trigger: { owner: string; code: string }, more: object = {}) => ({
  entityTypeId: 2,
  trigger,
  kind: 'stage',
  settings: { stageId: 'EXECUTING' },
  ...more,
})
const refusal = refusalOf(portal)
const own = async (): Promise<string> => {
  const [row] = await portal.portal.store
    .session()
    .find<{ owner: string }>(sql`select owner from crm_automation_trigger`)
  return row?.owner ?? ''
}

describe('a trigger that an address pulls', () => {
  it('moves the record that the address names, also as a plain link', async () => {
    const rule = await ruleOf(portal, moving({ owner: '', code: 'nwly5' }))
    const [id, other] = [await deal(), await deal()]
    const { status, body } = await portal.send({
      method: 'GET',
      url: `/rest/1/${portal.code}/crm.automation.trigger/?target=DEAL_${id}&code=nwly5`,
    })
    expect([status, body.result]).toEqual([200, true])
    await portal.work()
    expect([await stageOf(id), await stageOf(other)]).toEqual(['EXECUTING', 'NEW'])
    expect(await runsOf(portal, 2, id)).toEqual([[rule, 'done', '']])
  })

  it('answers false where no rule listens: to another code, in another stage', async () => {
    await ruleOf(portal, moving({ owner: '', code: 'staged' }, { stageId: 'PREPARATION' }))
    const id = await deal()
    expect(await must('crm.automation.trigger', { target: `DEAL_${id}`, code: 'unheard' })).toBe(false)
    expect(await must('crm.automation.trigger', { target: `DEAL_${id}`, code: 'staged' })).toBe(false)
    expect(await portal.work()).toBe(0)
    await must('crm.deal.update', { id, fields: { STAGE_ID: 'PREPARATION' } })
    expect(await must('crm.automation.trigger', { target: `DEAL_${id}`, code: 'staged' })).toBe(true)
    await portal.work()
    expect(await stageOf(id)).toBe('EXECUTING')
  })

  it.each([
    [{ code: 'nwly5' }, 'Target is not set.'],
    [{ target: 'DEAL', code: 'nwly5' }, 'Incorrect target format.'],
    [{ target: 'DEAL_x', code: 'nwly5' }, 'Incorrect target format.'],
    [{ target: ['DEAL_1'], code: 'nwly5' }, 'Target is not set.'],
    [{ target: 'CONTACT_1', code: 'nwly5' }, 'Target is not found.'],
    [{ target: 'NOTHING_1', code: 'nwly5' }, 'Target is not found.'],
    [{ target: 'DEAL_999999', code: 'nwly5' }, 'Target is not found.'],
  ])('refuses %j', async (params, text) => {
    expect(await refusal('crm.automation.trigger', params)).toEqual([400, '', text])
  })

  it('is for those who may change the record', async () => {
    const id = await deal()
    const { hook } = await portal.person()
    const session = portal.portal.store.session()
    const allow = (level: string, action: string): Promise<unknown> =>
      portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`update crm_role_permission set level = ${level} where action = ${action}`),
      )
    await allow('own', 'update')
    const target = { target: `DEAL_${id}`, code: 'nwly5' }
    expect(await refusal('crm.automation.trigger', target, { as: hook })).toEqual([
      400,
      'ACCESS_DENIED',
      'Access denied! There are no permissions to update the entity.',
    ])
    await allow('none', 'read')
    expect(await refusal('crm.automation.trigger', target, { as: hook })).toEqual([400, '', 'Access denied.'])
  })
})

describe("an application's trigger", () => {
  it('is registered, renamed, listed and removed, apart from those of others', async () => {
    expect(await must('crm.automation.trigger.add', { CODE: 'paid', NAME: 'Paid' }, app)).toBe(true)
    expect(await must('crm.automation.trigger.add', { CODE: 'paid', NAME: 'Paid in full' }, app)).toBe(true)
    const other = { token: await accessToken(portal) }
    expect(await must('crm.automation.trigger.list', {}, other)).toEqual([])
    expect(await must('crm.automation.trigger.list', {}, app)).toEqual([{ NAME: 'Paid in full', CODE: 'paid' }])
    expect(await refusal('crm.automation.trigger.delete', { CODE: 'paid' }, other)).toEqual([
      400,
      '',
      'Trigger not found',
    ])
    expect(await must('crm.automation.trigger.delete', { CODE: 'paid' }, app)).toBe(true)
    expect(await must('crm.automation.trigger.list', {}, app)).toEqual([])
  })

  it('starts the rules that are bound to it', async () => {
    await must('crm.automation.trigger.add', { CODE: 'signed', NAME: 'Signed' }, app)
    await ruleOf(portal, moving({ owner: await own(), code: 'signed' }))
    const id = await deal()
    const params = { CODE: 'signed', OWNER_TYPE_ID: 2, OWNER_ID: id }
    expect(await must('crm.automation.trigger', { target: `DEAL_${id}`, code: 'signed' })).toBe(false)
    expect(await must('crm.automation.trigger.execute', params, app)).toBe(true)
    await portal.work()
    expect(await stageOf(id)).toBe('EXECUTING')
    await must('crm.automation.trigger.delete', { CODE: 'signed' }, app)
    expect(await refusal('crm.automation.trigger.execute', params, app)).toEqual([
      400,
      '',
      'Trigger with code signed is not registered.',
    ])
  })

  it.each([
    ['add', { NAME: 'x' }, 'Empty trigger code!'],
    ['add', { CODE: 'A b', NAME: 'x' }, 'Wrong trigger code!'],
    ['add', { CODE: 'fine' }, 'Empty trigger name!'],
    ['delete', { CODE: 'ä' }, 'Wrong trigger code!'],
    ['execute', { CODE: '' }, 'Empty trigger code!'],
  ])('%s refuses %j', async (verb, params, text) => {
    expect(await refusal(`crm.automation.trigger.${verb}`, params, app)).toEqual([400, '', text])
  })

  it('is executed on records that can have rules', async () => {
    await must('crm.automation.trigger.add', { CODE: 'known', NAME: 'Known' }, app)
    const on = (type: unknown, id: unknown): Promise<unknown[]> =>
      refusal('crm.automation.trigger.execute', { CODE: 'known', OWNER_TYPE_ID: type, OWNER_ID: id }, app)
    expect(await on(3, 1)).toEqual([400, '', 'Incorrect parameter OWNER_TYPE_ID.'])
    expect(await on('x', 1)).toEqual([400, '', 'Incorrect parameter OWNER_TYPE_ID.'])
    expect(await on(2, 0)).toEqual([400, '', 'Incorrect parameter OWNER_ID.'])
    expect(await on(2, 999_999)).toEqual([400, '', 'Incorrect parameter OWNER_ID.'])
  })

  it('is no webhook’s', async () => {
    for (const verb of ['add', 'list', 'execute', 'delete'])
      expect(await refusal(`crm.automation.trigger.${verb}`, { CODE: 'x', NAME: 'x' })).toEqual([
        400,
        'ACCESS_DENIED',
        'Access denied! Application context required',
      ])
  })

  it('stays its own when it has got a new token', async () => {
    const shop = await register(portal, { SCOPE: 'crm' })
    const { access_token: first, refresh_token } = await tokensOf(portal, shop)
    const { access_token: second } = (await refresh(portal, shop, refresh_token)).body
    await must('crm.automation.trigger.add', { CODE: 'kept', NAME: 'Kept' }, { token: first })
    expect(await must('crm.automation.trigger.list', {}, { token: second })).toEqual([{ NAME: 'Kept', CODE: 'kept' }])
    expect(await must('crm.automation.trigger.delete', { CODE: 'kept' }, { token: second })).toBe(true)
  })

  it('is for administrators', async () => {
    const { hook } = await portal.person()
    for (const verb of ['add', 'list', 'execute', 'delete'])
      expect(await refusal(`crm.automation.trigger.${verb}`, { CODE: 'x', NAME: 'x' }, { as: hook })).toEqual([
        400,
        'ACCESS_DENIED',
        'Access denied! Admin permissions required',
      ])
  })
})
