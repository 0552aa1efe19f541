import type { Field } from '../schema/entity.ts'

/** Why a use case refused, without a word about the wire: each family of methods has its own codes and texts. */
export type Reason =
  | { readonly why: 'access-denied' }
  | { readonly why: 'not-found' }
  | { readonly why: 'invalid'; readonly field: Field; readonly detail: string }
  | { readonly why: 'required'; readonly fields: readonly Field[] }
  | { readonly why: 'not-a-list'; readonly field: Field; readonly got: string }
  | { readonly why: 'rule'; readonly text: string }

export class Failure extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(reason.why)
    this.reason = reason
  }
}
