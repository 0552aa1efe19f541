import { beforeAll, describe, expect, it } from 'vitest'
import { batchOn } from '../../support/batch.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const hook = `/rest/1/${portal.code}`
let ids: string[] = []

beforeAll(async () => {
  const cmd = Array.from({ length: 50 }, (_, n) => `crm.lead.add?fields[TITLE]=Lead ${n}`)
  await portal.call('batch', { cmd })
  await portal.call('batch', { cmd: cmd.slice(0, 20) })
  const { result } = (await portal.call('crm.lead.list', { select: ['ID'] })).body
  ids = result.map((row: { ID: string }) => row.ID)
})
const batch = batchOn(portal)

const FULL_TIME = [
  'date_finish',
  'date_start',
  'duration',
  'finish',
  'operating',
  'operating_reset_at',
  'processing',
  'start',
]

describe('the answer of batch', () => {
  it('keeps the keys of a map in five maps, with numbers for totals and all eight times', async () => {
    const answer = await batch({
      c: 'profile',
      l: 'crm.lead.list?select[]=ID',
      e: 'crm.lead.get?id=999999',
      p: 'crm.lead.list?start=50',
    })
    expect(Object.keys(answer)).toEqual(['result', 'result_error', 'result_total', 'result_next', 'result_time'])
    expect(Object.keys(answer.result)).toEqual(['c', 'l', 'p'])
    expect(answer.result_error).toEqual({ e: { error: '', error_description: 'Not found' } })
    expect(answer.result_total).toEqual({ l: 70, p: 70 })
    expect(answer.result_next).toEqual({ l: 50 })
    expect(Object.keys(answer.result_time)).toEqual(['c', 'l', 'p'])
    for (const time of Object.values(answer.result_time)) expect(Object.keys(time as object).sort()).toEqual(FULL_TIME)
  })

  it('has lists where the keys of a map are 0…n-1, each map by its own keys, and for what is empty', async () => {
    const good = 'server.time'
    const bad = 'no.such'
    expect(await batch([good, good])).toMatchObject({
      result: [expect.any(String), expect.any(String)],
      result_error: [],
      result_total: [],
      result_next: [],
      result_time: [{}, {}],
    })
    const tailFails = await batch([good, bad])
    expect(tailFails.result).toEqual([expect.any(String)])
    expect(Object.keys(tailFails.result_error)).toEqual(['1'])
    expect(Array.isArray(tailFails.result_error)).toBe(false)
    const headFails = await batch({ 0: bad, 1: bad, 2: good })
    expect(headFails.result_error).toHaveLength(2)
    expect(Array.isArray(headFails.result_error)).toBe(true)
    expect(headFails.result).toEqual({ 2: expect.any(String) })
    expect(await batch([])).toEqual({
      result: [],
      result_error: [],
      result_total: [],
      result_next: [],
      result_time: [],
    })
    expect(await batch({})).toMatchObject({ result: [], result_time: [] })
  })

  it('keeps a success that is null, false or empty', async () => {
    const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'gone' } })).body.result
    const { result, result_time } = await batch({ d: `crm.item.delete?entityTypeId=1&id=${lead}` })
    expect(result).toEqual({ d: [] })
    expect(result_time.d).toBeDefined()
  })

  it('has total 0 and no next for a list from -1', async () => {
    const answer = await batch({ l: 'crm.lead.list?start=-1', i: 'crm.item.list?entityTypeId=1&start=-1' })
    expect(answer.result_total).toEqual({ l: 0, i: 0 })
    expect(answer.result_next).toEqual([])
  })
})

describe('the commands of batch', () => {
  const echo = { a: 'crm.lead.list?filter[ID]=0', b: 'profile' }
  it.each([
    [
      'a map in JSON',
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ cmd: echo, halt: false }) },
    ],
    [
      'upper-case names in JSON',
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ CMD: echo, HALT: '0' }) },
    ],
    [
      'a form',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Object.entries(echo)
          .map(([key, command]) => `cmd%5B${key}%5D=${encodeURIComponent(command)}`)
          .join('&'),
      },
    ],
  ])('come as %s', async (_name, request) => {
    const { body } = await portal.send({ url: `${hook}/batch`, ...request })
    expect(Object.keys(body.result.result)).toEqual(['a', 'b'])
  })

  it('run in the order in which they were sent, even with numeric keys', async () => {
    const body = `cmd[9]=${encodeURIComponent('crm.lead.add?fields[TITLE]=ninth')}&cmd[1]=${encodeURIComponent('crm.lead.get?id=$result[9]')}`
    const answer = await portal.send({
      url: `${hook}/batch`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    expect(answer.body.result.result['1'].TITLE).toBe('ninth')
  })

  it.each([
    ['brackets bare', 'crm.lead.list?select[]=ID&filter[>ID]=0&order[ID]=DESC'],
    ['brackets encoded', 'crm.lead.list?select%5B%5D=ID&filter%5B%3EID%5D=0&order%5BID%5D=DESC'],
    ['indices', 'crm.lead.list?select[0]=ID&filter[>ID]=0&order[ID]=DESC'],
    ['an ampersand at the end', 'crm.lead.list?select[]=ID&order[ID]=DESC&'],
    ['a suffix', 'crm.lead.list.json?select[]=ID&order[ID]=DESC'],
    ['another case', 'CRM.Lead.List?SELECT[]=ID&ORDER[ID]=desc'],
    ['a slash before', '/crm.lead.list?select[]=ID&order[ID]=DESC'],
    ['None and empty lists of Python', 'crm.lead.list?select[]=ID&order[ID]=DESC&filter[]=&start='],
  ])('may be written with %s', async (_name, command) => {
    const { result } = await batch({ l: command })
    expect(Object.keys(result.l[0])).toEqual(['ID'])
    expect(Number(result.l[0].ID)).toBeGreaterThan(Number(ids[49]))
  })

  it.each([[42], [null], [{ method: 'profile' }], [['profile']], [''], ['?'], ['?a=b']])(
    'that are no command (%j) fail alone',
    async (command) => {
      const { result, result_error } = await batch({ x: command, y: 'server.time' })
      expect(result_error.x.error).toBe('ERROR_METHOD_NOT_FOUND')
      expect(Object.keys(result)).toEqual(['y'])
    },
  )

  it.each([[undefined], [null], [''], ['profile'], [5], [true]])('must be there: %j', async (cmd) => {
    expect(await portal.call('batch', { cmd })).toMatchObject({ status: 400, body: { error: 'ERROR_ARGUMENT' } })
  })

  it('after the fiftieth are refused one by one, and the others run', async () => {
    const { result, result_error } = await batch(
      Array.from({ length: 53 }, () => 'server.time'),
      1,
    )
    expect(result).toHaveLength(50)
    expect(Object.keys(result_error)).toEqual(['50', '51', '52'])
    expect(result_error['50']).toEqual({
      error: 'ERROR_BATCH_LENGTH_EXCEEDED',
      error_description: 'Max batch length exceeded',
    })
  })

  it.each(['batch?cmd[a]=profile', 'BATCH.json', 'crm.controller.item.getFile?token=x', 'download'])(
    'may not be %s',
    async (command) => {
      expect((await batch({ n: command, after: 'server.time' })).result_error.n).toEqual({
        error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
        error_description: 'Method is not allowed for batch usage',
      })
    },
  )

  it('inherit the outer credential and ignore one of their own', async () => {
    const { hook: poor, id } = await portal.person({ scope: 'crm' })
    for (const name of ['auth', 'AUTH', 'access_token']) {
      const { result, result_error } = await batch(
        { me: `profile?${name}=${portal.code}`, u: `user.get?${name}=x` },
        0,
        { as: poor },
      )
      expect(result.me.ID).toBe(String(id))
      expect(result_error.u.error).toBe('insufficient_scope')
    }
    expect((await batch({ u: 'user.get?AUTH=x&ID=1' })).result_total).toEqual({ u: 1 })
  })

  it('with parameters that cannot be read fail alone', async () => {
    const { result, result_error } = await batch({ x: 'crm.lead.list?filter[ID]=%00', y: 'server.time' })
    expect(result_error.x).toMatchObject({ error: 'INVALID_REQUEST' })
    expect(Object.keys(result)).toEqual(['y'])
  })
})

describe('halt', () => {
  const cmd = { a: 'server.time', b: 'crm.lead.get?id=999999', c: 'server.time', d: 'no.such' }
  it.each([true, 1, '1', 'true'])('as %j stops at the first error', async (halt) => {
    const answer = await batch(cmd, halt)
    expect(Object.keys(answer.result)).toEqual(['a'])
    expect(Object.keys(answer.result_error)).toEqual(['b'])
  })
  it.each([false, 0, '0', 'false', undefined])('as %j goes on', async (halt) => {
    const answer = await batch(cmd, halt)
    expect(Object.keys(answer.result)).toEqual(['a', 'c'])
    expect(Object.keys(answer.result_error)).toEqual(['b', 'd'])
  })
  it.each(['batch', 'crm.lead.list?filter[ID]=%00'])('also stops at %s', async (bad) => {
    expect(Object.keys((await batch({ a: bad, b: 'server.time' }, 1)).result)).toEqual([])
  })
})
