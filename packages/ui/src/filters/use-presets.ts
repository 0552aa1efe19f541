import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFields } from '../model/fields.ts'
import { setPreference, usePreference } from '../model/preferences.ts'
import type { RecordType } from '../model/record-types.ts'
import { type Condition, ME } from './condition.ts'
import { usualName } from './use-filter.ts'

/** A filter with a name. */
export interface Preset {
  readonly id: string
  readonly name: string
  readonly conditions: readonly Condition[]
  /** Whose it is: one that every portal has, the person's own, or one that an administrator has made for all. */
  readonly of: 'all' | 'own' | 'common'
}

interface Saved {
  readonly id: string
  readonly name: string
  readonly conditions: readonly Condition[]
}

/** Days without anything happening after which a record is called quiet. */
const QUIET = '14'

const any = (field: string, ...value: string[]): Condition => ({ field, op: 'any', value })

export interface Presets {
  readonly builtIn: ComputedRef<readonly Preset[]>
  readonly own: ComputedRef<readonly Preset[]>
  readonly common: ComputedRef<readonly Preset[]>
  /** The one that a page begins with, by its id; '' for all records. */
  readonly usual: ComputedRef<string>
  find(id: string): Preset | undefined
  add(name: string, conditions: readonly Condition[], of: 'own' | 'common'): Promise<Preset>
  change(preset: Preset, change: Partial<Pick<Saved, 'name' | 'conditions'>>): Promise<void>
  remove(preset: Preset): Promise<() => Promise<void>>
  setUsual(id: string): Promise<void>
}

/** The saved filters of a type: kept on the server, so that they are there on every device. */
export function usePresets(type: Ref<RecordType>): Presets {
  const { t } = useI18n()
  const { data: fields } = useFields(() => type.value.entityTypeId)
  const ownName = (): string => `filter.presets.${type.value.entityTypeId}`
  const commonName = (): string => `filter.shared.${type.value.entityTypeId}`
  const ownSaved = usePreference<readonly Saved[]>(ownName, [])
  const commonSaved = usePreference<readonly Saved[]>(commonName, [])
  const usual = usePreference(() => usualName(type.value), '')

  const builtIn = computed<readonly Preset[]>(() => {
    const names = new Set(fields.value?.map(({ name }) => name))
    const hasStages = type.value.stageField !== null
    const quiet: Condition = { field: 'lastActivityTime', op: 'before', value: [QUIET] }
    const of = 'all' as const
    return [
      { id: 'my', name: t('filters.preset.my'), conditions: [any('assignedById', ME)], of },
      {
        id: 'new-today',
        name: t('filters.preset.newToday'),
        conditions: [{ field: 'createdTime', op: 'period', value: ['today'] }],
        of,
      },
      ...(hasStages
        ? [
            { id: 'open', name: t('filters.preset.open'), conditions: [any('stageSemanticId', 'P')], of },
            { id: 'closed', name: t('filters.preset.closed'), conditions: [any('stageSemanticId', 'S', 'F')], of },
          ]
        : []),
      ...(names.has('lastActivityTime')
        ? [
            {
              id: 'quiet',
              name: t('filters.preset.quiet'),
              conditions: hasStages ? [any('stageSemanticId', 'P'), quiet] : [quiet],
              of,
            },
          ]
        : []),
    ]
  })
  const own = computed(() => ownSaved.value.map((each): Preset => ({ ...each, of: 'own' })))
  const common = computed(() => commonSaved.value.map((each): Preset => ({ ...each, of: 'common' })))

  const savedOf = (of: Preset['of']): readonly Saved[] => (of === 'common' ? commonSaved.value : ownSaved.value)
  async function save(of: Preset['of'], list: readonly Saved[]): Promise<void> {
    const plain = list.map(({ id, name, conditions }) => ({ id, name, conditions }))
    await setPreference(of === 'common' ? commonName() : ownName(), plain.length === 0 ? null : plain, {
      common: of === 'common',
    })
  }

  return {
    builtIn,
    own,
    common,
    usual,
    find: (id) => [...builtIn.value, ...own.value, ...common.value].find((preset) => preset.id === id),
    async add(name, conditions, of) {
      const preset = { id: Date.now().toString(36), name, conditions }
      await save(of, [...savedOf(of), preset])
      return { ...preset, of }
    },
    async change({ id, of }, change) {
      await save(
        of,
        savedOf(of).map((each) => (each.id === id ? { ...each, ...change } : each)),
      )
    },
    async remove({ id, of }) {
      const before = savedOf(of)
      await save(
        of,
        before.filter((each) => each.id !== id),
      )
      return () => save(of, before)
    },
    setUsual: (id) => setPreference(usualName(type.value), id === '' ? null : id),
  }
}
