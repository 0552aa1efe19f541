import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { cloning } from '../../support/cloning.ts'
import { comparePortals } from '../../support/compare-portals.ts'
import { faultyProxy } from '../../support/faulty-proxy.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const { hook, origin } = await listening(source)
await fillVaried(source)

type Report = Awaited<ReturnType<typeof cloning>>
const stepOf = (report: Report, name: string) => report.steps.find(({ step }) => step === name)

describe('what belongs to items', async () => {
  const target = await testPortal()
  const must = async (method: string, params: object): Promise<unknown> => {
    const { body } = await source.call(method, params)
    expect([method, body.error_description]).toEqual([method, undefined])
    return body.result
  }

  it('comes without telling anybody, and without a job that would', async () => {
    await cloning(hook, target)
    const { outbox, job, event_delivery } = await target.census()
    expect({ outbox, job, event_delivery }).toEqual({ outbox: 0, job: 0, event_delivery: 0 })
    expect(await target.faults()).toEqual([])
  })

  it('follows what is changed, added and removed at the source', { timeout: 30_000 }, async () => {
    const [call] = (await must('crm.activity.list', { filter: { TYPE_ID: 2 } })) as { ID: string }[]
    await must('crm.activity.update', { id: call?.ID, fields: { SUBJECT: 'Später', FILES: [] } })
    const [meeting] = (await must('crm.activity.list', { filter: { TYPE_ID: 1 } })) as { ID: string }[]
    await must('crm.activity.delete', { id: meeting?.ID })
    const [comment] = (await must('crm.timeline.comment.list', {
      filter: { ENTITY_TYPE: 'deal', ENTITY_ID: 1 },
    })) as { ID: string }[]
    const files = [['neu.txt', Buffer.from('neu').toString('base64')]]
    await must('crm.timeline.comment.update', { id: comment?.ID, fields: { COMMENT: 'anders', FILES: files } })
    await must('crm.deal.productrows.set', { id: 1, rows: [{ PRODUCT_NAME: 'Nur noch das', PRICE: 7, QUANTITY: 2 }] })
    const [chair] = (await must('crm.product.list', { filter: { '%NAME': 'Stuhl' } })) as { ID: string }[]
    await must('crm.product.update', {
      id: chair?.ID,
      fields: { PRICE: 101.5, PREVIEW_PICTURE: { fileData: ['new.gif', 'R0lGODlhAQABAAAAACw='] } },
    })
    await must('crm.address.delete', { fields: { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: 1 } })
    await must('crm.requisite.bankdetail.update', { id: 1, fields: { NAME: 'Volksbank' } })
    await must('crm.deal.contact.items.set', {
      id: 1,
      items: [
        { CONTACT_ID: 2, SORT: 3, IS_PRIMARY: 'Y' },
        { CONTACT_ID: 1, SORT: 9 },
      ],
    })
    const report = await cloning(hook, target)
    expect(stepOf(report, 'activities')).toMatchObject({ made: 0, changed: 1, same: 1, removed: 1 })
    expect(stepOf(report, 'addresses')).toMatchObject({ removed: 1 })
    expect(await target.faults()).toEqual([])
    expect(await comparePortals(source, target)).toEqual([])
  })

  it('is different for whoever compares it if a byte, a value or a row is different', async () => {
    const session = target.portal.store.session()
    const change = (query: ReturnType<typeof sql>) => session.transaction((tx) => tx.change(query))
    await change(sql`update crm_activity set subject = 'x' where type_id = 2`)
    await change(sql`update crm_product_row set price = price + 1 where owner_type = 'L' and product_id > 0`)
    await change(sql`update crm_timeline_item set kind = 'comment' where title = 'Nr. 3'`)
    await change(
      sql`update stored_file set blob = (select min(blob) from stored_file where name = 'neu.txt') where name = 'Größe – scan.pdf'`,
    )
    await session.settled()
    const found = (await comparePortals(source, target)).map((line) => line.replace(/ .*/, ''))
    expect([...new Set(found)].sort()).toEqual([
      'crm.activity.list',
      'crm.item.list',
      'crm.item.productrow.list',
      'crm.lead.list',
      'crm.timeline.comment.list',
      'crm.timeline.logmessage.list',
    ])
    await change(sql`update crm_product_row set price = price - 1 where owner_type = 'L' and product_id > 0`)
    await session.settled()
  })
})

it('comes without its files where the source does not give them, and the report says so', async () => {
  const target = await testPortal()
  const proxy = await faultyProxy(origin, { seed: 1, rate: 0, lostFiles: true })
  const warnings: string[] = []
  const report = await cloning(`${proxy.origin}/rest/1/${source.code}/`, target, {
    listener: { warn: (text) => warnings.push(text) },
  })
  for (const step of ['companies', 'deals', 'products', 'timeline'])
    expect(stepOf(report, step)?.left).toEqual([
      { why: 'a file that the source does not give', n: expect.any(Number), example: expect.any(String) },
    ])
  // Never an address: those hold tokens.
  expect(warnings.filter((text) => /auth=|token=|http/.test(text))).toEqual([])
  expect(await target.faults()).toEqual([])
  const { stored_file: files, crm_deal: deals } = await target.census()
  expect({ files, deals }).toEqual({ files: 0, deals: 2 })
})

it('takes products as the CRM knows them where the webhook may not read the catalogue', async () => {
  const target = await testPortal()
  const { hook: part } = await source.person({ admin: true, scope: 'crm,user,department,userfieldconfig' })
  const report = await cloning(`${origin}/rest/${part}/`, target)
  expect(report.steps.filter(({ step, refused }) => refused !== null && step !== 'users')).toEqual([])
  const names = async (portal: typeof source) =>
    (await portal.call('crm.product.list', { select: ['NAME', 'PRICE', 'CURRENCY_ID', 'SECTION_ID', 'VAT_ID'] })).body
      .result
  expect(await names(target)).toEqual(await names(source))
  expect(await target.faults()).toEqual([])
})
