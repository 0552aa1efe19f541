import { computed, type ComputedRef } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { boot } from '../api/boot.ts'
import type { Condition } from '../filters/condition.ts'
import { dayIn } from '../filters/period.ts'
import { toFilter } from '../filters/to-filter.ts'
import { filterQuery } from '../filters/use-filter.ts'
import { useNow } from '../filters/use-now.ts'
import { useFields } from '../model/fields.ts'
import { listPath, mayIn, type Pipeline, type RecordType, useRecordTypes } from '../model/record-types.ts'
import { useStatuses } from '../model/statuses.ts'
import { type Days, daysBefore, periodDays, usualPeriod } from './periods.ts'
import { membersOf, useDepartments } from './departments.ts'

/** Moments and days of records that a period may be about, where their type has them. */
const DATES = ['createdTime', 'dateClosed', 'closedate', 'movedTime']

export interface View {
  readonly types: ComputedRef<readonly RecordType[]>
  readonly type: ComputedRef<RecordType | undefined>
  readonly pipeline: ComputedRef<Pipeline | undefined>
  readonly period: ComputedRef<string>
  /** The days that are looked at, and those that they are compared with; undefined for all of time. */
  readonly days: ComputedRef<Days | undefined>
  readonly before: ComputedRef<Days | undefined>
  readonly today: ComputedRef<string>
  /** What the period is about, and what it could be about. */
  readonly dateField: ComputedRef<string>
  readonly dateFields: ComputedRef<readonly string[]>
  readonly people: ComputedRef<readonly number[]>
  readonly department: ComputedRef<number | undefined>
  readonly has: (field: string) => boolean
  /** For `portico.item.totals`: what is looked at, or in other days. */
  filterFor(days: Days | undefined): Record<string, unknown>
  /** The list of what is looked at, narrowed further. */
  listOf(more?: readonly Condition[], days?: Days): string
  change(query: LocationQueryRaw): void
}

/** What the page of analytics looks at: all of it stands in the address. */
export function useView(): View {
  const route = useRoute()
  const router = useRouter()
  const { data: all } = useRecordTypes()
  const { data: statuses } = useStatuses()
  const departments = useDepartments()
  const now = useNow()
  const text = (name: string): string => String(route.query[name] ?? '')

  const types = computed(() =>
    (all.value ?? []).filter((each) => each.stageField !== null && each.pipelines.length > 0 && mayIn(each, 'read')),
  )
  const type = computed(() => types.value.find(({ name }) => name === text('type')) ?? types.value[0])
  const { data: fields } = useFields(() => type.value?.entityTypeId)
  const names = computed(() => new Set(fields.value?.map(({ name }) => name) ?? []))
  const pipeline = computed(() => {
    const readable = type.value?.pipelines.filter(({ rights }) => rights.read !== 'none') ?? []
    return (
      readable.find(({ id }) => String(id) === text('pipeline')) ??
      readable.find(({ isDefault }) => isDefault) ??
      readable[0]
    )
  })
  const period = computed(() => text('period') || usualPeriod)
  const today = computed(() => dayIn(boot.zone, now.value))
  const days = computed(() => periodDays(period.value, today.value))
  const dateFields = computed(() => DATES.filter((name) => names.value.has(name)))
  const dateField = computed(() => dateFields.value.find((name) => name === text('by')) ?? 'createdTime')
  const people = computed(() =>
    text('person')
      .split(',')
      .map(Number)
      .filter((id) => id > 0),
  )
  const department = computed(() => (/^\d+$/.test(text('department')) ? Number(text('department')) : undefined))

  function conditions(of: Days | undefined): Condition[] {
    const found: Condition[] = []
    if (of !== undefined) found.push({ field: dateField.value, op: 'range', value: [...of] })
    if (type.value?.hasCategories && pipeline.value)
      found.push({ field: 'categoryId', op: 'any', value: [String(pipeline.value.id)] })
    const members = department.value === undefined ? [] : membersOf(departments.value, department.value)
    const who = people.value.length > 0 ? people.value : members
    // A department without people has no records: nobody's id is 0.
    if (who.length > 0 || department.value !== undefined)
      found.push({ field: 'assignedById', op: 'any', value: who.length > 0 ? who.map(String) : ['0'] })
    return found
  }

  return {
    types,
    type,
    pipeline,
    period,
    days,
    before: computed(() => daysBefore(period.value, today.value)),
    today,
    dateField,
    dateFields,
    people,
    department,
    has: (field) => names.value.has(field),
    filterFor(of) {
      if (type.value === undefined) return {}
      const asking = {
        type: type.value,
        statuses: statuses.value ?? [],
        me: boot.user.id,
        zone: boot.zone,
        now: now.value,
      }
      return toFilter(conditions(of), '', asking)
    },
    listOf(more = [], of = days.value) {
      if (type.value === undefined) return '/'
      const named = new Set(more.map(({ field }) => field))
      const query = filterQuery([...conditions(of).filter(({ field }) => !named.has(field)), ...more])
      const search = new URLSearchParams(query as Record<string, string>).toString()
      return `${listPath(type.value)}${search === '' ? '' : `?${search}`}`
    },
    change(query) {
      const next = Object.fromEntries(
        Object.entries({ ...route.query, ...query }).filter(([, value]) => value !== undefined && value !== ''),
      )
      void router.push({ path: route.path, query: next })
    },
  }
}
