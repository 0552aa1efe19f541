import { httpBuildQuery } from '../../support/curl.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import { category, documented, fieldsOf, full, itemRecord, legacyRecord, must, type Target, withId } from './making.ts'

/** Companies and contacts that the documentation's deals and quotes belong to are some of this portal. */
const client = { COMPANY_ID: 5, CONTACT_IDS: [4, 5] }

async function deals(portal: TestPortal, categoryId: number): Promise<void> {
  for (const [title, opportunity] of [
    ['[A] Deal a', 19999.99],
    ['[B] Sale a', 12500],
  ])
    await must(portal, 'crm.deal.add', {
      fields: {
        TITLE: title,
        TYPE_ID: 'COMPLEX',
        CATEGORY_ID: categoryId,
        STAGE_ID: `C${categoryId}:NEW`,
        OPPORTUNITY: opportunity,
        IS_MANUAL_OPPORTUNITY: 'Y',
      },
    })
}
const lead = { TITLE: 'A lead', NAME: '', PHONE: [{ VALUE: '+15454777777', VALUE_TYPE: 'OTHER' }] }
const documentedDeal = (): Parameters => ({ ...fieldsOf(documented('crm.deal.add')), ...client })

/** Leads, deals, contacts, companies, quotes and items. */
export const recordTargets: readonly (readonly [method: string, Target])[] = [
  // The phone and the chat of the documented lead.
  ['crm.lead.get', legacyRecord('crm.lead.add', { ...lead, IM: [{ VALUE: 'imol|1', VALUE_TYPE: 'OPENLINE' }] })],
  ['crm.lead.update', legacyRecord('crm.lead.add', lead)],
  ['crm.lead.delete', legacyRecord('crm.lead.add', lead)],
  [
    'crm.lead.list',
    async (portal, params) => {
      // The second of three pages, of leads that somebody closed.
      const fields = {
        NAME: 'Erasmus',
        LAST_NAME: 'Golden of Ireland',
        COMPANY_ID: 5,
        CONTACT_ID: 4,
        STATUS_ID: 'CONVERTED',
        OPPORTUNITY: 15000,
        IS_MANUAL_OPPORTUNITY: 'Y',
        ADDRESS: '7677 Hollow Ridge Alley',
        ADDRESS_COUNTRY: 'Indonesia',
        ADDRESS_LOC_ADDR_ID: 1,
      }
      const command = `crm.lead.add?${httpBuildQuery({ fields })}`
      for (const count of [50, 50, 3]) await must(portal, 'batch', { cmd: Array<string>(count).fill(command) })
      return params
    },
  ],
  [
    'crm.deal.add',
    async (_portal, params) => ({ ...params, FIELDS: { ...fieldsOf(params), ...client, PARENT_ID_1220: 2 } }),
  ],
  [
    'crm.deal.get',
    async (portal, params) =>
      withId(params, await must(portal, 'crm.deal.add', { fields: { ...documentedDeal(), PARENT_ID_1220: 2 } })),
  ],
  ['crm.deal.update', legacyRecord('crm.deal.add', { TITLE: 'A deal' })],
  ['crm.deal.delete', legacyRecord('crm.deal.add', { TITLE: 'A deal' })],
  [
    'crm.deal.list',
    async (portal, params) => {
      // Pipeline 1 of the documentation's portal.
      const id = await category(portal, 2)
      await deals(portal, id)
      return { ...params, FILTER: { ...(params.FILTER as Parameters), CATEGORY_ID: id, STAGE_ID: `C${id}:NEW` } }
    },
  ],
  [
    'crm.contact.get',
    async (portal, params) => {
      // The documented contact has no photo.
      const { PHOTO: _photo, ...fields } = fieldsOf(documented('crm.contact.add'))
      return withId(params, await must(portal, 'crm.contact.add', { fields }))
    },
  ],
  ['crm.contact.update', legacyRecord('crm.contact.add', { NAME: 'A contact' })],
  ['crm.contact.delete', legacyRecord('crm.contact.add', { NAME: 'A contact' })],
  [
    'crm.contact.list',
    async (portal, params) => {
      // A source that the documentation's portal has.
      const source = { ENTITY_ID: 'SOURCE', STATUS_ID: 'CRM_FORM' }
      const known = await must<unknown[]>(portal, 'crm.status.list', { filter: source })
      if (known.length === 0) await must(portal, 'crm.status.add', { fields: { ...source, NAME: 'CRM form' } })
      const EMAIL = [{ VALUE: 'special-for@example.com', VALUE_TYPE: 'WORK' }]
      for (const NAME of ['Ilya', 'Inna'])
        await must(portal, 'crm.contact.add', {
          fields: { NAME, LAST_NAME: 'Ilyina', SOURCE_ID: 'CRM_FORM', EMAIL, ASSIGNED_BY_ID: 6 },
        })
      return params
    },
  ],
  [
    'crm.company.get',
    legacyRecord('crm.company.add', {
      TITLE: 'A company',
      COMPANY_TYPE: 'CUSTOMER',
      BANKING_DETAILS: '7736050003',
      INDUSTRY: 'IT',
      COMMENTS: '',
    }),
  ],
  ['crm.company.update', legacyRecord('crm.company.add', { TITLE: 'A company' })],
  ['crm.company.delete', legacyRecord('crm.company.add', { TITLE: 'A company' })],
  [
    'crm.company.list',
    async (portal, params) => {
      await must(portal, 'crm.company.add', { fields: fieldsOf(documented('crm.company.add')) })
      // The portal's other customers have no phone, the documented one has.
      return { ...params, FILTER: { ...(params.FILTER as Parameters), HAS_PHONE: 'Y' } }
    },
  ],
  // The documented quote's company and own company.
  ['crm.quote.add', async (_portal, params) => ({ ...params, fields: { ...fieldsOf(params), COMPANY_ID: 5 } })],
  [
    'crm.quote.get',
    async (portal, params) => {
      const MYCOMPANY_ID = await must(portal, 'crm.company.add', { fields: { TITLE: 'Ours', IS_MY_COMPANY: 'Y' } })
      const fields = { ...fieldsOf(documented('crm.quote.add')), COMPANY_ID: 5, MYCOMPANY_ID }
      return withId(params, await must(portal, 'crm.quote.add', { fields }))
    },
  ],
  ['crm.quote.update', legacyRecord('crm.quote.add', { TITLE: 'A quote' })],
  ['crm.quote.delete', legacyRecord('crm.quote.add', { TITLE: 'A quote' })],
  [
    'crm.quote.list',
    async (portal, params) => {
      await must(portal, 'crm.quote.add', { fields: { TITLE: 'A quote', STATUS_ID: 'SENT', COMPANY_ID: 5 } })
      return { ...params, filter: { ...(params.filter as Parameters), '=COMPANY_ID': 5 } }
    },
  ],
  [
    'crm.item.get',
    itemRecord({
      fm: [
        { valueType: 'WORK', value: '+6111111111', typeId: 'PHONE' },
        { valueType: 'WORK', value: 'admin@example.com', typeId: 'EMAIL' },
      ],
      name: 'Admin',
      lastName: 'Admins',
      secondName: 'Admin',
      birthdate: '2000-01-01',
      honorific: 'HNR_RU_1',
      companyTitle: 'Administrative Company',
      post: 'Admin',
      comments: '[B]Comment about admin[/B]',
      sourceDescription: 'Exhibition about admins',
      isManualOpportunity: 'Y',
    }),
  ],
  [
    'crm.item.update',
    async (portal, params) => {
      // The stage that the request moves the deal to, in pipeline 9.
      const stage = { ENTITY_ID: 'DEAL_STAGE_9', STATUS_ID: 'C9:UC_NYL06U' }
      const known = await must<unknown[]>(portal, 'crm.status.list', { filter: stage })
      if (known.length === 0)
        await must(portal, 'crm.status.add', { fields: { ...stage, NAME: 'Another stage', SORT: 25 } })
      return itemRecord({ title: 'A deal', categoryId: 9, comments: '', sourceDescription: '' })(portal, params)
    },
  ],
  ['crm.item.delete', async (portal, params) => itemRecord({ title: 'An item' })(portal, await full(portal, params))],
  ['crm.item.fields', full],
  [
    'crm.item.list',
    async (portal, params) => {
      if (params.entityTypeId === 1)
        await must(portal, 'crm.item.add', {
          entityTypeId: 1,
          fields: { name: 'Klaus', sourceId: 'WEB', opportunity: 19600, isManualOpportunity: 'Y' },
        })
      else {
        // Days long past, and so nothing of this portal; the span of the first is moved to today.
        await must(portal, 'crm.deal.add', { fields: { TITLE: 'Of today' } })
        const filter = structuredClone(params.filter) as Record<string, Record<string, Parameters>>
        const first = filter[0]?.[0] as Parameters
        first['>=createdTime'] = new Date(Date.now() - 3_600_000).toISOString()
        first['<createdTime'] = new Date(Date.now() + 3_600_000).toISOString()
        return { ...params, filter }
      }
      return params
    },
  ],
]
