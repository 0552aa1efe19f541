import type { KeptCall } from './calls.ts'

/** Which calls are meant; what is left out counts for all. */
export interface CallFilter {
  /** A name, or a pattern in which a star stands for any text: `crm.*.list`. Case does not count. */
  readonly method?: string | undefined
  readonly userId?: number | undefined
  /** `webhook:3`, or a pattern: `app:*`. */
  readonly credential?: string | undefined
  /** True: those that were refused or failed; false: those that went well; a text: those with this code. */
  readonly error?: boolean | string | undefined
  /** Of HTTP: 400, or `4xx`. */
  readonly status?: number | string | undefined
  readonly isNested?: boolean | undefined
  /** False leaves out what the test has called itself, with `portal.call`. */
  readonly isOwn?: boolean | undefined
  readonly isAnswered?: boolean | undefined
  readonly requestId?: string | undefined
  /** Behind the call with this number. */
  readonly after?: number | undefined
  /** What the parameters hold, among others: `{ fields: { TITLE: 'A' } }`. A number and its text are alike, as in forms. */
  readonly parameters?: object | undefined
}

/** `crm.*`: a star stands for any text; case does not count. */
export function pattern(text: string): RegExp {
  const parts = text.split(/\*+/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is')
}

export function testOf(filter: CallFilter): (call: KeptCall) => boolean {
  const { method, userId, credential, error, status, isNested, isOwn, isAnswered, requestId, after, parameters } =
    filter
  const named = method === undefined ? undefined : pattern(method)
  const asking = credential === undefined ? undefined : pattern(credential)
  const digits = String(status ?? '').replace(/[^\dx]/gi, '')
  const answered = status === undefined ? undefined : new RegExp(`^${digits.replace(/x/gi, '\\d')}$`)
  return (call) =>
    (named === undefined || named.test(call.method)) &&
    (userId === undefined || call.userId === userId) &&
    (asking === undefined || asking.test(call.credential)) &&
    (error === undefined || (typeof error === 'boolean' ? (call.error !== null) === error : call.error === error)) &&
    (answered === undefined || answered.test(String(call.status))) &&
    (isNested === undefined || call.isNested === isNested) &&
    (isOwn === undefined || call.isOwn === isOwn) &&
    (isAnswered === undefined || call.isAnswered === isAnswered) &&
    (requestId === undefined || call.requestId === requestId) &&
    (after === undefined || call.number > after) &&
    (parameters === undefined || holds(JSON.parse(call.parameters), parameters))
}

/** Whether a value has everything that is wanted of it; lists are compared as they are. */
function holds(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(value) && value.length === wanted.length && wanted.every((each, index) => holds(value[index], each))
    )
  if (typeof wanted !== 'object' || wanted === null)
    return wanted === null ? value === null : typeof value !== 'object' && String(value) === String(wanted)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(wanted).every(
    ([key, each]) => Object.hasOwn(value, key) && holds((value as Record<string, unknown>)[key], each),
  )
}
