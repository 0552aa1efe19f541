import { expect, it } from 'vitest'
import { applicationKeyOf, applicationToken } from '../../support/application.ts'
import { testPortal } from '../../support/portal.ts'
import { mustOf, ruleOf, runsOf } from './administrator.ts'
import { receiver } from './receiver.ts'

const START = 1_800_000_000
const handler = await receiver()
const portal = await testPortal({ at: START, allowOutgoing: ['127.0.0.1'] })
const must = mustOf(portal)

const deal = (): Promise<number> => must('crm.deal.add', { fields: { TITLE: 'Same' } })
const merge = async (...entityIds: number[]): Promise<void> => {
  const { STATUS } = await must('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds } })
  expect(STATUS).toBe('SUCCESS')
}
const pull = (id: number, code: string) => must('crm.automation.trigger', { target: `DEAL_${id}`, code })
const comments = (text: string, more: object) =>
  ruleOf(portal, { entityTypeId: 2, kind: 'field', settings: { fields: { comments: text } }, ...more })

it('rules that wait with a deal go on with the one that it is merged into, each once', async () => {
  const both = await comments('of the stage', { stageId: 'NEW', delay: 60 })
  const theirs = await comments('of the trigger', { trigger: { owner: '', code: 'later' }, delay: 120 })
  const [into, from] = [await deal(), await deal()]
  await pull(from, 'later')
  await portal.work()
  await merge(into, from)
  portal.clock.at = START + 200
  await portal.work()
  expect(await runsOf(portal, 2, into)).toEqual([
    [both, 'done', ''],
    [theirs, 'done', ''],
  ])
  expect((await portal.census()).job).toBe(0)
})

it('a robot that was asked about a deal answers for the one that it is merged into', async () => {
  const app = await applicationToken(portal)
  const robot = { CODE: 'asks', NAME: 'Asks', HANDLER: handler.url, RETURN_PROPERTIES: { word: { Name: 'Word' } } }
  await must('bizproc.robot.add', robot, { token: app })
  const trigger = { owner: '', code: 'ask' }
  await ruleOf(portal, {
    entityTypeId: 2,
    trigger,
    kind: 'robot',
    settings: { owner: await applicationKeyOf(portal), code: 'asks' },
    sort: 1,
  })
  await comments('{=asks:word}', { trigger, sort: 2 })
  const [into, from] = [await deal(), await deal()]
  await pull(from, 'ask')
  await portal.work()
  const token = handler.take()[0]?.form.event_token
  await merge(into, from)
  expect(await portal.faults()).toEqual([])
  await must('bizproc.event.send', { event_token: token, return_values: { word: 'yes' } })
  await portal.work()
  expect((await must('crm.deal.get', { id: into })).COMMENTS).toBe('yes')
})
