/**
 * Parameters as a PHP query, which is how a batch carries them (`settings/how-to-call-rest-api/batch.md`):
 * `fields[TITLE]=A&filter[%3EID]=5&select[0]=ID`. Flags become 1 and 0, null empties a value, undefined is left out.
 */
export function phpQuery(params: Readonly<Record<string, unknown>>): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(params)) {
    // An empty map says nothing where parameters are, except that fields must be there.
    if (isEmpty(value)) {
      if (/^fields$/i.test(name)) parts.push(`${encode(name)}[]=`)
    } else add(parts, encode(name), value)
  }
  return parts.join('&')
}

function add(parts: string[], name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return
  if (value === null) parts.push(`${name}=`)
  else if (typeof value === 'boolean') parts.push(`${name}=${value ? '1' : '0'}`)
  else if (value instanceof Date) parts.push(`${name}=${encode(value.toISOString())}`)
  else if (typeof value === 'object') {
    const plain = 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value
    if (typeof plain !== 'object' || plain === null) return add(parts, name, plain)
    // Inside, nothing must not become less than nothing: `{ '@ID': [] }` without its condition would find everything.
    if (isEmpty(plain)) parts.push(`${name}=`)
    else for (const [key, each] of Object.entries(plain)) add(parts, `${name}[${encode(key)}]`, each)
  } else
    parts.push(`${name}=${encode(typeof value === 'bigint' ? value.toString() : String(value as string | number))}`)
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && Object.keys(value).length === 0

/** Half a surrogate pair would make encodeURIComponent throw. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
