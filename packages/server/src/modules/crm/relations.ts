import { ensureColumns } from '../../records/entity-columns.ts'
import { parentField, type RelationRow } from '../../records/entities.ts'
import type { Entity } from '../../schema/entity.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { relation } from '../../store/tables.ts'
import { isTrue, type YesNo } from './type-settings.ts'

/** A related entity type as the wire shows it (api-reference/crm/data-types.md#relation). */
export interface Related {
  readonly entityTypeId: number
  readonly isChildrenListEnabled: YesNo
}
export interface Relations {
  readonly parent: readonly Related[]
  readonly child: readonly Related[]
}

export interface ShownRelations {
  readonly parent: readonly (Related & { readonly isPredefined: YesNo })[]
  readonly child: readonly (Related & { readonly isPredefined: YesNo })[]
}

/** The field "Client" makes contacts and companies parents, without a `parentId…` field: `contactIds` and `companyId` are theirs. */
const CLIENT = [3, 4]
const predefined = CLIENT.map((entityTypeId) => ({
  entityTypeId,
  isChildrenListEnabled: 'Y' as const,
  isPredefined: 'Y' as const,
}))

const related = (entityTypeId: number, row: RelationRow): Related => ({
  entityTypeId,
  isChildrenListEnabled: row.is_children_list_enabled === 'Y' ? 'Y' : 'N',
})

/** The stored relations of a type, by the numbers of the related types. */
export function relationsOf(entityTypeId: number, rows: readonly RelationRow[]): Relations {
  const byId = (a: Related, b: Related): number => a.entityTypeId - b.entityTypeId
  return {
    parent: rows
      .filter((row) => row.child_type_id === entityTypeId)
      .map((row) => related(row.parent_type_id, row))
      .sort(byId),
    child: rows
      .filter((row) => row.parent_type_id === entityTypeId)
      .map((row) => related(row.child_type_id, row))
      .sort(byId),
  }
}

/** Relations for the wire, those that follow from the field "Client" first. */
export function shownRelations({ parent, child }: Relations, isClientEnabled: boolean): ShownRelations {
  const own = (each: Related): Related & { readonly isPredefined: YesNo } => ({ ...each, isPredefined: 'N' })
  return { parent: [...(isClientEnabled ? predefined : []), ...parent.map(own)], child: child.map(own) }
}

/** `relations` as sent; what is wrong in it is left out without an error (crm-type-update.md, "Relations"). */
export function readRelations(input: unknown): Relations {
  const read = (list: unknown): Related[] =>
    typeof list !== 'object' || list === null
      ? []
      : Object.values(list).flatMap((each: unknown) => {
          if (typeof each !== 'object' || each === null) return []
          const { entityTypeId, isChildrenListEnabled } = each as Record<string, unknown>
          const id = Number(entityTypeId)
          return Number.isInteger(id) && id > 0
            ? [{ entityTypeId: id, isChildrenListEnabled: isTrue(isChildrenListEnabled) ? 'Y' : 'N' }]
            : []
        })
  const { parent, child } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  return { parent: read(parent), child: read(child) }
}

/**
 * Makes the relations of an entity exactly these. A new child gets the column of its `parentId…` field; where a relation
 * ends, the links that records had by it are cleared. Unknown types and the entity itself are left out.
 */
export async function writeRelations(
  tx: Transaction,
  entity: Entity,
  wanted: Relations,
  others: ReadonlyMap<number, Entity>,
  isClientEnabled: boolean,
): Promise<void> {
  const own = entity.entityTypeId
  const entityOf = (id: number): Entity | undefined => (id === own ? entity : others.get(id))
  const pairs = new Map<string, { parent: number; child: Entity; list: YesNo }>()
  const add = (parent: number, child: number, list: YesNo): void => {
    const target = entityOf(child)
    if (parent === child || target === undefined || entityOf(parent) === undefined) return
    if (isClientEnabled && child === own && CLIENT.includes(parent)) return
    pairs.set(`${parent} ${child}`, { parent, child: target, list })
  }
  for (const each of wanted.parent) add(each.entityTypeId, own, each.isChildrenListEnabled)
  for (const each of wanted.child) add(own, each.entityTypeId, each.isChildrenListEnabled)

  const stored = await tx.find<RelationRow>(
    sql`select * from crm_relation where parent_type_id = ${own} or child_type_id = ${own}`,
  )
  for (const { parent_type_id: parent, child_type_id: child } of stored) {
    const kept = pairs.get(`${parent} ${child}`)
    if (kept !== undefined) {
      await tx.change(
        sql`update crm_relation set is_children_list_enabled = ${kept.list} where parent_type_id = ${parent} and child_type_id = ${child}`,
      )
      pairs.delete(`${parent} ${child}`)
      continue
    }
    await tx.change(sql`delete from crm_relation where parent_type_id = ${parent} and child_type_id = ${child}`)
    const target = entityOf(child)
    if (target === undefined) continue
    const column = sql.ref(`parent_id_${parent}`)
    await tx.change(sql`update ${sql.table(target.table)} set ${column} = null where ${column} is not null`)
  }
  for (const { parent, child, list } of pairs.values()) {
    tx.insert(relation, {
      parent_type_id: parent,
      child_type_id: child.entityTypeId,
      is_children_list_enabled: list,
      is_predefined: 'N',
    })
    await ensureColumns(tx, child.extend([parentField(parent, '')]))
  }
}
