import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { B24Hook } from '@bitrix24/b24jssdk'
import { Client, type PortalError } from 'portico-client'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type Exchange,
  record,
  type Recording,
  replay,
  type Replay,
  type ReplayOptions,
} from '../../src/cli/recording/index.ts'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'
import { sender } from './recording-session.ts'

const directory = mkdtempSync(join(tmpdir(), 'portico-replay-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const recordingOf = (...exchanges: (Partial<Exchange> & Pick<Exchange, 'method'>)[]): Recording => ({
  headers: [{ portico: 'recording', version: 1, userId: 3, began: 0 }],
  exchanges: exchanges.map((each, index) => ({
    seq: index + 1,
    at: 0,
    api: 2 as const,
    verb: 'POST',
    params: {},
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    answer: { result: index + 1 },
    ms: 1,
    ...each,
  })),
})

async function replaying(
  recording: Recording | string,
  act: (replay: Replay, send: ReturnType<typeof sender>) => Promise<void>,
  options: Partial<ReplayOptions> = {},
): Promise<void> {
  const server = await replay({ ...options, recording })
  try {
    await act(server, sender(server.hook))
  } finally {
    await server.close()
  }
}

describe('a request', () => {
  const recording = recordingOf({
    method: 'crm.lead.list',
    params: {
      filter: { '>ID': '5', '@STATUS_ID': ['NEW', 'JUNK'], '!OPENED': 'Y' },
      select: ['ID', 'TITLE'],
      start: 0,
    },
  })

  it.each([
    [
      'JSON',
      (hook: string) =>
        fetch(`${hook}crm.lead.list`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            start: 0,
            select: ['ID', 'TITLE'],
            filter: { '!OPENED': 'Y', '@STATUS_ID': ['NEW', 'JUNK'], '>ID': 5 },
          }),
        }),
    ],
    [
      'a form',
      (hook: string) =>
        fetch(`${hook}crm.lead.list.json/`, {
          method: 'POST',
          body: new URLSearchParams(
            'filter[>ID]=5&filter[@STATUS_ID][]=NEW&filter[@STATUS_ID][]=JUNK&filter[!OPENED]=Y&select[0]=ID&select[1]=TITLE&start=0',
          ),
        }),
    ],
    [
      'an address',
      (hook: string) =>
        fetch(
          `${hook}/CRM.Lead.List?FILTER[>ID]=5&FILTER[@STATUS_ID][0]=NEW&FILTER[@STATUS_ID][1]=JUNK&FILTER[!OPENED]=Y&SELECT[]=ID&SELECT[]=TITLE&START=0&bx24_request_id=7`,
        ),
    ],
    [
      'somebody else',
      (hook: string) =>
        fetch(`${hook.replace(/rest\/.*$/, 'rest/99/whatever/')}crm.lead.list`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"filter":{">ID":"5","@STATUS_ID":{"0":"NEW","1":"JUNK"},"!OPENED":"Y"},"select":["ID","TITLE"],"start":"0","order":{}}',
        }),
    ],
  ])('is known again when it comes by %s', async (_how, ask) => {
    await replaying(recording, async ({ hook, missed }) => {
      // The parameters' own names are the same in any case; the fields' are not.
      const answer = await ask(hook)
      expect([answer.status, await answer.json()]).toEqual([200, { result: 1 }])
      expect(missed).toEqual([])
    })
  })

  it.each([
    [
      { filter: { '>ID': 6, '@STATUS_ID': ['NEW', 'JUNK'], '!OPENED': 'Y' }, select: ['ID', 'TITLE'], start: 0 },
      'filter.>ID was "5" and is 6',
    ],
    [
      { filter: { '>ID': 5, '@STATUS_ID': ['NEW', 'JUNK'], '!OPENED': 'Y' }, select: ['ID', 'TITLE'] },
      'start is missing',
    ],
    [
      { filter: { '>ID': 5, '@STATUS_ID': ['JUNK', 'NEW'], '!OPENED': 'Y' }, select: ['ID', 'TITLE'], start: 0 },
      'filter.@STATUS_ID.0 was "NEW" and is "JUNK"; filter.@STATUS_ID.1 was "JUNK" and is "NEW"',
    ],
    [
      { filter: { '>ID': 5, '@STATUS_ID': 'NEW', '!OPENED': 'Y' }, select: ['ID', 'TITLE'], start: 0, x: 1 },
      'filter.@STATUS_ID held values and is one; x was not sent then',
    ],
  ])('that was never recorded is told with what differs: %#', async (params, difference) => {
    await replaying(recording, async ({ missed }, send) => {
      const text = `crm.lead.list was not recorded with these parameters. The nearest is request 1: ${difference}`
      expect(await send('crm.lead.list', params)).toEqual({
        status: 501,
        body: { error: 'NOT_RECORDED', error_description: text },
      })
      expect(missed).toEqual([{ method: 'crm.lead.list', text }])
    })
  })

  it('of a method that was never called is told with the nearest one; REST 3.0 and XML in their own shapes', async () => {
    await replaying(recording, async ({ hook, missed }, send) => {
      expect((await send('crm.lead.lits')).body.error_description).toBe(
        'crm.lead.lits was not recorded; crm.lead.list was',
      )
      const v3 = await sender(hook.replace('/rest/', '/rest/api/'))('batch', {})
      expect(v3).toEqual({ status: 501, body: { error: { code: 'NOT_RECORDED', message: 'batch was not recorded' } } })
      expect(await (await fetch(`${hook}profile.xml`)).text()).toContain('<error>NOT_RECORDED</error>')
      expect((await fetch(hook.replace('/rest/', '/elsewhere/'))).status).toBe(404)
      expect(missed).toHaveLength(3)
    })
  })

  it('may differ where that is said', async () => {
    const dated = recordingOf({
      method: 'crm.deal.add',
      params: { fields: { STAGE_ID: 'NEW', BEGINDATE: '2026-01-01' } },
    })
    await replaying(
      dated,
      async (_server, send) => {
        expect((await send('crm.deal.add', { fields: { STAGE_ID: 'NEW', BEGINDATE: '2030-02-02' } })).status).toBe(200)
        expect((await send('crm.deal.add', { fields: { STAGE_ID: 'WON', BEGINDATE: '2030-02-02' } })).status).toBe(501)
      },
      { any: ['begindate'] },
    )
  })
})

describe('a placeholder', () => {
  const made = recordingOf(
    {
      method: 'crm.contact.add',
      params: { fields: { NAME: 'Text 1', EMAIL: [{ VALUE: 'person1@example.invalid' }] } },
      answer: { result: 7 },
    },
    {
      method: 'crm.contact.add',
      params: { fields: { NAME: 'Text 2', EMAIL: [{ VALUE: 'person2@example.invalid' }] } },
      answer: { result: 8 },
    },
    {
      method: 'crm.contact.get',
      params: { id: 7 },
      answer: {
        result: {
          ID: '7',
          NAME: 'Text 1',
          LAST_NAME: 'Text 3',
          EMAIL: [{ ID: '1', VALUE: 'person1@example.invalid' }],
        },
      },
    },
    {
      method: 'crm.contact.list',
      params: { filter: { NAME: 'Text 2' } },
      answer: { result: [{ ID: '8', NAME: 'Text 2' }] },
    },
  )
  const contact = (name: string, mail: string) => ({ fields: { NAME: name, EMAIL: [{ VALUE: mail }] } })

  it('is what the test says, and comes back as that', async () => {
    await replaying(made, async (_server, send) => {
      expect((await send('crm.contact.add', contact('Ada', 'ada@example.com'))).body.result).toBe(7)
      expect((await send('crm.contact.add', contact('Bea', 'bea@example.com'))).body.result).toBe(8)
      expect((await send('crm.contact.get', { id: '7' })).body.result).toEqual({
        ID: '7',
        NAME: 'Ada',
        LAST_NAME: 'Text 3',
        EMAIL: [{ ID: '1', VALUE: 'ada@example.com' }],
      })
      // Of what was never said, the placeholder itself is the value.
      expect((await send('crm.contact.list', { filter: { NAME: 'Bea' } })).body.result).toEqual([
        { ID: '8', NAME: 'Bea' },
      ])
      expect((await send('crm.contact.list', { filter: { NAME: 'Text 2' } })).body.result).toEqual([
        { ID: '8', NAME: 'Bea' },
      ])
    })
  })

  it('is of its kind', async () => {
    await replaying(made, async (_server, send) => {
      const { status, body } = await send('crm.contact.add', contact('Ada', 'nobody'))
      expect(status).toBe(501)
      expect(body.error_description).toContain('fields.EMAIL.0.VALUE was an e-mail address and is "nobody"')
    })
  })

  it('is one value within a request', async () => {
    const twice = recordingOf({
      method: 'crm.contact.add',
      params: { fields: { NAME: 'Text 1', LAST_NAME: 'Text 1' } },
    })
    await replaying(twice, async (_server, send) => {
      expect((await send('crm.contact.add', { fields: { NAME: 'A', LAST_NAME: 'A' } })).status).toBe(200)
      expect((await send('crm.contact.add', { fields: { NAME: 'A', LAST_NAME: 'B' } })).status).toBe(501)
    })
  })
})

describe('answers', () => {
  it('to equal requests come in their order, and the last one again and again', async () => {
    const recording = recordingOf(
      { method: 'crm.lead.get' },
      { method: 'crm.lead.get' },
      { method: 'crm.lead.get', status: 400, answer: { error: '', error_description: 'Not found' } },
    )
    await replaying(recording, async ({ unused }, send) => {
      const results: unknown[] = []
      for (let time = 0; time < 5; time++) {
        const { status, body } = await send('crm.lead.get')
        results.push(status === 200 ? body.result : status)
      }
      expect(results).toEqual([1, 2, 400, 400, 400])
      expect(unused()).toEqual([])
    })
  })

  it('keep their status and their headers; of files there are as many bytes, and of what was too large nothing is made up', async () => {
    const recording = recordingOf(
      {
        method: 'one',
        status: 503,
        headers: { 'content-type': 'application/json', 'retry-after': '7' },
        answer: { error: 'QUERY_LIMIT_EXCEEDED' },
      },
      {
        method: 'two',
        status: 302,
        headers: { 'content-type': 'text/html', location: 'https://url1.example.invalid/' },
        answer: undefined,
        bytes: 6,
      },
      { method: 'three', headers: { 'content-type': 'image/png' }, answer: undefined, bytes: 1234 },
      { method: 'four', headers: { 'content-type': 'application/json' }, answer: undefined, bytes: 50_000_000 },
    )
    await replaying(recording, async ({ hook, missed, unused }) => {
      const limit = await fetch(`${hook}one`)
      expect([limit.status, limit.headers.get('retry-after'), await limit.json()]).toEqual([
        503,
        '7',
        { error: 'QUERY_LIMIT_EXCEEDED' },
      ])
      const moved = await fetch(`${hook}two`, { redirect: 'manual' })
      expect([moved.status, moved.headers.get('location')]).toEqual([302, 'https://url1.example.invalid/'])
      expect((await (await fetch(`${hook}three`)).arrayBuffer()).byteLength).toBe(1234)
      expect((await fetch(`${hook}four`)).status).toBe(501)
      expect(missed).toEqual([
        { method: 'four', text: 'The answer to request 4 was too large to be kept (50000000 bytes)' },
      ])
      expect(unused()).toEqual([])
    })
  })

  it('to pages of other origins may be read', async () => {
    await replaying(recordingOf({ method: 'profile' }), async ({ hook }) => {
      const preflight = await fetch(`${hook}profile`, {
        method: 'OPTIONS',
        headers: { 'access-control-request-headers': 'x-own' },
      })
      expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'x-own'])
      expect((await fetch(`${hook}profile`)).headers.get('access-control-allow-origin')).toBe('*')
    })
  })
})

describe('what was recorded of a portal', () => {
  it(
    'is there again without it, for the official SDK and for ours, with other values',
    { timeout: 60_000 },
    async () => {
      const portal = await testPortal()
      const { hook } = await listening(portal)
      const out = join(directory, 'sdk.ndjson')
      const certificates = join(directory, 'tls')
      /** What a test does with a webhook. */
      async function scenario(
        https_: string | null,
        plain: string,
        ca: string | null,
        name: string,
      ): Promise<unknown[]> {
        https.globalAgent.options.ca = readFileSync(String(ca))
        process.env.NO_PROXY = '*'
        const b24 = B24Hook.fromWebhookUrl(String(https_))
        b24.offClientSideWarning()
        const made = await b24.actions.v2.call.make<number>({
          method: 'crm.lead.add',
          params: { fields: { TITLE: name, PHONE: [{ VALUE: '+49 30 5550100' }] } },
        })
        const id = made.getData()?.result
        const batch = await b24.actions.v2.batch.make<{ TITLE: string }>({
          calls: { read: ['crm.lead.get', { id }], again: ['crm.item.get', { entityTypeId: 1, id }] },
        })
        b24.destroy()
        const client = new Client({ webhook: plain })
        const refused = await client
          .call('crm.lead.get', { id: 99_999_999 })
          .catch((cause: unknown) => (cause as PortalError).text)
        const list = await client.call('crm.lead.list', { filter: { TITLE: name }, select: ['ID', 'TITLE'] })
        return [id, JSON.parse(JSON.stringify(batch.getData())), refused, list]
      }
      const recorder = await record({ to: hook, out, certificates })
      const first = await scenario(recorder.httpsHook, recorder.hook, recorder.caPath, 'Größe 1')
      await recorder.close()
      await portal.app.close()

      const server = await replay({ recording: out, certificates })
      const second = await scenario(server.httpsHook, server.hook, server.caPath, 'Something else')
      await server.close()
      expect(server.missed).toEqual([])
      expect(server.unused()).toEqual([])
      const text = JSON.stringify(second)
      expect(text).toContain('"TITLE":"Something else"')
      expect(text).toContain('"title":"Something else"')
      expect(text).toContain('"VALUE":"+49 30 5550100"')
      expect(JSON.stringify(first)).toContain('"TITLE":"Größe 1"')
      expect([second[0], second[2]]).toEqual([first[0], first[2]])
    },
  )
})

describe('portico replay', () => {
  const { inProcess, home } = commandLine()
  const file = join(home, 'small.ndjson')
  const { headers, exchanges } = recordingOf({ method: 'profile' }, { method: 'crm.lead.get', params: { id: 5 } })
  writeFileSync(file, [...headers, ...exchanges].map((line) => `${JSON.stringify(line)}\n`).join(''))

  /** Runs it on a free port until `act` is done. */
  async function run(args: readonly string[], act: (hook: string) => Promise<void>) {
    const port = await new Promise<number>((resolve) => {
      void replay({ recording: recordingOf() }).then(async ({ httpUrl, close }) => {
        await close()
        resolve(Number(new URL(httpUrl).port))
      })
    })
    const controller = new AbortController()
    const running = inProcess(['replay', 'small.ndjson', '--port', String(port), '--https-port', 'off', ...args], {
      signal: controller.signal,
    })
    const hook = `http://127.0.0.1:${port}/rest/1/x/`
    await expect
      .poll(() =>
        fetch(new URL('/', hook)).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(404)
    await act(hook)
    controller.abort()
    return running
  }

  it('answers until it is ended, and tells what was missing and what nobody has asked for', async () => {
    const { code, out, err } = await run([], async (hook) => {
      await fetch(`${hook}profile`)
      await fetch(`${hook}crm.lead.get?id=6`)
    })
    const missed = 'crm.lead.get was not recorded with these parameters. The nearest is request 2: id was 5 and is "6"'
    expect(code).toBe(0)
    expect(out).toMatch(/^Replaying small\.ndjson\. /)
    expect(out).toContain(`not recorded: ${missed}\n`)
    expect(err).toBe(`    1  200  profile\nwarning: ${missed}\nNobody has asked for 1 of the recorded requests.\n`)
  })

  it('fails with --strict where something was missing, and with nothing else', async () => {
    const good = await run(['--strict', '--quiet'], async (hook) => void (await fetch(`${hook}profile`)))
    expect(good).toMatchObject({ code: 0, err: 'Nobody has asked for 1 of the recorded requests.\n' })
    const bad = await run(['--strict'], async (hook) => void (await fetch(`${hook}other`)))
    expect(bad.code).toBe(1)
    expect(bad.err).toContain('portico: 1 request was never recorded\n')
  })

  it('refuses what is no recording', async () => {
    expect(await inProcess(['replay', 'nowhere.ndjson'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no recording'),
    })
    expect(await inProcess(['replay'])).toMatchObject({ code: 2, err: expect.stringContaining('FILE is missing') })
  })
})
