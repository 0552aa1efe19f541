/**
 * Fields that exist because somebody made them in one portal: the documented answers show the documentation's own
 * portal, so that these keys are compared by the tests that make such fields, not by shape.
 */
const portalsOwn = /^(UF_CRM_|ufCrm|PARENT_ID_\d|parentId\d)/

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value

const isMap = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'map'

function mapDifferences(actual: Record<string, unknown>, documented: Record<string, unknown>, path: string): string[] {
  const found: string[] = []
  for (const key of Object.keys(documented)) {
    if (portalsOwn.test(key)) continue
    if (Object.hasOwn(actual, key)) found.push(...shapeDifferences(actual[key], documented[key], `${path}.${key}`))
    else found.push(`${path}.${key}: missing`)
  }
  for (const key of Object.keys(actual))
    if (!Object.hasOwn(documented, key) && !portalsOwn.test(key)) found.push(`${path}.${key}: extra`)
  return found
}

/** Every element must look like one of the documented ones; what it differs in is told by the nearest of them. */
function listDifferences(actual: readonly unknown[], documented: readonly unknown[], path: string): string[] {
  if (documented.length === 0) return []
  if (actual.length === 0) return [`${path}: empty`]
  return actual.flatMap((element) => {
    let nearest: string[] | undefined
    for (const example of documented) {
      const found = shapeDifferences(element, example, `${path}[]`)
      if (nearest === undefined || found.length < nearest.length) nearest = found
      if (found.length === 0) break
    }
    return nearest ?? []
  })
}

/**
 * How an answer differs in shape from a documented one: keys and JSON types, at every depth, as sorted lines such as
 * `result.item.title: null instead of string`. A documented null says only that the value may be null, so any scalar
 * is fine there; null is fine nowhere else. A documented list must not be answered by an empty one, which would prove
 * nothing.
 */
export function shapeDifferences(actual: unknown, documented: unknown, path = ''): string[] {
  const [have, want] = [kindOf(actual), kindOf(documented)]
  if (want === 'null') return have === 'map' || have === 'list' ? [`${path}: ${have} instead of null`] : []
  if (have !== want) return [`${path}: ${have} instead of ${want}`]
  const found =
    isMap(actual) && isMap(documented)
      ? mapDifferences(actual, documented, path)
      : Array.isArray(actual) && Array.isArray(documented)
        ? listDifferences(actual, documented, path)
        : []
  return [...new Set(found)].sort()
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
