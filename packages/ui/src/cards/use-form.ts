import { computed, type ComputedRef, onScopeDispose, reactive, type Ref, ref, shallowRef, watch } from 'vue'
import { isEmpty, type Row, sameValue } from '../kinds/index.ts'
import type { Field } from '../model/fields.ts'
import { draftName, dropDraft, readDraft, writeDraft } from './drafts.ts'

/** What a person does to a record until it is saved. */
export interface Form {
  /** The record with what has been typed into it. */
  readonly row: ComputedRef<Row>
  /** Names of the fields that differ from what is stored. */
  readonly dirty: ComputedRef<readonly string[]>
  /** Keys of the fields whose inputs are open. */
  readonly open: Set<string>
  /** What the portal says of fields, by their names. */
  readonly errors: Ref<Readonly<Record<string, string>>>
  /** When what was brought back from an earlier visit was typed; undefined where nothing was. */
  readonly restored: Ref<number | undefined>
  set(name: string, value: unknown): void
  /** The typed values, and the fields as they were read before. */
  changes(): { values: Row; base: Row }
  /** What was read last counts as what the person has seen: their next save is not refused because of it. */
  rebase(names: readonly string[], seen: Row): void
  /** Forgets what was typed, in some fields or everywhere. */
  forget(names?: readonly string[]): void
}

const PAUSE = 250

/**
 * @param stored the record as the portal has it; of a new one, what it begins with
 * @param keeps whether what is typed survives the page: small windows that are gone in a moment forget it
 */
export function useForm(
  entityTypeId: number,
  id: number,
  stored: () => Row | undefined,
  fields: () => readonly Field[] | undefined,
  keeps = true,
): Form {
  const name = draftName(entityTypeId, id)
  const kept = keeps ? readDraft(name) : undefined
  const typed = shallowRef<Row>(kept?.values ?? {})
  const base = shallowRef<Row>(kept?.base ?? {})
  const restored = ref(kept?.at)
  const open = reactive(new Set<string>())
  const errors = shallowRef<Readonly<Record<string, string>>>({})

  const row = computed(() => ({ ...stored(), ...typed.value }))
  const fieldOf = (of: string): Field | undefined => fields()?.find((field) => field.name === of)
  const dirty = computed(() => {
    const record = stored() ?? {}
    return Object.keys(typed.value).filter((of) => {
      const field = fieldOf(of)
      return field === undefined || !sameValue(field, typed.value[of], record[of])
    })
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    if (!keeps) return
    const { values, base: seen } = changes()
    writeDraft(name, values, seen)
  }
  watch([typed, base], () => (timer ??= setTimeout(keep, PAUSE)))
  const flush = (): void => {
    if (timer !== undefined) keep()
  }
  addEventListener('pagehide', flush)
  onScopeDispose(() => {
    flush()
    removeEventListener('pagehide', flush)
  })

  function changes(): { values: Row; base: Row } {
    const names = dirty.value
    const of = (row: Row): Row => Object.fromEntries(names.flatMap((each) => (each in row ? [[each, row[each]]] : [])))
    return { values: of(typed.value), base: of(base.value) }
  }
  return {
    row,
    dirty,
    open,
    errors,
    restored,
    changes,
    set(of, value) {
      if (!(of in base.value)) base.value = { ...base.value, [of]: stored()?.[of] ?? null }
      typed.value = { ...typed.value, [of]: isEmpty(value) && Array.isArray(value) ? [] : value }
      if (of in errors.value) {
        const { [of]: _gone, ...rest } = errors.value
        errors.value = rest
      }
    },
    rebase(names, seen) {
      base.value = { ...base.value, ...Object.fromEntries(names.map((each) => [each, seen[each] ?? null])) }
    },
    forget(names = Object.keys(typed.value)) {
      const without = (row: Row): Row =>
        Object.fromEntries(Object.entries(row).filter(([each]) => !names.includes(each)))
      typed.value = without(typed.value)
      base.value = without(base.value)
      errors.value = without(errors.value) as Readonly<Record<string, string>>
      if (Object.keys(typed.value).length > 0) return
      restored.value = undefined
      clearTimeout(timer)
      timer = undefined
      if (keeps) dropDraft(name)
    },
  }
}
