import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

/** Requests byte for byte as the clients without a test of their own put them on the line. */
const portal = await testPortal({ timezone: 'Europe/Moscow' })
let token = ''
let expired = ''

beforeAll(async () => {
  const session = portal.portal.store.session()
  token = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
  expired = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: -1 })
  await session.settled()
  for (let from = 0; from < 128; from += 32)
    await portal.call('batch', {
      cmd: Array.from({ length: 32 }, (_, n) => `crm.deal.add?fields[TITLE]=D${from + n}&fields[OPPORTUNITY]=2000`),
    })
  await portal.app.listen({ host: '127.0.0.1', port: 0 })
})

interface Reply {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: Record<string, unknown>
}

/** Sends what is written; `{hook}`, `{token}` and `{expired}` stand for the portal's own. */
function send(transcript: string): Promise<Reply> {
  const filled = transcript
    .replaceAll('{hook}', `1/${portal.code}`)
    .replaceAll('{token}', token)
    .replaceAll('{expired}', expired)
  const [head = '', ...rest] = filled.split('\n\n')
  const [line = '', ...headers] = head.split('\n')
  const [method, path] = line.split(' ')
  const body = rest.join('\n\n')
  const { port } = portal.app.server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: Object.fromEntries(headers.map((each) => each.split(': '))) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const time = {
  start: expect.any(Number),
  finish: expect.any(Number),
  duration: expect.any(Number),
  processing: expect.any(Number),
  date_start: expect.stringMatching(/\+03:00$/),
  date_finish: expect.stringMatching(/\+03:00$/),
  operating_reset_at: expect.any(Number),
  operating: expect.any(Number),
}

const transcripts: { name: string; request: string; status: number; body: unknown }[] = [
  {
    name: 'a webhook with JSON and upper-case names, at the address of the PHP SDK',
    request: `POST /rest/{hook}/crm.contact.add/?bx24_request_id=0b6e7f3c HTTP/1.1
Content-Type: application/json

{"FIELDS":{"NAME":"Ann","BIRTHDATE":"11.11.2001","PHONE":[{"VALUE":"+1555","VALUE_TYPE":"WORK"}],"COMPANY_IDS":[12,13],"PARENT_ID_1224":12},
 "PARAMS":{"REGISTER_SONET_EVENT":"N"}}`,
    status: 200,
    body: { result: expect.any(Number), time },
  },
  {
    name: 'OAuth with a form, as CRest sends it',
    request: `POST /rest/crm.deal.list.json HTTP/1.1
Content-Type: application/x-www-form-urlencoded

filter%5B%3EOPPORTUNITY%5D=1000&select%5B0%5D=ID&select%5B1%5D=PHONE&order%5BID%5D=ASC&start=50&auth={token}`,
    status: 200,
    body: { result: Array.from({ length: 50 }, (_, n) => ({ ID: String(51 + n) })), next: 100, total: 128, time },
  },
  {
    name: 'OAuth of the JavaScript SDK with an expired token',
    request: `POST /rest//crm.item.list?bx24_request_id=1&bx24_sdk_ver=1.2.0&bx24_sdk_type=b24-js-sdk HTTP/1.1
Origin: https://app.example
Content-Type: application/json

{"entityTypeId":2,"filter":{">id":0},"order":{"id":"ASC"},"start":-1,"auth":"{expired}"}`,
    status: 401,
    body: { error: 'expired_token', error_description: 'The access token provided has expired' },
  },
  {
    name: 'OAuth of the JavaScript SDK, again with a fresh one',
    request: `POST /rest//crm.item.list?bx24_request_id=1&bx24_sdk_ver=1.2.0&bx24_sdk_type=b24-js-sdk HTTP/1.1
Origin: https://app.example
Content-Type: application/json

{"entityTypeId":2,"filter":{">id":1000},"order":{"id":"ASC"},"start":-1,"auth":"{token}"}`,
    status: 200,
    body: { result: { items: [] }, total: 0, time },
  },
  {
    name: 'a batch of which one command fails, with numeric keys',
    request: `POST /rest/{hook}/batch.json HTTP/1.1
Content-Type: application/json

{"halt":0,"cmd":["crm.deal.get?ID=1","crm.deal.get?ID=999999","user.current"]}`,
    status: 200,
    body: {
      result: {
        result: {
          0: expect.objectContaining({ ID: '1', TITLE: 'D0' }),
          2: expect.objectContaining({ ID: '1', ACTIVE: true }),
        },
        // Old methods keep their empty code inside batches too, as a real portal does.
        result_error: { 1: { error: '', error_description: 'Not found' } },
        result_total: [],
        result_next: [],
        result_time: { 0: time, 2: time },
      },
      time,
    },
  },
  {
    name: 'a nested batch in an address, encoded twice',
    request: `GET /rest/{hook}/batch?halt=0&cmd%5Ba%5D=crm.deal.list%3Ffilter%255B%253EID%255D%3D126%26select%255B0%255D%3DID HTTP/1.1
Accept: */*

`,
    status: 200,
    body: {
      result: {
        result: { a: [{ ID: '127' }, { ID: '128' }] },
        result_error: [],
        result_total: { a: 2 },
        result_next: [],
        result_time: { a: time },
      },
      time,
    },
  },
]

describe('a transcript of', () => {
  it.each(transcripts)('$name', async ({ request: written, status, body }) => {
    const answer = await send(written)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.body).toEqual(body)
  })

  it('a contact kept what was sent', async () => {
    const answer = await send(transcripts[0]?.request ?? '')
    const contact = (await portal.call('crm.contact.get', { id: answer.body.result })).body.result
    expect(contact).toMatchObject({
      NAME: 'Ann',
      BIRTHDATE: '2001-11-11T03:00:00+03:00',
      PHONE: [{ VALUE: '+1555', VALUE_TYPE: 'WORK', TYPE_ID: 'PHONE' }],
    })
  })
})
