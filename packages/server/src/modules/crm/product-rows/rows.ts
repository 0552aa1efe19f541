import type { Scalar } from '../../../schema/kind.ts'
import { recordChanges } from '../../../records/history.ts'
import type { Within } from '../../../records/records.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import { followRows } from '../payment/row-changes.ts'
import { measures, productsOf } from './catalogue.ts'
import { completed, type Said } from './given.ts'
import { account, moneyOf } from './money.ts'
import type { Owner } from './owner.ts'
import { columns, productRow, type Row } from './row.ts'
import { settle } from './settle.ts'
import { rowsOf } from './stored-rows.ts'

const table = entityTable(productRow)
const columnOf = new Map(columns.map((field) => [field.name, productRow.columnOf(field.name)]))

/** Makes an item's rows these, in the order given: a row with the id of one of them changes that, others are new. */
export async function replaceRows(within: Within, owner: Owner, wanted: readonly Said[]): Promise<number[]> {
  const before = await rowsOf(within.tx, owner)
  const known = new Map(before.map((row) => [row.id, row]))
  const kept = new Set<number>()
  const rows = wanted.map((said) => {
    const id = Number(said.get('id') ?? 0)
    const old = kept.has(id) ? undefined : known.get(id)
    if (old !== undefined) kept.add(id)
    return { said, old }
  })
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  const made = await complete(within, owner, rows)
  if (gone.length > 0) await erase(within, gone)
  const ids: number[] = []
  for (const [index, row] of made.entries()) ids.push(await write(within, owner, row, rows[index]?.old))
  await settled(within, owner, before)
  return ids
}

export async function addRow(within: Within, owner: Owner, said: Said): Promise<number> {
  const before = await rowsOf(within.tx, owner)
  const [row] = await complete(within, owner, [{ said, old: undefined }])
  const id = row === undefined ? 0 : await write(within, owner, row, undefined)
  await settled(within, owner, before)
  return id
}

export async function changeRow(within: Within, owner: Owner, old: Row, said: Said): Promise<void> {
  const before = await rowsOf(within.tx, owner)
  // What is so already is not asked for: "percent" again needs no rate again.
  const asked = new Map([...said].filter(([name, value]) => value !== old[name as keyof Row]))
  const [row] = await complete(within, owner, [{ said: asked, old }])
  if (row !== undefined) await write(within, owner, row, old)
  await settled(within, owner, before)
}

export async function removeRow(within: Within, owner: Owner, id: number): Promise<void> {
  const before = await rowsOf(within.tx, owner)
  await erase(within, [id])
  await settled(within, owner, before)
}

/** Copies of an item's rows for another one: of a lead's for its deal, of a template's for what is made of it. */
export async function copyRows(within: Within, from: Pick<Owner, 'type' | 'id'>, to: Owner): Promise<void> {
  const rows = await rowsOf(within.tx, from)
  if (rows.length === 0) return
  const before = await rowsOf(within.tx, to)
  const money = await moneyOf(within.tx, to)
  for (const row of rows)
    await write(within, to, { ...row, priceAccount: Number(money.account(BigInt(row.price))) }, undefined)
  await settled(within, to, before)
}

/** All rows of an item become another one's of its kind. */
export async function moveRows(within: Within, from: number, to: Owner): Promise<void> {
  const { tx } = within
  if ((await rowsOf(tx, { type: to.type, id: from })).length === 0) return
  const before = await rowsOf(tx, to)
  await tx.change(
    sql`update crm_product_row set owner_id = ${to.id} where owner_type = ${to.type} and owner_id = ${from}`,
  )
  await account(tx, to)
  await settled(within, to, before)
}

/** Rows of an item that goes. */
export async function removeRowsOf(within: Pick<Within, 'tx'>, owner: Pick<Owner, 'type' | 'id'>): Promise<void> {
  const rows = await rowsOf(within.tx, owner)
  if (rows.length > 0)
    await erase(
      within,
      rows.map(({ id }) => id),
    )
}

type Completed = ReturnType<typeof completed>

async function complete(
  { tx }: Pick<Within, 'tx'>,
  owner: Owner,
  rows: readonly { readonly said: Said; readonly old: Row | undefined }[],
): Promise<Completed[]> {
  const products = await productsOf(
    tx,
    rows.map(({ said, old }) => Number(said.get('productId') ?? old?.productId ?? 0)),
  )
  const known = await measures(tx)
  const money = await moneyOf(tx, owner)
  return rows.map(({ said, old }) =>
    completed(said, {
      product: products.get(Number(said.get('productId') ?? old?.productId ?? 0)),
      money,
      measures: known,
      before: old,
    }),
  )
}

async function write({ tx }: Pick<Within, 'tx'>, owner: Owner, row: Completed, old: Row | undefined): Promise<number> {
  const id = old?.id ?? (await tx.nextId(table))
  const values: Readonly<Record<string, Scalar>> = {
    ...row,
    id,
    ownerId: owner.id,
    ownerType: owner.type,
    productName: row.productName === '' ? `[${id}]` : row.productName,
  }
  const stored = Object.fromEntries([...columnOf].map(([name, column]) => [column, values[name] ?? null]))
  if (old === undefined) {
    tx.insert(table, stored)
    tx.count(table.name, 1)
    return id
  }
  const sets = Object.entries(stored).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await tx.change(sql`update crm_product_row set ${sql.join(sets)} where id = ${id}`)
  return id
}

async function erase({ tx }: Pick<Within, 'tx'>, ids: readonly number[]): Promise<void> {
  await tx.change(sql`delete from crm_product_row where id in (${sql.join(ids)})`)
  tx.count(table.name, -ids.length)
}

const told = ({ productName, price, quantity }: Row): unknown => ({
  productName,
  price: price / 10_000,
  quantity: quantity / 10_000,
})

/** The owner's amount, its history and its payments follow its rows. */
async function settled(within: Within, owner: Owner, before: readonly Row[]): Promise<void> {
  const after = await rowsOf(within.tx, owner)
  if (JSON.stringify(before) === JSON.stringify(after)) return
  await recordChanges(within, owner.entity, owner.id, { productRows: [before.map(told), after.map(told)] })
  await followRows(within, before, after)
  await settle(within, owner)
}
