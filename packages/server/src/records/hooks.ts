import type { Entity } from '../schema/entity.ts'
import type { Change } from './change.ts'
import type { Context } from './context.ts'

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
  /** Refuses those to whom a record is closed that has the rights of its owner; asked before its files are given. */
  readable?(context: Context, id: number): Promise<unknown>
  /** Defaults of new records and values that follow from others. */
  complete?(change: Change): Promise<void> | void
  /**
   * In the place of all the others, of a record that is taken over from another portal as it is there: what this portal
   * finds it by must follow from its values all the same.
   */
  copied?(change: Change): Promise<void> | void
  /** Rules that the completed record must meet; throws a Failure. */
  check?(change: Change): Promise<void> | void
  /** What else is written with the record. */
  saved?(change: Change): Promise<void> | void
  /** What the events of an entity tell beside the id. */
  announced?(change: Change): Readonly<Record<string, unknown>>
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

type Step<A> = (argument: A) => Promise<void> | void

/** Runs steps in order. Most have nothing to wait for, and a turn of the queue for each of them would add up. */
const inOrder = <A>(steps: readonly (Step<A> | undefined)[]): Step<A> => {
  const defined = steps.filter((step) => step !== undefined)
  return async (argument) => {
    for (const step of defined) {
      const running = step(argument)
      if (running !== undefined) await running
    }
  }
}

/** Several sets of hooks as one, run in order. */
export const allOf = (...parts: readonly Hooks[]): Hooks => ({
  async readable(context, id) {
    for (const part of parts) await part.readable?.(context, id)
  },
  complete: inOrder(parts.map((part) => part.complete?.bind(part))),
  copied: inOrder(parts.map((part) => part.copied?.bind(part))),
  check: inOrder(parts.map((part) => part.check?.bind(part))),
  saved: inOrder(parts.map((part) => part.saved?.bind(part))),
  announced: (change) => Object.assign({}, ...parts.map((part) => part.announced?.(change))) as Record<string, unknown>,
  removed: inOrder(parts.map((part) => part.removed?.bind(part))),
  followed: inOrder(parts.map((part) => part.followed?.bind(part))),
  merged: inOrder(parts.map((part) => part.merged?.bind(part))),
  converted: inOrder(parts.map((part) => part.converted?.bind(part))),
})
