import type { FastifyReply } from 'fastify'
import type { Outcome } from '../methods/method.ts'
import { errorsV3 } from '../methods/v3/errors.ts'
import { parseQuery } from '../schema/pairs.ts'
import { ParamsError } from '../schema/params-error.ts'
import { emptyTree, type Tree } from '../schema/tree.ts'
import { bodyText } from '../schema/wire-text.ts'
import { parseJson } from './json-body.ts'
import { param, type ParamsInput } from './params.ts'

/**
 * The parameters of a call of REST 3.0: JSON and nothing else, as a map or, for batch, a list (its elements are then
 * named 0, 1, …). Of the query only a credential counts (api-reference/rest-v3.md, "Technical requirements").
 */
export function decodeV3(method: string, { query, contentType, body }: ParamsInput): Tree {
  const parameters = method === 'POST' && body !== undefined ? jsonOf(contentType, body) : emptyTree()
  const asked = queryOf(query)
  const token = param(asked, 'auth') ?? param(asked, 'access_token')
  if (token !== undefined && param(parameters, 'auth') === undefined) parameters.auth = token
  return parameters
}

function jsonOf(contentType: string | undefined, body: Buffer): Tree {
  if (body.length === 0) return emptyTree()
  const type = (contentType ?? '').replace(/;.*/s, '').trim().toLowerCase()
  if (!/[/+]json$/.test(type)) throw errorsV3.json()
  let value: unknown
  try {
    value = parseJson(bodyText(body))
  } catch (cause) {
    if (cause instanceof ParamsError) throw errorsV3.json()
    throw cause
  }
  if (typeof value !== 'object' || value === null) throw errorsV3.json()
  return Array.isArray(value) ? Object.assign(emptyTree(), value) : (value as Tree)
}

/** A query that can't be read has nothing to say. */
function queryOf(query: string): Tree {
  try {
    return parseQuery(query)
  } catch (cause) {
    if (cause instanceof ParamsError) return emptyTree()
    throw cause
  }
}

/** The official JavaScript SDK says who it is in the query. */
export const isJsSdk = (query: string): boolean => queryOf(query).bx24_sdk_type === 'b24-js-sdk'

/** That SDK can't read an answer without `result` and `time`: a document gets both beside its own members. */
export function withEnvelope({ result, time }: Outcome): Outcome {
  return { result: { ...(result as object), result, time }, bare: true, time }
}

/** The key comes back with every answer; a second header tells an answer that was given before. */
export function tellKey(reply: FastifyReply, key: string, { replayed }: Outcome): void {
  if (/^[\x20-\x7e]+$/.test(key)) reply.header('idempotency-key', key)
  if (replayed === true) reply.header('idempotent-replayed', 'true')
}
