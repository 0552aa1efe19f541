import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Row } from './table.ts'

/**
 * Kysely only compiles here: it quotes identifiers and numbers parameters for each database. Statements run through
 * the dialect's own prepared statements, because building a query each time costs more than running it.
 */
export type DialectName = 'sqlite' | 'postgres'
export type Fragment = RawBuilder<unknown>

/** Stands for a value that is given at run time, so that one compiled statement serves every call of its shape. */
export class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

export interface Statement {
  readonly text: string
  /** Constants and slots in the order of the placeholders. */
  readonly parameters: readonly unknown[]
}

const compilers: Record<DialectName, Kysely<Record<string, Row>>> = {
  sqlite: new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

export function compile(fragment: Fragment, dialect: DialectName): Statement {
  const compiled: CompiledQuery = fragment.compile(compilers[dialect])
  return { text: compiled.sql, parameters: compiled.parameters }
}

/** Fills the slots of a statement; constants stay. */
export function bind(statement: Statement, values: readonly unknown[]): unknown[] {
  return statement.parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.index] : parameter))
}

export const columns = (names: readonly string[]): Fragment => sql.join(names.map((name) => sql.ref(name)))
export { sql }
