import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine, interrupted } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()
const { hook, origin } = await listening(portal)
const { home, inProcess } = commandLine()
const env = { PORTICO_URL: hook }
const run = (...args: string[]) => inProcess(args, { env })
const json = async (...args: string[]): Promise<unknown> => JSON.parse((await run(...args)).out)
const leads = () =>
  portal.call('crm.lead.list', { order: { ID: 'ASC' }, select: ['ID', 'TITLE', 'OPPORTUNITY', 'COMMENTS'] })

describe('portico call', () => {
  it('answers with the whole answer, and nests brackets as PHP does', async () => {
    const added = await run(
      'call',
      'crm.lead.add',
      '-f',
      'fields[TITLE]=007',
      '-F',
      'fields[OPPORTUNITY]=100',
      '-F',
      'fields[PHONE][0][VALUE]=+491',
      '-F',
      'fields[PHONE][0][VALUE_TYPE]=WORK',
    )
    expect(added).toMatchObject({ code: 0, err: '' })
    const { result, time } = JSON.parse(added.out)
    expect({ result, time }).toEqual({
      result: expect.any(Number),
      time: expect.objectContaining({ duration: expect.any(Number) }),
    })
    const listed = await json(
      'call',
      'crm.lead.list',
      '-F',
      'filter[>=OPPORTUNITY]=100',
      '-F',
      'select[]=TITLE',
      '-F',
      'select[]=PHONE',
    )
    expect(listed).toMatchObject({
      result: [{ TITLE: '007', PHONE: [{ VALUE: '+491', VALUE_TYPE: 'WORK' }] }],
      total: 1,
    })
  })

  it('shows what it would send, typed as -F reads it and as -f leaves it', async () => {
    writeFileSync(join(home, 'note.txt'), 'from a file\n')
    writeFileSync(join(home, 'dot.png'), Buffer.from([1, 2, 3]))
    const sent = await json(
      'call',
      'crm.lead.add',
      '--dry-run',
      '--params',
      '{"fields":{"TITLE":"base","SOURCE_ID":"WEB"}}',
      '-F',
      'fields[TITLE]=top',
      '-F',
      'a=true',
      '-F',
      'b=null',
      '-F',
      'c=-12',
      '-F',
      'd=1.50',
      '-F',
      'e=012',
      '-f',
      'f=12',
      '-F',
      'fields[COMMENTS]=@note.txt',
      '-F',
      'fields[PHOTO][fileData]=@dot.png',
      '-F',
      'list[]=1',
      '-F',
      'list[]=x',
      '-F',
      'map[k]=v',
    )
    expect(sent).toEqual({
      method: 'crm.lead.add',
      params: {
        fields: { TITLE: 'top', SOURCE_ID: 'WEB', COMMENTS: 'from a file\n', PHOTO: { fileData: ['dot.png', 'AQID'] } },
        a: true,
        b: null,
        c: -12,
        d: '1.50',
        e: '012',
        f: '12',
        list: [1, 'x'],
        map: { k: 'v' },
      },
    })
    expect((await leads()).body.total).toBe(1)
  })

  it('takes parameters from a file and from stdin', async () => {
    writeFileSync(join(home, 'params.json'), '{"fields":{"TITLE":"from JSON"}}')
    expect(await json('call', 'x', '--params', '@params.json', '--dry-run')).toMatchObject({
      params: { fields: { TITLE: 'from JSON' } },
    })
    const piped = await inProcess(['call', 'x', '--params', '-', '--dry-run'], { env, input: '{"a":1}' })
    expect(JSON.parse(piped.out)).toEqual({ method: 'x', params: { a: 1 } })
    const field = await inProcess(['call', 'x', '-F', 'text=@-', '--dry-run'], { env, input: 'all of it' })
    expect(JSON.parse(field.out)).toEqual({ method: 'x', params: { text: 'all of it' } })
  })

  it('tells a refusal as JSON on stdout, and people on stderr', async () => {
    const { code, out, err } = await run('call', 'crm.lead.get', '-F', 'id=9999')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({ error: '', error_description: 'Not found', status: 400 })
    expect(err).toBe('error: Not found (HTTP 400)\n')
  })

  it('knows which method was meant', async () => {
    const { code, err } = await run('call', 'crm.led.add')
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: ERROR_METHOD_NOT_FOUND: Method not found! (HTTP 404)\nDid you mean crm.lead.add?\n',
    })
  })

  it('ends with the code of what is wrong: the credential, the network, the line', async () => {
    const wrong = await inProcess(['call', 'profile'], { env: { PORTICO_URL: `${origin}/rest/1/wrongcode123/` } })
    expect(wrong).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^error: INVALID_CREDENTIALS: .*\n.*portico profile/),
    })
    expect(wrong.out + wrong.err).not.toContain('wrongcode123')
    const nobody = await inProcess(['call', 'profile'], { env: { PORTICO_URL: 'http://127.0.0.1:1/rest/1/abcdefgh/' } })
    expect(nobody).toMatchObject({ code: 5, err: expect.stringContaining('Is the portal running') })
    expect(await inProcess(['call', 'profile'])).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^portico: no portal is known\n/),
    })
    expect(await run('call', 'profile', '--params', '[1]')).toMatchObject({ code: 2, out: '' })
    expect(await run('call', 'profile', '--params', '{oops')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--params is no JSON'),
    })
    expect(await run('call', 'profile', '-F', 'nothing')).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected name=value'),
    })
    expect(await run('call', 'profile', '-F', 'a=@absent')).toMatchObject({
      code: 2,
      err: expect.stringContaining('absent cannot be read (ENOENT)'),
    })
    expect(await run('call')).toMatchObject({
      code: 2,
      err: 'portico: METHOD is missing: portico methods lists them\n',
    })
    const stopped = await inProcess(['call', 'profile'], { env, signal: interrupted() })
    expect(stopped).toMatchObject({ code: 130, out: '' })
  })

  it('shows requests and answers with -v, and no secret', async () => {
    const { err } = await run('call', 'profile', '-v')
    expect(err).toMatch(/^> POST http:\/\/127\.0\.0\.1:\d+\/rest\/1\/\*\*\*\/profile/m)
    expect(err).toMatch(/^< 200 in \d+ ms$/m)
    expect(err).not.toContain(portal.code)
  })
})

describe('portico call --all', () => {
  it('streams every page in every format', async () => {
    await portal.call('batch', {
      cmd: Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [`c${index}`, `crm.company.add?fields[TITLE]=Company ${index}`]),
      ),
    })
    await portal.call('crm.company.add', { fields: { TITLE: 'with "quotes", and =1+1' } })
    await portal.call('crm.company.add', { fields: { TITLE: '=1+1' } })
    const all = (await json('call', 'crm.company.list', '-F', 'select[]=TITLE', '--all')) as { TITLE: string }[]
    expect(all).toHaveLength(52)
    expect(all.at(-1)).toEqual({ TITLE: '=1+1' })
    const lines = (await run('call', 'crm.company.list', '-F', 'select[]=TITLE', '--all', '-o', 'ndjson')).out
      .trimEnd()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(all)
    const csv = (
      await run('call', 'crm.company.list', '-F', 'select[]=ID', '-F', 'select[]=TITLE', '--all', '-o', 'csv')
    ).out
      .trimEnd()
      .split('\n')
    expect([csv[0], csv[51], csv[52]]).toEqual([
      'ID,TITLE',
      expect.stringMatching(/^\d+,"with ""quotes"", and =1\+1"$/),
      expect.stringMatching(/^\d+,'=1\+1$/),
    ])
    const plain = (
      await run('call', 'crm.company.list', '-F', 'select[]=ID', '-F', 'select[]=TITLE', '--limit', '51', '-o', 'plain')
    ).out
      .trimEnd()
      .split('\n')
    expect(plain).toHaveLength(51)
    expect(plain[0]).toMatch(/^\d+\tCompany 0$/)
  })

  it('writes an empty list where there is nothing', async () => {
    expect(await run('call', 'crm.deal.list', '--all')).toEqual({ code: 0, out: '[]\n', err: '' })
    expect(await run('call', 'crm.deal.list', '--all', '-o', 'csv')).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('portico call --batch', () => {
  it('calls what each line says, and tells which ones failed', async () => {
    writeFileSync(
      join(home, 'calls.ndjson'),
      [
        '{"method":"crm.lead.add","params":{"fields":{"TITLE":"Batch one"}}}',
        '',
        '{"fields":{"TITLE":"Batch two"}}',
        'oops',
        '{"method":"crm.lead.get","params":{"id":9999}}',
      ].join('\n'),
    )
    const { code, out, err } = await run('call', 'crm.lead.add', '--batch', 'calls.ndjson', '-o', 'ndjson')
    expect({ code, err }).toEqual({ code: 3, err: 'portico: 2 of 4 calls failed\n' })
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { line: 1, method: 'crm.lead.add', result: expect.any(Number) },
      { line: 3, method: 'crm.lead.add', result: expect.any(Number) },
      { line: 4, error: 'INVALID_LINE', error_description: 'this is no JSON object' },
      { line: 5, method: 'crm.lead.get', error: 'ERROR', error_description: 'Not found' },
    ])
    const titles = (await leads()).body.result.map(({ TITLE }: { TITLE: string }) => TITLE)
    expect(titles).toEqual(['007', 'Batch one', 'Batch two'])
  })

  it('reads stdin, in requests of 50', async () => {
    const input = Array.from({ length: 120 }, (_, index) => `{"id":${index}}`).join('\n')
    const { code, out } = await inProcess(['call', 'server.time', '--batch', '-', '-o', 'ndjson'], { env, input })
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(120)
  })

  it('refuses what it cannot honour', async () => {
    expect(await run('call', '--batch', 'calls.ndjson', '--all')).toMatchObject({
      code: 2,
      err: 'portico: --all and --batch exclude each other\n',
    })
    expect(await run('call', '--batch', 'absent')).toMatchObject({
      code: 2,
      err: expect.stringContaining('absent cannot be read'),
    })
  })
})
