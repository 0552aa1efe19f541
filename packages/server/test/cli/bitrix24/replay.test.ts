import { describe, expect, it } from 'vitest'
import { commandLine } from '../../support/command-line.ts'
import { accessToken, ways } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { recordingPortal } from './recorder.ts'
import { steps } from './scenario.ts'

const { inProcess } = commandLine()
const portal = await testPortal()
const recorder = await recordingPortal(portal)

await portal.call('crm.company.add', { fields: { TITLE: 'Company' } })
for (const NAME of ['A', 'B', 'C']) await portal.call('crm.contact.add', { fields: { NAME } })

describe.each(ways)('the same calls through our command line, by %s', (way) => {
  let id = ''
  it.each(steps)('$called goes out in the exact form', async ({ called, http, method, parameters, options, check }) => {
    const token = way === 'oauth' ? await accessToken(portal) : undefined
    const where =
      token === undefined
        ? ['--url', `http://${recorder.host}/rest/1/${portal.code}`]
        : ['--url', recorder.host, '--token', token]
    const ended = await inProcess(['bitrix24', called, ...options(id), ...where])
    expect(ended.err).toBe('')
    expect(ended.code).toBe(0)
    const answer = JSON.parse(ended.out) as { result: unknown; time: unknown }
    // The answer as it came, one space for each depth.
    expect(ended.out).toBe(`${JSON.stringify(answer, null, 1)}\n`)
    check(answer.result)

    const requests = recorder.requests()
    expect(requests).toHaveLength(1)
    const [request] = requests
    const sent = { ...(token === undefined ? {} : { auth: token }), ...parameters(id) }
    const isEmpty = Object.keys(sent).length === 0
    const query = http === 'GET' && token !== undefined ? `?auth=${token}` : ''
    const body = http === 'POST' && !isEmpty ? JSON.stringify(sent) : ''
    expect(request).toMatchObject({
      http,
      path: `${token === undefined ? `/rest/1/${portal.code}/` : '/rest/'}${method}${query}`,
      body,
      headers: {
        accept: '*/*',
        connection: 'keep-alive',
        'accept-charset': 'utf-8',
        'accept-encoding': 'gzip',
      },
    })
    expect(request?.headers['content-type']).toBe(body === '' ? undefined : 'application/json; charset=utf-8')
    expect(request?.headers['content-length']).toBe(http === 'POST' ? String(Buffer.byteLength(body)) : undefined)
    if (called.startsWith('Create')) id = String(answer.result)
  })
})
