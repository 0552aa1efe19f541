import { type OptionTable, readOptions } from '../../config/options.ts'
import type { ServerNote } from '../../records/running-servers.ts'
import { type OutputOptions, outputOptions } from '../client-options.ts'
import { type Command, openPlace, type Opened, type Place, place, type Program, requireStored } from '../command.ts'
import type { Output } from '../output/output.ts'
import { CommandError } from '../terminal.ts'

/** What a command gets that works on the place of a portal, whether there is one or not. */
export interface Working {
  readonly place: Place
  readonly output: Output
  readonly program: Program
  /** The portal as it is stored; nothing is made or changed by the opening. Whoever asks for it closes it. */
  stored(): Promise<Opened>
  /** The same, or undefined where there is none. */
  ifThere(): Promise<Opened | undefined>
  /** Servers that use the place and answer. */
  servers(): Promise<readonly ServerNote[]>
}

/** Options of a command of its own that take part in those of all. */
type Own<C> = C & Place & OutputOptions

/** A command of the operator, on the place of a portal. */
export function placeCommand<C extends object>(command: {
  readonly name: string
  readonly operands?: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  readonly examples?: readonly string[]
  run(working: Working, given: C, operands: readonly string[]): Promise<void>
}): Command {
  const { name, about, operands = [], examples = [] } = command
  const table = { ...place, ...outputOptions, ...command.options } as unknown as OptionTable<Own<C>>
  return {
    name,
    operands,
    about,
    examples,
    options: table as Command['options'],
    async run(args, program) {
      const { values, operands: found } = readOptions<Own<C>>(table, args, program.env, operands)
      requireStored(values, program)
      const { outputOf } = await import('../output/from-options.ts')
      const { runningServers } = await import('../../records/running-servers.ts')
      const here: Place = { data: values.data, databaseUrl: values.databaseUrl }
      const stored = (): Promise<Opened> => openPlace(program, here, { sync: false })
      const working: Working = {
        place: here,
        output: outputOf(program, values),
        program,
        stored,
        ifThere: () => stored().catch(isMissing),
        servers: () => runningServers(here.data, program.fetch),
      }
      await command.run(working, values, found)
    },
  }
}

async function isMissing(cause: unknown): Promise<undefined> {
  const { NoPortalError } = await import('../../records/no-portal.ts')
  if (cause instanceof CommandError && cause.cause instanceof NoPortalError) return undefined
  throw cause
}

/** The place, for people. */
export const nameOf = ({ data, databaseUrl }: Place): string =>
  databaseUrl === null ? `${data} (--data)` : 'that database (--database-url)'

/** What would pull the tables away from under a server is not done while one runs. */
export async function refuseWhileServed(working: Working, forced: boolean): Promise<void> {
  const [server] = await working.servers()
  if (server === undefined || forced) return
  throw new CommandError(`a server runs there: ${server.http} (process ${server.pid} on ${server.host})`, {
    hint: 'Stop it first; with --force it is done all the same.',
  })
}
