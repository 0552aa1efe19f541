import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { call, portal } from '../api/portal.ts'
import { fieldTitle } from '../model/field-title.ts'
import type { Field } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { type Facts, type FieldInfo, isFile, readCategories, readFields, readStatuses, readUsers } from './engine.ts'

/** What the portal knows that the values of a file name, and the fields that a file can fill. */
export interface Known {
  readonly facts: Facts
  /** What can be chosen for a column, by their titles. */
  readonly fields: readonly { readonly info: FieldInfo; readonly title: string }[]
  readonly titleOf: (key: string) => string
}

async function rows(method: string, params: object, signal: AbortSignal): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const row of portal.list(method as never, params as never, { signal })) all.push(row)
  return all
}

const POINTS: Readonly<Record<string, string>> = {
  PHONE: 'Phone',
  EMAIL: 'E-mail',
  WEB: 'Website',
  IM: 'Messenger',
  LINK: 'LINK',
}
/** Nothing that a file of values can hold. */
const NOT_FROM_FILES = new Set(['entityTypeId', 'isManualOpportunity', 'categoryShort'])

/** Asked anew with every import: yesterday's stages would be of no use. */
export const useKnown = (type: Ref<RecordType | undefined>): UseQueryReturnType<Known, Error> =>
  useQuery({
    queryKey: computed(() => ['import', type.value?.entityTypeId ?? 0]),
    enabled: computed(() => type.value !== undefined),
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Known> => {
      const entityTypeId = type.value?.entityTypeId ?? 0
      const [described, statuses, users, currencies, categories] = await Promise.all([
        call<{ fields: Record<string, Omit<Field, 'name'>> }>('crm.item.fields', { entityTypeId }, signal),
        rows('crm.status.list', {}, signal),
        rows('user.get', {}, signal),
        rows('crm.currency.list', {}, signal),
        type.value?.hasCategories === true
          ? call<{ categories: unknown[] }>('crm.category.list', { entityTypeId }, signal).then(
              (found) => found.categories,
            )
          : undefined,
      ])
      const fields = readFields(described)
      const titles = new Map(
        Object.entries(described.fields).map(([name, field]) => [name, fieldTitle({ ...field, name })]),
      )
      const titleOf = (key: string): string =>
        titles.get(key) ?? fieldTitle({ name: key, title: POINTS[key] ?? key, isDynamic: false })
      return {
        facts: {
          dialect: 'item',
          entityTypeId,
          fields,
          statuses: readStatuses(statuses),
          users: readUsers(users),
          currencies: new Set(currencies.map((row) => String((row as { CURRENCY: string }).CURRENCY))),
          categories: categories === undefined ? undefined : readCategories(categories),
        },
        fields: fields
          .filter((info) => (!info.readOnly || info.key === 'id') && !isFile(info) && !NOT_FROM_FILES.has(info.key))
          .map((info) => ({ info, title: titleOf(info.key) }))
          .toSorted((a, b) => a.title.localeCompare(b.title)),
        titleOf,
      }
    },
  })
