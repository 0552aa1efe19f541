import { readFileSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandError } from '../terminal.ts'
import { locked } from './lock.ts'
import type { Profile } from './profile.ts'

/** What the file holds. */
export interface Profiles {
  /** The profile that is used where nothing else is said. */
  readonly current?: string
  readonly profiles: Readonly<Record<string, Profile>>
}

/** `$XDG_CONFIG_HOME/portico/config.json`, or below `~/.config`. */
export function configPath(env: NodeJS.ProcessEnv): string {
  const home = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config')
  return join(home, 'portico', 'config.json')
}

/**
 * The profiles; none where there is no file.
 * @throws {CommandError} for a file that holds something else
 */
export function readProfiles(env: NodeJS.ProcessEnv): Profiles {
  const path = configPath(env)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { profiles: {} }
    throw new CommandError(`${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, { cause })
  }
  try {
    const { current, profiles } = JSON.parse(text) as Partial<Profiles>
    if (typeof profiles === 'object' && profiles !== null)
      return { ...(typeof current === 'string' ? { current } : {}), profiles }
  } catch {
    // What the parser says would show what stands there.
  }
  throw new CommandError(`${path} holds no profiles`, { hint: 'Repair or delete it.' })
}

/** Whether others than its owner may read the file; nobody can tell where there are no such rights. */
export function isOpenToOthers(env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32') return false
  try {
    return (statSync(configPath(env)).mode & 0o077) !== 0
  } catch {
    return false
  }
}

/** Changes the profiles, while no other process does; a reader sees them before or after, never in between. */
export async function changeProfiles(env: NodeJS.ProcessEnv, change: (now: Profiles) => Profiles): Promise<void> {
  const path = configPath(env)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await locked(`${path}.lock`, async () => {
    const text = `${JSON.stringify(change(readProfiles(env)), null, 2)}\n`
    const fresh = `${path}.new`
    await rm(fresh, { force: true })
    const file = await open(fresh, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
  })
}

/** Runs the body while no other process renews the tokens of that profile. */
export async function whileRenewing<T>(env: NodeJS.ProcessEnv, name: string, body: () => Promise<T>): Promise<T> {
  return locked(join(dirname(configPath(env)), `${name}.renewal.lock`), body)
}
