import { resolve } from 'node:path'
import type { Program } from '../command.ts'
import { CommandError, exit, remark, say } from '../terminal.ts'
import type { ReplayValues } from './commands.ts'
import { replay } from './replay.ts'
import { certificatesOf, sayWhere, untilStopped } from './serving.ts'

export async function runReplay(values: ReplayValues, [file = '']: readonly string[], program: Program): Promise<void> {
  const { port, httpsPort, any, strict, quiet } = values
  const server = await replay({
    recording: resolve(program.cwd, file),
    any,
    port,
    httpsPort,
    certificates: certificatesOf(program),
    onAnswer: ({ method }, { seq, status }) => {
      if (!quiet) remark(`${String(seq).padStart(5)}  ${status}  ${method}`, program.stderr)
    },
    onMissed: ({ text }) => remark(`warning: ${text}`, program.stderr),
  })
  say(`Replaying ${file}. Any webhook's code is taken; Ctrl-C ends it.`, program.stdout)
  sayWhere(program, server)
  await untilStopped(program)
  await server.close()
  const unused = server.unused()
  if (unused.length > 0) remark(`Nobody has asked for ${unused.length} of the recorded requests.`, program.stderr)
  if (server.missed.length === 0) return
  for (const { text } of server.missed) say(`not recorded: ${text}`, program.stdout)
  if (strict)
    throw new CommandError(
      server.missed.length === 1
        ? '1 request was never recorded'
        : `${server.missed.length} requests were never recorded`,
      { exitCode: exit.failure },
    )
}
