import { pino } from 'pino'
import { ConfigError, describeOptions, loadConfig } from './config.ts'
import { announceStart } from './cli/announce.ts'
import { realSources } from './sources.ts'
import { startServer } from './server.ts'

const [first = '', ...rest] = process.argv.slice(2)
const [command, args] = first === '' || first.startsWith('-') ? ['start', process.argv.slice(2)] : [first, rest]

async function start(): Promise<void> {
  const config = loadConfig(args, process.env)
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.code', '*.token', '*.auth'] })
  const generated = config.adminPassword ?? realSources.token(20)
  const server = await startServer(config, {
    sources: realSources,
    log,
    administrator: { email: config.adminEmail, password: generated },
  })
  await announceStart(server, config, { password: generated })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void server.close().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

async function main(): Promise<void> {
  if (args.includes('--help') || args.includes('-h') || command === 'help') {
    process.stdout.write(`portico [start] [options]\n\n${describeOptions()}\n`)
    return
  }
  if (command === 'start') return start()
  process.stderr.write(`portico: there is no command ${command}\n`)
  process.exitCode = 2
}

main().catch((cause: unknown) => {
  const text =
    cause instanceof ConfigError
      ? cause.message
      : cause instanceof Error
        ? (cause.stack ?? cause.message)
        : String(cause)
  process.stderr.write(`portico: ${text}\n`)
  process.exit(1)
})
