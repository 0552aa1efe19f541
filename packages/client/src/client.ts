import { runBatch, type BatchOptions } from './batch.ts'
import { addCalls, deleteCalls, runBulk, updateCalls, type BulkOptions, type BulkResult, type Target } from './bulk.ts'
import { Connection } from './connection.ts'
import { pagesOf, type ListOptions, type Page } from './list.ts'
import type { Answer, CallOptions, ClientOptions, DownloadOptions, Time } from './options.ts'
import type { AnyMethod, FieldsOf, ParamsOf, Referring, Rest, ResultOf, RowOf } from './params.ts'

/** One call of a batch. */
export interface Command<M extends string = string> {
  readonly method: M
  readonly params?: Referring<ParamsOf<M>>
}

/** The methods of a batch, by the keys of its commands or in their order. */
type Methods = Readonly<Record<string, AnyMethod>> | readonly AnyMethod[]
type Commands<M extends Methods> = { readonly [K in keyof M]: M[K] extends string ? Command<M[K]> : never }

/** A list for a list, else a map; of commands that nobody knows before, anything. */
type Results<M> = [M] extends [readonly string[]]
  ? { -readonly [K in keyof M]: ResultOf<M[K] & string> | undefined }
  : [M] extends [Readonly<Record<string, string>>]
    ? { -readonly [K in keyof M]: ResultOf<M[K] & string> | undefined }
    : Record<string, unknown>

/** The outcomes of a batch, by the keys of its commands: by number, where they were a list. */
export interface BatchAnswer<M = Readonly<Record<string, string>>> {
  readonly results: Results<M>
  /** PortalError and its kinds for what the portal refused. */
  readonly errors: Readonly<Record<string, Error>>
  readonly totals: Readonly<Record<string, number>>
  readonly nexts: Readonly<Record<string, number>>
  readonly times: Readonly<Record<string, Time>>
  /** Keys of what was not run, after an error with `halt`. */
  readonly skipped: readonly string[]
}

/**
 * A portal, spoken to in the name of a webhook, a token or an application.
 *
 * Everything that asks the portal throws PortalError (CredentialError, LimitError) for its refusals, UnreachableError
 * where nothing was done, LostAnswerError where a write may have been done, UnexpectedAnswerError where no portal
 * answers, and the signal's reason when that is aborted.
 */
export class Client {
  readonly #connection: Connection

  /** @throws TypeError for addresses that are none */
  constructor(options: ClientOptions) {
    this.#connection = new Connection(options)
  }

  /** `https://portal.example`; another one after the portal has moved. */
  get portal(): string {
    return this.#connection.origin
  }

  /** Calls a method and gives its `result`. */
  async call<const M extends AnyMethod>(
    method: M,
    ...[params, options]: Rest<ParamsOf<M>, CallOptions>
  ): Promise<ResultOf<M>> {
    const { result } = await this.#connection.send(method, params ?? {}, options)
    return result as ResultOf<M>
  }

  /** Calls a method and gives its whole answer. */
  async request<const M extends AnyMethod>(
    method: M,
    ...[params, options]: Rest<ParamsOf<M>, CallOptions>
  ): Promise<Answer<ResultOf<M>>> {
    return (await this.#connection.send(method, params ?? {}, options)) as Answer<ResultOf<M>>
  }

  /**
   * Calls many methods in requests of 50, in their order. A later one can use what an earlier one answers: see `ref`.
   * What fails is in `errors`; only what ends the first request as a whole is thrown.
   */
  async batch<const M extends Methods>(commands: Commands<M>, options: BatchOptions = {}): Promise<BatchAnswer<M>> {
    const isList = Array.isArray(commands)
    const entries = Object.entries(commands as unknown as Record<string, { method: string; params?: unknown }>)
    const { results, errors, totals, nexts, times, skipped } = await runBatch(this.#connection, entries, options)
    const keyed = Object.fromEntries(results)
    return {
      results: (isList ? entries.map(([key]) => keyed[key]) : keyed) as BatchAnswer<M>['results'],
      errors: Object.fromEntries(errors),
      totals: Object.fromEntries(totals),
      nexts: Object.fromEntries(nexts),
      times: Object.fromEntries(times),
      skipped,
    }
  }

  /** Row after row of a list, over all its pages. */
  async *list<const M extends AnyMethod>(
    method: M,
    ...[params, options]: Rest<ParamsOf<M>, ListOptions>
  ): AsyncGenerator<RowOf<M>, void, undefined> {
    for await (const { rows } of pagesOf(this.#connection, method, params ?? {}, options)) yield* rows as RowOf<M>[]
  }

  /** Page after page of a list; a list without rows has one empty page. */
  pages<const M extends AnyMethod>(
    method: M,
    ...[params, options]: Rest<ParamsOf<M>, ListOptions>
  ): AsyncGenerator<Page<RowOf<M>>, void, undefined> {
    return pagesOf(this.#connection, method, params ?? {}, options) as AsyncGenerator<Page<RowOf<M>>>
  }

  /** Adds records in requests of 50: `client.add('crm.lead', [{ TITLE: 'One' }, { TITLE: 'Two' }])`. */
  add<const T extends Target>(target: T, items: Iterable<FieldsOf<T>>, options: BulkOptions = {}): Promise<BulkResult> {
    return runBulk(this.#connection, addCalls(target, items, options.params), options)
  }

  /** Changes records in requests of 50. */
  update<const T extends Target>(
    target: T,
    items: Iterable<{ readonly id: number | string; readonly fields: FieldsOf<T> }>,
    options: BulkOptions = {},
  ): Promise<BulkResult> {
    return runBulk(this.#connection, updateCalls(target, items, options.params), options)
  }

  /** Deletes records in requests of 50. */
  delete(target: Target, ids: Iterable<number | string>, options: BulkOptions = {}): Promise<BulkResult> {
    return runBulk(this.#connection, deleteCalls(target, ids, options.params), options)
  }

  /**
   * Opens a file by a link of an answer (`urlMachine`, `downloadUrl`, `DOWNLOAD_URL` …), relative ones too. The answer
   * is given as it is, whatever its status; its body is the caller's to read or to cancel. Nothing is repeated.
   * @throws TypeError where there is no answer, as `fetch` does
   */
  download(link: string, options: DownloadOptions = {}): Promise<Response> {
    return this.#connection.open(link, options)
  }

  /** Whether a Portico answers; asks it only if nothing was answered before. */
  isPortico(options: { readonly signal?: AbortSignal } = {}): Promise<boolean> {
    return this.#connection.probe(options.signal)
  }
}
