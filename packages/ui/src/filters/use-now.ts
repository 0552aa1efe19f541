import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** The present, told once a minute: "today" turns into another day on a page that is left open. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 60_000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
