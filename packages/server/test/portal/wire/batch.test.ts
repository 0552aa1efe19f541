import { beforeAll, describe, expect, it } from 'vitest'
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

interface Maps {
  result: any // eslint-disable-line typescript/no-explicit-any
  result_error: any // eslint-disable-line typescript/no-explicit-any
  result_total: any // eslint-disable-line typescript/no-explicit-any
  result_next: any // eslint-disable-line typescript/no-explicit-any
  result_time: any // eslint-disable-line typescript/no-explicit-any
}

async function batch(cmd: unknown, halt?: unknown, options?: { as?: string }): Promise<Maps> {
  const { status, body } = await portal.call('batch', { cmd, ...(halt === undefined ? {} : { halt }) }, options)
  expect(status).toBe(200)
  return body.result
}
const title = async (id: unknown): Promise<unknown> => (await portal.call('crm.lead.get', { id })).body.result.TITLE
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

describe('references to earlier results', () => {
  it('stand for an id, inside a longer text, encoded or not', async () => {
    const { result } = await batch({
      c: 'crm.lead.add?fields[TITLE]=first',
      d: 'crm.lead.add?fields[TITLE]=after $result[c], %24result%5Bc%5D.',
      e: 'crm.lead.get?id=$result[c]',
    })
    expect(result.e.TITLE).toBe('first')
    expect(await title(result.d)).toBe(`after ${result.c}, ${result.c}.`)
  })

  it('go into maps and lists, by keys and numbers', async () => {
    const { result } = await batch({
      i: 'crm.item.add?entityTypeId=1&fields[title]=item',
      g: 'crm.lead.get?id=$result[i][item][id]',
      l: 'crm.lead.list?order[ID]=DESC&select[]=ID',
      h: 'crm.lead.get?id=$result[l][0][ID]',
      j: 'crm.item.list?entityTypeId=1&order[id]=desc',
      k: 'crm.lead.get?id=$result[j][items][0][id]',
    })
    expect(result.g.TITLE).toBe('item')
    expect(result.h.TITLE).toBe('item')
    expect(result.k.TITLE).toBe('item')
  })

  it('work with numeric keys of commands, of lists and of maps alike', async () => {
    const { result } = await batch(['crm.lead.add?fields[TITLE]=zero', 'crm.lead.get?id=$result[0]'])
    expect(result[1].TITLE).toBe('zero')
  })

  it('that are the whole value may become a list or a map', async () => {
    const { result } = await batch({
      me: 'user.current',
      same: 'user.get?UF_DEPARTMENT=$result[me][UF_DEPARTMENT]',
      f: 'crm.item.get?entityTypeId=1&id=' + ids[0],
      copy: 'crm.item.add?entityTypeId=1&fields=$result[f][item]',
    })
    expect(result.same[0].ID).toBe('1')
    expect(result.copy.item.title).toBe('Lead 0')
  })

  it('to booleans and null become 1, 0 and nothing', async () => {
    const { result } = await batch({
      m: 'method.get?name=batch',
      n: 'method.get?name=nothing',
      g: `crm.lead.get?id=${ids[0]}`,
      a: 'crm.lead.add?fields[TITLE]=$result[m][isExisting]$result[n][isExisting]-$result[g][ORIGIN_ID]-',
    })
    expect(await title(result.a)).toBe('10--')
  })

  it.each([
    ['$result[nothing]'],
    ['$result[ok][missing]'],
    ['$result[ok][0]'],
    ['$result[list][length]'],
    ['$result[list][99][ID]'],
    ['$result[bad]'],
    ['$result[me][__proto__]'],
    ['$result[me][constructor]'],
    ['$result[__proto__][x]'],
    ['$result'],
    ['$result[]'],
    ['x $result[me] y'],
  ])('that lead nowhere stay as they are: %s', async (reference) => {
    const { result, result_error } = await batch({
      ok: 'server.time',
      bad: 'no.such',
      me: 'profile',
      list: 'crm.lead.list?select[]=ID',
      add: `crm.lead.add?fields[TITLE]=${encodeURIComponent(reference)}`,
    })
    expect(Object.keys(result_error)).toEqual(['bad'])
    expect(await title(result.add)).toBe(reference)
  })

  it('are not looked for in results or in keys', async () => {
    const { result } = await batch({
      a: 'crm.lead.add?fields[TITLE]=$result[b]',
      g: 'crm.lead.get?id=$result[a]',
      b: 'crm.lead.add?fields[TITLE]=$result[g][TITLE]',
    })
    expect(await title(result.b)).toBe('$result[b]')
  })

  it.each([
    ['crm.lead.list?filter[>ID]=$result[no][49][ID]'],
    ['crm.lead.list?filter[ID]=$result[no]'],
    ['crm.lead.list?filter[@ID][]=$result[no]'],
    ['crm.lead.list?filter[!@ID][]=$result[no]'],
    ['crm.lead.list?filter[TITLE]=$result[no]&start=-1'],
    ['crm.item.list?entityTypeId=1&filter[>id]=$result[no][items][49][id]'],
    ['crm.item.list?entityTypeId=1&filter[0][>id]=$result[no]'],
    ['user.get?ID=$result[no]'],
    ['user.get?filter[UF_DEPARTMENT]=$result[no]'],
  ])('as operands of a filter that lead nowhere give an empty page, not the first: %s', async (command) => {
    const { result, result_error } = await batch({ l: command })
    expect(result_error).toEqual([])
    expect(result.l.items ?? result.l).toEqual([])
  })
})

describe('cursor chains of SDKs', () => {
  it('of PHP read every record once and end without an error', async () => {
    const link = (n: number): string =>
      `crm.lead.list?order%5BID%5D=ASC&filter%5B%3EID%5D=${n === 0 ? '0' : `%24result%5Bcmd_${n - 1}%5D%5B49%5D%5BID%5D`}&select%5B0%5D=ID&start=-1`
    const cmd = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`cmd_${n}`, link(n)]))
    const { result, result_error, result_time } = await batch(cmd, true)
    expect(result_error).toEqual([])
    expect(Object.keys(result_time)).toHaveLength(5)
    const read = Object.values(result as Record<string, { ID: string }[]>).flat()
    const all = (await portal.call('crm.lead.list')).body.total
    expect(new Set(read.map(({ ID }) => ID)).size).toBe(all)
    expect(read).toHaveLength(Number(all))
    expect(result.cmd_4).toEqual([])
  })

  it('of Python read items the same way', async () => {
    const link = (n: number): string =>
      `crm.item.list?entityTypeId=1&order[ID]=ASC&filter[%3EID]=${n === 0 ? '0' : `$result[req_${n - 1}][items][49][id]`}&select[0]=id&start=-1`
    const cmd = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`req_${n}`, link(n)]))
    const { result, result_error } = await batch(cmd, false)
    expect(result_error).toEqual([])
    const read = Object.values(result as Record<string, { items: { id: number }[] }>).flatMap(({ items }) => items)
    expect(new Set(read.map(({ id }) => id)).size).toBe((await portal.call('crm.lead.list')).body.total)
  })

  it('of fast_bitrix24 read pages by offset', async () => {
    const total = Number((await portal.call('crm.lead.list')).body.total)
    const cmd = Object.fromEntries(
      [0, 50].map((start, n) => [`cmd000000000${n}`, `crm.lead.list?order[ID]=ASC&select[]=ID&start=${start}&`]),
    )
    const { result } = await batch(cmd, 0)
    expect(Object.values(result as Record<string, unknown[]>).flat()).toHaveLength(Math.min(total, 100))
  })
})
