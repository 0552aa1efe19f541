import type { ApiError } from '../../methods/errors.ts'
import { CONNECTION_KINDS, type CallFault } from './fault-rule.ts'
import type { Occasion } from './occasion.ts'
import { ownError, type Struck, systemError } from './system-errors.ts'

/** Who calls, as far as rules ask. */
export interface Asker {
  /** `1/code` */
  readonly webhook?: string | undefined
  readonly token?: string | undefined
  readonly userId?: number | undefined
  readonly clientId?: string | undefined
  readonly isSession: boolean
}

/** A call that rules may be about. */
export interface Target {
  readonly method: string
  readonly version: 2 | 3
  readonly asker: Asker
}

/** What happens to one call. */
export interface Plan {
  /** Names of the rules, for whoever looks at the answer. */
  readonly marks: readonly string[]
  /** Seconds to wait before it is run, and before it is answered. */
  readonly before: number
  readonly after: number
  readonly tokens?: 'expire' | 'revoke' | undefined
  /** What it answers in place of what comes of it, or what becomes of its connection. */
  readonly ending?: { readonly when: 'before' | 'after'; readonly error: ApiError } | undefined
  readonly connection?: { readonly when: 'before' | 'after'; readonly rule: CallFault } | undefined
}

export const NOTHING: Plan = { marks: [], before: 0, after: 0 }

export const TOKEN_ENDPOINT = 'oauth.token'

/**
 * What rules do to a call, in their order: of those that end it the first counts, delays are added.
 * @param mayBreak whether it has a connection of its own
 */
export function planOf(
  target: Target,
  rules: readonly Occasion<CallFault>[],
  { own, mayBreak, mayEndTokens }: { own?: CallFault | undefined; mayBreak: boolean; mayEndTokens: boolean },
): Plan {
  let plan = own === undefined ? NOTHING : joined(NOTHING, own, 'header', target)
  for (const occasion of rules) {
    const { rule } = occasion
    const ends = rule.error !== undefined || breaks(rule)
    if (ends && (plan.ending !== undefined || plan.connection !== undefined)) continue
    if (breaks(rule) && !mayBreak) continue
    if (rule.tokens !== undefined && (!mayEndTokens || target.asker.token === undefined)) continue
    if (isAbout(occasion, target) && occasion.strikes()) plan = joined(plan, rule, String(occasion.id), target)
  }
  return plan
}

/** Whether rules ask for more of a caller than the request itself shows. */
export const asksWhose = (rules: readonly Occasion<CallFault>[]): boolean =>
  rules.some(({ rule }) => rule.credentials !== undefined)

const breaks = (rule: CallFault): boolean => CONNECTION_KINDS.some((kind) => rule[kind] !== undefined)

function joined(plan: Plan, rule: CallFault, mark: string, target: Target): Plan {
  const { when = 'before', delay = 0, error, tokens } = rule
  return {
    ...plan,
    marks: [...plan.marks, mark],
    before: plan.before + (when === 'before' ? delay : 0),
    after: plan.after + (when === 'after' ? delay : 0),
    tokens: tokens ?? plan.tokens,
    ending: error === undefined ? plan.ending : { when, error: errorOf(error, target) },
    connection: breaks(rule) ? { when, rule } : plan.connection,
  }
}

function errorOf(error: NonNullable<CallFault['error']>, { method, version, asker }: Target): ApiError {
  const struck: Struck = { method, version, isWebhook: asker.webhook !== undefined }
  if (typeof error !== 'string') return ownError(error, struck)
  const known = systemError(error, struck)
  if (known === undefined) throw new Error(`the error ${error} has no words`)
  return known
}

function isAbout({ rule, means }: Occasion<CallFault>, { method, asker }: Target): boolean {
  const { methods, credentials } = rule
  // The token endpoint is no method: whoever means it says so.
  if (method === TOKEN_ENDPOINT && ![methods ?? []].flat().some((each) => /^oauth\./i.test(each))) return false
  if (!means(method)) return false
  const whose = [credentials ?? []].flat()
  if (whose.length === 0) return !asker.isSession
  return whose.some((each) =>
    typeof each === 'number'
      ? each === asker.userId
      : each === 'session'
        ? asker.isSession
        : each === asker.webhook || each === asker.clientId,
  )
}
