import { computed, type ComputedRef, watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { setPreference, usePreference } from '../model/preferences.ts'
import type { Pipeline, RecordType } from '../model/record-types.ts'

const asked = (query: LocationQuery): number | undefined => {
  const text = Array.isArray(query.category) ? query.category[0] : query.category
  return text === undefined || text === null || text === '' ? undefined : Number(text)
}

export interface Pipelines {
  /** Those that the person may see, in their order. */
  readonly all: ComputedRef<readonly Pipeline[]>
  readonly current: ComputedRef<Pipeline | undefined>
  choose(id: number): void
}

/** The pipeline that is shown: the one of the address, else the one that the person looked at last, else the first. */
export function usePipelines(type: ComputedRef<RecordType | undefined>, isReady: ComputedRef<boolean>): Pipelines {
  const route = useRoute()
  const router = useRouter()
  const name = (): string => `board.category.${type.value?.entityTypeId ?? 0}`
  const remembered = usePreference<number | null>(name, null)

  const all = computed(() =>
    [...(type.value?.pipelines ?? [])]
      .filter(({ stageDirectory, rights }) => stageDirectory !== null && rights.read !== 'none')
      .sort((one, other) => one.sort - other.sort || one.id - other.id),
  )
  const current = computed(() => {
    if (!isReady.value) return undefined
    const of = (id: number | null | undefined): Pipeline | undefined => all.value.find((each) => each.id === id)
    return (
      of(asked(route.query)) ?? of(remembered.value) ?? all.value.find(({ isDefault }) => isDefault) ?? all.value[0]
    )
  })

  // The address says which one it is, so that it can be shared; an address that says so is remembered.
  watch(
    current,
    (now) => {
      if (now === undefined || type.value?.hasCategories !== true || all.value.length < 2) return
      if (remembered.value !== now.id) void setPreference(name(), now.id).catch(() => undefined)
      if (asked(route.query) !== now.id)
        void router.replace({ path: route.path, query: { ...route.query, category: String(now.id) }, hash: route.hash })
    },
    { immediate: true },
  )

  return {
    all,
    current,
    choose(id) {
      void router.push({ path: route.path, query: { ...route.query, category: String(id) } })
    },
  }
}
