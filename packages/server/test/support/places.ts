import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openPortal, type RunningPortal } from '../../src/compose.ts'
import { realSources } from '../../src/sources.ts'
import { sql } from '../../src/store/sql.ts'
import { freshDatabase, placeArguments } from './portal.ts'

/** Where a portal may be. */
export interface TestPlace {
  readonly data: string
  readonly url: string | null
  /** How a command is told so. */
  readonly args: string[]
}

/** An empty place, in the kind of database under test or in SQLite; it goes after the file's tests. */
export async function emptyPlace(kind?: 'sqlite'): Promise<TestPlace> {
  const data = mkdtempSync(join(tmpdir(), 'portico-place-'))
  const { url, drop } = kind === 'sqlite' ? { url: null, drop: async () => {} } : await freshDatabase()
  afterAll(async () => {
    await drop()
    rmSync(data, { recursive: true, force: true })
  })
  return { data, url, args: placeArguments({ data, url }) }
}

/** What the portal of a place says; it is closed afterwards. */
export async function inPlace<T>({ data, url }: TestPlace, body: (portal: RunningPortal) => Promise<T>): Promise<T> {
  const portal = await openPortal({
    databaseUrl: url,
    data,
    memory: false,
    timezone: 'Europe/Berlin',
    lang: 'en',
    sources: realSources,
    log: { error: () => {}, warn: () => {}, info: () => {} },
    administrator: null,
    work: false,
    office: 'soffice',
    smtpUrl: null,
    mailFrom: 'portal@example.com',
  })
  try {
    return await body(portal)
  } finally {
    await portal.close()
  }
}

/** Every row of every table of a portal, as texts; what a copy of it must have, too. */
export async function contents(
  portal: RunningPortal,
  without: readonly string[] = [],
): Promise<Record<string, string[]>> {
  const session = portal.portal.store.session()
  const found: Record<string, string[]> = {}
  for (const { name, columns } of await portal.tables(session)) {
    if (without.includes(name)) continue
    const rows = await session.find<Record<string, unknown>>(sql`select * from ${sql.table(name)}`)
    const names = Object.keys(columns)
    found[name] = rows.map((row) => JSON.stringify(names.map((each) => row[each]))).sort()
  }
  return found
}
