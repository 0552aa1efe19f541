/** How much a portal lets its callers do (limits.md). `null`: as much as they like. */
export interface Limits {
  /** Requests of one address: at most `burst` at once, and `perSecond` for ever. */
  readonly rate: { readonly burst: number; readonly perSecond: number } | null
  /** Seconds that one method may run for one client within ten minutes. */
  readonly operating: number | null
  /** Seconds that one request may take. */
  readonly duration: number | null
}

export type Profile = 'off' | 'standard' | 'enterprise'

/** Those of the cloud's tariffs; a portal that people host themselves has none by default. */
export const profiles: Readonly<Record<Profile, Limits>> = {
  off: { rate: null, operating: null, duration: null },
  standard: { rate: { burst: 50, perSecond: 2 }, operating: 480, duration: 60 },
  enterprise: { rate: { burst: 250, perSecond: 5 }, operating: 480, duration: 60 },
}
