import { ConfigError } from '../config/options.ts'
import type { Program } from './command.ts'
import { CommandError, exit } from './terminal.ts'

/** How a failure is told: by one line, what to do about it, and a code. An empty message has been told already. */
export interface Told {
  readonly message: string
  readonly hint: string | undefined
  readonly exitCode: number
}

export async function failureOf(cause: unknown, program: Program): Promise<Told> {
  if (cause instanceof ConfigError)
    return { message: `portico: ${cause.message}`, hint: undefined, exitCode: exit.usage }
  if (cause instanceof CommandError)
    return {
      message: cause.message === '' ? '' : `portico: ${cause.message}`,
      hint: cause.hint,
      exitCode: cause.exitCode,
    }
  if (program.signal.aborted) return { message: 'portico: interrupted', hint: undefined, exitCode: exit.interrupted }
  const { portalFailure } = await import('./portal-failure.ts')
  const failure = await portalFailure(cause)
  if (failure !== undefined)
    return { message: `error: ${failure.message}`, hint: failure.hint, exitCode: failure.exitCode }
  return { message: `portico: ${unexpected(cause, program)}`, hint: undefined, exitCode: exit.failure }
}

function unexpected(cause: unknown, { env }: Program): string {
  const text = cause instanceof Error ? cause.message || cause.name : String(cause)
  const stack =
    cause instanceof Error && ['debug', 'trace'].includes(env.PORTICO_LOG_LEVEL ?? '') ? cause.stack : undefined
  return `unexpected error: ${text}${stack === undefined ? ' (PORTICO_LOG_LEVEL=debug shows where)' : ` ${stack}`}`
}
