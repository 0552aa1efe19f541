import type { Action } from '../../../records/access.ts'
import type { Draft } from '../../../records/change.ts'
import { emptyDraft } from '../../../records/change.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { locked, requireRecord } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import type { Reader, Transaction } from '../../../store/store.ts'

/** Deals and invoices alone have payments and deliveries (api-reference/crm/universal/payment/index.md). */
export const isPayable = (entityTypeId: number): boolean => entityTypeId === 2 || entityTypeId === 31

/** A record as it is read here: its fields by name. */
export type Values = Readonly<Record<string, Scalar>>

export const valuesOf = (entity: Entity, stored: Stored): Values =>
  Object.fromEntries(entity.columns.map((field) => [field.name, scalarOf(stored, field)]))

export const draftOf = (values: Values): Draft => {
  const draft = emptyDraft()
  for (const [name, value] of Object.entries(values)) draft.values.set(name, value)
  return draft
}

/** Records of an entity whose field has this value, by id. */
export async function where(reader: Reader, entity: Entity, name: string, value: Scalar): Promise<Values[]> {
  const rows = await select(reader, {
    entity,
    fields: entity.fields,
    test: { is: 'compare', field: entity.field(name), op: 'eq', values: [value] },
    order: [{ field: entity.field('id'), direction: 'ASC' }],
  })
  return rows.map((row) => valuesOf(entity, row))
}

export async function find(reader: Reader, entity: Entity, id: number): Promise<Values> {
  const [found] = await where(reader, entity, 'id', id)
  if (found === undefined) throw new Failure({ why: 'not-found' })
  return found
}

/** The item, if the caller may do this to it. */
export async function requireOwner(context: Context, typeId: number, id: number, action: Action): Promise<Entity> {
  const entity = await context.portal.entities.find(context.session, typeId)
  if (entity === undefined) throw new Failure({ why: 'not-found' })
  await requireRecord(context, context.session, entity, id, action)
  return entity
}

/** A payment or a delivery, if the caller may do this to the item that it belongs to. */
export async function requireOwned(context: Context, entity: Entity, id: number, action: Action): Promise<Values> {
  const found = await find(context.session, entity, id)
  await requireOwner(context, Number(found.ownerTypeId), Number(found.ownerId), action)
  return found
}

/** Something of an item that is changed, with the item held: none of it goes in the meantime. */
export interface Held {
  readonly tx: Transaction
  readonly portal: Context['portal']
  readonly person: Context['person']
  readonly now: number
  readonly owner: Values
}

/** Holds the item and does something to what it has: so that changes of one item's payments follow one another. */
export async function holding<T>(
  context: Context,
  ownerTypeId: number,
  ownerId: number,
  body: (held: Held) => Promise<T>,
): Promise<T> {
  const { portal, person, now } = context
  const entity = await requireOwner(context, ownerTypeId, ownerId, 'update')
  return context.session.transaction(async (tx) => {
    const owner = valuesOf(entity, await locked(tx, entity, ownerId))
    return body({ tx, portal, person, now, owner: { ...owner, entityTypeId: ownerTypeId } })
  })
}

/** The same for a payment of the item, as it is once the item is held. */
export async function holdingPayment<T>(
  context: Context,
  paymentEntity: Entity,
  id: number,
  body: (held: Held, payment: Values) => Promise<T>,
): Promise<T> {
  const { ownerTypeId, ownerId } = await find(context.session, paymentEntity, id)
  return holding(context, Number(ownerTypeId), Number(ownerId), async (held) => {
    const now = await find(held.tx, paymentEntity, id)
    // It went over to another item while this one was waited for.
    if (now.ownerTypeId !== ownerTypeId || now.ownerId !== ownerId) throw new Failure({ why: 'not-found' })
    return body(held, now)
  })
}

/** The same for a line of a payment, a product's or a delivery's. */
export async function holdingLine<T>(
  context: Context,
  entities: { readonly payment: Entity; readonly line: Entity },
  id: number,
  body: (held: Held, line: Values) => Promise<T>,
): Promise<T> {
  const { paymentId } = await find(context.session, entities.line, id)
  return holdingPayment(context, entities.payment, Number(paymentId), async (held) =>
    body(held, await find(held.tx, entities.line, id)),
  )
}
