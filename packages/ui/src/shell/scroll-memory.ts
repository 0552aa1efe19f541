import type { Router } from 'vue-router'

/** Where the parts of a page stood: `id` or place in the page → left and top. */
type Positions = Record<string, readonly [number, number]>

const KEY = 'portico-scroll'
/** Entries of the history that are remembered. */
const MOST = 60
/** Milliseconds within which a page may fill up again. */
const PATIENCE = 3_000

const memory = new Map<string, Positions>(read())

function read(): [string, Positions][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as [string, Positions][]
  } catch {
    return []
  }
}

/** By its id, else by its way down from the nearest that has one. */
function nameOf(element: Element): string {
  if (element.id !== '') return `#${CSS.escape(element.id)}`
  const parent = element.parentElement
  if (parent === null) return element.tagName
  return `${nameOf(parent)}>:nth-child(${[...parent.children].indexOf(element) + 1})`
}

const entry = (): string => `${(history.state as { position?: number } | null)?.position ?? 0} ${location.pathname}`

let restoring: AbortController | undefined
let present = entry()

/** Back and forward return to where one was: in every part of a page that scrolls, as soon as it is long enough. */
export function startScrollMemory(router: Router): void {
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (restoring !== undefined || !(target instanceof Element) || target.closest('[role="dialog"]') !== null) return
      const { scrollLeft, scrollTop } = target
      memory.set(present, { ...memory.get(present), [nameOf(target)]: [scrollLeft, scrollTop] })
    },
    { capture: true, passive: true },
  )
  let isBack = false
  window.addEventListener('popstate', () => (isBack = true))
  // Before the page goes: what its end does to scroll positions is none of the person's doing.
  router.beforeResolve(() => {
    restoring?.abort()
    restoring = new AbortController()
  })
  router.afterEach((_to, _from, failure) => {
    const asked = restoring
    present = entry()
    const positions = memory.get(present)
    const isReturn = isBack && failure === undefined
    isBack = false
    if (isReturn && positions !== undefined && asked !== undefined) restore(positions, asked)
    else requestAnimationFrame(() => finish(asked))
  })
  window.addEventListener('pagehide', () => {
    sessionStorage.setItem(KEY, JSON.stringify([...memory].slice(-MOST)))
  })
  const positions = memory.get(present)
  if (positions !== undefined) restore(positions, (restoring = new AbortController()))
}

function finish(asked: AbortController | undefined): void {
  if (restoring === asked) restoring = undefined
}

function restore(positions: Positions, asked: AbortController): void {
  const missing = new Map(Object.entries(positions).filter(([, [left, top]]) => left > 0 || top > 0))
  const until = performance.now() + PATIENCE
  const stop = (): void => asked.abort()
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    window.addEventListener(event, stop, { once: true, passive: true, signal: asked.signal })
  const step = (): void => {
    for (const [name, [left, top]] of missing) {
      const element = document.querySelector(name)
      if (element === null) continue
      element.scrollTo({ left, top, behavior: 'instant' })
      if (Math.abs(element.scrollTop - top) < 2 && Math.abs(element.scrollLeft - left) < 2) missing.delete(name)
    }
    if (asked.signal.aborted || missing.size === 0 || performance.now() > until) {
      asked.abort()
      // What this has caused to scroll is told of in the next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => finish(asked)))
    } else requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}
