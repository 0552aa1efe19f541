import { isDynamic } from '../../../schema/entity-types.ts'
import type { Source } from '../source.ts'
import type { Step } from '../step.ts'
import { numberOf, textOf } from '../values.ts'
import { copyItems } from './copy.ts'
import { references } from './references.ts'

const settings = ['users', 'currencies', 'directories', 'fields']

const totalOf = (source: Source, entityTypeId: number): Promise<number | undefined> =>
  source.total('crm.item.list', { entityTypeId, select: ['id'] })

const itemsOf = (name: string, there: number): Step => ({
  name,
  after: settings,
  count: (source) => totalOf(source, there),
  run: (clone) => copyItems(clone, { step: name, there }),
})

const typesIn = async (source: Source): Promise<{ entityTypeId: number; id: string }[]> =>
  (await source.rows('crm.type.list', { order: { id: 'ASC' } }, 'types')).flatMap((row) => {
    const entityTypeId = numberOf(row.entityTypeId) ?? 0
    return isDynamic(entityTypeId) ? [{ entityTypeId, id: textOf(row.id) }] : []
  })

/** Items of every smart process. */
const smartProcesses: Step = {
  name: 'items',
  after: settings,
  async count(source) {
    let sum = 0
    for (const { entityTypeId } of await typesIn(source)) sum += (await totalOf(source, entityTypeId)) ?? 0
    return sum
  },
  async run(clone) {
    for (const { entityTypeId, id } of await typesIn(clone.source))
      await copyItems(clone, { step: 'items', there: entityTypeId, fieldsThere: `CRM_${id}` })
  },
}

/** Items of the CRM. Those that others point at come first; what is left is the business of `references`. */
export const itemSteps: readonly Step[] = [
  itemsOf('companies', 4),
  itemsOf('contacts', 3),
  itemsOf('leads', 1),
  itemsOf('deals', 2),
  itemsOf('quotes', 7),
  itemsOf('invoices', 31),
  smartProcesses,
  references,
]
