import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureCertificates } from '../http/tls.ts'

/**
 * Where portals that live for a test keep the authority that they all have: their clients trust it once and for all.
 * Several that start at the same time, on a machine that has none yet, agree on one.
 */
export async function sharedAuthority(names: string[]): Promise<string> {
  const directory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portico', 'testing-tls')
  if (existsSync(directory)) return directory
  await mkdir(dirname(directory), { recursive: true })
  const own = await mkdtemp(`${directory}.`)
  await ensureCertificates(own, names, new Date())
  // Whoever comes second finds it there.
  await rename(own, directory).catch(() => rm(own, { recursive: true, force: true }))
  return directory
}
