import { sql } from '../../../src/store/sql.ts'
import { user } from '../../../src/store/tables.ts'
import type { TestPortal } from '../../support/portal.ts'
import { type Parameters, sendable, vector } from '../../support/vectors.ts'
import {
  category,
  documented,
  everyFlag,
  fieldsOf,
  fresh,
  hasType,
  must,
  type,
  type Target,
  typed,
  withId,
} from './making.ts'

const freshType =
  (more: Parameters): Target =>
  async (portal, params) => {
    const { type: made } = await must<{ type: { id: number } }>(portal, 'crm.type.add', {
      fields: { title: 'SPA #3', ...more },
    })
    return withId(params, made.id)
  }

async function status(portal: TestPortal): Promise<number> {
  return must(portal, 'crm.status.add', {
    fields: { ENTITY_ID: 'SOURCE', STATUS_ID: `TARGET_${fresh()}`, NAME: 'A source', SORT: 900 },
  })
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

function fieldsOfType(): Parameters {
  const { entityTypeId: _taken, ...fields } = fieldsOf(documented('crm.type.add'))
  return fields
}

/** Pipelines, smart processes, directories, currencies and people. */
export const settingTargets: readonly (readonly [method: string, Target])[] = [
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
]
