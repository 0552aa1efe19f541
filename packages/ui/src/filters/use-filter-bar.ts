import { computed, type ComputedRef, type Ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { RecordType } from '../model/record-types.ts'
import { areAlike, type Condition } from './condition.ts'
import { type FilterField, useFilterFields } from './filter-fields.ts'
import { ALL, type Filter, isFiltering, useFilter } from './use-filter.ts'
import { type Preset, type Presets, usePresets } from './use-presets.ts'

/** A condition with the field that it is about. */
export interface Told {
  readonly field: FilterField
  readonly condition: Condition
}

export interface FilterBarState {
  readonly filter: Filter
  readonly presets: Presets
  readonly fields: ComputedRef<readonly FilterField[]>
  readonly told: ComputedRef<readonly Told[]>
  /** What the conditions were taken from. */
  readonly preset: ComputedRef<Preset | undefined>
  /** They are no longer what the preset says. */
  readonly isChanged: ComputedRef<boolean>
  /** Another condition on its field, or none. */
  set(field: string, condition: Condition | undefined): void
  choose(preset: Preset | undefined): void
  clear(): void
}

/** What the bar over a list or a board shows and does. */
export function useFilterBar(type: Ref<RecordType>): FilterBarState {
  const route = useRoute()
  const filter = useFilter(type)
  const presets = usePresets(type)
  const fields = useFilterFields(type)
  const { conditions, view } = filter
  /** The usual preset that the page has begun with: it does not come back by itself when one takes it away. */
  let applied = ''

  const preset = computed(() => presets.find(view.value))
  const all = (): string => (presets.usual.value === '' ? '' : ALL)

  // A page that is opened without a word about what it is to show begins with the person's usual preset.
  watch(
    [() => route.path, presets.usual, fields],
    ([path, usual], [pathBefore]) => {
      const begun = presets.find(usual)
      if (begun === undefined || isFiltering(route.query)) return
      if (path === pathBefore && usual === applied) return
      applied = usual
      filter.show(begun.conditions, begun.id, { isStep: false })
    },
    { immediate: true },
  )

  return {
    filter,
    presets,
    fields,
    told: computed(() =>
      conditions.value.flatMap((condition) => {
        const field = fields.value.find((each) => each.field.name === condition.field)
        return field === undefined ? [] : { field, condition }
      }),
    ),
    preset,
    isChanged: computed(() => preset.value !== undefined && !areAlike(preset.value.conditions, conditions.value)),
    set(name, condition) {
      const isNew = !conditions.value.some(({ field }) => field === name)
      const rest = conditions.value.flatMap((each) => (each.field === name ? (condition ?? []) : each))
      filter.show(isNew && condition !== undefined ? [...rest, condition] : rest, view.value)
    },
    choose: (chosen) => filter.show(chosen?.conditions ?? [], chosen?.id ?? all()),
    clear: filter.clear,
  }
}
