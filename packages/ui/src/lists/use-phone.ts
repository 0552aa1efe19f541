import { onScopeDispose, readonly, type Ref, ref } from 'vue'

/** Whether the window is as narrow as a phone: cards stand there in place of rows. */
export function useIsPhone(): Readonly<Ref<boolean>> {
  const query = matchMedia('(width < 640px)')
  const isPhone = ref(query.matches)
  const follow = (): void => {
    isPhone.value = query.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(isPhone)
}
