import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createIndex, createTable, dropTable } from '../../store/ddl.ts'
import { present } from '../../store/present.ts'
import { sql, type Statement } from '../../store/sql.ts'
import type { Store, Transaction } from '../../store/store.ts'
import { cacheVersion, counter, sequence } from '../../store/tables.ts'
import { keyOf, type Row, type Table } from '../../store/table.ts'
import { BackupError, type BackupRow, type Part } from './format.ts'
import { isRunning } from '../is-running.ts'

/** Characters of rows that are sent to the database together. */
const TOGETHER = 1_000_000
const NOTHING: Statement = { text: 'SELECT 1', parameters: [] }

export interface WhatToRestore {
  readonly store: Store
  /** From the beginning; it has been read to its end once. */
  readonly parts: AsyncIterable<Part>
  /** Where the portal keeps the bytes of its files. */
  readonly files: string
  /** Tables of the portal that is replaced. */
  readonly replaced: readonly string[]
  readonly onRows?: (count: number) => void
}

/**
 * Puts what a backup holds into a database, in one transaction; files come to their places before it ends, and those
 * that no row knows go after it. Killed on the way, it leaves what was there before.
 */
export async function restoreBackup(given: WhatToRestore): Promise<void> {
  const staging = join(dirname(given.files), `restore-${process.pid}-${randomBytes(4).toString('hex')}`)
  await sweep(dirname(given.files))
  const staged = new Staging(staging, given.files)
  try {
    const session = given.store.session()
    await session.transaction((tx) => new Restoring(tx, given, staged).run())
    await session.settled()
  } catch (cause) {
    await staged.undo()
    throw cause
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  await staged.forgetOthers()
}

/** What killed restorations have left. */
async function sweep(data: string): Promise<void> {
  for (const name of await readdir(data).catch(() => [])) {
    const pid = Number(/^restore-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) await rm(join(data, name), { recursive: true, force: true })
  }
}

/** Files on their way: beside their places until everything else is there. */
class Staging {
  readonly #directory: string
  readonly #files: string
  readonly #known = new Set<string>()
  readonly #moved: string[] = []
  #handle: FileHandle | undefined

  constructor(directory: string, files: string) {
    this.#directory = directory
    this.#files = files
  }

  async begin(blob: string): Promise<void> {
    await this.end()
    if (this.#known.size === 0) await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    this.#known.add(blob)
    this.#handle = await open(join(this.#directory, blob), 'wx', 0o600)
  }

  async write(bytes: Buffer): Promise<void> {
    await this.#handle?.writeFile(bytes)
  }

  async end(): Promise<void> {
    await this.#handle?.sync()
    await this.#handle?.close()
    this.#handle = undefined
  }

  async move(): Promise<void> {
    await this.end()
    const there = new Set(await blobsIn(this.#files))
    for (const blob of this.#known) {
      // A name is given once: what has it is the same file.
      if (there.has(blob)) continue
      const path = join(this.#files, blob.slice(0, 2), blob)
      await mkdir(dirname(path), { recursive: true })
      await rename(join(this.#directory, blob), path)
      this.#moved.push(path)
    }
  }

  async undo(): Promise<void> {
    await this.#handle?.close().catch(() => {})
    this.#handle = undefined
    for (const path of this.#moved) await rm(path, { force: true })
  }

  async forgetOthers(): Promise<void> {
    for (const blob of await blobsIn(this.#files))
      if (!this.#known.has(blob)) await rm(join(this.#files, blob.slice(0, 2), blob), { force: true })
  }
}

async function blobsIn(files: string): Promise<string[]> {
  const found = await readdir(files, { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((each) => each.isFile()).map(({ name }) => basename(name))
}

class Restoring {
  readonly #tx: Transaction
  readonly #given: WhatToRestore
  readonly #staged: Staging
  readonly #tables: Table[] = []
  readonly #counters = new Map<string, number>()
  #pending = 0

  constructor(tx: Transaction, given: WhatToRestore, staged: Staging) {
    this.#tx = tx
    this.#given = given
    this.#staged = staged
  }

  async run(): Promise<void> {
    const version = await this.#clear()
    for await (const part of this.#given.parts) await this.#take(part)
    await this.#flush()
    await this.#finish(version)
    await this.#staged.move()
  }

  /** Answers with the highest version of what processes keep in memory: what comes must be newer to all of them. */
  async #clear(): Promise<number> {
    const tx = this.#tx
    const { columns } = await present(tx)
    const replaced = this.#given.replaced.filter((name) => columns.has(name))
    let version = 0
    if (replaced.includes(cacheVersion.name)) {
      const [row] = await tx.find<{ version: number | null }>(sql`select max(version) as version from cache_version`)
      version = Number(row?.version ?? 0)
    }
    if (replaced.length > 0) await tx.define(replaced.map(dropTable))
    return version
  }

  async #take(part: Part): Promise<void> {
    if (part.is === 'table') await this.#begin(part.table)
    else if (part.is === 'rows') await this.#insert(part.rows)
    else if (part.is === 'file') await this.#staged.begin(part.blob)
    else if (part.is === 'bytes') await this.#staged.write(part.bytes)
  }

  async #begin(table: Table): Promise<void> {
    await this.#flush()
    if ((await this.#tx.columnsOf(table.name)).size > 0)
      throw new BackupError(`there is a table "${table.name}" already that is no portal's`)
    await this.#tx.define([createTable(table, this.#tx.dialect)])
    this.#tables.push(table)
  }

  async #insert(rows: readonly BackupRow[]): Promise<void> {
    const table = this.#tables.at(-1)
    if (table === undefined) return
    const names = Object.keys(table.columns)
    const isPostgres = this.#tx.dialect === 'postgres'
    for (const values of rows) {
      const row: Record<string, string | number | null> = {}
      for (const [index, name] of names.entries()) {
        const value = values[index] ?? null
        // PostgreSQL has no text with a zero byte in it.
        row[name] = isPostgres && typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value
        this.#pending += typeof value === 'string' ? value.length + 8 : 16
      }
      if (table.name === counter.name) this.#count(row)
      else this.#tx.insert(table, row)
      if (this.#pending > TOGETHER) await this.#flush()
    }
    this.#given.onRows?.(rows.length)
  }

  /** PostgreSQL may have kept a total as several rows, which add up; SQLite knows one for each. */
  #count({ key, n }: Row): void {
    this.#counters.set(String(key), (this.#counters.get(String(key)) ?? 0) + Number(n))
  }

  /** What waits to be inserted is sent with the next statement. */
  async #flush(): Promise<void> {
    if (this.#pending > 0) await this.#tx.rows(NOTHING)
    this.#pending = 0
  }

  async #finish(version: number): Promise<void> {
    const tx = this.#tx
    const has = (table: { readonly name: string }): boolean => this.#tables.some(({ name }) => name === table.name)
    if (has(counter)) {
      let id = 0
      for (const [key, n] of this.#counters) tx.insert(counter, { id: ++id, key, n })
    }
    for (const table of this.#tables)
      for (const index of table.indexes ?? []) await tx.define([createIndex(table.name, index)])
    if (has(sequence)) await this.#continueIds()
    // Whoever had taken work is not there to do it.
    if (has({ name: 'job' })) await tx.change(sql`update job set claimed = null where claimed is not null`)
    if (has({ name: 'event_delivery' }))
      await tx.change(sql`update event_delivery set claim = null, claimed = null where claim is not null`)
    if (has(cacheVersion)) await tx.change(sql`update cache_version set version = version + ${version + 1}`)
  }

  /** The next id of each table lies behind all that it has. */
  async #continueIds(): Promise<void> {
    for (const table of this.#tables) {
      const [key, ...more] = keyOf(table)
      if (key !== 'id' || more.length > 0 || table.columns.id !== 'integer') continue
      const [row] = await this.#tx.find<{ most: number | null }>(
        sql`select max(id) as most from ${sql.table(table.name)} where id > 0`,
      )
      const next = Number(row?.most ?? 0) + 1
      await this.#tx.change(
        sql`insert into sequence (name, next) values (${table.name}, ${next}) on conflict (name) do update set next = case when sequence.next < excluded.next then excluded.next else sequence.next end`,
      )
    }
  }
}
