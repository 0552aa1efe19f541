import { queries } from '../api/queries.ts'

/** Milliseconds of silence after which a page has all that it asked for. */
const SILENCE = 1_000

// Safari knows no idle time.
const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500))

/** Runs once, when the first page has all that it asked for and the browser has nothing else to do. */
export function afterFirstPage(run: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    clearTimeout(timer)
    if (queries.isFetching() > 0) return
    timer = setTimeout(() => {
      stop()
      idle(() => run())
    }, SILENCE)
  }
  const stop = queries.getQueryCache().subscribe(look)
  look()
}
