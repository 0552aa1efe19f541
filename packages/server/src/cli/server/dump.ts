import { randomBytes } from 'node:crypto'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Config, loadConfig, options as settings } from '../../config.ts'
import type { OptionTable } from '../../config/options.ts'
import { texts, toggle } from '../client-options.ts'
import { type Opened, portalCommand, type Program } from '../command.ts'
import { user } from '../options.ts'
import { CommandError, exit } from '../terminal.ts'
import { type Section, sections } from './seed/items.ts'

const formats = ['yaml', 'json'] as const
type Format = (typeof formats)[number]

interface Given extends Pick<Config, 'timezone' | 'lang'> {
  readonly user: number
  readonly output: Format
  readonly only: readonly Section[]
  readonly records: readonly string[]
  readonly force: boolean
}

const options: OptionTable<Given> = {
  output: {
    flag: 'output',
    short: 'o',
    env: null,
    placeholder: 'format',
    standard: 'yaml',
    about: `How it is written: ${formats.join(' or ')}`,
    expected: `one of ${formats.join(', ')}`,
    choices: formats,
    secret: false,
    initial: () => 'yaml',
    parse: (given) => formats.find((format) => format === given),
  },
  only: {
    flag: 'only',
    env: null,
    placeholder: 'section',
    standard: '',
    about: 'Only this section of the seed; may be given several times',
    expected: `one of ${sections.join(', ')}`,
    choices: sections,
    many: true,
    secret: false,
    initial: () => [],
    parse: (given) => sections.filter((section) => section === given),
  },
  records: texts('records', 'kind', 'Only records of this kind (deal, crm.requisite); none: no records'),
  force: toggle('force', 'Replace a file that is there'),
  user: { ...user, about: 'The administrator in whose name it is read' },
  timezone: settings.timezone,
  lang: settings.lang,
}

export const dump = portalCommand<Given>({
  name: 'dump',
  operands: ['FILE?'],
  about: 'Write the state of the portal as a seed: applied to a fresh portal, it brings that into the same state',
  options,
  examples: ['dump portal.yaml', 'dump --records none', 'dump --only users --only roles -o json'],
  async run(opened, { user: userId, output: format, only, records, force, lang, timezone }, [operand = '-'], program) {
    const { dumpSeed } = await import('./seed/dump.ts')
    const { SeedError } = await import('./seed/items.ts')
    const path = operand === '-' ? undefined : resolve(program.cwd, operand)
    if (path !== undefined && !force && (await stat(path).catch(() => undefined)) !== undefined)
      throw new CommandError(`${operand} is there already`, { hint: 'With --force it is replaced.' })
    const baseline = await freshBaseline(program, { lang, timezone })
    const left: string[] = []
    const wanted = {
      baseline,
      userId,
      format,
      only: only.length === 0 ? undefined : only,
      records: records.length === 0 ? undefined : records.filter((each) => each !== 'none'),
      onLeft: (what: string): void => void left.push(what),
    }
    let text: string
    try {
      text = await dumpSeed(opened, wanted)
    } catch (cause) {
      if (!(cause instanceof SeedError)) throw cause
      throw new CommandError(cause.message, { exitCode: exit.usage, cause })
    }
    if (path === undefined) program.stdout.write(text)
    else await replace(path, text)
    for (const what of left) program.stderr.write(`warning: left out: ${what}\n`)
  },
})

/** What is in every portal of the language: looked at in one that is made in memory for it. */
async function freshBaseline(program: Program, given: Pick<Config, 'lang' | 'timezone'>) {
  const { baselineOf } = await import('./seed/dump.ts')
  const fresh: Opened = await program.open({
    ...loadConfig([], {}),
    ...given,
    memory: true,
    databaseUrl: null,
    demo: false,
    administrator: { email: 'admin@example.com', password: program.sources.token(16) },
    sources: program.sources,
    log: { error: () => {}, warn: () => {}, info: () => {} },
    work: false,
  })
  try {
    return await baselineOf(fresh)
  } finally {
    await fresh.close()
  }
}

/** Under its name there is a whole dump or none. */
async function replace(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(part, text, { flag: 'wx' })
    await rename(part, path)
  } catch (cause) {
    throw new CommandError(`${path} cannot be written: ${(cause as Error).message}`, { cause })
  } finally {
    await rm(part, { force: true })
  }
}
