import { isDynamic } from '../../schema/entity-types.ts'

/** The directory that holds an entity's stages: one per pipeline (api-reference/crm/status/index.md). */
export function stageDirectory(entityTypeId: number, categoryId: number): string {
  if (entityTypeId === 1) return 'STATUS'
  if (entityTypeId === 2) return categoryId > 0 ? `DEAL_STAGE_${categoryId}` : 'DEAL_STAGE'
  if (entityTypeId === 7) return 'QUOTE_STATUS'
  if (entityTypeId === 31) return `SMART_INVOICE_STAGE_${categoryId}`
  if (isDynamic(entityTypeId)) return `DYNAMIC_${entityTypeId}_STAGE_${categoryId}`
  throw new Error(`entity type ${entityTypeId} has no stages`)
}
