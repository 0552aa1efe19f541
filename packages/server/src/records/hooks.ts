import type { Entity } from '../schema/entity.ts'
import type { Change } from './change.ts'

type Within = Pick<Change, 'tx' | 'portal' | 'person' | 'now'>

/** Two records of an entity become one: everything that belongs to `from` goes over to `into`, then `from` is removed. */
export interface Merge extends Within {
  readonly entity: Entity
  readonly into: number
  readonly from: number
}

/** A lead that has turned into a deal, with the client made or found for it. */
export interface Conversion extends Within {
  readonly leadId: number
  readonly dealId: number
  readonly contactId: number | null
  readonly companyId: number | null
}

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
  /** What follows from a write once it is recorded and announced: further writes, whose events come after its own. */
  followed?(change: Change): Promise<void> | void
  /** Hands over what belongs to a record that is about to go in a merger, beside its fields and links. */
  merged?(merge: Merge): Promise<void> | void
  /** Of leads: what beside the fields goes along to the deal (product rows). */
  converted?(conversion: Conversion): Promise<void> | void
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
    async followed(change) {
      for (const part of parts) await part.followed?.(change)
    },
    async merged(merge) {
      for (const part of parts) await part.merged?.(merge)
    },
    async converted(conversion) {
      for (const part of parts) await part.converted?.(conversion)
    },
  }
}
