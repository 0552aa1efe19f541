import type { Check } from '../../../records/check.ts'
import type { Context } from '../../../records/context.ts'
import type { Hooks } from '../../../records/hooks.ts'
import type { Entity } from '../../../schema/entity.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import type { Table } from '../../../store/table.ts'

/** Whom to call: contacts or companies, one after another. */
export const callListTable: Table = {
  name: 'crm_call_list',
  columns: {
    id: 'integer',
    entity_type_id: 'integer',
    created: 'integer',
    created_by: 'integer',
    webform_id: 'integer',
  },
}

export const participantTable: Table = {
  name: 'crm_call_list_item',
  columns: { list_id: 'integer', entity_type_id: 'integer', entity_id: 'integer', status: 'text' },
  key: ['list_id', 'entity_id'],
  indexes: [{ columns: ['entity_type_id', 'entity_id'] }],
}

export interface CallList {
  readonly id: number
  readonly entity_type_id: number
  readonly created: number
  readonly created_by: number
  readonly webform_id: number | null
}

/** Codes of calls that have not been made yet, and of the directory of all. */
export const STATUSES = 'CALL_LIST'
const WAITING = 'IN_WORK'

export async function findCallList(reader: Reader, id: number): Promise<CallList | undefined> {
  const [found] = await reader.find<CallList>(sql`select * from crm_call_list where id = ${id}`)
  return found
}

export const allCallLists = (reader: Reader): Promise<CallList[]> =>
  reader.find<CallList>(sql`select * from crm_call_list order by id`)

/** Which of these records there are; of those that `shown` holds for, if it is given. */
export async function existing(
  reader: Reader,
  entity: Entity,
  ids: readonly number[],
  { shown, lock = false }: { shown?: Test | undefined; lock?: boolean } = {},
): Promise<Set<number>> {
  const own = entity.field('id')
  const among: Test = { is: 'compare', field: own, op: 'in', values: ids }
  const test = shown === undefined ? among : and([among, shown])
  const rows = await select(reader, { entity, fields: [own], test, order: [{ field: own, direction: 'ASC' }], lock })
  return new Set(rows.map((row) => Number(scalarOf(row, own))))
}

/** Which of these records the caller may read. */
export async function readableOf(context: Context, entity: Entity, ids: readonly number[]): Promise<Set<number>> {
  const { test } = await context.portal.access.reach(context, entity, 'read')
  return existing(context.session, entity, ids, { shown: test })
}

/** Makes these the participants of a list; those that were stay as they are. */
export async function writeParticipants(
  tx: Transaction,
  { id, entity_type_id: entityTypeId }: Pick<CallList, 'id' | 'entity_type_id'>,
  ids: readonly number[],
): Promise<void> {
  const rows = await tx.find<{ entity_id: number }>(sql`select entity_id from crm_call_list_item where list_id = ${id}`)
  const known = new Set(rows.map((row) => row.entity_id))
  await tx.change(sql`delete from crm_call_list_item where list_id = ${id} and entity_id not in (${sql.join(ids)})`)
  for (const each of new Set(ids))
    if (!known.has(each))
      tx.insert(participantTable, { list_id: id, entity_type_id: entityTypeId, entity_id: each, status: WAITING })
}

export const participantsOf = (reader: Reader, listId: number): Promise<{ entity_id: number; status: string }[]> =>
  reader.find(sql`select entity_id, status from crm_call_list_item where list_id = ${listId} order by entity_id`)

export const callListHooks: Hooks = {
  async removed({ entity, id, tx }) {
    await tx.change(
      sql`delete from crm_call_list_item where entity_type_id = ${entity.entityTypeId} and entity_id = ${id}`,
    )
  },
}

export const callListChecks: readonly Check[] = [
  {
    name: 'participants of call lists have their list',
    faults: () =>
      sql`select 'participant ' || cast(i.entity_id as text) || ' of call list ' || cast(i.list_id as text) as fault from crm_call_list_item i where not exists (select 1 from crm_call_list l where l.id = i.list_id and l.entity_type_id = i.entity_type_id)`,
  },
  ...([3, 4] as const).map((entityTypeId): Check => {
    const table = sql.table(entityTypeId === 3 ? 'crm_contact' : 'crm_company')
    return {
      name: `participants of call lists exist (type ${entityTypeId})`,
      faults: () =>
        sql`select 'participant ' || cast(i.entity_id as text) || ' of call list ' || cast(i.list_id as text) as fault from crm_call_list_item i where i.entity_type_id = ${entityTypeId} and not exists (select 1 from ${table} o where o.id = i.entity_id)`,
    }
  }),
]
