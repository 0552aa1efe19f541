import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { saidOf } from '../../api/failure.ts'
import { call } from '../../api/portal.ts'
import { cardPath, useRecordTypes } from '../../model/record-types.ts'
import { titleOfOne } from '../../model/type-title.ts'
import { iconOf } from '../navigation.ts'
import { openSlider } from '../sliders.ts'
import { type Entry, useCommands, usePages } from './entries.ts'
import { answers, wordsIn } from './highlight.ts'
import { recentCards } from './recent.ts'

export interface Group {
  readonly id: 'records' | 'recent' | 'pages' | 'actions'
  readonly label: string
  readonly entries: readonly Entry[]
}

interface Found {
  readonly entityTypeId: number
  readonly id: number
  readonly title: string
  readonly subtitle: string
}

/** Milliseconds of silence after which it is searched. */
const PAUSE = 120
const MOST_RECORDS = 10
/** Pages and commands beside records. */
const MOST_OTHERS = 5

export interface Palette {
  readonly groups: ComputedRef<readonly Group[]>
  /** Records are on their way. */
  readonly searching: ComputedRef<boolean>
  readonly failure: ComputedRef<string>
}

/** What the palette offers for what is typed. */
export function usePalette(query: Ref<string>): Palette {
  const { t } = useI18n()
  const { data: types } = useRecordTypes()
  const pages = usePages()
  const commands = useCommands()

  const wanted = ref('')
  watch(query, (text, _before, onCleanup) => {
    const timer = setTimeout(() => (wanted.value = text.trim()), text.trim() === '' ? 0 : PAUSE)
    onCleanup(() => clearTimeout(timer))
  })
  const search = useQuery({
    queryKey: computed(() => ['search', wanted.value]),
    queryFn: async ({ signal }) =>
      (await call<{ items: Found[] }>('portico.search', { query: wanted.value, limit: MOST_RECORDS }, signal)).items,
    enabled: computed(() => wanted.value !== ''),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const recent = useQuery({
    queryKey: ['recent'],
    queryFn: ({ signal }) => recentCards(types.value ?? [], signal),
    enabled: computed(() => types.value !== undefined),
    staleTime: 0,
  })

  const record = ({ entityTypeId, id, title, subtitle }: Found): Entry[] => {
    const type = types.value?.find((each) => each.entityTypeId === entityTypeId)
    if (type === undefined) return []
    const href = cardPath(type, id)
    return [
      {
        id: `record.${entityTypeId}.${id}`,
        label: title,
        text: [titleOfOne(type), subtitle].filter(Boolean).join(' · '),
        icon: iconOf(type.name),
        href,
        run: () => void openSlider(href),
      },
    ]
  }

  const groups = computed<Group[]>(() => {
    const words = wordsIn(query.value)
    if (words.length === 0) {
      const opened = (recent.data.value ?? []).flatMap(({ type, id, title }) =>
        record({ entityTypeId: type.entityTypeId, id, title, subtitle: '' }),
      )
      return filled([
        { id: 'recent', label: t('palette.recent'), entries: opened },
        { id: 'actions', label: t('palette.actions'), entries: commands.value.filter(({ isFirst }) => isFirst) },
        { id: 'pages', label: t('palette.pages'), entries: pages.value.filter(({ isFirst }) => isFirst) },
      ])
    }
    const fitting = (entries: readonly Entry[]): Entry[] =>
      entries.filter(({ label, keywords = '' }) => answers(`${label} ${keywords}`, words)).slice(0, MOST_OTHERS)
    return filled([
      { id: 'pages', label: t('palette.pages'), entries: fitting(pages.value) },
      { id: 'actions', label: t('palette.actions'), entries: fitting(commands.value) },
      { id: 'records', label: t('palette.records'), entries: (search.data.value ?? []).flatMap(record) },
    ])
  })

  return {
    groups,
    searching: computed(
      () => query.value.trim() !== '' && (search.isFetching.value || wanted.value !== query.value.trim()),
    ),
    failure: computed(() => {
      if (search.error.value === null) return ''
      const { key, text = '' } = saidOf(search.error.value)
      return t('palette.failed', { reason: key === undefined ? text : t(key) })
    }),
  }
}

const filled = (groups: readonly Group[]): Group[] => groups.filter(({ entries }) => entries.length > 0)
