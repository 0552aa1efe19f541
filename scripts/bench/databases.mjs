// Databases for one run of the bench: Portico's own, and copies of it for the floor.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import pg from 'pg'
import { startPostgres } from '../lib/postgres.mjs'

/**
 * @typedef {{ env: Record<string, string>, target: string }} Copy what Portico and the floor are started with
 * @typedef {{ origin: string, create(name: string): Promise<Copy>, copy(from: string, to: string): Promise<Copy>,
 *   run(name: string, statements: string[]): Promise<void>, columns(name: string, table: string): Promise<string[]>,
 *   settle(name: string): Promise<void>, close(): Promise<void> }} Databases `copy` and what comes after it need that
 *   nobody else is connected; `settle` does what the database would do by itself in a quiet hour
 */

/** @returns {Promise<Databases>} */
export const openDatabases = (kind) => (kind === 'postgres' ? postgres() : sqlite())

function sqlite() {
  const home = mkdtempSync(join(tmpdir(), 'portico-bench-'))
  const file = (name) => join(home, name, 'portico.db')
  const copyOf = (name) => ({ env: { PORTICO_DATA: join(home, name) }, target: file(name) })
  const create = async (name) => {
    mkdirSync(join(home, name))
    return copyOf(name)
  }
  const run = async (name, statements) => {
    const db = new Database(file(name))
    for (const statement of statements) db.exec(statement)
    // All into the one file, so that it can be copied.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
  }
  return {
    origin: `SQLite in ${home}`,
    create,
    run,
    async copy(from, to) {
      await run(from, [])
      const made = await create(to)
      copyFileSync(file(from), file(to))
      return made
    },
    async columns(name, table) {
      const db = new Database(file(name))
      const rows = db.prepare('SELECT name FROM pragma_table_info(?)').all(table)
      db.close()
      return rows.map((row) => row.name)
    },
    settle: (name) => run(name, ['PRAGMA analysis_limit = 1000', 'ANALYZE']),
    async close() {
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function postgres() {
  const given = process.env.BENCH_DATABASE_URL
  const server = given
    ? { url: given, origin: 'BENCH_DATABASE_URL', async stop() {} }
    : await startPostgres({ durable: true })
  const home = mkdtempSync(join(tmpdir(), 'portico-bench-'))
  const made = new Set()
  const nameOf = (name) => `portico_bench_${process.pid}_${name.replace(/\W/g, '_')}`
  const urlOf = (database) => {
    const url = new URL(server.url)
    url.pathname = `/${database}`
    return url.href
  }
  const execute = async (url, statements) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      let last
      for (const statement of statements) last = await client.query(statement)
      return last
    } finally {
      await client.end()
    }
  }
  const createFrom = async (name, template) => {
    const database = nameOf(name)
    await execute(server.url, [`CREATE DATABASE ${database} TEMPLATE ${template}`])
    made.add(database)
    const url = urlOf(database)
    return { env: { DATABASE_URL: url, PORTICO_DATA: join(home, name) }, target: url }
  }
  return {
    origin: server.origin,
    create: (name) => createFrom(name, 'template0'),
    copy: (from, to) => createFrom(to, nameOf(from)),
    run: (name, statements) => execute(urlOf(nameOf(name)), statements),
    async columns(name, table) {
      const { rows } = await execute(urlOf(nameOf(name)), [
        `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '${table}' ORDER BY ordinal_position`,
      ])
      return rows.map((row) => row.column_name)
    },
    settle: (name) => execute(urlOf(nameOf(name)), ['VACUUM ANALYZE', 'CHECKPOINT']),
    async close() {
      if (given)
        for (const database of made) await execute(server.url, [`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`])
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
