import { ParamsError } from './params-error.ts'

/**
 * Decoded parameters. A container is either an array or a map without a prototype, so `tree.constructor` is
 * `undefined` unless the client sent it, and `__proto__` is a key like any other.
 */
export type Tree = { [key: string]: unknown }

/** `maxDepth`: keys on the way to a leaf; `maxKeys`: all keys of all containers, a repeated key counted each time. */
export type TreeLimits = { maxDepth?: number; maxKeys?: number }

export const defaultMaxDepth = 32
export const defaultMaxKeys = 20_000

export function emptyTree(): Tree {
  return Object.create(null) as Tree
}

export function tooDeep(maxDepth: number): ParamsError {
  return new ParamsError('too-deep', `Parameters are nested deeper than ${maxDepth} levels`)
}

export function tooMany(maxKeys: number): ParamsError {
  return new ParamsError('too-many', `More than ${maxKeys} parameters in one request`)
}

/**
 * Turns decoded `key=value` pairs into one tree by the rules of PHP's `parse_str`: `a[b][0]` nests, `a[]` appends,
 * a later value replaces an earlier one, and a container whose keys are 0..n-1 in this order is an array.
 * Values are kept as they are. Throws `too-deep` and `too-many`.
 *
 * JavaScript puts integer-like keys of an object first and ascending. Where the order of a map has a meaning (the
 * commands of a batch), read it with `keysInOrder`.
 */
export function buildTree(pairs: Iterable<readonly [string, unknown]>, limits: TreeLimits = {}): Tree {
  const { maxDepth = defaultMaxDepth, maxKeys = defaultMaxKeys } = limits
  const root = new Branch()
  let keys = 0
  for (const [key, value] of pairs) {
    const path = keyPath(key)
    if (path.length === 0) continue
    if (path.length > maxDepth) throw tooDeep(maxDepth)
    let branch = root
    const last = path.length - 1
    for (let i = 0; i < last; i++) {
      const segment = path[i] as string
      const found = branch.entries.get(segment)
      if (found instanceof Branch) {
        branch = found
        continue
      }
      keys++
      const fresh = new Branch()
      branch.set(segment, fresh)
      branch = fresh
    }
    branch.set(path[last] as string, value)
    if (++keys > maxKeys) throw tooMany(maxKeys)
  }
  return settleMap(root)
}

const wireOrder = new WeakMap<object, readonly string[]>()

/**
 * The keys of a map in the order in which the client sent them. Exact for query, form and multipart; a map out of
 * JSON with integer-like keys has already been sorted by `JSON.parse`.
 */
export function keysInOrder(map: object): readonly string[] {
  return wireOrder.get(map) ?? Object.keys(map)
}

/** A container under construction: `set` keeps the bookkeeping that tells an array from a map. */
class Branch {
  readonly entries = new Map<string, unknown>()
  isList = true
  isReordered = false
  #next = 0
  #onlyIntegers = true

  /** An empty segment is `[]`: it takes the integer after the highest one used. */
  set(segment: string, value: unknown): void {
    const key = segment === '' ? String(this.#next) : segment
    if (!this.entries.has(key)) this.#noteNew(key)
    this.entries.set(key, value)
  }

  #noteNew(key: string): void {
    const integer = integerKey(key)
    if (integer !== this.entries.size) this.isList = false
    if (integer === undefined) {
      this.#onlyIntegers = false
      return
    }
    if (!this.#onlyIntegers || integer < this.#next) this.isReordered = true
    if (integer >= this.#next) this.#next = integer + 1
  }
}

/** The number that PHP would make of an array key, or undefined for a key that stays text (`01`, `-0`, `1e3`). */
function integerKey(key: string): number | undefined {
  const first = key.charCodeAt(0)
  if (first !== 0x2d && (first < 0x30 || first > 0x39)) return undefined
  if (!/^(?:0|-?[1-9]\d{0,15})$/.test(key)) return undefined
  const integer = Number(key)
  return Number.isSafeInteger(integer) ? integer : undefined
}

function settleMap(branch: Branch): Tree {
  const map = emptyTree()
  for (const [key, value] of branch.entries) map[key] = settle(value)
  if (branch.isReordered) wireOrder.set(map, [...branch.entries.keys()])
  return map
}

function settle(value: unknown): unknown {
  if (!(value instanceof Branch)) return value
  return value.isList ? Array.from(value.entries.values(), settle) : settleMap(value)
}

// The 50 sub-queries of a batch repeat the same few keys; long or hostile keys must not push them out for long.
const pathCache = new Map<string, readonly string[]>()
const maxCachedPaths = 2000
const maxCachedKeyLength = 120

/** The path of a key, cached: `a[b][]` gives `['a', 'b', '']`, where `''` means append. Empty for a nameless key. */
function keyPath(key: string): readonly string[] {
  const cached = pathCache.get(key)
  if (cached !== undefined) return cached
  const path = parseKey(key)
  if (key.length <= maxCachedKeyLength) {
    if (pathCache.size >= maxCachedPaths) pathCache.delete(pathCache.keys().next().value as string)
    pathCache.set(key, path)
  }
  return path
}

/** PHP's reading of one key. Whatever follows the last well-formed bracket is dropped, as PHP drops it. */
function parseKey(rawKey: string): readonly string[] {
  const key = rawKey.replace(/^ +/, '')
  let open = key.indexOf('[')
  if (open === 0 || key === '') return []
  if (open === -1) return [plainName(key)]
  const path = [plainName(key.slice(0, open))]
  while (key[open] === '[') {
    const start = open + 1
    const close = key.indexOf(']', start)
    // `a[b` is not an index: PHP makes it the plain name `a_b`.
    if (close === -1) return path.length === 1 ? [plainName(key)] : path
    const segment = key.slice(start, close)
    // `a[ ]` appends like `a[]`.
    path.push(/^[ \t-\r]?$/.test(segment) ? '' : segment)
    open = close + 1
  }
  return path
}

/** PHP variables cannot have these characters in their names. By bytes, since a hostile name can be megabytes of them. */
function plainName(name: string): string {
  if (!/[ .[]/.test(name)) return name
  const bytes = Buffer.from(name, 'utf8')
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === 0x20 || byte === 0x2e || byte === 0x5b) bytes[i] = 0x5f
  }
  return bytes.toString('utf8')
}
