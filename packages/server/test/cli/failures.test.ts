import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commandLine } from '../support/command-line.ts'

const { inProcess } = commandLine()

/** The address of a webhook at a server that behaves as told. */
async function portal(behave: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => behave(request, response))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/abcdefgh/`
}

const refusing =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response
      .writeHead(status, { 'content-type': 'application/json', server: 'Portico', ...headers })
      .end(JSON.stringify(body))

describe('what a portal does wrong', () => {
  it('a lost answer to a write says that nobody knows the outcome, and is not repeated', async () => {
    let count = 0
    const url = await portal((request) => {
      count++
      request.socket.destroy()
    })
    const { code, out, err } = await inProcess(['lead', 'create', '--set', 'TITLE=x', '--url', url, '-o', 'table'])
    expect({ code, out, count }).toEqual({ code: 5, out: '', count: 1 })
    expect(err).toMatch(
      /^error: crm\.lead\.add: .*it may have been done\nThe outcome is unknown: look whether it was done/,
    )
    const json = await inProcess(['call', 'crm.lead.add', '-f', 'fields[TITLE]=x', '--url', url])
    expect(JSON.parse(json.out)).toEqual({ error: 'OUTCOME_UNKNOWN', error_description: expect.any(String), status: 0 })
  })

  it('a read is tried again, and then given up', async () => {
    let count = 0
    const url = await portal((request) => {
      count++
      request.socket.destroy()
    })
    expect(await inProcess(['lead', 'list', '--url', url])).toMatchObject({ code: 5, out: '' })
    expect(count).toBe(3)
  })

  it('a page is no answer', async () => {
    const url = await portal(
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    )
    const { code, err } = await inProcess(['call', 'profile', '--url', url])
    expect(code).toBe(1)
    expect(err).toMatch(/^error: profile: .*\nIs that the address of a portal\? -v shows what it answered\.\n$/)
    expect((await inProcess(['call', 'profile', '--url', url, '-v'])).err).toContain('< <h1>Hello</h1>')
  })

  it('refusals of credentials have a code of their own and a next step', async () => {
    const scope = await portal(
      refusing(403, { error: 'insufficient_scope', error_description: 'The request requires higher privileges' }),
    )
    expect(await inProcess(['call', 'crm.lead.list', '--url', scope])).toMatchObject({
      code: 4,
      err: expect.stringContaining('portico describe crm.lead.list tells the scope'),
    })
    const expired = await portal(
      refusing(401, { error: 'expired_token', error_description: 'The access token provided has expired.' }),
    )
    const origin = new URL(expired).origin
    expect(await inProcess(['call', 'profile', '--url', origin, '--token', 'secrettoken'])).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^error: expired_token: .*\nThe access token has expired/),
    })
  })

  it('a text that would steer the terminal does not', async () => {
    const url = await portal(refusing(400, { error: 'BAD', error_description: '\u001b]0;owned\u0007\nsecond line' }))
    expect((await inProcess(['call', 'profile', '--url', url])).err).toBe(
      'error: BAD: ]0;owned second line (HTTP 400)\n',
    )
  })

  it('a slow answer is waited for as long as --timeout says', async () => {
    const url = await portal(() => {})
    const { code, err } = await inProcess(['call', 'crm.lead.add', '--timeout', '1', '--url', url])
    expect({ code, err }).toEqual({ code: 5, err: expect.stringContaining('no answer within 1000 ms') })
  })
})
