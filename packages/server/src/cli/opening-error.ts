import { createServer } from 'node:net'
import { type Config, options } from '../config.ts'
import { NewerPortalError } from '../store/schema-version.ts'
import { CommandError } from './terminal.ts'

type SystemError = Error & { code?: string; port?: number; address?: string; path?: string }

const systemError = (cause: unknown): SystemError | undefined =>
  cause instanceof Error ? (cause as SystemError) : undefined

/** Listens once on each port and lets go of it. Whoever takes one in the moment after is met by the server itself. */
export async function requireFreePorts({ host, port, httpsPort }: Config): Promise<void> {
  for (const wanted of [port, httpsPort ?? 0].filter((each) => each !== 0))
    await new Promise<void>((resolve, reject) => {
      const probe = createServer()
      probe.once('error', reject)
      probe.listen(wanted, host, () => probe.close(() => resolve()))
    })
}

/** What keeps a portal from opening, as one line that names the option to change; other errors stay as they are. */
export function openingError(cause: unknown, config: Config): unknown {
  if (cause instanceof NewerPortalError) return new CommandError(cause.message, { cause })
  const text = explain(systemError(cause), config)
  return text === undefined ? cause : new CommandError(text, { cause })
}

function explain(error: SystemError | undefined, config: Config): string | undefined {
  const option = error?.port === config.httpsPort ? options.httpsPort : options.port
  const named = `--${option.flag} or ${option.env}`
  switch (error?.code) {
    case 'EADDRINUSE':
      return `port ${error.port} is in use; choose another one with ${named}`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      if (error.port === undefined && config.databaseUrl !== null) break
      return `${config.host} is no address of this machine; choose another one with --host or PORTICO_HOST`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      if (error.port !== undefined) return `port ${error.port} is not allowed here; choose another one with ${named}`
      return `${error.path ?? config.data} cannot be written to; choose another directory with --data or PORTICO_DATA`
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `the database in ${config.data} (--data) cannot be used: ${error.message}`
    default:
  }
  // The driver's messages hold neither user nor password; the URL would.
  if (config.databaseUrl !== null && error?.code !== undefined)
    return `the database of --database-url or DATABASE_URL cannot be used: ${messageOf(error)}`
  return undefined
}

/** A host with several addresses fails with one error for each of them. */
function messageOf(error: Error): string {
  return error instanceof AggregateError
    ? error.errors.map((each) => String((each as Error).message)).join(', ')
    : error.message
}
