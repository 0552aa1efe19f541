import type { Limits } from '../../methods/limits/profiles.ts'
import type { FaultReport, FaultRule } from './fault-rule.ts'
import type { GivenLimits } from './read-limits.ts'

/** Whose tokens; all where nothing is said. */
export interface WhoseTokens {
  readonly userId?: number
  readonly clientId?: string
  readonly applicationId?: number
}

/** What tests can let go wrong. */
export interface PortalFaults {
  /** From now on something goes wrong with calls, or with events on their way to handlers. */
  fault(rule: FaultRule): Promise<{ readonly id: number }>
  /** The rules, and how often each was asked and has struck. */
  faults(): Promise<readonly FaultReport[]>
  /** Nothing goes wrong any more; with an id, that rule ends alone. Answers how many have ended. */
  clearFaults(id?: number): Promise<number>
  /** Access tokens have expired as of now; they can be renewed, unless refresh tokens have expired too. */
  expireTokens(
    whose?: WhoseTokens & { readonly refresh?: boolean },
  ): Promise<{ readonly expired: number; readonly refreshExpired: number }>
  /** Access and refresh tokens are taken back. */
  revokeTokens(whose?: WhoseTokens): Promise<{ readonly revoked: number; readonly refreshRevoked: number }>
  /** An inbound webhook is taken back. @param webhook `1/code`, its address, or its id */
  revokeWebhook(webhook: string | number): Promise<{ readonly id: number }>
  /** The limits of the portal, after they were set where that is asked; nothing counts that was before. */
  limits(limits?: GivenLimits): Promise<Limits>
}

export const portalFaults = (run: <T>(name: string, given?: object) => Promise<T>): PortalFaults => ({
  fault: (rule) => run('fault', rule),
  faults: () => run('faults'),
  clearFaults: async (id) => (await run<{ cleared: number }>('clearFaults', id === undefined ? {} : { id })).cleared,
  expireTokens: (whose = {}) => run('expireTokens', whose),
  revokeTokens: (whose = {}) => run('revokeTokens', whose),
  revokeWebhook: (webhook) => run('revokeWebhook', { webhook }),
  limits: (limits = {}) => run('limits', typeof limits === 'string' ? { profile: limits } : limits),
})
