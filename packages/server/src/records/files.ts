import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadStream } from 'node:fs'
import type { Upload } from '../schema/kind.ts'
import { sql } from '../store/sql.ts'
import { file } from '../store/tables.ts'
import type { Reader, Transaction } from '../store/store.ts'
import type { Sources } from './context.ts'
import { rehearsal } from './rehearsal.ts'

export interface StoredFile {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly size: number
  readonly blob: string
  readonly entityTypeId: number
  readonly recordId: number
  readonly field: string
}

/** Bytes that are on disk, waiting for the transaction that will own them. */
export interface Saved {
  /** Given where the file was another portal's, and keeps its id. */
  readonly id?: number
  readonly fileName: string
  readonly blob: string
  readonly size: number
}

export interface Owner {
  readonly entityTypeId: number
  readonly recordId: number
  readonly field: string
}

/** A stream that went on for longer than whoever takes it wants. */
export class FileTooLarge extends Error {}

/** Files: bytes under the data directory, rows in the database. */
export class Files {
  readonly #directory: string
  readonly #sources: Sources
  readonly #going = new Set<Promise<unknown>>()

  constructor(directory: string, sources: Sources) {
    this.#directory = directory
    this.#sources = sources
  }

  get directory(): string {
    return this.#directory
  }

  /** Where the bytes of a file lie. */
  pathOf(blob: string): string {
    return this.#path(blob)
  }

  #path(blob: string): string {
    return join(this.#directory, blob.slice(0, 2), blob)
  }

  /** Writes bytes before the transaction starts, so that no transaction waits for a disk. */
  async save(upload: Upload): Promise<Saved> {
    const { blob, handle } = await this.#create()
    try {
      await handle.writeFile(upload.bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { fileName: upload.fileName, blob, size: upload.bytes.length }
  }

  /**
   * The same from a stream, without ever holding it whole. What fails on its way leaves nothing behind.
   * @throws FileTooLarge as soon as there are more than `max` bytes
   */
  async saveStream(fileName: string, chunks: AsyncIterable<Uint8Array>, max: number): Promise<Saved> {
    const { blob, handle } = await this.#create()
    let size = 0
    try {
      try {
        for await (const chunk of chunks) {
          size += chunk.length
          if (size > max) throw new FileTooLarge(`more than ${max} bytes`)
          await handle.writeFile(chunk)
        }
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (cause) {
      await this.discard([blob])
      throw cause
    }
    return { fileName, blob, size }
  }

  async #create(): Promise<{ blob: string; handle: FileHandle }> {
    const blob = this.#sources.token(32)
    const path = this.#path(blob)
    rehearsal()?.blobs.push(blob)
    await mkdir(dirname(path), { recursive: true })
    return { blob, handle: await open(path, 'wx', 0o600) }
  }

  /** Forgets bytes whose transaction failed or whose file was removed. */
  async discard(blobs: readonly string[]): Promise<void> {
    const going = Promise.all(blobs.map((blob) => rm(this.#path(blob), { force: true })))
    this.#going.add(going)
    try {
      await going
    } finally {
      this.#going.delete(going)
    }
  }

  /** Whatever was forgotten is gone: nobody waits for that who has removed a file. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.#going)
  }

  /** Gives saved bytes their row; answers the file's id. */
  async own(tx: Transaction, saved: Saved, owner: Owner, by: number, now: number): Promise<number> {
    const id = saved.id ?? (await tx.nextId(file))
    tx.insert(file, {
      id,
      name: saved.fileName,
      type: '',
      size: saved.size,
      blob: saved.blob,
      created_by: by,
      created: now,
      entity_type_id: owner.entityTypeId,
      record_id: owner.recordId,
      field: owner.field,
    })
    return id
  }

  /** Ids among `ids` that belong to this owner: a write may keep those, and no others. */
  async ownedBy(reader: Reader, owner: Owner, ids: readonly number[]): Promise<Set<number>> {
    if (ids.length === 0) return new Set()
    const rows = await reader.find<{ id: number }>(
      sql`select id from stored_file where entity_type_id = ${owner.entityTypeId} and record_id = ${owner.recordId} and field = ${owner.field} and id in (${sql.join(ids)})`,
    )
    return new Set(rows.map((row) => row.id))
  }

  async remove(tx: Transaction, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return
    const rows = await tx.find<{ blob: string }>(
      sql`delete from stored_file where id in (${sql.join(ids)}) returning blob`,
    )
    tx.afterCommit(() => void this.discard(rows.map((row) => row.blob)))
  }

  async removeOf(tx: Transaction, entityTypeId: number, recordId: number): Promise<void> {
    const rows = await tx.find<{ id: number }>(
      sql`select id from stored_file where entity_type_id = ${entityTypeId} and record_id = ${recordId}`,
    )
    await this.remove(
      tx,
      rows.map((row) => row.id),
    )
  }

  /** All files of one field of an entity, whatever the record. */
  async removeOfField(tx: Transaction, entityTypeId: number, field: string): Promise<void> {
    const rows = await tx.find<{ blob: string }>(
      sql`delete from stored_file where entity_type_id = ${entityTypeId} and field = ${field} returning blob`,
    )
    tx.afterCommit(() => void this.discard(rows.map((row) => row.blob)))
  }

  async find(reader: Reader, id: number): Promise<StoredFile | undefined> {
    const [row] = await reader.find<{
      name: string
      size: number
      blob: string
      entity_type_id: number
      record_id: number
      field: string
    }>(sql`select name, size, blob, entity_type_id, record_id, field from stored_file where id = ${id}`)
    if (row === undefined) return undefined
    const { name, size, blob, field } = row
    return { id, name, type: '', size, blob, field, entityTypeId: row.entity_type_id, recordId: row.record_id }
  }

  /** Files whose bytes are gone, as `id name`. */
  async lost(reader: Reader): Promise<string[]> {
    const rows = await reader.find<{ id: number; name: string; blob: string }>(
      sql`select id, name, blob from stored_file`,
    )
    const there = await Promise.all(
      rows.map(({ blob }) =>
        stat(this.#path(blob)).then(
          () => true,
          () => false,
        ),
      ),
    )
    return rows.filter((_row, index) => !there[index]).map(({ id, name }) => `${id} ${name}`)
  }

  /** The bytes of a stored file; undefined if there is no such file. */
  async bytes(reader: Reader, id: number): Promise<Buffer | undefined> {
    const stored = await this.find(reader, id)
    return stored === undefined ? undefined : readFile(this.#path(stored.blob))
  }

  async read(stored: StoredFile): Promise<{ stream: ReadStream; size: number }> {
    const path = this.#path(stored.blob)
    const { size } = await stat(path)
    return { stream: createReadStream(path), size }
  }
}
