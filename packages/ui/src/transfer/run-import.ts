import { PortalError } from 'portico-client'
import { call, portal } from '../api/portal.ts'
import { keysIn, type MatchBy, type Policy, sameById, sameByPoints, type There } from './duplicates.ts'
import { type Facts, mergeOf, pointFields, type ReadRow, type RowFault, writeFields } from './engine.ts'

/** Rows that are written by one request. */
const AT_ONCE = 50

export interface Counts {
  added: number
  updated: number
  skipped: number
  failed: number
}

/** A row that was refused, by its place in the table: by us before it was sent, or by the portal. */
export interface Refused {
  readonly row: number
  readonly faults: readonly RowFault[]
  readonly said?: string
}

export interface ImportJob {
  readonly entityTypeId: number
  readonly facts: Facts
  readonly total: number
  /** Reads a row of the table. */
  read(index: number): ReadRow
  readonly policy: Policy
  readonly matchBy: MatchBy
}

export interface Progress {
  readonly done: number
  readonly counts: Readonly<Counts>
}

type Command = { readonly method: string; readonly params: Record<string, unknown> }
interface Write {
  readonly row: number
  readonly read: ReadRow
  readonly command: Command
  readonly adds: boolean
}

/**
 * One import: batch by batch, so that it can be told how far it is, halt between two of them, and stop. What it has made
 * it remembers, so that it can be taken back.
 */
export class ImportRun {
  readonly refused: Refused[] = []
  readonly made: number[] = []
  readonly #job: ImportJob
  readonly #controller = new AbortController()
  readonly #counts: Counts = { added: 0, updated: 0, skipped: 0, failed: 0 }
  /** Phones and e-mails of the rows before: two rows of one file may be the same, too. */
  readonly #seen = new Map<string, number | undefined>()
  #next = 0
  #halted: Promise<void> | undefined
  #goOn: () => void = () => {}

  constructor(job: ImportJob) {
    this.#job = job
  }

  get progress(): Progress {
    return { done: this.#next, counts: { ...this.#counts } }
  }

  /** Asks for the right to import, and tells the audit log. */
  async begin(): Promise<void> {
    const { entityTypeId, total } = this.#job
    await call('portico.import.begin', { entityTypeId, count: total })
  }

  pause(): void {
    this.#halted ??= new Promise((resolve) => (this.#goOn = resolve))
  }

  resume(): void {
    this.#goOn()
    this.#halted = undefined
  }

  /** Nothing more is begun; what is on its way is waited for. */
  stop(): void {
    this.#controller.abort()
    this.resume()
  }

  /**
   * Goes on to the end, or until it is stopped.
   *
   * @throws what has gone wrong on the way: the batch that it hit is begun anew when it goes on
   */
  async run(onProgress: (progress: Progress) => void): Promise<void> {
    const { signal } = this.#controller
    while (this.#next < this.#job.total && !signal.aborted) {
      if (this.#halted !== undefined) await this.#halted
      if (signal.aborted) return
      const end = Math.min(this.#next + AT_ONCE, this.#job.total)
      await this.#batch(this.#next, end)
      this.#next = end
      onProgress(this.progress)
    }
  }

  async #batch(from: number, to: number): Promise<void> {
    const rows = Array.from({ length: to - from }, (_each, index) => ({
      row: from + index,
      read: this.#job.read(from + index),
    }))
    const refused: Refused[] = []
    const good = rows.filter(({ row, read }) => {
      if (read.faults.length > 0) refused.push({ row, faults: [...read.faults, ...read.missing] })
      return read.faults.length === 0
    })
    const { entityTypeId, policy, matchBy } = this.#job
    const reads = good.map(({ read }) => read)
    // What it reads may be read again when the batch is: nothing of it is kept before the answer is there.
    const { signal } = new AbortController()
    const there =
      policy === 'add'
        ? new Map<ReadRow, There>()
        : await (matchBy === 'id' ? sameById : sameByPoints)(entityTypeId, reads, signal)
    const writes: Write[] = []
    let skipped = 0
    const fresh = new Set<string>()
    for (const { row, read } of good) {
      const same = there.get(read)
      const keys = policy === 'add' || matchBy === 'id' ? [] : keysIn(read)
      const isTwin = keys.some((key) => this.#seen.has(key) || fresh.has(key))
      if (same === undefined && !isTwin) {
        if (read.missing.length > 0) refused.push({ row, faults: read.missing })
        else {
          for (const key of keys) fresh.add(key)
          writes.push({ row, read, command: this.#addition(read), adds: true })
        }
      } else if (policy === 'skip' || same === undefined) skipped++
      else {
        const command = this.#change(read, same)
        if (command === undefined) skipped++
        else writes.push({ row, read, command, adds: false })
      }
    }
    await this.#send(writes, refused)
    for (const key of fresh) this.#seen.set(key, undefined)
    this.#counts.skipped += skipped
    this.#counts.failed += refused.length
    this.refused.push(...refused.toSorted((a, b) => a.row - b.row))
  }

  #addition(read: ReadRow): Command {
    return {
      method: 'crm.item.import',
      params: { entityTypeId: this.#job.entityTypeId, fields: writeFields(read, this.#job.facts) },
    }
  }

  #change(read: ReadRow, { id, known }: There): Command | undefined {
    const { facts, entityTypeId } = this.#job
    const about = new Map(facts.fields.map((field) => [field.key, field]))
    const { fields, points } = mergeOf(known, read, { overwrite: true, about })
    if (Object.keys(fields).length === 0 && points.length === 0) return undefined
    // Keys that are no ids add to the phones that are there.
    const added = Object.entries(pointFields(points, 'item')).map(([key, values]) => [
      key,
      Object.fromEntries(values.map((value, index) => [`n${index}`, value])),
    ])
    return {
      method: 'crm.item.update',
      params: {
        entityTypeId,
        id,
        fields: { ...writeFields({ fields, points: [] }, facts), ...Object.fromEntries(added) },
      },
    }
  }

  async #send(writes: readonly Write[], refused: Refused[]): Promise<void> {
    if (writes.length === 0) return
    const { results, errors } = await portal.batch(writes.map(({ command }) => command) as never)
    const done = results as unknown as Record<string, { item?: { id: number } } | undefined>
    const failed = errors as unknown as Record<string, Error | undefined>
    for (const [index, { row, adds }] of writes.entries()) {
      const error = failed[String(index)]
      if (error !== undefined) {
        refused.push({ row, faults: [], said: error instanceof PortalError ? error.text || error.code : error.message })
        continue
      }
      const id = done[String(index)]?.item?.id
      if (adds && id !== undefined) this.made.push(id)
      this.#counts[adds ? 'added' : 'updated']++
    }
  }
}

/** Deletes what an import has made; answers how many records could not be deleted. */
export async function takeBack(
  entityTypeId: number,
  ids: readonly number[],
  onProgress: (done: number) => void,
): Promise<number> {
  let left = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const { errors } = await portal.batch(
      some.map((id) => ({ method: 'crm.item.delete', params: { entityTypeId, id } })) as never,
    )
    left += Object.keys(errors as object).length
    onProgress(Math.min(at + AT_ONCE, ids.length))
  }
  return left
}
