import { createReadStream, createWriteStream } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { RunningPortal } from '../compose.ts'
import { BackupError, type Part } from '../records/backup/format.ts'
import { readBackup } from '../records/backup/read.ts'
import { restoreBackup } from '../records/backup/restore.ts'
import { takeBackup } from '../records/backup/take.ts'
import { ControlError } from './control-error.ts'
import type { SourcesState, TestSources } from './test-sources.ts'

interface Kept {
  /** Where its copy lies. */
  readonly directory: string
  readonly sources: SourcesState
  /** Blobs of its files. */
  readonly blobs: ReadonlySet<string>
}

/**
 * States of a portal that come back: kept under names, on SQLite as copies that are there in milliseconds, elsewhere as
 * backups; and files in the format of backups, which any portal and any later version reads.
 */
export class States {
  readonly #running: RunningPortal
  readonly #sources: TestSources
  readonly #kept = new Map<string, Kept>()
  #directory: Promise<string> | undefined
  #taken = 0

  constructor(running: RunningPortal, sources: TestSources) {
    this.#running = running
    this.#sources = sources
  }

  get names(): string[] {
    return [...this.#kept.keys()]
  }

  async take(name: string): Promise<void> {
    this.#directory ??= mkdtemp(join(tmpdir(), 'portico-states-'))
    const { store, files } = this.#running.portal
    const { copies } = store
    await files.quiet()
    const directory = join(await this.#directory, String(this.#taken++))
    await mkdir(directory, { recursive: true })
    if (copies === undefined) await this.save(join(directory, 'backup'))
    else {
      await copies.take(join(directory, 'portal.db'))
      if ((await blobsIn(this.#files)).size > 0)
        await cp(this.#files, join(directory, 'files'), { recursive: true, force: true })
    }
    const before = this.#kept.get(name)
    this.#kept.set(name, { directory, sources: this.#sources.state, blobs: await blobsIn(join(directory, 'files')) })
    if (before !== undefined) await rm(before.directory, { recursive: true, force: true })
  }

  /** @throws {ControlError} where nothing is kept under that name */
  async bring(name: string): Promise<void> {
    const kept = this.#kept.get(name)
    if (kept === undefined) throw new ControlError(`there is no snapshot "${name}"`, 404)
    const { store, files } = this.#running.portal
    const { copies } = store
    // What is being deleted would be taken for what is there.
    await files.quiet()
    if (copies === undefined) await this.load(join(kept.directory, 'backup'))
    else {
      await copies.bring(join(kept.directory, 'portal.db'))
      this.#running.forget()
      await this.#bringFiles(kept)
    }
    this.#sources.state = kept.sources
  }

  async #bringFiles({ directory, blobs }: Kept): Promise<void> {
    const there = await blobsIn(this.#files)
    for (const blob of there) if (!blobs.has(blob)) await rm(join(this.#files, blob), { force: true })
    for (const blob of blobs)
      if (!there.has(blob)) await cp(join(directory, 'files', blob), join(this.#files, blob), { recursive: true })
  }

  /** Writes everything into a file, as text: what a repository can hold, and compare. */
  async save(path: string): Promise<void> {
    await this.#running.portal.store.giveBackIds()
    await takeBackup(this.#running, createWriteStream(path, { mode: 0o600 }), { plain: true, quiet: true })
  }

  /** @throws {ControlError} for a file that is none of a portal's; nothing has changed then */
  async load(path: string): Promise<void> {
    const { portal, tables } = this.#running
    const replaced = (await tables(portal.store.session())).map(({ name }) => name)
    try {
      // To its end, before anything changes.
      for await (const _part of partsOf(path));
      await restoreBackup({ store: portal.store, parts: partsOf(path), files: this.#files, replaced })
    } catch (cause) {
      if (cause instanceof BackupError) throw new ControlError(`that cannot be restored: ${cause.message}`)
      throw cause
    } finally {
      this.#running.forget()
    }
  }

  get #files(): string {
    return this.#running.portal.files.directory
  }

  async close(): Promise<void> {
    if (this.#directory !== undefined) await rm(await this.#directory, { recursive: true, force: true })
  }
}

/** Packed or not. */
async function* partsOf(path: string): AsyncGenerator<Part> {
  let first: Buffer | undefined
  for await (const chunk of createReadStream(path, { end: 1 })) first = chunk as Buffer
  const source = createReadStream(path)
  if (first?.[0] !== 0x1f || first[1] !== 0x8b) return yield* readBackup(source)
  const unpacked = createGunzip()
  const piped = pipeline(source, unpacked)
  piped.catch(() => {})
  yield* readBackup(unpacked)
  await piped
}

/** Paths below a directory of files. */
async function blobsIn(directory: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const shelf of await readdir(directory).catch(() => []))
    for (const blob of await readdir(join(directory, shelf)).catch(() => [])) found.add(join(shelf, blob))
  return found
}
