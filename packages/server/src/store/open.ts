import { join } from 'node:path'
import { PostgresStore } from './dialect/postgres.ts'
import { SqliteStore } from './dialect/sqlite.ts'
import type { Store } from './store.ts'

/** Where a portal is stored: PostgreSQL when it is given, else SQLite in the data directory. */
export interface Place {
  readonly databaseUrl: string | null
  readonly data: string
}

/** SQLite's file in a data directory. */
export const databaseFile = (data: string): string => join(data, 'portico.db')

/**
 * @param memory nothing outlives the process, unless it is PostgreSQL
 * @param durable false: what was answered may be lost when the machine fails, for tests that don't let it fail
 */
export function openStore(
  { databaseUrl, data }: Place,
  {
    memory = false,
    durable = !memory,
    onIdleError,
  }: { memory?: boolean; durable?: boolean | undefined; onIdleError?: (cause: Error) => void } = {},
): Store {
  if (databaseUrl !== null) return new PostgresStore(databaseUrl, onIdleError === undefined ? {} : { onIdleError })
  // Also where nothing is kept it is a file, of a directory that goes with the process: readers beside need one.
  return new SqliteStore(databaseFile(data), { durable })
}
