import type { Credential, Outcome } from './method.ts'

/** A call of a method, wherever it came from: a request, a command of a batch, a tool of a model, a job. */
export interface SeenCall {
  /** As it is registered, or as it was asked for where there is no such method. */
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly version: 2 | 3
  readonly credential: Credential
  /** Of the request that it belongs to; `inside` where nobody has sent one. */
  readonly requestId: string
  /** A command of a batch, or what a method calls by itself. */
  readonly isNested: boolean
}

/** An event on its way to a handler. */
export interface SeenDelivery {
  readonly id: number
  readonly event: string
  readonly url: string
  /** How often it was tried before. */
  readonly attempts: number
  /** Epoch seconds of what happened. */
  readonly ts: number
}

/**
 * What a portal that is there for tests lets in between (testing/). Other portals have none, and no way to get one
 * while they run.
 */
export interface TestHooks {
  /** Around each call; whoever does not run it answers instead. */
  call(seen: SeenCall, run: () => Promise<Outcome>): Promise<Outcome>
  /**
   * Of deliveries that are about to be sent: what is to be sent, in that order, and how often; those that are left
   * out are put off until that moment.
   */
  deliver?(seen: SeenDelivery): DeliveryFate | undefined
}

export interface DeliveryFate {
  /** Sends of it, one after the other; 1 where nothing is said. */
  readonly times?: number
  /** Seconds for which it is put off. */
  readonly later?: number
}
