import { onScopeDispose, type Ref, ref } from 'vue'

/** The present, minute by minute: what is overdue becomes so while one looks at it. */
export function useNow(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
