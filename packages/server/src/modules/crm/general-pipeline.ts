import type { Portal } from '../../records/context.ts'
import type { Category } from '../../records/directories.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import { DEFAULT_SORT, GENERAL } from './pipelines.ts'

/**
 * Deals, contacts and companies have a default pipeline with the id 0, which is no row of `crm_category`: all that can
 * change of it, its name and its place, is a setting of the portal (api-reference/crm/universal/category/crm-category-list.md).
 */
const GENERAL_SORT = 300
const VIRTUAL: ReadonlySet<number> = new Set([2, 3, 4])
const key = (entityTypeId: number): string => `crm.category.${entityTypeId}`

export const hasGeneralPipeline = (entityTypeId: number): boolean => VIRTUAL.has(entityTypeId)

export async function generalPipeline(portal: Portal, reader: Reader, entityTypeId: number): Promise<Category> {
  const stored = await portal.settings.get(reader, key(entityTypeId))
  const { name, sort } = (stored === undefined ? {} : JSON.parse(stored)) as { name?: string; sort?: number }
  return {
    id: 0,
    entityTypeId,
    name: name ?? GENERAL,
    sort: sort ?? (entityTypeId === 2 ? GENERAL_SORT : DEFAULT_SORT),
    isDefault: true,
    isSystem: false,
    code: '',
    originId: '',
    originatorId: '',
  }
}

export async function changeGeneralPipeline(
  portal: Portal,
  tx: Transaction,
  { entityTypeId, name, sort }: Category,
): Promise<void> {
  await portal.settings.set(tx, key(entityTypeId), JSON.stringify({ name, sort }))
}

/** All pipelines of an entity type, in their order. */
export async function pipelines(portal: Portal, reader: Reader, entityTypeId: number): Promise<readonly Category[]> {
  const stored = await portal.directories.categories(reader, entityTypeId)
  if (!hasGeneralPipeline(entityTypeId)) return stored
  const general = await generalPipeline(portal, reader, entityTypeId)
  return [...stored, general].sort((a, b) => a.sort - b.sort || (a.id || Infinity) - (b.id || Infinity))
}
