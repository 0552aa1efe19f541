import { useQuery } from '@tanstack/vue-query'
import { PortalError } from 'portico-client'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/portal.ts'
import type { Field } from '../model/fields.ts'
import type { Card } from './card.ts'

export interface StageRequirement {
  readonly categoryId: number
  readonly stageId: string
  readonly fields: readonly string[]
}

export const requiredQuery = (entityTypeId: number) => ({
  queryKey: ['stage-required', entityTypeId] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly StageRequirement[]> =>
    (await call<{ stages: StageRequirement[] }>('portico.stage.required.list', { entityTypeId }, signal)).stages,
  staleTime: 60_000,
})

/** Which fields the stages of a type need, by stage. */
export function useRequired(
  entityTypeId: () => number | undefined,
): ComputedRef<ReadonlyMap<string, readonly string[]>> {
  const { data } = useQuery(
    computed(() => ({ ...requiredQuery(entityTypeId() ?? 0), enabled: entityTypeId() !== undefined })),
  )
  return computed(() => new Map((data.value ?? []).map(({ stageId, fields }) => [stageId, fields])))
}

/** Phones and the like have no field of their own in rows of `crm.item.*`: they are in `fm`, by their type. */
export const POINTS = ['PHONE', 'EMAIL', 'WEB', 'IM'] as const
export type PointType = (typeof POINTS)[number]
export const isPointType = (name: string): name is PointType => POINTS.includes(name as PointType)

interface Point {
  readonly typeId: string
  readonly value: string
}

function isEmpty(value: unknown, field: Field | undefined): boolean {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return true
  // No company, no contact: links are 0 where there is none.
  return value === 0 && field !== undefined && /^crm|^user$|^employee$/.test(field.type)
}

/** Which of these fields each card has not filled in, by card; cards that lack nothing are left out. */
export async function missingIn(
  entityTypeId: number,
  cards: readonly Card[],
  names: readonly string[],
  fields: readonly Field[],
): Promise<Map<number, readonly string[]>> {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const hasPoints = names.some(isPointType)
  const missing = new Map<number, readonly string[]>()
  for (let from = 0; from < cards.length; from += 50) {
    const { items } = await call<{ items: readonly Card[] }>('crm.item.list', {
      entityTypeId,
      // `fm` comes only with everything.
      select: hasPoints ? ['*', 'fm'] : ['id', ...names.filter((name) => byName.has(name))],
      filter: { '@id': cards.slice(from, from + 50).map(({ id }) => id) },
      start: -1,
    })
    for (const item of items) {
      const points = (item.fm as readonly Point[] | undefined) ?? []
      const lacks = names.filter((name) =>
        isPointType(name) ? !points.some(({ typeId }) => typeId === name) : isEmpty(item[name], byName.get(name)),
      )
      if (lacks.length > 0) missing.set(item.id, lacks)
    }
  }
  return missing
}

/** The fields that a refusal names: `Required field "companyId" is not filled, …`. */
export function fieldsIn(cause: unknown): readonly string[] {
  if (!(cause instanceof PortalError) || cause.code !== 'CRM_FIELD_ERROR_REQUIRED') return []
  return [...cause.text.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
}
