import { SMTPServer } from 'smtp-server'
import { afterAll, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { ruleOf, runsOf } from '../automation/administrator.ts'
import { receiver } from '../automation/receiver.ts'
import { clientOf, type Result } from './tools.ts'

/* A deal is offered: a chain of rules follows it up through a week, while people go on working on it. */

const START = Date.parse('2026-03-02T09:00:00+01:00') / 1000
const DAY = 86_400
const letters: { to: string[]; text: string }[] = []
const mailbox = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, { envelope }, done) {
    let text = ''
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    stream.on('end', () => {
      letters.push({ to: envelope.rcptTo.map(({ address }) => address), text })
      done()
    })
  },
})
const port = await new Promise<number>((done) => {
  const server = mailbox.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port))
})
afterAll(() => new Promise<void>((done) => mailbox.close(() => done())))

const there = await receiver()
const portal = await testPortal({
  at: START,
  allowOutgoing: ['127.0.0.1'],
  publicUrl: 'https://crm.example.com',
  smtpUrl: `smtp://127.0.0.1:${port}`,
})
const { add, later, must, timeline } = clientOf(portal)
const seller = await portal.person()
const contact = await add('contact', { NAME: 'Ada', EMAIL: [{ VALUE: 'ada@example.com', VALUE_TYPE: 'WORK' }] })

const chain: Record<string, number> = {}
const rule = async (name: string, sort: number, kind: string, settings: Record<string, unknown>, more: object = {}) => {
  chain[name] = await ruleOf(portal, { entityTypeId: 2, stageId: 'PREPARATION', kind, settings, sort, ...more })
}
await rule('note', 10, 'field', { fields: { comments: 'Offered: {{TITLE}}' } })
await rule('big', 20, 'field', { fields: { opened: 'Y' } }, { conditions: { '>=opportunity': 10_000 } })
await rule('tell', 30, 'webhook', {
  url: `${there.url}/offered`,
  data: { title: '{{TITLE}}', amount: '{{OPPORTUNITY}}' },
})
await rule('wait', 40, 'wait', { seconds: 3 * DAY })
await rule('ask', 50, 'activity', { title: 'Ask about {{TITLE}}', dueIn: DAY })
await rule('write', 60, 'mail', { to: 'boss@example.com', subject: 'About {{TITLE}}', text: 'Nobody answered.' })
await rule('lose', 70, 'stage', { stageId: 'LOSE' }, { delay: 4 * DAY })

const deal = await add('deal', { TITLE: 'Engines', OPPORTUNITY: 500, CONTACT_ID: contact, ASSIGNED_BY_ID: seller.id })
const shown = (): Promise<Result> => must('crm.deal.get', { id: deal })
const ran = async (): Promise<[string, string][]> => {
  const names = new Map(Object.entries(chain).map(([name, id]) => [id, name]))
  return (await runsOf(portal, 2, deal)).map(([id, result]) => [names.get(id) ?? '', result])
}

it('nothing happens before the deal is there', async () => {
  expect(await portal.work()).toBe(0)
  expect([there.take(), letters, await ran()]).toEqual([[], [], []])
})

it('the first steps come at once, though the other side is down for a while', async () => {
  there.answers.splice(0, there.answers.length, { status: 503 }, { status: 200 })
  await must('crm.deal.update', { id: deal, fields: { STAGE_ID: 'PREPARATION' } })
  await portal.work()
  expect((await shown()).COMMENTS).toBe('Offered: Engines')
  expect(there.take()).toHaveLength(1)
  expect(await ran()).toEqual([
    ['note', 'done'],
    ['big', 'skipped'],
  ])
  later(60)
  await portal.work()
  const [told, ...more] = there.take()
  expect(more).toEqual([])
  expect(told).toMatchObject({ path: '/offered', form: { title: 'Engines', document_id: { 2: `DEAL_${deal}` } } })
  expect(Number(told?.form.amount)).toBe(500)
  expect(await ran()).toContainEqual(['tell', 'done'])
})

it('then it waits, and says what the deal is called by then', async () => {
  later(2 * DAY)
  await must('crm.deal.update', { id: deal, fields: { TITLE: 'Ten engines' } })
  await portal.work()
  expect([letters, await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal } })]).toEqual([[], []])
  later(DAY)
  await portal.work()
  const [todo, ...more] = await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal } })
  expect(more).toEqual([])
  expect(todo).toMatchObject({
    SUBJECT: 'Ask about Ten engines',
    RESPONSIBLE_ID: String(seller.id),
    DEADLINE: '2026-03-06T09:01:00+01:00',
    COMPLETED: 'N',
  })
  expect(letters).toHaveLength(1)
  expect(letters[0]?.to).toEqual(['boss@example.com'])
  expect(letters[0]?.text).toContain('Subject: About Ten engines')
  expect((await ran()).slice(2)).toEqual([
    ['tell', 'done'],
    ['wait', 'done'],
    ['ask', 'done'],
    ['write', 'done'],
  ])
})

it('at last it is lost, and both the log and the timeline tell how it came', async () => {
  later(5 * DAY)
  await portal.work()
  expect(await shown()).toMatchObject({ STAGE_ID: 'LOSE', STAGE_SEMANTIC_ID: 'F', CLOSED: 'Y' })
  expect((await ran()).at(-1)).toEqual(['lose', 'done'])
  const moves = await must('crm.stagehistory.list', {
    entityTypeId: 2,
    filter: { OWNER_ID: deal },
    order: { ID: 'ASC' },
  })
  expect(moves.items.map(({ STAGE_ID }: Result) => STAGE_ID)).toEqual(['NEW', 'PREPARATION', 'LOSE'])
  const kinds = (await timeline({ entityTypeId: 2, id: deal })).entries.map(({ kind }) => kind)
  expect(kinds.filter((kind) => ['created', 'stage'].includes(kind))).toEqual(['stage', 'stage', 'created'])
  // However late it gets, and whoever works, nothing comes twice.
  later(30 * DAY)
  await portal.work()
  expect([there.take(), letters.length, (await ran()).length]).toEqual([[], 1, 7])
})

it('a deal that goes on by itself is not followed up', async () => {
  letters.length = 0
  const other = await add('deal', { TITLE: 'Quick', CONTACT_ID: contact, STAGE_ID: 'PREPARATION' })
  await portal.work()
  there.take()
  await must('crm.deal.update', { id: other, fields: { STAGE_ID: 'WON' } })
  later(10 * DAY)
  await portal.work()
  expect((await must('crm.deal.get', { id: other })).STAGE_ID).toBe('WON')
  await must('crm.deal.delete', { id: other })
  await must('crm.deal.delete', { id: deal })
  later(10 * DAY)
  expect(await portal.work()).toBe(0)
  expect([await runsOf(portal, 2, deal), await runsOf(portal, 2, other)]).toEqual([[], []])
})
