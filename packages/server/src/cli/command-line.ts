import { ConfigError } from '../config/options.ts'
import type { Program } from './command.ts'
import { commands } from './commands.ts'
import { helpOf, overview } from './help.ts'
import { CommandError, exit, remark, say } from './terminal.ts'
import { version } from './version.ts'

/** Runs what a command line asks for. Answers the exit code: 0, 1 for a failure, 2 for a mistake in the line itself. */
export async function runCommandLine(line: readonly string[], program: Program): Promise<number> {
  try {
    await run([...line], program)
    return 0
  } catch (cause) {
    // One line, whatever happened.
    remark(`portico: ${messageOf(cause, program).replace(/\s*\n\s*/g, ' ')}`)
    if (cause instanceof CommandError) return cause.exitCode
    return cause instanceof ConfigError ? exit.usage : exit.failure
  }
}

async function run(line: string[], program: Program): Promise<void> {
  const [first = ''] = line
  if (first === '--version' || first === '-v') return say(`portico ${version}`)
  if (first === '--help' || first === '-h' || first === 'help') return say(overview(commands))
  // `portico --port 9000` starts too.
  const words = first === '' || first.startsWith('-') ? ['start', ...line] : line
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => word === words[index]))
  if (command === undefined) throw unknownCommand(words)
  const args = words.slice(command.name.split(' ').length)
  if (args.includes('--help') || args.includes('-h')) return say(helpOf(command))
  return command.run(args, program)
}

/** `portico webhook` knows what it could have gone on with. */
function unknownCommand([first = '', second]: string[]): ConfigError {
  const family = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name)
  if (family.length > 0) return new ConfigError(first, null, `${first} is not a whole command: ${family.join(', ')}`)
  const words = second === undefined || second.startsWith('-') ? first : `${first} ${second}`
  return new ConfigError(first, null, `there is no command "${words}"; portico --help lists them`)
}

function messageOf(cause: unknown, { env }: Program): string {
  if (cause instanceof ConfigError || cause instanceof CommandError) return cause.message
  const text = cause instanceof Error ? cause.message || cause.name : String(cause)
  const stack =
    cause instanceof Error && ['debug', 'trace'].includes(env.PORTICO_LOG_LEVEL ?? '') ? cause.stack : undefined
  return `unexpected error: ${text}${stack === undefined ? ' (PORTICO_LOG_LEVEL=debug shows where)' : ` ${stack}`}`
}
