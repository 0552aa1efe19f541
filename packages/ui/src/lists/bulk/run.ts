import { computed, type ComputedRef, ref, shallowRef } from 'vue'
import { portal } from '../../api/portal.ts'
import { queries, recordsChanged } from '../../api/queries.ts'
import { saidOf } from '../../api/failure.ts'
import { say } from '../../i18n/index.ts'
import { writtenOf } from '../../kinds/index.ts'
import { fieldsQuery } from '../../model/fields.ts'
import { countOf, pagesOfIds, type Targets } from './targets.ts'

export interface Failed {
  readonly id: number
  readonly reason: string
}

export type Phase = 'running' | 'stopping' | 'stopped' | 'done' | 'broken'

export interface Run {
  readonly phase: ComputedRef<Phase>
  /** How many have been tried, and how many there are. */
  readonly tried: ComputedRef<number>
  readonly total: ComputedRef<number>
  readonly failed: ComputedRef<readonly Failed[]>
  /** What has ended it before its end. */
  readonly cause: ComputedRef<string>
  readonly isOver: ComputedRef<boolean>
  /** Nothing that was begun is torn; nothing more is begun. */
  stop(): void
}

export const reasonOf = (cause: unknown): string => {
  const { key, text = '' } = saidOf(cause)
  return key === undefined ? text : say(key)
}

/** One change to many records, in batches of fifty. One that fails stops none of the others. */
export function changeMany(targets: Targets, values: Readonly<Record<string, unknown>>): Run {
  const { entityTypeId } = targets.type
  const phase = ref<Phase>('running')
  const tried = ref(0)
  const failed = shallowRef<readonly Failed[]>([])
  const cause = ref('')
  const aborted = new AbortController()

  async function work(): Promise<void> {
    const fields = writtenOf(await queries.ensureQueryData(fieldsQuery(entityTypeId)), values)
    for await (const ids of pagesOfIds(targets, aborted.signal)) {
      if (phase.value !== 'running') break
      const { errors } = await portal.batch(
        ids.map((id) => ({ method: 'crm.item.update', params: { entityTypeId, id, fields } })) as never,
      )
      const wrong = Object.entries(errors).map(([at, error]) => ({ id: ids[Number(at)] ?? 0, reason: reasonOf(error) }))
      if (wrong.length > 0) failed.value = [...failed.value, ...wrong]
      tried.value += ids.length
    }
  }

  void work()
    .then(() => {
      phase.value = phase.value === 'running' ? 'done' : 'stopped'
    })
    .catch((error: unknown) => {
      cause.value = reasonOf(error)
      phase.value = 'broken'
    })
    .finally(() => recordsChanged(entityTypeId))

  return {
    phase: computed(() => phase.value),
    tried: computed(() => tried.value),
    total: computed(() => Math.max(countOf(targets), tried.value)),
    failed: computed(() => failed.value),
    cause: computed(() => cause.value),
    isOver: computed(() => phase.value !== 'running' && phase.value !== 'stopping'),
    stop() {
      if (phase.value === 'running') phase.value = 'stopping'
    },
  }
}
