/** What the portal answers to one call. */
export interface Answer {
  readonly result?: unknown
  readonly error?: string | number
  readonly error_description?: string
  readonly next?: number
  readonly total?: number
  readonly time?: unknown
}

/** Why a call has failed (sdk/bx24-js-sdk/how-to-call-rest-methods/bx24-call-method.md). */
export class CallError {
  /** The status of HTTP; 0 where nothing was answered. */
  readonly status: number
  readonly ex: { readonly error: string | number; readonly error_description: string }

  constructor(status: number, { error = '', error_description = '' }: Answer) {
    this.status = status
    this.ex = { error, error_description }
  }

  getStatus(): number {
    return this.status
  }

  getError(): CallError['ex'] {
    return this.ex
  }

  toString(): string {
    const { error, error_description: text } = this.ex
    return `${error}${text === '' ? '' : `: ${text}`} (${this.status})`
  }
}

export type Callback = (result: AjaxResult) => void

/** How the next page of a list is asked for. */
export type NextPage = (start: number, callback: Callback | undefined) => XMLHttpRequest

/** What a callback gets: the documented result of a call. */
export class AjaxResult {
  readonly answer: Answer
  readonly status: number
  readonly #next: NextPage

  constructor(answer: Answer, status: number, next: NextPage) {
    this.answer = answer
    this.status = status
    this.#next = next
  }

  data(): unknown {
    return this.answer.result
  }

  error(): CallError | undefined {
    return this.answer.error === undefined ? undefined : new CallError(this.status, this.answer)
  }

  error_description(): string | undefined {
    return this.answer.error === undefined ? undefined : this.answer.error_description
  }

  more(): boolean {
    return typeof this.answer.next === 'number'
  }

  total(): number {
    return Number.parseInt(String(this.answer.total), 10)
  }

  time(): unknown {
    return this.answer.time
  }

  /** Asks for the next page; false where there is none. */
  next(callback?: Callback): XMLHttpRequest | false {
    const { next } = this.answer
    return typeof next === 'number' ? this.#next(next, callback) : false
  }
}
