/** Where the cursor was when each of the open sliders was opened, the lowest first. */
const origins: (HTMLElement | undefined)[] = []

/** To be called before a slider is opened. */
export function rememberFocus(depth: number): void {
  origins.length = depth
  origins[depth] = document.activeElement instanceof HTMLElement ? document.activeElement : undefined
}

/** Puts the cursor back to what a slider was opened from, if it is still there and nobody has gone elsewhere. */
export function returnFocus(now: number, before: number): void {
  if (now >= before) return
  const origin = origins[now]
  origins.length = now
  // The panel gives the cursor up when it has left the page, a moment later.
  requestAnimationFrame(() => {
    const { activeElement } = document
    if (origin?.isConnected === true && (activeElement === null || activeElement === document.body))
      origin.focus({ preventScroll: true })
  })
}
