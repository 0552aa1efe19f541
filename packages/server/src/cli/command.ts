import type { Credentials } from '../auth/credentials.ts'
import type { Sessions } from '../auth/sessions.ts'
import { type Config, loadConfig, options as settings } from '../config.ts'
import { ConfigError, type Option, type OptionTable, readOptions } from '../config/options.ts'
import type { Administrator } from '../modules/prepare.ts'
import type { Pipeline } from '../pipeline.ts'
import type { Portal, Sources } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { NoPortalError } from '../records/no-portal.ts'
import { openingError } from './opening-error.ts'
import { CommandError } from './terminal.ts'

/** A portal that a command has opened. */
export interface Opened {
  readonly portal: Portal
  readonly credentials: Credentials
  readonly sessions: Sessions
  readonly pipeline: Pipeline
  faults(): Promise<string[]>
  close(): Promise<void>
}

/** A server that answers. */
export interface Started extends Opened {
  /** Whether this start has made the portal. */
  readonly isNew: boolean
  readonly httpUrl: string
  readonly httpsUrl: string | null
  readonly caPath: string | null
}

/** What the command line is given by `main.ts`: the outside world, and the ways to a portal. */
export interface Program {
  readonly env: NodeJS.ProcessEnv
  readonly sources: Sources
  open(
    options: Config & { sources: Sources; log: Logger; administrator: Administrator | null; work: false },
  ): Promise<Opened>
  start(config: Config, given: { sources: Sources; log: Logger; administrator: Administrator }): Promise<Started>
}

export interface Command {
  /** One or two words: `webhook create`. */
  readonly name: string
  /** What stands behind the name besides options. */
  readonly operands: readonly string[]
  readonly about: string
  readonly options: Readonly<Record<string, Option<unknown>>>
  run(args: string[], program: Program): Promise<void>
}

type Place = Pick<Config, 'data' | 'databaseUrl'>
const place: OptionTable<Place> = { data: settings.data, databaseUrl: settings.databaseUrl }
const quiet: Logger = { error: () => {}, warn: () => {}, info: () => {} }

/** A command that works on a portal that is there already, whether a server is using it or not. */
export function portalCommand<C extends object>(command: {
  readonly name: string
  readonly operands?: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  run(opened: Opened, given: C, operands: readonly string[]): Promise<void>
}): Command {
  const { name, about, operands = [] } = command
  // A mapped type over C and Place together is both tables at once, which the compiler cannot see by itself.
  const table = { ...command.options, ...place } as unknown as OptionTable<C & Place>
  return {
    name,
    operands,
    about,
    options: table as Readonly<Record<string, Option<unknown>>>,
    async run(args, program) {
      const { values, operands: found } = readOptions<C & Place>(table, args, program.env, operands)
      if (values.databaseUrl === null && settings.memory.parse(program.env.PORTICO_MEMORY ?? '') === true)
        throw new ConfigError('PORTICO_MEMORY', '1', 'PORTICO_MEMORY: no other process can reach a portal in memory')
      const { data, databaseUrl } = values
      const opened = await open(program, { ...loadConfig([], {}), data, databaseUrl })
      try {
        await command.run(opened, values, found)
      } finally {
        await opened.close()
      }
    },
  }
}

async function open(program: Program, config: Config): Promise<Opened> {
  try {
    return await program.open({ ...config, sources: program.sources, log: quiet, administrator: null, work: false })
  } catch (cause) {
    if (!(cause instanceof NoPortalError)) throw openingError(cause, config)
    const where = config.databaseUrl === null ? `${config.data} (--data)` : 'that database (--database-url)'
    throw new CommandError(`there is no portal in ${where}: start the server first, or name the place that it uses`)
  }
}
