import { describe, expect, it } from 'vitest'
import { expectError, unchanged } from '../../support/bad-input.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ maxBodyBytes: 2_000_000 })
const hook = `/rest/1/${portal.code}`
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const poor = await portal.person({ scope: 'task' })
const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'stands' } })).body.result as number
const changed = unchanged(portal)

describe('a call without the right to it', () => {
  it.each([
    ['a wrong webhook', '1/nosuchwebhook', 'crm.lead.add', 401, 'INVALID_CREDENTIALS'],
    ["another person's webhook", `7/${portal.code}`, 'crm.lead.add', 401, 'INVALID_CREDENTIALS'],
    ['a missing scope', poor.hook, 'crm.lead.add', 403, 'insufficient_scope'],
    ['an unknown method', `1/${portal.code}`, 'crm.lead.conjure', 404, 'ERROR_METHOD_NOT_FOUND'],
  ])('%s', async (_name, as, method, status, error) => {
    expectError(await portal.call(method, { fields: { TITLE: 'x' } }, { as }), status, error)
  })
})

describe('a body that cannot be read', () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  it.each([
    ['JSON cut short', json, '{"fields":{"TITLE":"x"'],
    ['JSON with a comma too many', json, '{"fields":{"TITLE":"x",}}'],
    ['text that is no JSON', json, 'fields[TITLE]=x'],
    ['a JSON text', json, '"fields"'],
    ['a JSON number', json, '1'],
    ['JSON null', json, 'null'],
    ['XML', { 'content-type': 'application/xml' }, '<fields><TITLE>x</TITLE></fields>'],
    ['bytes', { 'content-type': 'application/octet-stream' }, 'fields[TITLE]=x'],
    ['a type that is none', { 'content-type': 'nonsense' }, '{"fields":{"TITLE":"x"}}'],
    ['multipart without a boundary', { 'content-type': 'multipart/form-data' }, 'x'],
    [
      'multipart cut short',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx',
    ],
    ['JSON nested too deep', json, `{"fields":${nested(40)}}`],
    ['JSON nested absurdly deep', json, nested(100_000)],
    ['a list nested absurdly deep', json, '['.repeat(500_000)],
    ['a form nested too deep', form, `fields${'[a]'.repeat(40)}=x`],
    [
      'too many JSON members',
      json,
      JSON.stringify({ fields: Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`F${n}`, 1])) }),
    ],
    ['too many pairs of a form', form, Array.from({ length: 30_000 }, (_, n) => `f[${n}]=1`).join('&')],
    ['a NUL in JSON', json, '{"fields":{"TITLE":"a\\u0000b"}}'],
    ['a NUL in a JSON key', json, '{"fields":{"TI\\u0000TLE":"a"}}'],
    ['a NUL in a form', form, 'fields[TITLE]=a%00b'],
    ['a NUL in a key of a form', form, 'fields[TI%00TLE]=a'],
    ['half a surrogate pair', json, '{"fields":{"TITLE":"\\ud83d"}}'],
    [
      'broken UTF-8 in JSON',
      json,
      Buffer.from([...Buffer.from('{"fields":{"TITLE":"'), 0xc3, 0x28, ...Buffer.from('"}}')]),
    ],
    [
      'overlong UTF-8 in JSON',
      json,
      Buffer.from([...Buffer.from('{"fields":{"TITLE":"'), 0xc0, 0x80, ...Buffer.from('"}}')]),
    ],
    ['broken UTF-8 in a form', form, 'fields[TITLE]=%C3%28'],
    ['UTF-16', json, Buffer.from('\ufeff{"fields":{"TITLE":"x"}}', 'utf16le')],
  ])('%s', async (_name, headers, body) => {
    expectError(await portal.send({ url: `${hook}/crm.lead.add`, headers, body }), 400, 'INVALID_REQUEST')
  })

  it('broken UTF-8 in the address', async () => {
    expectError(await portal.send({ url: `${hook}/crm.lead.add?fields[TITLE]=%FF` }), 400, 'INVALID_REQUEST')
  })

  it('more bytes than the server takes', async () => {
    const body = JSON.stringify({ fields: { TITLE: 'x', COMMENTS: 'x'.repeat(2_100_000) } })
    expectError(await portal.send({ url: `${hook}/crm.lead.add`, headers: json, body }), 413, 'INVALID_REQUEST')
  })

  it('another HTTP method', async () => {
    const response = await portal.app.inject({ method: 'DELETE', url: `${hook}/crm.lead.delete?id=${lead}` })
    expect(response.statusCode).toBe(404)
  })
})

describe('batches that ask too much', () => {
  it('more than fifty commands: the rest is refused, the batch is not', async () => {
    const { status, body } = await portal.call('batch', { cmd: Array.from({ length: 51 }, () => 'server.time') })
    expect(status).toBe(200)
    expect(body.result.result_error).toEqual({
      50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
    })
  })

  it('a batch in a batch', async () => {
    const inner = encodeURIComponent(`crm.lead.add?fields[TITLE]=x`)
    const { body } = await portal.call('batch', { cmd: { n: `batch?cmd[a]=${inner}` } })
    expect(body.result.result_error.n.error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])('the key %s', async (key) => {
    const { body } = await portal.send({
      url: `${hook}/batch`,
      headers: json,
      body: `{"cmd":{${JSON.stringify(key)}:"server.time","after":"crm.lead.get?id=$result[${key}][x]"}}`,
    })
    expect(Object.keys(body.result.result)).toEqual([key])
    expect(body.result.result_error.after.error).toBe('')
  })

  it('references that grow without end', async () => {
    const cmd: Record<string, string> = { c0: 'crm.lead.list?filter[TITLE]=xxxxxxxxxx' }
    for (let n = 1; n < 50; n++) cmd[`c${n}`] = `crm.lead.list?filter[ID]=$result[c${n - 1}]$result[c${n - 1}]`
    expect((await portal.call('batch', { cmd })).status).toBe(200)
  })
})

describe('names of properties that every object has', () => {
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '__defineSetter__',
    'length',
  ]
  it.each(names)('%s is a name like any other', async (name) => {
    const key = JSON.stringify(name)
    const bodies = [
      `{${key}:{"polluted":"yes"},"filter":{"ID":${lead}}}`,
      `{"filter":{${key}:{"polluted":"yes"},"ID":${lead}}}`,
      `{"filter":{${key}:"yes","ID":${lead}},"order":{${key}:"ASC"},"select":[${key},"TITLE"]}`,
      `{"filter":{">${name}":1,"ID":${lead}},"start":{${key}:1}}`,
    ]
    for (const body of bodies) {
      const answer = await portal.send({ url: `${hook}/crm.lead.list`, headers: json, body })
      expect(answer).toMatchObject({ status: 200, body: { total: 1 } })
    }
    for (const body of [`{"entityTypeId":1,"filter":{${key}:1}}`, `{"entityTypeId":1,"order":{${key}:"ASC"}}`]) {
      const answer = await portal.send({ url: `${hook}/crm.item.list`, headers: json, body })
      expectError(answer, 400, 'INVALID_ARG_VALUE')
    }
    const update = `{"id":${lead},"fields":{${key}:{"TITLE":"polluted"},"PHONE":{${key}:{"VALUE":""}}}}`
    expect((await portal.send({ url: `${hook}/crm.lead.update`, headers: json, body: update })).status).toBe(200)
    const asForm = `id=${lead}&fields[${name}][TITLE]=polluted&${name}[fields][TITLE]=polluted&${name}=1`
    expect((await portal.send({ url: `${hook}/crm.lead.update`, headers: form, body: asForm })).status).toBe(200)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(({} as Record<string, unknown>).TITLE).toBeUndefined()
    await changed()
  })
})

describe('a refusal', () => {
  it('never repeats a credential', async () => {
    const session = portal.portal.store.session()
    const token = await portal.credentials.createToken(session, { userId: 1, scope: 'task', lifetime: 60 })
    await session.settled()
    for (const request of [
      { url: `${hook}/no.such.method` },
      { url: `${hook}/crm.lead.get?id=0&auth=${token}` },
      { url: `${hook}x/profile?auth=${token}` },
      { url: `/rest/7/${portal.code}/profile` },
      { url: `/rest/crm.lead.add?auth=${token}` },
      {
        url: `/rest/crm.lead.add`,
        headers: { ...json, authorization: `Bearer ${token}` },
        body: `{"auth":"${token}",`,
      },
    ]) {
      const answer = await portal.send(request)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      const told = answer.text + JSON.stringify(answer.headers)
      expect(told).not.toContain(portal.code)
      expect(told).not.toContain(token)
    }
    await changed()
  })
})
