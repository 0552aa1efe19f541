import { computed, type ComputedRef, shallowRef } from 'vue'
import { loadRouteLocation, type RouteLocationNormalizedLoaded } from 'vue-router'
import { router } from '../router.ts'
import { rememberFocus } from './return-focus.ts'

/**
 * A card opens over the page that it is opened from and has an address of its own. What lies beneath is written into
 * the browser's history with it, so that back, forward and reload show the same.
 */
interface Beneath {
  /** The page, then the sliders over it, the lowest first; without the one on top. */
  readonly under?: readonly string[]
}

const stack = shallowRef<readonly RouteLocationNormalizedLoaded[]>([])

router.afterEach(async (to) => {
  const under = to.meta.slider === true ? ((history.state as Beneath | null)?.under ?? []) : []
  const beneath = await Promise.all(under.map((path) => loadRouteLocation(router.resolve(path))))
  // Another navigation may have been quicker.
  if (router.currentRoute.value.fullPath === to.fullPath) stack.value = [...beneath, to]
})

/** The page at the bottom, and the sliders over it. */
export const page: ComputedRef<RouteLocationNormalizedLoaded | undefined> = computed(() => stack.value[0])
export const sliders: ComputedRef<readonly RouteLocationNormalizedLoaded[]> = computed(() => stack.value.slice(1))

/** How many sliders lie over the page. */
export const depthOnTop = (): number => Math.max(0, stack.value.length - 1)

/** An address with its query: beside a state the router takes them apart only. */
function partsOf(address: string) {
  const { path, query, hash } = router.resolve(address)
  return { path, query, hash }
}

/** Opens a page with `meta.slider` over what is shown now. */
export async function openSlider(path: string): Promise<void> {
  const { currentRoute } = router
  if (currentRoute.value.path === router.resolve(path).path) return
  rememberFocus(depthOnTop())
  await router.push({ ...partsOf(path), state: { under: stack.value.map(({ fullPath }) => fullPath) } })
}

/** Closes the slider on top; a card that was visited directly leads to `otherwise`. */
export async function closeSlider(otherwise = '/'): Promise<void> {
  if (stack.value.length > 1) router.back()
  else await router.push(otherwise)
}

/** Another address for the slider on top, as when a new record has got its id. */
export async function replaceSlider(path: string): Promise<void> {
  await router.replace({ ...partsOf(path), state: { under: stack.value.slice(0, -1).map(({ fullPath }) => fullPath) } })
}
