import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteRule, listRules } from '../../../src/modules/crm/automation/rules.ts'
import { Outgoing, OutgoingError } from '../../../src/records/outgoing.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, ruleOf, runsOf } from './administrator.ts'
import { receiver } from './receiver.ts'

const START = 1_800_000_000
const letters: { to: string[]; text: string }[] = []
const refusals: Error[] = []
const catcher = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    let text = ''
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    stream.on('end', () => {
      const refused = refusals.shift()
      if (refused === undefined) letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
      done(refused)
    })
  },
})
const listening = await new Promise<number>((done) => {
  const server = catcher.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port))
})
afterAll(() => new Promise<void>((done) => catcher.close(() => done())))

const there = await receiver()
const portal = await testPortal({
  at: START,
  allowOutgoing: ['127.0.0.1'],
  publicUrl: 'https://crm.example.com',
  smtpUrl: `smtp://127.0.0.1:${listening}`,
})

const rule = (kind: string, settings: Record<string, unknown>, more: object = {}): Promise<number> =>
  ruleOf(portal, { entityTypeId: 1, stageId: 'NEW', kind, settings, ...more })
async function lead(fields: object = {}): Promise<number> {
  const { status, body } = await portal.call('crm.lead.add', { fields: { TITLE: 'A lead', ...fields } })
  expect([status, body.error_description]).toEqual([200, undefined])
  return body.result
}

beforeEach(async () => {
  portal.clock.at = START
  there.take()
  there.answers.splice(0, there.answers.length, { status: 200 })
  letters.length = 0
  await asAdministrator(portal, async (context) => {
    for (const { id } of await listRules(context)) await deleteRule(context, id)
    await context.session.transaction((tx) => tx.change(sql`delete from job`))
  })
})

describe('a webhook', () => {
  it('tells which record it is about, with what the rule adds', async () => {
    const made = await rule('webhook', { url: `${there.url}/new?t={{TITLE}}`, data: { lead: { title: '{{TITLE}}' } } })
    const id = await lead({ TITLE: 'Tea & more' })
    await portal.work()
    const [sent] = there.take()
    expect([sent?.method, sent?.path]).toEqual(['POST', '/new?t=Tea%20%26%20more'])
    expect(sent?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(sent?.form).toMatchObject({
      lead: { title: 'Tea & more' },
      document_id: ['crm', 'CCrmDocumentLead', `LEAD_${id}`],
      document_type: ['crm', 'CCrmDocumentLead', 'LEAD'],
      ts: String(START),
      auth: {
        domain: 'crm.example.com',
        client_endpoint: 'https://crm.example.com/rest/',
        user_id: '1',
        member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    })
    expect(await runsOf(portal, 1, id)).toEqual([[made, 'done', '']])
  })

  it('is sent again while the other side is busy, and the chain waits for it', async () => {
    const first = await rule('webhook', { url: there.url }, { sort: 1 })
    const next = await rule('field', { fields: { title: 'Told' } }, { sort: 2 })
    there.answers.splice(0, 1, { status: 503 }, { status: 200 })
    const id = await lead()
    await portal.work()
    expect([there.take().length, await runsOf(portal, 1, id)]).toEqual([1, []])
    portal.clock.at = START + 5
    await portal.work()
    expect([there.take().length, await runsOf(portal, 1, id)]).toEqual([
      1,
      [
        [first, 'done', ''],
        [next, 'done', ''],
      ],
    ])
  })

  it('is given up when it is refused, or in the end, and the chain goes on', async () => {
    const first = await rule('webhook', { url: `${there.url}/gone` }, { sort: 1 })
    const next = await rule('webhook', { url: `${there.url}/down` }, { sort: 2 })
    there.answers.splice(0, 1, { status: 410 }, { status: 500 })
    const id = await lead()
    for (let n = 0; n < 8; n++) {
      await portal.work()
      portal.clock.at = (portal.clock.at ?? 0) + 3600
    }
    expect(there.take().map(({ path }) => path)).toEqual(['/gone', ...Array.from({ length: 5 }, () => '/down')])
    expect(await runsOf(portal, 1, id)).toEqual([
      [first, 'failed', 'the address answered 410'],
      [next, 'failed', 'the address answered 500'],
    ])
  })

  it('does not go into private networks', async () => {
    const made = await rule('webhook', { url: 'http://169.254.169.254/latest/meta-data/' })
    const id = await lead()
    await portal.work()
    expect(await runsOf(portal, 1, id)).toEqual([
      [made, 'failed', '169.254.169.254 lies in a network that the portal does not send to'],
    ])
  })
})

describe('requests to the outside', () => {
  const refused = { permanent: true, message: expect.stringContaining('does not send to') }

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://100.100.100.200/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
  ])('never go to %s', async (url) => {
    await expect(new Outgoing().post(url, '')).rejects.toMatchObject(refused)
  })

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense', ''])(
    'only go to web addresses, not %j',
    async (url) => {
      await expect(new Outgoing().post(url, '')).rejects.toMatchObject({ permanent: true })
    },
  )

  it('go where the operator allows it, and follow no redirect to elsewhere', async () => {
    const outgoing = new Outgoing(['127.0.0.0/8'])
    expect(await outgoing.post(there.url, 'a=1')).toEqual({ status: 200, body: 'ok' })
    there.answers.splice(0, 1, { status: 307, location: 'http://169.254.169.254/' })
    await expect(outgoing.post(there.url, '')).rejects.toMatchObject(refused)
    there.answers.splice(0, 1, { status: 307, location: 'file:///etc/passwd' })
    await expect(outgoing.post(there.url, '')).rejects.toBeInstanceOf(OutgoingError)
  })

  it('follow three redirects, with the body where it is to be repeated', async () => {
    const outgoing = new Outgoing(['127.0.0.1'])
    there.take()
    there.answers.splice(0, 1, { status: 308, location: '/b' }, { status: 303, location: '/c' }, { status: 200 })
    expect((await outgoing.post(`${there.url}/a`, 'n=1')).status).toBe(200)
    expect(there.take().map(({ method, path, form }) => [method, path, form.n])).toEqual([
      ['POST', '/a', '1'],
      ['POST', '/b', '1'],
      ['GET', '/c', undefined],
    ])
    there.answers.splice(0, there.answers.length, { status: 307, location: '/again' })
    await expect(outgoing.post(there.url, '')).rejects.toMatchObject({ message: 'redirected too often' })
    expect(there.take()).toHaveLength(4)
  })

  it('may be better later when nobody listens', async () => {
    const outgoing = new Outgoing(['127.0.0.1'])
    await expect(outgoing.post('http://127.0.0.1:1/', '')).rejects.toMatchObject({ permanent: false })
  })
})

describe('a letter', () => {
  const EMAIL = [{ VALUE: 'anna@example.com', VALUE_TYPE: 'WORK' }]

  it("goes to the record's address through the mail server", async () => {
    const made = await rule('mail', {
      to: '{{EMAIL}}; boss@example.com',
      subject: 'About {{TITLE}}',
      text: 'It is about {=Document:TITLE}.',
      html: '<p>{{TITLE}}</p>',
    })
    const id = await lead({ TITLE: '<Tea>', EMAIL })
    await portal.work()
    expect(letters).toHaveLength(1)
    expect(letters[0]?.to).toEqual(['anna@example.com', 'boss@example.com'])
    for (const part of [
      'From: portal@example.com',
      'Subject: About <Tea>',
      'It is about <Tea>.',
      '<p>&#60;Tea&#62;</p>',
      `.${made}@portico>`,
    ])
      expect(letters[0]?.text).toContain(part)
    expect(await runsOf(portal, 1, id)).toEqual([[made, 'done', 'to anna@example.com, boss@example.com']])
  })

  it('without an address is not sent', async () => {
    const made = await rule('mail', { to: '{{EMAIL}}', subject: 'To nobody' })
    const id = await lead()
    await portal.work()
    expect([letters, await runsOf(portal, 1, id)]).toEqual([[], [[made, 'failed', 'The record has no e-mail address']]])
  })

  it('is sent again while the mail server is busy, and not when it refuses', async () => {
    const made = await rule('mail', { to: '{{EMAIL}}', subject: 'Again' })
    const busy = Object.assign(new Error('try later'), { responseCode: 451 })
    const never = Object.assign(new Error('no such mailbox'), { responseCode: 550 })
    refusals.push(busy)
    const id = await lead({ EMAIL })
    await portal.work()
    expect(letters).toEqual([])
    portal.clock.at = START + 5
    await portal.work()
    expect([letters.length, await runsOf(portal, 1, id)]).toEqual([1, [[made, 'done', 'to anna@example.com']]])
    refusals.push(never)
    const other = await lead({ EMAIL })
    await portal.work()
    expect(await runsOf(portal, 1, other)).toEqual([[made, 'failed', expect.stringContaining('no such mailbox')]])
  })
})
