import { cloneMap, clonePending, cloneProgress, cloneSource } from '../../modules/clone/tables.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import type { Reader, Session, Transaction } from '../../store/store.ts'

/** What has happened to the rows of a step. */
export interface Counts {
  readonly made: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  /** What stayed behind: why, how often, and the first example. */
  readonly left: Readonly<Record<string, { readonly n: number; readonly example: string }>>
}

export const noCounts: Counts = { made: 0, changed: 0, same: 0, removed: 0, left: {} }

export function addCounts(a: Counts, b: Counts): Counts {
  const left = { ...a.left }
  for (const [why, { n, example }] of Object.entries(b.left))
    left[why] = { n: (left[why]?.n ?? 0) + n, example: left[why]?.example ?? example }
  return {
    made: a.made + b.made,
    changed: a.changed + b.changed,
    same: a.same + b.same,
    removed: a.removed + b.removed,
    left,
  }
}

interface Progress {
  readonly pass: number
  readonly cursor: string
  readonly done: boolean
  readonly counts: Counts
}

/** A row that has come already. */
export interface Known {
  readonly id: number
  readonly digest: string | null
}

/** Records and their kinds in the map: leads are `item:1`. */
export const itemKind = (entityTypeId: number): string => `item:${entityTypeId}`

/** Well below what a statement takes as parameters. */
const CHUNK = 500

/**
 * What the target knows of the source, in tables of the target: how far each step has come, and which row is which.
 * Whatever is written here is written in the transaction of the rows that it tells of.
 */
export class CloneState {
  readonly id: number
  /** The number of this run; one that goes on after an interruption keeps its number. */
  readonly pass: number
  /** When this pass began, in epoch seconds. */
  readonly began: number
  /** Whether this run goes on where another one was interrupted. */
  readonly resumed: boolean
  /** Whether rows have the ids that they have in the source, as far as those are free. */
  readonly keepsIds: boolean
  readonly #progress = new Map<string, Progress>()

  private constructor(given: Pick<CloneState, 'id' | 'pass' | 'began' | 'resumed' | 'keepsIds'>) {
    this.id = given.id
    this.pass = given.pass
    this.began = given.began
    this.resumed = given.resumed
    this.keepsIds = given.keepsIds
  }

  /** Begins a pass, or goes on with the one that was interrupted. `isEmpty` is asked at the first pass only. */
  static async open(
    session: Session,
    portal: string,
    { now, isEmpty }: { now: number; isEmpty: (reader: Reader) => Promise<boolean> },
  ): Promise<CloneState> {
    const began = Math.floor(now)
    const state = await session.transaction(async (tx) => {
      const [known] = await tx.find<{ id: number; pass: number; keeps_ids: string; finished: string; began: number }>(
        sql`select id, pass, keeps_ids, finished, began from clone_source where portal = ${portal}`,
      )
      if (known === undefined) {
        const id = await tx.nextId(cloneSource)
        const keepsIds = await isEmpty(tx)
        const row = { id, portal, keeps_ids: keepsIds ? 'Y' : 'N', pass: 1, finished: 'N', began }
        tx.insert(cloneSource, row)
        return new CloneState({ id, pass: 1, began, resumed: false, keepsIds })
      }
      const { id, keeps_ids } = known
      const resumed = known.finished !== 'Y'
      const pass = resumed ? known.pass : known.pass + 1
      if (!resumed)
        await tx.change(sql`update clone_source set pass = ${pass}, finished = 'N', began = ${began} where id = ${id}`)
      const at = resumed ? known.began : began
      return new CloneState({ id, pass, began: at, resumed, keepsIds: keeps_ids === 'Y' })
    })
    await session.settled()
    const rows = await session.find<{
      step: string
      part: string
      pass: number
      cursor: string
      done: string
      counts: string
    }>(sql`select step, part, pass, cursor, done, counts from clone_progress where source_id = ${state.id}`)
    for (const { step, part, pass, cursor, done, counts } of rows)
      state.#progress.set(`${step} ${part}`, {
        pass,
        cursor,
        done: done === 'Y',
        counts: JSON.parse(counts) as Counts,
      })
    return state
  }

  /** Where a part of a step goes on; undefined if it begins in this pass. */
  cursorOf(step: string, part = ''): string | undefined {
    const known = this.#of(step, part)
    return known === undefined || known.cursor === '' ? undefined : known.cursor
  }

  /** Whether a part of a step is through in this pass. */
  isDone(step: string, part = ''): boolean {
    return this.#of(step, part)?.done === true
  }

  /** What this pass has done in a step, over all its parts. */
  countsOf(step: string): Counts {
    return [...this.#progress]
      .filter(([name, { pass }]) => name.startsWith(`${step} `) && pass === this.pass)
      .reduce((sum, [, { counts }]) => addCounts(sum, counts), noCounts)
  }

  #of(step: string, part: string): Progress | undefined {
    const known = this.#progress.get(`${step} ${part}`)
    return known?.pass === this.pass ? known : undefined
  }

  /** Writes how far a part has come; what follows must be called when the transaction has succeeded. */
  async advance(
    tx: Transaction,
    at: { step: string; part: string; cursor: string; done: boolean },
    counts: Counts,
  ): Promise<() => void> {
    const { step, part, cursor, done } = at
    const sum = addCounts(this.#of(step, part)?.counts ?? noCounts, counts)
    const text = JSON.stringify(sum)
    const mark = done ? 'Y' : 'N'
    const changed = await tx.change(
      sql`update clone_progress set pass = ${this.pass}, cursor = ${cursor}, done = ${mark}, counts = ${text} where source_id = ${this.id} and step = ${step} and part = ${part}`,
    )
    if (changed === 0)
      tx.insert(cloneProgress, {
        source_id: this.id,
        step,
        part,
        pass: this.pass,
        cursor,
        done: mark,
        counts: text,
      })
    return () => this.#progress.set(`${step} ${part}`, { pass: this.pass, cursor, done, counts: sum })
  }

  async finish(session: Session): Promise<void> {
    await session.transaction((tx) => tx.change(sql`update clone_source set finished = 'Y' where id = ${this.id}`))
    await session.settled()
  }

  /** The rows of a kind that have come already, by their keys in the source. */
  async known(reader: Reader, kind: string, keys: Iterable<string | number>): Promise<Map<string, Known>> {
    const found = new Map<string, Known>()
    const wanted = [...new Set([...keys].map(String))]
    for (let from = 0; from < wanted.length; from += CHUNK) {
      const rows = await reader.find<{ source_key: string; target_id: number; digest: string | null }>(
        sql`select source_key, target_id, digest from clone_map where ${this.#mine(kind)} and source_key in (${sql.join(wanted.slice(from, from + CHUNK))})`,
      )
      for (const row of rows) found.set(row.source_key, { id: row.target_id, digest: row.digest })
    }
    return found
  }

  /** Every row of a kind: for small ones, such as people and pipelines. */
  async all(reader: Reader, kind: string): Promise<Map<string, number>> {
    const rows = await reader.find<{ source_key: string; target_id: number }>(
      sql`select source_key, target_id from clone_map where ${this.#mine(kind)}`,
    )
    return new Map(rows.map((row) => [row.source_key, row.target_id]))
  }

  /** The id that a row of the source has here. */
  async idOf(reader: Reader, kind: string, key: string | number): Promise<number | undefined> {
    return (await this.known(reader, kind, [key])).get(String(key))?.id
  }

  /** Remembers which row is which, and that this pass has seen it. `isNew`: the map has not known it so far. */
  async remember(
    tx: Transaction,
    kind: string,
    key: string | number,
    { id, digest, isNew = false }: Known & { isNew?: boolean },
  ): Promise<void> {
    const changed = isNew
      ? 0
      : await tx.change(
          sql`update clone_map set target_id = ${id}, digest = ${digest}, pass = ${this.pass} where ${this.#mine(kind)} and source_key = ${String(key)}`,
        )
    if (changed === 0)
      tx.insert(cloneMap, {
        source_id: this.id,
        kind,
        source_key: String(key),
        target_id: id,
        digest,
        pass: this.pass,
      })
  }

  /** This pass has seen these rows, as they were. */
  async seen(tx: Transaction, kind: string, keys: readonly (string | number)[]): Promise<void> {
    for (let from = 0; from < keys.length; from += CHUNK)
      await tx.change(
        sql`update clone_map set pass = ${this.pass} where ${this.#mine(kind)} and source_key in (${sql.join(keys.slice(from, from + CHUNK).map(String))})`,
      )
  }

  async forget(tx: Transaction, kind: string, key: string | number): Promise<void> {
    await tx.change(sql`delete from clone_map where ${this.#mine(kind)} and source_key = ${String(key)}`)
  }

  /** Rows that this pass has not seen: the source has them no more. At most so many at a time. */
  async gone(reader: Reader, kind: string, limit = CHUNK): Promise<{ key: string; id: number }[]> {
    const rows = await reader.find<{ source_key: string; target_id: number }>(
      sql`select source_key, target_id from clone_map where ${this.#mine(kind)} and pass < ${this.pass} order by source_key limit ${limit}`,
    )
    return rows.map((row) => ({ key: row.source_key, id: row.target_id }))
  }

  /** Forgets rows of a kind that are no more in their table here: they may have been removed by hand. */
  async prune(tx: Transaction, kind: string, table: string): Promise<void> {
    await tx.change(
      sql`delete from clone_map where ${this.#mine(kind)} and not exists (select 1 from ${sql.table(table)} as t where t.id = clone_map.target_id)`,
    )
  }

  /** A link to a row that has not come yet; it is set when that one has (the step `references`). */
  async postpone(
    tx: Transaction,
    from: { entityTypeId: number; recordId: number; field: string },
    to: { kind: string; key: string | number; isInPlace: boolean },
  ): Promise<void> {
    tx.insert(clonePending, {
      id: await tx.nextId(clonePending),
      source_id: this.id,
      entity_type_id: from.entityTypeId,
      record_id: from.recordId,
      field: from.field,
      kind: to.kind,
      source_key: String(to.key),
      in_place: to.isInPlace ? 'Y' : 'N',
    })
  }

  /** A record is written anew: what its links wait for is said anew, too. */
  async withdraw(tx: Transaction, entityTypeId: number, recordId: number): Promise<void> {
    await tx.change(
      sql`delete from clone_pending where source_id = ${this.id} and entity_type_id = ${entityTypeId} and record_id = ${recordId}`,
    )
  }

  #mine(kind: string): Fragment {
    return sql`source_id = ${this.id} and kind = ${kind}`
  }
}
