import { expect, it } from 'vitest'
import { masked, maskText } from '../../../src/records/masked.ts'
import { RequestLog } from '../../../src/records/request-log.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

interface Logged {
  readonly ID: string
  readonly METHOD: string
  readonly DETAILS?: string
  readonly [column: string]: unknown
}
const list = async (parameters: object = {}): Promise<{ DETAILS?: object; REQUESTS: Logged[] }> =>
  (await portal.call('portico.log.list', { details: 'Y', ...parameters })).body.result
const last = async (method: string): Promise<Logged> => {
  const { REQUESTS } = await list({ method })
  const { ID = '' } = REQUESTS.at(-1) ?? {}
  return (await portal.call('portico.log.get', { id: ID })).body.result
}
const keep = (minutes: number, more: object = {}) => portal.call('portico.log.keep', { minutes, ...more })

it('keeps nothing of what is sent until an administrator wants it', async () => {
  await portal.call('crm.lead.add', { fields: { TITLE: 'A most private title' } })
  const found = await last('crm.lead.add')
  expect(found).toMatchObject({ METHOD: 'crm.lead.add', STATUS: 200, DETAILS: 'N' })
  expect(found).not.toHaveProperty('PARAMETERS')
  expect((await list()).DETAILS).toEqual({ KEPT: 'N', UNTIL: null })
})

it('keeps the decoded parameters and the answer for the time that was asked for, and tells the audit log', async () => {
  portal.clock.at = 1_800_000_000
  const answer = await keep(15)
  expect(answer.body.result).toEqual({ KEPT: 'Y', UNTIL: new Date(1_800_000_900_000).toISOString() })
  const sent = { fields: { TITLE: 'Kept', OPPORTUNITY: '12.50', PHONE: [{ VALUE: '+49 30 1', VALUE_TYPE: 'WORK' }] } }
  const added = await portal.send({
    url: `/rest/1/${portal.code}/crm.lead.add.json?params[REGISTER_SONET_EVENT]=N`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'A program/1.0' },
    body: 'fields[TITLE]=Kept&fields[OPPORTUNITY]=12.50&fields[PHONE][0][VALUE]=%2B49+30+1&fields[PHONE][0][VALUE_TYPE]=WORK',
  })
  const found = await last('crm.lead.add')
  expect(found).toMatchObject({
    DETAILS: 'Y',
    VERB: 'POST',
    PATH: '/rest/1/***/crm.lead.add.json',
    CONTENT_TYPE: 'application/x-www-form-urlencoded',
    USER_AGENT: 'A program/1.0',
    PARAMETERS: { ...sent, params: { REGISTER_SONET_EVENT: 'N' } },
    ANSWER: { result: added.body.result, time: added.body.time },
    CUT: 'N',
  })
  portal.clock.at += 901
  await portal.call('crm.lead.get', { id: 1 })
  expect((await last('crm.lead.get')).DETAILS).toBe('N')
  portal.clock.at = undefined
  const audited = await portal.call('main.eventlog.list', {})
  expect(audited.status).toBe(404)
  const rows = await portal.portal.store
    .session()
    .find<{ audit_type: string; description: string }>(
      (await import('../../../src/store/sql.ts'))
        .sql`select audit_type, description from audit_log where item = 'request log'`,
    )
  expect(rows).toEqual([{ audit_type: 'REQUEST_LOG_KEEP', description: '{"minutes":15}' }])
})

it('masks every secret on its way in and out, however it was sent', async () => {
  await keep(15)
  const { code } = portal
  await portal.call('user.option.set', {
    options: { a: { PASSWORD: 'hidden-1', deep: [{ access_token: 'hidden-2' }] } },
    auth_connector: 'shown',
  })
  await portal.send({
    url: `/rest/profile?auth=hidden-3&client_id=app.1&code=hidden-4`,
    method: 'GET',
  })
  await portal.send({ url: `/rest/${code}/crm.lead.list` })
  await portal.call('batch', {
    cmd: {
      one: 'user.add?EMAIL=a@example.com&PASSWORD=hidden-5',
      two: 'user.option.set?options%5Bclient_secret%5D=hidden-6&options[sessid]=hidden-7',
      three: `profile?url=https://portal.example/rest/1/${code}/profile`,
      hook: 'portico.webhook.add?title=x&scope=crm',
    },
  })
  const made = (await portal.call('portico.webhook.add', { title: 'New', scope: 'crm' })).body.result
  const boundary = 'form'
  const file = Buffer.from('hidden-8 in a file').toString('base64')
  await portal.send({
    url: `/rest/1/${code}/crm.lead.add`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: [
      `--${boundary}\r\ncontent-disposition: form-data; name="fields[TITLE]"\r\n\r\nForm\r\n`,
      `--${boundary}\r\ncontent-disposition: form-data; name="fields[SECRET_WORD]"\r\n\r\nhidden-9\r\n`,
      `--${boundary}\r\ncontent-disposition: form-data; name="fields[UF_FILE]"; filename="offer.pdf"\r\n\r\nhidden-8 in a file\r\n--${boundary}--\r\n`,
    ].join(''),
  })
  await portal.call('crm.lead.add', { fields: { TITLE: 'J', UF_X: { fileData: ['a.txt', 'aGlkZGVuLTEw'] } } })
  const { REQUESTS } = await list({ limit: 50 })
  const all: Logged[] = []
  for (const { ID } of REQUESTS) all.push((await portal.call('portico.log.get', { id: ID })).body.result)
  const text = JSON.stringify(all)
  expect(text).not.toMatch(/hidden-/)
  expect(text).not.toContain(file)
  expect(text).not.toContain('aGlkZGVuLTEw')
  expect(text).not.toContain(code)
  expect(text).not.toContain(made.CODE)
  const codes = all.flatMap(({ ANSWER }) => JSON.stringify(ANSWER ?? null).match(/\/rest\/1\/[a-z0-9]{8,}\//g) ?? [])
  expect(codes).toEqual([])
  // What is no secret is still there to be read.
  expect(all.find(({ METHOD }) => METHOD === 'user.option.set')?.PARAMETERS).toEqual({
    options: { a: { PASSWORD: '***', deep: [{ access_token: '***' }] } },
    auth_connector: 'shown',
  })
  expect(all.find(({ METHOD }) => METHOD === 'batch')?.PARAMETERS).toMatchObject({
    cmd: {
      one: 'user.add?EMAIL=a@example.com&PASSWORD=***',
      three: 'profile?url=https://portal.example/rest/1/***/profile',
    },
  })
  expect(all.filter(({ METHOD }) => METHOD === 'crm.lead.add').at(-2)?.PARAMETERS).toEqual({
    fields: { TITLE: 'Form', SECRET_WORD: '***', UF_FILE: ['offer.pdf', '(a file of about 18 bytes is not kept)'] },
  })
})

it('is searched by what was sent and by who sent it', async () => {
  await keep(15)
  await portal.call('crm.company.add', { fields: { TITLE: 'Needle & Sons' } })
  const { hook } = await portal.person({ scope: 'crm' })
  await portal.call('crm.company.list', {}, { as: hook })
  // Once in what was sent, once in an answer.
  expect((await list({ text: 'needle & sons' })).REQUESTS.map(({ METHOD }) => METHOD)).toEqual([
    'crm.company.add',
    'crm.company.list',
  ])
  const CREDENTIAL = (await list({ method: 'crm.company.list' })).REQUESTS.at(-1)?.CREDENTIAL
  const own = await list({ credential: String(CREDENTIAL) })
  expect(own.REQUESTS.map(({ METHOD }) => METHOD)).toEqual(['crm.company.list'])
  expect((await list({ credential: 'person:*' })).REQUESTS).toEqual([])
})

it('shows it to administrators alone, and tells of what it has forgotten', async () => {
  const { hook } = await portal.person()
  const { ID } = (await list()).REQUESTS.at(-1) ?? { ID: '' }
  for (const [method, parameters] of [
    ['portico.log.get', { id: ID }],
    ['portico.log.keep', { minutes: 5 }],
    ['portico.log.list', {}],
  ] as const)
    expect((await portal.call(method, parameters, { as: hook })).status).toBe(403)
  const narrow = await portal.person({ admin: true, scope: 'crm' })
  expect((await portal.call('portico.log.get', { id: ID }, { as: narrow.hook })).status).not.toBe(200)
  expect((await portal.call('portico.log.get', { id: 'nowhere' })).body.error).toBe('NOT_FOUND')
  expect((await keep(481)).body.error).toBe('INVALID_ARG_VALUE')
  expect((await keep(-1)).body.error).toBe('INVALID_ARG_VALUE')
})

it('forgets at once when it is told to, and an hour after its end by itself', async () => {
  await keep(15)
  await portal.call('crm.lead.fields')
  expect(portal.portal.requests.detailBytes).toBeGreaterThan(1_000)
  await keep(0, { forget: 'Y' })
  expect(portal.portal.requests.detailBytes).toBe(0)
  await keep(15)
  await portal.call('crm.lead.fields')
  portal.clock.at = Date.now() / 1000 + 16 * 60
  await portal.tend()
  expect(portal.portal.requests.detailBytes).toBeGreaterThan(0)
  portal.clock.at += 3_600
  await portal.tend()
  expect(portal.portal.requests.detailBytes).toBe(0)
  portal.clock.at = undefined
})

it('is switched on for all servers of a portal', async () => {
  const other = await testPortal({ beside: portal })
  await keep(15)
  expect(other.portal.requests.wantsDetails(Date.now() / 1000)).toBe(false)
  await expect
    .poll(async () => {
      await other.tend()
      return other.portal.requests.wantsDetails(Date.now() / 1000)
    })
    .toBe(true)
  await keep(0)
})

it('cuts what is long, so that it stays readable JSON', () => {
  const rows = Array.from({ length: 10_000 }, (_none, id) => ({ id, title: `Row ${id}` }))
  const { text, cut } = masked({ result: rows, next: 50 }, 10_000)
  expect(cut).toBe(true)
  expect(text.length).toBeLessThan(14_000)
  const { result } = JSON.parse(text) as { result: unknown[] }
  expect(result.at(-1)).toMatch(/^… 9\d{3} more$/)
  const long = masked({ text: 'word '.repeat(10_000) }, 64_000)
  expect(long.text.length).toBeLessThan(4_100)
  expect(long.cut).toBe(true)
  let deep: unknown = 'end'
  for (let n = 0; n < 100; n++) deep = [deep]
  expect(masked(deep, 1_000).cut).toBe(true)
})

it('keeps keys that are no plain names, and does not take words for secrets that are none', () => {
  const given = JSON.parse(
    '{"__proto__": 1, "AUTHOR_ID": 2, "CODE": "NEW", "SIGNED": "Y", "constructor": {"pin": "1"}}',
  ) as object
  expect(masked(given, 1_000).text).toBe(
    '{"__proto__":1,"AUTHOR_ID":2,"CODE":"NEW","SIGNED":"Y","constructor":{"pin":"***"}}',
  )
  expect(maskText('a=1&b=2')).toBe('a=1&b=2')
  expect(maskText('{"password": "x\\"y", "name": "z"}')).toBe('{"password": "***", "name": "z"}')
})

it('holds a bounded number of bytes, and lets go of the oldest first', () => {
  const log = new RequestLog('one')
  const add = (id: string): void =>
    log.add({
      time: 0,
      id,
      method: 'x.y',
      version: 2,
      status: 200,
      error: '',
      duration: 0,
      stages: {},
      statements: 0,
      userId: 0,
      credential: '',
      address: '',
      received: 0,
      sent: 0,
      details: {
        verb: '',
        path: '',
        contentType: '',
        userAgent: '',
        parameters: '',
        answer: 'x'.repeat(128_000),
        isCut: false,
      },
    })
  for (let n = 0; n < 2_500; n++) add(String(n))
  expect(log.detailBytes).toBeLessThanOrEqual(24_000_000)
  expect(log.detailBytes).toBeGreaterThan(23_000_000)
  expect(log.find('2499')?.[1].details).toBeDefined()
  expect(log.find('1600')?.[1].details).toBeUndefined()
  log.forgetDetails()
  expect(log.detailBytes).toBe(0)
})
