type Conditions = Readonly<Record<string, unknown>>

/** A condition that nothing meets. */
const NOTHING = { '@id': [0] }

const isSame = (one: unknown, other: unknown): boolean => String(one) === String(other)

/** Both conditions at once: one that the filter has already is narrowed by the other, not replaced. */
export function narrowed(filter: Conditions, more: Conditions): Record<string, unknown> {
  const both: Record<string, unknown> = { ...filter }
  for (const [key, value] of Object.entries(more)) {
    const given = both[key]
    if (given === undefined) both[key] = value
    else if (Array.isArray(given) || Array.isArray(value)) {
      const [ones, others] = [[given].flat(), [value].flat()]
      const shared = ones.filter((one) => others.some((other) => isSame(one, other)))
      if (shared.length === 0) return { ...both, ...NOTHING }
      both[key] = shared
    } else if (!isSame(given, value)) return { ...both, ...NOTHING }
  }
  return both
}
