import { parseJson } from './json-body.ts'
import { multipartPairs } from './multipart-body.ts'
import { parseQuery } from '../schema/pairs.ts'
import { ParamsError } from '../schema/params-error.ts'
import { bodyText } from '../schema/wire-text.ts'
import { buildTree, emptyTree } from '../schema/tree.ts'
import type { Tree, TreeLimits } from '../schema/tree.ts'

/** `query` is what follows the `?`, undecoded; `contentType` is the header as it came; `body` is the whole raw body. */
export type ParamsInput = { query: string; contentType: string | undefined; body: Buffer | undefined }

// The official PHP and JavaScript SDKs number their requests in the query; methods must not see that.
const trackingParams = ['bx24_request_id', 'bx24_sdk_ver', 'bx24_sdk_type']

/**
 * All parameters of a request as one map, however they were sent. The body wins over the query, name by name. Only
 * multipart takes a promise. Throws or rejects with `ParamsError` and nothing else.
 */
export function decodeParams(input: ParamsInput, limits: TreeLimits = {}): Tree | Promise<Tree> {
  const { body, contentType } = input
  const query = input.query === '' ? emptyTree() : parseQuery(input.query, limits)
  if (input.query !== '') for (const name of trackingParams) delete query[name]
  if (body === undefined || body.length === 0) return query
  const type = mediaType(contentType)
  if (type === 'multipart/form-data' && contentType !== undefined) {
    return multipartPairs(contentType, body, limits.maxKeys).then((pairs) => merge(query, buildTree(pairs, limits)))
  }
  return merge(query, decodeText(type, body, limits))
}

/** The parameter of that name: spelled exactly so, else in any case. Where several differ by case only, the last sent. */
export function param(tree: Tree, name: string): unknown {
  if (Object.hasOwn(tree, name)) return tree[name]
  const wanted = name.toLowerCase()
  let found: unknown
  for (const key of Object.keys(tree)) {
    if (key.length === name.length && key.toLowerCase() === wanted) found = tree[key]
  }
  return found
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').replace(/;.*/s, '').trim().toLowerCase()
}

function decodeText(type: string, body: Buffer, limits: TreeLimits): Tree {
  if (type === 'application/x-www-form-urlencoded') return parseQuery(bodyText(body), limits)
  if (/[/+]json$/.test(type)) return jsonParams(bodyText(body), limits)
  if (type === '' || type === 'text/plain') return sniff(bodyText(body).trim(), type, limits)
  throw unsupported(type)
}

/** For clients that forget the type: browsers' `fetch` labels a string body text/plain, scripts often nothing at all. */
function sniff(text: string, type: string, limits: TreeLimits): Tree {
  if (text === '') return emptyTree()
  if (/^[{[]/.test(text)) return jsonParams(text, limits)
  if (/^[^\s=&<]+=/.test(text)) return parseQuery(text, limits)
  throw unsupported(type)
}

function jsonParams(text: string, limits: TreeLimits): Tree {
  if (text.trim() === '') return emptyTree()
  const value = parseJson(text, limits)
  if (typeof value !== 'object' || value === null) {
    throw new ParamsError('not-an-object', 'The request body must be a JSON object')
  }
  if (!Array.isArray(value)) return value as Tree
  // PHP encodes "no parameters" as []; the elements of any other list are parameters named 0, 1, …
  const map = emptyTree()
  for (const [index, element] of value.entries()) map[index] = element
  return map
}

function unsupported(type: string): ParamsError {
  const sent = type === '' ? 'A request body without a content type' : `The content type ${type}`
  return new ParamsError(
    'unsupported-type',
    `${sent} is not supported: send application/json, application/x-www-form-urlencoded or multipart/form-data`,
  )
}

/** Names are matched in any case, so the body's `AUTH` also replaces the query's `auth`. */
function merge(query: Tree, body: Tree): Tree {
  const names = Object.keys(query)
  if (names.length === 0) return body
  const sent = new Set(Object.keys(body).map((name) => name.toLowerCase()))
  const merged = emptyTree()
  for (const name of names) if (!sent.has(name.toLowerCase())) merged[name] = query[name]
  for (const name of Object.keys(body)) merged[name] = body[name]
  return merged
}
