import { describeOptionTable } from '../config/options.ts'
import type { Command } from './command.ts'
import type { Section } from './commands.ts'

const title = 'Portico: a CRM server that speaks the Bitrix24 REST API'

/** `ID`, `[FILE]`, `[WORD...]`. */
const operand = (name: string): string =>
  name.endsWith('?') ? `[${name.slice(0, -1)}]` : name.endsWith('...') ? `[${name}]` : name

const usage = ({ name, operands }: Command): string =>
  ['portico', name === 'start' ? '[start]' : name, ...operands.map(operand)].join(' ')

const columns = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

/** `portico --help`: every command, the families of several words in one line each. */
export function overview(sections: readonly Section[], families: Readonly<Record<string, string>>): string {
  const parts = sections.map(({ title: heading, commands }) => ({ heading, rows: rowsOf(commands, families) }))
  const width = Math.max(...parts.flatMap(({ rows }) => rows.map(([left]) => left.length)))
  return [
    title,
    '',
    'portico COMMAND [options]',
    ...parts.flatMap(({ heading, rows }) =>
      rows.length === 0 ? [] : ['', heading, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)],
    ),
    '',
    'portico COMMAND --help explains one, portico start --help lists the settings of the server.',
    'portico --version tells the version.',
  ].join('\n')
}

function rowsOf(
  commands: readonly Command[],
  families: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  const shown = commands.filter(({ hidden }) => hidden !== true)
  const firsts = [...new Set(shown.map(({ name }) => name.split(' ')[0] ?? name))]
  return firsts.map((first) => {
    const members = shown.filter(({ name }) => name === first || name.startsWith(`${first} `))
    const [only] = members
    if (members.length === 1 && only !== undefined && only.name === first) return [first, only.about] as const
    const verbs = members.map(({ name }) => name.slice(first.length + 1)).filter((verb) => verb !== '')
    const about = families[first]
    return [first, `${about === undefined ? '' : `${about}: `}${verbs.join(', ')}`] as const
  })
}

/** `portico webhook`: the commands whose names begin so. */
export function familyHelp(words: string, members: readonly Command[], about: string | undefined): string {
  return [
    `portico ${words} COMMAND [options]`,
    ...(about === undefined ? [] : [`  ${about}`]),
    '',
    'Commands:',
    ...columns(members.map((command) => [usage(command), command.about] as const)),
    '',
    `portico ${words} COMMAND --help shows the options and examples of one.`,
  ].join('\n')
}

/** `portico webhook create --help`; with the commands whose names go on from there, as `status list` does. */
export function helpOf(command: Command, members: readonly Command[] = []): string {
  const { examples = [], about, options } = command
  const further = members.map((each) => [usage(each), each.about] as const)
  return [
    `${usage(command)} [options]`,
    ...about.split('\n').map((line) => `  ${line}`),
    ...(examples.length === 0 ? [] : ['', 'Examples:', ...examples.map((example) => `  portico ${example}`)]),
    '',
    ...(Object.keys(options).length === 0 ? [] : ['Options:', describeOptionTable(options)]),
    ...(further.length === 0 ? [] : ['', 'Other commands:', ...columns(further)]),
  ].join('\n')
}
