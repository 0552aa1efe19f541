import { JoinedSession } from '../../../../store/joined-session.ts'
import type { Opened } from '../../../command.ts'
import { Look, mapOf, type Row } from './look.ts'
import { readState, readStatuses, type State } from './state.ts'

/** What a portal has before anybody has used it, and what new things begin with. A dump leaves it out. */
export interface Baseline {
  readonly state: State
  /** The default pipeline of a new smart process. */
  readonly pipeline: Row
  /** The stages of a new pipeline, by the entity type that it is of; 0 stands for every smart process. */
  readonly stages: ReadonlyMap<number, readonly Row[]>
  /** New records of which nothing was said, by their entity types; 0 stands for every smart process. */
  readonly records: ReadonlyMap<number, Row>
  /** Tax rates, units and templates of requisites that every portal has. */
  readonly vats: readonly Row[]
  readonly measures: readonly Row[]
  readonly presets: readonly Row[]
}

/** Everything that a smart process may have, so that its new record shows what each field begins with. */
const EVERYTHING = [
  'isCategoriesEnabled',
  'isStagesEnabled',
  'isBeginCloseDatesEnabled',
  'isClientEnabled',
  'isLinkWithProductsEnabled',
  'isMycompanyEnabled',
  'isSourceEnabled',
  'isObserversEnabled',
]

const ITEMS = [1, 2, 3, 4, 7, 31]

/**
 * What is in a portal that has just been made, such as one in memory; what is tried out there is undone. It depends on
 * the language of the portal, which has to be that of the portal that is dumped.
 */
export async function baselineOf({ portal, pipeline }: Pick<Opened, 'portal' | 'pipeline'>): Promise<Baseline> {
  const session = new JoinedSession(portal.store.session(), async () => {})
  try {
    return await pipeline.inside(
      1,
      async (dispatch) => {
        const look = new Look(portal, session, dispatch)
        const state = await readState(look)
        const vats = await look.rows('crm.vat.list')
        const measures = await look.rows('crm.measure.list')
        const presets = await look.rows('crm.requisite.preset.list')
        return { state, vats, measures, presets, ...(await tried(look)) }
      },
      undefined,
      session,
    )
  } finally {
    await session.abandon()
    portal.caches.drop()
  }
}

async function tried(look: Look): Promise<Pick<Baseline, 'pipeline' | 'stages' | 'records'>> {
  const settings = Object.fromEntries(EVERYTHING.map((name) => [name, 'Y']))
  const made = await look.call('crm.type.add', { fields: { title: 'Type', ...settings } })
  const entityTypeId = Number(mapOf(mapOf(made).type).entityTypeId)
  const categories = mapOf(await look.call('crm.category.list', { entityTypeId })).categories as Row[]
  const pipeline = categories[0] ?? {}
  const added = async (type: number): Promise<number> => {
    const answer = await look.call('crm.category.add', { entityTypeId: type, fields: { name: 'Pipeline' } })
    return Number(mapOf(mapOf(answer).category).id)
  }
  const [deals, invoices] = [await added(2), await added(31)]
  const statuses = await readStatuses(look)
  const stages = new Map([
    [2, statuses.get(`DEAL_STAGE_${deals}`) ?? []],
    [31, statuses.get(`SMART_INVOICE_STAGE_${invoices}`) ?? []],
    [0, statuses.get(`DYNAMIC_${entityTypeId}_STAGE_${String(pipeline.id)}`) ?? []],
  ])
  const records = new Map<number, Row>()
  for (const type of [...ITEMS, entityTypeId]) {
    const { item } = mapOf(await look.call('crm.item.add', { entityTypeId: type, fields: {} }))
    records.set(type === entityTypeId ? 0 : type, mapOf(item))
  }
  return { pipeline, stages, records }
}
