/** What a frame asks of the page around it. */
export interface Command {
  readonly name: string
  /** Undefined where nothing was sent. */
  readonly payload: unknown
  /** Names the answer. */
  readonly key: string
  readonly sid: string
}

const isText = (value: unknown): value is string => typeof value === 'string'

/**
 * A message of a frame. Texts are `command:payload:key:sid` or `command:key:sid`; the payload is JSON, which may hold
 * colons of its own. Commands with a colon in their names come as `{method, params, callback, appSid}`.
 * Undefined for whatever else pages send each other.
 */
export function readCommand(data: unknown): Command | undefined {
  if (isText(data)) return readText(data)
  if (typeof data !== 'object' || data === null) return undefined
  const { method, params, callback, appSid } = data as Readonly<Record<string, unknown>>
  if (!isText(method) || method === '' || !isText(callback) || callback === '' || !isText(appSid)) return undefined
  return { name: method, payload: params === '' ? undefined : params, key: callback, sid: appSid }
}

function readText(text: string): Command | undefined {
  const first = text.indexOf(':')
  const last = text.lastIndexOf(':')
  const before = text.lastIndexOf(':', last - 1)
  if (first <= 0 || before < first) return undefined
  const key = text.slice(before + 1, last)
  const sid = text.slice(last + 1)
  if (key === '' || sid === '') return undefined
  const payload = before === first ? '' : text.slice(first + 1, before)
  try {
    return {
      name: text.slice(0, first),
      payload: payload === '' ? undefined : (JSON.parse(payload) as unknown),
      key,
      sid,
    }
  } catch {
    return undefined
  }
}

/** `key:JSON`, or `key:` where there is no value. Frames take texts only. */
export const answerText = (key: string, value: unknown): string =>
  `${key}:${value === undefined ? '' : JSON.stringify(value)}`
