import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import { category, documented, fieldsOf, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

/** The documented fields of a setting, with a deal and a pipeline of this portal. */
async function given(portal: TestPortal, fields: Parameters): Promise<Parameters> {
  return {
    ...fields,
    ...('DEAL_ID' in fields
      ? { DEAL_ID: await must(portal, 'crm.deal.add', { fields: { TITLE: 'Each month' } }) }
      : {}),
    ...('CATEGORY_ID' in fields ? { CATEGORY_ID: String(await category(portal, 2)) } : {}),
  }
}

const made = async (portal: TestPortal): Promise<number> =>
  must(portal, 'crm.deal.recurring.add', {
    fields: await given(portal, fieldsOf(documented('crm.deal.recurring.add'))),
  })

const setting: Target = async (portal, params) => {
  const id = await made(portal)
  const fields = params.fields as Parameters | undefined
  return withId(fields === undefined ? params : { ...params, fields: await given(portal, fields) }, id)
}

/** A setting whose template is none any more: others go with their template. */
const loose: Target = async (portal, params) => {
  const id = await made(portal)
  const { DEAL_ID } = await must<{ DEAL_ID: string }>(portal, 'crm.deal.recurring.get', { id })
  await must(portal, 'crm.deal.update', { id: DEAL_ID, fields: { IS_RECURRING: 'N' } })
  return withId(params, id)
}

export const recurring: VectorArea = {
  targets: {
    'crm.deal.recurring.add': async (portal, params) => ({
      ...params,
      fields: await given(portal, fieldsOf(params)),
    }),
    'crm.deal.recurring.get': setting,
    'crm.deal.recurring.update': setting,
    'crm.deal.recurring.expose': setting,
    'crm.deal.recurring.delete': loose,
    // The request asks for settings that have been used.
    'crm.deal.recurring.list': async (portal, params) => {
      await must(portal, 'crm.deal.recurring.expose', { id: await made(portal) })
      return params
    },
  },
  differences: {
    'crm.deal.recurring.list': [
      {
        at: /\.(ID|DEAL_ID|BASED_ID|CATEGORY_ID): extra$/,
        why: 'the example has them in lower case alone; the overview and official clients read them in upper case',
      },
      {
        at: /\.SINGLE_BEFORE_START_DATE_TYPE: null instead of string$/,
        why: 'the page of crm.deal.recurring.get shows null where nothing was given',
      },
    ],
  },
  provocations: {
    'crm.deal.recurring.add': {
      change: async (params, portal) => {
        const template = await must(portal, 'crm.deal.add', { fields: { TITLE: 'Template', IS_RECURRING: 'Y' } })
        const fields = { ...fieldsOf(params), DEAL_ID: template }
        await must(portal, 'crm.deal.recurring.add', { fields })
        return { ...params, fields }
      },
    },
    'crm.deal.recurring.get': { change: (params) => withId(params, 999_999) },
    'crm.deal.recurring.update': { change: (params) => withId(params, 999_999) },
    'crm.deal.recurring.expose': { change: (params) => withId(params, 0) },
    'crm.deal.recurring.delete': { change: async (params, portal) => withId(params, await made(portal)) },
    'crm.deal.recurring.list': { by: 'nobody' },
  },
}
