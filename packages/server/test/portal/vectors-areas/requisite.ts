import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { documented, fieldsOf, fresh, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const R = 'crm.requisite'
const COMPANY = 4
const RUSSIA = 1

const add = (portal: TestPortal, method: string, fields: Parameters): Promise<number> =>
  must(portal, `${method}.add`, { fields })

const company = (portal: TestPortal, fields: Parameters = {}): Promise<number> => add(portal, 'crm.company', fields)

/** Of a company of its own, like the documented one. */
async function details(portal: TestPortal, owner?: number): Promise<number> {
  const ENTITY_ID = owner ?? (await company(portal))
  return add(portal, R, { ...fieldsOf(documented(`${R}.add`)), ENTITY_TYPE_ID: COMPANY, ENTITY_ID })
}

async function bankDetail(portal: TestPortal, owner?: number): Promise<number> {
  const ENTITY_ID = owner ?? (await details(portal))
  return add(portal, `${R}.bankdetail`, { ...fieldsOf(documented(`${R}.bankdetail.add`)), ENTITY_ID })
}

const preset = (portal: TestPortal): Promise<number> =>
  add(portal, `${R}.preset`, { ENTITY_TYPE_ID: 8, COUNTRY_ID: RUSSIA, NAME: `Template ${fresh()}` })

async function userField(portal: TestPortal, fields: Parameters = {}): Promise<number> {
  const example = fieldsOf(documented(`${R}.userfield.add`))
  return add(portal, `${R}.userfield`, { ...example, FIELD_NAME: `TARGET_${fresh()}`, ...fields })
}

const within = (params: Parameters, fields: Parameters): Parameters => ({
  ...params,
  fields: { ...fieldsOf(params), ...fields },
})

const to =
  (make: (portal: TestPortal) => Promise<number>): Target =>
  async (portal, params) =>
    withId(params, await make(portal))

/** A template with the field `RQ_NAME`, which is its field 1. */
const withField: Target = async (portal, params) => {
  const ID = await preset(portal)
  const field = fieldsOf(documented(`${R}.preset.field.add`))
  await must(portal, `${R}.preset.field.add`, { preset: { ID }, fields: field })
  return withId({ ...params, preset: { ID } }, 1)
}

const emptyTemplate: Target = async (portal, params) => ({ ...params, preset: { ID: await preset(portal) } })

/** An invoice for a company, by one's own company, and what documents of both show. */
async function invoice(portal: TestPortal): Promise<Parameters> {
  const [client, seller] = [await company(portal), await company(portal, { IS_MY_COMPANY: 'Y' })]
  const [REQUISITE_ID, MC_REQUISITE_ID] = [await details(portal, client), await details(portal, seller)]
  const choice = {
    REQUISITE_ID,
    BANK_DETAIL_ID: await bankDetail(portal, REQUISITE_ID),
    MC_REQUISITE_ID,
    MC_BANK_DETAIL_ID: await bankDetail(portal, MC_REQUISITE_ID),
  }
  const { item } = await must<{ item: { id: number } }>(portal, 'crm.item.add', {
    entityTypeId: 31,
    fields: { companyId: client, mycompanyId: seller },
  })
  return { ENTITY_TYPE_ID: 31, ENTITY_ID: item.id, ...choice }
}

const linked: Target = async (portal, params) => ({ ...params, entityId: (await invoice(portal)).ENTITY_ID })

async function addressOf(portal: TestPortal, key: Parameters): Promise<Parameters> {
  const fields = { ...fieldsOf(documented('crm.address.add')), ...key }
  await must(portal, 'crm.address.add', { fields })
  return key
}

/** The examples change and delete the address of a contact. */
const contactAddress: Target = async (portal, params) => {
  const { TYPE_ID, ENTITY_TYPE_ID } = fieldsOf(params)
  const ENTITY_ID = await add(portal, 'crm.contact', {})
  return within(params, await addressOf(portal, { TYPE_ID, ENTITY_TYPE_ID, ENTITY_ID }))
}

const changed = (fields: Parameters): Provocation => ({ change: (params) => within(params, fields) })

/** The number that the page names is nobody's. */
const unknown =
  (method: string, id: number): Provocation['change'] =>
  async (params, portal) => {
    await portal.call(`${method}.delete`, { id })
    return { ...params, id }
  }

const ofTemplate = (id: number, make: (portal: TestPortal) => Promise<number> = preset): Provocation => ({
  change: async (params, portal) => {
    const { ID: _one, ...rest } = params
    return { ...rest, id, preset: { ID: await make(portal) } }
  },
})

export const requisite: VectorArea = {
  targets: {
    [`${R}.add`]: async (portal, params) => within(params, { ENTITY_ID: await company(portal) }),
    [`${R}.get`]: to(details),
    [`${R}.update`]: to(details),
    [`${R}.delete`]: to(details),
    [`${R}.list`]: async (portal, params) => {
      const { ID } = params.filter as Parameters
      if (ID === undefined) {
        await details(portal)
        return params
      }
      // The second request reads a user field of one requisite.
      if ((await portal.call(`${R}.fields`)).body.result.UF_CRM_1707997209 === undefined)
        await userField(portal, { FIELD_NAME: '1707997209', USER_TYPE_ID: 'double' })
      return { ...params, filter: { ID: await details(portal) } }
    },
    [`${R}.bankdetail.add`]: async (portal, params) => within(params, { ENTITY_ID: await details(portal) }),
    [`${R}.bankdetail.get`]: to(bankDetail),
    [`${R}.bankdetail.update`]: to(bankDetail),
    [`${R}.bankdetail.delete`]: to(bankDetail),
    [`${R}.bankdetail.list`]: async (portal, params) => {
      await bankDetail(portal)
      return params
    },
    [`${R}.preset.get`]: async (portal, params) =>
      withId(params, await add(portal, `${R}.preset`, fieldsOf(documented(`${R}.preset.add`)))),
    [`${R}.preset.update`]: to(preset),
    [`${R}.preset.delete`]: to(preset),
    [`${R}.preset.list`]: async (portal, params) => {
      await preset(portal)
      return params
    },
    [`${R}.preset.field.add`]: emptyTemplate,
    [`${R}.preset.field.availabletoadd`]: emptyTemplate,
    [`${R}.preset.field.get`]: withField,
    [`${R}.preset.field.list`]: withField,
    [`${R}.preset.field.update`]: withField,
    [`${R}.preset.field.delete`]: withField,
    [`${R}.userfield.get`]: to(userField),
    [`${R}.userfield.update`]: to(userField),
    [`${R}.userfield.delete`]: to(userField),
    [`${R}.userfield.list`]: async (portal, params) => {
      await userField(portal)
      return params
    },
    [`${R}.link.register`]: async (portal, params) => within(params, await invoice(portal)),
    [`${R}.link.get`]: linked,
    [`${R}.link.unregister`]: linked,
    [`${R}.link.list`]: async (portal, params) => {
      await invoice(portal)
      return params
    },
    'crm.address.add': async (portal, params) => within(params, { ENTITY_ID: await details(portal) }),
    'crm.address.update': contactAddress,
    'crm.address.delete': contactAddress,
    'crm.address.list': async (portal, params) => {
      const ENTITY_ID = await details(portal)
      await addressOf(portal, { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID })
      return { ...params, filter: { ...(params.filter as Parameters), ENTITY_ID } }
    },
  },
  differences: {
    [`${R}.preset.field.list`]: [
      { at: 'answer.total: extra', why: 'the table of the same page tells it; the example leaves it out' },
    ],
    [`${R}.userfield.get`]: [
      {
        at: /_(LABEL|MESSAGE)\.\w+: (extra|missing)$/,
        why: 'the portal of this page had two languages',
      },
    ],
  },
  standIns: {
    [`${R}.list`]: {
      1: {
        answer: { result: [{ UF_CRM_1707997209: '45' }], total: 1 },
        why: 'the second request selects a user field; the answer is to the first',
      },
    },
  },
  amended: {
    'crm.address.list': {
      instead: { error: 0, error_description: 'Access denied.' },
      why: 'the page prints a placeholder; its table has this one text',
    },
  },
  provocations: {
    [`${R}.add`]: changed({ ENTITY_TYPE_ID: 2 }),
    [`${R}.get`]: { change: unknown(R, 27) },
    [`${R}.update`]: { change: unknown(R, 57) },
    [`${R}.delete`]: { change: unknown(R, 57) },
    [`${R}.bankdetail.add`]: changed({ ENTITY_ID: 999_999 }),
    [`${R}.bankdetail.get`]: { change: unknown(`${R}.bankdetail`, 357) },
    [`${R}.bankdetail.update`]: { change: unknown(`${R}.bankdetail`, 357) },
    [`${R}.bankdetail.delete`]: { change: unknown(`${R}.bankdetail`, 357) },
    [`${R}.preset.add`]: changed({ ENTITY_TYPE_ID: 4 }),
    [`${R}.preset.get`]: { change: unknown(`${R}.preset`, 347) },
    [`${R}.preset.update`]: { change: unknown(`${R}.preset`, 347) },
    [`${R}.preset.delete`]: { change: unknown(`${R}.preset`, 347) },
    [`${R}.preset.field.add`]: {
      change: async (_params, portal) => {
        const { preset: of } = await withField(portal, {})
        return { preset: of, fields: { FIELD_NAME: 'RQ_NAME' } }
      },
    },
    [`${R}.preset.field.availabletoadd`]: { change: () => ({ preset: { ID: 999_999 } }) },
    [`${R}.preset.field.get`]: ofTemplate(1),
    [`${R}.preset.field.update`]: ofTemplate(27),
    [`${R}.preset.field.delete`]: ofTemplate(27),
    [`${R}.preset.field.list`]: {
      change: async (_params, portal) => {
        await portal.call(`${R}.preset.delete`, { id: 27 })
        return { preset: { ID: 27 } }
      },
    },
    [`${R}.userfield.add`]: {
      change: async (params, portal) => {
        await portal.call(`${R}.userfield.add`, params)
        return params
      },
    },
    [`${R}.userfield.get`]: { change: unknown(`${R}.userfield`, 235) },
    [`${R}.userfield.update`]: { change: unknown(`${R}.userfield`, 235) },
    [`${R}.userfield.delete`]: { change: unknown(`${R}.userfield`, 235) },
    [`${R}.link.register`]: changed({ ENTITY_ID: 999_999 }),
    [`${R}.link.get`]: { change: (params) => ({ ...params, entityId: 999_999 }) },
    [`${R}.link.unregister`]: { change: (params) => ({ ...params, entityId: 0 }) },
    'crm.address.add': changed({ ENTITY_ID: 0 }),
    'crm.address.update': changed({ ENTITY_ID: 0 }),
    'crm.address.delete': changed({ TYPE_ID: 11 }),
  },
}
