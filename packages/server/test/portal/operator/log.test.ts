import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

interface Listed {
  readonly SERVER: string
  readonly LAST: number
  readonly REQUESTS: readonly Record<string, unknown>[]
}
const list = async (parameters: object = {}): Promise<Listed> =>
  (await portal.call('portico.log.list', parameters)).body.result as Listed
const names = ({ REQUESTS }: Listed): unknown[] => REQUESTS.map(({ METHOD }) => METHOD)

it('remembers who asked for what and how it went, and nothing of what was sent', async () => {
  await portal.call('crm.lead.add', { fields: { TITLE: 'A most private title' } })
  await portal.call('crm.lead.get', { id: 999_999 })
  await portal.send({ url: '/rest/1/wr0ngc0de/profile' })
  const found = await list()
  expect(names(found)).toEqual(['crm.lead.add', 'crm.lead.get', 'profile'])
  expect(found.REQUESTS[0]).toEqual({
    NUMBER: 1,
    TIME: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    ID: expect.stringMatching(/^[a-z0-9]{16}$/),
    METHOD: 'crm.lead.add',
    VERSION: 2,
    STATUS: 200,
    ERROR: '',
    DURATION: expect.any(Number),
    STAGES: { auth: expect.any(Number), run: expect.any(Number), commit: expect.any(Number) },
    STATEMENTS: expect.any(Number),
    USER_ID: 1,
    CREDENTIAL: expect.stringMatching(/^webhook:\d+$/),
    ADDRESS: '127.0.0.1',
    RECEIVED: JSON.stringify({ fields: { TITLE: 'A most private title' } }).length,
    SENT: expect.any(Number),
  })
  expect(Number(found.REQUESTS[0]?.SENT)).toBeGreaterThan(100)
  expect(found.REQUESTS[2]).toMatchObject({ STATUS: 401, ERROR: 'INVALID_CREDENTIALS', USER_ID: 0, CREDENTIAL: '' })
  expect(JSON.stringify(found)).not.toMatch(/private|wr0ngc0de/)
  expect(JSON.stringify(found)).not.toContain(portal.code)
})

it('does not take a part of a mistyped path for the name of a method', async () => {
  await portal.send({ url: `/rest/${portal.code}` })
  await portal.send({ url: `/rest/1/${portal.code}` })
  await portal.send({ url: `/rest/${portal.code}/crm.lead.list` })
  const found = await list({ limit: 3 })
  expect(names(found)).toEqual(['?', '?', '?'])
  expect(JSON.stringify(found)).not.toContain(portal.code)
})

it('is searched by method, status and failure', async () => {
  await portal.call('no.such.method')
  expect(names(await list({ method: 'crm.*' }))).toEqual(['crm.lead.add', 'crm.lead.get'])
  expect(names(await list({ status: '404' }))).toContain('no.such.method')
  expect(names(await list({ status: '2xx' }))).toEqual(['crm.lead.add'])
  expect(names(await list({ errors: 'Y' }))).not.toContain('crm.lead.add')
  expect(names(await list({ limit: 1 }))).toEqual(['no.such.method'])
})

it('is followed by numbers, waits for what comes, and does not tell of the asking', async () => {
  const { SERVER, LAST } = await list()
  expect(await list({ after: { [SERVER]: LAST } })).toEqual({ SERVER, LAST, REQUESTS: [] })
  const waiting = list({ after: { [SERVER]: LAST }, wait: 10 })
  await portal.call('crm.deal.fields')
  const found = await waiting
  expect(names(found)).toEqual(['crm.deal.fields'])
  expect(Number(found.REQUESTS[0]?.SENT)).toBeGreaterThan(1000)
  expect(found.LAST).toBe(LAST + 1)
})

it('forgets the oldest of more than a thousand', async () => {
  for (let n = 0; n < 1_005; n++) await portal.send({ method: 'GET', url: '/rest/server.time' })
  const { REQUESTS } = await list({ limit: 5_000 })
  expect(REQUESTS).toHaveLength(1_000)
  expect(new Set(REQUESTS.map(({ METHOD }) => METHOD))).toEqual(new Set(['server.time']))
})
