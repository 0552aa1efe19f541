/** The longest answer of a tool as text, in characters: a model has to read it whole. */
const LONGEST = 60_000

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** A record without its empty values. A link that is not set is 0; the pipeline 0 is the first one. */
export function withoutEmpty(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => !isEmpty(value) && !(value === 0 && name.endsWith('Id') && name !== 'categoryId'),
    ),
  )
}

export interface Bounded {
  readonly value: unknown
  /** What was left out, where anything was. */
  readonly cut?: string
}

/** A value that is short enough to be read: of lists the first rows, of long texts the beginning. */
export function bounded(value: unknown, most = LONGEST): Bounded {
  const text = JSON.stringify(value) ?? 'null'
  if (text.length <= most) return { value }
  if (Array.isArray(value)) {
    const kept: unknown[] = []
    let length = 2
    for (const row of value as unknown[]) {
      length += (JSON.stringify(row)?.length ?? 4) + 1
      if (length > most) break
      kept.push(row)
    }
    if (kept.length > 0)
      return { value: kept, cut: `Only the first ${kept.length} of ${value.length} rows fit: select less, or page` }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value)
    const share = Math.floor(most / Math.max(1, entries.length))
    const cuts = entries.map(([key, each]) => [key, bounded(each, Math.max(share, 200))] as const)
    const told = cuts.flatMap(([key, { cut }]) => (cut === undefined ? [] : [`${key}: ${cut}`]))
    const shown = Object.fromEntries(cuts.map(([key, each]) => [key, each.value]))
    const [first = 'cut'] = told
    if (JSON.stringify(shown).length <= most * 2) return { value: shown, cut: first }
  }
  return {
    value: `${text.slice(0, Math.max(0, most - 1))}…`,
    cut: `Only ${most} of ${text.length} characters are shown`,
  }
}
