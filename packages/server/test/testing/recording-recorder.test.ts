import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { B24Hook } from '@bitrix24/b24jssdk'
import { Client } from 'portico-client'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type Exchange,
  readRecording,
  record,
  type Recorder,
  type RecordOptions,
} from '../../src/cli/recording/index.ts'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'
import { sender } from './recording-session.ts'

const directory = mkdtempSync(join(tmpdir(), 'portico-recorder-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
let files = 0
const fresh = (): string => join(directory, `${++files}.ndjson`)

const portal = await testPortal()
const { hook } = await listening(portal)

/** A recorder for one test. */
async function recording(
  options: Partial<RecordOptions>,
  act: (recorder: Recorder, out: string) => Promise<void>,
): Promise<{ text: string; exchanges: readonly Exchange[] }> {
  const out = options.out ?? fresh()
  const recorder = await record({ to: hook, ...options, out })
  try {
    await act(recorder, out)
  } finally {
    await recorder.close()
  }
  return { text: readFileSync(out, 'utf8'), exchanges: (await readRecording(out)).exchanges }
}

/** Something that is no Portico: it answers what it is told. */
async function stranger(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/5/realsecret1/`
}

describe('passed on', () => {
  it('is everything as it was sent, and back comes what the portal has answered, byte by byte', async () => {
    const seen: { url: string; method: string; type: string; host: string; body: string }[] = []
    const bytes = Buffer.from('{"result" : {"TITLE":"Größe\\u0021"},\n "time":{}}')
    const to = await stranger((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (text: string) => (body += text))
      request.on('end', () => {
        const { url = '', method = '', headers } = request
        seen.push({ url, method, type: String(headers['content-type']), host: String(headers.host), body })
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'x-own': 'kept' }).end(bytes)
      })
    })
    const { exchanges } = await recording({ to }, async ({ hook: local }) => {
      const get = await fetch(`${local}/crm.lead.list.json/?filter[%3EID]=5&bx24_request_id=1`)
      expect(Buffer.from(await get.arrayBuffer())).toEqual(bytes)
      expect(get.headers.get('x-own')).toBe('kept')
      expect(get.headers.get('content-type')).toBe('application/json; charset=utf-8')
      await fetch(local.replace('/rest/', '/rest/api/') + 'batch', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '[{"method":"main.eventlog.list"}]',
      })
      await fetch(`${local}crm.lead.add`, { method: 'POST', body: new URLSearchParams({ 'fields[TITLE]': 'Ä & B' }) })
    })
    const host = new URL(to).host
    expect(seen).toEqual([
      {
        url: '/rest/5/realsecret1//crm.lead.list.json/?filter[%3EID]=5&bx24_request_id=1',
        method: 'GET',
        type: 'undefined',
        host,
        body: '',
      },
      {
        url: '/rest/api/5/realsecret1/batch',
        method: 'POST',
        type: 'application/json',
        host,
        body: '[{"method":"main.eventlog.list"}]',
      },
      {
        url: '/rest/5/realsecret1/crm.lead.add',
        method: 'POST',
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        host,
        body: 'fields%5BTITLE%5D=%C3%84+%26+B',
      },
    ])
    expect(exchanges.map(({ method, api, verb, params }) => ({ method, api, verb, params }))).toEqual([
      { method: 'crm.lead.list', api: 2, verb: 'GET', params: { filter: { '>ID': '5' } } },
      { method: 'batch', api: 3, verb: 'POST', params: { 0: { method: 'main.eventlog.list' } } },
      { method: 'crm.lead.add', api: 2, verb: 'POST', params: { fields: { TITLE: 'Text 2' } } },
    ])
  })

  it('are refusals, limits and a portal that has moved, which is told and not followed', async () => {
    let asked = 0
    const to = await stranger((request, response) => {
      asked++
      if (request.url?.endsWith('one') === true)
        response
          .writeHead(503, { 'retry-after': '7', 'content-type': 'application/json' })
          .end('{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}')
      else
        response
          .writeHead(302, {
            location: 'https://renamed.example.com/rest/5/realsecret1/two',
            'content-type': 'text/html',
          })
          .end('<html>')
    })
    const { exchanges, text } = await recording({ to }, async ({ hook: local }) => {
      const limit = await fetch(`${local}one`)
      expect([limit.status, limit.headers.get('retry-after')]).toEqual([503, '7'])
      const moved = await fetch(`${local}two`, { redirect: 'manual' })
      expect(moved.status).toBe(302)
      expect(moved.headers.get('location')).toBe('https://renamed.example.com/rest/5/realsecret1/two')
    })
    expect(asked).toBe(2)
    expect(exchanges).toMatchObject([
      { status: 503, headers: { 'retry-after': '7' }, answer: { error: 'QUERY_LIMIT_EXCEEDED' } },
      { status: 302, headers: { location: 'https://url1.example.invalid/', 'content-type': 'text/html' }, bytes: 6 },
    ])
    expect(text).not.toContain('renamed')
  })

  it('is nothing without the code that was printed, and the real one opens nothing here', async () => {
    const { exchanges } = await recording({ code: 'local123' }, async ({ hook: local, httpUrl }) => {
      expect(local).toBe(`${httpUrl}/rest/1/local123/`)
      for (const path of [
        'rest/1/other/profile',
        `rest/1/${portal.code}/profile`,
        'rest/2/local123/profile',
        'rest/profile',
        '',
      ])
        expect((await fetch(`${httpUrl}/${path}`)).status).toBe(401)
      expect((await fetch(`${local}profile`)).status).toBe(200)
    })
    expect(exchanges.map(({ method }) => method)).toEqual(['profile'])
  })

  it('is told of a portal that is not there, without its code', async () => {
    const troubles: string[] = []
    const to = 'http://127.0.0.1:9/rest/1/realsecret1/'
    const { exchanges } = await recording({ to, onTrouble: (text) => troubles.push(text) }, async ({ hook: local }) => {
      const answer = await fetch(`${local}profile`)
      const text = await answer.text()
      expect([answer.status, JSON.parse(text).error]).toEqual([502, 'PORTAL_UNREACHABLE'])
      expect(text).not.toContain('realsecret1')
    })
    expect(exchanges).toEqual([])
    expect(troubles).toEqual(['request 1 is not recorded: no answer from 127.0.0.1:9 (ECONNREFUSED)'])
  })

  it('are packed answers and answers in XML, which the recording knows unpacked', async () => {
    const to = await stranger((request, response) => {
      if (request.url?.includes('.xml') === true)
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end(
            '<?xml version="1.0"?>\n<response><result><item><ID>5</ID><TITLE>A &amp; B</TITLE></item></result></response>',
          )
      else
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync('{"result":{"ID":"5"}}'))
    })
    const { exchanges } = await recording({ to }, async ({ hook: local }) => {
      expect(await (await fetch(`${local}crm.lead.get?id=5`)).json()).toEqual({ result: { ID: '5' } })
      expect(await (await fetch(`${local}crm.lead.list.xml`)).text()).toContain('<TITLE>A &amp; B</TITLE>')
    })
    expect(exchanges[0]?.answer).toEqual({ result: { ID: '5' } })
    expect(exchanges[1]).toMatchObject({ xml: true, answer: { result: [{ ID: '5', TITLE: 'Text 1' }] } })
  })

  it('are files of any size, of which only the size is kept', { timeout: 60_000 }, async () => {
    const file = Buffer.alloc(40 * 2 ** 20, 'x')
    const to = await stranger((request: IncomingMessage, response) => {
      let size = 0
      request.on('data', (chunk: Buffer) => (size += chunk.length))
      request.on('end', () => {
        if (request.method === 'GET')
          response
            .writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
            .end(file)
        else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ result: size }))
      })
    })
    const { exchanges, text } = await recording({ to }, async ({ hook: local }) => {
      const got = await fetch(`${local}crm.controller.item.getFile?token=crm%7Csecret`)
      expect((await got.arrayBuffer()).byteLength).toBe(file.length)
      const form = new FormData()
      form.set('fields[PHOTO][fileData]', new Blob([file.subarray(0, 100_000)]), 'ada.png')
      await fetch(`${local}crm.contact.add`, { method: 'POST', body: form })
      const put = await fetch(`${local}crm.lead.add`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: file,
      })
      expect((await put.json()) as object).toEqual({ result: file.length })
    })
    expect(exchanges).toMatchObject([
      { params: { token: '***' }, bytes: file.length },
      {
        params: {
          fields: { PHOTO: { fileData: ['file1.png', Buffer.from('content 1, 100002 bytes').toString('base64')] } },
        },
      },
      { params: null, unread: 'large', answer: { result: expect.any(Number) } },
    ])
    expect(text.length).toBeLessThan(2_500)
  })
})

describe('the file', () => {
  it('holds no secret, no host and nothing that anybody is called or reached by', async () => {
    const { text, exchanges } = await recording({}, async ({ hook: local }) => {
      const send = sender(local)
      const { result: id } = (
        await send('crm.contact.add', {
          fields: {
            NAME: 'Anaïs',
            LAST_NAME: 'Quellenhof',
            PHONE: [{ VALUE: '+49 30 5550100', VALUE_TYPE: 'WORK' }],
            EMAIL: [{ VALUE: 'anais@quellenhof.example', VALUE_TYPE: 'WORK' }],
            ADDRESS_CITY: 'Görlitz',
            COMMENTS: 'wants a bicycle',
            PHOTO: { fileData: ['anais.gif', 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'] },
          },
        })
      ).body
      await send('crm.contact.get', { id })
      await send('crm.item.get', { entityTypeId: 3, id })
      await send('crm.contact.list', { filter: { LAST_NAME: 'Quellenhof' } })
      await send('crm.duplicate.findbycomm', { type: 'EMAIL', values: ['anais@quellenhof.example'] })
      await send('batch', { cmd: { a: 'crm.contact.list?filter[EMAIL]=anais%40quellenhof.example&select[]=*' } })
      await send('profile')
      await send('user.current')
    })
    for (const hidden of [
      portal.code,
      '127.0.0.1',
      'Anaïs',
      'anais',
      'uellenhof',
      '5550100',
      'Görlitz',
      'bicycle',
      'R0lGOD',
      'admin@example.com',
    ])
      expect(text).not.toContain(hidden)
    const [added, read, , list] = exchanges
    const fields = (added?.params ?? {}).fields as Record<string, unknown>
    expect((read as { answer: { result: object } }).answer.result).toMatchObject({
      NAME: fields.NAME,
      LAST_NAME: fields.LAST_NAME,
      PHONE: fields.PHONE,
      PHOTO: { showUrl: '/path1', downloadUrl: '/path2' },
    })
    expect(list?.params).toEqual({ filter: { LAST_NAME: fields.LAST_NAME } })
    expect(added?.answer).toMatchObject({ result: expect.any(Number), time: { start: expect.any(Number) } })
  })

  it('is not overwritten; it is gone on with, or begun anew, where that is said', async () => {
    const out = fresh()
    const add =
      (title: string) =>
      async ({ hook: local }: Recorder) => {
        await sender(local)('crm.lead.add', { fields: { TITLE: title } })
      }
    await recording({ out }, add('One'))
    await expect(record({ to: hook, out })).rejects.toMatchObject({ message: `${out} is there already`, exitCode: 2 })
    // What is not whole, a recorder has been killed at.
    writeFileSync(out, `${readFileSync(out, 'utf8')}{"seq":2,"meth`)
    expect((await readRecording(out)).exchanges).toHaveLength(1)
    const { exchanges } = await recording({ out, existing: 'append' }, add('Two'))
    // What "Text 1" stood for is not known any more: nothing else is called so.
    expect(exchanges.map(({ seq, params }) => [seq, params?.fields])).toEqual([
      [1, { TITLE: 'Text 1' }],
      [2, { TITLE: 'Text 2' }],
    ])
    const anew = await recording({ out, existing: 'replace' }, add('Three'))
    expect(anew.exchanges).toHaveLength(1)
  })

  it.each([
    ['nothing', '', 'it is empty'],
    ['no JSON', 'hello\nworld\n', 'line 1 is no JSON'],
    ['another NDJSON', '{"seq":1}\n', 'it does not begin as one'],
    ['a later format', '{"portico":"recording","version":99}\n', 'a later version of Portico (format 99)'],
    [
      'a line in the midst',
      '{"portico":"recording","version":1,"userId":1,"began":1}\n{"seq\n{"seq":2}\n',
      'line 2 is no JSON',
    ],
    ['no exchange', '{"portico":"recording","version":1,"userId":1,"began":1}\n{"seq":2}\n', 'line 2 is no exchange'],
  ])('is refused where it is %s', async (_what, text, refusal) => {
    const path = fresh()
    writeFileSync(path, text)
    await expect(readRecording(path)).rejects.toThrow(refusal)
  })

  it('has requests in their order, however long their answers take', async () => {
    const to = await stranger((request, response) => {
      setTimeout(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"result":1}'),
        request.url?.endsWith('one') === true ? 150 : 0,
      )
    })
    const { exchanges } = await recording({ to }, async ({ hook: local }) => {
      const slow = fetch(`${local}one`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await fetch(`${local}two`)
      await slow
    })
    expect(exchanges.map(({ seq, method }) => `${seq} ${method}`)).toEqual(['1 one', '2 two'])
  })
})

describe('clients', () => {
  it('are the official SDK over HTTPS and ours', async () => {
    const certificates = join(directory, 'tls')
    const { exchanges } = await recording({ certificates }, async ({ httpsHook, caPath, hook: local }) => {
      https.globalAgent.options.ca = readFileSync(String(caPath))
      process.env.NO_PROXY = '*'
      const b24 = B24Hook.fromWebhookUrl(String(httpsHook))
      b24.offClientSideWarning()
      const made = await b24.actions.v2.call.make<number>({
        method: 'crm.lead.add',
        params: { fields: { TITLE: 'By the SDK' } },
        requestId: 'one',
      })
      expect(made.getErrorMessages()).toEqual([])
      const batch = await b24.actions.v2.batch.make({
        calls: { one: ['crm.lead.get', { id: made.getData()?.result }], two: ['crm.lead.list', { select: ['ID'] }] },
      })
      expect(batch.getErrorMessages()).toEqual([])
      b24.destroy()
      const client = new Client({ webhook: local })
      expect(await client.call('crm.lead.get', { id: made.getData()?.result as number })).toMatchObject({
        TITLE: 'By the SDK',
      })
    })
    expect(exchanges.map(({ method, commands }) => [method, commands?.map((each) => each.method)])).toEqual([
      ['crm.lead.add', undefined],
      ['batch', ['crm.lead.get', 'crm.lead.list']],
      ['crm.lead.get', undefined],
    ])
    // The SDK's numbers of requests and its version are none of the parameters.
    expect(exchanges[0]?.params).toEqual({ fields: { TITLE: 'Text 1' } })
  })
})

describe('portico record', () => {
  const { inProcess, start, home } = commandLine()

  it('has lost nothing of what was answered when it is killed', { timeout: 120_000 }, async () => {
    const child = await start([
      'record',
      '--to',
      hook,
      '--out',
      'killed.ndjson',
      '--https-port',
      'off',
      '--code',
      'abcd1234',
    ])
    let said = ''
    for await (const text of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      said += String(text)
      if (/Webhook {2}\S+\n/.test(said)) break
    }
    const local = /Webhook {2}(\S+)\n/.exec(said)?.[1] ?? ''
    expect(local).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/rest\/1\/abcd1234\/$/)
    expect(said).not.toContain(portal.code)
    const send = sender(local)
    let answered = 0
    const calls = Array.from({ length: 4 }, async () => {
      for (;;) {
        await send('crm.lead.list', { select: ['ID'] })
        answered++
        if (answered >= 60) return
      }
    })
    await Promise.all(calls)
    const underWay = Array.from({ length: 5 }, () => send('crm.lead.list').catch(() => {}))
    child.kill('SIGKILL')
    await once(child, 'exit')
    await Promise.all(underWay)
    const { exchanges } = await readRecording(join(home, 'killed.ndjson'))
    expect(exchanges.length).toBeGreaterThanOrEqual(answered)
    expect(exchanges.every(({ status, answer }) => status === 200 && answer !== undefined)).toBe(true)
  })

  it('ends with Ctrl-C, and tells what it has done, but no secret', async () => {
    const controller = new AbortController()
    const running = inProcess(
      ['record', '--out', 'ended.ndjson', '--https-port', 'off', '--port', '0', '--code', 'abcd1234'],
      {
        env: { PORTICO_RECORD_TO: hook },
        signal: controller.signal,
      },
    )
    await expect
      .poll(() => {
        try {
          return readFileSync(join(home, 'ended.ndjson'), 'utf8')
        } catch {
          return ''
        }
      })
      .toContain('"recording"')
    controller.abort()
    const { code, out, err } = await running
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^Recording into ended\.ndjson\..*\n {2}Webhook {2}http:\S+\n0 exchanges are recorded in ended\.ndjson\.\n$/,
    )
    expect(out).not.toContain(portal.code)
    // And once more, over what is there.
    const again = await inProcess(['record', '--to', hook, '--out', 'ended.ndjson'])
    expect(again).toMatchObject({
      code: 2,
      err: expect.stringContaining('--append goes on with it, --force begins anew.'),
    })
  })

  it.each([
    [['record'], '--to is missing'],
    [['record', '--to', 'https://example.com/rest/1/verysecret/'], '--out is missing'],
    [
      ['record', '--to', 'https://example.com/verysecret', '--out', 'x'],
      'that is no address of a webhook: expected https://PORTAL/rest/USER/CODE/',
    ],
    [
      ['record', '--to', 'https://example.com/rest/1/verysecret/', '--out', 'x', '--append', '--force'],
      '--append and --force exclude each other',
    ],
    [['record', '--too', 'x'], 'did you mean --to?'],
    [['record', '--code', 'a b'], '--code "a b" is refused: expected 4 to 64 letters and digits'],
  ])('refuses %j', async (args, refusal) => {
    const { code, err } = await inProcess(args)
    expect(code).toBe(2)
    expect(err).toContain(refusal)
    expect(err).not.toContain('verysecret')
  })
})
