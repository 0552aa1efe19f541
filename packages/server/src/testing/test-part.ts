import type { RunningPortal } from '../compose.ts'
import type { DeliveryFate, SeenAsk, SeenCall, SeenDelivery } from '../methods/test-hooks.ts'
import type { Outcome } from '../methods/method.ts'
import type { SeenRequest } from '../http/test-serving.ts'
import type { Control } from './control.ts'

/** One of the things that a portal for tests has beside an ordinary one: its faults, what it has seen. */
export interface TestPart {
  readonly controls: readonly Control[]
  /** The portal is open; its controls are asked for after that. */
  attach?(running: RunningPortal): void
  /** Around each call of a method; the first part is the outermost. */
  call?(seen: SeenCall, run: () => Promise<Outcome>): Promise<Outcome>
  /** Around each call over HTTP; it may do with the connection what it likes, and answers whether it has. */
  request?<T>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined>
  /** Around each request, from its credential to what is durable. */
  ask?(seen: SeenAsk, run: () => Promise<Outcome>): Promise<Outcome>
  deliver?(seen: SeenDelivery): DeliveryFate | undefined
  /** All is there that a reset goes back to. */
  begin?(): void
  /** The portal begins anew: so does this. */
  reset(): void
  /** The data is what it was before: what is known by its ids is known no more. */
  restored?(): void
  /** The portal ends. */
  close?(): void
}
