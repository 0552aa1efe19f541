import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError } from '../terminal.ts'

export const LINK = '.portico.json'

/** The profile that the directory, or one above it, is linked to. It names one; it holds no secret. */
export function linkedProfile(cwd: string): { readonly name: string; readonly path: string } | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, LINK)
    const name = nameIn(path)
    if (name !== undefined) return { name, path }
    if (dirname(directory) === directory) return undefined
  }
}

function nameIn(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    const { profile } = JSON.parse(text) as { profile?: unknown }
    if (typeof profile === 'string') return profile
  } catch {
    // Told below.
  }
  throw new CommandError(`${path} names no profile: expected {"profile":"NAME"}`)
}
