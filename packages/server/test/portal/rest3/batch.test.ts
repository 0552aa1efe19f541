import { describe, expect, it } from 'vitest'
import { methodV3, needV3, takeV3 } from '../../../src/methods/v3.ts'
import { audit } from '../../../src/records/audit.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { callV3, v3Code } from '../../support/rest-v3.ts'

/** Answers what it was sent, so that references show. */
const echo = methodV3({
  name: 'embedder.echo',
  scope: null,
  params: { value: takeV3.map },
  run({ value }) {
    ran.push(value)
    return { result: value }
  },
})
const add = methodV3({ name: 'embedder.add', scope: null, params: { n: needV3.integer }, run: ({ n }) => ({ id: n }) })
const ran: unknown[] = []
const portal = await testPortal({ modules: [{ name: 'embedder', methods: [echo, add] }] })

const session = portal.portal.store.session()
await session.transaction(async (tx) => {
  for (const [id, type] of [
    [1, 'FIRST'],
    [2, 'SECOND'],
    [1, 'THIRD'],
  ] as const)
    await audit({ person: { id }, now: 1_700_000_000 + id }, tx, { type, module: 'main', item: `user ${id}` })
})
await session.settled()
const mine = ['auditTypeId', 'in', ['FIRST', 'SECOND', 'THIRD']]
const select = ['id', 'auditTypeId', 'userId']
const list = { method: 'main.eventlog.list', query: { select, filter: [mine], order: { id: 'ASC' } } }

describe('batch', () => {
  const both = [
    { method: 'embedder.echo', query: { value: { a: 1 } } },
    { method: 'embedder.add', query: { n: 5 } },
    { method: 'rest.scope.list' },
  ]

  it.each([
    ['a list', both],
    ['a map with numbers as keys, as the JavaScript SDK sends it', { ...both, auth: 'ignored beside a webhook' }],
  ])('answers the results in order to %s', async (_name, body) => {
    const answer = await callV3(portal, 'batch', body)
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body)).toEqual(['result', 'time'])
    expect(answer.body.result).toEqual([
      { result: { a: 1 } },
      { id: 5 },
      expect.objectContaining({ basic: expect.anything() as unknown }),
    ])
    expect(answer.body.time?.operating).toBe(0)
  })

  it('takes an application’s token beside the numbers', async () => {
    const auth = await accessToken(portal, { userId: 1, scope: 'main' })
    const answer = await portal.send({
      url: '/rest/api/batch',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 0: list, auth }),
    })
    expect(answer.body.result[0].items).toHaveLength(3)
  })

  it('puts results of earlier calls into later ones', async () => {
    const calls = [
      { ...list, as: 'entries' },
      {
        method: 'main.eventlog.list',
        query: {
          select,
          filter: [mine, ['userId', 'in', { $refArray: 'entries.userId' }]],
          pagination: { page: 0, limit: 1 },
        },
      },
      { method: 'main.eventlog.get', query: { id: { $ref: 'entries.items.1.id' }, select } },
      {
        method: 'embedder.echo',
        query: {
          value: {
            asWritten: { $ref: '2.item.auditTypeId' },
            short: [{ $ref: '2.auditTypeId' }],
            all: { $refArray: 'entries.auditTypeId' },
            text: '$ref',
            other: { $ref: 5, more: true },
          },
        },
      },
    ]
    const { status, body } = await callV3(portal, 'batch', calls)
    expect([status, body.error]).toEqual([200, undefined])
    expect(body.result[0].items.map(({ userId }: { userId: number }) => userId)).toEqual([1, 2, 1])
    expect(body.result[1].items).toHaveLength(1)
    expect(body.result[2].item.auditTypeId).toBe('SECOND')
    expect(body.result[3].result).toEqual({
      asWritten: 'SECOND',
      short: ['SECOND'],
      all: ['FIRST', 'SECOND', 'THIRD'],
      text: '$ref',
      other: { $ref: 5, more: true },
    })
  })

  it.each([
    ['a list of no field', { $refArray: 'entries' }],
    ['a list of one object', { $refArray: 'one.id' }],
    ['an alias that nobody has', { $ref: 'nobody.item.id' }],
    ['a field that is not there', { $ref: 'one.item.nothing' }],
    ['what is inherited', { $ref: 'one.item.constructor' }],
    ['the result of an addition', { $ref: 'added.id' }],
  ])('refuses a reference to %s', async (_name, reference) => {
    const calls = [
      { ...list, as: 'entries' },
      { method: 'main.eventlog.get', query: { id: 1 }, as: 'one' },
      { method: 'embedder.add', query: { n: 3 }, as: 'added' },
      { method: 'embedder.echo', query: { value: { reference } } },
    ]
    expect(await callV3(portal, 'batch', calls)).toMatchObject({
      status: 400,
      body: { error: { code: v3Code('INVALIDSELECTEXCEPTION') } },
    })
  })

  it('answers one error for all, and goes on only after calls that are parallel', async () => {
    const calls = (parallel: boolean) => [
      { method: 'main.eventlog.get', query: { id: 999_999 }, parallel },
      { method: 'embedder.echo', query: { value: { after: parallel } } },
    ]
    for (const parallel of [false, true]) {
      ran.length = 0
      const { status, body } = await callV3(portal, 'batch', calls(parallel))
      expect([status, body.error, body.result]).toEqual([
        400,
        { code: v3Code('ENTITYNOTFOUNDEXCEPTION'), message: 'Entry with ID = `999999` not found' },
        undefined,
      ])
      expect(ran).toEqual(parallel ? [{ after: true }] : [])
    }
  })

  it.each([
    ['commands of the version before', { cmd: { a: 'profile' } }, 400, v3Code('INVALIDSELECTEXCEPTION')],
    ['a call without a method', [{ query: {} }], 400, v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION')],
    ['a call that is a text', ['profile'], 400, v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION')],
    ['an unknown method', [{ method: 'crm.lead.add' }], 404, v3Code('METHODNOTFOUNDEXCEPTION')],
  ])('refuses %s', async (_name, body, status, code) => {
    expect(await callV3(portal, 'batch', body)).toMatchObject({ status, body: { error: { code } } })
  })

  it('refuses itself within itself, and more than fifty calls', async () => {
    expect(await callV3(portal, 'batch', [{ method: 'batch', query: {} }])).toMatchObject({
      status: 405,
      body: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' },
    })
    const many = Array.from({ length: 51 }, () => ({ method: 'rest.scope.list' }))
    expect(await callV3(portal, 'batch', many)).toMatchObject({
      status: 400,
      body: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' },
    })
    expect((await callV3(portal, 'batch', many.slice(1))).body.result).toHaveLength(50)
  })
})
