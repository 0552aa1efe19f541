import { describeOptionTable } from '../config/options.ts'
import type { Command } from './command.ts'

const usage = ({ name, operands }: Command): string =>
  ['portico', name === 'start' ? '[start]' : name, ...operands].join(' ')

/** `portico --help`: every command, and the settings of the one that most people need. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map((command) => [usage(command), command.about] as const)
  const width = Math.max(...rows.map(([left]) => left.length))
  const [start] = commands
  return [
    'Portico: a CRM server that speaks the Bitrix24 REST API',
    '',
    'Commands:',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    `  ${'portico --version'.padEnd(width)}  Tell the version`,
    '',
    'portico COMMAND --help shows the options of one. Those of start:',
    start === undefined ? '' : describeOptionTable(start.options),
  ].join('\n')
}

/** `portico webhook create --help`. */
export function helpOf(command: Command): string {
  return [
    `${usage(command)} [options]`,
    `  ${command.about}`,
    '',
    'Options:',
    describeOptionTable(command.options),
  ].join('\n')
}
