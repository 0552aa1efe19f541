import { parseQuery } from '../schema/pairs.ts'
import { ParamsError } from '../schema/params-error.ts'
import { keysInOrder } from '../schema/tree.ts'
import { apiError, ApiError } from './errors.ts'
import { isMap, method, type Map, type Method, take } from './method.ts'

const MAX_COMMANDS = 50
/** Addresses of files: they answer bytes, which have no place in a batch. */
export const FILE_METHODS: ReadonlySet<string> = new Set(['crm.controller.item.getfile', 'download'])
const REFERENCE = /\$result((?:\[[^[\]]*\])+)/g
const WHOLE_REFERENCE = /^\$result((?:\[[^[\]]*\])+)$/

/** PHP's rule for maps in answers: keys 0..n-1 make a list, and empty is a list, always. */
function phpArray(entries: readonly (readonly [string, unknown])[]): unknown {
  return entries.every(([key], index) => key === String(index))
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries)
}

function lookUp(results: ReadonlyMap<string, unknown>, path: string): unknown {
  const [first = '', ...rest] = path.slice(1, -1).split('][')
  let value = results.get(first)
  for (const key of rest) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    if (Array.isArray(value) && key === 'length') return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

const scalarText = (value: unknown): string =>
  value === null ? '' : typeof value === 'boolean' ? (value ? '1' : '0') : String(value)

/**
 * Replaces `$result[…]` in values by earlier results. A reference that is the whole value may become a list or map;
 * an unresolved one stays as it was written (settings/how-to-call-rest-api/batch.md).
 */
function substitute(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => substitute(each, results))
  if (isMap(value)) {
    const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const key of Object.keys(value)) copy[key] = substitute(value[key], results)
    return copy
  }
  if (typeof value !== 'string' || !value.includes('$result[')) return value
  const whole = WHOLE_REFERENCE.exec(value)?.[1]
  if (whole !== undefined) {
    const found = lookUp(results, whole)
    return found === undefined ? value : typeof found === 'object' && found !== null ? found : scalarText(found)
  }
  return value.replace(REFERENCE, (written, path: string) => {
    const found = lookUp(results, path)
    return found === undefined || (typeof found === 'object' && found !== null) ? written : scalarText(found)
  })
}

function split(command: string): { name: string; parameters: Map } | ParamsError {
  const mark = command.indexOf('?')
  const name = (mark < 0 ? command : command.slice(0, mark)).trim().replace(/^\/+|\/+$/g, '')
  let parameters: Record<string, unknown>
  try {
    parameters = mark < 0 ? {} : parseQuery(command.slice(mark + 1))
  } catch (cause) {
    if (cause instanceof ParamsError) return cause
    throw cause
  }
  // The outer credential counts; one inside a command is ignored.
  for (const key of Object.keys(parameters)) if (/^(auth|access_token)$/i.test(key)) delete parameters[key]
  return { name: name.replace(/\.(json|xml)$/i, ''), parameters }
}

/** Up to 50 calls in one request, in order, later ones using results of earlier ones (settings/how-to-call-rest-api/batch.md). */
export const batch: Method = method({
  name: 'batch',
  scope: null,
  batch: false,
  params: { cmd: take.any, halt: take.flag },
  async run({ cmd, halt }, call) {
    if (!isMap(cmd) && !Array.isArray(cmd))
      throw new ApiError('ERROR_ARGUMENT', 400, "Argument 'cmd' must be array.", { argument: 'cmd' })
    const results = new Map<string, unknown>()
    const errors: [string, unknown][] = []
    const totals: [string, unknown][] = []
    const nexts: [string, unknown][] = []
    const times: [string, unknown][] = []
    const keys = keysInOrder(cmd)
    for (const [index, key] of keys.entries()) {
      const written = (cmd as Record<string, unknown>)[key]
      const refuse = (error: ApiError): void =>
        // A text even for 0: clients take a falsy code in here for success.
        void errors.push([key, { error: String(error.code), error_description: error.description }])
      if (index >= MAX_COMMANDS) {
        refuse(apiError('batchLength'))
        continue
      }
      const command = split(typeof written === 'string' ? written : '')
      if (command instanceof ParamsError) {
        refuse(apiError('malformed', command.message))
        if (halt) break
        continue
      }
      const { name, parameters } = command
      const target = call.methods.find(name)
      if (target?.batch === false || FILE_METHODS.has(name.toLowerCase())) refuse(apiError('batchMethod'))
      else {
        const outcome = await call.dispatch(name, substitute(parameters, results) as Map)
        if (outcome.error !== undefined) refuse(outcome.error)
        else {
          results.set(key, outcome.result)
          if (outcome.total !== undefined) totals.push([key, outcome.total])
          if (outcome.next !== undefined) nexts.push([key, outcome.next])
          times.push([key, outcome.time])
        }
      }
      if (halt && errors.length > 0) break
    }
    return {
      result: phpArray([...results]),
      result_error: phpArray(errors),
      result_total: phpArray(totals),
      result_next: phpArray(nexts),
      result_time: phpArray(times),
    }
  },
})
