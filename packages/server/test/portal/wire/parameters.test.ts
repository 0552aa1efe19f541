import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const hook = `/rest/1/${portal.code}`
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }

/** The lead that a call of crm.lead.add has made. */
async function made(answer: { status: number; body: { result?: unknown } }): Promise<Record<string, unknown>> {
  expect(answer).toMatchObject({ status: 200, body: { result: expect.any(Number) } })
  return (await portal.call('crm.lead.get', { id: answer.body.result })).body.result
}

function multipart(parts: Record<string, string>): { headers: Record<string, string>; body: string } {
  const body = Object.entries(parts).map(
    ([name, value]) => `--sep\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return { headers: { 'content-type': 'multipart/form-data; boundary=sep' }, body: `${body.join('')}--sep--\r\n` }
}

const expected = {
  TITLE: 'Лид & Co = 1+1',
  NAME: '',
  PHONE: [
    { VALUE: '+1555', VALUE_TYPE: 'WORK', TYPE_ID: 'PHONE' },
    { VALUE: '+1666', VALUE_TYPE: 'HOME', TYPE_ID: 'PHONE' },
  ],
}
const pairs: [string, string][] = [
  ['fields[TITLE]', 'Лид & Co = 1+1'],
  ['fields[NAME]', ''],
  ['fields[PHONE][0][VALUE]', '+1555'],
  ['fields[PHONE][0][VALUE_TYPE]', 'WORK'],
  ['fields[PHONE][n1][VALUE]', '+1666'],
  ['fields[PHONE][n1][VALUE_TYPE]', 'HOME'],
]
const encoded = pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')
const bracketed = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')

describe('nested parameters', () => {
  it.each([
    ['a query', { method: 'GET' as const, url: `${hook}/crm.lead.add?${encoded}` }],
    ['a query with bare brackets', { method: 'GET' as const, url: `${hook}/crm.lead.add?${bracketed}` }],
    ['a query of a POST without a body', { url: `${hook}/crm.lead.add?${encoded}` }],
    ['a form', { url: `${hook}/crm.lead.add`, headers: form, body: encoded }],
    ['a form with bare brackets', { url: `${hook}/crm.lead.add`, headers: form, body: bracketed }],
    ['a multipart form', { url: `${hook}/crm.lead.add`, ...multipart(Object.fromEntries(pairs)) }],
    ['JSON', { url: `${hook}/crm.lead.add`, headers: json, body: JSON.stringify({ fields: expected }) }],
    [
      'JSON with a charset and upper-case names',
      {
        url: `${hook}/crm.lead.add`,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ FIELDS: expected, PARAMS: { REGISTER_SONET_EVENT: 'N' } }),
      },
    ],
    ['JSON that no header announces', { url: `${hook}/crm.lead.add`, body: JSON.stringify({ fields: expected }) }],
    [
      'a form in part, and a query in part',
      { url: `${hook}/crm.lead.add?${encoded.slice(encoded.indexOf('&') + 1)}&fields=x`, headers: form, body: encoded },
    ],
  ])('arrive the same by %s', async (_name, request) => {
    expect(await made(await portal.send(request))).toMatchObject(expected)
  })

  it('take the last of several equal names, append by [], and read + as a space', async () => {
    const body = 'fields[TITLE]=one&fields[TITLE]=two+words%2B&fields[PHONE][][VALUE]=1&fields[PHONE][][VALUE]=2'
    const lead = await made(await portal.send({ url: `${hook}/crm.lead.add`, headers: form, body }))
    expect(lead.TITLE).toBe('two words+')
    expect(lead.PHONE).toMatchObject([{ VALUE: '1' }, { VALUE: '2' }])
  })

  it('in the body win over the query, whatever their case', async () => {
    const request = {
      url: `${hook}/crm.lead.add?FIELDS[TITLE]=query`,
      headers: json,
      body: '{"fields":{"TITLE":"body"}}',
    }
    expect((await made(await portal.send(request))).TITLE).toBe('body')
  })

  it.each(['', '[]', '{}', ' \n'])('may be the empty JSON body %j', async (body) => {
    expect((await portal.send({ url: `${hook}/profile`, headers: json, body })).status).toBe(200)
  })

  it.each([
    ['{"SELECT":["ID"],"FILTER":{">ID":0},"ORDER":{"ID":"desc"},"START":0}'],
    ['{"select":{"0":"ID"},"filter":{">ID":"0"},"order":{"ID":"DESC"},"start":"0"}'],
    ['{"select":{"a":"ID"},"filter":{">ID":0},"order":{"ID":"DESC"}}'],
    ['{"select":"ID","filter":{">ID":0},"order":{"ID":"DESC"},"start":""}'],
  ])('of a list are understood as %s', async (body) => {
    const { result } = (await portal.send({ url: `${hook}/crm.lead.list`, headers: json, body })).body
    expect(result.length).toBeGreaterThan(1)
    expect(Number(result[0].ID)).toBeGreaterThan(Number(result[1].ID))
    expect(Object.keys(result[0])).toEqual(['ID'])
  })

  it('keep every digit of a number that JavaScript would round', async () => {
    const body = '{"fields":{"TITLE":12345678901234567890.12}}'
    expect((await made(await portal.send({ url: `${hook}/crm.lead.add`, headers: json, body }))).TITLE).toBe(
      '12345678901234567890.12',
    )
  })

  it.each([true, 'Y', 'y', 1, '1', 'true', 'True'])('read %j as yes', async (value) => {
    expect((await made(await portal.call('crm.lead.add', { fields: { TITLE: 'x', OPENED: value } }))).OPENED).toBe('Y')
  })
  it.each([false, 'N', 'n', 0, '0', 'false', 'False', ''])('read %j as no', async (value) => {
    expect((await made(await portal.call('crm.lead.add', { fields: { TITLE: 'x', OPENED: value } }))).OPENED).toBe('N')
  })

  it('that nobody knows are ignored, in fields and beside them', async () => {
    const fields = { TITLE: 'x', isReccurring: 'Y', toString: 'x', NO_SUCH: { a: [1] }, 'event_type\t': 1 }
    expect((await made(await portal.call('crm.lead.add', { fields, __order: 1, limit: 3 }))).TITLE).toBe('x')
  })

  it('may name fields of UPPER_CASE methods in any case', async () => {
    expect(await made(await portal.call('crm.lead.add', { fields: { title: 'x', Last_Name: 'Lee' } }))).toMatchObject({
      TITLE: 'x',
      LAST_NAME: 'Lee',
    })
  })

  it('may mix both spellings in camelCase methods', async () => {
    const fields = { TITLE: 'upper', lastName: 'Lee', SOURCE_ID: 'CALL' }
    const { body } = await portal.call('crm.item.add', { ENTITYTYPEID: '1', fields })
    expect(body.result.item).toMatchObject({ title: 'upper', lastName: 'Lee', sourceId: 'CALL' })
  })
})
