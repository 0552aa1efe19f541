import { describe, expect, it } from 'vitest'
import { audit } from '../../../src/records/audit.ts'
import { testPortal } from '../../support/portal.ts'
import { type AnswerV3, callV3, v3Code } from '../../support/rest-v3.ts'

const portal = await testPortal({ at: 1_700_000_000, timezone: 'Europe/Berlin' })

interface Entry {
  readonly id: number
  readonly auditTypeId: string
  readonly [field: string]: unknown
}

// Five entries, a minute apart: two of person 1, two of person 2, one of nobody.
const people = [1, 2, 0, 2, 1]
const session = portal.portal.store.session()
await session.transaction(async (tx) => {
  for (const [index, id] of people.entries())
    await audit(
      {
        person: { id },
        now: 1_600_000_000 + 60 * index,
        visitor: { address: '192.0.2.1', userAgent: 'test', uri: '/x' },
      },
      tx,
      { type: `KIND_${index}`, severity: index === 2 ? 'WARNING' : 'SECURITY', module: 'test', item: `user ${id}` },
    )
})
await session.settled()

const of = ({ body }: AnswerV3): Entry[] => body.result.items as Entry[]
/** The entries of this test: what the portal has written itself while it was made is later. */
const early = ['timestampX', '<', '2020-10-01T00:00:00+00:00']
const list = (more: object = {}, filter: unknown[] = []): Promise<AnswerV3> =>
  callV3(portal, 'main.eventlog.list', { filter: [early, ...filter], ...more })
const kinds = (entries: Entry[]): number[] => entries.map(({ auditTypeId }) => Number(auditTypeId.replace('KIND_', '')))

describe('the list', () => {
  it.each<[string, unknown[], number[]]>([
    ['everything', [], [0, 1, 2, 3, 4]],
    ['one value', [['userId', '=', 2]], [1, 3]],
    ['one value, in short', [['userId', 2]], [1, 3]],
    ['one of several, in short', [['userId', [0, 1]]], [0, 2, 4]],
    ['one of several', [['userId', 'in', [0, 1]]], [0, 2, 4]],
    ['one of none', [['userId', 'in', []]], []],
    ['not a value', [['userId', '!=', 2]], [0, 2, 4]],
    [
      'more',
      [
        ['userId', '>', 0],
        ['userId', '<', 2],
      ],
      [0, 4],
    ],
    [
      'at least and at most',
      [
        ['userId', '>=', 1],
        ['userId', '<=', 1],
      ],
      [0, 4],
    ],
    ['a span', [['timestampX', 'between', ['2020-09-13T12:27:40+00:00', '2020-09-13T14:28:40+02:00']]], [1, 2]],
    ['a text', [['auditTypeId', '=', 'KIND_3']], [3]],
    [
      'either',
      [
        {
          logic: 'or',
          conditions: [
            ['userId', 0],
            ['auditTypeId', 'KIND_0'],
          ],
        },
      ],
      [0, 2],
    ],
    [
      'both',
      [
        {
          conditions: [
            ['userId', 1],
            ['auditTypeId', 'KIND_0'],
          ],
        },
      ],
      [0],
    ],
    [
      'neither',
      [
        {
          logic: 'or',
          negative: true,
          conditions: [
            ['userId', 0],
            ['userId', 1],
          ],
        },
      ],
      [1, 3],
    ],
    [
      'groups in groups',
      [
        {
          logic: 'OR',
          conditions: [
            {
              logic: 'and',
              conditions: [
                ['userId', 2],
                ['auditTypeId', 'KIND_1'],
              ],
            },
            ['userId', 0],
          ],
        },
      ],
      [1, 2],
    ],
    ['an empty group', [{ logic: 'or', conditions: [] }], [0, 1, 2, 3, 4]],
    ['a guest, of whom there are none', [['guestId', '>', 0]], []],
  ])('is filtered by %s', async (_name, filter, expected) => {
    expect(kinds(of(await list({ order: { id: 'ASC' } }, filter)))).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['a field that is not there', [['nothing', 1]], 'UNKNOWNDTOPROPERTYEXCEPTION'],
    ['an operator that is not there', [['id', 'like', 1]], 'UNKNOWNFILTEROPERATOREXCEPTION'],
    ['a text in the place of a number', [['id', '=', '1']], 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['no moment', [['timestampX', '>', 'yesterday']], 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['a field that is only shown', [['severity', '=', 'SECURITY']], 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['a map in the form of the versions before', { '>id': 1 }, 'INVALIDFILTEREXCEPTION'],
    ['half a span', [['id', 'between', [1]]], 'INVALIDFILTEREXCEPTION'],
    ['many values without a list', [['id', 'in', 1]], 'INVALIDFILTEREXCEPTION'],
    ['a condition of one word', [['id']], 'INVALIDFILTEREXCEPTION'],
    ['another logic', [{ logic: 'xor', conditions: [] }], 'INVALIDFILTEREXCEPTION'],
    ['a group of nothing', [{ logic: 'or' }], 'INVALIDFILTEREXCEPTION'],
    ['more conditions than anybody writes', Array.from({ length: 501 }, () => ['id', 1]), 'INVALIDFILTEREXCEPTION'],
  ])('refuses a filter with %s', async (_name, filter, code) => {
    const { status, body } = await callV3(portal, 'main.eventlog.list', { filter })
    expect([status, body.error?.code]).toEqual([400, v3Code(code)])
  })

  it('comes in any order, and in the order of ids where entries are alike', async () => {
    expect(kinds(of(await list({ order: { userId: 'DESC' } })))).toEqual([1, 3, 0, 4, 2])
    expect(kinds(of(await list({ order: { userId: 'asc', id: 'desc' } })))).toEqual([2, 4, 0, 3, 1])
    for (const [order, code] of [
      [{ id: 'UP' }, 'INVALIDORDEREXCEPTION'],
      ['id', 'INVALIDORDEREXCEPTION'],
      [{ nothing: 'ASC' }, 'UNKNOWNDTOPROPERTYEXCEPTION'],
      [{ severity: 'ASC' }, 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ] as const)
      expect((await list({ order })).body.error?.code).toBe(v3Code(code))
  })

  it('comes in pages', async () => {
    const page = async (pagination: object) => kinds(of(await list({ pagination, order: { id: 'ASC' } })))
    expect(await page({ page: 1, limit: 2 })).toEqual([0, 1])
    expect(await page({ page: 2, limit: 2, offset: 0 })).toEqual([2, 3])
    expect(await page({ page: 0, limit: 2 })).toEqual([0, 1])
    expect(await page({ limit: 2, offset: 3 })).toEqual([3, 4])
    expect(await page({ limit: '2', page: '3' })).toEqual([4])
    expect(await page({ limit: 100_000 })).toHaveLength(5)
    for (const wrong of [{ limit: 'abc' }, { limit: 0 }, { limit: -1 }, { page: -1 }, { offset: 1.5 }, 'next'])
      expect((await list({ pagination: wrong })).body.error).toEqual({
        code: v3Code('INVALIDPAGINATIONEXCEPTION'),
        message: `Cannot recognize pagination parameter \`${typeof wrong === 'string' ? wrong : JSON.stringify(wrong)}\``,
      })
  })

  it('shows the whole of an entry, or what is selected of it', async () => {
    const [entry] = of(await list({ pagination: { limit: 1, offset: 1 } }))
    expect(entry).toEqual({
      id: entry?.id,
      timestampX: '2020-09-13T14:27:40+02:00',
      severity: 'SECURITY',
      auditTypeId: 'KIND_1',
      moduleId: 'test',
      itemId: '2',
      remoteAddr: '192.0.2.1',
      userAgent: 'test',
      requestUri: '/x',
      siteId: 's1',
      userId: 2,
      guestId: 0,
      description: '',
    })
    const { body } = await callV3(portal, 'main.eventlog.get', { id: entry?.id, select: ['userId', 'unheard'] })
    expect(body.result).toEqual({ item: { userId: 2 } })
  })
})

describe('the tail', () => {
  const tail = (cursor: object, filter: unknown[] = []): Promise<AnswerV3> =>
    callV3(portal, 'main.eventlog.tail', { cursor, filter: [early, ...filter] })

  it('goes on from an entry, in both directions', async () => {
    const all = of(await list({ order: { id: 'ASC' } }))
    const [first, second] = of(await tail({ field: 'id', value: 0, limit: 2 }))
    expect([first, second]).toEqual(all.slice(0, 2))
    expect(of(await tail({ value: second?.id, order: 'ASC', limit: 100 }))).toEqual(all.slice(2))
    expect(kinds(of(await tail({ value: all[3]?.id, order: 'DESC', limit: 2 })))).toEqual([2, 1])
    expect(kinds(of(await tail({ value: 0 }, [['userId', 1]])))).toEqual([0, 4])
  })

  it('goes on from a moment', async () => {
    const { body } = await callV3(portal, 'main.eventlog.tail', { cursor: { field: 'timestampX', limit: 3 } })
    const entries = body.result.items as Entry[]
    expect(kinds(entries)).toEqual([0, 1, 2])
    const rest = await callV3(portal, 'main.eventlog.tail', {
      cursor: { field: 'timestampX', value: entries[2]?.timestampX, limit: 2 },
    })
    expect(kinds(of(rest))).toEqual([3, 4])
  })

  it.each<[string, object, string]>([
    ['no limit', { limit: 0 }, 'INVALIDPAGINATIONEXCEPTION'],
    ['another direction', { order: 'UP' }, 'INVALIDORDEREXCEPTION'],
    ['a field that is not there', { field: 'nothing' }, 'UNKNOWNDTOPROPERTYEXCEPTION'],
    ['a text in the place of a number', { value: 'x' }, 'VALIDATION_REQUESTVALIDATIONEXCEPTION'],
    ['the field of the filter', { field: 'timestampX' }, 'INVALIDFILTEREXCEPTION'],
  ])('refuses a cursor with %s', async (_name, cursor, code) => {
    const { status, body } = await tail(cursor)
    expect([status, body.error?.code]).toEqual([400, v3Code(code)])
  })
})

describe('the log', () => {
  it('is for administrators, and no method changes it', async () => {
    const { hook } = await portal.person()
    const before = await portal.census()
    for (const { name } of portal.registry.allV3.filter((method) => method.name.startsWith('main.eventlog.'))) {
      const params = { id: 1, name: 'id' }
      expect(await callV3(portal, name, params, { as: hook })).toMatchObject({
        status: 403,
        body: { error: { code: v3Code('ACCESSDENIEDEXCEPTION') } },
      })
      expect((await callV3(portal, name, params)).status).toBe(200)
    }
    expect(await portal.census()).toEqual(before)
  })

  const latest = async (type: string): Promise<Entry> => {
    const { body } = await callV3(portal, 'main.eventlog.list', {
      filter: [['auditTypeId', type]],
      order: { id: 'DESC' },
      pagination: { limit: 1 },
    })
    return body.result.items[0] as Entry
  }

  it('tells of webhooks that the operator makes and takes back', async () => {
    const own = portal.portal.store.session()
    const code = await portal.credentials.createWebhook(own, { userId: 1, scope: 'crm', title: 'Logged' })
    await own.settled()
    const made = await latest('WEBHOOK_ADD')
    expect(made).toMatchObject({ severity: 'SECURITY', moduleId: 'rest', userId: 0 })
    expect(JSON.parse(String(made.description))).toEqual({ userId: 1, scope: 'crm', title: 'Logged', by: 'operator' })
    expect(JSON.stringify(made)).not.toContain(code)
    expect(await portal.credentials.revokeWebhook(own, Number(made.itemId))).toBe(true)
    await own.settled()
    expect(await latest('WEBHOOK_DELETE')).toMatchObject({ itemId: made.itemId })
  })

  it.each<[string, object, object]>([
    ['crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'LOG', NAME: 'Log' } }, { STATUS_ID: 'LOG' }],
    ['crm.currency.add', { fields: { CURRENCY: 'SEK', AMOUNT: 1, AMOUNT_CNT: 1, LANG: {} } }, { CURRENCY: 'SEK' }],
    ['crm.category.add', { entityTypeId: 2, fields: { name: 'Logged' } }, { entityTypeId: '2', name: 'Logged' }],
    ['crm.type.add', { fields: { title: 'Logged' } }, { title: 'Logged' }],
    ['crm.lead.userfield.add', { fields: { FIELD_NAME: 'LOG', USER_TYPE_ID: 'string' } }, { FIELD_NAME: 'LOG' }],
  ])('tells who has changed settings by %s', async (method, params, named) => {
    const { id, hook } = await portal.person({ admin: true })
    const { status, body } = await portal.call(method, params, { as: hook })
    expect([status, body.error_description]).toEqual([200, undefined])
    const entry = await latest('SETTINGS_CHANGE')
    expect(entry).toMatchObject({
      itemId: method,
      userId: id,
      remoteAddr: '127.0.0.1',
      requestUri: `/rest/${method}`,
    })
    expect(JSON.parse(String(entry.description))).toMatchObject(named)
  })

  it('tells nothing of settings that were not changed', async () => {
    const { hook } = await portal.person()
    const { audit_log } = await portal.census()
    const refused = await portal.call('crm.status.add', { fields: { ENTITY_ID: 'SOURCE', NAME: 'No' } }, { as: hook })
    expect(refused.status).toBe(400)
    expect((await portal.call('crm.status.add', { fields: { ENTITY_ID: 'NOTHING' } })).status).toBe(400)
    expect((await portal.census()).audit_log).toBe(audit_log)
  })
})
