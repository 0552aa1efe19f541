import type { DeliveryFate, SeenCall, SeenDelivery } from '../methods/test-hooks.ts'
import type { Outcome } from '../methods/method.ts'
import type { SeenRequest } from '../http/test-serving.ts'
import type { Control } from './control.ts'

/** One of the things that a portal for tests has beside an ordinary one: its faults, what it has seen. */
export interface TestPart {
  readonly controls: readonly Control[]
  /** Around each call of a method; the first part is the outermost. */
  call?(seen: SeenCall, run: () => Promise<Outcome>): Promise<Outcome>
  /** Around each call over HTTP; it may do with the connection what it likes, and answers whether it has. */
  request?<T>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined>
  deliver?(seen: SeenDelivery): DeliveryFate | undefined
  /** The portal begins anew: so does this. */
  reset(): void
}
