import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Config, options as settings } from '../../config.ts'
import type { OptionTable } from '../../config/options.ts'
import { toggle } from '../client-options.ts'
import { openPlace, type Program } from '../command.ts'
import { user } from '../options.ts'
import { CommandError, exit } from '../terminal.ts'
import { placeCommand } from './place-command.ts'

interface Given extends Pick<Config, 'timezone' | 'lang'> {
  readonly user: number
  readonly dryRun: boolean
}

const options: OptionTable<Given> = {
  dryRun: toggle('dry-run', 'Try everything and keep nothing'),
  user: { ...user, about: 'The administrator in whose name it is done' },
  timezone: settings.timezone,
  lang: settings.lang,
}

export const seed = placeCommand<Given>({
  name: 'seed',
  operands: ['FILE'],
  about: 'Bring the portal into the state that a YAML or JSON file describes; a second time nothing changes',
  options,
  examples: ['seed portal.yaml --dry-run', 'seed portal.yaml'],
  async run({ place, output, program }, { user: userId, dryRun, timezone, lang }, [operand = '']) {
    const { readSeed, SeedError } = await import('./seed/document.ts')
    const { applySeed } = await import('./seed/apply.ts')
    const text = await textOf(program, operand)
    try {
      const wanted = readSeed(text)
      const opened = await openPlace(program, place, { timezone, lang })
      const progress = output.progress('Seeding', wanted.items.length)
      try {
        const onItem = (): void => progress.tick()
        const results = await applySeed(opened, wanted, { userId, env: program.env, dryRun, onItem })
        const count = (done: string): number => results.filter((each) => each.done === done).length
        const removed = count('removed') === 0 ? '' : `, ${count('removed')} removed`
        progress.done(
          `${count('created')} created, ${count('updated')} updated, ${count('unchanged')} unchanged${removed}${dryRun ? '; nothing is kept' : ''}.`,
        )
        const columns = ['name', 'kind', 'done', 'id', 'secret']
        const shown = results.filter(({ done }) => done !== 'unchanged')
        if (dryRun) await output.rows(shown.map(({ secret: _secret, ...each }) => each))
        else
          await output.rows(
            shown.map((each) => ({ ...each })),
            shown.some(({ secret }) => secret !== undefined) ? columns : columns.slice(0, 4),
          )
        if (!dryRun && results.some(({ secret }) => secret !== undefined))
          output.note('These secrets are shown this once; only their hashes are stored.')
      } finally {
        progress.done()
        await opened.close()
      }
    } catch (cause) {
      if (!(cause instanceof SeedError)) throw cause
      const { at, message } = cause
      const where = at === undefined ? '' : `${operand === '-' ? 'stdin' : operand}:${at.line}:${at.column}: `
      throw new CommandError(`${where}${message}`, { cause, hint: 'Nothing has changed.' })
    }
  },
})

async function textOf({ cwd, stdin }: Program, operand: string): Promise<string> {
  if (operand !== '-')
    return readFile(resolve(cwd, operand), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new CommandError(`${operand} cannot be read: ${cause.message}`, { exitCode: exit.usage, cause })
    })
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
