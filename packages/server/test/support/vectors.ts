import { readdirSync, readFileSync } from 'node:fs'
import { greenPixel } from '../portal/seeds/documented.ts'

export type Parameters = Record<string, unknown>

interface Placeholder {
  readonly path: readonly string[]
  readonly kind: 'date' | 'datetime' | 'text' | 'base64 image'
  /** `now` or a signed span such as `-6 months`. */
  readonly offset?: string
}

export interface DocumentedRequest {
  readonly title?: string
  readonly params: Parameters
  readonly placeholders?: readonly Placeholder[]
}

/** One documented method: its requests, and the answer to them (catalogue/vectors). */
export interface Vector {
  readonly method: string
  /** A method of REST 3.0. */
  readonly api?: 3
  readonly page: string
  readonly requests: readonly DocumentedRequest[]
  readonly response: {
    readonly result: unknown
    readonly total?: number
    readonly next?: number
    readonly time: unknown
  }
  readonly errorExample?: Readonly<Record<string, unknown>>
}

const directory = new URL('../../../../catalogue/vectors/', import.meta.url)

export const vectors: readonly Vector[] = readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as Vector[])

const byMethod = new Map(vectors.map((vector) => [vector.method, vector]))

export function vector(method: string): Vector {
  const found = byMethod.get(method)
  if (found === undefined) throw new Error(`nothing is documented of ${method}`)
  return found
}

function moved(from: Date, offset: string): Date {
  const to = new Date(from)
  const [, sign, amount, unit] = /^([+-])(\d+) (day|month)s?$/.exec(offset) ?? []
  const count = Number(`${sign ?? '+'}${amount ?? 0}`)
  if (unit === 'day') to.setUTCDate(to.getUTCDate() + count)
  if (unit === 'month') to.setUTCMonth(to.getUTCMonth() + count)
  return to
}

function replacement({ kind, offset = 'now' }: Placeholder, now: Date): string {
  if (kind === 'text') return 'A comment'
  if (kind === 'base64 image') return greenPixel
  const iso = moved(now, offset).toISOString()
  return kind === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 19)}+00:00`
}

/** A documented request as it can be sent: a copy in which every placeholder has a value of its kind. */
export function sendable(request: DocumentedRequest, now: Date): Parameters {
  const copy = structuredClone(request.params)
  for (const placeholder of request.placeholders ?? []) {
    const last = placeholder.path.at(-1) ?? ''
    let holder = copy
    for (const key of placeholder.path.slice(0, -1)) holder = holder[key] as Parameters
    holder[last] = replacement(placeholder, now)
  }
  return copy
}
