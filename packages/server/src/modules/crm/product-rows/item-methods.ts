import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { describeField } from '../../../methods/describe.ts'
import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, type Map as Given, mapOf, method, need, take } from '../../../methods/method.ts'
import * as records from '../../../records/records.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { holdsOn, itemWire } from '../../../schema/wire.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { heldOfRows } from '../payment/held.ts'
import { readRow } from './given.ts'
import { idOf, type Owner, requireOwner } from './owner.ts'
import { productRow, type Row, rowOf } from './row.ts'
import { addRow, changeRow, removeRow, replaceRows } from './rows.ts'
import { findRow, rowsById, rowsOf } from './stored-rows.ts'

const scope = 'crm'
const style = itemStyle
const shownFields = productRow.columns.filter((field) => itemWire.key(field) !== undefined)

/** camelCase rows of numbers; without warehouses there is no `storeId`. */
export function itemRow(row: Row, call: Call): Record<string, unknown> {
  return Object.fromEntries(
    shownFields.map((field) => [
      field.name,
      itemWire.value((row[field.name as keyof Row] ?? null) as Scalar, field, call.encode),
    ]),
  )
}

async function existing(call: Call, id: number, action: 'read' | 'update'): Promise<{ row: Row; owner: Owner }> {
  const row = await findRow(call.session, id)
  if (row === undefined) throw style.notFound()
  return { row, owner: await requireOwner(call, call.session, row.ownerType, row.ownerId, action) }
}

/** Writes under the owner's lock, so that its amount and its rows never part. */
const writing = <T>(call: Call, owner: Owner, body: (within: records.Within) => Promise<T>): Promise<T> =>
  call.session.transaction(async (tx) => {
    await records.locked(tx, owner.entity, owner.id)
    return body({ ...call, tx })
  })

const shown = async (call: Call, id: number): Promise<{ productRow: object }> => {
  const row = await findRow(call.session, id)
  if (row === undefined) throw style.notFound()
  return { productRow: itemRow(row, call) }
}

/** Lists are of one item: its type and id must be there (crm-item-productrow-list.md). */
async function listed(call: Call, filter: unknown): Promise<Owner> {
  const given = isMap(filter) ? filter : {}
  const value = (name: string): unknown => given[`=${name}`] ?? given[name]
  const [type, id] = [value('ownerType'), idOf(value('ownerId'))]
  if (typeof type !== 'string' || type === '' || id === undefined)
    throw new ApiError('INVALID_ARG_VALUE', 400, 'The filter must name ownerType and ownerId')
  return requireOwner(call, call.session, type, id, 'read')
}

/** The rows of that item among which the rest of the filter chooses, whatever logic that has of its own. */
function among(call: Call, owner: Owner, filter: Given): Test {
  const { '=ownerType': _strict, ownerType: _loose, ...rest } = filter
  const own = [
    { is: 'compare', field: productRow.field('ownerType'), op: 'eq', values: [owner.type] },
    { is: 'compare', field: productRow.field('ownerId'), op: 'eq', values: [owner.id] },
  ] as const
  const asked = readFilter(productRow, itemWire, rest, { zone: call.portal.zone })
  return and(asked === undefined ? own : [...own, asked])
}

/** "Unknown field or the provided field is not available for update" (crm-item-productrow-update.md). */
function checkWritable(fields: Given): void {
  for (const key of Object.keys(fields)) {
    const field = itemWire.find(productRow, key)
    if (field === undefined || holdsOn(itemWire, field.readOnly) || holdsOn(itemWire, field.immutable))
      throw new ApiError('INVALID_ARG_VALUE', 400, `Field '${key}' is unknown or not available for update`)
  }
}

export const itemMethods = [
  method({
    name: 'crm.item.productrow.fields',
    scope,
    params: {},
    run: () => ({
      fields: Object.fromEntries(
        productRow.fields
          .filter((field) => field.undescribed !== true)
          .map((field) => {
            const { settings: _settings, upperName: _upperName, ...described } = describeField(field, itemWire)
            return [field.name, described]
          }),
      ),
    }),
  }),
  method({
    name: 'crm.item.productrow.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(style, 'write', async () => {
        const missing = ['ownerId', 'ownerType'].find((name) => fields[name] === undefined || fields[name] === null)
        if (missing !== undefined) throw new ApiError('100', 400, `Could not find value for parameter {${missing}}`)
        const owner = await requireOwner(call, call.session, fields.ownerType, fields.ownerId, 'update')
        const said = readRow(fields, itemWire, call.portal.zone)
        return shown(call, await writing(call, owner, (within) => addRow(within, owner, said)))
      }),
  }),
  method({
    name: 'crm.item.productrow.update',
    scope,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(style, 'write', async () => {
        const { owner } = await existing(call, id, 'update')
        checkWritable(fields)
        const said = readRow(fields, itemWire, call.portal.zone)
        await writing(call, owner, async (within) => {
          const row = await findRow(within.tx, id)
          if (row === undefined) throw style.notFound()
          await changeRow(within, owner, row, said)
        })
        return shown(call, id)
      }),
  }),
  method({
    name: 'crm.item.productrow.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(style, 'read', async () => {
        await existing(call, id, 'read')
        return shown(call, id)
      }),
  }),
  method({
    name: 'crm.item.productrow.list',
    scope,
    params: { filter: take.any, order: take.any, start: take.start },
    run: ({ filter, order, start }, call) =>
      inStyle(style, 'write', async () => {
        const owner = await listed(call, filter)
        const page = await records.list(call, productRow, {
          fields: productRow.columns,
          test: among(call, owner, filter as Given),
          order: readOrder(productRow, itemWire, order),
          start,
        })
        const productRows = page.rows.map((stored) => itemRow(rowOf(stored), call))
        return new Listing({ productRows }, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.item.productrow.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(style, 'write', async () => {
        const { owner } = await existing(call, id, 'update')
        await writing(call, owner, (within) => removeRow(within, owner, id))
        return null
      }),
  }),
  method({
    name: 'crm.item.productrow.set',
    scope,
    params: { ownerId: need.integer, ownerType: need.text, productRows: need.map },
    run: ({ ownerId, ownerType, productRows }, call) =>
      inStyle(style, 'write', async () => {
        const owner = await requireOwner(call, call.session, ownerType, ownerId, 'update')
        const said = Object.values(productRows).map((each) => {
          if (typeof each !== 'object' || each === null) throw style.parameter('productRows', 'list', false)
          return readRow(mapOf(each), itemWire, call.portal.zone)
        })
        const ids = await writing(call, owner, (within) => replaceRows(within, owner, said))
        const rows = await rowsById(call.session, ids)
        return {
          productRows: ids
            .flatMap((id) => [rows.get(id)].filter((row) => row !== undefined))
            .map((row) => itemRow(row, call)),
        }
      }),
  }),
  method({
    name: 'crm.item.productrow.getAvailableForPayment',
    scope,
    params: { ownerId: need.integer, ownerType: need.text },
    run: ({ ownerId, ownerType }, call) =>
      inStyle(style, 'write', async () => {
        const owner = await requireOwner(call, call.session, ownerType, ownerId, 'read')
        const rows = await rowsOf(call.session, owner)
        const held = await heldOfRows(
          call.session,
          rows.map(({ id }) => id),
        )
        const productRows = rows
          .map((row) => ({ ...row, quantity: row.quantity - Number(held.get(row.id) ?? 0n) }))
          .filter(({ quantity }) => quantity > 0)
          .map((row) => itemRow(row, call))
        return { productRows }
      }),
  }),
]
