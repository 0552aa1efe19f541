/**
 * Fields that exist because somebody made them in one portal: the documented answers show the documentation's own
 * portal, so that these keys are compared by the tests that make such fields, not by shape.
 */
export const isPortalsOwn = (key: string): boolean => /^(UF_CRM_|UF_USR_|ufCrm|PARENT_ID_\d|parentId\d)/.test(key)

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value

const isMap = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'map'

type Map = Record<string, unknown>

/** A key that every example has must be there; one that only some have may be; others may not. */
function mapDifferences(actual: Map, examples: readonly Map[], path: string): string[] {
  const keys = new Set([...Object.keys(actual), ...examples.flatMap((example) => Object.keys(example))])
  return [...keys].flatMap((key) => {
    if (isPortalsOwn(key)) return []
    const shown = examples.filter((example) => Object.hasOwn(example, key))
    if (shown.length === 0) return [`${path}.${key}: extra`]
    if (!Object.hasOwn(actual, key)) return shown.length < examples.length ? [] : [`${path}.${key}: missing`]
    return differencesFrom(
      actual[key],
      shown.map((example) => example[key]),
      `${path}.${key}`,
    )
  })
}

function listDifferences(actual: readonly unknown[], examples: readonly unknown[], path: string): string[] {
  if (examples.length === 0) return []
  if (actual.length === 0) return [`${path}: empty`]
  return actual.flatMap((element) => differencesFrom(element, examples, `${path}[]`))
}

function differencesFrom(actual: unknown, examples: readonly unknown[], path: string): string[] {
  const have = kindOf(actual)
  const wanted = new Set(examples.map(kindOf))
  // A null says only that the value may be null.
  const open = wanted.size === 1 && wanted.has('null') && have !== 'map' && have !== 'list'
  if (!open && !wanted.has(have)) return [`${path}: ${have} instead of ${[...wanted].sort().join(' or ')}`]
  if (isMap(actual)) return mapDifferences(actual, examples.filter(isMap), path)
  if (!Array.isArray(actual)) return []
  return listDifferences(actual, examples.filter(Array.isArray).flat(), path)
}

/**
 * How an answer differs in shape from a documented one: keys and JSON types, at every depth, as sorted lines such as
 * `result.item.title: null instead of string`. A documented null allows any scalar; elsewhere null is a difference.
 * All elements of a documented list together say what an element may look like. Such a list must not be answered by an
 * empty one, which would prove nothing.
 */
export function shapeDifferences(actual: unknown, documented: unknown, path: string): string[] {
  return [...new Set(differencesFrom(actual, [documented], path))].sort()
}

/** What is wrong with an answer's `time`: all eight keys, always (older documented answers show fewer). */
export function timeDifferences(time: unknown): string[] {
  return shapeDifferences(
    time,
    {
      start: 1721304013.2,
      finish: 1721304015.5,
      duration: 2.3,
      processing: 1.8,
      date_start: '2024-07-18T14:00:13+02:00',
      date_finish: '2024-07-18T14:00:15+02:00',
      operating_reset_at: 1721304613,
      operating: 1.8,
    },
    'time',
  )
}
