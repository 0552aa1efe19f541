import type { Entity } from '../schema/entity.ts'
import { sql } from '../store/sql.ts'
import type { Transaction } from '../store/store.ts'
import { rolePlace } from '../store/tables.ts'
import { actions } from './levels.ts'

/* What roles say follows what they speak of. Each of these is part of a change of the cache `roles`. */

/** Nobody but administrators gets into a new pipeline before a role lets them. */
export async function closePipeline(tx: Transaction, entity: string, category: number): Promise<void> {
  for (const { id } of await tx.find<{ id: number }>(sql`select id from crm_role order by id`))
    for (const action of actions)
      if (action !== 'configure')
        tx.insert(rolePlace, {
          role_id: id,
          entity,
          action,
          category_id: category,
          stage_id: '',
          level: 'none',
        })
}

/** Of an entity that is no more. */
export async function forgetEntity(tx: Transaction, { name }: Pick<Entity, 'name'>): Promise<void> {
  await tx.change(sql`delete from crm_role_permission where entity = ${name}`)
  await tx.change(sql`delete from crm_role_place where entity = ${name}`)
}

export async function forgetPipeline(tx: Transaction, entity: string, category: number): Promise<void> {
  await tx.change(sql`delete from crm_role_place where entity = ${entity} and category_id = ${category}`)
}

export async function forgetStage(tx: Transaction, entity: string, stage: string): Promise<void> {
  await tx.change(sql`delete from crm_role_place where entity = ${entity} and stage_id = ${stage}`)
}
