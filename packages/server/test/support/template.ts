import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openPortal } from '../../src/compose.ts'
import { realSources } from '../../src/sources.ts'
import { administrator } from './administrator.ts'

/**
 * Runs once before all tests on PostgreSQL: makes a portal whose database the tests copy. Making its hundred and fifty
 * tables anew takes two seconds, copying them a tenth of one.
 */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set')
  const name = `portico_template_${randomBytes(6).toString('hex')}`
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0`)
  const url = new URL(server)
  url.pathname = name
  const data = mkdtempSync(join(tmpdir(), 'portico-template-'))
  await makePortal(url.href, data)
  rmSync(data, { recursive: true, force: true })
  process.env.PORTICO_TEST_TEMPLATE = name
  return () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}

/** Runs a statement about a whole database. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The portal that tests begin with. */
export async function makePortal(databaseUrl: string | null, data: string): Promise<void> {
  const portal = await openPortal({
    databaseUrl,
    data,
    memory: false,
    timezone: 'Europe/Berlin',
    lang: 'en',
    sources: realSources,
    log: { error: (details) => console.error(details), warn: () => {}, info: () => {} },
    administrator,
    work: false,
    office: 'soffice',
    smtpUrl: null,
    mailFrom: 'portal@example.com',
  })
  await portal.close()
}
