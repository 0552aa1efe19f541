import { FILE_METHODS } from '../batch.ts'
import { apiError } from '../errors.ts'
import { isMap, type Map, type Method } from '../method.ts'
import { methodV3 } from '../v3.ts'
import { errorsV3, ofType, required } from './errors.ts'

const MAX_COMMANDS = 50

interface Command {
  readonly method: string
  readonly query: Map
  /** The name by which later commands may use the result; its number, if it has none. */
  readonly as: string
  /** The next ones run even if this one fails. */
  readonly parallel: boolean
}

/**
 * Up to 50 calls in one request, one after the other: the body is a list of `{method, query, as, parallel}`, or a map
 * with its numbers as keys. Where one fails, the answer is its error and nothing else (api-reference/rest-v3.md, "Batch call").
 */
export const batchV3: Method = methodV3({
  name: 'batch',
  scope: null,
  batch: false,
  params: {},
  body: {
    type: 'array',
    maxItems: MAX_COMMANDS,
    items: {
      type: 'object',
      required: ['method'],
      properties: {
        method: { type: 'string' },
        query: { type: 'object' },
        as: { type: 'string', description: 'The name by which `$ref` and `$refArray` of later calls find the result' },
        parallel: { type: 'boolean', description: 'The calls after it run even if it fails' },
      },
    },
  },
  returns: { type: 'array', items: { type: 'object' }, description: 'The results, in the order of the calls' },
  async run(_none, call) {
    const commands = commandsOf(call.raw)
    const results: unknown[] = []
    const known = new Map<string, Map>()
    let failed: Error | undefined
    for (const { method, query, as, parallel } of commands) {
      if (call.methods.find(method, 3)?.batch === false || FILE_METHODS.has(method.toLowerCase()))
        throw apiError('batchMethod')
      const { error, result } = await call.dispatch(method, substituted(query, known) as Map)
      if (error !== undefined) {
        failed ??= error
        if (!parallel) break
        continue
      }
      results.push(result)
      if (isMap(result) && (isMap(result.item) || Array.isArray(result.items))) known.set(as, result)
    }
    if (failed !== undefined) throw failed
    return results
  },
})

function commandsOf(raw: Map): Command[] {
  const keys = Object.keys(raw)
  // `cmd` of the versions before, and whatever else is no list.
  const odd = keys.find((key) => !/^\d{1,9}$/.test(key))
  if (odd !== undefined) throw errorsV3.select(odd)
  if (keys.length > MAX_COMMANDS) throw apiError('batchLength')
  return keys
    .map(Number)
    .sort((a, b) => a - b)
    .map((key, index) => commandOf(raw[key], index))
}

function commandOf(given: unknown, index: number): Command {
  if (!isMap(given)) throw errorsV3.validation([ofType(String(index), 'array')])
  const { method, query = {}, as, parallel } = given
  if (method === undefined || method === '') throw errorsV3.validation([required(`${index}.method`)])
  if (typeof method !== 'string') throw errorsV3.validation([ofType(`${index}.method`, 'string')])
  // PHP sends an empty map as an empty list.
  const parameters = Array.isArray(query) && query.length === 0 ? {} : query
  if (!isMap(parameters)) throw errorsV3.validation([ofType(`${index}.query`, 'array')])
  // The outer credential counts; one inside a command is ignored.
  const { auth: _ignored, ...own } = parameters
  return {
    method: method.replace(/\.json$/i, ''),
    query: own,
    as: typeof as === 'string' && as !== '' ? as : String(index),
    parallel: parallel === true,
  }
}

/** Puts results of earlier commands in the place of `{"$ref": "alias.path"}` and `{"$refArray": "alias.field"}`. */
function substituted(value: unknown, known: ReadonlyMap<string, Map>): unknown {
  if (Array.isArray(value)) return value.map((each) => substituted(each, known))
  if (!isMap(value)) return value
  const keys = Object.keys(value)
  const [key] = keys
  const path = key === undefined ? undefined : value[key]
  if (keys.length === 1 && typeof path === 'string') {
    if (key === '$ref') return referred(path, known)
    if (key === '$refArray') return collected(path, known)
  }
  const copy = Object.create(null) as Record<string, unknown>
  for (const each of keys) copy[each] = substituted(value[each], known)
  return copy
}

/** One value: the path begins at the result, or at its `item`. What leads nowhere is an error, and not an empty value. */
function referred(path: string, known: ReadonlyMap<string, Map>): unknown {
  const [alias = '', ...keys] = path.split('.')
  const result = known.get(alias)
  const found = keys.length === 0 ? undefined : (reached(result, keys) ?? reached(result?.item, keys))
  if (found === undefined) throw errorsV3.select(path)
  return found
}

/** One field of every element of a list. */
function collected(path: string, known: ReadonlyMap<string, Map>): unknown[] {
  const [alias = '', ...keys] = path.split('.')
  const items = known.get(alias)?.items
  if (keys.length === 0 || !Array.isArray(items)) throw errorsV3.select(path)
  return items.map((item) => reached(item, keys)).filter((each) => each !== undefined)
}

function reached(from: unknown, keys: readonly string[]): unknown {
  let value = from
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    if (Array.isArray(value) && key === 'length') return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
