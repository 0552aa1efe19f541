import { readonly, ref } from 'vue'

const lost = ref(false)
/** The server has not been reached; it is asked again and again until it answers. */
export const isOffline = readonly(lost)

const listeners = new Set<() => void>()
/** Runs when the server can be reached again. */
export const onReconnected = (listener: () => void): void => void listeners.add(listener)

/** Milliseconds between two attempts. */
const PAUSE = 5_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Something got no answer. Whether nothing does is found out before anybody is told. */
export function doubtConnection(): void {
  if (timer === undefined) void ask()
}

/** Asks at once whether the server is there. */
export async function ask(): Promise<void> {
  clearTimeout(timer)
  timer = setTimeout(() => void ask(), PAUSE)
  const isThere = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(PAUSE - 500) }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!isThere) {
    lost.value = true
    return
  }
  clearTimeout(timer)
  timer = undefined
  if (!lost.value) return
  lost.value = false
  for (const listener of listeners) listener()
}

export function watchConnection(): void {
  window.addEventListener('offline', doubtConnection)
  window.addEventListener('online', () => lost.value && void ask())
}
