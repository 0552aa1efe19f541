import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startPortal, type Warning } from '../../src/testing/index.ts'

const LEAD = 1

describe('the warnings of a portal for tests', async () => {
  const portal = await startPortal({ https: false })
  afterAll(() => portal.close())
  beforeEach(() => portal.reset())

  const shop = async (method: string, parameters: object = {}) => {
    const response = await fetch(`${portal.webhookHttp}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    return (await response.json()) as { result: never; next?: number }
  }
  const add = (n: number, more: object = {}): object => ({
    entityTypeId: LEAD,
    fields: { title: `lead ${n}`, ...more },
  })
  /** Records of the test itself, which nobody judges. */
  const fill = async (count: number): Promise<void> => {
    for (let from = 0; from < count; from += 50)
      await portal.call('batch', {
        cmd: Object.fromEntries(
          Array.from({ length: Math.min(50, count - from) }, (_, n) => [
            `c${n}`,
            `crm.item.add?entityTypeId=${LEAD}&fields[title]=lead ${from + n}`,
          ]),
        ),
      })
  }
  const of = async (...codes: string[]): Promise<readonly Warning[]> =>
    (await portal.warnings()).filter(({ code }) => codes.includes(code))
  const codes = async (): Promise<string[]> => (await portal.warnings()).map(({ code }) => code)

  it('are none for a client that reads by the last id and writes in batches', async () => {
    await fill(1_120)
    const read: unknown[] = []
    for (let last = 0; ;) {
      const { result } = await shop('crm.item.list', {
        entityTypeId: LEAD,
        select: ['id', 'title', 'stageId'],
        filter: { '>id': last },
        order: { id: 'ASC' },
        start: -1,
      })
      const { items } = result as { items: { id: number }[] }
      read.push(...items)
      if (items.length < 50) break
      last = items.at(-1)?.id ?? 0
    }
    expect(read).toHaveLength(1_120)
    for (let n = 0; n < 12; n++)
      await shop('batch', {
        halt: 0,
        cmd: Object.fromEntries(
          Array.from({ length: 50 }, (_, k) => [
            `u${k}`,
            `crm.item.update?entityTypeId=1&id=${n * 50 + k + 1}&fields[title]=x`,
          ]),
        ),
      })
    // Many at once by their ids, the newest few, and how many there are.
    for (let n = 0; n < 12; n++)
      await shop('crm.item.list', { entityTypeId: LEAD, filter: { '@id': [n + 1, n + 20, n + 30] } })
    await shop('crm.item.list', { entityTypeId: LEAD, order: { id: 'DESC' } })
    await shop('crm.item.list', { entityTypeId: LEAD, select: ['id'] })
    await shop('crm.item.fields', { entityTypeId: LEAD })
    const { result } = await shop('crm.item.get', { entityTypeId: LEAD, id: 7 })
    await shop('crm.item.update', {
      entityTypeId: LEAD,
      id: 7,
      fields: { id: 7, title: (result as { item: { title: string } }).item.title },
    })
    expect(await portal.warnings()).toEqual([])
    expect(await portal.report()).toContain('no warnings')
  })

  it('name deprecated methods, what replaces them, and the page about it', async () => {
    await shop('crm.lead.list', { select: ['ID'] })
    await shop('batch', { cmd: { a: 'crm.lead.list?select[]=ID', b: 'crm.item.list?entityTypeId=1' } })
    expect(await portal.warnings()).toEqual([
      {
        code: 'deprecated-method',
        subject: 'crm.lead.list',
        text: 'The documentation calls crm.lead.list deprecated: nothing is developed in it any more; use crm.item.list instead.',
        docs: 'https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-list.html',
        count: 2,
        first: { number: 1, method: 'crm.lead.list', requestId: expect.stringMatching(/^\w{16}$/) },
      },
    ])
  })

  it('count what is called one by one, also in a loop that does several things', async () => {
    await fill(12)
    for (let id = 1; id <= 12; id++) {
      await shop('crm.item.get', { entityTypeId: LEAD, id })
      await shop('crm.item.list', { entityTypeId: 2, filter: { leadId: id } })
      await shop('crm.item.update', { entityTypeId: LEAD, id, fields: { title: `new ${id}` } })
    }
    const found = await of('one-by-one')
    expect(found.map(({ subject, count }) => [subject, count])).toEqual([
      ['crm.item.get', 12],
      ['crm.item.list', 12],
      ['crm.item.update', 12],
    ])
    expect(found[0]?.text).toBe(
      'crm.item.get was called 12 times one by one, with only its parameters changing: one batch of up to 50 commands or crm.item.list with "@id" in its filter would do it.',
    )
    expect(found[0]?.first.number).toBe((await portal.calls({ method: 'crm.item.get' }))[0]?.number)
  })

  it('leave few, equal, distant and failed calls alone', async () => {
    await fill(12)
    for (let id = 1; id <= 9; id++) await shop('crm.item.get', { entityTypeId: LEAD, id })
    for (let n = 0; n < 5; n++) await shop('server.time')
    for (let id = 10; id <= 12; id++) await shop('crm.item.get', { entityTypeId: LEAD, id })
    for (let n = 0; n < 15; n++) await shop('crm.item.get', { entityTypeId: LEAD, id: 3 })
    for (let id = 100; id < 115; id++) await shop('crm.item.get', { entityTypeId: LEAD, id })
    expect(await of('one-by-one')).toEqual([])
  })

  it('tell what was passed over in silence, and what was probably meant', async () => {
    await shop('crm.lead.add', { fields: { TITEL: 'typo', DATE_CREATE: '2020-01-01', ID: 5 }, parms: {} })
    await shop('crm.lead.list', {
      filter: { '>=OPORTUNITY': 5, '!STATUS_ID': 'NEW' },
      order: { TITLEE: 'ASC' },
      select: ['ID', 'NAMME', 'UF_*'],
    })
    await shop('crm.item.add', add(1, { opportunitty: 5 }))
    await shop('batch', { cmd: { a: 'crm.item.list?entityTypeId=1&select[]=titel&start=-1' } })
    const found = await of(
      'ignored-field',
      'ignored-read-only-field',
      'ignored-filter',
      'ignored-order',
      'ignored-select',
      'ignored-parameter',
    )
    expect(found.map(({ code, text }) => [code, text])).toEqual([
      ['ignored-field', '"TITEL" is no field of lead: crm.lead.add passes over it in silence; did you mean TITLE?'],
      [
        'ignored-field',
        '"opportunitty" is no field of lead: crm.item.add passes over it in silence; did you mean opportunity?',
      ],
      [
        'ignored-read-only-field',
        '"DATE_CREATE" of lead cannot be written by crm.lead.add, which passes over it in silence: leave it out.',
      ],
      [
        'ignored-filter',
        '"OPORTUNITY" is no field of lead: crm.lead.list passes over the condition in silence and shows what it should have left out; did you mean OPPORTUNITY?',
      ],
      [
        'ignored-order',
        '"TITLEE" is no field of lead to sort by: crm.lead.list passes over it in silence; did you mean TITLE?',
      ],
      ['ignored-select', '"NAMME" is no field of lead: crm.lead.list passes over it in silence; did you mean NAME?'],
      ['ignored-select', '"titel" is no field of lead: crm.item.list passes over it in silence; did you mean title?'],
      [
        'ignored-parameter',
        'crm.lead.add has no parameter "parms" and passes over it in silence; did you mean params?',
      ],
    ])
    expect(found[6]?.first.method).toBe('crm.item.list')
  })

  it('see large lists that are read by a growing start', async () => {
    await fill(1_010)
    for (let start: number | undefined = 0; start !== undefined && start < 200;)
      start = (await shop('crm.item.list', { entityTypeId: LEAD, select: ['id', 'title'], start })).next
    const [warning, ...others] = await portal.warnings()
    expect(others).toEqual([])
    expect(warning).toMatchObject({ code: 'offset-paging', subject: 'crm.item.list', count: 3 })
    expect(warning?.docs).toBe('https://apidocs.bitrix24.com/settings/performance/huge-data.html')
  })

  it('see that nobody has asked for the second page, until somebody does', async () => {
    await fill(60)
    const { next } = await shop('crm.item.list', { entityTypeId: LEAD, filter: { '%title': 'lead' } })
    expect(await portal.warnings()).toMatchObject([{ code: 'first-page-only', count: 1, first: { number: 63 } }])
    await shop('crm.item.list', { entityTypeId: LEAD, filter: { '%title': 'lead' }, start: next })
    expect(await portal.warnings()).toEqual([])
  })

  it('know the limits that the run would have hit in the cloud, however fast it is here', async () => {
    for (let n = 0; n < 40; n++) await shop('server.time')
    expect(await codes()).toEqual([])
    for (let n = 0; n < 70; n++) await shop('server.time')
    const [warning, ...others] = await portal.warnings()
    expect(others).toEqual([])
    expect(warning).toMatchObject({ code: 'request-rate', subject: 'standard', first: { method: 'server.time' } })
    // A fifth of a second each: five a second come, two leave, and fifty have room.
    expect(warning?.text).toMatch(
      /would have refused \d+ of 110 requests with QUERY_LIMIT_EXCEEDED, the first after (8\d|9\d) requests in about 1\d s/,
    )
  })

  it('know that a hundred requests at once are too many', async () => {
    await Promise.all(Array.from({ length: 100 }, () => shop('server.time')))
    const [warning] = await of('request-rate')
    expect(warning).toMatchObject({ subject: 'standard' })
    expect(warning?.count).toBeGreaterThan(30)
  })

  it('count the commands of a batch', async () => {
    await shop('batch', { cmd: Array.from({ length: 60 }, () => 'server.time') })
    expect(await portal.warnings()).toMatchObject([{ code: 'long-batch', count: 1 }])
  })

  it('say nothing of what the test does by itself, nor of pages of the portal', async () => {
    for (let id = 1; id <= 12; id++) await portal.ask('crm.lead.get', { id })
    await portal.call('crm.lead.add', { fields: { TITEL: 'typo' } })
    expect(await portal.warnings()).toEqual([])
  })

  it('stand in the report with what was called, and go with the calls', async () => {
    await shop('crm.lead.add', { fields: { TITEL: 'typo' } })
    await shop('crm.lead.get', { id: 99 })
    const report = await portal.report()
    expect(report).toContain('2 calls in 2 requests, 1 error, ')
    expect(report).toContain('      1  crm.lead.get  (1 error)\n')
    expect(report).toContain('3 warnings\n  deprecated-method × 1: The documentation calls crm.lead.add deprecated')
    expect(report).toContain('did you mean TITLE?\n    first: call 1, crm.lead.add, request ')
    await portal.clearCalls()
    expect(await portal.report()).toBe('0 calls in 0 requests, 0 errors, 0 SQL statements\n\nno warnings\n')
  })
})
