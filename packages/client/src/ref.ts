import { isMap } from './json.ts'

declare const isReference: unique symbol
/** What an earlier command of the same batch answers, in place of a value. */
export type Ref = string & { readonly [isReference]: true }

const REFERENCE = /\$result((?:\[[^[\]]*\])+)/g
const WHOLE = /^\$result((?:\[[^[\]]*\])+)$/

/**
 * `ref('contact')` is the whole result of the command `contact`, `ref('list', 0, 'ID')` a value inside of it. It can be
 * a part of a text: `` `CO_${ref('company')}` ``.
 *
 * @param command the key of the command, or its number in a list of commands
 * @throws TypeError for keys with brackets, which the portal could not tell apart
 */
export function ref(command: string | number, ...path: readonly (string | number)[]): Ref {
  const keys = [command, ...path].map(String)
  for (const key of keys) if (/[[\]]/.test(key)) throw new TypeError(`ref: there can be no brackets in a key: ${key}`)
  return `$result[${keys.join('][')}]` as Ref
}

/** The commands that a value refers to. */
export function refersTo(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    for (const [, path = ''] of value.matchAll(REFERENCE)) found.add(keysOf(path)[0] ?? '')
  } else if (Array.isArray(value)) for (const each of value) refersTo(each, found)
  else if (isMap(value)) for (const each of Object.values(value)) refersTo(each, found)
  return found
}

/**
 * Puts results that are known already in the place of references to them, as the portal would: a reference that is the
 * whole value becomes what it refers to, others become texts. References to other commands stay.
 */
export function resolve(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, results))
  if (isMap(value) && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, results)]))
  if (typeof value !== 'string') return value
  const whole = WHOLE.exec(value)?.[1]
  if (whole !== undefined) {
    const found = lookUp(whole, results)
    return found === undefined ? value : found
  }
  return value.replace(REFERENCE, (written, path: string) => {
    const found = lookUp(path, results)
    if (found === undefined || (typeof found === 'object' && found !== null)) return written
    return found === null ? '' : typeof found === 'boolean' ? (found ? '1' : '0') : String(found)
  })
}

function lookUp(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const [command = '', ...keys] = keysOf(path)
  let value = results.get(command)
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

const keysOf = (path: string): string[] => path.slice(1, -1).split('][')
