import { computed, type ComputedRef, type Ref } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { boot } from '../api/boot.ts'
import { useFields } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { useStatuses } from '../model/statuses.ts'
import { usePreference } from '../model/preferences.ts'
import { areAlike, type Condition, isComplete, read, written } from './condition.ts'
import { toFilter } from './to-filter.ts'
import { useNow } from './use-now.ts'

/** Keys of an address's query: `?q=…` is what is looked for, `f.stageId=any:NEW` a condition, `view=my` the preset. */
const PREFIX = 'f.'
const SEARCH = 'q'
const VIEW = 'view'

/** The view of a page that shows all records although it usually begins with fewer. */
export const ALL = 'all'
/** The preference that holds the preset which pages of a type begin with. */
export const usualName = (type: RecordType | undefined): string => `filter.usual.${type?.entityTypeId ?? 0}`

const textOf = (value: LocationQuery[string] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.toString() ?? ''

const isOurs = (key: string): boolean => key === SEARCH || key === VIEW || key.startsWith(PREFIX)

/** The part of an address's query that filters: for links to a list from elsewhere. */
export const filterQuery = (conditions: readonly Condition[], search = ''): LocationQueryRaw => ({
  ...(search.trim() === '' ? {} : { [SEARCH]: search }),
  ...Object.fromEntries(conditions.filter(isComplete).map((each) => [PREFIX + each.field, written(each)])),
})

export const conditionsOf = (query: LocationQuery): Condition[] =>
  Object.entries(query).flatMap(([key, value]) =>
    key.startsWith(PREFIX) ? (read(key.slice(PREFIX.length), textOf(value)) ?? []) : [],
  )

/** Whether an address says anything of what is to be shown: else the person's usual preset may. */
export const isFiltering = (query: LocationQuery): boolean => Object.keys(query).some(isOurs)

export interface Filter {
  /** For `crm.item.list` and `portico.item.totals`; what is looked for included. */
  readonly filter: ComputedRef<Record<string, unknown>>
  readonly isEmpty: ComputedRef<boolean>
  readonly search: Ref<string>
  readonly conditions: Ref<readonly Condition[]>
  /** The preset that the conditions were taken from, by its id. */
  readonly view: ComputedRef<string>
  /**
   * Other conditions, and the preset that they come from. Whoever goes back comes to the conditions before, unless it
   * was only another value for the same fields.
   */
  show(conditions: readonly Condition[], view?: string, options?: { isStep?: boolean }): void
  /** Everything is shown again: neither conditions nor words to look for, nor the preset that the page begins with. */
  clear(): void
}

/**
 * The filter of a page: it is its address's query, so that it can be read, shared, reloaded and gone back to. Everyone
 * on the page who asks has the same one.
 */
export function useFilter(type: Ref<RecordType | undefined>): Filter {
  const route = useRoute()
  const router = useRouter()
  const { data: statuses } = useStatuses()
  const { data: fields } = useFields(() => type.value?.entityTypeId)
  const now = useNow()
  const usual = usePreference(() => usualName(type.value), '')

  function go(change: LocationQueryRaw, isStep: boolean): void {
    const others = Object.fromEntries(Object.entries(route.query).filter(([key]) => !isOurs(key)))
    const to = { path: route.path, query: { ...others, ...change }, hash: route.hash }
    void (isStep ? router.push(to) : router.replace(to))
  }
  const viewQuery = (view: string): LocationQueryRaw => (view === '' ? {} : { [VIEW]: view })

  const view = computed(() => textOf(route.query[VIEW]))
  const search = computed({
    get: () => textOf(route.query[SEARCH]),
    // Letter after letter is no step that anyone would want to go back by.
    set: (text) => go({ ...filterQuery(conditions.value, text), ...viewQuery(view.value) }, false),
  })
  const conditions = computed<readonly Condition[]>({
    get: () => conditionsOf(route.query),
    set: (list) => show(list, view.value),
  })
  const fieldsOf = (list: readonly Condition[]): string => list.map(({ field }) => field).join()
  function show(list: readonly Condition[], of = '', { isStep = true } = {}): void {
    if (of === view.value && areAlike(list, conditions.value)) return
    const isOther = of !== view.value || fieldsOf(list) !== fieldsOf(conditions.value)
    go({ ...filterQuery(list, search.value), ...viewQuery(of) }, isStep && isOther)
  }

  // A field that was deleted is no reason to find nothing: a preset may still name it.
  const known = computed(() => {
    const names = fields.value && new Set(fields.value.map(({ name }) => name))
    return conditions.value.filter(({ field }) => names?.has(field) !== false || field === 'stageSemanticId')
  })
  // The same conditions are the same object: what was found by them is found no second time.
  let before = { text: '{}', filter: {} as Record<string, unknown> }
  const filter = computed(() => {
    if (type.value === undefined) return before.filter
    const made = toFilter(known.value, search.value, {
      type: type.value,
      statuses: statuses.value ?? [],
      me: boot.user.id,
      zone: boot.zone,
      now: now.value,
    })
    const text = JSON.stringify(made)
    if (text !== before.text) before = { text, filter: made }
    return before.filter
  })

  return {
    filter,
    isEmpty: computed(() => Object.keys(filter.value).length === 0),
    search,
    conditions,
    view,
    show,
    clear: () => go(viewQuery(usual.value === '' ? '' : ALL), true),
  }
}
