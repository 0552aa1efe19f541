import { computed, type ComputedRef, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { call } from '../api/portal.ts'
import { saidOf } from '../api/failure.ts'
import { queries } from '../api/queries.ts'
import { say } from '../i18n/index.ts'
import { type Definition, FORMS, type WebForm } from './form.ts'

/** Milliseconds without a change after which a form is stored. */
const PAUSE = 500

export interface FormDraft {
  readonly form: Readonly<Ref<WebForm | undefined>>
  readonly error: Readonly<Ref<unknown>>
  /** `saved` also while nothing has been changed yet. */
  readonly state: Readonly<Ref<'saved' | 'saving' | 'failed'>>
  /** What the portal has said against it. */
  readonly said: Readonly<Ref<string>>
  /** Rises when something new has been stored: the preview is shown anew. */
  readonly stored: Readonly<Ref<number>>
  readonly definition: ComputedRef<Definition | undefined>
  change(part: Partial<Definition>): void
  rename(title: string): void
  activate(active: boolean): void
}

/** A form that is being built: every change is stored by itself, in a moment, and in order. */
export function useFormDraft(id: () => number): FormDraft {
  const form = shallowRef<WebForm>()
  const error = shallowRef<unknown>()
  const state = ref<'saved' | 'saving' | 'failed'>('saved')
  const said = ref('')
  const stored = ref(0)
  let timer: number | undefined
  let waiting: Record<string, unknown> = {}
  let running: Promise<void> = Promise.resolve()

  async function load(wanted: number): Promise<void> {
    try {
      const { form: found } = await call<{ form: WebForm }>('portico.form.get', { id: wanted })
      if (wanted === id()) form.value = found
    } catch (cause) {
      error.value = cause
    }
  }
  watch(id, (wanted) => void load(wanted), { immediate: true })

  async function store(): Promise<void> {
    const fields = waiting
    const shown = form.value
    waiting = {}
    if (shown === undefined || Object.keys(fields).length === 0) return
    try {
      await call('portico.form.update', { id: shown.id, fields })
      state.value = Object.keys(waiting).length === 0 ? 'saved' : 'saving'
      said.value = ''
      stored.value++
      void queries.invalidateQueries({ queryKey: FORMS })
    } catch (cause) {
      // It stays in the page, and goes along with the next change.
      waiting = { ...fields, ...waiting }
      const { key, text = '' } = saidOf(cause)
      said.value = key === undefined ? text : say(key)
      state.value = 'failed'
    }
  }
  const flush = (): void => {
    window.clearTimeout(timer)
    running = running.then(store)
  }
  function soon(fields: Record<string, unknown>): void {
    waiting = { ...waiting, ...fields }
    state.value = 'saving'
    window.clearTimeout(timer)
    timer = window.setTimeout(flush, PAUSE)
  }
  onScopeDispose(flush)

  return {
    form,
    error,
    state,
    said,
    stored,
    definition: computed(() => form.value?.definition),
    change(part) {
      if (form.value === undefined) return
      const definition = { ...form.value.definition, ...part }
      form.value = { ...form.value, definition }
      soon({ definition })
    },
    rename(title) {
      if (form.value === undefined) return
      form.value = { ...form.value, title }
      if (title.trim() !== '') soon({ title })
    },
    activate(active) {
      if (form.value === undefined) return
      form.value = { ...form.value, active: active ? 'Y' : 'N' }
      soon({ active: active ? 'Y' : 'N' })
      flush()
    },
  }
}
