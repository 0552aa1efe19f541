import { profiles } from '../../../methods/limits/profiles.ts'
import { docsOf, type JudgedRequest, type Rule } from './warning.ts'

/** Milliseconds that a request takes at least on its way to the cloud and back: in a test it takes two. */
const LEAST = 200
/** Answers that are remembered, for requests that were on their way before them. */
const MOST_ANSWERED = 1_000
const LIMITS = 'settings/performance/limits.md'

interface Shadow {
  readonly profile: 'standard' | 'enterprise'
  /** The counter of the documentation, and when it was looked at. */
  level: number
  at: number
  passed: number
  refused: number
  first: { readonly request: JudgedRequest; readonly after: number; readonly seconds: number } | undefined
}

/**
 * The limits that the run would have hit in the cloud. Tests are faster than any network, so each request is put on a
 * line of its own time: it begins after those that were answered before it came and after the pause that its client
 * made, and takes 200 ms at least. What a client does at once stays at once.
 */
export function requestRate(): Rule {
  const shadows: Shadow[] = (['standard', 'enterprise'] as const).map((profile) => ({
    profile,
    level: 0,
    at: 0,
    passed: 0,
    refused: 0,
    first: undefined,
  }))
  const under = new Map<string, { readonly began: number; readonly at: number }>()
  /** How far the line of its time had come, at the real moments at which requests had been answered. */
  const answered: { readonly at: number; readonly end: number }[] = []
  let count = 0
  const told: { readonly began: number; readonly request: JudgedRequest }[] = []
  return {
    began(id, at) {
      const before = answered.findLast((each) => each.at <= at)
      const pause = under.size === 0 && before !== undefined && before === answered.at(-1) ? at - before.at : 0
      under.set(id, { began: (before?.end ?? 0) + pause, at })
    },
    ended(request, at) {
      const known = under.get(request.id)
      if (known === undefined) return
      under.delete(request.id)
      const end = Math.max(answered.at(-1)?.end ?? 0, known.began + Math.max(at - known.at, LEAST))
      answered.push({ at, end })
      if (answered.length > MOST_ANSWERED * 2) answered.splice(0, MOST_ANSWERED)
      // What was refused here has told its client already.
      if (request.error === 'QUERY_LIMIT_EXCEEDED') return
      count++
      told.push({ began: known.began, request })
      if (under.size > 0) return
      // Those that were under way together end in any order.
      for (const each of told.toSorted((a, b) => a.began - b.began)) for (const shadow of shadows) enter(shadow, each)
      told.length = 0
    },
    found: () =>
      shadows.flatMap(({ profile, refused, first }) => {
        if (first === undefined) return []
        const { burst, perSecond } = profiles[profile].rate ?? { burst: 0, perSecond: 0 }
        return {
          code: 'request-rate',
          subject: profile,
          text: `The ${profile === 'standard' ? 'limits of most tariffs' : 'limits of Enterprise'} (${burst} requests at once, ${perSecond} a second) would have refused ${refused} of ${count} requests with QUERY_LIMIT_EXCEEDED, the first after ${first.after} requests in about ${first.seconds} s: put calls together with batch, slow down, and try again after a 503.`,
          docs: docsOf(LIMITS),
          count: refused,
          first: { number: first.request.number, method: first.request.method, requestId: first.request.id },
        }
      }),
  }
}

function enter(shadow: Shadow, { began, request }: { began: number; request: JudgedRequest }): void {
  const { rate } = profiles[shadow.profile]
  if (rate === null) return
  const passed = Math.max(began - shadow.at, 0) / 1000
  shadow.at = Math.max(shadow.at, began)
  shadow.level = Math.max(shadow.level - passed * rate.perSecond, 0)
  if (shadow.level + 1 <= rate.burst) {
    shadow.level++
    shadow.passed++
    return
  }
  shadow.refused++
  shadow.first ??= { request, after: shadow.passed, seconds: Math.round(began / 1000) }
}
