import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { testPortal } from '../support/portal.ts'

describe('a portal that is not there for tests', async () => {
  const portal = await testPortal()

  it('has no control interface, whatever is sent to it', async () => {
    await portal.call('crm.lead.add', { fields: { TITLE: 'stays' } })
    const before = await portal.census()
    for (const path of ['/_portico', '/_portico/reset', '/_portico/clock', '/_portico/faults'])
      for (const method of ['GET', 'POST'] as const)
        for (const key of ['', 'undefined', 'null', portal.code]) {
          const answer = await portal.send({
            method,
            url: path,
            headers: { authorization: `Bearer ${key}` },
            body: '{}',
          })
          expect(answer.status).toBe(404)
          expect(answer.body.error).toBe('ERROR_METHOD_NOT_FOUND')
        }
    expect(await portal.census()).toEqual(before)
  })

  it('takes no notice of headers that ask for faults', async () => {
    const answer = await portal.send({
      url: `/rest/1/${portal.code}/server.time`,
      headers: { 'x-portico-fault': 'error=QUERY_LIMIT_EXCEEDED' },
    })
    expect(answer.status).toBe(200)
  })

  it('is not started with what only a portal for tests has', () => {
    for (const flag of ['--control-key=0123456789abcdef', '--random-seed=1', '--clock=2026-03-01T09:00:00Z'])
      expect(() => loadConfig([flag], {})).toThrow(/needs --testing or PORTICO_TESTING too/)
    expect(loadConfig(['--testing', '--clock=2026-03-01T09:00:00Z'], {})).toMatchObject({ testing: true })
  })
})
