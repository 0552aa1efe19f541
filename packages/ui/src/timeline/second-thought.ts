import { shallowRef } from 'vue'
import { boot } from '../api/boot.ts'
import { call } from '../api/portal.ts'
import { say } from '../i18n/index.ts'
import { type Notify, useNotify } from '../shell/notify.ts'

/** How long one can think better of it. */
const MILLISECONDS = 8_000

interface Leaving {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly timer: ReturnType<typeof setTimeout>
}

const leaving = new Map<string, Leaving>()
/** Keys of what is about to be deleted: nobody sees it any more. */
export const vanished = shallowRef<ReadonlySet<string>>(new Set())

const vanish = (key: string, isGone: boolean): void => {
  const next = new Set(vanished.value)
  if (isGone) next.add(key)
  else next.delete(key)
  vanished.value = next
}

/**
 * Deletes something: it vanishes at once, and is gone when nobody has taken that back for eight seconds, or when the
 * page is left.
 */
export function removeLater(
  key: string,
  said: string,
  { method, params }: Pick<Leaving, 'method' | 'params'>,
  done: () => Promise<unknown>,
  notify: Notify = useNotify(),
): void {
  vanish(key, true)
  const finish = async (): Promise<void> => {
    leaving.delete(key)
    try {
      await call(method, params)
      await done()
    } catch (cause) {
      vanish(key, false)
      notify.failed(cause, say('timeline.notDeleted'))
    }
  }
  leaving.set(key, { method, params, timer: setTimeout(() => void finish(), MILLISECONDS) })
  notify.done(said, {
    undo() {
      const entry = leaving.get(key)
      if (entry === undefined) return
      clearTimeout(entry.timer)
      leaving.delete(key)
      vanish(key, false)
    },
  })
}

addEventListener('pagehide', () => {
  for (const { method, params, timer } of leaving.values()) {
    clearTimeout(timer)
    void fetch(`/rest/${method}`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', 'x-portico-csrf': boot.csrf },
      body: JSON.stringify(params),
    })
  }
  leaving.clear()
})
