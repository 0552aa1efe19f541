import type { CallFilter } from './call-filter.ts'
import type { SeenMethodCall } from './calls.ts'
import type { DeliveryFilter, SeenDelivery } from './deliveries.ts'
import type { Warning } from './warnings/warning.ts'

/** What tests can learn of what has happened in their portal. */
export interface PortalSeeing {
  /** Calls of methods in their order, commands of batches included: of a method, a pattern (`crm.*`), or all that fit. */
  calls(filter?: string | CallFilter): Promise<readonly SeenMethodCall[]>
  lastCall(filter?: string | CallFilter): Promise<SeenMethodCall | undefined>
  /**
   * Waits until there are so many calls (1), for so many milliseconds at most (5,000): for clients that do their work
   * later. Answers with the one that was waited for. @throws {Error} that tells what was called instead
   */
  waitForCall(
    filter: string | CallFilter,
    options?: { readonly times?: number; readonly timeout?: number },
  ): Promise<SeenMethodCall>
  /** Forgets calls and warnings; the data stays as it is. */
  clearCalls(): Promise<void>
  /** What handlers of events were sent, and are to be sent, in the order in which it happened. */
  deliveries(filter?: string | DeliveryFilter): Promise<readonly SeenDelivery[]>
  /** What works here and would hurt in production; calls of the test itself (`portal.call`) are not judged. */
  warnings(): Promise<readonly Warning[]>
  /** Calls, errors and warnings as a text for the end of a test run. */
  report(): Promise<string>
}

interface Found {
  readonly calls: readonly SeenMethodCall[]
}

/** Seconds for which one control may wait. */
const TURN = 20

export function portalSeeing(run: <T>(name: string, given?: object) => Promise<T>): PortalSeeing {
  const calls = async (filter: string | CallFilter = {}, more: object = {}): Promise<readonly SeenMethodCall[]> =>
    (await run<Found>('calls', { ...filterOf(filter), ...more })).calls
  return {
    calls: (filter) => calls(filter),
    lastCall: async (filter) => (await calls(filter, { limit: 1 }))[0],
    async waitForCall(filter, { times = 1, timeout = 5_000 } = {}) {
      const until = performance.now() + timeout
      for (;;) {
        const left = Math.max(until - performance.now(), 0)
        const given = { ...filterOf(filter), times, seconds: Math.min(left / 1000, TURN) }
        const found = (await run<Found>('waitForCall', given)).calls
        const wanted = found[times - 1]
        if (wanted !== undefined) return wanted
        if (left <= 0) throw new Error(missed(filter, { times, timeout, found: found.length }, await calls()))
      }
    },
    clearCalls: async () => {
      await run('clearCalls')
    },
    deliveries: (filter = {}) => run('deliveries', typeof filter === 'string' ? { event: filter } : filter),
    warnings: () => run('warnings'),
    report: async () => (await run<{ text: string }>('report')).text,
  }
}

const filterOf = (filter: string | CallFilter): CallFilter => (typeof filter === 'string' ? { method: filter } : filter)

/** In words for whoever reads why a test has failed. */
function missed(
  filter: string | CallFilter,
  { times, timeout, found }: { times: number; timeout: number; found: number },
  all: readonly SeenMethodCall[],
): string {
  const wanted = typeof filter === 'string' ? filter : JSON.stringify(filter)
  const counts = new Map<string, number>()
  for (const { method } of all) counts.set(method, (counts.get(method) ?? 0) + 1)
  const others = [...counts].map(([method, count]) => (count === 1 ? method : `${method} × ${count}`)).join(', ')
  return `${found} of ${times} calls of ${wanted} within ${timeout} ms; ${others === '' ? 'nothing was called' : `there were ${others}`}`
}
