import { CommandError } from '../terminal.ts'

/**
 * What OpenIntegrations' `oint` ends with, so that scripts which look at it go on working. An answer that holds an error
 * is 0 there, too.
 */
export const exitCodes = {
  /** `--fail` was given, and the portal answered an error. */
  refused: 1,
  unknownLibrary: 1,
  unknownFunction: 2,
  /** Anything else: a mistake in the line, or no answer. */
  failed: 99,
} as const

/** A mistake in the line, or a call that came to nothing. */
export const mistake = (message: string, hint?: string): CommandError =>
  new CommandError(message, { exitCode: exitCodes.failed, ...(hint === undefined ? {} : { hint }) })
