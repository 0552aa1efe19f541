import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { docx } from '../../server/test/support/docx.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('documents', async () => {
  const crm = await webCrm()
  const add = async (entityTypeId: number, fields: object): Promise<number> =>
    (await crm.call<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
  const printed: Record<'quote' | 'smart_invoice', number> = { quote: 0, smart_invoice: 0 }

  async function company(title: string, own: boolean): Promise<number> {
    const id = await add(4, { title, isMyCompany: own ? 'Y' : 'N' })
    const [preset] = await crm.call<{ ID: string }[]>('crm.requisite.preset.list', {})
    const requisite = await crm.call<number>('crm.requisite.add', {
      fields: {
        ENTITY_TYPE_ID: 4,
        ENTITY_ID: id,
        PRESET_ID: preset?.ID,
        NAME: 'Main',
        RQ_COMPANY_NAME: title,
        RQ_VAT_ID: own ? 'DE111' : 'DE222',
      },
    })
    await crm.call('crm.address.add', {
      fields: {
        TYPE_ID: 1,
        ENTITY_TYPE_ID: 8,
        ENTITY_ID: requisite,
        ADDRESS_1: own ? 'Hauptstr. 1' : 'Hafenstr. 5',
        POSTAL_CODE: '20095',
        CITY: 'Hamburg',
      },
    })
    if (own)
      await crm.call('crm.requisite.bankdetail.add', {
        fields: { ENTITY_ID: requisite, NAME: 'Bank', RQ_BANK_NAME: 'Sparkasse', RQ_IBAN: 'DE89 3704 0044' },
      })
    return id
  }

  beforeAll(async () => {
    const [mycompanyId, companyId] = [await company('Portico Makers', true), await company('Engines & Sons', false)]
    for (const [name, entityTypeId, ownerType] of [
      ['quote', 7, 'Q'],
      ['smart_invoice', 31, 'SI'],
    ] as const) {
      printed[name] = await add(entityTypeId, { title: 'Ten engines', companyId, mycompanyId, currencyId: 'EUR' })
      await crm.call('crm.item.productrow.set', {
        ownerType,
        ownerId: printed[name],
        productRows: [
          { productName: 'Engine V8', price: 1190, quantity: 10, taxRate: 19, taxIncluded: 'Y' },
          {
            productName: 'Handbook',
            price: 10.7,
            quantity: 3,
            taxRate: 7,
            taxIncluded: 'Y',
            discountTypeId: 2,
            discountRate: 10,
          },
        ],
      })
    }
  })

  it.each([
    ['quote', 7],
    ['smart_invoice', 31],
  ] as const)('print a %s with both parties and the sums of the API', async (name, entityTypeId) => {
    const page = await crm.open(`/crm/${name}/print/${printed[name]}/`)
    const paper = page.getByRole('main', { name: name === 'quote' ? /^Quote/ : /^Invoice/ })
    for (const text of [
      'Portico Makers',
      'Engines & Sons',
      'Hafenstr. 5',
      'VAT ID DE222',
      'VAT ID DE111',
      'DE89 3704 0044',
      'Engine V8',
    ])
      await paper.getByText(text).first().waitFor()
    const { item } = await crm.call<{ item: { opportunity: number; taxValue: number } }>('crm.item.get', {
      entityTypeId,
      id: printed[name],
    })
    const euros = (amount: number): string =>
      new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(amount)
    expect(item.opportunity).toBeGreaterThan(11_000)
    expect(await paper.locator('[data-total=all]').textContent()).toBe(euros(item.opportunity))
    expect(await paper.locator('[data-total=tax]').textContent()).toBe(euros(item.taxValue))
    await expectAccessible(page)
    // On paper there is nothing but the document.
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    expect(await paper.isVisible()).toBe(true)
    await page.context().close()
  })

  it('speak the language of whoever prints them', async () => {
    const page = await crm.open(`/crm/smart_invoice/print/${printed.smart_invoice}/`, { locale: 'de-DE' })
    await page.getByRole('heading', { name: /^Rechnung/ }).waitFor()
    expect(await page.locator('[data-total=all]').textContent()).toMatch(/^11\.932,10\s€$/)
    await page.context().close()
    await screens(crm, 'print-quote', `/crm/quote/print/${printed.quote}/`, (shown) =>
      shown.locator('[data-total=all]').waitFor(),
    )
  })

  it('are made from templates, in the card', async () => {
    const { numerators } = await crm.call<{ numerators: { id: string }[] }>('crm.documentgenerator.numerator.list')
    await crm.call('crm.documentgenerator.template.add', {
      fields: {
        name: 'Offer letter',
        file: ['offer.docx', docx(['{Title}']).toString('base64')],
        numeratorId: Object.values(numerators)[0]?.id,
        region: 'de',
        entityTypeId: ['7'],
        users: ['UA'],
      },
    })
    const page = await crm.open(`/crm/quote/details/${printed.quote}/`)
    await page.getByRole('button', { name: 'Document' }).click()
    await page.getByRole('menuitem', { name: 'Print' }).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Offer letter' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.docx$/)
    const { documents } = await crm.call<{ documents: { title: string }[] }>('crm.documentgenerator.document.list', {
      filter: { entityTypeId: 7, entityId: printed.quote },
    })
    expect(documents).toHaveLength(1)
    await page.context().close()
  })
})
