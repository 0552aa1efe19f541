import type { Difference, StandIn } from '../vectors-differences.ts'
import type { DocumentedError, DocumentedErrorV3, Provocation } from '../vectors-refusals.ts'
import type { Target } from '../vectors-targets/making.ts'

/** What the documented requests of one part of the methods need beside themselves; each record is keyed by method. */
export interface VectorArea {
  /** What requests refer to, made before they are sent. */
  readonly targets?: Readonly<Record<string, Target>>
  readonly differences?: Readonly<Record<string, readonly Difference[]>>
  readonly standIns?: Readonly<Record<string, Readonly<Record<number, StandIn>>>>
  readonly amended?: Readonly<
    Record<string, { readonly instead: DocumentedError | DocumentedErrorV3 | null; readonly why: string }>
  >
  /** Methods whose documented requests only an application may send. */
  readonly byApplication?: readonly string[]
  readonly provocations?: Readonly<Record<string, Provocation>>
}
