import { forgetStage } from '../../../records/role-rows.ts'
import type { Entity } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { status as statusTable } from '../../../store/tables.ts'
import { freshId, upsert } from '../rows.ts'
import { Refused, type Row, type Source } from '../source.ts'
import type { Clone, Page, Step } from '../step.ts'
import { OURS, STATUS, translationOf } from '../translation.ts'
import { flagOf, isRow, numberOf, textOf } from '../values.ts'

const name = 'directories'

const rowsIn = (source: Source): Promise<Row[]> => source.rows('crm.status.list', { order: { ID: 'ASC' } })

/** Entries of directories, stages among them, with their order, colours and meanings. */
export const directories: Step = {
  name,
  after: ['pipelines'],
  count: async (source) => (await rowsIn(source)).length,
  async run(clone) {
    if (clone.state.isDone(name)) return
    const rows = await rowsIn(clone.source)
    const empty = await emptyDirectories(clone.source, rows)
    await write(clone, rows, empty)
    clone.tick(rows.length)
  },
}

/** Directories that the source knows, and that have no entries there. */
async function emptyDirectories(source: Source, rows: readonly Row[]): Promise<string[]> {
  try {
    const all = await source.rows('crm.status.entity.types')
    const filled = new Set(rows.map((row) => textOf(row.ENTITY_ID)))
    return all.map((row) => textOf(row.ID)).filter((id) => !filled.has(id))
  } catch (cause) {
    if (cause instanceof Refused) return []
    throw cause
  }
}

interface Stored {
  readonly id: number
  readonly entity_id: string
  readonly status_id: string
}

async function write(clone: Clone, rows: readonly Row[], empty: readonly string[]): Promise<void> {
  const { state } = clone
  const translation = await translationOf(clone)
  const at = { step: name, cursor: '', done: true, caches: ['directories', 'roles', 'stage-required'] }
  await clone.page(at, async (page) => {
    const { tx } = page
    const known = await state.known(
      tx,
      STATUS,
      rows.map((row) => textOf(row.ID)),
    )
    const isFirst = known.size === 0 && state.keepsIds
    // Entries of a new portal give way: nothing points at them yet, and ids are to be those of the source.
    if (isFirst)
      for (const directory of new Set([...rows.map((row) => textOf(row.ENTITY_ID)), ...empty]))
        await tx.change(sql`delete from crm_status where entity_id = ${translation.directory(directory) ?? directory}`)
    const stored = await tx.find<Stored>(sql`select id, entity_id, status_id from crm_status`)
    const byCode = new Map(stored.map((each) => [`${each.entity_id} ${each.status_id}`, each.id]))
    const ids = new Set(stored.map(({ id }) => id))
    for (const row of rows) {
      const key = textOf(row.ID)
      const entityId = translation.directory(textOf(row.ENTITY_ID))
      if (entityId === undefined) {
        page.leave('an entry of a directory that is not here', textOf(row.ENTITY_ID))
        continue
      }
      const statusId = translation.code(textOf(row.STATUS_ID))
      const knownId = known.get(key)?.id
      const sameCode = byCode.get(`${entityId} ${statusId}`)
      const id =
        knownId !== undefined && ids.has(knownId)
          ? knownId
          : (sameCode ?? (await freshId(tx, statusTable, state.keepsIds ? numberOf(row.ID) : undefined)))
      // What a portal that has been in use calls its own entries stays, if it has them already.
      const isOwn = knownId === undefined ? sameCode !== undefined && !state.keepsIds : known.get(key)?.digest === OURS
      if (isOwn) page.count('same')
      else page.count(await upsert(tx, statusTable, statusRow(row, { id, entityId, statusId }, translation)))
      await state.remember(tx, STATUS, key, { id, digest: isOwn ? OURS : null, isNew: knownId === undefined })
    }
    await removeGone(clone, page)
  })
}

function statusRow(
  row: Row,
  { id, entityId, statusId }: { id: number; entityId: string; statusId: string },
  { category }: Awaited<ReturnType<typeof translationOf>>,
) {
  const extra = isRow(row.EXTRA) ? row.EXTRA : {}
  const entityTypeId = entityTypeOf(textOf(row.ENTITY_ID))
  const pipeline = numberOf(row.CATEGORY_ID)
  return {
    id,
    entity_id: entityId,
    status_id: statusId,
    name: textOf(row.NAME),
    name_init: textOf(row.NAME_INIT),
    sort: numberOf(row.SORT) ?? 0,
    system: flagOf(row.SYSTEM),
    category_id:
      pipeline === undefined
        ? null
        : entityTypeId === undefined
          ? pipeline
          : (category(entityTypeId, pipeline) ?? null),
    color: textOf(row.COLOR) || textOf(extra.COLOR),
    semantics: semanticsOf(row, extra),
  }
}

/** Whose stages are in a directory; undefined where no stages are. */
function entityTypeOf(directory: string): number | undefined {
  if (directory === 'STATUS') return 1
  if (directory === 'QUOTE_STATUS') return 7
  if (directory.startsWith('DEAL_STAGE')) return 2
  if (directory.startsWith('SMART_INVOICE_STAGE')) return 31
  const [, own] = /^DYNAMIC_(\d+)_STAGE/.exec(directory) ?? []
  return own === undefined ? undefined : Number(own)
}

/** `S` success, `F` failure, null in process; older portals tell it in words, in `EXTRA`. */
function semanticsOf(row: Row, extra: Row): string | null {
  const own = textOf(row.SEMANTICS)
  if (own === 'S' || own === 'F') return own
  const words = textOf(extra.SEMANTICS)
  return own !== '' || words === '' || words === 'process' ? null : words === 'success' ? 'S' : 'F'
}

/** Entries that the source has no more go, unless they are stages in which something stands here. */
async function removeGone({ state, target }: Clone, page: Page): Promise<void> {
  const { tx } = page
  const entities = await target.portal.entities.all(tx)
  for (const { key, id } of await state.gone(tx, STATUS)) {
    const [row] = await tx.find<Stored>(sql`select id, entity_id, status_id from crm_status where id = ${id}`)
    const type = row === undefined ? undefined : entityTypeOf(row.entity_id)
    const entity = entities.find(({ entityTypeId }) => entityTypeId === type)
    if (row !== undefined && entity !== undefined && (await isUsed(tx, entity, row.status_id))) {
      page.leave('a stage that the source has no more is still in use here', row.status_id)
      continue
    }
    if (row !== undefined) {
      await tx.change(sql`delete from crm_status where id = ${id}`)
      if (entity !== undefined) {
        await tx.change(
          sql`delete from crm_stage_required where entity_type_id = ${entity.entityTypeId} and stage_id = ${row.status_id}`,
        )
        await forgetStage(tx, entity.name, row.status_id)
      }
      page.count('removed')
    }
    await state.forget(tx, STATUS, key)
  }
}

async function isUsed(tx: Transaction, entity: Entity, statusId: string): Promise<boolean> {
  if (entity.stageField === undefined) return false
  const stage = sql.ref(entity.columnOf(entity.stageField))
  const rows = await tx.find(sql`select 1 as one from ${sql.table(entity.table)} where ${stage} = ${statusId} limit 1`)
  return rows.length > 0
}
