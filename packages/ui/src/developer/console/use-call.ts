import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export type Params = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parameters that a text holds; undefined where it holds none. */
export function paramsIn(text: string): Params | undefined {
  if (text.trim() === '') return {}
  try {
    const value = JSON.parse(text) as unknown
    return isMap(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const textOf = (params: Params): string =>
  Object.keys(params).length === 0 ? '{}' : JSON.stringify(params, null, 2)

/** Characters of parameters that an address may hold; longer ones live in the page alone. */
const LONGEST = 6_000
const WRITE_AFTER = 250

/** Where a call is opened in the console. */
export function consolePath(method: string, params: Params = {}, version: 2 | 3 = 2): string {
  const query = new URLSearchParams({ method })
  if (version === 3) query.set('v', '3')
  const text = JSON.stringify(params)
  if (text !== '{}' && text.length <= LONGEST) query.set('params', text)
  return `/developer/console/?${query.toString()}`
}

/** The call that is being made: it lives in the address, so that it can be kept and handed on. */
export function useCall() {
  const route = useRoute()
  const router = useRouter()
  const method = computed(() => String(route.query.method ?? ''))
  const version = computed<2 | 3>(() => (route.query.v === '3' ? 3 : 2))
  const inAddress = (): string => String(route.query.params ?? '{}')
  const text = ref(textOf(paramsIn(inAddress()) ?? {}))
  const params = computed(() => paramsIn(text.value))

  let timer: ReturnType<typeof setTimeout> | undefined
  let written = inAddress()
  watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(write, WRITE_AFTER)
  })
  onScopeDispose(() => clearTimeout(timer))

  function write(): void {
    const { value } = params
    if (value === undefined || !route.path.startsWith('/developer/console')) return
    const compact = JSON.stringify(value)
    written = compact
    const { params: _before, ...rest } = route.query
    const isKept = compact !== '{}' && compact.length <= LONGEST
    void router.replace({ query: { ...rest, ...(isKept ? { params: compact } : {}) } })
  }

  // Back, forward, and links to other calls.
  watch([method, version, () => route.query.params], ([name], [before]) => {
    const given = inAddress()
    if (name === before && given === written) return
    clearTimeout(timer)
    written = given
    text.value = textOf(paramsIn(given) ?? {})
  })

  return {
    method,
    version,
    /** The parameters as they are written. */
    text,
    /** And as they are; undefined while the text is no map. */
    params,
    set(next: Params) {
      text.value = textOf(next)
    },
    open(name: string, next: Params = {}, v: 2 | 3 = 2) {
      return router.push(consolePath(name, next, v))
    },
  }
}
