import { readonly, ref } from 'vue'
import type { Router } from 'vue-router'

const loading = ref(false)
/** A page is on its way for longer than one would not notice. */
export const isLoading = readonly(loading)

/** Milliseconds within which nobody waits. */
const UNNOTICED = 150

export function watchProgress(router: Router): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  router.beforeEach(() => {
    clearTimeout(timer)
    timer = setTimeout(() => (loading.value = true), UNNOTICED)
  })
  const end = (): void => {
    clearTimeout(timer)
    loading.value = false
  }
  router.afterEach(end)
  router.onError(end)
}
