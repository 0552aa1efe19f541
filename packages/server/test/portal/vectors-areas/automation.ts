import type { Chain } from '../../../src/modules/crm/automation/chain.ts'
import type { RobotRow } from '../../../src/modules/crm/automation/robot-row.ts'
import { addRule } from '../../../src/modules/crm/automation/rules.ts'
import { openSubscription } from '../../../src/modules/crm/automation/subscription.ts'
import { sql } from '../../../src/store/sql.ts'
import { applicationToken } from '../../support/application.ts'
import { asAdministrator, mustOf } from '../automation/administrator.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import { fresh, must, type, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

/** The application's trigger or robot of the documented code, made if it isn't there. */
const registered =
  (method: string, given: Parameters): Target =>
  async (portal, params) => {
    const sender = { token: await applicationToken(portal) }
    const { status, body } = await portal.call(method, { ...given, CODE: params.CODE ?? given.CODE }, sender)
    if (status !== 200 && body.error !== 'ERROR_ACTIVITY_ALREADY_INSTALLED') throw new Error(body.error_description)
    return params
  }

const trigger = registered('crm.automation.trigger.add', { CODE: 'trigger1', NAME: 'Trigger 1' })
const robot = registered('bizproc.robot.add', {
  CODE: 'test_robot',
  NAME: 'Send Message',
  HANDLER: 'https://your_domain/robot.php',
})

/** A rule of deals that a trigger starts. */
const listening = (portal: TestPortal, code: unknown): Promise<number> =>
  asAdministrator(portal, (context) =>
    addRule(context, {
      entityTypeId: 2,
      trigger: { owner: '', code: String(code) },
      kind: 'field',
      settings: { fields: { comments: 'The trigger was pulled' } },
    }),
  )

/** A record whose history is asked for. */
const withHistory: Target = async (portal, params) => {
  await type(portal, 130)
  const { item } = await must<{ item: { id: number } }>(portal, 'crm.item.add', {
    entityTypeId: params.entityTypeId,
    fields: { title: 'With a history' },
  })
  return { ...params, filter: { OWNER_ID: item.id } }
}

const short = {
  answer: {
    result: { items: [{ ID: 35, CREATED_TIME: '2024-04-25T14:59:11+00:00', STAGE_ID: 'NEW' }] },
    total: 1,
  },
  why: 'the page shows an answer with all fields; the requests select three',
}

export const automation: VectorArea = {
  targets: {
    'crm.stagehistory.list': withHistory,
    'crm.automation.trigger': async (portal, params) => {
      await listening(portal, params.code)
      return { ...params, target: `DEAL_${await must(portal, 'crm.deal.add', { fields: { TITLE: 'A deal' } })}` }
    },
    'crm.automation.trigger.delete': trigger,
    'crm.automation.trigger.execute': async (portal, params) => ({
      ...(await trigger(portal, params)),
      OWNER_ID: await must(portal, 'crm.deal.add', { fields: { TITLE: 'A deal' } }),
    }),
    'crm.automation.trigger.list': trigger,
    'bizproc.robot.add': (_portal, params) => Promise.resolve({ ...params, CODE: `test_robot_${fresh()}` }),
    'bizproc.robot.delete': robot,
    'bizproc.robot.list': robot,
    'bizproc.robot.update': robot,
    'bizproc.event.send': async (portal, params) => ({ ...params, event_token: await waiting(portal) }),
  },
  standIns: { 'crm.stagehistory.list': { 0: short, 1: short } },
  amended: {
    'crm.stagehistory.list': {
      instead: { error: 0, error_description: 'CONTACT entity is not supported' },
      why: 'the page takes a type that is not in its own list of types',
    },
    'bizproc.event.send': {
      instead: null,
      why: 'the page says HTTP 403, which automation/robots.test.ts proves',
    },
  },
  byApplication: [
    ...['add', 'list', 'execute', 'delete'].map((verb) => `crm.automation.trigger.${verb}`),
    ...['add', 'update', 'list', 'delete'].map((verb) => `bizproc.robot.${verb}`),
  ],
  provocations: {
    'crm.automation.trigger': { change: (params) => ({ ...params, target: '' }) },
    'crm.automation.trigger.add': {},
    'crm.automation.trigger.delete': { by: 'application', change: (params) => ({ ...params, CODE: 'unknown' }) },
    'crm.automation.trigger.execute': { by: 'application', change: (params) => ({ ...params, OWNER_TYPE_ID: 3 }) },
    'crm.automation.trigger.list': { by: 'nobody' },
    'crm.stagehistory.list': { change: (params) => ({ ...params, entityTypeId: 3 }) },
    'bizproc.robot.add': { by: 'application', change: (params) => ({ ...params, CODE: '' }) },
    'bizproc.robot.delete': { by: 'application', change: (params) => ({ ...params, CODE: 'unknown' }) },
    'bizproc.robot.list': { by: 'application of nobody' },
    'bizproc.robot.update': { by: 'application', change: (params) => ({ ...params, FIELDS: { PROPERTIES: 'text' } }) },
  },
}

/** The token of a robot that a deal's rules are waiting for. */
async function waiting(portal: TestPortal): Promise<string> {
  const code = `waiting_${fresh()}`
  const RETURN_PROPERTIES = { outputString: { Name: 'MD5', Type: 'string' } }
  await mustOf(portal)(
    'bizproc.robot.add',
    { CODE: code, NAME: 'Waits', HANDLER: 'https://your_domain/', RETURN_PROPERTIES },
    { token: await applicationToken(portal) },
  )
  const ruleId = await listening(portal, code)
  const recordId = await must(portal, 'crm.deal.add', { fields: { TITLE: 'Waits' } })
  return asAdministrator(portal, (context) =>
    context.session.transaction(async (tx) => {
      const [robot] = await tx.find<RobotRow>(sql`select * from bizproc_robot where code = ${code}`)
      if (robot === undefined) throw new Error('there is no robot')
      const chain: Chain = {
        entityTypeId: 2,
        recordId,
        rules: [ruleId],
        at: 0,
        stageId: null,
        waited: false,
        depth: 1,
        workflowId: 'workflow',
        returned: {},
      }
      return (await openSubscription({ ...context, tx }, { chain, ruleId, robot, expires: context.now + 60 })).token
    }),
  )
}
