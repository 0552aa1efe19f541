import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadConfig, options } from '../config.ts'
import { announceStart } from './announce.ts'
import { backgroundLog, followStarter, startInBackground, tellStarter } from './background.ts'
import type { Command, Program, Started } from './command.ts'
import { openingError, requireFreePorts } from './opening-error.ts'
import { CommandError } from './terminal.ts'
import { PASSWORD_LENGTH } from './user.ts'

/** Secrets that a log line could carry. */
const redact = ['*.password', '*.code', '*.token', '*.auth', '*.access_token']

export const start: Command = {
  name: 'start',
  operands: [],
  about: 'Run the server; without a command, this is what happens',
  options,
  async run(args, program) {
    const config = loadConfig(args, program.env)
    if (config.background) return startInBackground(args, config, program)
    const log = backgroundLog(program)
    if (log !== undefined) followStarter()
    const password = config.adminPassword ?? program.sources.token(PASSWORD_LENGTH)
    try {
      // Before anything is made: the secrets of a first start that fails now would never be shown.
      await requireFreePorts(config)
      // Help and refusals need none of it, and should not wait for it.
      const { default: pino } = await import('pino')
      const server = await program.start(config, {
        sources: program.sources,
        log: pino({ level: config.logLevel, redact }),
        administrator: { email: config.adminEmail, password },
      })
      stopOnSignals(() => server.close())
      if (config.seed !== null) await seedFrom(config.seed, server, program)
      await announceStart(server, config, { password, log, tell: log === undefined ? undefined : tellStarter })
    } catch (cause) {
      throw openingError(cause, config)
    }
  },
}

/** @throws {CommandError} with the place in the file of what is refused */
async function seedFrom(file: string, { bench }: Started, { cwd }: Program): Promise<void> {
  try {
    await bench?.control('seed', { seed: await readFile(resolve(cwd, file), 'utf8') })
  } catch (cause) {
    throw new CommandError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** The first signal lets running requests end; a second one does not wait. */
function stopOnSignals(close: () => Promise<void>): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    void close().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
