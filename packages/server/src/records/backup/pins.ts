import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import type { Files } from '../files.ts'

/** Hours after which what a killed backup has left is nobody's any more. */
const STALE = 24 * 3_600_000

/** Second names for stored files, so that they stay while records are deleted: a file goes with the last of its names. */
export class FilePins {
  readonly #files: Files
  readonly #directory: string
  readonly #pinned = new Map<string, string>()

  /** @param name of this backup among others */
  constructor(files: Files, name: string) {
    this.#files = files
    this.#directory = join(dirname(files.directory), `backup-${name}`)
  }

  /**
   * Pins all files that a reader's rows know, and answers where their bytes are, by the names that rows give them.
   * `lost` are those whose bytes are not there.
   */
  async pin(reader: Reader): Promise<{ paths: ReadonlyMap<string, string>; lost: readonly string[] }> {
    const rows = await reader.find<{ blob: string }>(sql`select distinct blob from stored_file order by blob`)
    const paths = new Map<string, string>()
    const lost: string[] = []
    if (rows.length > 0) await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    for (const { blob } of rows) {
      const path = this.#pinned.get(blob) ?? (await this.#link(blob))
      if (path === undefined) lost.push(blob)
      else paths.set(blob, path)
    }
    return { paths, lost }
  }

  async #link(blob: string): Promise<string | undefined> {
    const [from, to] = [this.#files.pathOf(blob), join(this.#directory, blob)]
    const isGone = (cause: NodeJS.ErrnoException): boolean => cause.code === 'ENOENT'
    try {
      // Some disks know no second names.
      await link(from, to).catch((cause: Error) => (isGone(cause) ? Promise.reject(cause) : copyFile(from, to)))
    } catch (cause) {
      if (!isGone(cause as Error)) throw cause
      return undefined
    }
    this.#pinned.set(blob, to)
    return to
  }

  async release(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
    const base = dirname(this.#directory)
    for (const name of await readdir(base)) {
      if (!/^backup-[a-z0-9]{16}$/.test(name)) continue
      const found = await stat(join(base, name)).catch(() => undefined)
      if (found !== undefined && Date.now() - found.mtimeMs > STALE)
        await rm(join(base, name), { recursive: true, force: true })
    }
  }
}
