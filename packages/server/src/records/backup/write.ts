import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { SCHEMA } from '../../store/schema-version.ts'
import type { Snapshot } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'
import { FORMAT, passing } from './format.ts'

/** Characters that go on together. */
const CHUNK = 262_144
/** Bytes of a file in one line: a multiple of three, so that only the last one is padded. */
const BYTES = 49_152

export interface WhatToWrite {
  readonly snapshot: Snapshot
  /** As they are in the snapshot. */
  readonly tables: readonly Table[]
  /** Where the bytes of each file are, by the name that rows give it. */
  readonly files: ReadonlyMap<string, string>
  readonly version: string
  /** Epoch seconds. */
  readonly now: number
  readonly onRows?: (count: number) => void
}

/** The lines of a backup, in chunks; the memory that it takes does not grow with the portal. */
export async function* backupLines(given: WhatToWrite): AsyncGenerator<Buffer> {
  const { snapshot, tables, files, onRows } = given
  const hash = createHash('sha256')
  let chunk = ''
  const add = (line: unknown): void => void (chunk += `${JSON.stringify(line)}\n`)
  const take = (): Buffer => {
    const bytes = Buffer.from(chunk)
    chunk = ''
    hash.update(bytes)
    return bytes
  }
  add({
    portico: 'backup',
    format: FORMAT,
    version: given.version,
    schema: SCHEMA,
    created: new Date(given.now * 1000).toISOString(),
    database: snapshot.dialect,
  })
  const rows: Record<string, number> = {}
  for (const table of tables) {
    add({ table })
    rows[table.name] = 0
    if (passing.has(table.name)) continue
    for await (const part of snapshot.parts(table)) {
      for (const row of part) {
        add(row)
        if (chunk.length > CHUNK) yield take()
      }
      rows[table.name] = (rows[table.name] ?? 0) + part.length
      onRows?.(part.length)
    }
  }
  for (const [blob, path] of files) {
    const { size, lines } = await linesOf(path)
    add({ file: blob, size })
    for await (const bytes of lines) {
      add(bytes.toString('base64'))
      if (chunk.length > CHUNK) yield take()
    }
  }
  yield take()
  add({ end: { rows, files: files.size, sha256: hash.copy().digest('hex') } })
  yield take()
}

/** The bytes of a file in pieces of one length, the last one excepted. */
async function linesOf(path: string): Promise<{ size: number; lines: AsyncIterable<Buffer> }> {
  const { size } = await stat(path)
  return { size, lines: createReadStream(path, { highWaterMark: BYTES }) }
}
