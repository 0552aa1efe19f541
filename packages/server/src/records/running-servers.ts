import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning } from './is-running.ts'

/** A server that works on a data directory, as it has written about itself. */
export interface ServerNote {
  /** What `/health` of this very process answers. */
  readonly server: string
  readonly pid: number
  /** The name of the machine. */
  readonly host: string
  readonly http: string
  readonly https: string | null
  /** The address under which others reach it, where it was told. */
  readonly publicUrl: string | null
  /** The file of the local CA. */
  readonly ca: string | null
  /** Epoch seconds. */
  readonly started: number
  readonly version: string
}

/** Milliseconds that a living server takes to say so. */
const PATIENCE = 2_000

/** One file for each server, as several may share the directory. */
const directoryOf = (data: string): string => join(data, 'servers')

/**
 * Writes down that a server runs here, for the command line. Answers how to take it back; a killed server leaves its
 * note to those who come after it.
 */
export function announceServer(data: string, given: Omit<ServerNote, 'pid' | 'host'>): () => void {
  const directory = directoryOf(data)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const [path, note] of notesIn(data)) if (isDead(note)) rmSync(path, { force: true })
  const path = join(directory, `${given.server}.json`)
  const note: ServerNote = { ...given, pid: process.pid, host: hostname() }
  writeFileSync(path, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })
  return () => rmSync(path, { force: true })
}

function notesIn(data: string): [path: string, note: ServerNote][] {
  const directory = directoryOf(data)
  let names: string[]
  try {
    names = readdirSync(directory).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
  return names.flatMap((name) => {
    const path = join(directory, name)
    try {
      return [[path, JSON.parse(readFileSync(path, 'utf8')) as ServerNote] as [string, ServerNote]]
    } catch {
      // Being written, or taken away, at this moment.
      return []
    }
  })
}

/** Whether the process is known to be gone; of other machines nothing is known. */
const isDead = ({ host, pid }: ServerNote): boolean => host === hostname() && !isRunning(pid)

/** The servers that work on a data directory at this moment. */
export async function runningServers(data: string, send: typeof fetch = fetch): Promise<ServerNote[]> {
  const notes = notesIn(data)
    .map(([, note]) => note)
    .filter((note) => !isDead(note))
  const alive = await Promise.all(notes.map(async (note) => (await serverAt(note.http, send)) === note.server))
  return notes.filter((_note, index) => alive[index])
}

/** Which server answers at an address; empty for one that does not say, undefined where none of ours does. */
export async function serverAt(address: string, send: typeof fetch = fetch): Promise<string | undefined> {
  try {
    const answer = await send(`${address}/health`, { signal: AbortSignal.timeout(PATIENCE), redirect: 'manual' })
    if (!answer.ok || answer.headers.get('server') !== 'Portico') return undefined
    const { server } = (await answer.json()) as { server?: unknown }
    return typeof server === 'string' ? server : ''
  } catch {
    return undefined
  }
}
