import { options as settings } from '../../config.ts'
import { type OptionTable, readOptions } from '../../config/options.ts'
import { type ClientOptions, clientOptions, count, text, toggle } from '../client-options.ts'
import { type Command, place, type Place } from '../command.ts'

/** What `portico clone` takes beside the place and the address. */
export interface CloneOptions {
  readonly only: readonly string[] | undefined
  readonly since: number | undefined
  readonly dryRun: boolean
  readonly report: string | undefined
  readonly patience: number | undefined
  readonly adminEmail: string
  readonly adminPassword: string | null
  readonly timezone: string
  readonly allowOutgoing: readonly string[]
}

export type CloneValues = CloneOptions & Place & ClientOptions

const plain = (flag: string, placeholder: string, about: string) =>
  ({ flag, placeholder, about, env: null, secret: false, standard: '' }) as const

const own: OptionTable<CloneOptions> = {
  only: {
    ...plain('only', 'a,b', 'Only these steps, and what they cannot do without; clone --dry-run names them all'),
    initial: () => undefined,
    expected: 'names of steps, separated by commas',
    parse: (given) => {
      const names = given.split(',').map((name) => name.trim())
      return names.includes('') ? undefined : names
    },
  },
  since: {
    ...plain('since', 'date', 'Of items, only those that have changed since then; nothing is removed'),
    initial: () => undefined,
    expected: 'a date, as 2026-08-30 or 2026-08-30T12:00:00Z',
    parse: (given) => {
      const at = Date.parse(given)
      return Number.isNaN(at) ? undefined : Math.floor(at / 1000)
    },
  },
  dryRun: toggle('dry-run', 'Read and count, and write nothing'),
  report: text('report', 'file', 'Write the report there, too, as JSON'),
  patience: {
    ...count('patience', 'seconds', 'How long to wait for a portal that does not answer'),
    standard: '900',
    initial: () => 900,
  },
  adminEmail: settings.adminEmail,
  adminPassword: settings.adminPassword,
  timezone: settings.timezone,
  allowOutgoing: settings.allowOutgoing,
}

const table = { ...own, ...place, ...clientOptions } as unknown as OptionTable<CloneValues>

export const clone: Command = {
  name: 'clone',
  operands: ['URL?'],
  about: 'Bring another portal over into this one: settings, people, items and what belongs to them',
  options: table as Command['options'],
  examples: [
    'clone https://example.bitrix24.com/rest/1/CODE/ --data ./portal',
    'clone https://example.bitrix24.com/rest/1/CODE/ --dry-run',
    'clone --profile shop --only leads,deals --report report.json',
  ],
  async run(args, program) {
    const { values, sources, operands } = readOptions<CloneValues>(table, args, program.env, ['URL?'])
    // Most lines ask for something else, and should not wait for it.
    const { runCommand } = await import('./run.ts')
    await runCommand(program, { values, sources, url: operands[0] })
  },
}
