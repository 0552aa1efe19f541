import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { toggle } from '../client-options.ts'
import type { Opened } from '../command.ts'
import { CommandError } from '../terminal.ts'
import { version } from '../version.ts'
import { placeCommand, type Working } from './place-command.ts'

export const backup = placeCommand<{ force: boolean }>({
  name: 'backup',
  operands: ['FILE'],
  about: 'Copy the whole portal into one file, also while a server runs; a directory gets a new file, - is stdout',
  options: { force: toggle('force', 'Replace a file that is there') },
  examples: ['backup portal.backup', 'backup /var/backups/'],
  async run(working, { force }, [operand = '']) {
    const { program, stored } = working
    if (operand === '-') {
      if (program.stdout.isTTY === true) throw new CommandError('a backup is nothing for a terminal: name a file')
      const opened = await stored()
      try {
        return await write(working, opened, program.stdout, 'stdout')
      } finally {
        await opened.close()
      }
    }
    const path = await pathOf(resolve(program.cwd, operand), program.sources.now())
    if (!force && (await stat(path).catch(() => undefined)) !== undefined)
      throw new CommandError(`${path} is there already`, { hint: 'With --force it is replaced.' })
    const opened = await stored()
    // Under its name there is a whole backup or none.
    const part = join(dirname(path), `.${basename(path)}.${program.sources.token(8)}`)
    try {
      await write(working, opened, createWriteStream(part, { flags: 'wx', mode: 0o600 }), path)
      const handle = await open(part)
      await handle.sync()
      await handle.close()
      await rename(part, path)
    } finally {
      await opened.close()
      await rm(part, { force: true })
    }
  },
})

/** In a directory, a name that tells the time. */
async function pathOf(path: string, now: number): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() !== true) return path
  const time = new Date(now * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
  return join(path, `portico-${time}.backup`)
}

async function write({ output }: Working, opened: Opened, to: NodeJS.WritableStream, name: string): Promise<void> {
  const { takeBackup } = await import('../../records/backup/take.ts')
  const progress = output.progress('Rows')
  const made = await takeBackup({ portal: opened.portal, tables: (reader) => opened.tables(reader), version }, to, {
    onRows: (n) => progress.tick(n),
  })
  progress.done(`${made.rows} rows and ${made.files} files are in ${name}.`)
  if (made.lost.length > 0)
    output.warn(`the bytes of ${made.lost.length} files were gone before; portico check names them`)
}
