import type { Router } from 'vue-router'

const KEY = 'portico-reloaded'
/** Milliseconds within which a second failure is no matter of an update. */
const ONCE_IN = 10_000

/**
 * The server may have been updated while a page was open: what is loaded later is then called otherwise. The page that
 * was asked for is opened anew, once.
 */
export function mendStaleBuilds(router: Router): void {
  router.onError((cause: unknown, to) => {
    const isMissing = cause instanceof TypeError && /dynamically imported module|module script/i.test(cause.message)
    if (!isMissing || Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < ONCE_IN) return
    sessionStorage.setItem(KEY, String(Date.now()))
    location.assign(to.fullPath)
  })
}
