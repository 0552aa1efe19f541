import { category, type, userFieldOption } from '../../store/tables.ts'
import type { DemoTools } from './tools.ts'

/** Tables by name: a record gets the id that the documentation's examples use. */
const table = (name: string): { readonly name: string } => ({ name })

const lead = table('crm_lead')
const contact = table('crm_contact')
const company = table('crm_company')
const quote = table('crm_quote')

const people = [
  [2, 'Maria', 'Lindqvist', 'Head of Sales', 'F'],
  [3, 'Jonas', 'Albrecht', 'Account Manager', 'M'],
  [4, 'Amara', 'Okafor', 'Account Manager', 'F'],
  [5, 'Tomás', 'Herrera', 'Sales Engineer', 'M'],
  [6, 'Hanna', 'Vesely', 'Account Manager', 'F'],
] as const

/** The eight fields of the smart process in api-reference/crm/universal/crm-item-add.md, with their documented settings. */
const smartProcessFields: readonly (readonly [name: string, userTypeId: string, title: string, more?: object])[] = [
  ['1721812760630', 'string', 'Custom field (string)'],
  [
    '1721812814433',
    'enumeration',
    'Custom field (list)',
    { enum: [1, 2, 3, 4].map((n) => ({ value: `List item #${n}`, sort: n * 100 })) },
  ],
  ['1721812853419', 'date', 'Custom field (date)'],
  ['1721812885588', 'url', 'Multiple custom field (link)', { multiple: 'Y' }],
  ['1721812898903', 'file', 'Custom field (file)'],
  ['1721812915476', 'money', 'Custom field (money)'],
  ['1721812935209', 'boolean', 'Custom field (Yes/No)'],
  ['1721812948498', 'double', 'Custom field (number)'],
]

const everything = Object.fromEntries(
  [
    'isCategoriesEnabled',
    'isStagesEnabled',
    'isBeginCloseDatesEnabled',
    'isClientEnabled',
    'isLinkWithProductsEnabled',
    'isMycompanyEnabled',
    'isSourceEnabled',
    'isObserversEnabled',
    'isUseInUserfieldEnabled',
  ].map((flag) => [flag, 'Y']),
)

async function smartProcesses(demo: DemoTools): Promise<void> {
  const add = async (id: number, entityTypeId: number, title: string, children: readonly number[]): Promise<void> => {
    await demo.nextIdIs(type, id)
    const child = children.map((each) => ({ entityTypeId: each, isChildrenListEnabled: 'true' }))
    await demo.call('crm.type.add', {
      fields: { title, entityTypeId, ...everything, relations: { parent: [], child } },
    })
  }
  await add(20, 1220, 'Campaign', [2])
  await add(24, 1224, 'Event', [3])
  await add(44, 1302, 'Equipment', [])
  for (const [name, userTypeId, title, more] of smartProcessFields) {
    if (userTypeId === 'enumeration') await demo.nextIdIs(userFieldOption, 79)
    const field = {
      entityId: 'CRM_44',
      fieldName: `UF_CRM_44_${name}`,
      userTypeId,
      // In every language, as the documented fields have it.
      editFormLabel: title,
      ...more,
    }
    await demo.call('userfieldconfig.add', { moduleId: 'crm', field })
  }
  for (const name of ['Spring fair', 'Webinar series', 'Partner programme'])
    await demo.call('crm.item.add', { entityTypeId: 1220, fields: { title: name, assignedById: 2 } })
  for (let n = 1; n <= 14; n++)
    await demo.call('crm.item.add', { entityTypeId: 1224, fields: { title: `Customer day ${n}`, assignedById: 3 } })
}

/**
 * What the documentation's own examples refer to, under the ids that they use: pipeline 9 with its stage, people, lead
 * 102, quote 7, companies, contacts, user fields and smart processes. Their cURL lines work as they are printed.
 */
export async function documentedRecords(demo: DemoTools): Promise<void> {
  for (const [id, name, lastName, position, gender] of people)
    await demo.person(id, { name, lastName, position, gender })
  await demo.nextIdIs(category, 9)
  await demo.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Partner sales' } })
  await demo.call('crm.status.add', {
    fields: { ENTITY_ID: 'DEAL_STAGE_9', STATUS_ID: 'UC_KN8KFI', NAME: 'Technical review', SORT: 35, COLOR: '#47D1E2' },
  })
  await demo.call('crm.deal.userfield.add', {
    fields: {
      FIELD_NAME: '1721244707107',
      USER_TYPE_ID: 'double',
      EDIT_FORM_LABEL: { en: 'Budget per month' },
      LIST_COLUMN_LABEL: { en: 'Budget per month' },
    },
  })
  await demo.call('crm.contact.userfield.add', {
    fields: {
      FIELD_NAME: '1720697698689',
      USER_TYPE_ID: 'string',
      EDIT_FORM_LABEL: { en: 'Preferred greeting' },
      LIST_COLUMN_LABEL: { en: 'Preferred greeting' },
    },
  })
  await smartProcesses(demo)
  const companies = [
    [5, 'Northbank Fabrication'],
    [12, 'Blue Harbor Logistics'],
    [13, 'Alpenglow Optics'],
    [15, 'Quarry & Sons'],
  ] as const
  for (const [id, title] of companies) {
    await demo.nextIdIs(company, id)
    await demo.call('crm.company.add', { fields: { TITLE: title, ASSIGNED_BY_ID: 2 } })
  }
  await demo.nextIdIs(contact, 4)
  await demo.call('crm.contact.add', {
    fields: { NAME: 'Ines', LAST_NAME: 'Duarte', COMPANY_ID: 5, ASSIGNED_BY_ID: 6 },
  })
  await demo.call('crm.contact.add', {
    fields: { NAME: 'Piotr', LAST_NAME: 'Zielinski', COMPANY_ID: 5, ASSIGNED_BY_ID: 6 },
  })
  await demo.nextIdIs(lead, 102)
  await demo.call('crm.lead.add', {
    fields: { TITLE: 'Request from the spring fair', CONTACT_ID: 4, ASSIGNED_BY_ID: 6 },
  })
  await demo.nextIdIs(quote, 7)
  await demo.call('crm.quote.add', {
    fields: { TITLE: 'Estimate for the first order', COMPANY_ID: 5, ASSIGNED_BY_ID: 6 },
  })
  // A client who has asked before and not bought: the documented deal is a "repeated approach".
  await demo.call('crm.deal.add', {
    fields: { TITLE: 'First enquiry', COMPANY_ID: 5, CONTACT_ID: 4, ASSIGNED_BY_ID: 6 },
  })
}
