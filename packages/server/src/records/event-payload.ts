/** An event as its handler gets it (api-reference/events/index.md). */
export interface Payload {
  readonly event: string
  readonly event_handler_id: string
  readonly data: unknown
  readonly ts: string
  readonly auth: object
}

/**
 * The body: `data[FIELDS][ID]=7`, nested as PHP reads it. Everything is a text; of what is empty there is no key at all,
 * as typed clients take an empty text for a mistake.
 */
export function bodyOf(payload: Payload): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(payload)) write(form, name, value)
  return form.toString()
}

function write(form: URLSearchParams, name: string, value: unknown): void {
  if (value === null || value === undefined) return
  if (typeof value === 'object') for (const [key, each] of Object.entries(value)) write(form, `${name}[${key}]`, each)
  else form.append(name, value === true ? '1' : value === false ? '0' : String(value))
}
