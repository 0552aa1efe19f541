import { generalPipeline, changeGeneralPipeline, hasGeneralPipeline } from '../../../modules/crm/general-pipeline.ts'
import { createPipeline, DEFAULT_SORT, GENERAL, removePipeline } from '../../../modules/crm/pipelines.ts'
import { isDynamic } from '../../../schema/entity-types.ts'
import { sql } from '../../../store/sql.ts'
import { category as categoryTable } from '../../../store/tables.ts'
import { freshId, hasId, upsert } from '../rows.ts'
import { Refused, type Row, rowsOf, type Source } from '../source.ts'
import type { Clone, Page, Step } from '../step.ts'
import { administratorOf } from '../target.ts'
import { categoryKind, ENTITY_TYPE, translationOf } from '../translation.ts'
import { flagOf, numberOf, textOf } from '../values.ts'

const name = 'pipelines'
/** Deals come first: where two entities have a pipeline of one number, theirs keeps it. */
const FIXED = [2, 31, 3, 4]

const listOf = async (source: Source, entityTypeId: number): Promise<Row[]> =>
  rowsOf(await source.call('crm.category.list', { entityTypeId }), 'categories')

async function typesOf(source: Source): Promise<number[]> {
  const types = await source.rows('crm.type.list', { order: { id: 'ASC' } }, 'types')
  return types.map((row) => numberOf(row.entityTypeId) ?? 0).filter(isDynamic)
}

/** Pipelines of deals, invoices and smart processes, and categories of contacts and companies. */
export const pipelines: Step = {
  name,
  after: ['types'],
  async count(source) {
    let total = 0
    for (const entityTypeId of [2, 31, ...(await typesOf(source))]) total += (await listOf(source, entityTypeId)).length
    return total
  },
  async run(clone) {
    const { source, state } = clone
    const types = await state.all(clone.session, ENTITY_TYPE)
    for (const entityTypeId of [...FIXED, ...[...types.keys()].map(Number)]) {
      if (state.isDone(name, String(entityTypeId))) continue
      try {
        await write(clone, entityTypeId, await listOf(source, entityTypeId))
      } catch (cause) {
        // Not every portal groups its contacts and companies.
        if (!(cause instanceof Refused) || !(entityTypeId === 3 || entityTypeId === 4)) throw cause
      }
    }
  },
}

async function write(clone: Clone, there: number, rows: readonly Row[]): Promise<void> {
  const { state, target } = clone
  const here = (await translationOf(clone)).type(there)
  if (here === undefined) return
  const at = { step: name, part: String(there), cursor: '', done: true }
  await clone.page({ ...at, caches: ['directories', 'entities', 'settings'] }, async (page) => {
    const { tx } = page
    const kind = categoryKind(there)
    const known = await state.all(tx, kind)
    const kept = new Set<number>()
    for (const row of rows) {
      const key = textOf(row.id)
      const isDefault = flagOf(row.isDefault) === 'Y'
      const isGeneral = hasGeneralPipeline(here) && (key === '0' || isDefault)
      const id = isGeneral ? 0 : await idFor(clone, page, known.get(key), row)
      kept.add(id)
      if (isGeneral) await rename(clone, page, here, row)
      else
        page.count(
          await upsert(tx, categoryTable, {
            id,
            entity_type_id: here,
            name: textOf(row.name) || key,
            sort: numberOf(row.sort) ?? DEFAULT_SORT,
            is_default: isDefault ? 'Y' : 'N',
            is_system: flagOf(row.isSystem),
            code: textOf(row.code),
            origin_id: textOf(row.originId),
            originator_id: textOf(row.originatorId),
          }),
        )
      await state.remember(tx, kind, key, { id, digest: null, isNew: !known.has(key) })
    }
    // A smart process always has a pipeline, whether it is told or not.
    if (isDynamic(here) && kept.size === 0) {
      const context = {
        portal: target.portal,
        session: clone.session,
        now: state.began,
        person: await administratorOf(clone, tx),
      }
      await createPipeline(context, tx, { entityTypeId: here, name: GENERAL, sort: DEFAULT_SORT, isDefault: true })
    }
    await removeOthers(clone, page, { there, here, kept, isFirst: known.size === 0 })
  })
  clone.tick(rows.length)
}

async function idFor({ state }: Clone, { tx }: Page, known: number | undefined, row: Row): Promise<number> {
  if (known !== undefined && (await hasId(tx, categoryTable.name, known))) return known
  const own = numberOf(row.id)
  if (!state.keepsIds) return tx.nextId(categoryTable)
  // The one that a new portal has for its invoices gives way.
  const [fresh] = await tx.find<{ id: number }>(
    sql`select c.id from crm_category as c where c.id = ${own ?? 0} and not exists (select 1 from clone_map as m where m.target_id = c.id and m.kind like 'category:%')`,
  )
  return fresh?.id ?? freshId(tx, categoryTable, own)
}

async function rename({ target, state }: Clone, page: Page, entityTypeId: number, row: Row): Promise<void> {
  const { portal } = target
  const before = await generalPipeline(portal, page.tx, entityTypeId)
  const after = { ...before, name: textOf(row.name) || before.name, sort: numberOf(row.sort) ?? before.sort }
  const isOther = after.name !== before.name || after.sort !== before.sort
  // A portal that has been in use keeps what it calls its own.
  if (isOther && state.keepsIds) await changeGeneralPipeline(portal, page.tx, after)
  page.count(isOther && state.keepsIds ? 'changed' : 'same')
}

/** Pipelines that the source has no more, and those of a new portal that it never had. */
async function removeOthers(
  { state, target }: Clone,
  page: Page,
  { there, here, kept, isFirst }: { there: number; here: number; kept: ReadonlySet<number>; isFirst: boolean },
): Promise<void> {
  const { tx } = page
  const gone = await state.gone(tx, categoryKind(there))
  const ids = gone.map(({ id }) => id)
  if (isFirst && state.keepsIds) {
    const rows = await tx.find<{ id: number }>(sql`select id from crm_category where entity_type_id = ${here}`)
    ids.push(...rows.map(({ id }) => id).filter((id) => !kept.has(id)))
  }
  const entity = (await target.portal.entities.all(tx)).find((each) => each.entityTypeId === here)
  for (const id of ids) {
    if (id === 0 || kept.has(id) || entity === undefined) continue
    const used = entity.byName.has('categoryId')
      ? await tx.find(
          sql`select 1 as one from ${sql.table(entity.table)} where ${sql.ref(entity.columnOf('categoryId'))} = ${id} limit 1`,
        )
      : []
    if (used.length > 0) {
      page.leave('a pipeline that the source has no more is still in use here', `${entity.title} ${id}`)
      continue
    }
    await removePipeline(tx, entity, id)
    const key = gone.find((each) => each.id === id)?.key
    if (key !== undefined) await state.forget(tx, categoryKind(there), key)
    if (key !== undefined) page.count('removed')
  }
}
