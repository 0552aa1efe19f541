import type Database from 'libsql'

/** All of them or none: a new portal has hundreds, and each would have a commit of its own. */
export function execTogether(db: Database.Database, statements: readonly string[]): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const statement of statements) db.exec(statement)
    db.exec('COMMIT')
  } catch (cause) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw cause
  }
}
