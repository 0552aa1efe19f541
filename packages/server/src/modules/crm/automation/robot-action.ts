import { isMap, type Map as Settings } from '../../../methods/method.ts'
import type { JobContext } from '../../../records/jobs.ts'
import { sql } from '../../../store/sql.ts'
import { type Action, refuse, secondsOf, type Step, textOfSetting } from './action.ts'
import { type Chain, ROBOT, TIMEOUT, keyOf, type Within } from './chain.ts'
import { authOfRobot, documentId, documentType, formOf } from './document.ts'
import { deliver } from './outside-actions.ts'
import { fill } from './placeholders.ts'
import { described, descriptionsOf, findRobot, isOffered, type RobotRow, waitsForAnswer } from './robot-row.ts'
import { openSubscription } from './subscription.ts'

/** Seconds for an answer, unless the rule says otherwise. */
const PATIENCE = 86_400

/**
 * Runs an application's robot: `{ owner, code, properties: { text: '{{TITLE}}' }, timeout: 3600 }`. Unless the robot
 * says that it answers nothing, the chain stands still until `bizproc.event.send` or the timeout, in seconds.
 */
export const runRobot: Action = {
  async check(settings, entity, { session }) {
    const robot = await findRobot(session, textOfSetting(settings, 'owner'), textOfSetting(settings, 'code'))
    if (robot === undefined) throw refuse(`There is no robot ${textOfSetting(settings, 'code')}`)
    if (!isOffered(robot, documentType(entity.entityTypeId))) throw refuse('The robot is not for such records')
    const { properties } = settings
    if (properties !== undefined && !isMap(properties)) throw refuse("The robot's properties must be a map")
    const timeout = secondsOf(settings, 'timeout')
    if (timeout !== undefined && timeout < 1) throw refuse('The timeout must be a second at least')
    for (const [name, description] of Object.entries(descriptionsOf(robot.properties))) {
      const given = properties?.[name] ?? described(description, 'Default') ?? ''
      if (described(description, 'Required') === 'Y' && given === '')
        throw refuse(`The robot needs the property ${name}`)
    }
  },
  async run(step) {
    const { context, rule, chain } = step
    const robot = await findRobot(
      context.session,
      textOfSetting(rule.settings, 'owner'),
      textOfSetting(rule.settings, 'code'),
    )
    if (robot === undefined) throw refuse(`There is no robot ${textOfSetting(rule.settings, 'code')} any more`)
    const request = requestOf(step, robot)
    if (!waitsForAnswer(robot)) {
      await deliver(context.portal, robot.handler, await bodyOf(context, chain, { ...request, token: '' }))
      return {}
    }
    const timeout = secondsOf(rule.settings, 'timeout') ?? PATIENCE
    return {
      suspended: true,
      within: (within) => ask(within, step, robot, { ...request, timeout }),
    }
  },
}

/** What a robot is asked, but for who asks. */
interface RobotRequest {
  /** The application whose robot it is. */
  readonly owner: string
  readonly code: string
  readonly userId: number
  readonly subscribed: boolean
  readonly properties: Settings
  readonly timeout: number
}

function requestOf({ context, rule, lookup }: Step, robot: RobotRow): RobotRequest {
  const given = isMap(rule.settings.properties) ? rule.settings.properties : {}
  const properties: Record<string, unknown> = {}
  for (const [name, description] of Object.entries(descriptionsOf(robot.properties)))
    properties[name] = fill(given[name] ?? described(description, 'Default') ?? '', lookup)
  return {
    owner: robot.owner,
    code: robot.code,
    userId: robot.auth_user_id ?? context.person.id,
    subscribed: waitsForAnswer(robot),
    properties,
    timeout: 0,
  }
}

/**
 * The subscription is there before the robot is called, which may answer at once; the call is a job of its own with
 * the one token, so that calling again can't open a second one.
 */
async function ask(within: Within, { chain, rule }: Step, robot: RobotRow, request: RobotRequest): Promise<void> {
  const { tx, portal, person, now } = within
  const expires = Math.floor(now) + request.timeout
  const { id, token } = await openSubscription(within, { chain, ruleId: rule.id, robot, expires })
  const key = keyOf(chain.entityTypeId, chain.recordId)
  const payload: RobotCall = { subscription: id, handler: robot.handler, chain, request: { ...request, token } }
  await portal.jobs.schedule(tx, { kind: ROBOT, key, due: now, userId: person.id, payload: { ...payload } })
  await portal.jobs.schedule(tx, {
    kind: TIMEOUT,
    key,
    due: expires,
    userId: person.id,
    payload: { subscription: id },
  })
}

/** A robot that is to be called: the payload of its job. */
export interface RobotCall {
  readonly subscription: number
  readonly handler: string
  readonly chain: Chain
  readonly request: RobotRequest & { readonly token: string }
}

/** What the address of a robot is sent, under the names that handlers read. */
async function bodyOf(
  { portal, session, now }: JobContext,
  { entityTypeId, recordId, workflowId }: Chain,
  request: RobotCall['request'],
): Promise<string> {
  const { properties } = request
  return formOf({
    workflow_id: workflowId,
    code: request.code,
    document_id: documentId(entityTypeId, recordId),
    document_type: documentType(entityTypeId),
    event_token: request.token,
    // A form has no empty maps: without properties there is an empty value.
    properties: Object.keys(properties).length === 0 ? '' : properties,
    use_subscription: request.subscribed,
    timeout_duration: request.timeout,
    ts: Math.floor(now),
    auth: await authOfRobot({ portal, session }, request.owner, request.userId),
  })
}

/** Calls a robot whose answer the chain waits for; one that has answered meanwhile is not called again. */
export async function callRobot(
  context: JobContext,
  { subscription, handler, chain, request }: RobotCall,
): Promise<void> {
  const [open] = await context.session.find<{ id: number }>(
    sql`select id from bizproc_subscription where id = ${subscription}`,
  )
  if (open !== undefined) await deliver(context.portal, handler, await bodyOf(context, chain, request))
}
