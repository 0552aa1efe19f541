import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../api/portal.ts'
import { recordsChanged } from '../../api/queries.ts'
import type { Pipeline, RecordType } from '../../model/record-types.ts'
import { type Status, statusesQuery, useStatuses } from '../../model/statuses.ts'
import { callAll, useSaving } from '../saving.ts'
import { forgetRules } from './forget-rules.ts'
import { colourOfNew, inOrder, type Meaning, meaningOf, newCode, placesOf, semanticsOf } from './stage.ts'

export interface Stages {
  readonly stages: ComputedRef<readonly Status[]>
  readonly isPending: ComputedRef<boolean>
  /** How many records are in a stage; undefined where that can't be told. */
  readonly countOf: (stage: Status) => number | undefined
  rename(stage: Status, name: string): Promise<boolean>
  recolour(stage: Status, colour: string): Promise<boolean>
  reorder(meaning: Meaning, keys: readonly string[]): Promise<boolean>
  add(meaning: Meaning, name: string): Promise<boolean>
  /** Of a stage without records. */
  remove(stage: Status): Promise<boolean>
}

/** The stages of a pipeline, and what can be done with them. */
export function useStages(
  type: ComputedRef<RecordType | undefined>,
  pipeline: ComputedRef<Pipeline | undefined>,
): Stages {
  const { t } = useI18n()
  const save = useSaving()
  const { data, isPending } = useStatuses()
  const stages = computed(() =>
    inOrder((data.value ?? []).filter(({ ENTITY_ID }) => ENTITY_ID === pipeline.value?.stageDirectory)),
  )

  const { data: counts } = useQuery({
    queryKey: computed(() => ['totals', type.value?.entityTypeId ?? 0, 'settings', pipeline.value?.id]),
    enabled: computed(() => type.value !== undefined && pipeline.value !== undefined),
    retry: false,
    queryFn: async ({ signal }) => {
      const { entityTypeId, stageField, hasCategories } = type.value as RecordType
      const { groups } = await call<{ groups: { key: Record<string, string>; count: number }[] }>(
        'portico.item.totals',
        {
          entityTypeId,
          groupBy: [stageField],
          ...(hasCategories ? { filter: { categoryId: pipeline.value?.id } } : {}),
        },
        signal,
      )
      return new Map(groups.map(({ key, count }) => [key[stageField ?? ''], count]))
    },
  })

  const { queryKey: key } = statusesQuery
  const changed = (stage: Status, fields: Partial<Status>): Promise<boolean> =>
    save<readonly Status[]>({
      key,
      patch: (all) => all.map((each) => (each.ID === stage.ID ? { ...each, ...fields } : each)),
      act: () => call('crm.status.update', { id: stage.ID, fields }),
    })

  /** The list with the stages of this pipeline replaced: they keep their order where they stand. */
  const withStages = (all: readonly Status[], now: readonly Status[]): readonly Status[] => [
    ...all.filter(({ ENTITY_ID }) => ENTITY_ID !== pipeline.value?.stageDirectory),
    ...now,
  ]

  return {
    stages,
    isPending: computed(() => isPending.value),
    countOf: ({ STATUS_ID }) => (counts.value === undefined ? undefined : (counts.value.get(STATUS_ID) ?? 0)),
    rename: (stage, name) => changed(stage, { NAME: name }),
    recolour: (stage, colour) => changed(stage, { COLOR: colour }),
    reorder(meaning, keys) {
      const own = keys.flatMap((id) => stages.value.find(({ ID }) => ID === id) ?? [])
      const others = stages.value.filter((stage) => meaningOf(stage) !== meaning)
      const { stages: now, commands } = placesOf(inOrder([...own, ...others]))
      return save<readonly Status[]>({ key, patch: (all) => withStages(all, now), act: () => callAll(commands) })
    },
    add(meaning, name) {
      const directory = pipeline.value?.stageDirectory ?? ''
      const many = stages.value.filter((stage) => meaningOf(stage) === meaning).length
      const made: Status = {
        ID: `new-${newCode()}`,
        ENTITY_ID: directory,
        STATUS_ID: newCode(),
        NAME: name,
        SORT: '0',
        SYSTEM: 'N',
        COLOR: colourOfNew(meaning, many),
        SEMANTICS: semanticsOf[meaning],
        CATEGORY_ID: null,
      }
      const { stages: now, commands } = placesOf(inOrder([...stages.value, made]))
      const { SORT = '10' } = now.find(({ ID }) => ID === made.ID) ?? {}
      const fields = {
        ENTITY_ID: directory,
        STATUS_ID: made.STATUS_ID,
        NAME: name,
        SORT: Number(SORT),
        COLOR: made.COLOR,
        ...(made.SEMANTICS === null ? {} : { SEMANTICS: made.SEMANTICS }),
      }
      return save<readonly Status[]>({
        key,
        patch: (all) => withStages(all, now),
        act: () =>
          callAll([
            ...commands.filter(({ params }) => (params as { id: string }).id !== made.ID),
            { method: 'crm.status.add', params: { fields } },
          ]),
      })
    },
    async remove(stage) {
      const done = await save<readonly Status[]>({
        key,
        patch: (all) => all.filter(({ ID }) => ID !== stage.ID),
        async act() {
          await call('crm.status.delete', { id: stage.ID })
          await forgetRules(type.value?.entityTypeId ?? 0, ({ stageId }) => stageId === stage.STATUS_ID)
        },
        done: t('settings.stages.removed', { name: stage.NAME }),
        also: [['stage-required']],
      })
      if (done && type.value !== undefined) recordsChanged(type.value.entityTypeId)
      return done
    },
  }
}
