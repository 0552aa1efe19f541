import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import type { LocationQueryRaw } from 'vue-router'
import { call } from '../api/portal.ts'

export type Level = 'none' | 'own' | 'department' | 'subdepartments' | 'open' | 'all' | (string & {})
export type Action = 'read' | 'add' | 'update' | 'delete' | 'import' | 'export' | 'configure'

/** A group of records with stages of its own; types without pipelines have one, with the id 0. */
export interface Pipeline {
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly isDefault: boolean
  /** What `crm.status.list` calls ENTITY_ID: the directory of its stages; null where it has none. */
  readonly stageDirectory: string | null
  /** What the person may do with its records. */
  readonly rights: Readonly<Record<Action, Level>>
}

/** A kind of record as the portal declares it (`portico.entity.list`). */
export interface RecordType {
  readonly entityTypeId: number
  /** `lead`, `deal`, …, `dynamic_1220`. */
  readonly name: string
  /** What people call the records: `Leads`. */
  readonly title: string
  readonly isDynamic: boolean
  /** `stageId`, where its records have stages. */
  readonly stageField: string | null
  /** Whether its records belong to pipelines. */
  readonly hasCategories: boolean
  readonly userFieldEntityId: string
  /** Whether records have rows of products. */
  readonly hasProducts: boolean
  readonly pipelines: readonly Pipeline[]
}

export const typesQuery = {
  queryKey: ['types'],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly RecordType[]> =>
    (await call<{ entities: readonly RecordType[] }>('portico.entity.list', {}, signal)).entities,
  staleTime: 5 * 60_000,
} as const

export const useRecordTypes = (): UseQueryReturnType<readonly RecordType[], Error> => useQuery(typesQuery)

/** The type that an address names: `lead`, `type/1220`. */
export const typeOfPath = (types: readonly RecordType[], text: string): RecordType | undefined => {
  const number = /^type\/(\d+)$/.exec(text)?.[1]
  return types.find((type) => (number === undefined ? type.name === text : type.entityTypeId === Number(number)))
}

/** The type of the page, by its route's `type`. */
export function useRecordType(text: MaybeRefOrGetter<unknown>): ComputedRef<RecordType | undefined> {
  const { data } = useRecordTypes()
  return computed(() => typeOfPath(data.value ?? [], String(toValue(text))))
}

/** `/crm/lead`, `/crm/type/1220`: addresses as integrations know them, without the slash at their end. */
export const pathOf = ({ isDynamic, name, entityTypeId }: RecordType): string =>
  isDynamic ? `/crm/type/${entityTypeId}` : `/crm/${name}`

export const boardPath = (type: RecordType): string => `${pathOf(type)}/kanban/`
export const listPath = (type: RecordType): string => `${pathOf(type)}/list/`
/** A card; id 0 is a new record. */
export const cardPath = (type: RecordType, id: number, query?: LocationQueryRaw): string => {
  const entries = Object.entries(query ?? {}).map(([key, value]) => [key, String(value)])
  const search = new URLSearchParams(entries).toString()
  return `${pathOf(type)}/details/${id}/${search === '' ? '' : `?${search}`}`
}
/** Where a click on the type's name leads: to the board where there are stages, else to the list. */
export const homeOf = (type: RecordType): string => (type.stageField === null ? listPath(type) : boardPath(type))

export const mayIn = (type: RecordType, action: Action, pipeline?: number): boolean =>
  type.pipelines.some(({ id, rights }) => (pipeline === undefined || id === pipeline) && rights[action] !== 'none')
