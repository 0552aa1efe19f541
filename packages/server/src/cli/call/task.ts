import type { Calling } from '../client-command.ts'
import type { Noun } from './nouns.ts'

/** What a verb is to be done with. */
export interface Task {
  readonly calling: Calling
  readonly noun: Noun
  /** The entityTypeId, where the methods want one. */
  readonly type: number | undefined
}
