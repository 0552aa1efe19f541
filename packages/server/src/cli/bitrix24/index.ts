import type { Command, Program } from '../command.ts'
import { CommandError, say } from '../terminal.ts'
import { exitCodes } from './mistake.ts'

// Loaded when it is called: its table is of no use to any other command.
const run = async (args: readonly string[], program: Program): Promise<void> =>
  (await import('./run.ts')).run(args, program)

const bitrix24: Command = {
  name: 'bitrix24',
  operands: ['FUNCTION?'],
  about: 'Call a portal as OpenIntegrations’ oint does: bitrix24 CreateLead --url … --fields …',
  options: {},
  examples: [
    'bitrix24',
    'bitrix24 CreateLead --help',
    `bitrix24 CreateLead --url https://portal.example/rest/1/CODE/ --fields "{'TITLE':'MegaClient'}"`,
  ],
  rawArguments: true,
  complete: async (words) => (await import('./complete.ts')).complete(words),
  run,
}

/** What `bin/oint.mjs` runs, so that a line for OpenIntegrations' own program is one for ours as it stands. */
const oint: Command = {
  name: 'oint',
  operands: ['LIBRARY?', 'FUNCTION?'],
  about: 'Stand in for OpenIntegrations’ oint',
  options: {},
  hidden: true,
  rawArguments: true,
  async run([library = '', ...line], program) {
    if (library === 'bitrix24') return run(line, program)
    if (library === '' || library === '--help')
      return say(
        [
          'oint LIBRARY FUNCTION --option value …',
          '  Portico’s stand-in for oint of OpenIntegrations',
          '',
          'Libraries: bitrix24',
          'oint bitrix24 lists its functions.',
        ].join('\n'),
        program.stdout,
      )
    throw new CommandError(`there is no library ${library}`, {
      exitCode: exitCodes.unknownLibrary,
      hint: 'of the libraries of OpenIntegrations, only bitrix24 is here',
    })
  },
}

export const bitrix24Commands: readonly Command[] = [bitrix24, oint]
