import { sql } from '../../src/store/sql.ts'
import { user } from '../../src/store/tables.ts'
import { httpBuildQuery } from '../support/curl.ts'
import type { TestPortal } from '../support/portal.ts'
import { type Parameters, sendable, vector } from '../support/vectors.ts'

/**
 * What a documented request refers to, made before it is sent. The documentation's ids are those of its own portal, so
 * that a target is made and its id put in the place of the documented one; nothing else of a request is changed, but
 * where a comment says why.
 */
export type Target = (portal: TestPortal, params: Parameters) => Promise<Parameters>

/** Calls a method that has to succeed. */
async function must<T = number>(portal: TestPortal, method: string, params: unknown): Promise<T> {
  const { status, body } = await portal.call(method, params)
  if (status !== 200) throw new Error(`${method} was refused: ${body.error} ${body.error_description}`)
  return body.result as T
}

/** The first documented request of a method, or with some of its fields changed. */
const documented = (method: string): Parameters => sendable(vector(method).requests[0] ?? { params: {} }, new Date())

/** Puts an id in the place of the documented one, under the name that the request gives it. */
function withId(params: Parameters, id: unknown): Parameters {
  const name = Object.keys(params).find((key) => key.toLowerCase() === 'id')
  return { ...params, [name ?? 'id']: id }
}

/** Records. */

const legacyRecord =
  (method: string, fields: Parameters): Target =>
  async (portal, params) =>
    withId(params, await must(portal, method, { fields }))

const itemRecord =
  (fields: Parameters): Target =>
  async (portal, params) => {
    const { item } = await must<{ item: { id: number } }>(portal, 'crm.item.add', {
      entityTypeId: params.entityTypeId,
      fields,
    })
    return withId(params, item.id)
  }

const fieldsOf = (params: Parameters): Parameters => (params.fields ?? params.FIELDS) as Parameters

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

/** Pipelines and smart processes. */

async function category(portal: TestPortal, entityTypeId: unknown): Promise<number> {
  const fields = { name: 'Another pipeline', sort: 200 }
  return (await must<{ category: { id: number } }>(portal, 'crm.category.add', { entityTypeId, fields })).category.id
}

async function hasType(portal: TestPortal, entityTypeId: unknown): Promise<boolean> {
  return (await portal.call('crm.type.getByEntityTypeId', { entityTypeId })).status === 200
}

/** The smart process of that number, made if there is none. */
async function type(portal: TestPortal, entityTypeId: unknown, flags: Parameters = {}): Promise<void> {
  if (!(await hasType(portal, entityTypeId)))
    await must(portal, 'crm.type.add', {
      fields: { title: `Smart process ${String(entityTypeId)}`, entityTypeId, isCategoriesEnabled: 'Y', ...flags },
    })
}

const typed: Target = async (portal, params) => {
  await type(portal, params.entityTypeId)
  return params
}

const everyFlag = Object.fromEntries(
  Object.entries(fieldsOf(documented('crm.type.add'))).filter(([name]) => name.startsWith('is')),
)

/** The documented smart process has every setting on, and is a child of leads. */
const full: Target = async (portal, params) => {
  const relations = { parent: [{ entityTypeId: 1, isChildrenListEnabled: 'true' }] }
  await type(portal, params.entityTypeId, { ...everyFlag, relations })
  return params
}

const freshType =
  (more: Parameters): Target =>
  async (portal, params) => {
    const { type: made } = await must<{ type: { id: number } }>(portal, 'crm.type.add', {
      fields: { title: 'SPA #3', ...more },
    })
    return withId(params, made.id)
  }

/** User fields. */

const userFieldOwners = ['lead', 'deal', 'contact', 'company', 'quote']

/** A field like the documented one, under a name of its own. */
async function userField(portal: TestPortal, owner: string, more: Parameters = {}): Promise<number> {
  const example = fieldsOf(documented(`crm.${owner}.userfield.add`))
  const name = `TARGET_${Math.random().toString(36).slice(2).toUpperCase()}`
  // Optional, so that it stands in the way of no other test.
  return must(portal, `crm.${owner}.userfield.add`, {
    fields: { ...example, MANDATORY: 'N', FIELD_NAME: name, ...more },
  })
}

const userFieldTargets = userFieldOwners.flatMap((owner): [string, Target][] => [
  [`crm.${owner}.userfield.get`, async (portal, params) => withId(params, await userField(portal, owner))],
  [`crm.${owner}.userfield.delete`, async (portal, params) => withId(params, await userField(portal, owner))],
  [
    `crm.${owner}.userfield.update`,
    async (portal, params) => {
      const list = fieldsOf(params).LIST as Parameters[] | undefined
      if (list === undefined) return withId(params, await userField(portal, owner))
      const options = fieldsOf(sendable(vector(`crm.${owner}.userfield.add`).requests[1] ?? { params: {} }, new Date()))
      const id = await userField(portal, owner, { ...options, FIELD_NAME: `LIST_${Date.now()}` })
      const { LIST } = await must<{ LIST: { ID: string }[] }>(portal, `crm.${owner}.userfield.get`, { id })
      // The documented options 115 to 117 are the first three of that portal's list.
      const mapped = list.map((item) =>
        item.ID === undefined ? item : { ...item, ID: LIST[Number(item.ID) - 115]?.ID },
      )
      // The page forgets the id: "sent as it stands it is refused" (catalogue/vectors).
      return { id, fields: { ...fieldsOf(params), LIST: mapped } }
    },
  ],
  [
    `crm.${owner}.userfield.list`,
    async (portal, params) => {
      // Mandatory, as the filter asks; its default keeps it out of the way of other tests.
      await userField(portal, owner, { MANDATORY: 'Y' })
      return params
    },
  ],
])

/** The documented smart process of these requests has the row id 7, which names its user fields `UF_CRM_7_…`. */
async function configurable(portal: TestPortal): Promise<{ entityId: string; prefix: string }> {
  const { types } = await must<{ types: { id: number; entityTypeId: number }[] }>(portal, 'crm.type.list', {})
  const id = types.find((each) => each.entityTypeId === 1302)?.id ?? 0
  return { entityId: `CRM_${id}`, prefix: `UF_CRM_${id}_` }
}

const configuredFields = { count: 0 }

async function configuredField(portal: TestPortal): Promise<string> {
  const { entityId, prefix } = await configurable(portal)
  const { moduleId, field } = documented('userfieldconfig.add')
  const fieldName = `${prefix}TARGET_${++configuredFields.count}`
  const made = await must<{ field: { id: string } }>(portal, 'userfieldconfig.add', {
    moduleId,
    field: {
      ...(field as Parameters),
      entityId,
      fieldName,
      editFormLabel: { en: 'List of characteristics', de: 'Liste der Merkmale' },
    },
  })
  return made.field.id
}

const configured: Target = async (portal, params) => withId(params, await configuredField(portal))

/** Directories and currencies. */

async function status(portal: TestPortal): Promise<number> {
  const STATUS_ID = `S${Math.random().toString(36).slice(2, 10)}`
  return must(portal, 'crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID, NAME: 'A source', SORT: 900 } })
}

const statusTarget: Target = async (portal, params) => withId(params, await status(portal))

/** The currencies CNY, IDR and CLF of the documented requests are not among those that a portal begins with. */
const currency: Target = async (portal, params) => {
  const code = String(params.id ?? params.ID)
  if ((await portal.call('crm.currency.get', { id: code })).status !== 200) {
    const localizations = documented('crm.currency.localizations.set').localizations
    await must(portal, 'crm.currency.add', {
      fields: { CURRENCY: code, AMOUNT: 1.5, AMOUNT_CNT: 1, LANG: localizations },
    })
  }
  return params
}

const withoutCurrency: Target = async (portal, params) => {
  await portal.call('crm.currency.delete', { id: fieldsOf(params).CURRENCY })
  return params
}

/** The languages of the documented currency are English and German. */
const bilingual: Target = async (portal, params) => {
  const { LANG } = fieldsOf(sendable(vector('crm.currency.update').requests[1] ?? { params: {} }, new Date()))
  await must(portal, 'crm.currency.localizations.set', { id: params.id, localizations: LANG })
  return params
}

const lead = { TITLE: 'A lead', NAME: '', PHONE: [{ VALUE: '+15454777777', VALUE_TYPE: 'OTHER' }] }
const documentedDeal = (): Parameters => ({ ...fieldsOf(documented('crm.deal.add')), ...client })

export const targets: ReadonlyMap<string, Target> = new Map<string, Target>([
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
      await must(portal, 'crm.company.add', fieldsOnly('crm.company.add'))
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
  ['crm.item.update', itemRecord({ title: 'A deal', categoryId: 9, comments: '', sourceDescription: '' })],
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
  ['crm.category.add', typed],
  [
    'crm.category.update',
    async (portal, params) => {
      await type(portal, params.entityTypeId)
      return withId(params, await category(portal, params.entityTypeId))
    },
  ],
  ['crm.category.get', async (portal, params) => withId(params, await category(portal, params.entityTypeId))],
  ['crm.category.delete', async (portal, params) => withId(params, await category(portal, params.entityTypeId))],
  ['crm.type.get', freshType(fieldsOfType())],
  [
    'crm.type.getByEntityTypeId',
    async (portal, params) => {
      if (!(await hasType(portal, params.entityTypeId))) await must(portal, 'crm.type.add', documented('crm.type.add'))
      return params
    },
  ],
  ['crm.type.delete', freshType({})],
  [
    'crm.type.update',
    freshType({
      isCategoriesEnabled: 'Y',
      isMycompanyEnabled: 'Y',
      isUseInUserfieldEnabled: 'Y',
      // The documented answer is that to both requests, one after the other.
      relations: { child: [{ entityTypeId: 1, isChildrenListEnabled: 'true' }] },
    }),
  ],
  [
    'crm.type.list',
    async (portal, params) => {
      for (const title of ['Smart Process #20', 'Smart Process #5'])
        await must(portal, 'crm.type.add', { fields: { ...everyFlag, title } })
      return params
    },
  ],
  [
    'crm.status.add',
    async (portal, params) => {
      // Pipeline 1 of the documentation's portal.
      const id = await category(portal, 2)
      return { ...params, fields: { ...fieldsOf(params), ENTITY_ID: `DEAL_STAGE_${id}` } }
    },
  ],
  ['crm.status.update', statusTarget],
  ['crm.status.delete', statusTarget],
  [
    'crm.status.get',
    async (portal, params) => {
      // The documented row is the successful stage of a smart process.
      await type(portal, 1038, { isStagesEnabled: 'Y' })
      const rows = await must<{ ID: string; STATUS_ID: string }[]>(portal, 'crm.status.list', {})
      return withId(params, rows.find((row) => /^DT1038_\d+:SUCCESS$/.test(row.STATUS_ID))?.ID)
    },
  ],
  [
    'crm.status.entity.types',
    async (portal, params) => {
      await type(portal, 1038, { isStagesEnabled: 'Y' })
      return params
    },
  ],
  ['crm.currency.add', withoutCurrency],
  ['crm.currency.delete', currency],
  ['crm.currency.update', currency],
  ['crm.currency.get', bilingual],
  ['crm.currency.localizations.get', bilingual],
  ['crm.currency.localizations.set', currency],
  ['crm.currency.localizations.delete', currency],
  ...userFieldTargets,
  [
    'userfieldconfig.add',
    async (portal, params) => {
      const { entityId, prefix } = await configurable(portal)
      return {
        ...params,
        field: { ...(params.field as Parameters), entityId, fieldName: `${prefix}NEW_REST_LIST_2026` },
      }
    },
  ],
  ['userfieldconfig.get', configured],
  ['userfieldconfig.update', configured],
  ['userfieldconfig.delete', configured],
  [
    'userfieldconfig.list',
    async (portal, params) => {
      // The documented page is the first of two.
      for (let count = 0; count < 51; count++) await configuredField(portal)
      return params
    },
  ],
  [
    'user.get',
    async (portal, params) => {
      // People of department 1 beyond the tenth, with a name and a city that the filters find.
      for (let count = 0; count < 11; count++) {
        const { id } = await portal.person({ department: [1] })
        const session = portal.portal.store.session()
        await portal.portal.caches.changing(session, ['people'], (tx) =>
          tx.change(sql`update ${sql.table(user.name)} set name = 'Ivan', personal_city = 'New York' where id = ${id}`),
        )
        await session.settled()
      }
      return params
    },
  ],
])

function fieldsOnly(method: string): Parameters {
  return { fields: fieldsOf(documented(method)) }
}

function fieldsOfType(): Parameters {
  const { entityTypeId: _taken, ...fields } = fieldsOf(documented('crm.type.add'))
  return fields
}
