import { nearest } from '../config/nearest.ts'
import { ConfigError } from '../config/options.ts'
import type { Command, Program } from './command.ts'
import { commands, families, sections } from './commands.ts'
import { failureOf } from './failure.ts'
import { familyHelp, helpOf, overview } from './help.ts'
import { exit, remark, say } from './terminal.ts'
import { version } from './version.ts'

/** Runs what a command line asks for, and answers the exit code. */
export async function runCommandLine(line: readonly string[], program: Program): Promise<number> {
  try {
    await run([...line], program)
    return exit.done
  } catch (cause) {
    const { message, hint, exitCode } = await failureOf(cause, program)
    // One line, whatever happened, and one for what to do about it.
    if (message !== '') remark(oneLine(message), program.stderr)
    if (hint !== undefined) remark(hint, program.stderr)
    return exitCode
  }
}

// oxlint-disable-next-line no-control-regex -- what a portal answers must not steer the terminal
const STEERING = /\s*[\u0000-\u001f\u007f-\u009f][\s\u0000-\u001f\u007f-\u009f]*/g
const oneLine = (text: string): string => text.replace(STEERING, ' ')

async function run(line: string[], program: Program): Promise<void> {
  const [first = '', ...rest] = line
  if (first === '--version' || first === '-v') return say(`portico ${version}`, program.stdout)
  if (first === '--help' || first === '-h') return say(overview(sections, families), program.stdout)
  if (first === 'help') return say(helpFor(rest), program.stdout)
  // `portico --port 9000` starts too.
  const words = first === '' || first.startsWith('-') ? ['start', ...line] : line
  if (first.startsWith('-')) requireOptionOfStart(first, rest)
  const command = commandOf(words)
  if (command === undefined) return say(helpFor(words), program.stdout)
  const args = words.slice(command.name.split(' ').length)
  const end = args.indexOf('--')
  const flags = end < 0 ? args : args.slice(0, end)
  if (command.rawArguments !== true && (flags.includes('--help') || flags.includes('-h')))
    return say(helpOf(command, membersOf(command.name)), program.stdout)
  return command.run(args, program)
}

/** `portico --profile shop lead list`: the option is no mistake, but its place is. */
function requireOptionOfStart(first: string, rest: readonly string[]): void {
  const flag = first.replace(/^--(no-)?/, '').replace(/=.*$/, '')
  const start = commandOf(['start'])
  if (start === undefined || Object.values(start.options).some((option) => option.flag === flag)) return
  const at = rest.findIndex((_, index) => commandOf(rest.slice(index)) !== undefined)
  const name = at < 0 ? undefined : commandOf(rest.slice(at))?.name
  if (name !== undefined)
    throw new ConfigError(first, null, `${first} must stand behind the command: portico ${name} ${first} …`)
}

/** The command with the longest name that the line begins with. */
function commandOf(words: readonly string[]): Command | undefined {
  const named = (count: number): Command | undefined => {
    const name = words.slice(0, count).join(' ')
    return commands.find((command) => command.name === name)
  }
  return named(3) ?? named(2) ?? named(1)
}

/** The commands of a family. */
const membersOf = (name: string): Command[] =>
  commands.filter((each) => each.hidden !== true && each.name.startsWith(`${name} `))

/** What `help`, or a family without its last word, tells. */
function helpFor(line: readonly string[]): string {
  const flag = line.findIndex((word) => word.startsWith('-'))
  const words = flag < 0 ? line : line.slice(0, flag)
  const command = commandOf(words)
  if (command !== undefined) return helpOf(command, membersOf(command.name))
  if (words.length === 0) return overview(sections, families)
  const name = words.join(' ')
  const members = membersOf(name)
  if (members.length === 0) throw unknownCommand(words)
  return familyHelp(name, members, families[name])
}

/** What was meant may differ in one word: `lead lsit` is no `lead`, but near to `lead list`. */
function unknownCommand(words: readonly string[]): ConfigError {
  const known = commands.filter(({ hidden }) => hidden !== true).map(({ name }) => name)
  const [first = '', second] = words
  const family = known.filter((name) => name.startsWith(`${first} `))
  const tried = second === undefined ? first : `${first} ${second}`
  const firsts = [...new Set(known.map((name) => name.split(' ')[0] ?? name))]
  const better = family.length > 0 ? undefined : nearest(first, firsts)
  const meant =
    family.length > 0
      ? nearest(tried, family)
      : better === undefined
        ? undefined
        : ([better, second === undefined ? better : nearest(`${better} ${second}`, known)].findLast(
            (each) => each !== undefined,
          ) ?? better)
  const hint =
    meant !== undefined
      ? `did you mean "${meant}"?`
      : family.length > 0
        ? `there are ${family.map((name) => name.slice(first.length + 1)).join(', ')}`
        : 'portico --help lists them'
  return new ConfigError(tried, null, `there is no command "${tried}"; ${hint}`)
}
