import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call, portal } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'
import { targetsOf } from '../../kinds/link/links.ts'
import { type Field, fieldsQuery } from '../../model/fields.ts'
import { mayIn, type RecordType, useRecordTypes } from '../../model/record-types.ts'

/** A record that points at the one whose card is open. */
export interface RelatedRow {
  readonly id: number
  readonly title?: string | null
  readonly name?: string | null
  readonly lastName?: string | null
  readonly post?: string | null
  readonly stageId?: string | null
  readonly categoryId?: number | null
  readonly opportunity?: number | null
  readonly currencyId?: string | null
  readonly assignedById?: number | null
  readonly createdTime?: string | null
}

/** The records of one type that point at it by one field. */
export interface Group {
  readonly type: RecordType
  readonly field: string
  readonly rows: readonly RelatedRow[]
  readonly total: number
}

const SHOWN = [
  'id',
  'title',
  'name',
  'lastName',
  'post',
  'stageId',
  'categoryId',
  'opportunity',
  'currencyId',
  'assignedById',
  'createdTime',
]
/** One's own company on a document is nobody's client. */
const OTHERS = new Set(['mycompanyId', 'contacts', 'productId'])

/** The field by which records of a type point at those of another; the list of contacts rather than the first of them. */
export function linkField(fields: readonly Field[], target: number): string | undefined {
  const found = fields.filter(
    (field) =>
      /^crm_(?!status|currency|category|multifield)/.test(field.type) &&
      !OTHERS.has(field.name) &&
      targetsOf(field).includes(target),
  )
  return (found.find(({ isMultiple }) => isMultiple) ?? found[0])?.name
}

async function read(types: readonly RecordType[], { entityTypeId }: RecordType, id: number): Promise<readonly Group[]> {
  const readable = types.filter(
    (type) => mayIn(type, 'read') && !(type.entityTypeId === entityTypeId && !type.isDynamic),
  )
  const links = await Promise.all(
    readable.map(async (type) => ({
      type,
      field: linkField(await queries.ensureQueryData(fieldsQuery(type.entityTypeId)), entityTypeId),
    })),
  )
  const asked = links.filter((link): link is { type: RecordType; field: string } => link.field !== undefined)
  if (asked.length === 0) return []
  const { results, totals } = await portal.batch(
    asked.map(({ type, field }) => ({
      method: 'crm.item.list' as const,
      params: { entityTypeId: type.entityTypeId, select: SHOWN, filter: { [field]: id }, order: { id: 'DESC' } },
    })) as never,
  )
  return asked.map(({ type, field }, index) => {
    const page = (results as unknown as readonly unknown[])[index] as { items?: readonly RelatedRow[] } | undefined
    const rows = page?.items ?? []
    return { type, field, rows, total: (totals as Readonly<Record<string, number>>)[String(index)] ?? rows.length }
  })
}

/** What points at a record, type by type. */
export function useGroups(
  type: RecordType,
  id: number,
): {
  groups: ComputedRef<readonly Group[] | undefined>
  failure: ComputedRef<Error | null>
} {
  const { data: types } = useRecordTypes()
  const { data, error } = useQuery({
    queryKey: ['item', type.entityTypeId, id, 'related'],
    queryFn: () => read(types.value ?? [], type, id),
    enabled: computed(() => types.value !== undefined),
    staleTime: 5_000,
  })
  return { groups: computed(() => data.value), failure: computed(() => error.value) }
}

/** Lets a record point at another, or no longer. */
export async function linkRecord(group: Group, rowId: number, id: number, linked: boolean): Promise<void> {
  const { entityTypeId } = group.type
  const { item } = await call<{ item: Record<string, unknown> }>('crm.item.get', { entityTypeId, id: rowId })
  const before = item[group.field]
  const value = Array.isArray(before)
    ? linked
      ? [...new Set([...(before as number[]), id])]
      : (before as number[]).filter((each) => each !== id)
    : linked
      ? id
      : 0
  await call('portico.item.save', {
    entityTypeId,
    id: rowId,
    fields: { [group.field]: value },
    base: { [group.field]: before ?? '' },
  })
}
