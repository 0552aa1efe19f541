import { beforeEach, describe, expect, it } from 'vitest'
import { deleteRule, listRules } from '../../../src/modules/crm/automation/rules.ts'
import { sql } from '../../../src/store/sql.ts'
import { applicationKeyOf, applicationToken } from '../../support/application.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { register, tokensOf } from '../../support/oauth.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, mustOf, refusalOf, type Result, ruleOf, runsOf } from './administrator.ts'
import { receiver } from './receiver.ts'

const START = 1_800_000_000
let atOnce: ((token: string) => Promise<unknown>) | undefined
const handler = await receiver(async ({ form }) => void (await atOnce?.(String(form.event_token))))
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'] })

const must = mustOf(portal)
/** The application whose robots they are. */
const app = { token: await applicationToken(portal) }
const refusal = refusalOf(portal)
const answer = (token: unknown, values: object = {}, more: object = {}): Promise<Result> =>
  portal.call('bizproc.event.send', { event_token: token, return_values: values, ...more })

const described = {
  NAME: { en: 'Hash' },
  PROPERTIES: {
    input: { Name: 'Input', Type: 'string', Required: 'Y', Default: '{=Document:TITLE}' },
    sum: { Name: { en: 'Sum' }, Type: 'double' },
  },
  RETURN_PROPERTIES: { output: { Name: 'Output', Type: 'string' } },
}
/** It has the portal's first token. */
const owner = await applicationKeyOf(portal)
let made = 0
async function robot(more: object = {}): Promise<string> {
  const CODE = `robot_${++made}`
  await must('bizproc.robot.add', { CODE, HANDLER: `${handler.url}/${CODE}`, ...described, ...more }, app)
  return CODE
}
const running = (code: string, more: object = {}, properties: object = {}): Promise<number> =>
  ruleOf(portal, {
    entityTypeId: 2,
    stageId: 'NEW',
    kind: 'robot',
    sort: 1,
    settings: { owner, code, properties, ...more },
  })
const after = (comments: string): Promise<number> =>
  ruleOf(portal, { entityTypeId: 2, stageId: 'NEW', kind: 'field', sort: 2, settings: { fields: { comments } } })
const deal = (): Promise<number> => must('crm.deal.add', { fields: { TITLE: 'Tea', OPPORTUNITY: 5 } })
const commentsOf = async (id: number): Promise<string> => (await must('crm.deal.get', { id })).COMMENTS ?? ''

beforeEach(async () => {
  portal.clock.at = START
  atOnce = undefined
  handler.take()
  handler.answers.splice(0, handler.answers.length, { status: 200 })
  await asAdministrator(portal, async (context) => {
    for (const { id } of await listRules(context)) await deleteRule(context, id)
    await context.session.transaction((tx) => tx.change(sql`delete from job`))
  })
})

describe("an application's robot", () => {
  it('is called with what the documentation promises its handler', async () => {
    const code = await robot({ USE_SUBSCRIPTION: 'N', AUTH_USER_ID: 1 })
    const rule = await running(code, {}, { sum: '{{OPPORTUNITY}}' })
    const id = await deal()
    await portal.work()
    const [call] = handler.take()
    expect(call?.path).toBe(`/${code}`)
    expect(call?.form).toEqual({
      workflow_id: expect.stringMatching(/^[a-z0-9]{24}$/),
      code,
      document_id: ['crm', 'CCrmDocumentDeal', `DEAL_${id}`],
      document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
      event_token: '',
      properties: { input: 'Tea', sum: '5' },
      use_subscription: 'N',
      timeout_duration: '0',
      ts: String(START),
      auth: expect.objectContaining({
        domain: 'localhost',
        client_endpoint: 'http://localhost/rest/',
        server_endpoint: 'http://localhost/rest/',
        member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        status: 'L',
        user_id: '1',
      }),
    })
    expect(await runsOf(portal, 2, id)).toEqual([[rule, 'done', '']])
  })

  it('that is registered gets tokens of the person in whose name it works', async () => {
    const { id: person } = await portal.person()
    const registered = await register(portal, { SCOPE: 'crm,bizproc' })
    const { access_token: token } = await tokensOf(portal, registered)
    const CODE = `robot_${++made}`
    await must(
      'bizproc.robot.add',
      { CODE, HANDLER: `${handler.url}/${CODE}`, ...described, USE_SUBSCRIPTION: 'N', AUTH_USER_ID: person },
      { token },
    )
    await ruleOf(portal, {
      entityTypeId: 2,
      stageId: 'NEW',
      kind: 'robot',
      sort: 1,
      settings: { owner: `app:${registered.clientId}`, code: CODE, properties: {} },
    })
    await deal()
    await portal.work()
    const [call] = handler.take()
    const auth = call?.form.auth as Record<string, string>
    expect(auth).toEqual({
      access_token: expect.stringMatching(/^[a-z0-9]{70}$/),
      expires: String(START + 3600),
      expires_in: '3600',
      scope: 'bizproc,crm',
      domain: 'localhost',
      server_endpoint: 'http://localhost/rest/',
      status: 'L',
      client_endpoint: 'http://localhost/rest/',
      member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      user_id: String(person),
      refresh_token: expect.stringMatching(/^[a-z0-9]{70}$/),
      application_token: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(await must('profile', {}, { token: auth.access_token })).toMatchObject({ ID: String(person) })
  })

  it('that belongs to a token alone is told who calls, and gets nothing to call back with', async () => {
    const token = await accessToken(portal, { scope: 'bizproc' })
    const CODE = `robot_${++made}`
    const offer = { CODE, HANDLER: `${handler.url}/${CODE}`, ...described, USE_SUBSCRIPTION: 'N' }
    await must('bizproc.robot.add', offer, { token })
    const [row] = await portal.portal.store
      .session()
      .find<{ owner: string }>(sql`select owner from bizproc_robot where code = ${CODE}`)
    const settings = { owner: row?.owner, code: CODE, properties: {} }
    await ruleOf(portal, { entityTypeId: 2, stageId: 'NEW', kind: 'robot', sort: 1, settings })
    await deal()
    await portal.work()
    const [call] = handler.take()
    expect(Object.keys(call?.form.auth as object).sort()).toEqual([
      'client_endpoint',
      'domain',
      'member_id',
      'server_endpoint',
      'status',
      'user_id',
    ])
  })

  it('makes the chain wait for what it returns, which later rules may use', async () => {
    const code = await robot()
    const rule = await running(code, { timeout: 600 })
    await after(`got {=${code}:output}, not {=${code}:secret}`)
    const id = await deal()
    await portal.work()
    const [call] = handler.take()
    expect([call?.form.use_subscription, call?.form.timeout_duration]).toEqual(['Y', '600'])
    expect([await runsOf(portal, 2, id), await commentsOf(id)]).toEqual([[], ''])
    const sent = await answer(call?.form.event_token, { output: 'abc', secret: 'x' }, { log_message: 'All is well' })
    expect([sent.status, sent.body.result]).toEqual([200, true])
    await portal.work()
    expect(await commentsOf(id)).toBe(`got abc, not {=${code}:secret}`)
    expect((await runsOf(portal, 2, id))[0]).toEqual([rule, 'done', 'All is well'])
    portal.clock.at = START + 600
    expect(await portal.work()).toBe(0)
  })

  it('may answer before its handler has ended', async () => {
    const code = await robot()
    await running(code)
    await after(`{=${code}:output}`)
    atOnce = (token) => answer(token, { output: 'at once' })
    const id = await deal()
    await portal.work()
    expect([await commentsOf(id), handler.take().length]).toEqual(['at once', 1])
  })

  it('that says nothing is waited for no longer than the rule says', async () => {
    const code = await robot()
    const rule = await running(code, { timeout: 60 })
    await after('went on')
    const id = await deal()
    await portal.work()
    const [call] = handler.take()
    portal.clock.at = START + 60
    const late = await answer(call?.form.event_token)
    expect([late.status, late.body.error, late.body.error_description]).toEqual([
      403,
      'ACCESS_DENIED',
      'Access denied!',
    ])
    await portal.work()
    expect(await commentsOf(id)).toBe('went on')
    expect((await runsOf(portal, 2, id))[0]).toEqual([rule, 'failed', 'the robot has not answered in time'])
  })

  it('that cannot be reached is called again with the same token, and given up in the end', async () => {
    const code = await robot()
    const rule = await running(code)
    await after('went on')
    handler.answers.splice(0, 1, { status: 500 })
    const id = await deal()
    for (let n = 0; n < 6; n++) {
      await portal.work()
      portal.clock.at = (portal.clock.at ?? 0) + 3600
    }
    const tokens = handler.take().map(({ form }) => form.event_token)
    expect([tokens.length, new Set(tokens).size]).toEqual([5, 1])
    expect((await runsOf(portal, 2, id))[0]).toEqual([rule, 'failed', 'the address answered 500'])
    expect(await commentsOf(id)).toBe('went on')
    expect((await answer(tokens[0])).status).toBe(403)
  })

  it('is answered once, with a token that is good', async () => {
    const code = await robot()
    await running(code)
    const id = await deal()
    await portal.work()
    const token = handler.take()[0]?.form.event_token
    const both = await Promise.all([answer(token), answer(token)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403])
    for (const wrong of [undefined, '', 'x|y|z', ['x'], `${String(token)}0`])
      expect((await answer(wrong)).body).toEqual({ error: 'ACCESS_DENIED', error_description: 'Access denied!' })
    expect(await runsOf(portal, 2, id)).toHaveLength(1)
  })

  it('is not waited for any more when the record has gone', async () => {
    const code = await robot()
    await running(code)
    const id = await deal()
    await portal.work()
    const token = handler.take()[0]?.form.event_token
    await must('crm.deal.delete', { id })
    expect((await answer(token)).status).toBe(403)
    portal.clock.at = START + 100_000
    expect(await portal.work()).toBe(0)
  })

  it('whose rule is deleted is not waited for any more, and the chain goes on', async () => {
    const code = await robot()
    const rule = await running(code)
    await after('went on')
    const id = await deal()
    await portal.work()
    const token = handler.take()[0]?.form.event_token
    await asAdministrator(portal, (context) => deleteRule(context, rule))
    await portal.work()
    expect([await commentsOf(id), (await answer(token)).status]).toEqual(['went on', 403])
    portal.clock.at = START + 86_400
    await portal.work()
    expect((await runsOf(portal, 2, id)).map(([, result]) => result)).toEqual(['done'])
  })

  it('is used where its filter offers it, and with the properties that it needs', async () => {
    const leads = await robot({ FILTER: { INCLUDE: [['crm', 'CCrmDocumentLead'], 'b24'] } })
    await expect(running(leads)).rejects.toMatchObject({ reason: { text: 'The robot is not for such records' } })
    const nowhere = await robot({ FILTER: { EXCLUDE: ['box'] } })
    await expect(running(nowhere)).rejects.toMatchObject({ reason: { text: 'The robot is not for such records' } })
    const fine = await robot({ FILTER: { INCLUDE: [['crm']], EXCLUDE: [['crm', 'CCrmDocumentLead']] } })
    await expect(running(fine, {}, { input: '' })).rejects.toMatchObject({
      reason: { text: 'The robot needs the property input' },
    })
    expect(await running(fine)).toBeGreaterThan(0)
  })

  it('that has been removed fails, and the chain goes on', async () => {
    const code = await robot()
    const rule = await running(code)
    await after('went on')
    await must('bizproc.robot.delete', { CODE: code }, app)
    const id = await deal()
    await portal.work()
    expect((await runsOf(portal, 2, id))[0]).toEqual([rule, 'failed', `There is no robot ${code} any more`])
    expect(await commentsOf(id)).toBe('went on')
  })
})

describe('bizproc.robot', () => {
  const valid = { CODE: 'valid', HANDLER: 'https://example.com/r', NAME: 'Robot' }
  const anything = { ...valid, CODE: 'mine', FIELDS: { NAME: 'x' } }
  const FAILURE = 'ERROR_ACTIVITY_VALIDATION_FAILURE'

  it('is registered once, changed, listed and removed, apart from those of others', async () => {
    expect(await must('bizproc.robot.add', valid, app)).toBe(true)
    expect(await refusal('bizproc.robot.add', valid, app)).toEqual([
      400,
      'ERROR_ACTIVITY_ALREADY_INSTALLED',
      'Activity or Automation rule already installed!',
    ])
    const other = { token: await accessToken(portal, { scope: 'bizproc' }) }
    expect(await must('bizproc.robot.list', {}, other)).toEqual([])
    expect(await must('bizproc.robot.list', {}, app)).toContain('valid')
    const changes = { HANDLER: `${handler.url}/changed`, USE_SUBSCRIPTION: false }
    expect(await must('bizproc.robot.update', { CODE: 'valid', FIELDS: changes }, app)).toBe(true)
    await running('valid')
    await deal()
    await portal.work()
    expect(handler.take().map(({ path, form }) => [path, form.use_subscription, form.properties])).toEqual([
      ['/changed', 'N', ''],
    ])
    expect(await must('bizproc.robot.delete', { CODE: 'valid' }, app)).toBe(true)
    expect(await must('bizproc.robot.list', {}, app)).not.toContain('valid')
  })

  it.each([
    [{ CODE: '' }, FAILURE, 'Empty activity code!'],
    [{ CODE: 'a b' }, FAILURE, 'Wrong activity code!'],
    [{ HANDLER: 'ftp://example.com' }, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol'],
    [{ HANDLER: 'nonsense' }, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL'],
    [{ HANDLER: undefined }, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL'],
    [{ NAME: '' }, FAILURE, 'Empty activity NAME!'],
    [{ NAME: { en: '' } }, FAILURE, 'Empty activity NAME!'],
    [{ PROPERTIES: 'text' }, FAILURE, 'Wrong properties array!'],
    [{ PROPERTIES: { a: 'text' } }, FAILURE, 'Wrong properties array!'],
    [{ PROPERTIES: { '1a': { Name: 'x' } } }, FAILURE, 'Wrong property key 1a!'],
    [{ RETURN_PROPERTIES: { a: { Type: 'string' } } }, FAILURE, 'Empty property NAME a!'],
    [{ FILTER: 'crm' }, FAILURE, 'Wrong activity FILTER!'],
    [{ FILTER: { ONLY: [] } }, FAILURE, 'Wrong activity FILTER!'],
    [{ FILTER: { INCLUDE: [[]] } }, FAILURE, 'Wrong activity FILTER!'],
    [{ DOCUMENT_TYPE: ['crm', 'CCrmDocumentDeal'] }, FAILURE, 'Wrong activity DOCUMENT_TYPE!'],
    [{ USE_PLACEMENT: 'Y' }, 'ERROR_WRONG_HANDLER_URL', 'Wrong handler URL'],
  ])('is not registered with %j', async (wrong, code, text) => {
    expect(await refusal('bizproc.robot.add', { ...valid, CODE: 'other', ...wrong }, app)).toEqual([400, code, text])
  })

  it('is not registered without anything', async () => {
    expect(await refusal('bizproc.robot.add', {}, app)).toEqual([400, FAILURE, 'Empty data!'])
  })

  it('is changed by what it has', async () => {
    const code = await robot()
    expect(await refusal('bizproc.robot.update', { CODE: code }, app)).toEqual([400, FAILURE, 'No fields to update'])
    expect(await refusal('bizproc.robot.update', { CODE: code, FIELDS: { OTHER: 1 } }, app)).toEqual([
      400,
      FAILURE,
      'No fields to update',
    ])
    expect(await refusal('bizproc.robot.update', { CODE: 'none', FIELDS: { NAME: 'x' } }, app)).toEqual([
      400,
      'ERROR_ACTIVITY_NOT_FOUND',
      'Activity or Automation Rule not found!',
    ])
    expect(await refusal('bizproc.robot.delete', { CODE: 'none' }, app)).toEqual([
      400,
      'ERROR_ACTIVITY_NOT_FOUND',
      'Activity or Robot not found!',
    ])
  })

  it('is for administrators', async () => {
    const { id } = await portal.person()
    const sender = { token: await accessToken(portal, { userId: id, scope: 'bizproc' }) }
    for (const verb of ['add', 'update', 'list', 'delete'])
      expect(await refusal(`bizproc.robot.${verb}`, anything, sender)).toEqual([400, 'ACCESS_DENIED', 'Access denied!'])
  })

  it('is no webhook’s', async () => {
    for (const verb of ['add', 'update', 'list', 'delete'])
      expect(await refusal(`bizproc.robot.${verb}`, anything)).toEqual([
        400,
        'ACCESS_DENIED',
        'Application context required',
      ])
  })
})
