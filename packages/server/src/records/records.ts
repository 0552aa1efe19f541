import type { Entity, Field } from '../schema/entity.ts'
import { InvalidValue, type Scalar } from '../schema/kind.ts'
import type { Zone } from '../schema/time.ts'
import { type Order, scalarOf, select, type Stored } from '../store/entity-query.ts'
import { entityTable } from '../store/entity-table.ts'
import { and, type Test } from '../store/entity-test.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Transaction } from '../store/store.ts'
import type { Row } from '../store/table.ts'
import type { Action, Reach } from './access.ts'
import { Change, type Draft, emptyDraft, isSaved } from './change.ts'
import { ownFiles, removeChildren, settleRows, writeLinks, writeLists, writeMultifields } from './children.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'
import { recordHistory } from './history.ts'
import { announce } from './outbox.ts'
import { checkNewPeople, checkReferences, type MissingReferences } from './references.ts'
import { requireFilled } from './required.ts'
import { countChange, countRemoval, totalOf } from './totals.ts'

export const PAGE = 50

export interface SaveOptions {
  readonly missing: MissingReferences
  readonly action?: Action
  /** The answer shows the record: changing it takes the right to read it too. */
  readonly shown?: true
  /** Throws where the record, as it is when it is locked, is not what the caller has seen of it. */
  readonly agree?: (before: Stored) => void
}

export interface ListRequest {
  readonly fields: readonly Field[]
  readonly test?: Test | undefined
  readonly order: readonly Order[]
  /** Offset, or -1 for "no total, please". */
  readonly start: number
}

export interface Page {
  readonly rows: readonly Stored[]
  readonly total: number
  readonly next: number | undefined
}

const byId = (entity: Entity, id: number, condition: Test | undefined): Test => {
  const same: Test = { is: 'compare', field: entity.field('id'), op: 'eq', values: [id] }
  return condition === undefined ? same : and([same, condition])
}

/** One record, if it exists and the caller may read it; to others it is as if it didn't exist. */
export async function get(
  context: Context,
  entity: Entity,
  id: number,
  fields: readonly Field[] = entity.fields,
): Promise<Stored> {
  const { test } = await context.portal.access.require(context, entity, 'read')
  const [stored] = await select(context.session, { entity, fields, test: byId(entity, id, test) })
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

/** A record that the caller has just written: they know what is in it, whatever else they may read. */
export async function written(
  { session }: Pick<Context, 'session'>,
  entity: Entity,
  id: number,
  fields: readonly Field[] = entity.fields,
): Promise<Stored> {
  const [stored] = await select(session, { entity, fields, test: byId(entity, id, undefined) })
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

/** A page of at most 50 records, with the total unless `start` is -1. */
export async function list(context: Context, entity: Entity, request: ListRequest): Promise<Page> {
  const reach = await context.portal.access.require(context, entity, 'read')
  const members = [request.test, reach.test].filter((test) => test !== undefined)
  const test = members.length > 1 ? and(members) : members[0]
  const offset = Math.max(request.start, 0)
  const rows = await select(context.session, {
    entity,
    fields: request.fields,
    test,
    order: request.order,
    limit: PAGE,
    offset,
  })
  if (request.start < 0) return { rows, total: 0, next: undefined }
  // A first page that isn't full is the whole answer: nothing needs counting.
  const total = offset === 0 && rows.length < PAGE ? rows.length : await totalOf(context, entity, test)
  return { rows, total, next: offset + PAGE < total ? offset + PAGE : undefined }
}

/** Creates a record: rights, mandatory fields, references, then defaults and rules, all with history and outbox. */
export async function create(context: Context, entity: Entity, draft: Draft, options: SaveOptions): Promise<number> {
  const reach = await context.portal.access.require(context, entity, options.action ?? 'add')
  return saving(context, entity, draft, options, async (tx, changeOf) => {
    const change = changeOf(await tx.nextId(entityTable(entity)), undefined)
    fillDefaults(change)
    await save(change, reach)
    return change.id
  })
}

/** Changes what the draft names; everything else stays. */
export async function update(
  context: Context,
  entity: Entity,
  id: number,
  draft: Draft,
  options: SaveOptions,
): Promise<void> {
  const { access } = context.portal
  const reach = await access.require(context, entity, options.action ?? 'update')
  const shown = options.shown === true ? await access.require(context, entity, 'read') : undefined
  await saving(context, entity, draft, options, async (tx, changeOf) => {
    const change = changeOf(id, await within(tx, entity, id, shown === undefined ? [reach] : [shown, reach]))
    if (change.before !== undefined) options.agree?.(change.before)
    // crm.item.update saves nothing, and tells nobody, if nothing differs (crm-item-update.md).
    if (change.legacy || change.differs()) await save(change, reach)
  })
}

type ChangeOf = (id: number, before: Stored | undefined) => Change

/** Checks what a draft points at, then runs a transaction on it; bytes that no committed row owns are removed again. */
async function saving<T>(
  context: Context,
  entity: Entity,
  draft: Draft,
  options: SaveOptions,
  body: (tx: Transaction, changeOf: ChangeOf) => Promise<T>,
): Promise<T> {
  const { portal, person, now } = context
  const legacy = options.missing === 'clear'
  const imported = options.action === 'import'
  const values = [...draft.values.values(), ...[...draft.lists.values()].flat()]
  const blobs = values.filter(isSaved).map((saved) => saved.blob)
  try {
    await checkReferences(context, entity, draft, options.missing)
    return await context.session.transaction((tx) =>
      body(tx, (id, before) => new Change({ entity, id, before, draft, portal, person, now, tx, legacy, imported })),
    )
  } catch (cause) {
    if (blobs.length > 0) await portal.files.discard(blobs)
    throw cause
  }
}

/**
 * Completes, checks and writes one record with all that belongs to it, its history and its announcement. `reach`: what it
 * becomes must be in it; a write that follows from another has none.
 */
async function save(change: Change, reach?: Reach): Promise<void> {
  const { entity } = change
  const hooks = change.portal.hooks(entity)
  await checkNewPeople(change)
  settleRows(change)
  await hooks.complete?.(change)
  if (reach?.covers((name) => change.value(name)) === false) throw new Failure({ why: 'access-denied' })
  await requireFilled(change)
  await hooks.check?.(change)
  await write(change)
  await hooks.saved?.(change)
  countChange(change)
  await recordHistory(change, change.isNew ? 'add' : 'update')
  await announce(change, change.isNew ? 'ADD' : 'UPDATE')
  await hooks.followed?.(change)
}

/** The record's own row, and the rows of its lists, contact points, links and files. */
async function write(change: Change): Promise<void> {
  const { entity, id, tx } = change
  await ownFiles(change)
  if (change.isNew) tx.insert(entityTable(entity), columnsOf(change, { id }))
  else {
    const sets = Object.entries(columnsOf(change, {})).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
    if (sets.length > 0) await tx.change(sql`update ${sql.table(entity.table)} set ${sql.join(sets)} where id = ${id}`)
  }
  await writeLists(change)
  await writeMultifields(change)
  await writeLinks(change)
}

export async function remove(context: Context, entity: Entity, id: number): Promise<void> {
  const { portal, session, person, now } = context
  const reach = await portal.access.require(context, entity, 'delete')
  await session.transaction(async (tx) => {
    const before = await within(tx, entity, id, [reach])
    await erase(new Change({ entity, id, before, draft: emptyDraft(), portal, person, now, tx, legacy: false }))
  })
}

/** Removes one record with all that belongs to it. */
async function erase(change: Change): Promise<void> {
  const { entity, id, tx } = change
  await removeChildren(change)
  await tx.change(sql`delete from ${sql.table(entity.table)} where id = ${id}`)
  await change.portal.hooks(entity).removed?.(change)
  countRemoval(change)
  await recordHistory(change, 'delete')
  await announce(change, 'DELETE')
}

/** What a write inside another's transaction needs of it: a Change is one. */
export type Within = Pick<Change, 'tx' | 'portal' | 'person' | 'now'>

/**
 * Writes that follow from another write (the deal that a lead turns into, an amount that follows its product rows), in
 * its transaction. They have rules, history and events like any other; rights and references are the caller's business.
 */
export async function createWithin(within: Within, entity: Entity, draft: Draft, legacy = false): Promise<number> {
  const change = changeWithin(within, entity, await within.tx.nextId(entityTable(entity)), undefined, draft, legacy)
  fillDefaults(change)
  await save(change)
  return change.id
}

/** Saves what differs, if anything does. */
export async function updateWithin(within: Within, entity: Entity, id: number, draft: Draft): Promise<void> {
  const change = changeWithin(within, entity, id, await locked(within.tx, entity, id), draft, false)
  if (change.differs()) await save(change)
}

/**
 * Writes a record as another portal has it, under the id that is given: with its own times and authors, and without
 * defaults, rules, automation and announcements, which it has had there. Its history here tells of it as of `within`'s
 * person and time. Answers whether there was anything to write. `isNew`: nobody needs to look whether it is there.
 */
export async function copyWithin(
  within: Within,
  entity: Entity,
  id: number,
  draft: Draft,
  isNew = false,
): Promise<'made' | 'changed' | 'same'> {
  const test = byId(entity, id, undefined)
  const [before] = isNew ? [] : await select(within.tx, { entity, fields: entity.fields, test, lock: true })
  const change = changeWithin(within, entity, id, before, draft, false)
  if (!change.isNew && !change.differs()) return 'same'
  settleRows(change)
  await change.portal.hooks(entity).copied?.(change)
  await write(change)
  countChange(change)
  await recordHistory(change, change.isNew ? 'add' : 'update')
  return change.isNew ? 'made' : 'changed'
}

export async function removeWithin(within: Within, entity: Entity, id: number): Promise<void> {
  await erase(changeWithin(within, entity, id, await locked(within.tx, entity, id), emptyDraft(), false))
}

const changeWithin = (
  { tx, portal, person, now }: Within,
  entity: Entity,
  id: number,
  before: Stored | undefined,
  draft: Draft,
  legacy: boolean,
): Change => new Change({ entity, id, before, draft, portal, person, now, tx, legacy })

/** The record as it is, locked until the transaction ends. */
export async function locked(tx: Transaction, entity: Entity, id: number): Promise<Stored> {
  const [stored] = await select(tx, { entity, fields: entity.fields, test: byId(entity, id, undefined), lock: true })
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

/**
 * Refuses unless the caller may do this to that very record: for what belongs to a record and has its rights (product
 * rows, activities, comments). `reader` is the transaction where there is one.
 */
export async function requireRecord(
  context: Context,
  reader: Reader,
  entity: Entity,
  id: number,
  action: Action,
): Promise<void> {
  const { test } = await context.portal.access.require(context, entity, action, reader)
  const own = entity.field('id')
  const [stored] = await select(reader, { entity, fields: [own], test: byId(entity, id, undefined) })
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  if (test === undefined) return
  const [allowed] = await select(reader, { entity, fields: [own], test: byId(entity, id, test) })
  if (allowed === undefined) throw new Failure({ why: 'access-denied' })
}

/** The record as it is, locked; refuses one that exists but isn't the caller's to change. */
async function within(tx: Transaction, entity: Entity, id: number, reaches: readonly Reach[]): Promise<Stored> {
  const stored = await locked(tx, entity, id)
  const value = (name: string): Scalar => scalarOf(stored, entity.field(name))
  if (!reaches.every((reach) => reach.covers(value))) throw new Failure({ why: 'access-denied' })
  return stored
}

/** Defaults of user fields that the request doesn't name; system fields have theirs in the entity's hooks. */
function fillDefaults(change: Change): void {
  const { draft, portal } = change
  for (const field of change.entity.fields) {
    if (field.initial === undefined || draft.values.has(field.name) || draft.lists.has(field.name)) continue
    const values = field.initial(change.now).flatMap((input) => defaultOf(field, input, portal.zone))
    if (field.place.in === 'values') draft.lists.set(field.name, values)
    else if (values.length > 0) draft.values.set(field.name, values[0] ?? null)
  }
}

/** None where the settings have changed so that their own default isn't allowed any more. */
function defaultOf(field: Field, input: unknown, zone: Zone): Scalar[] {
  try {
    const value = field.kind.decode(input, field, { zone })
    return value === null || value === '' || typeof value === 'object' ? [] : [value]
  } catch (cause) {
    if (cause instanceof InvalidValue) return []
    throw cause
  }
}

/** The columns that a change writes, with the values as stored. */
function columnsOf(change: Change, row: Record<string, Scalar>): Row {
  for (const [name, value] of change.draft.values) {
    const { place } = change.entity.field(name)
    if (place.in !== 'column' || isSaved(value) || name === 'id') continue
    if (change.isNew || value !== change.old(name)) row[place.column] = value
  }
  return row
}
