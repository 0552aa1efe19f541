import { type Binding, bindingsOf } from '../../records/bindings.ts'
import { emptyDraft, type Draft, type LinkOrder } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import { locked, requireRecord, updateWithin } from '../../records/records.ts'
import { type Entity, field as declare, type Field } from '../../schema/entity.ts'
import { nameOfEntityType } from '../../schema/entity-types.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { legacyWire } from '../../schema/wire.ts'
import { select, scalarOf, type Stored } from '../../store/entity-query.ts'
import { and, type Test } from '../../store/entity-test.ts'
import type { Transaction } from '../../store/store.ts'
import { describeFields } from '../describe.ts'
import { ApiError, inStyle, legacyError, legacyStyle } from '../errors.ts'
import { asSet, integerIn, isSame, readLink, readLinks, type Wanted, withLinks, withoutLink } from './link-lists.ts'
import { type Call, type Map, method, type Method, take } from '../method.ts'
import { smallTable } from '../small-table.ts'

/** How a family's pages differ from those of crm.quote.contact.*. */
export interface LinkWords {
  /** For who may do this to some records, but not to this one. */
  readonly denied?: ApiError
  /** For who may do it to none, where the pages tell the two apart. */
  readonly deniedAll?: { readonly denied: ApiError; readonly deniedOnClear: ApiError }
  readonly notFound?: ApiError
  /** For items.delete alone. */
  readonly notFoundOnClear?: ApiError
  /** Whether items.get and items.delete know that a record isn't there; the others find nothing to show or to remove. */
  readonly missesRecords?: boolean
  /** What `delete` calls its parameter `fields` in errors. */
  readonly deleted?: 'item' | 'fields'
  /** Whether items.set keeps the SORT of links that stay, and counts up from the highest for the others. */
  readonly keepsSort?: boolean
}

const ownerInvalid = (): ApiError => legacyError("The parameter 'ownerEntityID' is invalid or not defined.")
const ownerOfItemsInvalid = (): ApiError => legacyError('The parameter ownerEntityID is invalid or not defined.')
const fieldsInvalid = (): ApiError => legacyError("The parameter 'fields' is not valid.")

/** The id of the record whose links they are. */
function ownerId(input: unknown, invalid: () => ApiError): number {
  const id = integerIn(input) ?? 0
  if (id <= 0) throw invalid()
  return id
}

/** What saves such a list; the owner's flag of a returning customer stays as it is (leads/management-communication/index.md). */
function draftOf(entity: Entity, field: Field, links: readonly Binding[], before: Stored): Draft {
  const draft = emptyDraft()
  const sorted = links.toSorted((a, b) => a.sort - b.sort)
  draft.links.set(
    field.name,
    sorted.map(({ id }) => id),
  )
  draft.orders.set(
    field.name,
    new Map(sorted.map(({ id, sort, primary }): [number, LinkOrder] => [id, { sort, primary }])),
  )
  if (field.place.in === 'links' && field.place.primary !== undefined)
    draft.values.set(field.place.primary, sorted.find(({ primary }) => primary)?.id ?? null)
  const repeat = entity.byName.get('isReturnCustomer')
  if (repeat !== undefined) draft.values.set(repeat.name, scalarOf(before, repeat))
  return draft
}

/** Which of these records exist; throws where the caller may not see one of them. */
async function visible(call: Call, tx: Transaction, target: Entity, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const own = target.field('id')
  const named: Test = { is: 'compare', field: own, op: 'in', values: ids }
  const find = async (test: Test): Promise<number[]> =>
    (await select(tx, { entity: target, fields: [own], test })).map((stored) => Number(scalarOf(stored, own)))
  const existing = await find(named)
  const { access } = call.portal
  const { test } = await access.reach(call, target, 'read', tx)
  if (test !== undefined) {
    const seen = new Set(await find(and([named, test])))
    const hidden = existing.find((id) => !seen.has(id))
    if (hidden !== undefined)
      throw legacyError(`[${target.title} #${hidden}] You do not have permission to view this item`)
  }
  return new Set(existing)
}

/**
 * `crm.lead.contact.{add,delete,fields}` and `.items.{get,set,delete}`, and their siblings: the records that one field of
 * links holds, with their order and the primary one (api-reference/crm/quote/contacts/index.md). What they change is a
 * change of the owner like any other, with its rights, history and event.
 */
export function links(prefix: string, owner: Entity, fieldName: string, words: LinkWords = {}): Method[] {
  const declared = owner.field(fieldName)
  const targetId = declared.kind.target ?? 0
  const name = nameOfEntityType(targetId)
  const key = `${name}_ID`
  const family = `${prefix}.${name.toLowerCase()}`
  const {
    denied = new ApiError('ACCESS_DENIED', 400, 'Access denied!'),
    notFound = legacyError('Not found.'),
    notFoundOnClear = notFound,
    missesRecords = true,
    deleted = 'item',
    keepsSort = false,
  } = words
  const style = { ...legacyStyle, accessDenied: () => denied, notFound: () => notFound }
  const common = { scope: 'crm', style: 'legacy' } as const
  const description = smallTable(family, 'Link', {
    sort: declare(integer, 'Sorting', { legacy: 'SORT' }),
    isPrimary: declare(flag, 'Primary', { legacy: 'IS_PRIMARY' }),
    to: declare(integer, `${name[0]}${name.slice(1).toLowerCase()}`, { legacy: key, required: true }),
  })

  /** The owner's entity as it is now; refuses who may do this to no record at all. */
  const entityFor = async (call: Call, action: 'read' | 'update', isClearing = false): Promise<Entity> => {
    const entity = await call.portal.entities.get(call.session, owner.entityTypeId)
    if (words.deniedAll !== undefined && (await call.portal.access.reach(call, entity, action)).none)
      throw isClearing ? words.deniedAll.deniedOnClear : words.deniedAll.denied
    return entity
  }

  /** Puts another list in the place of the one that is there; false where nothing changes. */
  const rewrite = async (
    call: Call,
    entity: Entity,
    id: number,
    {
      named = [],
      make,
    }: { named?: readonly Wanted[]; make: (known: readonly Binding[], named: Wanted[]) => Binding[] },
  ): Promise<boolean> => {
    const { portal, person, now, session } = call
    const field = entity.field(fieldName)
    const target = await portal.entities.get(session, targetId)
    await portal.access.require(call, entity, 'update')
    return session.transaction(async (tx) => {
      const before = await locked(tx, entity, id)
      await requireRecord(call, tx, entity, id, 'update')
      const known = await bindingsOf(tx, entity, field, id)
      const was = new Set(known.map((each) => each.id))
      const added = named.map((each) => each.id).filter((each) => !was.has(each))
      const existing = await visible(call, tx, target, added)
      // A link to nothing is left out, as UPPER_CASE methods do with any.
      const wanted = make(
        known,
        named.filter((each) => was.has(each.id) || existing.has(each.id)),
      )
      const stays = new Set(wanted.map((each) => each.id))
      await visible(
        call,
        tx,
        target,
        [...was].filter((each) => !stays.has(each)),
      )
      if (isSame(known, wanted)) return false
      await updateWithin({ tx, portal, person, now }, entity, id, draftOf(entity, field, wanted, before))
      return true
    })
  }

  return [
    method({
      ...common,
      name: `${family}.add`,
      params: { id: take.any, fields: take.any },
      run: ({ id, fields }, call) =>
        inStyle(style, 'write', async () => {
          const own = ownerId(id, ownerInvalid)
          if (typeof fields !== 'object' || fields === null) throw legacyError("The parameter 'fields' must be array.")
          const link = readLink(fields, key)
          if (link === undefined) throw fieldsInvalid()
          return rewrite(call, await entityFor(call, 'update'), own, { named: [link], make: withLinks })
        }),
    }),
    method({
      ...common,
      name: `${family}.delete`,
      params: { id: take.any, fields: take.any },
      run: ({ id, fields }, call) =>
        inStyle(style, 'write', async () => {
          const own = ownerId(id, ownerInvalid)
          if (typeof fields !== 'object' || fields === null)
            throw legacyError(`The parameter '${deleted}' must be array.`)
          const link = readLink(fields, key)
          if (link === undefined) throw fieldsInvalid()
          return rewrite(call, await entityFor(call, 'update'), own, { make: (known) => withoutLink(known, link.id) })
        }),
    }),
    method({
      ...common,
      name: `${family}.fields`,
      params: {},
      run: () => describeFields(description, legacyWire),
    }),
    method({
      ...common,
      name: `${family}.items.get`,
      params: { id: take.any },
      run: ({ id }, call) =>
        inStyle(style, 'read', async (): Promise<Map[]> => {
          const own = ownerId(id, ownerOfItemsInvalid)
          const entity = await entityFor(call, 'read')
          try {
            await requireRecord(call, call.session, entity, own, 'read')
          } catch (cause) {
            if (!missesRecords && cause instanceof Failure && cause.reason.why === 'not-found') return []
            throw cause
          }
          const found = await bindingsOf(call.session, entity, entity.field(fieldName), own)
          return found.map((link) => ({
            [key]: link.id,
            SORT: link.sort,
            ROLE_ID: 0,
            IS_PRIMARY: link.primary ? 'Y' : 'N',
          }))
        }),
    }),
    method({
      ...common,
      name: `${family}.items.set`,
      params: { id: take.any, items: take.any },
      run: ({ id, items }, call) =>
        inStyle(style, 'write', async () => {
          const own = ownerId(id, ownerOfItemsInvalid)
          await rewrite(call, await entityFor(call, 'update'), own, {
            named: readLinks(items, key),
            make: (known, named) => asSet(known, named, keepsSort),
          })
          return true
        }),
    }),
    method({
      ...common,
      name: `${family}.items.delete`,
      params: { id: take.any },
      run: ({ id }, call) =>
        inStyle({ ...style, notFound: () => notFoundOnClear }, 'write', async () => {
          const own = ownerId(id, ownerOfItemsInvalid)
          const entity = await entityFor(call, 'update', true)
          try {
            await rewrite(call, entity, own, { make: () => [] })
          } catch (cause) {
            if (missesRecords || !(cause instanceof Failure) || cause.reason.why !== 'not-found') throw cause
          }
          return true
        }),
    }),
  ]
}
