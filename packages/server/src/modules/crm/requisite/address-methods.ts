import { crud } from '../../../methods/crud.ts'
import { readDraft } from '../../../methods/draft.ts'
import { inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { type Call, type Map, method, type Method, need } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import { locked, requireRecord } from '../../../records/records.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { entityTable } from '../../../store/entity-table.ts'
import type { Transaction } from '../../../store/store.ts'
import { enumerations } from '../defaults/enumerations.ts'
import { address } from './address.ts'
import { showAddress } from './address-mirror.ts'
import {
  type AddressKey,
  type AddressRow,
  type AddressTexts,
  addressTexts,
  findAddress,
  findLocation,
  insertAddress,
  removeAddress,
  rewriteAddress,
} from './address-rows.ts'
import { idIn, notDefined } from './given.ts'
import {
  type Anchor,
  clientOf,
  COMPANY,
  CONTACT,
  findRequisite,
  LEAD,
  requireAnchor,
  shownAddresses,
} from './rights.ts'

const scope = 'crm'
const style = 'legacy'
const REQUISITE = 8

const notFound = () => legacyError('TypeAddress not found.')

function keyIn(fields: Map): AddressKey {
  const types = enumerations.addresstype.map(({ id }) => id)
  return {
    typeId: idIn(fields, 'TYPE_ID', types),
    // "For backward compatibility, the ability to link Addresses with Contacts or Companies is retained."
    entityTypeId: idIn(fields, 'ENTITY_TYPE_ID', [LEAD, CONTACT, COMPANY, REQUISITE]),
    entityId: idIn(fields, 'ENTITY_ID'),
  }
}

/** The lead, contact or company to which the address belongs, if the caller may do this to it. */
async function anchorFor(call: Call, { entityTypeId, entityId }: AddressKey, action: Action): Promise<Anchor> {
  let anchor = { typeId: entityTypeId, id: entityId }
  if (entityTypeId === REQUISITE) {
    const requisite = await findRequisite(call.session, entityId)
    if (requisite === undefined) throw notDefined('ENTITY_ID')
    anchor = clientOf(requisite)
  }
  try {
    await requireAnchor(call, anchor, action)
  } catch (cause) {
    throw cause instanceof Failure ? cause : notDefined('ENTITY_ID')
  }
  return anchor
}

/** Holds the record and makes sure that its requisite is still there. */
async function hold(call: Call, tx: Transaction, anchor: Anchor, key: AddressKey): Promise<void> {
  await locked(tx, await call.portal.entities.get(tx, anchor.typeId), anchor.id)
  if (key.entityTypeId === REQUISITE && (await findRequisite(tx, key.entityId)) === undefined)
    throw notDefined('ENTITY_ID')
}

/** The location whose texts are to be copied: that of another address that the caller may read. */
async function copied(call: Call, id: number): Promise<AddressRow | undefined> {
  const row = await findLocation(call.session, id)
  if (row === undefined) return undefined
  const entity = await call.portal.entities.get(call.session, row.anchor_type_id)
  try {
    await requireRecord(call, call.session, entity, row.anchor_id, 'read')
    return row
  } catch (cause) {
    if (cause instanceof Failure) return undefined
    throw cause
  }
}

/**
 * What the request says of the address. "If no values are specified for the string address fields, they will be filled
 * from the location address."
 */
async function textsIn(call: Call, fields: Map, isNew: boolean): Promise<Partial<AddressTexts>> {
  const entity = await call.portal.entities.get(call.session, address.entityTypeId)
  const { values } = await readDraft(call, entity, legacyWire, fields, { isNew, strict: false })
  const given: Record<string, string | null> = {}
  for (const column of addressTexts) {
    const { name } = entity.columns.find(({ place }) => place.in === 'column' && place.column === column) ?? {}
    const value = name === undefined ? undefined : values.get(name)
    if (value !== undefined) given[column] = value === null ? null : String(value)
  }
  const location = Number(values.get('id') ?? 0)
  if (location <= 0 || Object.values(given).some(Boolean)) return given
  const source = await copied(call, location)
  return source === undefined ? given : Object.fromEntries(addressTexts.map((column) => [column, source[column]]))
}

const nothing = Object.fromEntries(addressTexts.map((column) => [column, null])) as unknown as AddressTexts

/** The texts of an address after a change. */
const together = (before: AddressTexts, given: Partial<AddressTexts>): AddressTexts =>
  Object.fromEntries(
    addressTexts.map((column) => [column, given[column] ?? (column in given ? null : before[column])]),
  ) as AddressTexts

/** An address and what it belongs to, held until the end of the transaction. */
interface Held {
  readonly within: Call & { readonly tx: Transaction }
  readonly key: AddressKey
  readonly anchor: Anchor
  /** As it is, if it is there. */
  readonly known: AddressRow | undefined
}

/** A method that writes the address whose key is in its fields: `read` takes the rest of them, `write` writes. */
const changing = <T>(
  action: 'add' | 'update' | 'delete',
  read: (call: Call, fields: Map) => Promise<T>,
  write: (held: Held, given: T) => Promise<void>,
): Method =>
  method({
    name: `crm.address.${action}`,
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(legacyStyle, 'write', async () => {
        const key = keyIn(fields)
        const anchor = await anchorFor(call, key, action)
        const given = await read(call, fields)
        await call.session.transaction(async (tx) => {
          const within = { ...call, tx }
          await hold(call, tx, anchor, key)
          await write({ within, key, anchor, known: await findAddress(tx, key) }, given)
          await showAddress(within, anchor, key.typeId)
        })
        return true
      }),
  })

/** api-reference/crm/requisites/addresses/index.md. */
export default [
  ...crud('crm.address', address.entityTypeId, { verbs: ['list', 'fields'], shown: shownAddresses, plainRows: true }),
  changing(
    'add',
    (call, fields) => textsIn(call, fields, true),
    async ({ within, key, anchor, known }, given) => {
      if (known !== undefined) throw legacyError('TypeAddress exists.')
      await insertAddress(within, {
        id: await within.tx.nextId(entityTable(address)),
        type_id: key.typeId,
        entity_type_id: key.entityTypeId,
        entity_id: key.entityId,
        anchor_type_id: anchor.typeId,
        anchor_id: anchor.id,
        ...together(nothing, given),
      })
    },
  ),
  changing(
    'update',
    (call, fields) => textsIn(call, fields, false),
    async ({ within, known }, given) => {
      if (known === undefined) throw notFound()
      await rewriteAddress(within, known.id, together(known, given))
    },
  ),
  changing(
    'delete',
    async () => {},
    async ({ within, known }) => {
      if (known === undefined) throw notFound()
      await removeAddress(within, known)
    },
  ),
]
