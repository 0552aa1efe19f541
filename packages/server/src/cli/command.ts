import type { Credentials } from '../auth/credentials.ts'
import type { Sessions } from '../auth/sessions.ts'
import { type Config, loadConfig, options as settings } from '../config.ts'
import { ConfigError, type Option, type OptionTable, readOptions } from '../config/options.ts'
import type { Administrator } from '../modules/prepare.ts'
import type { Pipeline } from '../pipeline.ts'
import type { Portal, Sources } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { NoPortalError } from '../records/no-portal.ts'
import type { Reader } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import { openingError } from './opening-error.ts'
import { CommandError, type Input, type Screen } from './terminal.ts'

/** A portal that a command has opened. */
export interface Opened {
  readonly portal: Portal
  readonly credentials: Credentials
  readonly sessions: Sessions
  readonly pipeline: Pipeline
  /** Whether this opening has made the portal. */
  readonly isNew: boolean
  faults(): Promise<string[]>
  /** Every table that the portal is made of, as a reader sees them. */
  tables(reader: Reader): Promise<Table[]>
  /** What the next start would change in the database. */
  pending(): Promise<string[]>
  close(): Promise<void>
}

/** A server that answers. */
export interface Started extends Opened {
  readonly httpUrl: string
  readonly httpsUrl: string | null
  readonly caPath: string | null
  /** What opens the control interface of a portal for tests. */
  readonly controlKey?: string | undefined
  /** Its controls. */
  readonly bench?: { control(name: string, given: unknown): Promise<unknown> } | undefined
  /** What was made for the start is there: of a portal for tests, this is the beginning. */
  begin?(): Promise<void>
}

/** What the command line is given by `main.ts`: the outside world, and the ways to a portal. */
export interface Program {
  readonly env: NodeJS.ProcessEnv
  readonly sources: Sources
  /** The directory that relative paths start from, and that may be linked to a profile. */
  readonly cwd: string
  readonly stdin: Input
  readonly stdout: Screen
  readonly stderr: Screen
  /** What requests are sent with; Node's own without it. */
  readonly fetch?: typeof fetch
  /** Ends with Ctrl-C. Whoever reads it must stop by itself; commands that never do are stopped by the system. */
  readonly signal: AbortSignal
  open(
    options: Config & {
      sources: Sources
      log: Logger
      administrator: Administrator | null
      work: false
      /** False: as it is stored, whichever version has stored it. */
      sync?: false
    },
  ): Promise<Opened>
  start(config: Config, given: { sources: Sources; log: Logger; administrator: Administrator }): Promise<Started>
}

export interface Command {
  /** One to three words: `webhook create`. */
  readonly name: string
  /** What stands behind the name besides options: `ID`, `FILE?` where it may be missing, `WORD...` any number. */
  readonly operands: readonly string[]
  readonly about: string
  readonly options: Readonly<Record<string, Option<unknown>>>
  /** Lines that can be copied, without `portico` before them: `webhook create --scope crm`. */
  readonly examples?: readonly string[]
  /** It works, but is not listed. */
  readonly hidden?: true
  /** It gets the line as it is, `--help` included. */
  readonly rawArguments?: true
  /** What could stand behind these words of the line; for commands that read their line themselves. */
  complete?(words: readonly string[]): Promise<readonly { readonly word: string; readonly about?: string }[]>
  run(args: string[], program: Program): Promise<void>
}

export type Place = Pick<Config, 'data' | 'databaseUrl'>
/** Where the portal is that a command works on. */
export const place: OptionTable<Place> = { data: settings.data, databaseUrl: settings.databaseUrl }
const quiet: Logger = { error: () => {}, warn: () => {}, info: () => {} }

/** A command that works on a portal that is there already, whether a server is using it or not. */
export function portalCommand<C extends object>(command: {
  readonly name: string
  readonly operands?: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  readonly examples?: readonly string[]
  run(opened: Opened, given: C, operands: readonly string[], program: Program): Promise<void>
}): Command {
  const { name, about, operands = [], examples = [] } = command
  // A mapped type over C and Place together is both tables at once, which the compiler cannot see by itself.
  const table = { ...command.options, ...place } as unknown as OptionTable<C & Place>
  return {
    name,
    operands,
    about,
    examples,
    options: table as Readonly<Record<string, Option<unknown>>>,
    async run(args, program) {
      const { values, operands: found } = readOptions<C & Place>(table, args, program.env, operands)
      requireStored(values, program)
      const opened = await openPlace(program, values)
      try {
        await command.run(opened, values, found, program)
      } finally {
        await opened.close()
      }
    },
  }
}

/** What is in memory is the server's alone. */
export function requireStored({ databaseUrl }: Place, { env }: Program): void {
  if (databaseUrl === null && settings.memory.parse(env.PORTICO_MEMORY ?? '') === true)
    throw new ConfigError('PORTICO_MEMORY', '1', 'PORTICO_MEMORY: no other process can reach a portal in memory')
}

/**
 * Opens the portal of a place; whoever does so closes it.
 * @param more other settings than the standard ones; `sync: false` leaves the database as it is
 */
export async function openPlace(
  program: Program,
  { data, databaseUrl }: Place,
  more: Partial<Config> & { readonly administrator?: Administrator; readonly sync?: false } = {},
): Promise<Opened> {
  const config = { ...loadConfig([], {}), data, databaseUrl, ...more }
  const { sources } = program
  try {
    return await program.open({ administrator: null, ...config, sources, log: quiet, work: false })
  } catch (cause) {
    if (!(cause instanceof NoPortalError)) throw openingError(cause, config)
    const where = databaseUrl === null ? `${data} (--data)` : 'that database (--database-url)'
    const text = `there is no portal in ${where}: start the server first, or name the place that it uses`
    throw new CommandError(text, { cause })
  }
}
