import { rmSync } from 'node:fs'
import type Database from 'libsql'

/** What `sqlite_master` says of a table or an index that somebody has made. */
interface Made {
  readonly type: 'table' | 'index'
  readonly name: string
  readonly table: string
  readonly text: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Copies the database into a new file, which replaces one of that name. */
export function takeCopy(db: Database.Database, path: string): void {
  rmSync(path, { force: true })
  db.exec(`VACUUM INTO ${literal(path)}`)
}

/**
 * Makes everything as it is in a copy, in one transaction. The file stays the same, so that other connections and
 * processes go on; tables that are made alike are emptied and filled, which SQLite does page by page.
 */
export function bringCopy(db: Database.Database, path: string): void {
  db.exec(`ATTACH ${literal(path)} AS copy`)
  try {
    const script = scriptOf(madeIn(db, 'main'), madeIn(db, 'copy'))
    db.exec('BEGIN IMMEDIATE')
    try {
      const versions = versionsIn(db)
      db.exec(script)
      // Other processes see by this that nothing which they know is as it was.
      db.exec(`UPDATE cache_version SET version = version + ${versions + 1}`)
      db.exec('COMMIT')
    } catch (cause) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw cause
    }
  } finally {
    db.exec('DETACH copy')
  }
}

function madeIn(db: Database.Database, schema: 'main' | 'copy'): Map<string, Made> {
  const rows = db
    .prepare(
      `SELECT type, name, tbl_name AS "table", sql AS text FROM ${schema}.sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all() as Made[]
  return new Map(rows.map((row) => [`${row.type} ${row.name}`, row]))
}

function versionsIn(db: Database.Database): number {
  const [row] = db.prepare('SELECT coalesce(max(version), 0) AS version FROM main.cache_version').all() as {
    version: number
  }[]
  return Number(row?.version ?? 0)
}

function scriptOf(now: ReadonlyMap<string, Made>, then: ReadonlyMap<string, Made>): string {
  const isSame = ({ type, name, text }: Made, other: ReadonlyMap<string, Made>): boolean =>
    other.get(`${type} ${name}`)?.text === text
  const lines: string[] = []
  for (const made of now.values())
    if (!isSame(made, then)) lines.push(`DROP ${made.type.toUpperCase()} IF EXISTS main.${quoted(made.name)}`)
  for (const made of then.values()) {
    if (made.type !== 'table') continue
    lines.push(isSame(made, now) ? `DELETE FROM main.${quoted(made.name)}` : made.text)
    lines.push(`INSERT INTO main.${quoted(made.name)} SELECT * FROM copy.${quoted(made.name)}`)
  }
  for (const made of then.values()) {
    if (made.type !== 'index') continue
    // An index goes with the table that it is of.
    const table = then.get(`table ${made.table}`)
    if (!isSame(made, now) || table === undefined || !isSame(table, now)) lines.push(made.text)
  }
  return lines.join(';\n')
}
