import type { Context } from '../records/context.ts'
import type { StoredFile } from '../records/files.ts'
import { InvalidValue, integerOf, isBlank, textOf, yesNo, type EncodeContext, type JsonSchema } from '../schema/kind.ts'
import type { Wire } from '../schema/wire.ts'
import { itemStyle, legacyStyle, type ApiError, type ErrorStyle } from './errors.ts'
import type { Dto } from './v3/dto.ts'

/** Who calls: the credential decides the scopes, the person decides the rights. */
export interface Credential {
  readonly kind: 'webhook' | 'token' | 'session'
  /** Identifies the client in operating-time accounts and links. */
  readonly id: string
  readonly userId: number
  /** The registered application that a token belongs to. */
  readonly applicationId?: number | undefined
  /** Epoch seconds when it ends, where it does. */
  readonly expires?: number | undefined
  /** Undefined means every scope. */
  readonly scopes: ReadonlySet<string> | undefined
}

export interface Outcome {
  readonly result?: unknown
  /** What is answered instead of a result, as bytes. */
  readonly file?: StoredFile
  readonly total?: number
  readonly next?: number
  readonly error?: ApiError
  /** `result` is the whole answer, without an envelope. */
  readonly bare?: true
  /** The answer of an earlier call with the same Idempotency-Key. */
  readonly replayed?: true
  readonly time: Readonly<Record<string, number | string>>
}

/** What a method sees of a call: no HTTP, so that batch, MCP, the command line and the web CRM are callers alike. */
export interface Call extends Context {
  readonly credential: Credential
  readonly encode: EncodeContext
  /** All parameters as sent, for the methods that take fields at the top level. */
  readonly raw: Readonly<Record<string, unknown>>
  readonly methods: {
    readonly all: readonly Method[]
    readonly allV3: readonly Method[]
    find(name: string, version?: 2 | 3): Method | undefined
  }
  /** Calls another method with the same credential, as batch does. */
  dispatch(name: string, parameters: Readonly<Record<string, unknown>>): Promise<Outcome>
}

/** A page of a list: `total` and `next` stand beside `result`, not in it. */
export class Listing {
  readonly result: unknown
  readonly total: number
  readonly next: number | undefined
  constructor(result: unknown, total: number, next?: number) {
    this.result = result
    this.total = total
    this.next = next
  }
}

/** The answer of a method that gives a stored file itself; only over HTTP it arrives, and not in a batch. */
export class FileAnswer {
  readonly file: StoredFile
  constructor(file: StoredFile) {
    this.file = file
  }
}

/** An answer that is a document of its own: it stands without the envelope. */
export class BareAnswer {
  readonly document: unknown
  constructor(document: unknown) {
    this.document = document
  }
}

export interface Param<T> {
  readonly required: boolean
  readonly type: 'map' | 'list' | 'integer' | 'text' | 'flag' | 'any'
  /** More than `type` tells, for the OpenAPI documents. */
  readonly schema?: JsonSchema
  /** Throws InvalidValue on a value of the wrong shape. */
  read(input: unknown): T
}

export type Params = Readonly<Record<string, Param<unknown>>>
export type ParamValues<P extends Params> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never }

export interface RecordMethod {
  /** Undefined where each call names the type itself. */
  readonly entityTypeId: number | undefined
  readonly verb: string
  readonly wire: Wire
  /** The keys around a record and a list of them; undefined where there is none. */
  readonly one?: string
  readonly many?: string
}

export interface Method {
  readonly name: string
  /** Null where no scope is needed ("basic"). Several are all needed. */
  readonly scope: string | readonly string[] | null
  /** Narrower scopes, any of which lets a caller in as well; the method then shows less. */
  readonly orScopes?: readonly string[]
  readonly params: Params
  readonly style: ErrorStyle
  readonly partial?: string
  /** 3: a method of REST 3.0 (methods/v3.ts), which the versions before don't know; 2 where nothing is said. */
  readonly version?: 3
  /** What `result` is, as a JSON Schema, and the objects that it refers to. */
  readonly returns?: JsonSchema
  readonly dtos?: readonly Dto[]
  /** What is sent, where it is no map of `params`. */
  readonly body?: JsonSchema
  /** Of a family that reads and writes records: which these are, and how they look on the wire. */
  readonly records?: RecordMethod
  /** False for what batch refuses. */
  readonly batch: boolean
  /** It waits until something happens: its time is no work, and it is not among the requests that are remembered. */
  readonly waits?: true
  run(call: Call): Promise<unknown>
}

interface Definition<P extends Params> {
  readonly name: string
  readonly scope: Method['scope']
  readonly orScopes?: readonly string[]
  readonly params: P
  readonly style?: 'legacy' | 'item'
  /** Why the method does less than its documentation; shown on the coverage page. */
  readonly partial?: string
  readonly batch?: boolean
  readonly waits?: true
  run(params: ParamValues<P>, call: Call): Promise<unknown> | unknown
}

/** Declares a method; parameters are read before it runs, in its family's words for what is wrong. */
export function method<P extends Params>(definition: Definition<P>): Method {
  const style = definition.style === 'legacy' ? legacyStyle : itemStyle
  return {
    name: definition.name,
    scope: definition.scope,
    ...(definition.orScopes === undefined ? {} : { orScopes: definition.orScopes }),
    params: definition.params,
    style,
    ...(definition.partial === undefined ? {} : { partial: definition.partial }),
    batch: definition.batch ?? true,
    ...(definition.waits === undefined ? {} : { waits: definition.waits }),
    async run(call) {
      const values: Record<string, unknown> = {}
      for (const [name, param] of Object.entries(definition.params)) {
        const input = argument(call.raw, name)
        if (param.required && (input === undefined || input === null) && param.type !== 'any')
          throw style.parameter(name, param.type, true)
        try {
          values[name] = param.read(input)
        } catch (cause) {
          if (!(cause instanceof InvalidValue)) throw cause
          throw style.parameter(name, param.type === 'any' ? 'text' : param.type, false)
        }
      }
      return definition.run(values as ParamValues<P>, call)
    },
  }
}

/** A top-level parameter, in any case: the docs' own samples send `FIELDS`, `ID`, `filter`. */
export function argument(parameters: Readonly<Record<string, unknown>>, name: string): unknown {
  const exact = Object.hasOwn(parameters, name) ? parameters[name] : undefined
  if (exact !== undefined) return exact
  const wanted = name.toLowerCase()
  for (const key of Object.keys(parameters))
    if (key.length === name.length && key.toLowerCase() === wanted) return parameters[key]
  return undefined
}

export type Map = Readonly<Record<string, unknown>>
export const isMap = (input: unknown): input is Map =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/** PHP has one kind of array: an empty list is an empty map, and a list is a map with numeric keys. */
export function mapOf(input: unknown): Map {
  if (Array.isArray(input)) return { ...(input as unknown[]) } as Map
  if (isMap(input)) return input
  throw new InvalidValue('a map is expected')
}

/** A list may come as a map with any keys, and one element as itself. */
export function listOfInput(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input
  if (isMap(input)) return Object.values(input)
  return [input]
}

const param = <T>(type: Param<T>['type'], required: boolean, read: (input: unknown) => T): Param<T> => ({
  type,
  required,
  read,
})
const absent = (input: unknown): boolean => input === undefined || input === null

/** Readers of parameters: `need.` must be there, `take.` may be left out. */
export const need = {
  id: param('integer', true, (input) => {
    const id = integerOf(input)
    if (id <= 0) throw new InvalidValue('an id is expected')
    return id
  }),
  integer: param('integer', true, integerOf),
  map: param('map', true, mapOf),
  list: param('list', true, listOfInput),
  any: param('any', true, (input: unknown) => input),
  text: param('text', true, (input) => {
    const text = textOf(input)
    if (text === '') throw new InvalidValue('a text is expected')
    return text
  }),
}
export const take = {
  integer: (preset?: number) => param('integer', false, (input) => (isBlank(input) ? preset : integerOf(input))),
  map: param('map', false, (input) => (absent(input) || input === '' ? undefined : mapOf(input))),
  list: param('list', false, (input) => (isBlank(input) ? undefined : listOfInput(input))),
  text: param('text', false, (input) => (absent(input) ? undefined : textOf(input))),
  flag: param('flag', false, (input) => (absent(input) ? false : (yesNo(input) ?? false))),
  any: param('any', false, (input: unknown) => input),
  /** Offsets are forgiving: what is no number starts at the beginning. */
  start: param('integer', false, (input) => {
    const text = typeof input === 'number' || typeof input === 'string' ? String(input).trim() : ''
    return /^-?\d{1,12}$/.test(text) ? Math.max(Number(text), -1) : 0
  }),
}
