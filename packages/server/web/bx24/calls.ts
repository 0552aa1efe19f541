import { formOf, resolveFields } from './query.ts'
import { AjaxResult, type Answer, type Callback, type NextPage } from './result.ts'
import type { Session } from './session.ts'

type Parameters = Readonly<Record<string, unknown>>

/** One call of a batch: `[method, parameters]` or `{method, params}`. */
type BatchCall = readonly [string, Parameters?] | { readonly method: string; readonly params?: Parameters }

type BatchCalls = readonly BatchCall[] | Readonly<Record<string, BatchCall>>

interface Command {
  readonly key: string
  readonly method: string
  readonly params: Parameters
}

const EXPIRED = 'expired_token'

/** Calls of the REST API with the tokens of the frame. */
export class Calls {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  callMethod(method: string, parameters: Parameters | null | undefined, callback?: Callback): XMLHttpRequest {
    const given = parameters ?? {}
    const next: NextPage = (start, own) => this.callMethod(method, { ...given, start }, own ?? callback)
    return this.#send(method, given, (answer, status) => callback?.(new AjaxResult(answer, status, next)))
  }

  /** The callback gets a result for every call, under its key. */
  callBatch(
    calls: BatchCalls,
    callback?: (results: Record<string, AjaxResult> | AjaxResult[]) => void,
    bHaltOnError = false,
  ): void {
    const list = Object.entries(calls).map(([key, call]): Command => {
      const [method, params = {}] = 'method' in call ? [call.method, call.params] : call
      return { key, method, params }
    })
    void this.#sendBatch(list, bHaltOnError, (results) =>
      callback?.(Array.isArray(calls) ? results.map(([, each]) => each) : Object.fromEntries(results)),
    )
  }

  async #sendBatch(
    list: readonly Command[],
    halt: boolean,
    done: (results: (readonly [string, AjaxResult])[]) => void,
  ): Promise<void> {
    const cmd: Record<string, string> = {}
    for (const { key, method, params } of list)
      cmd[key] = `${method}?${formOf((await resolveFields(params)) as object)}`
    this.#send('batch', { halt: halt ? 1 : 0, cmd }, (answer, status) =>
      done(
        list.map(({ key, method, params }) => {
          const next: NextPage = (start, own) => this.callMethod(method, { ...params, start }, own)
          return [key, new AjaxResult(partOf(answer, key), status, next)]
        }),
      ),
    )
  }

  #send(method: string, parameters: Parameters, done: (answer: Answer, status: number) => void): XMLHttpRequest {
    const request = new XMLHttpRequest()
    const session = this.#session
    const post = (body: string, isSecond: boolean): void => {
      request.open('POST', `${session.messages.origin}/rest/${method}`)
      request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded')
      request.addEventListener(
        'loadend',
        () => {
          const answer = read(request)
          if (answer.error !== EXPIRED || isSecond) done(answer, request.status)
          else session.refresh(() => post(body, true))
        },
        { once: true },
      )
      const auth = `auth=${encodeURIComponent(session.data?.AUTH_ID ?? '')}`
      request.send(body === '' ? auth : `${body}&${auth}`)
    }
    session.whenKnown(() => {
      void resolveFields(parameters).then((values) => {
        const begin = (): void => post(formOf(values as object), false)
        if (session.auth === false) session.refresh(begin)
        else begin()
      })
    })
    return request
  }
}

function read({ responseText }: XMLHttpRequest): Answer {
  try {
    return JSON.parse(responseText) as Answer
  } catch {
    return { error: 'NETWORK_ERROR', error_description: 'The portal could not be reached' }
  }
}

type ByKey = Readonly<Record<string, unknown>> | undefined

/** The answer of one call in that of its batch; a batch that was refused as a whole is refused for each. */
function partOf(answer: Answer, key: string): Answer {
  if (answer.error !== undefined) return answer
  const { result, result_error, result_next, result_total, result_time } = answer.result as Record<string, ByKey>
  const error = result_error?.[key] as Answer | undefined
  return {
    result: result?.[key],
    ...(error === undefined ? {} : { error: error.error ?? '', error_description: error.error_description ?? '' }),
    ...(typeof result_next?.[key] === 'number' ? { next: result_next[key] } : {}),
    ...(typeof result_total?.[key] === 'number' ? { total: result_total[key] } : {}),
    ...(result_time?.[key] === undefined ? {} : { time: result_time[key] }),
  }
}
