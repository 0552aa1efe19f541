import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A method that the official documentation describes. */
export interface DocumentedMethod {
  readonly method: string
  /** Its page, e.g. `api-reference/crm/leads/crm-lead-add.md`. */
  readonly page: string
  readonly scope: string
  readonly deprecated?: boolean
  readonly replacement?: string
}

/** The documented request and answer of a method; long values are cut. */
export interface Example {
  readonly params: Readonly<Record<string, unknown>>
  readonly result?: unknown
}

/** What `catalogue/` says of a method's first documented request; `npm run build` puts it beside the bundle. */
interface Vector {
  readonly method: string
  readonly api?: number
  readonly requests: readonly { readonly params?: object; readonly placeholders?: readonly Placeholder[] }[]
  readonly response?: { readonly result?: unknown }
}

interface Placeholder {
  readonly path: readonly string[]
  /** `date`, `datetime`, `base64 image`, … */
  readonly kind: string
}

interface Catalogue {
  readonly methods: readonly DocumentedMethod[]
  readonly vectors: readonly Vector[]
}

const here = import.meta.dirname
/** Beside the bundled server, or beside the folder of its chunks; nowhere when it runs from its sources. */
const built = [here, join(here, '..')].map((each) => join(each, 'catalogue.json')).find((path) => existsSync(path))
let known: { methods: readonly DocumentedMethod[]; vectors: ReadonlyMap<string, Vector> } | undefined

/** Every documented method, whether the server has it or not. Read once per process, on the first use. */
export const documentedNames = (): readonly DocumentedMethod[] => catalogue().methods

/** The documented example of a method; `undefined` where its page has none or the server lacks the method. */
export function exampleOf(name: string, version: 2 | 3): Example | undefined {
  const vector = catalogue().vectors.get(keyOf(name, version))
  const [request] = vector?.requests ?? []
  if (vector === undefined || request === undefined) return undefined
  const params = inShort(withSamples(request.params ?? {}, request.placeholders ?? []), 0)
  const result = vector.response?.result
  return { params: params as Example['params'], ...(result === undefined ? {} : { result: inShort(result, 0) }) }
}

const keyOf = (name: string, version: number): string => `${version}:${name.toLowerCase()}`

function catalogue(): NonNullable<typeof known> {
  if (known !== undefined) return known
  const { methods, vectors } =
    built === undefined ? fromSources() : (JSON.parse(readFileSync(built, 'utf8')) as Catalogue)
  known = {
    methods,
    vectors: new Map(vectors.map((each) => [keyOf(each.method, each.api ?? 2), each])),
  }
  return known
}

/** The server's own tests and `tsx` run the sources: the catalogue stands at the root of the checkout. */
function fromSources(): Catalogue {
  const root = join(here, '../../../../catalogue')
  const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T
  const names = readdirSync(join(root, 'vectors')).filter((name) => name.endsWith('.json'))
  return {
    methods: read<DocumentedMethod[]>('methods.json'),
    vectors: names.flatMap((name) => read<Vector[]>(join('vectors', name))),
  }
}

const samples: readonly (readonly [RegExp, string])[] = [
  [/datetime/, '2026-01-31T12:00:00+00:00'],
  [/date/, '2026-01-31'],
  [/base64/, 'base64 of the file'],
  [/text/, 'A text'],
]

/** The documentation's own placeholders, such as `**put_current_date_here**`, become values that can be sent. */
function withSamples(params: object, placeholders: readonly Placeholder[]): object {
  if (placeholders.length === 0) return params
  const copy = structuredClone(params) as Record<string, unknown>
  for (const { path, kind } of placeholders) {
    const sample = samples.find(([pattern]) => pattern.test(kind))?.[1]
    const owner = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], copy)
    const key = path.at(-1)
    if (sample !== undefined && key !== undefined && typeof owner === 'object' && owner !== null)
      (owner as Record<string, unknown>)[key] = sample
  }
  return copy
}

const LONGEST_TEXT = 200
const MOST_KEYS = 30

/** Long texts, lists and maps are cut: what matters is how a value looks. */
function inShort(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value
  if (Array.isArray(value)) {
    const most = depth > 0 && value.every((each) => typeof each !== 'object' || each === null) ? 10 : 2
    return value.slice(0, most).map((each) => inShort(each, depth + 1))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const most =
    entries.length > 3 && entries.every(([, each]) => typeof each === 'object' && each !== null) ? 3 : MOST_KEYS
  return Object.fromEntries(entries.slice(0, most).map(([key, each]) => [key, inShort(each, depth + 1)]))
}
