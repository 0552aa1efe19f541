import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useQuery } from '@tanstack/vue-query'
import { call } from '../../api/portal.ts'

/** A request that the server remembers. */
export interface Logged {
  readonly NUMBER: number
  readonly TIME: string
  readonly ID: string
  readonly METHOD: string
  readonly VERSION: 2 | 3
  readonly STATUS: number
  readonly ERROR: string
  /** Milliseconds. */
  readonly DURATION: number
  readonly STAGES: Readonly<Record<string, number>>
  /** What the database was asked; servers before this one tell none. */
  readonly STATEMENTS?: number
  readonly USER_ID: number
  /** `webhook:3`, `app:local.…`, `person:1`. */
  readonly CREDENTIAL: string
  readonly ADDRESS: string
  readonly RECEIVED: number
  readonly SENT: number
  /** Whether the exact request and answer are kept. */
  readonly DETAILS: 'Y' | 'N'
}

export interface LoggedInFull extends Logged {
  readonly VERB?: string
  readonly PATH?: string
  readonly CONTENT_TYPE?: string
  readonly USER_AGENT?: string
  readonly PARAMETERS?: unknown
  readonly ANSWER?: unknown
  readonly CUT?: 'Y' | 'N'
}

/** Whether details are kept now, and until when; null: always. */
export interface Keeping {
  readonly KEPT: 'Y' | 'N'
  readonly UNTIL: string | null
}

interface Page {
  readonly SERVER: string
  readonly LAST: number
  readonly REQUESTS: readonly Logged[]
  readonly DETAILS: Keeping
}

export interface Wanted {
  readonly method?: string
  readonly status?: string
  readonly credential?: string
  readonly text?: string
}

/** Requests that are shown. */
const MOST = 500
/** Seconds that the server holds a question open; and milliseconds after which it is asked again when it could not be. */
const WAIT = 20
const AGAIN = 3_000

/** The last requests, the newest first, and what comes, until it is paused. */
export function useLogTail(wanted: Ref<Wanted>, paused: Ref<boolean>) {
  const rows = shallowRef<readonly Logged[]>([])
  const keeping = shallowRef<Keeping>()
  const isPending = ref(true)
  const fault = shallowRef<unknown>()
  let controller = new AbortController()

  async function follow({ signal }: AbortController): Promise<void> {
    let seen: Record<string, number> | undefined
    while (!signal.aborted) {
      try {
        const page = await call<Page>(
          'portico.log.list',
          {
            ...wanted.value,
            details: 'Y',
            limit: MOST,
            ...(seen === undefined ? {} : { after: seen, wait: WAIT }),
          },
          signal,
        )
        if (signal.aborted) return
        const isNew = seen?.[page.SERVER] === undefined
        const came = page.REQUESTS.toReversed()
        // Another server counts from its own start: what was shown of the one before stays below.
        rows.value = seen === undefined ? came : [...came, ...rows.value].slice(0, MOST)
        if (isNew && seen !== undefined) rows.value = came
        seen = { [page.SERVER]: page.LAST }
        keeping.value = page.DETAILS
        fault.value = undefined
        isPending.value = false
        if (paused.value) return
      } catch (cause) {
        if (signal.aborted) return
        fault.value = cause
        isPending.value = false
        await new Promise((resolve) => setTimeout(resolve, AGAIN))
      }
    }
  }
  function restart(): void {
    controller.abort()
    controller = new AbortController()
    void follow(controller)
  }
  watch(
    wanted,
    () => {
      isPending.value = true
      restart()
    },
    { immediate: true },
  )
  watch(paused, (isPaused) => (isPaused ? controller.abort() : restart()))
  onScopeDispose(() => controller.abort())
  return { rows, keeping, isPending, fault, restart }
}

export const useLogged = (id: Ref<string>) =>
  useQuery({
    queryKey: ['developer', 'logged', id],
    queryFn: ({ signal }) => call<LoggedInFull>('portico.log.get', { id: id.value }, signal),
    enabled: () => id.value !== '',
    staleTime: Infinity,
  })

export const keepDetails = (minutes: number, forget = false): Promise<Keeping> =>
  call<Keeping>('portico.log.keep', { minutes, ...(forget ? { forget: 'Y' } : {}) })
