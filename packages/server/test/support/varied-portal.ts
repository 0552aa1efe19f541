import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'

type Fields = Record<string, unknown>

/** A picture of one point. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const text = (content: string): string => Buffer.from(content).toString('base64')
/** More than one piece on its way. */
const large = Buffer.alloc(200_000, 'Straße 🚲 ').toString('base64')

/**
 * Fills a portal with a few records of every kind that there is, each with what is hard about it: texts of many
 * languages, several values, files, links with an order of their own, things that stand at several records.
 */
export async function fillVaried(portal: TestPortal): Promise<void> {
  const must = async <T>(method: string, params: Fields, options: { as?: string } = {}): Promise<T> => {
    const { body } = await portal.call(method, params, options)
    expect([method, body.error, body.error_description]).toEqual([method, undefined, undefined])
    return body.result as T
  }
  const item = async (entityTypeId: number, fields: Fields, options: { as?: string } = {}): Promise<number> =>
    (await must<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields }, options)).item.id

  // People and departments.
  const department = await must<number>('department.add', { NAME: 'Vertrieb & Störung', PARENT: 1 })
  const colleague = await portal.person({ department: [department] })
  const as = { as: colleague.hook }

  // Settings.
  await must('crm.currency.add', { fields: { CURRENCY: 'ISK', AMOUNT: 0.62, AMOUNT_CNT: 100, SORT: 900 } })
  await must('crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'MESSE', NAME: 'Messe 展覧会', SORT: 700 } })
  await must('crm.status.add', {
    fields: { ENTITY_ID: 'STATUS', STATUS_ID: 'UC_WAIT', NAME: 'Wartet …', SORT: 25, COLOR: '#aabbcc' },
  })
  const { category } = await must<{ category: { id: number } }>('crm.category.add', {
    entityTypeId: 2,
    fields: { name: 'Partner', sort: 300 },
  })
  const { type } = await must<{ type: { entityTypeId: number; id: number } }>('crm.type.add', {
    fields: {
      title: 'Geräte 🔧',
      isCategoriesEnabled: 'Y',
      isStagesEnabled: 'Y',
      isClientEnabled: 'Y',
      isLinkWithProductsEnabled: 'Y',
      isObserversEnabled: 'Y',
      isMycompanyEnabled: 'Y',
      relations: { parent: [{ entityTypeId: 2, isChildrenListEnabled: 'Y' }] },
    },
  })
  const process = type.entityTypeId
  const { category: line } = await must<{ category: { id: number } }>('crm.category.add', {
    entityTypeId: process,
    fields: { name: 'Zweite Linie', sort: 700 },
  })

  // User fields.
  for (const [name, fields] of [
    ['lead', { FIELD_NAME: 'SCAN', USER_TYPE_ID: 'file', EDIT_FORM_LABEL: { en: 'Scan', de: 'Scan ä' } }],
    ['lead', { FIELD_NAME: 'WORDS', USER_TYPE_ID: 'string', MULTIPLE: 'Y' }],
    [
      'lead',
      {
        FIELD_NAME: 'COLOURS',
        USER_TYPE_ID: 'enumeration',
        MULTIPLE: 'Y',
        LIST: [{ VALUE: 'rot' }, { VALUE: 'grün' }, { VALUE: '青', DEF: 'N' }],
      },
    ],
    ['deal', { FIELD_NAME: 'PAPERS', USER_TYPE_ID: 'file', MULTIPLE: 'Y' }],
    ['deal', { FIELD_NAME: 'RELATED', USER_TYPE_ID: 'crm', MULTIPLE: 'Y', SETTINGS: { CONTACT: 'Y', LEAD: 'Y' } }],
    ['deal', { FIELD_NAME: 'DAY', USER_TYPE_ID: 'date' }],
    ['deal', { FIELD_NAME: 'PRICE', USER_TYPE_ID: 'money' }],
    ['contact', { FIELD_NAME: 'TUTOR', USER_TYPE_ID: 'employee' }],
    ['company', { FIELD_NAME: 'RATE', USER_TYPE_ID: 'double', SETTINGS: { PRECISION: 3 } }],
    ['requisite', { FIELD_NAME: 'NOTE', USER_TYPE_ID: 'string' }],
  ] as const)
    await must(`crm.${name}.userfield.add`, { fields })

  // Clients.
  const own = await item(4, { title: 'Wir selbst GmbH', isMyCompany: 'Y' })
  const company = await must<number>('crm.company.add', {
    fields: {
      TITLE: 'Ölmühle „Zum Bären“ & Söhne',
      LOGO: { fileData: ['logo ü.gif', GIF] },
      PHONE: [
        { VALUE: '+49 30 5550100', VALUE_TYPE: 'WORK' },
        { VALUE: '+49 30 5550101', VALUE_TYPE: 'FAX' },
      ],
      EMAIL: [{ VALUE: 'info@example.com', VALUE_TYPE: 'WORK' }],
      WEB: [{ VALUE: 'https://example.com', VALUE_TYPE: 'WORK' }],
      UF_CRM_RATE: 1.125,
      ASSIGNED_BY_ID: colleague.id,
    },
  })
  const other = await item(4, { title: '株式会社テスト' })
  const contact = await must<number>('crm.contact.add', {
    fields: {
      NAME: 'Anaïs',
      LAST_NAME: 'O’Brien 🙂',
      PHOTO: { fileData: ['photo.gif', GIF] },
      PHONE: [{ VALUE: '+1 212 555 0100', VALUE_TYPE: 'MOBILE' }],
      IM: [{ VALUE: 'anais', VALUE_TYPE: 'TELEGRAM' }],
      BIRTHDATE: '1984-02-29',
      UF_CRM_TUTOR: colleague.id,
      SOURCE_ID: 'MESSE',
      COMPANY_IDS: [company],
    },
  })
  const second = await item(3, { name: 'Łukasz', lastName: 'Żółć', observers: [colleague.id] })
  await must('crm.contact.company.items.set', {
    id: second,
    items: [
      { COMPANY_ID: other, SORT: 20, IS_PRIMARY: 'Y' },
      { COMPANY_ID: company, SORT: 5, IS_PRIMARY: 'N' },
    ],
  })

  // The catalogue.
  const section = await must<number>('crm.productsection.add', { fields: { NAME: 'Möbel' } })
  const inner = await must<number>('crm.productsection.add', { fields: { NAME: 'Stühle', SECTION_ID: section } })
  const vat = await must<number>('crm.vat.add', { fields: { NAME: 'VAT 7%', RATE: 7, C_SORT: 400 } })
  await must('crm.measure.add', {
    fields: { CODE: 999, MEASURE_TITLE: 'Palette', SYMBOL_RUS: 'pal', SYMBOL_INTL: 'pal' },
  })
  const retail = await must<{ priceType: { id: number } }>('catalog.priceType.add', {
    fields: { name: 'Wholesale', base: 'N', sort: 300 },
  })
  const property = async (fields: Fields): Promise<number> =>
    must<number>('crm.product.property.add', { fields: { PROPERTY_TYPE: 'S', ...fields } })
  const words = await property({ NAME: 'Words', MULTIPLE: 'Y' })
  const colour = await property({
    NAME: 'Colour',
    PROPERTY_TYPE: 'L',
    VALUES: { n0: { VALUE: 'rot' }, n1: { VALUE: 'blå' } },
  })
  const sheets = await property({ NAME: 'Sheets', PROPERTY_TYPE: 'F', MULTIPLE: 'Y' })
  const { VALUES } = await must<{ VALUES: Record<string, { ID: string; VALUE: string }> }>('crm.product.property.get', {
    id: colour,
  })
  const blue = Object.values(VALUES).find(({ VALUE }) => VALUE === 'blå')?.ID
  const chair = await must<number>('crm.product.add', {
    fields: {
      NAME: 'Stuhl „Åre“',
      PRICE: 99.9,
      CURRENCY_ID: 'EUR',
      SECTION_ID: inner,
      VAT_ID: vat,
      VAT_INCLUDED: 'Y',
      DESCRIPTION: '<b>bequem</b>',
      DESCRIPTION_TYPE: 'html',
      PREVIEW_PICTURE: { fileData: ['small.gif', GIF] },
      [`PROPERTY_${words}`]: ['eins', 'zwei'],
      [`PROPERTY_${colour}`]: blue,
      [`PROPERTY_${sheets}`]: [{ fileData: ['a.txt', text('a')] }, { fileData: ['b ß.txt', text('b')] }],
    },
  })
  await must('catalog.price.add', {
    fields: { productId: chair, catalogGroupId: retail.priceType.id, price: 80, currency: 'EUR' },
  })
  const catalogs = (
    await must<{ catalogs: { id: number; productIblockId: number | null }[] }>('catalog.catalog.list', {})
  ).catalogs
  const [goods, offers] = [
    catalogs.find((each) => each.productIblockId === null)?.id,
    catalogs.find((each) => each.productIblockId !== null)?.id,
  ]
  await must('catalog.product.service.add', { fields: { iblockId: goods, name: 'Montage' } })
  const { sku } = await must<{ sku: { id: number } }>('catalog.product.sku.add', {
    fields: { iblockId: goods, name: 'Hemd' },
  })
  await must('catalog.product.offer.add', {
    fields: { iblockId: offers, name: 'Hemd XL', parentId: { value: sku.id } },
  })

  // Items.
  const lead = await must<number>('crm.lead.add', {
    fields: {
      TITLE: 'Anfrage <ü> 🚲',
      NAME: 'Zoë',
      STATUS_ID: 'UC_WAIT',
      OPPORTUNITY: 1234.56,
      CURRENCY_ID: 'ISK',
      ADDRESS: 'Rue de l’Église 5',
      ADDRESS_CITY: 'Liège',
      ADDRESS_COUNTRY: 'Belgique',
      UF_CRM_WORDS: ['zwei', 'Wörter'],
      UF_CRM_SCAN: { fileData: ['Größe – scan.pdf', text('%PDF-1.4 nearly')] },
      EMAIL: [{ VALUE: 'zoe@example.com', VALUE_TYPE: 'HOME' }],
      COMMENTS: 'Erste Zeile\nzweite',
      UTM_SOURCE: 'google',
    },
  })
  const deal = await item(2, {
    title: 'Möbel für das Büro',
    categoryId: category.id,
    companyId: company,
    contactIds: [contact, second],
    currencyId: 'EUR',
    ufCrmPapers: [
      ['one.txt', text('eins')],
      ['large.bin', large],
      ['пустой.txt', text('п')],
    ],
    ufCrmRelated: [`C_${contact}`, `L_${lead}`],
    ufCrmDay: '2027-01-31',
    ufCrmPrice: '12.50|EUR',
    observers: [1, colleague.id],
    leadId: lead,
  })
  await item(2, { title: 'Zweites Geschäft', opportunity: 500, isManualOpportunity: 'Y', contactId: contact }, as)
  const quote = await item(7, { title: 'Angebot', dealId: deal, companyId: company, mycompanyId: own })
  const invoice = await item(31, { title: 'Rechnung № 1', companyId: company, parentId2: deal })
  const machine = await item(process, {
    title: 'Maschine',
    categoryId: line.id,
    contactId: contact,
    parentId2: deal,
    observers: [colleague.id],
  })
  await item(process, { title: 'Noch eine' })

  // Rows of goods.
  for (const [ownerType, ownerId] of [
    ['D', deal],
    ['L', lead],
    ['Q', quote],
    ['SI', invoice],
    [`T${process.toString(16)}`, machine],
  ])
    await must('crm.item.productrow.set', {
      ownerType,
      ownerId,
      productRows: [
        {
          productId: chair,
          price: 89.91,
          quantity: 3,
          discountTypeId: 2,
          discountRate: 10,
          taxRate: 7,
          taxIncluded: 'Y',
        },
        { productName: 'Etwas Eigenes', price: 0.1, quantity: 2.5, sort: 30 },
      ],
    })
  // An amount of its own, in spite of its rows.
  await must('crm.item.update', {
    entityTypeId: 7,
    id: quote,
    fields: { isManualOpportunity: 'Y', opportunity: 1000 },
  })

  // Stages that records have passed.
  const stages = await must<{ STATUS_ID: string }[]>('crm.status.list', {
    filter: { ENTITY_ID: `DEAL_STAGE_${category.id}` },
    order: { SORT: 'ASC' },
  })
  for (const stage of stages.slice(1, 3))
    await must('crm.item.update', { entityTypeId: 2, id: deal, fields: { stageId: stage.STATUS_ID } }, as)

  // Requisites.
  const preset = await must<number>('crm.requisite.preset.add', {
    fields: { ENTITY_TYPE_ID: 8, COUNTRY_ID: 122, NAME: 'Eigene Vorlage', ACTIVE: 'Y', SORT: 700 },
  })
  await must('crm.requisite.preset.field.add', { preset: { ID: preset }, fields: { FIELD_NAME: 'RQ_COMPANY_NAME' } })
  const requisite = async (entityTypeId: number, id: number, name: string): Promise<number> =>
    must<number>('crm.requisite.add', {
      fields: {
        ENTITY_TYPE_ID: entityTypeId,
        ENTITY_ID: id,
        PRESET_ID: preset,
        NAME: name,
        RQ_COMPANY_NAME: `${name} OÜ`,
        UF_CRM_NOTE: 'ß',
        ACTIVE: 'Y',
        SORT: 100,
      },
    })
  const [theirs, ours] = [await requisite(4, company, 'Kunde'), await requisite(4, own, 'Wir')]
  await requisite(3, contact, 'Privat')
  const account = await must<number>('crm.requisite.bankdetail.add', {
    fields: { ENTITY_ID: theirs, NAME: 'Sparkasse', RQ_IBAN: 'DE02120300000000202051', COMMENTS: 'Nur für „Öl“' },
  })
  for (const [TYPE_ID, ADDRESS_1] of [
    [1, 'Bärenweg 3'],
    [6, 'Postfach 12'],
  ])
    await must('crm.address.add', {
      fields: { TYPE_ID, ENTITY_TYPE_ID: 8, ENTITY_ID: theirs, ADDRESS_1, CITY: 'Görlitz', COUNTRY: 'Deutschland' },
    })
  await must('crm.requisite.link.register', {
    fields: {
      ENTITY_TYPE_ID: 7,
      ENTITY_ID: quote,
      REQUISITE_ID: theirs,
      BANK_DETAIL_ID: account,
      MC_REQUISITE_ID: ours,
      MC_BANK_DETAIL_ID: 0,
    },
  })

  // Activities.
  const todo = await must<{ id: number }>('crm.activity.todo.add', {
    ownerTypeId: 2,
    ownerId: deal,
    deadline: '2027-03-01T10:00:00+01:00',
    title: 'Zurückrufen ☎',
    description: 'bis [b]Freitag[/b]',
    responsibleId: colleague.id,
  })
  await must('crm.activity.binding.add', { activityId: todo.id, entityTypeId: 3, entityId: contact })
  const call = {
    OWNER_TYPE_ID: 2,
    OWNER_ID: deal,
    TYPE_ID: 2,
    SUBJECT: 'Anruf bei Anaïs',
    START_TIME: '2027-01-05T09:30:00+01:00',
    END_TIME: '2027-01-05T10:00:00+01:00',
    RESPONSIBLE_ID: 1,
    DIRECTION: 1,
    COMMUNICATIONS: [{ VALUE: '+1 212 555 0100', ENTITY_TYPE_ID: 3, ENTITY_ID: contact, TYPE: 'PHONE' }],
    FILES: [{ fileData: ['Aufnahme ü.mp3', text('mp3')] }, { fileData: ['zweite.txt', text('zwei')] }],
    SETTINGS: { DURATION: 12 },
  }
  const made = await must<number>('crm.activity.add', { fields: call })
  await must('crm.activity.update', { id: made, fields: { COMPLETED: 'Y' } }, as)
  await must('crm.activity.add', {
    fields: {
      OWNER_TYPE_ID: process,
      OWNER_ID: machine,
      TYPE_ID: 1,
      SUBJECT: 'Treffen',
      START_TIME: '2027-02-05T09:30:00+01:00',
      COMMUNICATIONS: [{ VALUE: 'Halle 3', ENTITY_TYPE_ID: 4, ENTITY_ID: company }],
    },
  })

  // The timeline.
  const comment = await must<number>('crm.timeline.comment.add', {
    fields: {
      ENTITY_ID: deal,
      ENTITY_TYPE: 'deal',
      COMMENT: 'Siehe [b]Anlage[/b] 📎',
      FILES: [
        ['skizze.gif', GIF],
        ['Notiz é.txt', text('é')],
      ],
    },
  })
  await must('crm.timeline.bindings.bind', {
    fields: { OWNER_ID: comment, ENTITY_ID: contact, ENTITY_TYPE: 'contact' },
  })
  await must(
    'crm.timeline.comment.add',
    { fields: { ENTITY_ID: machine, ENTITY_TYPE: `dynamic_${process}`, COMMENT: 'von einer Kollegin' } },
    as,
  )
  for (let n = 0; n < 12; n++)
    await must('crm.timeline.logmessage.add', {
      fields: { entityTypeId: 1, entityId: lead, title: `Nr. ${n}`, text: '<b>bleibt</b>', iconCode: 'info' },
    })
  await portal.work()
}
