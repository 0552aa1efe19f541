import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, relative, resolve, isAbsolute } from 'node:path'
import { CommandError, exit } from '../terminal.ts'
import { CellFault, isFileValue } from './engine/cells.ts'
import type { Dialect } from './engine/field.ts'

/** They travel as base64 in one request, which portals bound. */
const MOST = 10 * 1024 * 1024

/**
 * Files of this machine that cells name. Whoever has made the table must not get at others by it: paths lead nowhere
 * but into one directory, links of the file system followed.
 */
export class Files {
  readonly #directory: string

  private constructor(directory: string) {
    this.#directory = directory
  }

  static async in(cwd: string, directory: string): Promise<Files> {
    try {
      const path = await realpath(resolve(cwd, directory))
      if (!(await stat(path)).isDirectory()) throw new Error('no directory')
      return new Files(path)
    } catch (cause) {
      throw new CommandError(`--files: there is no directory ${directory}`, { exitCode: exit.usage, cause })
    }
  }

  /** Throws {@link CellFault} for what is no such file. */
  async check(path: string): Promise<string> {
    let found: string
    try {
      found = await realpath(resolve(this.#directory, path))
    } catch {
      throw new CellFault('names a file that is not there', 'FILE')
    }
    const inside = relative(this.#directory, found)
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
      throw new CellFault('names a file outside of --files', 'FILE')
    const file = await stat(found)
    if (!file.isFile()) throw new CellFault('names what is no file', 'FILE')
    if (file.size > MOST) throw new CellFault('names a file of more than 10 MB', 'FILE')
    return found
  }

  /** Parameters with what the files hold in the place of their names, as a dialect takes files. */
  async fill(value: unknown, dialect: Dialect): Promise<unknown> {
    if (isFileValue(value)) {
      const path = await this.check(value.path)
      const pair = [basename(path), (await readFile(path)).toString('base64')]
      return dialect === 'item' ? pair : { fileData: pair }
    }
    if (Array.isArray(value)) return Promise.all(value.map((each) => this.fill(each, dialect)))
    if (typeof value !== 'object' || value === null) return value
    const filled = await Promise.all(
      Object.entries(value).map(async ([key, each]) => [key, await this.fill(each, dialect)]),
    )
    return Object.fromEntries(filled)
  }
}
