import { router } from '../router.ts'

const asked = new Set<string>()

/** Loads what a page of ours is made of before it is asked for. */
export function prefetch(path: string): void {
  const { path: plain, matched } = router.resolve(path)
  if (asked.has(plain)) return
  asked.add(plain)
  for (const { components } of matched)
    for (const component of Object.values(components ?? {}))
      if (typeof component === 'function' && !('props' in component))
        // It fails again, and is told of, when the page is really opened.
        void Promise.resolve((component as () => unknown)()).catch(() => asked.delete(plain))
}

const pathOfLink = (target: EventTarget | null): string | undefined => {
  const link = target instanceof Element ? target.closest('a[href]') : null
  const path = link?.getAttribute('href')
  return path?.startsWith('/') && !path.startsWith('//') && !link?.hasAttribute('download') ? path : undefined
}

/** Whatever the pointer or the focus comes to rest on. */
export function startPrefetch(): void {
  for (const event of ['pointerover', 'focusin', 'touchstart'] as const)
    document.addEventListener(
      event,
      ({ target }) => {
        const path = pathOfLink(target)
        if (path !== undefined) prefetch(path)
      },
      { passive: true },
    )
}
