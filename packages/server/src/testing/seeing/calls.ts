import { Bell } from '../../records/bell.ts'
import { type CallFilter, testOf } from './call-filter.ts'

/** Calls that are remembered, and characters of JSON that all of them take; the oldest are forgotten first. */
const KEPT = 10_000
const MOST_CHARACTERS = 100_000_000

/** One call of a method, as tests look at it. Secrets are masked, and files are left out (records/masked.ts). */
export interface SeenMethodCall {
  /** Calls are numbered as they begin, so a batch comes before its commands. */
  readonly number: number
  /** As it is registered, or as it was asked for where there is no such method. */
  readonly method: string
  readonly version: 2 | 3
  readonly parameters: Readonly<Record<string, unknown>>
  /** Of HTTP, as it would be alone; 0 where the connection was broken before anything was done. */
  readonly status: number
  /** Null where it went well. */
  readonly error: string | null
  readonly errorDescription: string | null
  readonly result: unknown
  readonly total?: number
  readonly next?: number
  /** 0: nobody that is known. */
  readonly userId: number
  /** `webhook:3`, `app:local.…`; empty where nothing was proved. */
  readonly credential: string
  readonly requestId: string
  /** A command of a batch, or what a method has called by itself. */
  readonly isNested: boolean
  /** Made by `portal.call` or `portal.ask`, not by what is tested. */
  readonly isOwn: boolean
  /** False where the answer did not reach the caller: a fault has broken the connection, or has answered instead. */
  readonly isAnswered: boolean
  /** Epoch seconds of its beginning, by the clock of the portal. */
  readonly time: number
  /** Milliseconds, by the same clock. */
  readonly duration: number
  /** What the database was asked, commands of a batch included. */
  readonly statements: number
  /** Of the request: `POST`; empty for what came otherwise, over MCP. */
  readonly verb: string
  readonly contentType: string
  readonly userAgent: string
  /** Long parts of the parameters or the result are left out. */
  readonly isCut: boolean
}

/** As it is kept: text takes less room, and nobody changes it. */
export interface KeptCall extends Omit<SeenMethodCall, 'parameters' | 'result' | 'isAnswered' | 'status'> {
  status: number
  isAnswered: boolean
  readonly parameters: string
  readonly result: string
}

export const callOf = (kept: KeptCall): SeenMethodCall => ({
  ...kept,
  parameters: JSON.parse(kept.parameters) as Readonly<Record<string, unknown>>,
  result: JSON.parse(kept.result) as unknown,
})

/** The last calls of a portal for tests. */
export class Calls {
  /** In the order of their ends. */
  #kept: KeptCall[] = []
  #first = 0
  #characters = 0
  #forgotten = 0
  #count = 0
  readonly #bell = new Bell()

  /** The number of a call that begins. */
  begin(): number {
    return ++this.#count
  }

  /** The number of the last call that has begun. */
  get count(): number {
    return this.#count
  }

  /** Calls that were too many, and are not here to be found. */
  get forgotten(): number {
    return this.#forgotten
  }

  add(call: KeptCall): void {
    this.#kept.push(call)
    this.#characters += call.parameters.length + call.result.length
    while (this.#kept.length - this.#first > KEPT || (this.#characters > MOST_CHARACTERS && this.#size > 1))
      this.#forgetFirst()
    this.#bell.ring()
  }

  get #size(): number {
    return this.#kept.length - this.#first
  }

  #forgetFirst(): void {
    const forgotten = this.#kept[this.#first++]
    this.#characters -= (forgotten?.parameters.length ?? 0) + (forgotten?.result.length ?? 0)
    this.#forgotten++
    // Moved together now and then, not with every call.
    if (this.#first < KEPT / 2) return
    this.#kept = this.#kept.slice(this.#first)
    this.#first = 0
  }

  /** Those that fit, by their numbers. */
  find(filter: CallFilter): KeptCall[] {
    const test = testOf(filter)
    return this.#kept
      .slice(this.#first)
      .filter(test)
      .toSorted((a, b) => a.number - b.number)
  }

  /** The same, once there are so many, or when that many milliseconds have passed. */
  async wait(filter: CallFilter, times: number, milliseconds: number): Promise<KeptCall[]> {
    const until = performance.now() + milliseconds
    for (;;) {
      const found = this.find(filter)
      const left = until - performance.now()
      if (found.length >= times || left <= 0 || this.#bell.closed) return found
      await this.#bell.wait(left)
    }
  }

  /** Numbers begin anew only with `anew`: whoever waits for what comes after one must not meet it twice. */
  forget(anew: boolean): void {
    this.#kept = []
    this.#first = this.#characters = this.#forgotten = 0
    if (anew) this.#count = 0
  }

  close(): void {
    this.#bell.close()
  }
}
