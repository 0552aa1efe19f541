import { isDynamic } from '../../../schema/entity-types.ts'
import type { Entity } from '../../../schema/entity.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone } from '../step.ts'
import { ENTITY_TYPE } from '../translation.ts'

/** An item that has come: its number there and here. */
export interface OwnerKey {
  readonly key: string
  readonly id: number
}

/** The steps that bring items. */
export const ITEMS = ['companies', 'contacts', 'leads', 'deals', 'quotes', 'invoices', 'items'] as const

/** Calls that a batch takes. */
const BATCH = 50

/** What belongs to some items, whole, by their numbers there. */
export interface OwnerLists {
  readonly owners: readonly OwnerKey[]
  readonly lists: ReadonlyMap<string, readonly Row[]>
  /** Items whose lists the source does not give, and why. */
  readonly refused: ReadonlyMap<string, Refused>
  readonly cursor: string
}

export interface OwnerList {
  readonly method: string
  params(key: string): Readonly<Record<string, unknown>>
  /** Where the rows stand in the result. */
  readonly path?: string
  /** Rows of a page; a page that is full may not be all. */
  readonly page?: number
}

/**
 * Asks for the list of each item of an entity that has come, in the order of their ids here, many in a request: there
 * are lists that the API gives only so.
 * @throws Refused where the source gives none of a batch
 */
export async function* listsOfOwners(
  clone: Clone,
  entity: Entity,
  after: string | undefined,
  { method, params, path, page = 50 }: OwnerList,
  only: Fragment = sql`1 = 1`,
): AsyncGenerator<OwnerLists> {
  for (let cursor = after ?? '0'; ;) {
    const owners = await nextOwners(clone, entity.entityTypeId, Number(cursor), only)
    const last = owners.at(-1)
    if (last === undefined) return
    cursor = String(last.id)
    const answers = await clone.source.batch(
      Object.fromEntries(owners.map(({ key }) => [`o${key}`, { method, params: params(key) }])),
    )
    const lists = new Map<string, readonly Row[]>()
    const refused = new Map<string, Refused>()
    for (const { key } of owners) {
      const answer = answers.get(`o${key}`)
      if (answer instanceof Refused) {
        refused.set(key, answer)
        continue
      }
      const rows = rowsOf(answer, path)
      lists.set(key, rows.length < page ? rows : await clone.source.rows(method, params(key), path))
    }
    const [first] = refused.values()
    if (first !== undefined && lists.size === 0 && owners.length > 1) throw first
    yield { owners, lists, refused, cursor }
  }
}

async function nextOwners(clone: Clone, entityTypeId: number, after: number, only: Fragment): Promise<OwnerKey[]> {
  const rows = await clone.session.find<{ source_key: string; target_id: number }>(
    sql`select source_key, target_id from clone_map where source_id = ${clone.state.id} and kind = ${itemKind(entityTypeId)} and target_id > ${after} and ${only} order by target_id limit ${BATCH}`,
  )
  return rows.map((row) => ({ key: row.source_key, id: row.target_id }))
}

/** Types of records as the source numbers them, by what they are here: those of smart processes may differ. */
export async function typesThere({ state, session, target }: Clone): Promise<ReadonlyMap<number, number>> {
  const here = new Map<number, number>()
  for (const { entityTypeId } of await target.portal.entities.all(session))
    if (!isDynamic(entityTypeId)) here.set(entityTypeId, entityTypeId)
  for (const [there, id] of await state.all(session, ENTITY_TYPE)) here.set(id, Number(there))
  return here
}
