/**
 * Grows with each change of what is stored that an older version would not understand. What only adds tables and
 * columns, as most changes do, leaves it as it is.
 */
export const SCHEMA = 1

/** The settings under which a portal keeps it, and the version of the program that has opened it last. */
export const SCHEMA_SETTING = 'portico.schema'
export const VERSION_SETTING = 'portico.version'

/** What is stored was written by a later version than this one. */
export class NewerPortalError extends Error {
  constructor(theirs: string, ours: string) {
    super(
      `this portal was last opened by Portico ${theirs}, and Portico ${ours} does not know how that stores it: use ${theirs} or a later version`,
    )
  }
}
