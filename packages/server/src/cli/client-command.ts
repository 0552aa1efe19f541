import type { Client } from 'portico-client'
import { type OptionTable, readOptions } from '../config/options.ts'
import { type ClientOptions, clientOptions } from './client-options.ts'
import type { Command, Program } from './command.ts'
import type { Output } from './output/output.ts'

/** What a command that calls a portal gets. */
export interface Calling {
  /** Made when it is first asked for: what sends nothing needs no portal. */
  readonly client: Client
  readonly output: Output
  readonly signal: AbortSignal
  readonly program: Program
}

/** A command that calls the portal of a profile, of the environment or of `--url`. */
export function clientCommand<C extends object>(command: {
  readonly name: string
  readonly operands?: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  readonly examples?: readonly string[]
  readonly hidden?: true
  /** How often a request is tried again where that is safe; work of many requests does not give up as soon. */
  readonly retries?: number
  /** Where `--json` puts a refusal: `portico call` answers with it. */
  readonly failures?: 'stdout'
  run(calling: Calling, values: C & ClientOptions, operands: readonly string[]): Promise<void>
}): Command {
  const { name, about, operands = [], examples = [], hidden, failures } = command
  // A mapped type over both is both tables at once, which the compiler cannot see by itself.
  const table = { ...command.options, ...clientOptions } as unknown as OptionTable<C & ClientOptions>
  return {
    name,
    operands,
    about,
    examples,
    ...(hidden === undefined ? {} : { hidden }),
    options: table as Command['options'],
    async run(args, program) {
      const read = readOptions<C & ClientOptions>(table, args, program.env, operands)
      const values = read.values as C & ClientOptions
      const { outputOf } = await import('./output/from-options.ts')
      const output = outputOf(program, values)
      const { connect } = await import('./profiles/connection.ts')
      let client: Client | undefined
      const calling: Calling = {
        get client() {
          return (client ??= connect(program, { ...values, retries: command.retries }, read.sources))
        },
        output,
        program,
        signal: program.signal,
      }
      try {
        await command.run(calling, values, read.operands)
      } catch (cause) {
        if (program.signal.aborted) throw cause
        const { tellAsJson } = await import('./output/json-failure.ts')
        await tellAsJson(cause, { program, output, isAsked: values.json || values.output !== undefined, failures })
        throw cause
      }
    },
  }
}
