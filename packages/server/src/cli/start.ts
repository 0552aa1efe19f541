import { loadConfig, options } from '../config.ts'
import { announceStart } from './announce.ts'
import type { Command } from './command.ts'
import { openingError, requireFreePorts } from './opening-error.ts'
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
      await announceStart(server, config, { password })
    } catch (cause) {
      throw openingError(cause, config)
    }
  },
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
