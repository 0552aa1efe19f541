import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { docx, textOf } from '../../support/docx.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal, type TestPortal } from '../../support/portal.ts'

const G = 'crm.documentgenerator'
const SEQUENCE = 'Bitrix_Main_Numerator_Generator_SequentNumberGenerator'
const file = (parts: Parameters<typeof docx>[0]): [string, string] => ['offer.docx', docx(parts).toString('base64')]

const portal = await testPortal({ at: 1_790_000_000, office: 'no-such-office' })
const news = announcements(portal)
const call = callOf(portal)

function callOf(portal: TestPortal) {
  // The wire's own shape, or the refusal.
  // eslint-disable-next-line typescript/no-explicit-any
  return async (method: string, params: object = {}, as?: string): Promise<any> => {
    const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
    return status === 200 ? body.result : [status, body.error, body.error_description]
  }
}

async function download(url: string): Promise<Buffer> {
  const { pathname, search } = new URL(url)
  const response = await portal.app.inject({ method: 'GET', url: pathname + search })
  expect(response.statusCode).toBe(200)
  return response.rawPayload
}

async function numeratorWith(settings: object, template = '{NUMBER}'): Promise<number> {
  return (
    await call(`${G}.numerator.add`, { fields: { name: 'Offers', template, settings: { [SEQUENCE]: settings } } })
  ).numerator.id
}

async function templateWith(
  parts: Parameters<typeof docx>[0],
  numeratorId: number,
  more: object = {},
): Promise<number> {
  const fields = {
    name: 'Offer',
    file: file(parts),
    numeratorId,
    region: 'de',
    entityTypeId: ['2'],
    users: ['UA'],
    ...more,
  }
  return Number((await call(`${G}.template.add`, { fields })).template.id)
}

async function deal(): Promise<number> {
  const company = await call('crm.company.add', {
    fields: { TITLE: 'Engines & <Co>', PHONE: [{ VALUE: '+49 30 1', VALUE_TYPE: 'WORK' }] },
  })
  return call('crm.deal.add', {
    fields: { TITLE: 'Ten engines', COMPANY_ID: company, OPPORTUNITY: 1234.5, CURRENCY_ID: 'EUR' },
  })
}

describe('a document', () => {
  it('is its template filled in with what the record and its client say', async () => {
    const rule = await numeratorWith({ start: 7, length: 4 }, 'O-{NUMBER}/{YEAR}')
    const templateId = await templateWith(
      [
        '{DocumentNumber} of {DocumentCreateTime}',
        '{ClientName}, {ClientPhone}',
        '{Title}: {Opportunity}, {StageId}',
        '[{NoSuchField}] {Greeting}',
      ],
      rule,
    )
    const id = await deal()
    await news()
    const { document } = await call(`${G}.document.add`, {
      templateId,
      entityTypeId: 2,
      entityId: id,
      values: { Greeting: 'Hello' },
    })
    expect(document).toMatchObject({
      title: 'Offer O-0007/2026 (Ten engines)',
      number: 'O-0007/2026',
      entityId: String(id),
      createdBy: 1,
    })
    expect(textOf(await download(document.downloadUrlMachine))).toEqual([
      'O-0007/2026 of 21.09.2026',
      'Engines & <Co>, +49 30 1',
      'Ten engines: €1,234.50, New',
      '[] Hello',
    ])
    expect(await news()).toEqual([
      { event: 'ONCRMDOCUMENTGENERATORDOCUMENTADD', fields: { ID: document.id, ENTITY_TYPE_ID: 2, ENTITY_ID: id } },
    ])

    const changed = await call(`${G}.document.update`, {
      id: document.id,
      values: { DocumentNumber: '8b', Greeting: 'Bye' },
    })
    expect(changed.document).toMatchObject({ id: String(document.id), number: '8b', updatedBy: 1 })
    expect(textOf(await download(changed.document.downloadUrlMachine)).slice(3)).toEqual(['[] Bye'])
    expect(await news()).toEqual([
      { event: 'ONCRMDOCUMENTGENERATORDOCUMENTUPDATE', fields: { ID: document.id, ENTITY_TYPE_ID: 2, ENTITY_ID: id } },
    ])

    expect(await call(`${G}.document.delete`, { id: document.id })).toBeNull()
    expect(await call(`${G}.document.get`, { id: document.id })).toEqual([400, '0', 'Document not found'])
  })

  it("repeats the row of a table for every product, and tells the client's requisites", async () => {
    const templateId = await templateWith(
      [
        [
          ['Product', 'Quantity', 'Sum'],
          [
            '{ProductsIndex}. {ProductsProductName}',
            '{ProductsProductQuantity} {ProductsProductMeasureName}',
            '{ProductsProductPriceSum}',
          ],
        ],
        '{TotalSum} with {TotalTax}, {RequisiteRqInn}',
      ],
      await numeratorWith({}),
    )
    const id = await deal()
    const { COMPANY_ID } = await call('crm.deal.get', { id })
    await call('crm.requisite.add', {
      fields: { ENTITY_TYPE_ID: 4, ENTITY_ID: COMPANY_ID, PRESET_ID: 1, NAME: 'Main', RQ_INN: '7700' },
    })
    const rows = [
      { PRODUCT_NAME: 'Engine', PRICE: 1200, QUANTITY: 2, TAX_RATE: 20, SORT: 10 },
      { PRODUCT_NAME: 'Oil', PRICE: 9.99, QUANTITY: 0.5, SORT: 20 },
    ]
    await call('crm.deal.productrows.set', { id, rows })
    const { document } = await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })
    expect(document.products).toEqual({ currencyId: 'EUR', totalSum: '2405.00', totalRows: 2 })
    expect(textOf(await download(document.downloadUrlMachine))).toEqual([
      'Product',
      'Quantity',
      'Sum',
      '1. Engine',
      '2 pcs',
      '€2,400',
      '2. Oil',
      '0.5 pcs',
      '€5',
      '€2,405 with €400, 7700',
    ])
  })

  it('says clearly why it has no PDF where LibreOffice is not installed', async () => {
    const templateId = await templateWith(['{Title}'], await numeratorWith({}))
    const { document } = await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: await deal() })
    expect(document.isTransformationError).toBe(false)
    await portal.work()
    const later = (await call(`${G}.document.get`, { id: document.id })).document
    expect(later).toMatchObject({
      isTransformationError: true,
      transformationErrorCode: 'LIBREOFFICE_NOT_INSTALLED',
      transformationErrorMessage: 'LibreOffice is not installed on the server: there is no PDF',
    })
    expect(later).not.toHaveProperty('pdfUrl')
  })

  it('goes with its record, file and all', async () => {
    const templateId = await templateWith(['{Title}'], await numeratorWith({}))
    const id = await deal()
    const { document } = await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })
    await call('crm.deal.delete', { id })
    expect(await call(`${G}.document.get`, { id: document.id })).toEqual([400, '0', 'Document not found'])
    expect(await portal.faults()).toEqual([])
  })

  it('is built by the next server where the one that numbered it has died', async () => {
    const templateId = await templateWith(['{DocumentNumber}'], await numeratorWith({}))
    const { document } = await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: await deal() })
    const session = portal.portal.store.session()
    const { sql } = await import('../../../src/store/sql.ts')
    await session.transaction(async (tx) => {
      await tx.change(sql`update crm_document set file_id = null where id = ${document.id}`)
      const job = {
        kind: 'document.build',
        key: `document:${document.id}`,
        due: 0,
        userId: 1,
        payload: { id: document.id },
      }
      await portal.portal.jobs.schedule(tx, job)
    })
    await session.settled()
    await portal.work()
    const { downloadUrlMachine } = (await call(`${G}.document.get`, { id: document.id })).document
    expect(textOf(await download(downloadUrlMachine))).toEqual(['1'])
  })

  it('may be uploaded, and shown to the world by an address that can be taken back', async () => {
    const id = await deal()
    const fields = {
      entityTypeId: 2,
      entityId: id,
      region: 'de',
      title: 'Contract',
      number: '5',
      fileContent: file(['Signed'])[1],
    }
    const { document } = await call(`${G}.document.upload`, { fields })
    const { publicUrl } = await call(`${G}.document.enablepublicurl`, { id: document.id })
    expect(textOf(await download(publicUrl))).toEqual(['Signed'])
    expect(await call(`${G}.document.enablepublicurl`, { id: document.id, status: 0 })).toEqual({ publicUrl: null })
    expect((await portal.app.inject({ method: 'GET', url: new URL(publicUrl).pathname })).statusCode).toBe(404)
    const { fileContent: _none, ...without } = fields
    const refused = await call(`${G}.document.upload`, { fields: { ...without, region: '' } })
    expect(refused).toEqual([400, '0', 'Empty required fields: fileContent, region'])
  })

  it('is seen in lists by those who may read its record', async () => {
    const templateId = await templateWith(['{Title}'], await numeratorWith({}))
    const id = await deal()
    const { document } = await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })
    const filter = { entityTypeId: 2, entityId: id }
    const { documents } = await call(`${G}.document.list`, { select: ['id', 'number'], filter })
    expect(documents).toEqual([expect.objectContaining({ id: String(document.id), number: '1' })])
    const { id: person, hook } = await portal.person()
    await grantOwn(portal)
    expect(await call(`${G}.document.list`, { filter }, hook)).toEqual({ documents: [] })
    expect(await call(`${G}.document.get`, { id: document.id }, hook)).toEqual([
      400,
      'DOCGEN_ACCESS_ERROR',
      'Access denied',
    ])
    await call('crm.deal.update', { id, fields: { ASSIGNED_BY_ID: person } })
    expect((await call(`${G}.document.list`, { filter }, hook)).documents).toHaveLength(1)
  })

  it('of a template that is gone is not made, and templates and numerators are for administrators', async () => {
    const rule = await numeratorWith({})
    const templateId = await templateWith(['{Title}'], rule, { users: ['U1'] })
    const id = await deal()
    const { hook } = await portal.person()
    expect(await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id }, hook)).toEqual([
      400,
      'DOCGEN_ACCESS_ERROR',
      'Access denied',
    ])
    expect(await call(`${G}.template.get`, { id: templateId }, hook)).toEqual([
      400,
      '',
      'You do not have permissions to modify templates',
    ])
    await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })
    expect(await call(`${G}.template.delete`, { id: templateId })).toBeNull()
    expect(await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })).toEqual([
      400,
      '0',
      'Cannot create document on deleted template',
    ])
    expect(await call(`${G}.document.add`, { templateId: 999, entityTypeId: 2, entityId: id })).toEqual([
      400,
      '0',
      'Template not found',
    ])
    const noDocx = {
      name: 'Bad',
      file: ['a.docx', Buffer.from('no').toString('base64')],
      numeratorId: rule,
      region: 'de',
      entityTypeId: ['2'],
    }
    const before = await portal.census()
    expect(await call(`${G}.template.add`, { fields: noDocx })).toEqual([400, '0', 'Could not save file'])
    expect(await portal.census()).toEqual(before)
  })
})

describe('numerators', () => {
  it('never give a number twice and leave none out, however many ask at once', async () => {
    const templateId = await templateWith(['{DocumentNumber}'], await numeratorWith({ start: 1 }))
    const id = await deal()
    const made = await Promise.all(
      Array.from({ length: 20 }, () => call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })),
    )
    const numbers = made.map(({ document }) => Number(document.number)).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  })

  it('begin anew with their period, by their own clock', async () => {
    // 2026-12-31 23:30 in Berlin is still the old year, and the new one in Tokyo.
    portal.clock.at = Date.UTC(2026, 11, 31, 22, 30) / 1000
    const berlin = await templateWith(
      ['x'],
      await numeratorWith({ periodicBy: 'year', timezone: 'Europe/Berlin' }, '{YEAR}-{NUMBER}'),
    )
    const tokyo = await templateWith(
      ['x'],
      await numeratorWith({ periodicBy: 'year', timezone: 'Asia/Tokyo' }, '{YEAR}-{NUMBER}'),
    )
    const id = await deal()
    const next = async (templateId: number): Promise<string> =>
      (await call(`${G}.document.add`, { templateId, entityTypeId: 2, entityId: id })).document.number
    expect([await next(berlin), await next(berlin), await next(tokyo)]).toEqual(['2026-1', '2026-2', '2027-1'])
    portal.clock.at += 3600
    expect([await next(berlin), await next(tokyo)]).toEqual(['2027-1', '2027-2'])
    portal.clock.at = 1_790_000_000
  })

  it('of REST are changed and deleted by REST, the others are not; one in use stays', async () => {
    const id = await numeratorWith({})
    const { settings } = await call(`${G}.numerator.update`, {
      id,
      fields: { template: 'INV-{NUMBER}', settings: { [SEQUENCE]: { start: 100 } } },
    })
    expect(settings[SEQUENCE]).toMatchObject({ start: 100, step: 1, padString: '0', periodicBy: null })
    await templateWith(['x'], id)
    expect((await call(`${G}.numerator.delete`, { id }))[0]).toBe(400)
    const [first] = (await call(`${G}.numerator.list`)).numerators
    expect(await call(`${G}.numerator.delete`, { id: first.id })).toEqual([400, 'DOCGEN_ACCESS_ERROR', 'Access denied'])
    expect(await call(`${G}.numerator.get`, { id: 4711 })).toEqual([
      400,
      '100',
      'Could not construct parameter {numerator}',
    ])
    expect(await call(`${G}.numerator.add`, { fields: { name: 'x' } })).toEqual([
      400,
      '0',
      'Empty required fields: template',
    ])
    const bad = { name: 'x', template: 'y', settings: { [SEQUENCE]: { timezone: 'Mars' } } }
    expect((await call(`${G}.numerator.add`, { fields: bad }))[0]).toBe(400)
  })
})

/** Everyone's role reads their own records only. */
async function grantOwn({ portal: inner }: TestPortal): Promise<void> {
  const { sql } = await import('../../../src/store/sql.ts')
  const session = inner.store.session()
  await inner.caches.changing(session, ['roles'], (tx) =>
    tx.change(sql`update crm_role_permission set level = 'own' where action = 'read'`),
  )
  await session.settled()
}

function hasOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.runIf(hasOffice())('with LibreOffice', () => {
  it('a PDF follows the document', async () => {
    const portal = await testPortal()
    const call = callOf(portal)
    const { numerator } = await call(`${G}.numerator.add`, { fields: { name: 'n', template: '{NUMBER}' } })
    const fields = {
      name: 'Offer',
      file: file(['Hello {Title}']),
      numeratorId: numerator.id,
      region: 'de',
      entityTypeId: ['2'],
    }
    const { template } = await call(`${G}.template.add`, { fields })
    const id = await call('crm.deal.add', { fields: { TITLE: 'PDF' } })
    const { document } = await call(`${G}.document.add`, { templateId: template.id, entityTypeId: 2, entityId: id })
    await portal.work()
    const { pdfUrlMachine } = (await call(`${G}.document.get`, { id: document.id })).document
    const { pathname, search } = new URL(pdfUrlMachine)
    const { rawPayload } = await portal.app.inject({ method: 'GET', url: pathname + search })
    expect(rawPayload.toString('latin1', 0, 4)).toBe('%PDF')
  })
})
