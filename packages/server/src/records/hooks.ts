import type { Entity } from '../schema/entity.ts'
import type { Change } from './change.ts'

/** What an entity adds to the common life of records. Each runs inside the transaction. */
export interface Hooks {
  /** Defaults of new records and values that follow from others. */
  complete?(change: Change): Promise<void> | void
  /** Rules that the completed record must meet; throws a Failure. */
  check?(change: Change): Promise<void> | void
  /** What else is written with the record. */
  saved?(change: Change): Promise<void> | void
  /** What goes with the record; `change.before` is what it was. */
  removed?(change: Change): Promise<void> | void
}

export type HookTable = (entity: Entity) => Hooks

/** Several sets of hooks as one, run in order. */
export function allOf(...parts: readonly Hooks[]): Hooks {
  return {
    async complete(change) {
      for (const part of parts) await part.complete?.(change)
    },
    async check(change) {
      for (const part of parts) await part.check?.(change)
    },
    async saved(change) {
      for (const part of parts) await part.saved?.(change)
    },
    async removed(change) {
      for (const part of parts) await part.removed?.(change)
    },
  }
}
