import type { TestPortal } from '../../support/portal.ts'
import { type Parameters, vector } from '../../support/vectors.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { category, must, type, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

/** The pipeline and the person that a request about a card names, and the card if it is to be shown. */
const card = (prefix: string, shown: boolean): Target => {
  const names = { 2: 'dealCategoryId', 1032: 'categoryId' }
  const entityTypeIdOf = (params: Parameters): number =>
    Number(params.entityTypeId ?? { lead: 1, deal: 2, contact: 3, company: 4 }[prefix])
  return async (portal, params) => {
    const entityTypeId = entityTypeIdOf(params)
    if (entityTypeId > 1000) await type(portal, entityTypeId)
    const name = names[entityTypeId as keyof typeof names]
    const extras = (params.extras ?? {}) as Parameters
    const sent: Parameters = {
      ...params,
      ...(name !== undefined && name in extras
        ? { extras: { ...extras, [name]: await category(portal, entityTypeId) } }
        : {}),
      ...(params.userId === 6 ? { userId: (await portal.person()).id } : {}),
    }
    // What the page shows as the answer is written first.
    if (shown) {
      const data = vector(`crm.${prefix}.details.configuration.get`).response.result
      await must(portal, `crm.${prefix}.details.configuration.set`, { ...sent, data })
    }
    return sent
  }
}

const cards = Object.fromEntries(
  ['lead', 'deal', 'contact', 'company', 'item'].flatMap((prefix) =>
    ['get', 'set', 'reset', 'forceCommonScopeForAll'].map((verb) => [
      `crm.${prefix}.details.configuration.${verb}`,
      card(prefix, verb === 'get'),
    ]),
  ),
)

/** The first field of the second section loses its name. */
const nameless: Provocation = {
  change(params) {
    const data = structuredClone(params.data) as { elements: { name: string }[] }[]
    for (const element of data[1]?.elements.slice(0, 1) ?? []) element.name = ''
    return { ...params, data }
  },
}
const untyped: Provocation = {
  change: ({ entityTypeId: _none, ...params }) => params,
}
const anothers: Provocation = {
  by: 'nobody',
  change: (params) => ({ ...params, scope: 'P', userId: 1 }),
}

/** Smart processes in the place of the documented ones, by their ids. */
async function smartProcesses(portal: TestPortal, count: number): Promise<number[]> {
  const ids: number[] = []
  while (ids.length < count) {
    const { type: made } = await must<{ type: { id: number } }>(portal, 'crm.type.add', { fields: { title: 'HR' } })
    ids.push(made.id)
  }
  return ids
}

async function withTypes(portal: TestPortal, params: Parameters): Promise<Parameters> {
  const { fields } = params
  const typeIds = (fields as Parameters).typeIds as unknown[] | undefined
  if (typeIds === undefined || typeIds.length === 0) return params
  return { ...params, fields: { ...(fields as Parameters), typeIds: await smartProcesses(portal, typeIds.length) } }
}

async function workplace(portal: TestPortal, title = 'HR', types = 1): Promise<number> {
  const fields = { title, typeIds: await smartProcesses(portal, types) }
  const made = await must<{ automatedSolution: { id: number } }>(portal, 'crm.automatedsolution.add', { fields })
  return made.automatedSolution.id
}

const workplaces: VectorArea['targets'] = {
  'crm.automatedsolution.add': withTypes,
  'crm.automatedsolution.get': async (portal, params) => withId(params, await workplace(portal)),
  // The page changes a workplace that has other smart processes.
  'crm.automatedsolution.update': async (portal, params) =>
    withTypes(portal, withId(params, await workplace(portal, 'HR', 2))),
  'crm.automatedsolution.delete': async (portal, params) => withId(params, await workplace(portal, 'HR', 0)),
  // The page's ids are above 100.
  'crm.automatedsolution.list': async (portal, { filter = {}, ...params }) => {
    for (const title of ['HR', 'Customer Success', 'R&D']) await workplace(portal, title)
    return { ...params, filter: '>id' in (filter as Parameters) ? { ...(filter as Parameters), '>id': 1 } : filter }
  },
}

const untitled: Provocation = {
  change: (params) => ({ ...params, fields: { ...(params.fields as Parameters), title: '' } }),
}

export const process: VectorArea = {
  targets: { ...cards, ...workplaces },
  differences: {
    'crm.automatedsolution.add': [
      { at: 'answer.result.automatedSolution.typeIds: empty', why: 'the second request names no smart processes' },
    ],
    'crm.automatedsolution.update': [
      { at: 'answer.result.automatedSolution.typeIds: empty', why: 'the third request takes all of them out' },
    ],
    'crm.automatedsolution.list': [
      {
        at: 'answer.result.automatedSolutions[].typeIds: empty',
        why: 'one workplace on the page is empty, as some here are',
      },
    ],
  },
  provocations: {
    'crm.automatedsolution.add': untitled,
    'crm.automatedsolution.update': untitled,
    'crm.automatedsolution.get': { change: (params) => withId(params, 999_999) },
    'crm.automatedsolution.delete': { change: async (params, portal) => withId(params, await workplace(portal)) },
    'crm.automatedsolution.list': { by: 'nobody' },
    'crm.deal.details.configuration.get': anothers,
    'crm.lead.details.configuration.set': nameless,
    'crm.contact.details.configuration.set': nameless,
    'crm.company.details.configuration.set': nameless,
    'crm.item.details.configuration.set': nameless,
    'crm.item.details.configuration.get': untyped,
    'crm.item.details.configuration.reset': untyped,
    'crm.item.details.configuration.forceCommonScopeForAll': untyped,
  },
}
