import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { database, testPortal } from '../../support/portal.ts'
import { listening } from '../../support/listening.ts'
import { transfers } from './tools.ts'

const { portal, line, file, read, run } = await transfers()
const empty = await testPortal()
const { hook: other } = await listening(empty)

const COLOURS = [{ VALUE: 'Red' }, { VALUE: 'Blue; dark' }]
const HOSTILE = [
  '=1+1',
  "'=1+1",
  "''+x",
  '@SUM(A1)',
  '-5',
  '-x',
  '+49',
  '\t=1',
  'a "quoted" text',
  'two\nlines',
  'ünï; cödé',
]
const rows = HOSTILE.map((title, index) => ({
  TITLE: title,
  NAME: `Name ${index}`,
  COMMENTS: 'line 1\nline 2, "and more"',
  OPPORTUNITY: `${index}.50`,
  BIRTHDATE: '2001-02-03',
  STATUS_ID: index % 2 ? 'PROCESSED' : 'NEW',
  PHONE: [
    { VALUE: `+49 30 ${index}`, VALUE_TYPE: 'MOBILE' },
    { VALUE: `0${index};12`, VALUE_TYPE: 'WORK' },
  ],
  WEB: [{ VALUE: `https://example.com/?a=${index};b="c"`, VALUE_TYPE: 'OTHER' }],
  UF_CRM_TAGS: ['one', 'two; "three"', ' padded', '=four'],
  UF_CRM_WHEN: '2026-03-04T05:06:00+01:00',
  UF_CRM_OPEN: index % 2,
  ADDRESS_CITY: 'Berlin',
}))

async function userFields(of: typeof portal): Promise<string[]> {
  const made = { FIELD_NAME: 'COLOUR', USER_TYPE_ID: 'enumeration', MULTIPLE: 'Y', LIST: COLOURS }
  await of.call('crm.lead.userfield.add', { fields: made })
  await of.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'TAGS', USER_TYPE_ID: 'string', MULTIPLE: 'Y' } })
  await of.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'WHEN', USER_TYPE_ID: 'datetime' } })
  await of.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'OPEN', USER_TYPE_ID: 'boolean' } })
  const { items } = (await of.call('crm.lead.fields')).body.result.UF_CRM_COLOUR
  return items.map(({ ID }: { ID: string }) => ID)
}

/** What an import can bring along, without what every portal counts for itself. */
async function comparable(of: typeof portal) {
  const select = ['*', 'UF_*', 'PHONE', 'EMAIL', 'WEB', 'IM']
  const { result } = (await of.call('crm.lead.list', { select, order: { ID: 'ASC' } })).body
  return result.map((lead: Record<string, unknown>) => {
    const own = /^(ID|ADDRESS_LOC_ADDR_ID|DATE_CREATE|DATE_MODIFY|MOVED_TIME|LAST_ACTIVITY_TIME)$/
    const rest = Object.fromEntries(Object.entries(lead).filter(([key]) => !own.test(key)))
    for (const key of ['PHONE', 'WEB'])
      rest[key] = (lead[key] as Record<string, string>[]).map(({ ID: _id, ...point }) => point)
    return rest
  })
}

beforeAll(async () => {
  const [, blue] = await userFields(portal)
  await userFields(empty)
  for (const fields of rows) await portal.call('crm.lead.add', { fields: { ...fields, UF_CRM_COLOUR: [blue] } })
})

describe('portico lead export', () => {
  it.each(['csv', 'ndjson'])(
    'gives records as %s that an import into an empty portal makes the same',
    async (format) => {
      const exported = await run(['lead', 'export', '-o', format])
      expect(exported).toMatchObject({ code: 0, err: `${rows.length} leads exported.\n` })
      const name = file(exported.out, format)
      const before = (await empty.call('crm.lead.list', { select: ['ID'] })).body.result
      for (const { ID } of before) await empty.call('crm.lead.delete', { id: ID })
      const imported = await run(['lead', 'import', name], { hook: other })
      expect(imported).toMatchObject({ code: 0, err: expect.stringContaining(`${rows.length} added`) })
      expect(await comparable(empty)).toEqual(await comparable(portal))
    },
  )

  it('writes no cell that a spreadsheet would run', async () => {
    const { out } = await run(['lead', 'export'])
    const cells = (parse(out) as string[][]).flat()
    expect(cells.filter((cell) => /^[=+@\t\r]|^-(?!\d+$)/.test(cell))).toEqual([])
    expect(cells).toContain('-5')
  })

  it('writes the columns that are asked for, under titles that an import knows', async () => {
    const { out } = await run(['lead', 'export', '--select', 'TITLE,PHONE,UF_*', '--titles', '--filter', 'TITLE=-x'])
    const [head = [], row = []] = parse(out) as string[][]
    expect(head.slice(0, 2)).toEqual(['Lead Title', 'Phone'])
    expect(row.slice(0, 2)).toEqual(["'-x", `'+49 30 5 [MOBILE]; "05;12"`])
    expect((await run(['lead', 'import', file(out), '--dry-run'])).code).toBe(0)
    const typo = await run(['lead', 'export', '--select', 'TITEL'])
    expect(typo).toMatchObject({ code: 2, err: expect.stringContaining('did you mean TITLE?') })
  })

  it('gives a file its name only when it is whole', async () => {
    expect(await run(['lead', 'export', '--file', 'out.ndjson', '--limit', '3'])).toMatchObject({
      code: 0,
      out: '',
      err: '3 leads exported to out.ndjson.\n',
    })
    expect(read('out.ndjson').trim().split('\n')).toHaveLength(3)
    let calls = 0
    const broken: typeof fetch = (input, init) =>
      String(input).includes('crm.lead.list') && ++calls > 0 ? Promise.reject(new TypeError('cut')) : fetch(input, init)
    const failed = await run(['lead', 'export', '--file', 'never.csv', '--timeout', '1'], { fetch: broken })
    expect(failed.code).toBe(5)
    expect(existsSync(join(line.home, 'never.csv'))).toBe(false)
    expect(readdirSync(line.home).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('tells where files are without the credential that asked', async () => {
    await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'DOC', USER_TYPE_ID: 'file' } })
    const id = (
      await portal.call('crm.lead.add', { fields: { TITLE: 'filed', UF_CRM_DOC: { fileData: ['a.txt', 'aGk='] } } })
    ).body.result
    for (const format of ['csv', 'ndjson']) {
      const { out } = await run(['lead', 'export', '-o', format, '--filter', `ID=${id}`])
      expect(out).toContain('/rest/crm.controller.item.getFile')
      expect(out).not.toMatch(/[?&]auth=/)
      expect(out).not.toContain(portal.code)
    }
    await portal.call('crm.lead.delete', { id })
  })

  it('gives every record once while others are added and deleted, and contacts that lists leave out', async () => {
    const contacts = []
    for (const name of ['A', 'B'])
      contacts.push((await portal.call('crm.contact.add', { fields: { NAME: name } })).body.result)
    for (let index = 0; index < 120; index++)
      await portal.call('crm.deal.add', { fields: { TITLE: `deal ${index}`, CONTACT_IDS: contacts } })
    let pages = 0
    const moving: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init)
      // The first one counts.
      if (String(input).includes('crm.deal.list') && ++pages === 2) {
        await portal.call('crm.deal.delete', { id: 3 })
        await portal.call('crm.deal.add', { fields: { TITLE: 'late' } })
      }
      return answer
    }
    const { out, code } = await run(['deal', 'export', '--select', 'ID,TITLE,CONTACT_IDS'], { fetch: moving })
    const [head, ...body] = parse(out) as string[][]
    expect({ code, head }).toEqual({ code: 0, head: ['ID', 'TITLE', 'CONTACT_IDS'] })
    expect(new Set(body.map(([id]) => id)).size).toBe(body.length)
    expect(body).toHaveLength(121)
    expect(body[0]?.[2]).toBe(contacts.join('; '))
  })

  it('exports and imports items of any type', async () => {
    const { result } = (
      await portal.call('crm.type.add', {
        fields: { title: 'Repairs', entityTypeId: 1038, isStagesEnabled: 'Y', isCategoriesEnabled: 'Y' },
      })
    ).body
    expect(result.type.entityTypeId).toBe(1038)
    for (const title of ['one', '=two']) await portal.call('crm.item.add', { entityTypeId: 1038, fields: { title } })
    const exported = await run([
      'item',
      'export',
      '--type',
      '1038',
      '--select',
      'title,stageId,categoryId,assignedById',
    ])
    expect(exported.out).toMatch(/^title,stageId,categoryId,assignedById\none,DT1038_\d+:NEW,\d+,1\n'=two,/)
    const again = await run(['item', 'import', '--type', '1038', file(exported.out)])
    expect(again).toMatchObject({ code: 0 })
    const items = (await portal.call('crm.item.list', { entityTypeId: 1038, select: ['title', 'stageId'] })).body.result
      .items
    expect(items.map(({ title }: { title: string }) => title)).toEqual(['one', '=two', 'one', '=two'])
    expect(await run(['item', 'export'])).toMatchObject({ code: 2, err: expect.stringContaining('--type is missing') })
  })

  it('exports and imports products', async () => {
    const name = file('NAME,PRICE,CURRENCY_ID,ACTIVE\nChair,"1,234.50",EUR,yes\n')
    expect(await run(['product', 'import', name])).toMatchObject({ code: 0 })
    const { out } = await run(['product', 'export', '--select', 'NAME,PRICE,CURRENCY_ID,ACTIVE'])
    expect(out).toBe('NAME,PRICE,CURRENCY_ID,ACTIVE\nChair,1234.50,EUR,Y\n')
  })

  it('keeps the contact points of items', async () => {
    const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+1 555' }]
    const id = (await portal.call('crm.item.add', { entityTypeId: 3, fields: { name: 'Pointed', fm } })).body.result
      .item.id
    for (const format of ['csv', 'ndjson']) {
      const { out } = await run([
        'item',
        'export',
        '--type',
        'contact',
        '-o',
        format,
        '--select',
        'name,PHONE',
        '--filter',
        `id=${id}`,
      ])
      await run(['item', 'import', '--type', 'contact', file(out.replace('Pointed', format), format)])
      const found = (
        await portal.call('crm.item.list', { entityTypeId: 3, filter: { name: format }, select: ['*', 'fm'] })
      ).body.result.items
      expect(found[0].fm).toMatchObject(fm)
    }
  })

  it('takes thousands of rows out and in, in their order and each once', async () => {
    // Each batch is a transaction that a server on another machine answers for several times.
    const count = database === 'sqlite' ? 3000 : 600
    const text = Array.from({ length: count }, (_, index) =>
      JSON.stringify({ TITLE: `many ${index}`, OPPORTUNITY: index }),
    )
    const imported = await run(['deal', 'import', file(text.join('\n'), 'ndjson')])
    expect(imported).toMatchObject({ code: 0, err: expect.stringContaining(`${count} added`) })
    const exported = await run(['deal', 'export', '--select', 'TITLE,OPPORTUNITY', '--filter', '%TITLE=many'])
    expect(exported.out).toBe(
      `TITLE,OPPORTUNITY\n${Array.from({ length: count }, (_, index) => `many ${index},${index}.00\n`).join('')}`,
    )
  })
})
