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
  /** What its request has asked of the database so far. */
  statements(): number
}

/** What somebody who is not known yet asks for. */
export interface SeenAsk {
  /** Of the request; those of one request to `/mcp` share it. */
  readonly id: string
  /** As it was asked for. */
  readonly method: string
  readonly version: 2 | 3
  /** As the request proves who sends it. */
  readonly claim:
    | { readonly userId: number; readonly code: string }
    | { readonly token: string }
    | { readonly session: string }
    | undefined
}

/** An event on its way to a handler. */
export interface SeenDelivery {
  readonly id: number
  readonly event: string
  readonly url: string
  /** Its place among those for the same object and handler. */
  readonly seq: number
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
   * Around a whole request, from the credential to what is durable: once for what came over HTTP or by a tool of a
   * model, and never for what the portal does by itself. An ApiError that is thrown is what it answers.
   */
  ask?(seen: SeenAsk, run: () => Promise<Outcome>): Promise<Outcome>
  /** Of a delivery that is about to be sent: what becomes of it, where that is not what always does. */
  deliver?(seen: SeenDelivery): DeliveryFate | undefined
}

/** One of the first three, or none of them. */
export interface DeliveryFate {
  /** It is never sent, for this reason. */
  readonly dropped?: string
  /** It is put off until then, in epoch seconds; what follows for its object waits with it, unless it may overtake. */
  readonly later?: { readonly until: number; readonly overtaken: boolean }
  /** How often it is sent once more when it has arrived. */
  readonly repeats?: number
  /** Those that were put off until this one was sent. */
  readonly recalled?: readonly Pick<SeenDelivery, 'id' | 'seq'>[]
}
