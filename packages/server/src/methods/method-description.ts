import type { Entity } from '../schema/entity.ts'
import type { JsonSchema } from '../schema/kind.ts'
import { aboutOf } from './about.ts'
import { type DocumentedMethod, documentedNames, type Example, exampleOf } from './documentation.ts'
import type { Method, RecordMethod } from './method.ts'
import { type MethodParameter, parametersOf } from './method-parameters.ts'
import { isReading, rightsOf } from './method-rights.ts'
import { scopesOf } from './open-api/parts.ts'

export interface MethodDescription {
  readonly name: string
  readonly version: 2 | 3
  /** One plain sentence. */
  readonly about: string
  /** Whether it changes nothing. */
  readonly reads: boolean
  /** All of them are needed. */
  readonly scopes: readonly string[]
  readonly params: readonly MethodParameter[]
  /** The shape of `result`, as a JSON Schema in short. */
  readonly result?: JsonSchema
  /** The documented request and what it answers. */
  readonly example?: Example
  /** What the caller must be allowed beside the scopes. */
  readonly rights: string
  readonly conformance: Conformance
  /** The page of the official documentation, e.g. `api-reference/crm/leads/crm-lead-add.md`. */
  readonly page?: string
  /** What is said to be used in its place. */
  readonly deprecated?: { readonly replacement?: string }
}

export interface Conformance {
  /** `missing`: documented, and not here; `extension`: here, and not documented. */
  readonly status: 'whole' | 'partial' | 'extension' | 'missing'
  readonly note?: string
}

/** Describes a method without a portal; entities, where they are known, tell more of the rights. */
export function describeMethod(method: Method, entities: readonly Entity[] = []): MethodDescription {
  const { name, version = 2 } = method
  const example = exampleOf(name, version)
  const page = pageOf(name)
  const result = method.returns ?? resultOf(method)
  return {
    name,
    version,
    about: aboutOf(name),
    reads: isReading(name),
    scopes: scopesOf(method),
    params: parametersOf(method, example?.params),
    ...(result === undefined ? {} : { result }),
    ...(example === undefined ? {} : { example }),
    rights: rightsOf(method, entities),
    conformance: conformanceOf(method, page),
    ...told(page),
  }
}

/** Descriptions of these methods, and of every documented one that is not among them, by name. */
export function describeMethods(methods: readonly Method[], entities: readonly Entity[] = []): MethodDescription[] {
  const own = new Set(methods.map(({ name }) => name.toLowerCase()))
  const missing = documentedNames().filter(({ method }) => !own.has(method.toLowerCase()))
  const all = [...methods.map((each) => describeMethod(each, entities)), ...missing.map(describeMissing)]
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version))
}

/** A documented method that the server lacks. */
function describeMissing(page: DocumentedMethod): MethodDescription {
  const { method: name, scope } = page
  return {
    name,
    version: 2,
    about: aboutOf(name),
    reads: isReading(name),
    scopes: scope === 'basic' ? [] : [scope],
    params: [],
    rights: rightsOf({ name }),
    conformance: { status: 'missing' },
    ...told(page),
  }
}

let pages: ReadonlyMap<string, DocumentedMethod> | undefined
function pageOf(name: string): DocumentedMethod | undefined {
  pages ??= new Map(documentedNames().map((each) => [each.method.toLowerCase(), each]))
  return pages.get(name.toLowerCase())
}

function conformanceOf({ partial }: Method, page: DocumentedMethod | undefined): Conformance {
  if (partial !== undefined) return { status: 'partial', note: partial }
  return { status: page === undefined ? 'extension' : 'whole' }
}

function told(page: DocumentedMethod | undefined): Pick<MethodDescription, 'page' | 'deprecated'> {
  if (page === undefined) return {}
  const { replacement } = page
  const deprecated = page.deprecated === true ? { deprecated: replacement === undefined ? {} : { replacement } } : {}
  return { page: page.page, ...deprecated }
}

const object = { type: 'object' }
/** Where a family keeps its records under a key, the result is a map with it. */
const under = (key: string | undefined, schema: JsonSchema): JsonSchema =>
  key === undefined ? schema : { type: 'object', properties: { [key]: schema } }

/** What the methods of families answer. */
const results: Readonly<Record<string, (records: RecordMethod) => JsonSchema>> = {
  add: ({ one }) => (one === undefined ? { type: 'integer', description: 'The new id' } : under(one, object)),
  get: ({ one }) => under(one, object),
  list: ({ many }) => under(many, { type: 'array', items: object }),
  update: ({ one }) => (one === undefined ? { type: 'boolean' } : under(one, object)),
  delete: ({ many }) => (many === 'items' ? { type: 'array', maxItems: 0 } : { type: 'boolean' }),
  fields: ({ one }) => under(one, { type: 'object', description: 'Descriptions by the names of fields' }),
  getFields: ({ one }) => under(one, { type: 'object', description: 'Descriptions by the names of fields' }),
}

const resultOf = ({ records }: Method): JsonSchema | undefined =>
  records === undefined ? undefined : results[records.verb]?.(records)
