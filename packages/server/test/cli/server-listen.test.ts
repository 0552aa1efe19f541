import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { commandLine, type Ended } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'

const { inProcess } = commandLine()
const portal = await testPortal()
const { hook } = await listening(portal)

/** A handler on this machine: what it has got, and what it answers. */
const got: { body: string; type: string | undefined }[] = []
let answers = 200
const handler = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (text: string) => (body += text))
  request.on('end', () => {
    got.push({ body, type: request.headers['content-type'] })
    response.writeHead(answers).end('seen')
  })
})
await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
const handlerUrl = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/events`
afterAll(() => handler.close())

const listeners = async (): Promise<number> => {
  const [row] = await portal.portal.store.session().find<{ n: number }>(sql`select count(*) as n from event_listener`)
  return Number(row?.n)
}

/** Runs a command until `enough`, and ends it as Ctrl-C does. */
async function until(
  enough: () => boolean | Promise<boolean>,
  args: readonly string[],
  more: object,
  act: () => Promise<void>,
): Promise<Ended> {
  const controller = new AbortController()
  const { CommandError, exit } = await import('../../src/cli/terminal.ts')
  const running = inProcess([...args, '--url', hook], { ...more, signal: controller.signal })
  const ended = running.then(() => true)
  await act()
  for (;;) {
    if (await enough()) break
    if (await Promise.race([ended, new Promise<false>((resolve) => setTimeout(() => resolve(false), 20))])) break
  }
  controller.abort(new CommandError('interrupted', { exitCode: exit.interrupted }))
  return running
}

const begun = async (): Promise<void> => void (await expect.poll(listeners).toBe(1))

it('shows events as lines of JSON and hands them on, as handlers get them and in their order', async () => {
  got.length = 0
  const { code, out, err } = await until(
    () => got.length === 3,
    ['listen', '--forward-to', handlerUrl],
    {},
    async () => {
      await begun()
      const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'One' } })).body.result
      await portal.call('crm.lead.update', { id: lead, fields: { TITLE: 'Two' } })
      await portal.call('crm.lead.delete', { id: lead })
    },
  )
  expect(code).toBe(130)
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; auth: { application_token: string } })
  expect(lines.map(({ event }) => event)).toEqual(['ONCRMLEADADD', 'ONCRMLEADUPDATE', 'ONCRMLEADDELETE'])
  expect(got.map(({ body }) => new URLSearchParams(body).get('event'))).toEqual(lines.map(({ event }) => event))
  expect(got[0]?.type).toBe('application/x-www-form-urlencoded')
  const token = new URLSearchParams(got[0]?.body).get('auth[application_token]')
  expect(token).toBe(lines[0]?.auth.application_token)
  expect(err).toContain(`auth[application_token] is ${token} `)
  expect(err).toMatch(/ONCRMLEADADD {2}\d+ → 200 \(\d+ ms\)/)
  expect(err).not.toContain(portal.code)
  // With the command, what it has registered goes.
  expect(await listeners()).toBe(0)
})

it('tells people in a line each, and goes on when the handler fails', async () => {
  got.length = 0
  answers = 500
  const args = ['listen', '--events', 'ONCRMDEALADD', '--forward-to', handlerUrl.replace('http://', ''), '-o', 'table']
  const { out } = await until(
    () => got.length === 2,
    args,
    {},
    async () => {
      await begun()
      await portal.call('crm.lead.add', { fields: { TITLE: 'Not this' } })
      for (const TITLE of ['A', 'B']) await portal.call('crm.deal.add', { fields: { TITLE } })
    },
  )
  answers = 200
  expect(out.trim().split('\n')).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d {2}ONCRMDEALADD {2}\d+ → 500 \(\d+ ms\)$/),
    expect.stringMatching(/^\d\d:\d\d:\d\d {2}ONCRMDEALADD {2}\d+ → 500 \(\d+ ms\)$/),
  ])
})

it('loses nothing while the server is away', { timeout: 20_000 }, async () => {
  let away = false
  let refused = 0
  const failing: typeof fetch = async (...call) => {
    const answer = await fetch(...call)
    // The answer is on its way, and the connection breaks.
    if (!away) return answer
    refused++
    throw new TypeError('fetch failed', { cause: new Error('connection lost') })
  }
  let seen = 0
  const { out, err } = await until(
    async () => {
      seen++
      return refused > 1 && !away && seen > 100
    },
    ['listen', '--events', 'ONCRMLEADADD'],
    { fetch: failing },
    async () => {
      await begun()
      away = true
      for (const TITLE of ['A', 'B', 'C']) await portal.call('crm.lead.add', { fields: { TITLE } })
      await expect.poll(() => refused, { timeout: 10_000 }).toBeGreaterThan(1)
      away = false
    },
  )
  expect(out.trim().split('\n')).toHaveLength(3)
  expect(err).toContain('trying again…\nThe server is back.\n')
})

it('needs an administrator with every scope, and an address that is one', async () => {
  const { hook: narrow } = await portal.person({ admin: true, scope: 'crm' })
  const url = hook.replace(/\d+\/\w+\/$/, `${narrow}/`)
  expect(await inProcess(['listen', '--url', url])).toMatchObject({
    code: expect.any(Number),
    out: '',
    err: expect.stringContaining('WRONG_AUTH_TYPE'),
  })
  expect(await inProcess(['listen', '--url', hook, '--forward-to', 'http://'])).toMatchObject({ code: 2 })
})

it('tails the log of requests: for scripts, for people, and as it goes on', async () => {
  await portal.call('crm.lead.get', { id: 999_999 })
  const errors = await inProcess(['logs', 'tail', '--errors', '--method', 'crm.*', '--url', hook])
  expect(errors.code).toBe(0)
  expect(JSON.parse(errors.out)).toMatchObject([{ METHOD: 'crm.lead.get', STATUS: 400, ADDRESS: '127.0.0.1' }])
  expect(await inProcess(['logs', 'tail', '--status', '40', '--url', hook])).toMatchObject({ code: 2 })
  const tailed = await until(
    () => true,
    ['logs', 'tail', '-f', '-n', '1', '-o', 'table', '--method', 'crm.deal.*'],
    {},
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await portal.call('crm.deal.fields')
      await new Promise((resolve) => setTimeout(resolve, 300))
    },
  )
  expect(tailed.code).toBe(130)
  expect(tailed.out.trim().split('\n').at(-1)).toMatch(
    /^\d\d:\d\d:\d\d {2}200 {2}crm\.deal\.fields +[\d.]+ ms +\d+ SQL {2}webhook:\d+ +127\.0\.0\.1$/,
  )
})

it('tails exact requests with their stages, statements and answers, where the server keeps them', async () => {
  await portal.call('crm.deal.get', { id: 999_998 })
  const told = ['logs', 'tail', '--details', '-n', '1', '--method', 'crm.*', '--url', hook]
  const without = await inProcess([...told, '-o', 'table'])
  expect(without.out).toContain('\n    the exact request was not kept\n')
  expect(without.err).toContain('portico call portico.log.keep -F minutes=15')
  await portal.call('portico.log.keep', { minutes: 5 })
  await portal.call('crm.company.list', { filter: { TITLE: 'Needle' }, select: ['ID'] })
  const { out, err } = await inProcess([...told, '-o', 'table'])
  expect(err).toBe('')
  const [line = '', stages = '', sent = '', ...json] = out.trimEnd().split('\n')
  expect(line).toMatch(/ 200 {2}crm\.company\.list +[\d.]+ ms +\d+ SQL /)
  expect(stages).toMatch(/^ {4}id \w{16} · auth [\d.]+ ms · run [\d.]+ ms · commit [\d.]+ ms$/)
  expect(sent).toMatch(/^ {4}POST \/rest\/1\/\*\*\*\/crm\.company\.list(\.json)? · application\/json/)
  expect(json.join('\n')).toContain('    parameters {\n      "filter": {\n        "TITLE": "Needle"\n')
  expect(json.join('\n')).toContain('    answer {\n      "result": [],\n')
  const asJson = JSON.parse((await inProcess([...told, '-o', 'json'])).out) as unknown
  expect(asJson).toMatchObject([
    {
      METHOD: 'crm.company.list',
      STATEMENTS: expect.any(Number),
      STAGES: { run: expect.any(Number) },
      PARAMETERS: { filter: { TITLE: 'Needle' }, select: ['ID'] },
      ANSWER: { result: [], total: 0 },
    },
  ])
})
