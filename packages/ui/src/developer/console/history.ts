import { shallowRef } from 'vue'
import type { Params } from './use-call.ts'

/** A call that was made in this browser. */
export interface Past {
  readonly method: string
  readonly version: 2 | 3
  readonly params: Params
  readonly status: number
  /** Milliseconds. */
  readonly duration: number
  /** Epoch milliseconds. */
  readonly at: number
}

const KEY = 'portico-console'
const MOST = 40
/** Characters of parameters that are remembered. */
const LONGEST = 8_000

function read(): readonly Past[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(stored) ? (stored as Past[]) : []
  } catch {
    return []
  }
}

/** What was called here last, the newest first; on this machine alone. */
export const history = shallowRef(read())

function keep(next: readonly Past[]): void {
  history.value = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A browser without room for it goes on without.
  }
}

export function remember(past: Past): void {
  const text = JSON.stringify(past.params)
  const short = text.length > LONGEST ? { ...past, params: {} } : past
  const others = history.value.filter(
    ({ method, params }) => method !== past.method || JSON.stringify(params) !== JSON.stringify(short.params),
  )
  keep([short, ...others].slice(0, MOST))
}

export const forget = (): void => keep([])
