import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** Whether the window is as a media query says, now and as it changes. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const change = (event: MediaQueryListEvent): void => void (matches.value = event.matches)
  list.addEventListener('change', change)
  onScopeDispose(() => list.removeEventListener('change', change))
  return readonly(matches)
}
