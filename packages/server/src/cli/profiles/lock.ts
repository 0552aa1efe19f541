import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError } from '../terminal.ts'
import { isRunning } from '../../records/is-running.ts'

/** Longer than any renewal takes: whoever held it then has died. */
const STALE_MS = 120_000
const PATIENCE_MS = 90_000

/**
 * Runs the body while no other process of this machine does, by a file that only one can make.
 * @throws {CommandError} when the other one does not come to an end
 */
export async function locked<T>(path: string, body: () => Promise<T>): Promise<T> {
  const begun = Date.now()
  while (!(await taken(path))) {
    if (Date.now() - begun > PATIENCE_MS)
      throw new CommandError(`another process is working with ${path}`, { hint: 'If none is, delete that file.' })
    await sleep(25 + Math.random() * 50)
  }
  try {
    return await body()
  } finally {
    await rm(path, { force: true })
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(String(process.pid))
    await file.close()
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    await removeAbandoned(path)
    return false
  }
}

/** Of several that find it abandoned one can rename it. */
async function removeAbandoned(path: string): Promise<void> {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(path), readFile(path, 'utf8')])
    const holder = Number(text)
    if (Date.now() - mtimeMs < STALE_MS && (text === '' || isRunning(holder))) return
    const aside = `${path}.${process.pid}`
    await rename(path, aside)
    await rm(aside, { force: true })
  } catch (cause) {
    // Its holder was faster.
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
}
