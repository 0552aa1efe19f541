import { beforeAll, describe, expect, it } from 'vitest'
import { batchOn } from '../../support/batch.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
let ids: string[] = []

beforeAll(async () => {
  const cmd = Array.from({ length: 50 }, (_, n) => `crm.lead.add?fields[TITLE]=Lead ${n}`)
  await portal.call('batch', { cmd })
  await portal.call('batch', { cmd: cmd.slice(0, 20) })
  const { result } = (await portal.call('crm.lead.list', { select: ['ID'] })).body
  ids = result.map((row: { ID: string }) => row.ID)
})
const batch = batchOn(portal)

const title = async (id: unknown): Promise<unknown> => (await portal.call('crm.lead.get', { id })).body.result.TITLE

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
