import { createGzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { present } from '../../store/present.ts'
import type { Reader, Snapshot } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'
import { audit } from '../audit.ts'
import type { Portal } from '../context.ts'
import { FilePins } from './pins.ts'
import { backupLines } from './write.ts'

/** How often the moment is taken anew because a file went in it. */
const ATTEMPTS = 50

export interface Backup {
  readonly rows: number
  readonly files: number
  /** Files whose bytes were gone before: `portico check` tells of them. */
  readonly lost: readonly string[]
}

interface Source {
  readonly portal: Portal
  /** What the portal is made of, as a reader sees it. */
  tables(reader: Reader): Promise<Table[]>
  /** Of the program. */
  readonly version: string
}

interface How {
  readonly onRows?: (count: number) => void
  /** As text instead of packed. */
  readonly plain?: boolean
  /** The portal does not write down that it was copied: it is the same after it as before. */
  readonly quiet?: boolean
}

/** Writes a copy of the portal as it is at one moment, while others go on to change it. */
export async function takeBackup(given: Source, to: NodeJS.WritableStream, how: How = {}): Promise<Backup> {
  const { portal } = given
  const pins = new FilePins(portal.files, portal.sources.token(16))
  try {
    return await write(given, await moment(portal, pins), to, how)
  } finally {
    await pins.release()
  }
}

interface Moment {
  readonly snapshot: Snapshot
  readonly paths: ReadonlyMap<string, string>
  readonly lost: readonly string[]
}

async function write(
  { portal, tables, version }: Source,
  { snapshot, paths, lost }: Moment,
  to: NodeJS.WritableStream,
  { onRows, plain = false, quiet = false }: How,
): Promise<Backup> {
  let rows = 0
  try {
    const { columns } = await present(snapshot)
    // What is in memory may be a moment older or newer.
    portal.caches.drop()
    const all = stored(await tables(snapshot), columns)
    portal.caches.drop()
    const lines = backupLines({
      snapshot,
      tables: all,
      files: paths,
      version,
      now: portal.sources.now(),
      onRows(count) {
        rows += count
        onRows?.(count)
      },
    })
    const bytes = Readable.from(lines, { objectMode: true })
    await (plain ? pipeline(bytes, to) : pipeline(bytes, createGzip(), to))
  } finally {
    await snapshot.close()
  }
  const { size: files } = paths
  if (quiet) return { rows, files, lost }
  const session = portal.store.session()
  await session.transaction((tx) =>
    audit({ now: portal.sources.now() }, tx, {
      type: 'PORTAL_BACKUP',
      module: 'main',
      item: 'portal',
      description: { by: 'operator', rows, files },
    }),
  )
  await session.settled()
  return { rows, files, lost }
}

/**
 * Rows and files of one moment. A file that is gone before it is pinned went with its record just then: of a later
 * moment it is no part. One that is missing there too was lost before.
 */
async function moment(portal: Portal, pins: FilePins): Promise<Moment> {
  // Most are pinned before, so that little can go between the moment and its pins.
  let { lost: before } = await pins.pin(portal.store.session())
  for (let attempt = 1; ; attempt++) {
    const snapshot = await portal.store.snapshot()
    try {
      const { paths, lost } = await pins.pin(snapshot)
      const known = new Set(before)
      if (attempt === ATTEMPTS || lost.every((blob) => known.has(blob))) return { snapshot, paths, lost }
      before = lost
    } catch (cause) {
      await snapshot.close()
      throw cause
    }
    await snapshot.close()
  }
}

/** Tables as they are there: a portal that an older version runs may lack some, or some of their columns. */
const stored = (tables: readonly Table[], there: ReadonlyMap<string, ReadonlySet<string>>): Table[] =>
  tables.flatMap((table) => {
    const known = there.get(table.name)
    if (known === undefined) return []
    const columns = Object.fromEntries(Object.entries(table.columns).filter(([name]) => known.has(name)))
    const indexes = (table.indexes ?? []).filter((index) => index.columns.every((name) => known.has(name)))
    return [{ ...table, columns, indexes }]
  })
