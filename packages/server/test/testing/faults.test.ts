import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { connectPortal, startPortal } from '../../src/testing/index.ts'

describe('faults of a portal for tests', async () => {
  const clock = { mode: 'fixed', at: '2026-03-01T09:00:00Z' } as const
  const portal = await startPortal({ https: false, clock, randomSeed: 'faults' })
  afterAll(() => portal.close())
  beforeEach(() => portal.reset())
  const status = async (method: string, parameters: object = {}): Promise<number> =>
    (await portal.ask(method, parameters)).status
  const statuses = async (method: string, times: number): Promise<number[]> => {
    const seen: number[] = []
    for (let n = 0; n < times; n++) seen.push(await status(method))
    return seen
  }
  const send = async (path: string, fault?: string, body: object = {}) => {
    const response = await fetch(`${portal.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(fault === undefined ? {} : { 'x-portico-fault': fault }) },
      body: JSON.stringify(body),
    })
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    }
  }
  const hook = new URL(portal.webhookHttp).pathname
  const leads = (): Promise<unknown[]> => portal.call('crm.lead.list')

  it('strike the methods that they name, by name, glob or all', async () => {
    for (const [methods, expected] of [
      ['crm.lead.list', [503, 200, 200]],
      ['CRM.Lead.List', [503, 200, 200]],
      ['crm.lead.*', [503, 503, 200]],
      [
        ['crm.lead.fields', 'server.time'],
        [200, 503, 503],
      ],
      ['*', [503, 503, 503]],
      [undefined, [503, 503, 503]],
    ] as const) {
      const { id } = await portal.fault({ ...(methods === undefined ? {} : { methods }), error: 'OVERLOAD_LIMIT' })
      const seen = [await status('crm.lead.list'), await status('crm.lead.fields'), await status('server.time')]
      expect([methods, seen]).toEqual([methods, expected])
      expect(await portal.clearFaults(id)).toBe(1)
    }
    expect(await statuses('crm.lead.list', 1)).toEqual([200])
  })

  it('let the first through and end after some, and tell how it went', async () => {
    const { id } = await portal.fault({ methods: 'server.time', error: 'OVERLOAD_LIMIT', skip: 2, times: 2 })
    expect(await statuses('server.time', 6)).toEqual([200, 200, 503, 503, 200, 200])
    expect(await portal.faults()).toEqual([
      {
        id,
        rule: { methods: ['server.time'], error: 'OVERLOAD_LIMIT', skip: 2, times: 2 },
        matched: 4,
        struck: 2,
      },
    ])
  })

  it('end at a moment of the clock of the portal', async () => {
    await portal.fault({ error: 'OVERLOAD_LIMIT', until: '2026-03-01T10:00:00Z' })
    expect(await status('server.time')).toBe(503)
    await portal.advance(3600)
    expect(await status('server.time')).toBe(200)
  })

  it('strike by chance, and by the same chance again, whatever else is drawn', async () => {
    const rule = { methods: 'server.time', error: 'OVERLOAD_LIMIT', probability: 0.5 } as const
    const { id } = await portal.fault(rule)
    const first = await statuses('server.time', 40)
    expect(first.filter((each) => each === 503).length).toBeGreaterThan(8)
    expect(first.filter((each) => each === 200).length).toBeGreaterThan(8)
    await portal.reset()
    expect(await portal.fault(rule)).toEqual({ id })
    const other = await portal.fault({ methods: 'crm.lead.list', error: 'OVERLOAD_LIMIT', probability: 0.5 })
    const again: number[] = []
    for (let n = 0; n < 40; n++) {
      again.push(await status('server.time'))
      await status('crm.lead.list')
    }
    expect(again).toEqual(first)
    const [, report] = await portal.faults()
    expect(report).toMatchObject({ id: other.id, matched: 40 })
    await portal.clearFaults()
    await portal.fault({ error: 'OVERLOAD_LIMIT', probability: 0 })
    expect(await statuses('server.time', 5)).toEqual([200, 200, 200, 200, 200])
  })

  it('strike those whom they name: a webhook, a user, an application', async () => {
    const ada = await portal.addUser({ name: 'Ada' })
    const app = await portal.addApp({ userId: ada.id })
    const other = await portal.addWebhook()
    const all = async () => [
      await status('server.time'),
      (await send(`${other}server.time`)).status,
      (await send(`${ada.webhook}server.time`)).status,
      (await send('/rest/server.time', undefined, { auth: app.accessToken })).status,
    ]
    for (const [credentials, expected] of [
      [portal.webhookHttp, [503, 200, 200, 200]],
      [other.replace('/rest/', '').slice(0, -1), [200, 503, 200, 200]],
      [1, [503, 503, 200, 200]],
      [ada.id, [200, 200, 503, 503]],
      [app.clientId, [200, 200, 200, 503]],
      [
        [app.clientId, portal.webhook],
        [503, 200, 200, 503],
      ],
    ] as const) {
      await portal.fault({ credentials, error: 'OVERLOAD_LIMIT' })
      expect([credentials, await all()]).toEqual([credentials, expected])
      await portal.clearFaults()
    }
  })

  it('leave the pages of the portal itself alone, unless a rule names them', async () => {
    const { email, password } = portal.administrator
    const signedIn = await fetch(`${portal.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: portal.url },
      body: new URLSearchParams({ account: email, password, next: '/' }),
    })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const session = await fetch(`${portal.url}/session`, { headers: { cookie } })
    const { csrf } = (await session.json()) as { csrf: string }
    const call = async () =>
      (await fetch(`${portal.url}/rest/server.time`, { method: 'POST', headers: { cookie, 'x-portico-csrf': csrf } }))
        .status
    expect(await call()).toBe(200)
    await portal.fault({ error: 'OVERLOAD_LIMIT' })
    expect([await call(), await status('server.time')]).toEqual([200, 503])
    await portal.clearFaults()
    await portal.fault({ credentials: 'session', error: 'OVERLOAD_LIMIT' })
    expect([await call(), await status('server.time')]).toEqual([503, 200])
  })

  it('strike before the method has run, or after its writes are durable', async () => {
    await portal.fault({ methods: 'crm.lead.add', error: 'INTERNAL_SERVER_ERROR', times: 1 })
    expect(await status('crm.lead.add', { fields: { TITLE: 'never' } })).toBe(500)
    expect(await leads()).toEqual([])
    await portal.fault({ methods: 'crm.lead.add', error: 'INTERNAL_SERVER_ERROR', when: 'after', times: 1 })
    expect(await status('crm.lead.add', { fields: { TITLE: 'written' } })).toBe(500)
    expect(await leads()).toMatchObject([{ TITLE: 'written' }])
  })

  it('are told of in a header of the answer', async () => {
    const { id } = await portal.fault({ error: 'OVERLOAD_LIMIT' })
    expect((await send(`${hook}server.time`)).headers.get('x-portico-fault')).toBe(String(id))
    await portal.clearFaults()
    expect((await send(`${hook}server.time`)).headers.has('x-portico-fault')).toBe(false)
  })

  it('answer an error of your own, with its status, its text and when to come again', async () => {
    const error = { code: 'OUR_ERROR', status: 418, text: 'We are a teapot', retryAfter: 7 }
    await portal.fault({ error })
    const answer = await send(`${hook}server.time`)
    expect(answer).toMatchObject({ status: 418, body: { error: 'OUR_ERROR', error_description: 'We are a teapot' } })
    expect(answer.headers.get('retry-after')).toBe('7')
    await portal.clearFaults()
    await portal.fault({ error: { code: '', text: 'Not found' } })
    expect(await portal.ask('crm.lead.get', { id: 1 })).toMatchObject({
      status: 400,
      error: '',
      error_description: 'Not found',
    })
  })

  describe('in a batch', () => {
    const cmd = {
      one: 'crm.lead.add?fields[TITLE]=one',
      two: 'crm.lead.list',
      three: 'crm.lead.add?fields[TITLE]=three',
    }
    const batch = (halt = 0): Promise<{ result: object; result_error: object }> => portal.call('batch', { halt, cmd })

    it('strike its commands as calls of their own', async () => {
      await portal.fault({ methods: 'crm.lead.list', error: 'OPERATION_TIME_LIMIT' })
      expect(await batch()).toMatchObject({
        result: { one: 1, three: 2 },
        result_error: {
          two: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' },
        },
      })
    })

    it('halt it as real errors do', async () => {
      await portal.fault({ methods: 'crm.lead.list', error: 'ACCESS_DENIED', credentials: 1 })
      const { result, result_error: errors } = await batch(1)
      expect([Object.keys(result), Object.keys(errors)]).toEqual([['one'], ['two']])
      await portal.clearFaults()
      expect(await leads()).toMatchObject([{ TITLE: 'one' }])
    })

    it('strike a command after it has run', async () => {
      await portal.fault({ methods: 'crm.lead.add', error: 'INTERNAL_SERVER_ERROR', when: 'after', skip: 1 })
      expect(await batch()).toMatchObject({ result: { one: 1 }, result_error: { three: {} } })
      await portal.clearFaults()
      expect(await leads()).toHaveLength(2)
    })

    it('strike the batch itself by its name', async () => {
      await portal.fault({ methods: 'batch', error: 'QUERY_LIMIT_EXCEEDED' })
      expect(await portal.ask('batch', { cmd })).toMatchObject({ status: 503, error: 'QUERY_LIMIT_EXCEEDED' })
      expect(await leads()).toEqual([])
    })

    it('let connections be: a command has none of its own', async () => {
      await portal.fault({ methods: 'crm.lead.list', reset: true })
      expect(await batch()).toMatchObject({ result_error: [] })
    })
  })

  it('strike what comes by the tools of a model, too', async () => {
    await portal.fault({ methods: 'crm.lead.list', error: 'OVERLOAD_LIMIT' })
    const response = await fetch(`${portal.url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${(await portal.addApp({ scope: 'crm' })).accessToken}`,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'call_method', arguments: { method: 'crm.lead.list', params: {} } },
      }),
    })
    expect(await response.text()).toContain('OVERLOAD_LIMIT')
    expect((await portal.faults())[0]?.struck).toBe(1)
  })

  it('never strike what the portal does by itself, such as a seed', async () => {
    await portal.fault({ error: 'OVERLOAD_LIMIT' })
    await portal.seed({ records: { lead: { first: { title: 'seeded' } } } })
    await portal.clearFaults()
    expect(await leads()).toMatchObject([{ TITLE: 'seeded' }])
  })

  it('are asked for by a header, for one request', async () => {
    const first = await send(`${hook}crm.lead.add`, 'error=QUERY_LIMIT_EXCEEDED; when=after', {
      fields: { TITLE: 'lost' },
    })
    expect(first).toMatchObject({ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } })
    expect(first.headers.get('x-portico-fault')).toBe('header')
    expect(await leads()).toMatchObject([{ TITLE: 'lost' }])
    const own = await send(`${hook}server.time`, 'error=MY_CODE; status=409; text=Somebody else was faster')
    expect(own).toMatchObject({
      status: 409,
      body: { error: 'MY_CODE', error_description: 'Somebody else was faster' },
    })
    expect(await portal.faults()).toEqual([])
  })

  it('are refused as a header that says nothing clear, and nothing is done', async () => {
    for (const [header, text] of [
      ['erorr=QUERY_LIMIT_EXCEEDED', 'has no "erorr": did you mean error?'],
      ['error=QUERY_LIMIT_EXCEDED', 'did you mean QUERY_LIMIT_EXCEEDED?'],
      ['error', 'says nothing for "error"'],
      ['when=after', 'needs something that goes wrong'],
      ['reset; timeout', 'does one thing, not timeout and reset together'],
      ['reset; when=later', '"when" of the header x-portico-fault of calls'],
      ['delay=soon', '"delay" of the header x-portico-fault: a number is expected'],
      ['reset; reset', 'says "reset" twice'],
      ['methods=crm.lead.add; reset', 'has no "methods"'],
    ] as const) {
      const answer = await send(`${hook}crm.lead.add`, header, { fields: { TITLE: 'never' } })
      expect([header, answer.status, answer.body.error]).toEqual([header, 400, 'INVALID_FAULT'])
      expect(answer.body.error_description).toContain(text)
    }
    expect(await leads()).toEqual([])
  })

  it('are refused as rules that cannot be done, and nothing of them holds', async () => {
    for (const [rule, text] of [
      [{}, 'needs something that goes wrong: error, timeout, reset, cut, garbage, redirect, tokens or delay'],
      [{ eror: 'X' }, 'fault has no parameter "eror": did you mean error?'],
      [{ error: 'QUERY_LIMIT_EXCEDED' }, 'there is no documented error "QUERY_LIMIT_EXCEDED": did you mean'],
      [{ error: 'query_limit_exceeded' }, 'did you mean QUERY_LIMIT_EXCEEDED?'],
      [{ error: { status: 400 } }, '"code" of the error of a fault'],
      [{ error: { code: 'X', stauts: 400 } }, 'has no "stauts": did you mean status?'],
      [{ error: 'NOT_FOUND', reset: true }, 'does one thing, not error and reset together'],
      [{ methods: 'crm.laed.add', reset: true }, 'there is no method "crm.laed.add": did you mean crm.lead.add?'],
      [{ methods: 'crm.nothing.*', reset: true }, 'no method is meant by "crm.nothing.*"'],
      [{ methods: [], reset: true }, 'the name of a method, a glob or a list of these is expected'],
      [{ credentials: 'Ada', reset: true }, 'a webhook (1/code, or its address)'],
      [{ reset: 'yes' }, '"reset" of a fault of calls: true or false is expected'],
      [{ garbage: 500 }, '502 or 503 or 504 is expected'],
      [{ redirect: 'new.example' }, 'the address of another portal'],
      [{ redirect: 'https://new.example', when: 'after' }, 'before (all that there is for redirect)'],
      [{ cut: true, when: 'before' }, 'there is no answer to cut before'],
      [{ tokens: 'lose' }, '"expire" or "revoke" is expected'],
      [{ delay: -1 }, 'a number from 0 to 600'],
      [{ reset: true, times: 0 }, 'a number from 1'],
      [{ reset: true, skip: 1.5 }, 'a whole number'],
      [{ reset: true, probability: 2 }, 'a number from 0 to 1'],
      [{ reset: true, until: 'soon' }, 'a moment'],
      [{ events: 'ONCRMLEADAD', drop: true }, 'there is no event "ONCRMLEADAD": did you mean ONCRMLEADADD?'],
      [{ events: 'ONCRMLEADADD' }, 'needs what becomes of them: duplicate, delay, reorder, drop'],
      [{ events: 'ONCRMLEADADD', drop: true, reorder: true }, 'not reorder and drop together'],
      [{ events: 'ONCRMLEADADD', error: 'NOT_FOUND' }, 'a fault of events has no "error"'],
    ] as const)
      await expect(portal.run('fault', rule)).rejects.toThrow(text)
    expect(await portal.faults()).toEqual([])
    await expect(portal.clearFaults(1)).rejects.toThrow('there is no fault 1')
  })

  it('are rules of a seed, all of them or none', async () => {
    await portal.seed(`
faults:
  - { methods: crm.lead.add, error: QUERY_LIMIT_EXCEEDED, times: 1 }
  - { events: ONCRM*, duplicate: 2 }
limits: { rate: { burst: 3, perSecond: 1 } }
`)
    expect((await portal.faults()).map(({ rule }) => rule)).toEqual([
      { methods: ['crm.lead.add'], error: 'QUERY_LIMIT_EXCEEDED', times: 1 },
      { events: ['ONCRM*'], duplicate: 2 },
    ])
    expect(await portal.limits()).toEqual({ rate: { burst: 3, perSecond: 1 }, operating: null, duration: null })
    await portal.reset()
    const broken = `
records: { lead: { first: { title: never } } }
faults: { slow: { delay: 1 }, broken: { error: QUERY_LIMIT_EXCEDED } }
`
    await expect(portal.seed(broken)).rejects.toThrow(/^3:1: there is no documented error .*did you mean/)
    expect([await portal.faults(), await leads()]).toEqual([[], []])
  })

  it('name a user by the name that a seed has for them', async () => {
    const made = await portal.seed({
      users: { ada: { email: 'ada@example.com', name: 'Ada', uf_department: [1] } },
      faults: [{ credentials: '@ada', error: 'user_access_error' }],
    })
    expect((await portal.faults())[0]?.rule).toMatchObject({ credentials: [made[0]?.id] })
  })

  it('of the seed that a portal begins with come back with every reset, and others do not', async () => {
    const own = await startPortal({
      https: false,
      seed: 'faults: [{ methods: server.time, error: OVERLOAD_LIMIT, times: 1 }]\nlimits: standard',
    })
    try {
      for (let n = 0; n < 2; n++) {
        expect([(await own.ask('server.time')).status, (await own.ask('server.time')).status]).toEqual([503, 200])
        expect((await own.limits()).rate).toEqual({ burst: 50, perSecond: 2 })
        await own.fault({ error: 'NOT_FOUND' })
        await own.limits('off')
        await own.reset()
      }
    } finally {
      await own.close()
    }
  })

  it('are steered over HTTP as in the process', async () => {
    const remote = connectPortal({ ...portal.control, webhook: portal.webhookHttp })
    const { id } = await remote.fault({ methods: 'crm.*', error: 'PAYMENT_REQUIRED' })
    expect(await portal.ask('crm.lead.list')).toMatchObject({ status: 401, error: 'PAYMENT_REQUIRED' })
    expect(await remote.faults()).toMatchObject([{ id, struck: 1 }])
    expect(await remote.clearFaults()).toBe(1)
    expect(await status('crm.lead.list')).toBe(200)
  })
})
