import { PortalError } from 'portico-client'
import { boot } from '../api/boot.ts'
import { call, portal } from '../api/portal.ts'
import { queries, recordsChanged } from '../api/queries.ts'
import { say } from '../i18n/index.ts'
import { writtenOf } from '../kinds/index.ts'
import { fieldsQuery } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { useNotify } from '../shell/notify.ts'
import { hideRecords, type Hidden } from './hidden.ts'

/** A record as `crm.item.get` shows it. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: number }
type Values = Readonly<Record<string, unknown>>

/** Somebody else has changed the same fields since they were read: nothing was written. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError'
  /** By field: what was read, and what it is now. */
  readonly fields: Readonly<Record<string, { readonly base: unknown; readonly theirs: unknown }>>
  /** Who changed the record last, and when. */
  readonly by: number | null
  readonly at: string | null

  constructor(conflict: Pick<ConflictError, 'fields' | 'by' | 'at'>) {
    super('somebody else has changed the same fields')
    this.fields = conflict.fields
    this.by = conflict.by
    this.at = conflict.at
  }
}

const isConflict = (cause: unknown): cause is PortalError => cause instanceof PortalError && cause.code === 'CONFLICT'

const encode = async (
  { entityTypeId }: RecordType,
  values: Values,
  before?: Values,
): Promise<Record<string, unknown>> =>
  writtenOf(await queries.ensureQueryData(fieldsQuery(entityTypeId)), values, before)

/** A new record, by values as inputs give them; answers its id. */
export async function addRecord(type: RecordType, fields: Values): Promise<number> {
  const { entityTypeId } = type
  const { item } = await call<{ item: Item }>('crm.item.add', { entityTypeId, fields: await encode(type, fields) })
  queries.setQueryData(['item', entityTypeId, item.id], item)
  recordsChanged(entityTypeId)
  return item.id
}

/**
 * Writes fields of a record, by values as inputs give them. `base` holds them as they were read; without it the write
 * wins in any case.
 *
 * @throws ConflictError where one of them is no longer as it was read; PortalError
 */
export async function saveRecord(type: RecordType, id: number, fields: Values, base: Values = {}): Promise<Item> {
  const { entityTypeId } = type
  try {
    const { item } = await call<{ item: Item }>('portico.item.save', {
      entityTypeId,
      id,
      fields: await encode(type, fields, base),
      base: Object.fromEntries(Object.keys(fields).flatMap((name) => (name in base ? [[name, base[name] ?? '']] : []))),
    })
    queries.setQueryData(['item', entityTypeId, id], item)
    recordsChanged(entityTypeId, id)
    return item
  } catch (cause) {
    if (!isConflict(cause)) throw cause
    recordsChanged(entityTypeId, id)
    throw new ConflictError(cause.details.conflict as Pick<ConflictError, 'fields' | 'by' | 'at'>)
  }
}

/** Moves a record to a stage, if it is still in the one where it was seen. Throws as `saveRecord` does. */
export const moveToStage = (type: RecordType, id: number, stageId: string, base: string): Promise<Item> =>
  saveRecord(type, id, { [type.stageField ?? 'stageId']: stageId }, { [type.stageField ?? 'stageId']: base })

/** What became of a change to many records. */
export interface Changed {
  readonly done: number
  readonly failed: readonly { readonly id: number; readonly cause: unknown }[]
}

const AT_ONCE = 50

/** The same change to many records; each is told of, and one that fails stops none of the others. */
export async function changeRecords(
  type: RecordType,
  ids: readonly number[],
  fields: Values,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Changed> {
  const { entityTypeId } = type
  const written = await encode(type, fields)
  return each(
    type,
    ids,
    (id) => ({ method: 'crm.item.update', params: { entityTypeId, id, fields: written } }),
    onProgress,
  )
}

async function each(
  { entityTypeId }: RecordType,
  ids: readonly number[],
  command: (id: number) => { method: string; params: Record<string, unknown> },
  onProgress: (done: number, total: number) => void,
): Promise<Changed> {
  const failed: { id: number; cause: unknown }[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE)
    const answers = await many(part.map((id) => command(id)))
    for (const [index, cause] of answers.entries()) {
      const id = part[index]
      if (cause !== undefined && id !== undefined) failed.push({ id, cause })
    }
    onProgress(Math.min(from + AT_ONCE, ids.length), ids.length)
  }
  recordsChanged(entityTypeId)
  for (const id of ids.slice(0, 500)) recordsChanged(entityTypeId, id)
  return { done: ids.length - failed.length, failed }
}

/** One batch of writes; answers what failed, by place. */
async function many(commands: readonly { method: string; params: Record<string, unknown> }[]): Promise<unknown[]> {
  const { errors } = await portal.batch(commands as never)
  return commands.map((_command, index) => (errors as Readonly<Record<string, Error>>)[String(index)])
}

/** How long one can think better of it. */
const SECOND_THOUGHT = 8_000

interface Leaving {
  readonly type: RecordType
  readonly ids: readonly number[]
  readonly hidden: Hidden
  timer: ReturnType<typeof setTimeout>
}
const leaving = new Set<Leaving>()

/**
 * Removes records: they vanish at once and are deleted when nobody has taken it back for eight seconds, or when the
 * page is left. Answers whether they were deleted.
 */
export function removeRecords(type: RecordType, ids: readonly number[], notify = useNotify()): Promise<boolean> {
  return new Promise((resolve) => {
    const entry: Leaving = {
      type,
      ids,
      hidden: hideRecords(type.entityTypeId, ids),
      timer: setTimeout(() => void finish(), SECOND_THOUGHT),
    }
    leaving.add(entry)
    notify.done(say('cards.removed', { n: ids.length }), {
      undo() {
        if (!leaving.delete(entry)) return
        clearTimeout(entry.timer)
        entry.hidden.show()
        resolve(false)
      },
    })
    async function finish(): Promise<void> {
      if (!leaving.delete(entry)) return
      const { entityTypeId } = type
      try {
        const { failed } = await each(
          type,
          ids,
          (id) => ({ method: 'crm.item.delete', params: { entityTypeId, id } }),
          () => {},
        )
        entry.hidden.show(failed.map(({ id }) => id))
        if (failed[0] !== undefined) notify.failed(failed[0].cause, say('cards.notRemoved', { n: failed.length }))
        resolve(failed.length === 0)
      } catch (cause) {
        entry.hidden.show()
        notify.failed(cause, say('cards.notRemoved', { n: ids.length }))
        resolve(false)
      }
    }
  })
}

/** What is still in its eight seconds is deleted now: the page goes, and with it the chance to take it back. */
addEventListener('pagehide', () => {
  for (const { type, ids, timer } of leaving) {
    clearTimeout(timer)
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const commands = ids
        .slice(from, from + AT_ONCE)
        .map((id) => [`d${id}`, `crm.item.delete?entityTypeId=${type.entityTypeId}&id=${id}`])
      void fetch('/rest/batch', {
        method: 'POST',
        keepalive: true,
        headers: { 'content-type': 'application/json', 'x-portico-csrf': boot.csrf },
        body: JSON.stringify({ halt: 0, cmd: Object.fromEntries(commands) }),
      })
    }
  }
  leaving.clear()
})
