import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { BackupError, type End, type Header, type Part } from '../../records/backup/format.ts'
import { NewerPortalError, SCHEMA } from '../../store/schema-version.ts'
import { toggle } from '../client-options.ts'
import { openPlace } from '../command.ts'
import { CommandError } from '../terminal.ts'
import { version } from '../version.ts'
import { nameOf, placeCommand, refuseWhileServed, type Working } from './place-command.ts'

export const restore = placeCommand<{ force: boolean }>({
  name: 'restore',
  operands: ['FILE'],
  about: 'Bring a portal back from a backup, into SQLite or PostgreSQL whichever it came from; - is stdin',
  options: { force: toggle('force', 'Replace the portal that is there, also while a server runs') },
  examples: ['restore portal.backup', 'restore portal.backup --database-url postgres://…'],
  async run(working, { force }, [operand = '']) {
    const { place, output } = working
    await refuseWhileServed(working, force)
    const replaced = await tablesThere(working, force)
    await mkdir(place.data, { recursive: true, mode: 0o700 })
    const [path, forget] = await fileOf(working, operand)
    try {
      const { header, end } = await verified(working, path, operand)
      const rows = Object.values(end.rows).reduce((sum, count) => sum + count, 0)
      const { openStore } = await import('../../store/open.ts')
      const { restoreBackup } = await import('../../records/backup/restore.ts')
      const progress = output.progress('Rows', rows)
      const store = openStore(place)
      try {
        await restoreBackup({
          store,
          parts: await partsOf(path),
          files: join(place.data, 'files'),
          replaced,
          onRows: (count) => progress.tick(count),
        })
      } finally {
        await store.close()
      }
      await settle(working, header)
      progress.done(`${rows} rows and ${end.files} files of ${header.created} are in ${nameOf(place)}.`)
    } catch (cause) {
      if (cause instanceof BackupError)
        throw new CommandError(`${operand} cannot be restored: ${cause.message}`, { cause })
      throw cause
    } finally {
      await forget()
    }
  },
})

/** Tables of the portal that goes. */
async function tablesThere({ ifThere, place }: Working, force: boolean): Promise<string[]> {
  const opened = await ifThere()
  if (opened === undefined) return []
  try {
    if (!force)
      throw new CommandError(`there is a portal in ${nameOf(place)} already`, {
        hint: 'With --force it is replaced, with everything that it holds.',
      })
    return (await opened.tables(opened.portal.store.session())).map(({ name }) => name)
  } finally {
    await opened.close()
  }
}

/** The file is read twice: what comes through a pipe is kept for so long. */
async function fileOf({ place, program }: Working, operand: string): Promise<[string, () => Promise<void>]> {
  if (operand !== '-') return [resolve(program.cwd, operand), async () => {}]
  const path = join(place.data, `restore-${process.pid}-${randomBytes(4).toString('hex')}`)
  const forget = (): Promise<void> => rm(path, { force: true })
  try {
    await pipeline(program.stdin, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  } catch (cause) {
    await forget()
    throw cause
  }
  return [path, forget]
}

async function partsOf(path: string): Promise<AsyncIterable<Part>> {
  const { readBackup } = await import('../../records/backup/read.ts')
  const unpacked = createGunzip()
  createReadStream(path)
    .on('error', (cause) => unpacked.destroy(cause))
    .pipe(unpacked)
  return readBackup(unpacked)
}

/** Reads all of it before anything changes. */
async function verified({ output }: Working, path: string, name: string): Promise<{ header: Header; end: End }> {
  const progress = output.progress('Checking')
  let header: Header | undefined
  let end: End | undefined
  try {
    for await (const part of await partsOf(path)) {
      if (part.is === 'header') header = part.header
      if (part.is === 'rows') progress.tick(part.rows.length)
      if (part.is === 'end') end = part.end
      if (header !== undefined && header.schema > SCHEMA)
        throw new CommandError(new NewerPortalError(header.version, version).message)
    }
    if (header === undefined || end === undefined) throw new BackupError('it is cut off')
    return { header, end }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new CommandError(`${name} cannot be read: ${(cause as Error).message}`, { cause })
    if (code === 'Z_BUF_ERROR') throw new BackupError('it is cut off')
    if (code?.startsWith('Z_')) throw new BackupError('it is no backup of Portico, or it is damaged')
    throw cause
  } finally {
    progress.done()
  }
}

/** Brings what an older version has stored up to date, and writes down what has happened. */
async function settle({ program, place }: Working, { created }: Header): Promise<void> {
  const { audit } = await import('../../records/audit.ts')
  const opened = await openPlace(program, place)
  try {
    const { portal } = opened
    const session = portal.store.session()
    await session.transaction((tx) =>
      audit({ now: portal.sources.now() }, tx, {
        type: 'PORTAL_RESTORE',
        module: 'main',
        item: 'portal',
        description: { by: 'operator', backup: created },
      }),
    )
    await session.settled()
  } finally {
    await opened.close()
  }
}
