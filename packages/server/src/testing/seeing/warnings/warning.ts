import type { Remark } from '../../../records/remarks.ts'
import type { KeptCall } from '../calls.ts'

/** What works in the portal for tests and would hurt in production. */
export interface Warning {
  /** Of the rule: `deprecated-method`. */
  readonly code: string
  /** What it is about: a method, mostly. */
  readonly subject: string
  /** What is wrong with it, and what to do instead. */
  readonly text: string
  /** The page of the official documentation. */
  readonly docs: string
  /** How often, in calls or requests. */
  readonly count: number
  readonly first: { readonly number: number; readonly method: string; readonly requestId: string }
}

/** A call that has ended, as rules judge it. */
export interface JudgedCall extends Omit<KeptCall, 'parameters' | 'result'> {
  readonly parameters: Readonly<Record<string, unknown>>
  /** The parameters as JSON: two calls are the same where these are. */
  readonly key: string
  readonly remarks: readonly Remark[]
}

/** A request over HTTP; a batch is one. */
export interface JudgedRequest {
  readonly id: string
  readonly method: string
  readonly number: number
  readonly error: string | null
  /** Milliseconds between its coming and its answer. */
  readonly duration: number
}

/** One rule at work: it is shown what happens, in its order, and asked in the end what it thinks of it. */
export interface Rule {
  call?(call: JudgedCall): void
  /** A request has come, at that time in milliseconds. */
  began?(id: string, at: number): void
  ended?(request: JudgedRequest, at: number): void
  found(): readonly Warning[]
}

export const DOCS = 'https://apidocs.bitrix24.com/'
export const docsOf = (page: string): string => `${DOCS}${page.replace(/\.md$/, '.html')}`

/** Counts the same warning about the same thing once, with the first call that it is about. */
export class Tally {
  readonly #code: string
  readonly #found = new Map<string, { warning: Omit<Warning, 'count'>; count: number }>()

  constructor(code: string) {
    this.#code = code
  }

  add(
    subject: string,
    { number, method, requestId }: { readonly number: number; readonly method: string; readonly requestId: string },
    { text, page }: { readonly text: string; readonly page: string },
    count = 1,
  ): void {
    const known = this.#found.get(subject)
    if (known !== undefined) {
      known.count += count
      return
    }
    const warning = { code: this.#code, subject, text, docs: docsOf(page), first: { number, method, requestId } }
    this.#found.set(subject, { warning, count })
  }

  found(): Warning[] {
    return [...this.#found.values()].map(({ warning, count }) => ({ ...warning, count }))
  }
}

/** Whether a call gives a page of a list. */
export const isList = ({ method, total }: JudgedCall): boolean =>
  total !== undefined || /(^|\.)(list|search)$/i.test(method)

/** The parameter of a list under its name, in any case. */
export function parameter({ parameters }: Pick<JudgedCall, 'parameters'>, name: string): unknown {
  if (Object.hasOwn(parameters, name)) return parameters[name]
  return Object.entries(parameters).find(([key]) => key.toLowerCase() === name)?.[1]
}

export const mapIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** Whether a list goes on behind the last id that it has met, which is the documented way through much data. */
export const hasIdCursor = (call: JudgedCall): boolean =>
  Object.keys(mapIn(parameter(call, 'filter'))).some((key) => /^[><]=?id$/i.test(key))

/** Who calls what on what: pages of one list have this in common. */
export const listKey = (call: JudgedCall): string =>
  `${call.credential} ${call.method} ${String(parameter(call, 'entitytypeid') ?? '')}`
