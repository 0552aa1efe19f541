import { onScopeDispose, readonly, type Ref, ref, watch } from 'vue'

/** A value that follows another after it has rested for some milliseconds. */
export function useDebounced<Value extends string | number>(source: Ref<Value>, pause: number): Readonly<Ref<Value>> {
  const settled = ref(source.value) as Ref<Value>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = value), pause)
  })
  onScopeDispose(() => clearTimeout(timer))
  return readonly(settled) as Readonly<Ref<Value>>
}
