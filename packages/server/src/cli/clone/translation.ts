import { entityTypeIdOfName, isDynamic, nameOfEntityType } from '../../schema/entity-types.ts'
import type { Clone } from './step.ts'

/** How the map calls what settings are known by. */
export const USER = 'user'
export const DEPARTMENT = 'department'
export const STATUS = 'status'
export const FIELD = 'field'
export const OPTION = 'option'
/** Smart processes: by the id of the type, and by its `entityTypeId`. */
export const TYPE = 'type'
export const ENTITY_TYPE = 'entityType'
/** In place of a digest: the row was here before, and stays as people here have made it. */
export const OURS = 'ours'
/** Portals number the pipelines of deals, of invoices and of smart processes each from 1. */
export const categoryKind = (entityTypeId: number): string => `category:${entityTypeId}`

/** What names and codes of the source are here: they hold numbers of pipelines and types, which may be others here. */
export interface Translation {
  /** `entityTypeId` of a smart process; others are the same everywhere. Undefined if it has not come. */
  type(entityTypeId: number): number | undefined
  /** A pipeline of an entity, by the source's `entityTypeId`. The general one is 0 everywhere. */
  category(entityTypeId: number, id: number): number | undefined
  /** `DEAL_STAGE_5`, `DYNAMIC_1032_STAGE_12`; other directories have the same name. Undefined if its pipeline has not come. */
  directory(entityId: string): string | undefined
  /** `C5:NEW`, `DT1032_12:NEW`; other codes are the same. */
  code(statusId: string): string
  /** `CRM_7` of a smart process; others are the same. */
  fieldsOf(entityId: string): string | undefined
  /** `UF_CRM_7_SIZE`, with the number of its smart process here. */
  fieldName(name: string, entityId: string): string
  /** `DYNAMIC_1032`; other names are the same. */
  typeName(name: string): string
}

const byNumber = (map: ReadonlyMap<string, number>, key: number): number | undefined => map.get(String(key))

export async function translationOf({ state, session }: Pick<Clone, 'state' | 'session'>): Promise<Translation> {
  const types = await state.all(session, ENTITY_TYPE)
  const typeIds = await state.all(session, TYPE)
  const categories = new Map<number, ReadonlyMap<string, number>>()
  for (const entityTypeId of [2, 3, 4, 31, ...[...types.keys()].map(Number)])
    categories.set(entityTypeId, await state.all(session, categoryKind(entityTypeId)))
  const type = (id: number): number | undefined => (isDynamic(id) ? byNumber(types, id) : id)
  const category = (entityTypeId: number, id: number): number | undefined =>
    byNumber(categories.get(entityTypeId) ?? new Map(), id) ?? (id === 0 ? 0 : undefined)
  return {
    type,
    category,
    directory(entityId) {
      const [, deal] = /^DEAL_STAGE_(\d+)$/.exec(entityId) ?? []
      if (deal !== undefined) return suffixed('DEAL_STAGE_', category(2, Number(deal)))
      const [, invoice] = /^SMART_INVOICE_STAGE_(\d+)$/.exec(entityId) ?? []
      if (invoice !== undefined) return suffixed('SMART_INVOICE_STAGE_', category(31, Number(invoice)))
      const [, own, pipeline] = /^DYNAMIC_(\d+)_STAGE_(\d+)$/.exec(entityId) ?? []
      if (own === undefined) return entityId
      const there = type(Number(own))
      return there === undefined
        ? undefined
        : suffixed(`DYNAMIC_${there}_STAGE_`, category(Number(own), Number(pipeline)))
    },
    code(statusId) {
      const [, deal] = /^C(\d+):/.exec(statusId) ?? []
      if (deal !== undefined) return renamed(statusId, `C${category(2, Number(deal)) ?? deal}`)
      const [, own, pipeline] = /^DT(\d+)_(\d+):/.exec(statusId) ?? []
      if (own === undefined) return statusId
      const there = type(Number(own)) ?? own
      return renamed(statusId, `DT${there}_${category(Number(own), Number(pipeline)) ?? pipeline}`)
    },
    fieldsOf(entityId) {
      const [, id] = /^CRM_(\d+)$/.exec(entityId) ?? []
      return id === undefined ? entityId : suffixed('CRM_', byNumber(typeIds, Number(id)))
    },
    fieldName(name, entityId) {
      const [, id] = /^CRM_(\d+)$/.exec(entityId) ?? []
      const here = id === undefined ? undefined : byNumber(typeIds, Number(id))
      const prefix = `UF_${entityId}_`
      return here === undefined || !name.startsWith(prefix) ? name : `UF_CRM_${here}_${name.slice(prefix.length)}`
    },
    typeName(name) {
      const id = entityTypeIdOfName(name)
      return id === undefined || !isDynamic(id) ? name : nameOfEntityType(type(id) ?? id)
    },
  }
}

const suffixed = (prefix: string, id: number | undefined): string | undefined =>
  id === undefined ? undefined : `${prefix}${id}`
const renamed = (statusId: string, prefix: string): string => `${prefix}${statusId.slice(statusId.indexOf(':'))}`
