import type pg from 'pg'
import { identifier } from '../ddl.ts'
import { counter } from '../tables.ts'
import type { Row, Table } from '../table.ts'

/** Rows to insert and kept totals to move, all or none. */
export interface Append {
  readonly rows: Map<Table, Row[]>
  readonly counts: Map<string, number>
}

interface Waiting {
  readonly append: Append
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

/** Statements under way at once: while one is in flight, the next group gathers. */
const LANES = 3
/** A group holds at most this many requests, so that one statement stays small. */
const GROUP = 200

/**
 * Joins the inserts of all requests that wait into one statement: one round trip and one commit for many
 * (1,440 creates/s one by one, 4,760/s grouped, on the machine of docs/decisions/0003).
 */
export class AppendQueue {
  readonly #pool: pg.Pool
  readonly #texts = new Map<string, string>()
  #waiting: Waiting[] = []
  #underWay = 0
  #scheduled = false
  #ids = 0

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  send(append: Append): Promise<void> {
    if (append.rows.size === 0 && append.counts.size === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject })
      this.#schedule()
    })
  }

  async idle(): Promise<void> {
    while (this.#underWay > 0 || this.#waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  #schedule(): void {
    if (this.#scheduled || this.#underWay >= LANES || this.#waiting.length === 0) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      void this.#run(this.#waiting.splice(0, GROUP))
      this.#schedule()
    })
  }

  async #run(group: Waiting[]): Promise<void> {
    this.#underWay++
    try {
      await this.#pool.query(this.statement(joined(group.map((each) => each.append))))
      for (const each of group) each.resolve()
    } catch (cause) {
      if (group.length === 1) group[0]?.reject(cause)
      // One bad row must not fail its neighbours: each is tried alone.
      else for (const each of group) await this.#alone(each)
    } finally {
      this.#underWay--
      this.#schedule()
    }
  }

  async #alone(each: Waiting): Promise<void> {
    try {
      await this.#pool.query(this.statement(each.append))
      each.resolve()
    } catch (cause) {
      each.reject(cause)
    }
  }

  /** One statement that inserts everything; rows travel as JSON and are typed by their tables. */
  statement(append: Append): pg.QueryConfig {
    const counts = [...append.counts].filter(([, by]) => by !== 0)
    const tables = [...append.rows].filter(([, rows]) => rows.length > 0)
    const values: unknown[] = tables.map(([, rows]) => JSON.stringify(rows))
    if (counts.length > 0) values.push(JSON.stringify(counts.map(([key, n]) => ({ key, n }))))
    const shape = `${tables.map(([table]) => this.#idOf(table)).join()}|${counts.length > 0}`
    let text = this.#texts.get(shape)
    if (text === undefined) {
      text = appendText(
        tables.map(([table]) => table),
        counts.length > 0,
      )
      if (this.#texts.size > 500) this.#texts.clear()
      this.#texts.set(shape, text)
    }
    return { name: `a${this.#nameOf(text)}`, text, values }
  }

  /** An entity that gains a field has a new table value, and so a new statement. */
  readonly #tables = new WeakMap<Table, number>()
  #idOf(table: Table): number {
    let id = this.#tables.get(table)
    if (id === undefined) {
      id = ++this.#ids
      this.#tables.set(table, id)
    }
    return id
  }

  readonly #names = new Map<string, number>()
  #nameOf(text: string): number {
    let name = this.#names.get(text)
    if (name === undefined) {
      name = ++this.#ids
      this.#names.set(text, name)
    }
    return name
  }
}

function joined(appends: readonly Append[]): Append {
  if (appends.length === 1 && appends[0] !== undefined) return appends[0]
  const all: Append = { rows: new Map(), counts: new Map() }
  for (const each of appends) {
    for (const [table, rows] of each.rows) {
      const known = all.rows.get(table)
      if (known === undefined) all.rows.set(table, [...rows])
      else known.push(...rows)
    }
    for (const [key, by] of each.counts) all.counts.set(key, (all.counts.get(key) ?? 0) + by)
  }
  return all
}

function appendText(tables: readonly Table[], withCounts: boolean): string {
  const inserts = tables.map((table, index) => {
    const name = identifier(table.name)
    const columns = Object.keys(table.columns).map(identifier).join(', ')
    return `i${index} AS (INSERT INTO ${name} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $${index + 1}::json))`
  })
  if (withCounts) {
    // Deltas need no id from a block: a random one keeps this a single statement.
    inserts.push(
      `ic AS (INSERT INTO ${identifier(counter.name)} (id, key, n) SELECT (random() * 9007199254740991)::bigint, d.key, d.n FROM json_to_recordset($${tables.length + 1}::json) AS d(key text, n bigint))`,
    )
  }
  return `WITH ${inserts.join(', ')} SELECT 1`
}
