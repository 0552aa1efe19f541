import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { commandLine, interrupted } from '../../support/command-line.ts'
import { recorder, type Reply } from './recorder.ts'

const { inProcess, home } = commandLine()
let replies: (Reply | 'break')[] = []
const server = await recorder(() => replies.shift() ?? { body: '{"result":"done"}' })
const url = ['--url', `${server.host}/rest/1/secretcode`]
const busy: Reply = { status: 503, body: '{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}' }

async function call(line: readonly string[], answers: (Reply | 'break')[] = []) {
  replies = answers
  const ended = await inProcess(['bitrix24', ...line, ...url])
  expect(ended.out + ended.err).not.toContain('secretcode')
  return { ...ended, requests: server.requests() }
}

describe('repeating', () => {
  it('is done for what only reads, after 5xx and broken connections', async () => {
    const ended = await call(['GetLead', '--lead', '5', '--debug'], [busy, 'break', { status: 502, body: 'oops' }])
    expect(ended).toMatchObject({ code: 0, out: '{\n "result": "done"\n}\n' })
    expect(ended.requests).toHaveLength(4)
    expect(new Set(ended.requests.map(({ body }) => body))).toEqual(new Set(['{"id":"5"}']))
    expect(ended.err).toContain('again in 100 ms')
  })

  it('has an end, and then shows what came', async () => {
    const ended = await call(['GetLead', '--lead', '5', '--retries', '2'], [busy, busy, busy, busy])
    expect(ended.requests).toHaveLength(3)
    expect(JSON.parse(ended.out)).toMatchObject({ error: 'QUERY_LIMIT_EXCEEDED' })
    expect(ended.code).toBe(0)
    const broken = await call(['GetLead', '--lead', '5', '--retries', '1'], ['break', 'break', 'break'])
    expect(broken).toMatchObject({ code: 99, out: '' })
    expect(broken.requests).toHaveLength(2)
    expect(broken.err).toContain(`no answer from ${server.host}`)
  })

  it('is not done for a write: a lead must not be there twice', async () => {
    const line = ['CreateLead', '--fields', '{"TITLE":"x"}']
    const refused = await call(line, [busy])
    expect(refused.requests).toHaveLength(1)
    expect(JSON.parse(refused.out)).toMatchObject({ error: 'QUERY_LIMIT_EXCEEDED' })
    const lost = await call(line, ['break'])
    expect(lost.requests).toHaveLength(1)
    expect(lost).toMatchObject({ code: 99, out: '' })
    expect(lost.err).toContain('it may have been done all the same')
  })

  it('is not done for an answer that refuses', async () => {
    const ended = await call(
      ['GetLead', '--lead', '5'],
      [{ status: 400, body: '{"error":"","error_description":"Not found"}' }],
    )
    expect(ended.requests).toHaveLength(1)
  })
})

describe('redirects', () => {
  const to = (location: string, status = 302): Reply => ({ status, headers: { location } })

  it('are followed five times with the same method and body', async () => {
    const ended = await call(
      ['CreateLead', '--fields', '{"TITLE":"x"}'],
      [301, 302, 303, 307, 308].map((status) => to(`http://${server.host}/moved/crm.lead.add`, status)),
    )
    expect(ended.code).toBe(0)
    expect(ended.requests).toHaveLength(6)
    expect(ended.requests.at(-1)).toMatchObject({
      http: 'POST',
      path: '/moved/crm.lead.add',
      body: '{"fields":{"TITLE":"x"}}',
    })
  })

  it('come to an end', async () => {
    const ended = await call(
      ['GetLeadsList'],
      Array.from({ length: 7 }, () => to('/again')),
    )
    expect(ended).toMatchObject({ code: 99, out: '' })
    expect(ended.requests).toHaveLength(6)
    expect(ended.err).toContain('from one address to the next')
  })

  it('are not followed out of encryption', async () => {
    const secure = (): Promise<Response> =>
      Promise.resolve(
        new Response(null, { status: 302, headers: { location: 'http://portal.example/rest/1/secretcode/' } }),
      )
    const ended = await inProcess(['bitrix24', 'GetLeadsList', '--url', 'https://portal.example/rest/1/secretcode'], {
      fetch: secure,
    })
    expect(ended).toMatchObject({ code: 99, out: '' })
    expect(ended.err).toContain('without encryption')
    expect(ended.err).not.toContain('secretcode')
  })
})

describe('an answer', () => {
  it('of an error ends with 0, and with --fail with 1', async () => {
    const refusal = { status: 400, body: '{"error":"ERROR_CORE","error_description":"Access denied"}' }
    expect(await call(['DeleteLead', '--lead', '5'], [refusal])).toMatchObject({ code: 0, err: '' })
    const failed = await call(['DeleteLead', '--lead', '5', '--fail'], [refusal])
    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.out)).toEqual({ error: 'ERROR_CORE', error_description: 'Access denied' })
    expect(failed.err).toContain('the portal answered ERROR_CORE: Access denied (HTTP 400)')
    const nameless = { status: 200, body: '{"error":"","error_description":"Not found"}' }
    expect((await call(['GetLead', '--lead', '5', '--fail'], [nameless])).code).toBe(1)
    expect((await call(['GetLead', '--lead', '5', '--fail'])).code).toBe(0)
  })

  it('is shown as it came: digits, the order of keys, letters', async () => {
    const body =
      '{"result":{"10":5000.00,"2":12345678901234567890,"n":"\\u0418ван \\"x\\"","e":[],"o":{},"l":[1,[2]]},"time":{"start":1728329251.03262}}'
    const { out } = await call(['GetLead', '--lead', '5'], [{ body }])
    expect(out).toBe(`{
 "result": {
  "10": 5000.00,
  "2": 12345678901234567890,
  "n": "Иван \\"x\\"",
  "e": [],
  "o": {},
  "l": [
   1,
   [
    2
   ]
  ]
 },
 "time": {
  "start": 1728329251.03262
 }
}
`)
  })

  it('of nothing is an empty map, and may be packed', async () => {
    expect((await call(['GetLeadsList'], [{ status: 204 }])).out).toBe('{}\n')
    const packed = { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"result":[]}') }
    expect((await call(['GetLeadsList'], [packed])).out).toBe('{\n "result": []\n}\n')
  })

  it('is written to a file', async () => {
    const ended = await call(
      ['GetLead', '--lead', '5', '--out', 'answer.json'],
      [{ body: '{"result":{"NAME":"Иван"}}' }],
    )
    expect(ended).toMatchObject({ code: 0, err: '', out: 'File with size 0.000041 MB was recorded in answer.json\n' })
    expect(readFileSync(join(home, 'answer.json'), 'utf8')).toBe('{\n "result": {\n  "NAME": "Иван"\n }\n}\n')
    const nowhere = await call(['GetLead', '--lead', '5', '--out', 'no/where.json'])
    expect(nowhere).toMatchObject({ code: 99, out: '' })
  })

  it('that is no JSON wants a file or a way to be shown', async () => {
    const image: Reply = { body: Buffer.from([0x89, 0x50, 0xff]) }
    expect(await call(['GetLeadsList'], [image])).toMatchObject({ code: 99, out: '' })
    expect((await call(['GetLeadsList', '--out', '_hex_'], [image])).out).toBe('8950ff\n')
    expect((await call(['GetLeadsList', '--out', '_base64_'], [image])).out).toBe('iVD/\n')
    expect((await call(['GetLeadsList', '--out', '_utf8_'], [{ body: 'Иван' }])).out).toBe('Иван\n')
    await call(['GetLeadsList', '--out', 'image'], [image])
    expect(readFileSync(join(home, 'image'))).toEqual(Buffer.from([0x89, 0x50, 0xff]))
    expect((await call(['GetLeadsList', '--out', '_hex_'])).out).toBe('{\n "result": "done"\n}\n')
  })
})

describe('looking on', () => {
  it('--test shows the request without secrets, and sends nothing', async () => {
    const ended = await call(['CreateLead', '--fields', "{'TITLE':'Иван'}", '--token', 'secretcode', '--test'])
    expect(ended.requests).toEqual([])
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toMatch(
      /^POST http:\/\/127\.0\.0\.1:\d+\/rest\/1\/\*\*\*\/rest\/crm\.lead\.add\naccept: \*\/\*\nconnection: keep-alive\naccept-charset: utf-8\naccept-encoding: gzip\nuser-agent: portico\/\S+\ncontent-type: application\/json; charset=utf-8\n\n\{\n "auth": "\*\*\*",\n "fields": \{\n {2}"TITLE": "Иван"\n \}\n\}\n$/,
    )
  })

  it('--debug tells the same on standard error, and leaves the answer alone', async () => {
    const ended = await call(['GetLead', '--lead', '5', '--debug'])
    expect(ended.out).toBe('{\n "result": "done"\n}\n')
    expect(ended.err).toContain('/rest/1/***/crm.lead.get')
    expect(ended.err).toContain('"id": "5"')
    expect(ended.err).toContain('HTTP 200, 17 bytes')
    const structure = await inProcess([
      'bitrix24',
      'GetLeadStructure',
      '--url',
      server.host,
      '--token',
      'secretcode',
      '--debug',
    ])
    expect(structure.err).toContain('crm.lead.fields?auth=***')
    expect(structure.err).not.toContain('secretcode')
    server.requests()
  })
})

describe('no answer', () => {
  it('of a server that is not there says so at once', async () => {
    const silent = createServer()
    const port = await new Promise<number>((done) =>
      silent.listen(0, '127.0.0.1', () => done((silent.address() as { port: number }).port)),
    )
    await new Promise((done) => silent.close(done))
    const ended = await inProcess([
      'bitrix24',
      'CreateLead',
      '--url',
      `127.0.0.1:${port}/rest/1/secretcode`,
      '--fields',
      '{"A":1}',
    ])
    expect(ended).toMatchObject({ code: 99, out: '' })
    expect(ended.err).toContain('ECONNREFUSED')
    expect(ended.err).not.toMatch(/secretcode|may have been done/)
  })

  it('in time is a failure, and of a write an open question', async () => {
    const sleepy = await recorder(() => new Promise(() => {}))
    const ended = await inProcess([
      'bitrix24',
      'CreateLead',
      '--url',
      `${sleepy.host}/rest/1/secretcode`,
      '--fields',
      '{"A":1}',
      '--timeout',
      '1',
    ])
    expect(ended).toMatchObject({ code: 99, out: '' })
    expect(ended.err).toContain('it took too long')
    expect(ended.err).toContain('it may have been done all the same')
  })

  it('is waited for no longer after Ctrl-C', async () => {
    const ended = await inProcess(['bitrix24', 'GetLeadsList', ...url], { signal: interrupted() })
    expect(ended).toMatchObject({ code: 130, out: '' })
    server.requests()
  })
})

it('a JSON file that is named like a flag is read where its path says so', async () => {
  writeFileSync(join(home, '-lead.json'), '{"TITLE":"x"}')
  const ended = await call(['CreateLead', '--fields', './-lead.json'])
  expect(ended.requests).toMatchObject([{ body: '{"fields":{"TITLE":"x"}}' }])
})
