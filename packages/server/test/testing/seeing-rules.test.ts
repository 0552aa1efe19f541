import { describe, expect, it } from 'vitest'
import { requestRate } from '../../src/testing/seeing/warnings/request-rate.ts'
import { requestSize } from '../../src/testing/seeing/warnings/request-size.ts'
import type { Rule, Warning } from '../../src/testing/seeing/warnings/warning.ts'

const request = (id: string, more: object = {}) => ({ id, method: 'm', number: 1, error: null, duration: 1, ...more })

/** One request after the other, each answered in a millisecond, with a pause of the client between them. */
function oneAfterTheOther(rule: Rule, count: number, pause: number): readonly Warning[] {
  for (let n = 0, at = 0; n < count; n++, at += 1 + pause) {
    rule.began?.(String(n), at)
    rule.ended?.(request(String(n)), at + 1)
  }
  return rule.found()
}

describe('the limits that a run would have hit', () => {
  it('are not hit by a client that waits for half a second between its requests, however long it goes on', () => {
    expect(oneAfterTheOther(requestRate(), 2_000, 300)).toEqual([])
  })

  it('are hit by the eighty-third request of one that does not wait: five come in a second, and two leave', () => {
    const [warning, ...others] = oneAfterTheOther(requestRate(), 200, 0)
    expect(others).toEqual([])
    expect(warning?.text).toContain('the first after 82 requests in about 16 s')
  })

  it('are those of Enterprise too for as many at once', () => {
    const rule = requestRate()
    for (let n = 0; n < 300; n++) rule.began?.(String(n), 0)
    for (let n = 0; n < 300; n++) rule.ended?.(request(String(n)), 10 + n)
    expect(rule.found().map(({ subject, count }) => [subject, count])).toEqual([
      ['standard', 250],
      ['enterprise', 50],
    ])
  })

  it('take requests that were on their way before an answer for such that did not wait for it', () => {
    const rule = requestRate()
    for (let n = 0; n < 100; n++) {
      // All have connected at 0; the server reads the next when it has answered the last.
      rule.began?.(String(n), 0)
      rule.ended?.(request(String(n)), n + 1)
    }
    expect(rule.found()).toMatchObject([{ subject: 'standard', count: 50 }])
  })

  it('do not count again what was refused here', () => {
    const rule = requestRate()
    for (let n = 0; n < 100; n++) {
      rule.began?.(String(n), 0)
      rule.ended?.(request(String(n), { error: n < 50 ? null : 'QUERY_LIMIT_EXCEEDED' }), n + 1)
    }
    expect(rule.found()).toEqual([])
  })
})

it('a request of more than a minute is one that the cloud breaks off', () => {
  const rule = requestSize()
  rule.ended?.(request('a', { duration: 60_000 }), 0)
  expect(rule.found()).toEqual([])
  rule.ended?.(request('b', { duration: 61_400, method: 'crm.item.list', number: 7 }), 0)
  expect(rule.found()).toMatchObject([
    { code: 'slow-request', subject: 'crm.item.list', count: 1, first: { number: 7, requestId: 'b' } },
  ])
})
