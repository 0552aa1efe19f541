import {
  type Client,
  CredentialError,
  LimitError,
  LostAnswerError,
  PortalError,
  UnexpectedAnswerError,
  UnreachableError,
} from 'portico-client'
import { setTimeout as pause } from 'node:timers/promises'

export type Row = Readonly<Record<string, unknown>>
type Params = Readonly<Record<string, unknown>>

/** The source doesn't give this: a scope, right or method is missing. The run goes on without it. */
export class Refused extends Error {
  readonly code: string
  readonly method: string
  constructor({ code, text, method }: Pick<PortalError, 'code' | 'text' | 'method'>) {
    super([method, code, text].filter((part) => part !== '').join(': '))
    this.code = code
    this.method = method
  }
}

/** The source has not answered for longer than the run was to wait. */
export class GivenUp extends Error {}

export interface SourceOptions {
  readonly signal: AbortSignal
  /** How long a source that does not answer is waited for, in milliseconds. */
  readonly patience: number
  /** The first pause between two tries, in milliseconds; each next one is twice as long. */
  readonly pause?: number
  /** Told before each pause: why, and how long it is, in milliseconds. */
  onWait?(why: string, milliseconds: number): void
}

/** What a list's rows are called by, and where they stand in its result. */
interface Shape {
  readonly idName: string
  readonly path: string | undefined
}

interface Chained extends Shape {
  readonly method: string
  readonly params: Params
}

const PAGE = 50
/** Pages that one request brings. */
const CHAIN = 10
const LONGEST_PAUSE = 60_000

/** Errors that pass by themselves: the portal is busy, restarts, or is over its limits. */
const PASSING = new Set(['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'INTERNAL_SERVER_ERROR', 'OVERLOAD_LIMIT'])

const isPassing = (cause: unknown): boolean =>
  cause instanceof LimitError ||
  cause instanceof UnreachableError ||
  // Only reads are sent: those may be repeated.
  cause instanceof LostAnswerError ||
  (cause instanceof UnexpectedAnswerError && (cause.status >= 500 || cause.status === 429 || cause.status < 300)) ||
  (cause instanceof PortalError && (PASSING.has(cause.code) || cause.status >= 500 || cause.status === 429))

/** Credentials that open nothing end the run; those that lack this one thing don't. */
const NOTHING = new Set(['expired_token', 'invalid_token', 'no_auth_found', 'invalid_credentials', 'user_access_error'])

const isRefusal = (cause: unknown): cause is PortalError =>
  cause instanceof PortalError && !(cause instanceof CredentialError && NOTHING.has(cause.code.toLowerCase()))

/**
 * Another portal, for reading. On top of what the client repeats by itself, it waits for a portal that does not answer
 * or is over its limits, and goes on where it was.
 */
export class Source {
  readonly client: Client
  readonly #options: SourceOptions

  constructor(client: Client, options: SourceOptions) {
    this.client = client
    this.#options = options
  }

  get portal(): string {
    return this.client.portal
  }

  async call(method: string, params: Params = {}): Promise<unknown> {
    const { signal } = this.#options
    return this.patiently(method, () => this.client.call(method, params, { signal }))
  }

  /** What the portal says is the number of a list's rows. */
  async total(method: string, params: Params = {}): Promise<number | undefined> {
    const { signal } = this.#options
    return this.patiently(method, async () => {
      const { total } = await this.client.request(method, params, { signal })
      return total
    })
  }

  /** Several calls at once, by key; a call that is refused has its error in the place of its result. */
  async batch(commands: Readonly<Record<string, { method: string; params?: Params }>>): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>()
    let rest = Object.entries(commands)
    while (rest.length > 0) {
      // What has passed isn't asked again when a part of the batch has met a limit.
      rest = await this.patiently('batch', async () => {
        const { results, errors } = await this.#send(Object.fromEntries(rest))
        let passing: unknown
        const again = rest.filter(([key, { method }]) => {
          const error = errors[key]
          if (error !== undefined && isPassing(error)) passing ??= error
          if (error !== undefined && isPassing(error)) return true
          found.set(key, error === undefined ? results[key] : refusalOf(error, method))
          return false
        })
        if (passing !== undefined && again.length === rest.length) throw passing
        return again
      })
    }
    return found
  }

  /**
   * The rows of a list in the order of their ids, a page at a time, many pages in a request. `path` is where the rows
   * stand in the result (`items` for `crm.item.list`), `cursor` is to be given as `after` to go on behind a page.
   * `beside` is another list of the same rows, read along: what the first one doesn't tell of them.
   */
  async *pages(
    method: string,
    params: Params = {},
    { after, beside, ...shape }: { after?: string | undefined; beside?: Chained | undefined } & Partial<Shape> = {},
  ): AsyncGenerator<{ readonly rows: readonly Row[]; readonly beside: readonly Row[]; readonly cursor: string }> {
    const main: Chained = { method, params, idName: shape.idName ?? 'ID', path: shape.path }
    let cursor = after ?? '0'
    for (let chain = 1; ; chain = CHAIN) {
      const indexes = Array.from({ length: chain }, (_, index) => index)
      const commands = Object.fromEntries([
        ...indexes.map((index) => linkOf('p', index, main, cursor)),
        ...(beside === undefined ? [] : indexes.map((index) => linkOf('q', index, beside, cursor))),
      ])
      const answers = await this.patiently(method, async () => {
        const answer = await this.#send(commands)
        const first = answer.errors.p0 ?? answer.errors.q0
        if (first !== undefined) throw first
        return answer
      })
      for (const index of indexes) {
        // What a chain has not brought is asked again, from the cursor on.
        if (answers.errors[`p${index}`] !== undefined || answers.errors[`q${index}`] !== undefined) break
        const rows = rowsOf(answers.results[`p${index}`], main.path)
        const last = rows.at(-1)?.[main.idName]
        if (last !== undefined && Number(last) > Number(cursor)) {
          cursor = String(last)
          yield { rows, beside: rowsOf(answers.results[`q${index}`], beside?.path), cursor }
        } else if (rows.length >= PAGE && index === 0) throw new Error(`${method}: the same page again and again`)
        if (rows.length < PAGE) return
      }
    }
  }

  /** The rows of a list that knows no filter by ids, all of them: by offset. */
  async rows(method: string, params: Params = {}, path?: string): Promise<Row[]> {
    const all: Row[] = []
    for (let start: number | undefined = 0; start !== undefined;) {
      const from: number = start
      const { result, next } = await this.patiently(method, () =>
        this.client.request(method, { ...params, start: from }, { signal: this.#options.signal }),
      )
      all.push(...rowsOf(result, path))
      start = next !== undefined && next > from ? next : undefined
    }
    return all
  }

  /** Runs a reading request until it is answered, or has gone unanswered for too long. */
  async patiently<T>(method: string, body: () => Promise<T>): Promise<T> {
    const { signal, patience, onWait } = this.#options
    let waited = 0
    for (let wait = this.#options.pause ?? 1000; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      signal.throwIfAborted()
      try {
        return await body()
      } catch (cause) {
        if (signal.aborted) throw cause
        if (!isPassing(cause)) throw isRefusal(cause) ? new Refused(cause) : cause
        const told = cause instanceof PortalError ? (cause.retryAfter ?? 0) * 1000 : 0
        const next = Math.min(Math.max(wait, told), Math.max(patience - waited, 0))
        if (next === 0) throw new GivenUp(`${method}: ${messageOf(cause)}`, { cause })
        onWait?.(messageOf(cause), next)
        await pause(next, undefined, { signal })
        waited += next
      }
    }
  }

  async #send(
    commands: Readonly<Record<string, { method: string; params?: Params }>>,
  ): Promise<{ readonly results: Params; readonly errors: Readonly<Record<string, Error>> }> {
    const { results, errors } = await this.client.batch(commands, { signal: this.#options.signal })
    return { results: results as Params, errors }
  }
}

/** One page of a chain; each begins behind the last row of the one before: `$result[p0][items][49][id]`. */
function linkOf(
  letter: string,
  index: number,
  { method, params, idName, path }: Chained,
  cursor: string,
): [string, { method: string; params: Params }] {
  const inside = path === undefined ? '' : `[${path}]`
  const after = index === 0 ? cursor : `$result[${letter}${index - 1}]${inside}[${PAGE - 1}][${idName}]`
  const filter = { ...(params.filter as Params | undefined), [`>${idName}`]: after }
  return [`${letter}${index}`, { method, params: { ...params, order: { [idName]: 'ASC' }, filter, start: -1 } }]
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const refusalOf = (cause: unknown, method: string): unknown =>
  cause instanceof PortalError ? new Refused(cause) : new Refused({ code: 'ERROR', text: messageOf(cause), method })

/** The rows of an answer; an empty list may come as an object, and numbered rows as one, too. */
export function rowsOf(result: unknown, path?: string): Row[] {
  const list = path === undefined ? result : (result as Row | null | undefined)?.[path]
  if (Array.isArray(list)) return list as Row[]
  return typeof list === 'object' && list !== null ? (Object.values(list) as Row[]) : []
}
