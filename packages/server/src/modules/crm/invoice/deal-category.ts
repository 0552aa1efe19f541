import { describeFields } from '../../../methods/describe.ts'
import { inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { type Call, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { encodeSmallRow, named, sift, smallTable, type SmallRow } from '../../../methods/small-table.ts'
import { administer, hasRow, requireReader } from '../../../records/administration.ts'
import { Failure } from '../../../records/failure.ts'
import { field } from '../../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../../schema/kind.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { deal } from '../deal.ts'
import { changeGeneralPipeline, generalPipeline } from '../general-pipeline.ts'
import { createPipeline, DEFAULT_SORT, removePipeline } from '../pipelines.ts'
import { stageDirectory } from '../stages.ts'

const scope = 'crm'
const style = 'legacy'
const DEAL = 2
const CACHES = ['directories', 'entities', 'roles', 'settings', 'stage-required']
const MAX_NAME = 255

/** api-reference/crm/outdated/category-old/crm-deal-category-fields.md. Pipelines are never locked here. */
const table = smallTable('crm_category', 'Deal pipeline', {
  id: field(integer, 'ID', { readOnly: true }),
  createdDate: field(datetime, 'Created on', { readOnly: true }),
  name: field(string, 'Name', { required: true }),
  isLocked: field(flag, 'Locked', { readOnly: true }),
  sort: field(integer, 'Sorting'),
})

/** The pipelines of `crm.category.*`, all but the general one, which has two methods of its own. */
async function rowsOf(reader: Reader): Promise<SmallRow[]> {
  const rows = await reader.find<{ id: number; name: string; sort: number; created: number }>(
    sql`select id, name, sort, created from crm_category where entity_type_id = ${DEAL} order by sort, id`,
  )
  return rows.map(({ id, name, sort, created }) => ({ id, name, sort, createdDate: created, isLocked: 'N' }))
}

async function find(reader: Reader, id: number): Promise<SmallRow> {
  const found = (await rowsOf(reader)).find((row) => row.id === id)
  if (found === undefined) throw new Failure({ why: 'not-found' })
  return found
}

function given(fields: Map): { name: string | undefined; sort: number | undefined } {
  const { name, sort } = named(table, fields)
  try {
    const text = name === undefined ? undefined : isBlank(name) ? '' : textOf(name).trim()
    if (text === '') throw new Failure({ why: 'required', fields: [table.field('name')] })
    if (text !== undefined && text.length > MAX_NAME) throw new InvalidValue(`at most ${MAX_NAME} characters`)
    return { name: text, sort: sort === undefined || isBlank(sort) ? undefined : Math.max(integerOf(sort), 0) }
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field: table.field('name'), detail: cause.reason })
  }
}

const writing = <T>(body: () => Promise<T>): Promise<T> => inStyle(legacyStyle, 'write', body)
const reading = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(legacyStyle, 'read', async () => {
    await requireReader(call)
    return body()
  })

/** Outdated names of `crm.category.*` for deals (api-reference/crm/outdated/category-old/index.md). */
export default [
  method({
    name: 'crm.dealcategory.fields',
    scope,
    style,
    params: {},
    run: (_none, call) => reading(call, async () => describeFields(table, legacyWire)),
  }),
  method({
    name: 'crm.dealcategory.list',
    scope,
    style,
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: ({ select, filter, order }, call) =>
      reading(call, async () => {
        const rows = sift(table, legacyWire, await rowsOf(call.session), { filter, order }, call)
        const asked = (select ?? []).flatMap((name) => {
          const known = typeof name === 'string' ? legacyWire.find(table, name) : undefined
          return known === undefined ? [] : [known.name]
        })
        const names = asked.length === 0 ? undefined : [...new Set(['id', ...asked])]
        return new Listing(
          rows.map((row) => encodeSmallRow(table, row, legacyWire, call, names)),
          rows.length,
        )
      }),
  }),
  method({
    name: 'crm.dealcategory.get',
    scope,
    style,
    params: { id: need.id },
    run: ({ id }, call) =>
      reading(call, async () => encodeSmallRow(table, await find(call.session, id), legacyWire, call)),
  }),
  method({
    name: 'crm.dealcategory.add',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      writing(() =>
        administer(
          call,
          CACHES,
          async (tx) => {
            const { name, sort = DEFAULT_SORT } = given({ NAME: '', ...fields })
            return createPipeline(call, tx, { entityTypeId: DEAL, name: name ?? '', sort, isDefault: false })
          },
          { entity: deal },
        ),
      ),
  }),
  method({
    name: 'crm.dealcategory.update',
    scope,
    style,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) =>
      writing(() =>
        administer(
          call,
          CACHES,
          async (tx) => {
            const before = await find(tx, id)
            const { name = before.name, sort = before.sort } = given(fields)
            await tx.change(sql`update crm_category set name = ${name}, sort = ${sort} where id = ${id}`)
            return true
          },
          { entity: deal, category: id },
        ),
      ),
  }),
  method({
    name: 'crm.dealcategory.delete',
    scope,
    style,
    params: { id: need.id },
    run: ({ id }, call) =>
      writing(() =>
        administer(
          call,
          CACHES,
          async (tx) => {
            const { name } = await find(tx, id)
            // In the words of the method that has taken its place (crm-category-delete.md).
            if (await hasRow(tx, 'crm_deal', 'category_id', id))
              throw legacyError(`Deals related to the funnel ${String(name)} found`)
            await removePipeline(tx, deal, id)
            return true
          },
          { entity: deal, category: id },
        ),
      ),
  }),
  method({
    name: 'crm.dealcategory.default.get',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      reading(call, async () => {
        const { id, name } = await generalPipeline(call.portal, call.session, DEAL)
        return { ID: id, NAME: name }
      }),
  }),
  method({
    name: 'crm.dealcategory.default.set',
    scope,
    style,
    params: { name: take.text },
    run: ({ name }, call) =>
      writing(() =>
        administer(
          call,
          CACHES,
          async (tx) => {
            const general = await generalPipeline(call.portal, tx, DEAL)
            // The page's own example sends an empty name: the pipeline keeps the one that it has.
            const { name: text = general.name } = isBlank(name) ? {} : given({ NAME: name })
            await changeGeneralPipeline(call.portal, tx, { ...general, name: text })
            return true
          },
          { entity: deal, category: 0 },
        ),
      ),
  }),
  method({
    name: 'crm.dealcategory.status',
    scope,
    style,
    params: { id: take.integer(0) },
    run: ({ id = 0 }, call) => reading(call, async () => stageDirectory(DEAL, id)),
  }),
  method({
    name: 'crm.dealcategory.stage.list',
    scope,
    style,
    params: { id: take.integer(0) },
    run: ({ id = 0 }, call) =>
      reading(call, async () => {
        const stages = await call.portal.directories.statuses(call.session, stageDirectory(DEAL, id))
        return new Listing(
          stages.map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId })),
          stages.length,
        )
      }),
  }),
]
