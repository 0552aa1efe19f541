import {
  Client,
  LimitError,
  LostAnswerError,
  NotDoneError,
  PortalError,
  ref,
  UnexpectedAnswerError,
  type Wait,
} from 'portico-client'
import { describe, expect, test } from 'vitest'
import { chunksOf, readCommands } from '../src/batch-plan.ts'
import { phpQuery } from '../src/query.ts'
import { answer, caught, hangUp, scriptedPortal, type Seen } from './support/scripted-portal.ts'

const cmdOf = ({ body }: Seen): Record<string, string> => body.cmd as Record<string, string>
/** Each command's result is its key; errors are those of `failing`. */
const results = (seen: Seen, failing: Record<string, string> = {}) => {
  const result: Record<string, string> = {}
  const errors: Record<string, unknown> = {}
  for (const key of Object.keys(cmdOf(seen))) {
    if (failing[key] === undefined) result[key] = `of ${key}`
    else errors[key] = { error: failing[key], error_description: 'No' }
    if (failing[key] !== undefined && seen.body.halt === 1) break
  }
  return {
    body: {
      result: {
        result,
        result_error: Object.keys(errors).length === 0 ? [] : errors,
        result_total: [],
        result_next: [],
        result_time: [],
      },
    },
  }
}
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, { method: 'x.add' }]))

describe('parameters in a batch', () => {
  test.each([
    [
      { fields: { TITLE: 'A & B', PHONE: [{ VALUE: '+1' }] } },
      'fields[TITLE]=A%20%26%20B&fields[PHONE][0][VALUE]=%2B1',
    ],
    [{ filter: { '>ID': 5, '@S': ['a', 'b'] } }, 'filter[%3EID]=5&filter[%40S][0]=a&filter[%40S][1]=b'],
    [{ a: true, b: false, c: null, d: undefined, e: 0, f: '' }, 'a=1&b=0&c=&e=0&f='],
    [{ filter: {}, select: [], fields: {} }, 'fields[]='],
    [{ filter: { '@ID': [] } }, 'filter[%40ID]='],
    [{ at: new Date(0) }, 'at=1970-01-01T00%3A00%3A00.000Z'],
    [{ t: 'ü🐎\ud800' }, 't=%C3%BC%F0%9F%90%8E%EF%BF%BD'],
  ])('%j', (params, query) => expect(phpQuery(params)).toBe(query))
  test('may be numbers that only bigints hold', () =>
    expect(phpQuery({ id: 2n ** 60n })).toBe('id=1152921504606846976'))
})

describe('the plan', () => {
  const commands = (...needs: [number, number][]) =>
    readCommands(
      Array.from({ length: 120 }, (_, index): [string, { method: string; params: object }] => [
        String(index),
        { method: 'x.add', params: needs.filter(([from]) => from === index).map(([, to]) => ref(to)) },
      ]),
    )
  const sizes = (...needs: [number, number][]) => chunksOf(commands(...needs)).map(({ length }) => length)
  test('fills requests of 50', () => expect(sizes()).toEqual([50, 50, 20]))
  test('keeps what belongs together in one request', () => expect(sizes([50, 49])).toEqual([49, 50, 21]))
  test('cuts where it must, if all is connected', () =>
    expect(sizes(...Array.from({ length: 119 }, (_, index): [number, number] => [index + 1, index]))).toEqual([
      50, 50, 20,
    ]))
  test('refuses references to nothing and to what comes later, and batches in a batch', () => {
    expect(() => readCommands([['a', { method: 'x', params: { id: ref('b') } }]])).toThrow('no such command')
    expect(() =>
      readCommands([
        ['a', { method: 'x', params: { id: ref('b') } }],
        ['b', { method: 'x' }],
      ]),
    ).toThrow('before')
    expect(() => readCommands([['a', { method: 'batch' }]])).toThrow('batch itself')
    expect(() => ref('a[0]')).toThrow(TypeError)
  })
})

describe('a batch', () => {
  test('is sent as queries by key, and answers by key', async () => {
    const portal = await scriptedPortal({
      body: {
        result: {
          result: { c: 84, l: [{ ID: '5' }], n: null },
          result_error: { d: { error: '', error_description: 'Access denied.' }, e: 'odd' },
          result_total: { l: 128 },
          result_next: { l: '50' },
          result_time: { c: { operating: 1 } },
        },
      },
    })
    const given = await new Client({ webhook: portal.hook }).batch({
      c: { method: 'crm.contact.add', params: { fields: { NAME: 'Ann' } } },
      d: { method: 'crm.deal.add', params: { fields: { TITLE: `For ${ref('c')}`, CONTACT_ID: ref('c') } } },
      l: { method: 'crm.deal.list' },
      n: { method: 'crm.category.delete', params: { entityTypeId: 2, id: 5 } },
      e: { method: 'x.add' },
    })
    expect(portal.seen[0]?.body).toEqual({
      halt: 0,
      cmd: {
        c: 'crm.contact.add?fields[NAME]=Ann',
        d: 'crm.deal.add?fields[TITLE]=For%20%24result%5Bc%5D&fields[CONTACT_ID]=%24result%5Bc%5D',
        l: 'crm.deal.list',
        n: 'crm.category.delete?entityTypeId=2&id=5',
        e: 'x.add',
      },
    })
    expect(given).toMatchObject({
      results: { c: 84, l: [{ ID: '5' }], n: null },
      totals: { l: 128 },
      nexts: { l: 50 },
      times: { c: { operating: 1 } },
      skipped: [],
    })
    expect(given.errors.d).toBeInstanceOf(PortalError)
    expect(given.errors).toMatchObject({ d: { text: 'Access denied.', method: 'crm.deal.add' }, e: { text: 'odd' } })
  })
  test('of a list answers as a list, in its order, over all requests', async () => {
    const portal = await scriptedPortal((seen, response) => answer(response, results(seen)))
    const progress: number[] = []
    const given = await new Client({ webhook: portal.hook }).batch(
      Array.from({ length: 120 }, (_, id) => ({ method: 'x.add', params: { id } })),
      { onProgress: ({ done, total }) => progress.push(done, total ?? -1) },
    )
    expect(given.results.map(String)).toEqual(Array.from({ length: 120 }, (_, index) => `of ${index}`))
    expect(portal.seen.map((seen) => Object.keys(cmdOf(seen)).length)).toEqual([50, 50, 20])
    expect(progress).toEqual([50, 120, 100, 120, 120, 120])
  })
  test('puts a result of an earlier request in the place of a reference to it', async () => {
    const portal = await scriptedPortal((seen, response) => answer(response, results(seen)))
    const chain = Array.from({ length: 60 }, (_, index) => ({
      method: 'x.add',
      params: index === 0 ? {} : { before: ref(index - 1), text: `after ${ref(index - 1)}` },
    }))
    const { errors } = await new Client({ webhook: portal.hook }).batch(chain)
    expect(errors).toEqual({})
    expect(cmdOf(portal.seen[1] as Seen)['50']).toBe('x.add?before=of%2049&text=after%20of%2049')
    expect(cmdOf(portal.seen[1] as Seen)['51']).toContain('%24result%5B50%5D')
  })
  test('does not send what refers to a failure of an earlier request', async () => {
    const portal = await scriptedPortal((seen, response) => answer(response, results(seen, { c0: 'NO' })))
    const commands = {
      ...many(55),
      ...Object.fromEntries(
        Array.from({ length: 55 }, (_, index) => [`d${index}`, { method: 'x.add', params: { id: ref('c0') } }]),
      ),
    }
    const { errors, results: all } = await new Client({ webhook: portal.hook }).batch(commands)
    expect(errors.d54).toBeInstanceOf(NotDoneError)
    expect(all).not.toHaveProperty('d54')
    expect(portal.seen.every((seen) => !('d54' in cmdOf(seen)))).toBe(true)
  })
  test('stops at the first error where it shall, and says what was not run', async () => {
    const portal = await scriptedPortal((seen, response) => answer(response, results(seen, { c1: 'NO' })))
    const given = await new Client({ webhook: portal.hook }).batch(many(60), { halt: true })
    expect(portal.seen).toHaveLength(1)
    expect(Object.keys(given.results)).toEqual(['c0'])
    expect(Object.keys(given.errors)).toEqual(['c1'])
    expect(given.skipped).toHaveLength(58)
  })
  test('throws when its first request fails as a whole; later ones put it to their commands', async () => {
    const portal = await scriptedPortal(hangUp)
    expect(await caught(new Client({ webhook: portal.hook }).batch(many(2)))).toBeInstanceOf(LostAnswerError)
    const second = await scriptedPortal(
      (seen, response) => answer(response, results(seen)),
      hangUp,
      (seen, response) => answer(response, results(seen)),
    )
    const given = await new Client({ webhook: second.hook }).batch(many(120))
    expect(given.errors.c50).toBeInstanceOf(LostAnswerError)
    expect([Object.keys(given.errors).length, Object.keys(given.results).length]).toEqual([50, 70])
  })
  test('of reads alone is repeated after a lost answer', async () => {
    const portal = await scriptedPortal(hangUp, (seen, response) => answer(response, results(seen)))
    const given = await new Client({ webhook: portal.hook }).batch({
      a: { method: 'crm.lead.list' },
      b: { method: 'user.current' },
    })
    expect(given.results).toEqual({ a: 'of a', b: 'of b' })
  })
  test('does again what a limit of its own has refused, when the portal has said that it ends', async () => {
    const blocked = { a: 'OPERATION_TIME_LIMIT' }
    const told = { result_time: { a: { finish: 100, operating: 1, operating_reset_at: 100.5 } } }
    const portal = await scriptedPortal(
      (seen, response) => answer(response, { body: { result: { ...results(seen).body.result, ...told } } }),
      (seen, response) => answer(response, results(seen, blocked)),
      (seen, response) => answer(response, results(seen)),
    )
    const waits: Wait[] = []
    const client = new Client({ webhook: portal.hook, onWait: (wait) => waits.push(wait) })
    const commands = { a: { method: 'x.add' }, b: { method: 'y.add' } }
    await client.batch(commands)
    expect(await client.batch(commands)).toMatchObject({ results: { a: 'of a', b: 'of b' }, errors: {} })
    expect(portal.seen.map((seen) => Object.keys(cmdOf(seen)))).toEqual([['a', 'b'], ['a', 'b'], ['a']])
    expect(waits).toMatchObject([{ why: 'operating' }])
  })
  test('leaves a refusal for limits to the caller where other commands need what was refused', async () => {
    const portal = await scriptedPortal((seen, response) =>
      answer(response, results(seen, { a: 'OPERATION_TIME_LIMIT' })),
    )
    const { errors } = await new Client({ webhook: portal.hook }).batch({
      a: { method: 'x.add' },
      b: { method: 'y.add', params: { id: ref('a') } },
    })
    expect(errors.a).toBeInstanceOf(LimitError)
  })
  test.each([[{ result: true }], [{ result: { result: [], result_error: [] } }]])(
    'is not taken for what it is not: %j',
    async (body) => {
      const portal = await scriptedPortal({ body })
      const client = new Client({ webhook: portal.hook })
      const outcome = await client.batch({ a: { method: 'x.add' } }).then(
        ({ errors }) => errors.a,
        (cause: unknown) => cause,
      )
      expect(outcome).toBeInstanceOf(UnexpectedAnswerError)
    },
  )
})
