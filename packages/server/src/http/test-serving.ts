import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SeenAsk } from '../methods/test-hooks.ts'

/** A call over HTTP, before anything of it is done. */
export interface SeenRequest {
  readonly id: string
  /** As it was asked for. */
  readonly method: string
  readonly version: 2 | 3
  readonly parameters: Readonly<Record<string, unknown>>
  /** The webhook's `user/code`, or what stands for it. */
  readonly credential: string
  readonly claim: SeenAsk['claim']
  readonly incoming: IncomingMessage
  /** For whoever answers in another way than with what comes of it. */
  readonly response: ServerResponse
}

/** What a portal for tests does beside serving (testing/). */
export interface TestServing {
  /** Whether this opens the control interface. */
  isKey(given: string): boolean
  /** What the control interface offers. */
  describe(): readonly { readonly name: string; readonly about: string }[]
  /** Runs a control. Throws an Error with a `status` for what is wrong with the request. */
  control(name: string, given: unknown): Promise<unknown>
  /** Around each call; undefined when it has answered by itself. */
  request<T extends object>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined>
  /** What stands before the paths of this portal, where several share an address: `/p/name`. */
  baseOf(incoming: IncomingMessage): string
}
