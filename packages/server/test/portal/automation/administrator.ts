import type { Context } from '../../../src/records/context.ts'
import { addRule, type NewRule } from '../../../src/modules/crm/automation/rules.ts'
import { listRuns, type Run } from '../../../src/modules/crm/automation/run-log.ts'
import { expect } from 'vitest'
import type { Answer, TestPortal } from '../../support/portal.ts'

/** Uses the portal as one of its people, the administrator unless said otherwise; what was written is durable then. */
export async function asPerson<T>(
  { portal }: Pick<TestPortal, 'portal'>,
  id: number,
  body: (context: Context) => Promise<T>,
): Promise<T> {
  const session = portal.store.session()
  const person = await portal.people.find(session, id)
  if (person === undefined) throw new Error(`there is no person ${id}`)
  const value = await body({ portal, session, person, now: portal.sources.now() })
  await session.settled()
  return value
}

export const asAdministrator = <T>(
  portal: Pick<TestPortal, 'portal'>,
  body: (context: Context) => Promise<T>,
): Promise<T> => asPerson(portal, 1, body)

export const ruleOf = (portal: TestPortal, rule: NewRule): Promise<number> =>
  asAdministrator(portal, (context) => addRule(context, rule))

/** What became of the rules of a record, the oldest first: the rule's id, the result, and why. */
export async function runsOf(
  portal: TestPortal,
  entityTypeId: number,
  recordId: number,
): Promise<[rule: number, result: Run['result'], error: string][]> {
  const runs = await asAdministrator(portal, (context) => listRuns(context, { entityTypeId, recordId, limit: 500 }))
  return runs.toReversed().map(({ ruleId, result, error }) => [ruleId, result, error])
}

/** Whatever a method answers: tests state what it is. */
export type Result = Answer['body']['result']

/** Who calls, if not the administrator's webhook. */
export interface Sender {
  readonly as?: string
  readonly token?: string
}

/** Calls a method that must refuse, and change nothing; answers with what it says. */
export const refusalOf =
  (portal: TestPortal) =>
  async (method: string, params: unknown, options: Sender = {}): Promise<unknown[]> => {
    const before = await portal.census()
    const { status, body } = await portal.call(method, params, options)
    expect(await portal.census()).toEqual(before)
    return [status, body.error, body.error_description]
  }

/** Calls a method that must not refuse, as the administrator unless said otherwise. */
export const mustOf =
  (portal: TestPortal) =>
  async (method: string, params: unknown, options: Sender = {}): Promise<Result> => {
    const { status, body } = await portal.call(method, params, options)
    expect([method, status, body.error_description]).toEqual([method, 200, undefined])
    return body.result
  }
