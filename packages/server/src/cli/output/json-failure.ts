import type { Program } from '../command.ts'
import { portalFailure } from '../portal-failure.ts'
import { CommandError } from '../terminal.ts'
import type { Output } from './output.ts'

/**
 * Tells a portal's refusal to a script: on stdout where that is the answer, on stderr otherwise, instead of the line
 * for people. Whoever looks at stderr on a terminal reads that line, unless JSON was asked for.
 * @throws {CommandError} without a message, when nothing is left to tell
 */
export async function tellAsJson(
  cause: unknown,
  {
    program,
    output,
    isAsked,
    failures,
  }: { program: Program; output: Output; isAsked: boolean; failures: 'stdout' | undefined },
): Promise<void> {
  if (output.format !== 'json' && output.format !== 'ndjson') return
  const failure = await portalFailure(cause)
  if (failure === undefined) return
  const line = `${JSON.stringify(failure.json)}\n`
  if (failures === 'stdout') {
    program.stdout.write(line)
    return
  }
  if (program.stderr.isTTY === true && !isAsked) return
  program.stderr.write(line)
  throw new CommandError('', { exitCode: failure.exitCode })
}
