import { ControlError } from '../control-error.ts'
import type { CallFault } from './fault-rule.ts'
import { ofCall, readFault } from './read-fault.ts'
import { hint } from './read-map.ts'

/** By which one request asks for its own fault. */
export const FAULT_HEADER = 'x-portico-fault'

const numbers = new Set(['delay', 'garbage', 'status', 'retryAfter'])
const flags = new Set(['timeout', 'reset', 'cut'])
const ofError = ['status', 'text', 'retryAfter']
const keys: readonly string[] = [...ofCall, ...ofError]

/**
 * `error=QUERY_LIMIT_EXCEEDED; when=after`, `delay=0.5`, `reset`: what a rule says, with semicolons between; and
 * `status`, `text` and `retryAfter` of an error of one's own.
 * @throws {ControlError} for what is none
 */
export function readHeader(text: string): CallFault {
  const given: Record<string, unknown> = {}
  for (const part of text.split(';')) {
    const [, key = '', written] = /^\s*([^=]*?)\s*(?:=\s*(.*?)\s*)?$/s.exec(part) ?? []
    if (key === '' && written === undefined) continue
    if (!keys.includes(key)) throw new ControlError(`the header ${FAULT_HEADER} has no "${key}"${hint(key, keys)}`)
    if (Object.hasOwn(given, key)) throw new ControlError(`the header ${FAULT_HEADER} says "${key}" twice`)
    given[key] = valueOf(key, written)
  }
  const { status, text: words, retryAfter, ...rule } = given
  if (status !== undefined || words !== undefined || retryAfter !== undefined) {
    if (rule.error === undefined) throw new ControlError(`the header ${FAULT_HEADER} has no error to be told`)
    rule.error = { code: rule.error, status, text: words, retryAfter }
  }
  return readFault(rule, { methods: () => [], events: () => [] }, `the header ${FAULT_HEADER}`) as CallFault
}

function valueOf(key: string, written: string | undefined): unknown {
  if (written === undefined || written === '') {
    if (flags.has(key)) return true
    throw new ControlError(`the header ${FAULT_HEADER} says nothing for "${key}"`)
  }
  if (flags.has(key)) return written === 'true' ? true : written === 'false' ? false : written
  if (!numbers.has(key)) return written
  const value = Number(written)
  if (!Number.isFinite(value)) throw new ControlError(`"${key}" of the header ${FAULT_HEADER}: a number is expected`)
  return value
}
