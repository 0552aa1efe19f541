import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether there is room for one stage only. */
export function usePhone(): Ref<boolean> {
  const query = matchMedia('(max-width: 639px)')
  const isPhone = ref(query.matches)
  const follow = ({ matches }: MediaQueryListEvent): void => {
    isPhone.value = matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return isPhone
}
