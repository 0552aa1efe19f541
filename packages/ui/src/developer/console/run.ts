import { boot } from '../../api/boot.ts'

/** A call that was made, with everything that came back. */
export interface Ran {
  readonly method: string
  readonly version: 2 | 3
  readonly params: Readonly<Record<string, unknown>>
  /** 0: nothing came back. */
  readonly status: number
  /** The answer as it came, and as JSON where it is. */
  readonly text: string
  readonly value: unknown
  readonly isJson: boolean
  /** Bytes of the answer. */
  readonly size: number
  /** Milliseconds until all of it was here. */
  readonly duration: number
  /** What the server says it was spent on, in milliseconds. */
  readonly stages: Readonly<Record<string, number>>
  /** By which the log of requests knows it. */
  readonly requestId: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** `auth;dur=0.12, run;dur=3.4` */
export function stagesOf(header: string | null): Record<string, number> {
  const stages: Record<string, number> = {}
  for (const part of (header ?? '').split(',')) {
    const [, name, duration] = /^\s*([\w-]+);.*?dur=([\d.]+)/.exec(part) ?? []
    if (name !== undefined && duration !== undefined) stages[name] = Number(duration)
  }
  return stages
}

/** The code of a webhook in what people paste: its whole address, or `1/code`. */
export const hookOf = (text: string): string | undefined =>
  /(?:^|\/rest\/)(\d{1,15}\/[A-Za-z\d]{4,100})\/?$/.exec(text.trim())?.[1]

/**
 * Calls a method exactly as it is given, once: as the person who is signed in, or as a webhook.
 *
 * @param hook `1/code`; undefined: the session
 * @throws what `fetch` does where there is no answer
 */
export async function run(
  {
    method,
    version,
    params,
    hook,
  }: {
    readonly method: string
    readonly version: 2 | 3
    readonly params: Readonly<Record<string, unknown>>
    readonly hook?: string | undefined
  },
  signal?: AbortSignal,
): Promise<Ran> {
  const path = `${version === 3 ? '/rest/api/' : '/rest/'}${hook === undefined ? '' : `${hook}/`}${method}`
  const at = Date.now()
  const begun = performance.now()
  const response = await fetch(path, {
    method: 'POST',
    // A webhook's call must not be helped by the cookie.
    credentials: hook === undefined ? 'same-origin' : 'omit',
    headers: {
      'content-type': 'application/json',
      ...(hook === undefined ? { 'x-portico-csrf': boot.csrf } : {}),
    },
    body: JSON.stringify(params),
    ...(signal === undefined ? {} : { signal }),
  })
  const bytes = await response.arrayBuffer()
  const duration = performance.now() - begun
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const text = isJson || bytes.byteLength < 100_000 ? new TextDecoder().decode(bytes) : ''
  let value: unknown
  if (isJson)
    try {
      value = JSON.parse(text)
    } catch {
      value = undefined
    }
  return {
    method,
    version,
    params,
    status: response.status,
    text,
    value,
    isJson: value !== undefined,
    size: bytes.byteLength,
    duration,
    stages: stagesOf(response.headers.get('server-timing')),
    requestId: response.headers.get('x-request-id') ?? '',
    at,
  }
}
