type Handler = () => void

/** Whether the page has been read. */
export const isReady = (): boolean => document.readyState !== 'loading'

/** Runs a function when the page has been read; whatever is no function is ignored. */
export function ready(handler: unknown): void {
  if (typeof handler !== 'function') return
  if (isReady()) (handler as Handler)()
  else document.addEventListener('DOMContentLoaded', () => (handler as Handler)(), { once: true })
}

/** Loads scripts one after the other, once the page has been read. */
export function loadScript(script: string | readonly string[], done?: unknown): void {
  const paths = typeof script === 'string' ? [script] : [...script]
  const next = (): void => {
    const path = paths.shift()
    if (path === undefined) {
      if (typeof done === 'function') (done as Handler)()
      return
    }
    const tag = document.createElement('script')
    tag.src = path
    // A file that can't be loaded doesn't keep the others from being loaded.
    tag.addEventListener('load', next)
    tag.addEventListener('error', next)
    document.head.append(tag)
  }
  ready(next)
}

/** Names under which browsers have known the same event. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  mousewheel: ['DOMMouseScroll'],
  transitionend: ['webkitTransitionEnd', 'msTransitionEnd', 'oTransitionEnd'],
}

const namesOf = (event: string): string[] => [event, ...(ALIASES[event] ?? [])]

export function bind(target: EventTarget | null, event: string, handler: EventListener): void {
  for (const name of namesOf(event)) target?.addEventListener(name, handler)
}

export function unbind(target: EventTarget | null, event: string, handler: EventListener): void {
  for (const name of namesOf(event)) target?.removeEventListener(name, handler)
}

/** Pixels that the content of the frame takes. */
export function getScrollSize(): { scrollWidth: number; scrollHeight: number } {
  const { body, documentElement: root } = document
  return {
    scrollWidth: Math.max(body.scrollWidth, root.scrollWidth, root.offsetWidth),
    scrollHeight: Math.max(body.scrollHeight, root.scrollHeight, root.offsetHeight),
  }
}

type Any = (...given: unknown[]) => unknown

const proxies = new WeakMap<object, WeakMap<object, Any>>()
const contexts: unknown[] = []

/** A function that runs with `this` set; the same one for the same function and object. */
export function proxy(func: Any, thisObject: object): Any {
  let known = proxies.get(func)
  if (known === undefined) proxies.set(func, (known = new WeakMap()))
  let made = known.get(thisObject)
  if (made === undefined) {
    made = function (this: unknown, ...given: unknown[]): unknown {
      contexts.push(this)
      try {
        return func.apply(thisObject, given)
      } finally {
        contexts.pop()
      }
    }
    known.set(thisObject, made)
  }
  return made
}

/** Within a proxy, the `this` that it was called with; null elsewhere. */
export const proxyContext = (): unknown => contexts.at(-1) ?? null
