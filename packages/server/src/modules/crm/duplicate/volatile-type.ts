import { ApiError, type ErrorStyle, inStyle, itemStyle } from '../../../methods/errors.ts'
import { type Call, method, need, take } from '../../../methods/method.ts'
import { administer } from '../../../records/administration.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { duplicateTypes } from './find-by-communication.ts'
import { comparableFields, REGISTERED, type RegisteredField, registeredFields } from './registered-fields.ts'
import { registeredField } from './tables.ts'
import { FILL_INDEX } from './values.ts'

/** "A total of seven custom fields can be registered" (crm-duplicate-volatile-type-register.md). */
const MOST = 7
/** Seconds from the registration of a field to the reading of the values that are there. */
const DELAY = 1

const style: ErrorStyle = { ...itemStyle, accessDenied: () => new ApiError('ACCESS_DENIED', 400, 'Access denied') }
const scope = 'crm'

const isSearched = (entityTypeId: number): boolean => duplicateTypes.some((each) => each === entityTypeId)

const requireSettings = (call: Call): Promise<void> => call.portal.access.requireSettings(call)

/** Those whose field is still there, and those whose field was a user field that is gone. */
async function known({ portal }: Call, reader: Reader): Promise<{ there: RegisteredField[]; gone: RegisteredField[] }> {
  const [there, gone]: [RegisteredField[], RegisteredField[]] = [[], []]
  for (const each of await registeredFields(portal.caches, reader)) {
    const entity = await portal.entities.get(reader, each.entityTypeId)
    ;(entity.byLegacy.has(each.field) ? there : gone).push(each)
  }
  return { there, gone }
}

/** Takes a field out of the search, with the values that were kept for it. */
async function forget({ portal }: Call, tx: Transaction, id: number): Promise<void> {
  await portal.jobs.cancel(tx, FILL_INDEX, String(id))
  await tx.change(sql`delete from crm_duplicate_value where field_id = ${id}`)
  await tx.change(sql`delete from crm_duplicate_field where id = ${id}`)
}

/** `crm.duplicate.volatileType.*`: which further fields duplicates are looked for by. */
export default [
  method({
    name: 'crm.duplicate.volatileType.fields',
    scope,
    partial: 'fields of requisites (RQ.…) are not offered',
    params: { entityTypeId: take.integer() },
    run: ({ entityTypeId }, call) =>
      inStyle(style, 'read', async () => {
        await requireSettings(call)
        const fields: object[] = []
        for (const id of duplicateTypes) {
          if (entityTypeId !== undefined && entityTypeId !== id) continue
          const entity = await call.portal.entities.get(call.session, id)
          for (const field of comparableFields(entity))
            fields.push({ entityTypeId: id, fieldCode: field.legacy, fieldTitle: field.title })
        }
        return fields
      }),
  }),
  method({
    name: 'crm.duplicate.volatileType.list',
    scope,
    params: {},
    run: (_none, call) =>
      inStyle(style, 'read', async () => {
        await requireSettings(call)
        return (await known(call, call.session)).there.map(({ id, entityTypeId, field }) => ({
          id,
          entityTypeId,
          fieldCode: field,
        }))
      }),
  }),
  method({
    name: 'crm.duplicate.volatileType.register',
    scope,
    params: { entityTypeId: need.integer, fieldCode: need.text },
    run: ({ entityTypeId, fieldCode }, call) =>
      inStyle(style, 'write', async () => {
        await requireSettings(call)
        const entity = isSearched(entityTypeId) ? await call.portal.entities.get(call.session, entityTypeId) : undefined
        if (entity === undefined || !comparableFields(entity).some(({ legacy }) => legacy === fieldCode))
          throw new ApiError('FIELD_NOT_FOUND', 400, 'Field not found')
        return administer(call, [REGISTERED], async (tx) => {
          const { there, gone } = await known(call, tx)
          const same = there.find((each) => each.entityTypeId === entityTypeId && each.field === fieldCode)
          if (same !== undefined) return { id: same.id }
          // What is gone takes no place.
          for (const each of gone) await forget(call, tx, each.id)
          if (there.length >= MOST)
            throw new ApiError('MAX_TYPES_COUNT_EXCEEDED', 400, 'There is already a maximum number of volatile types')
          const id = await tx.nextId(registeredField)
          tx.insert(registeredField, { id, entity_type_id: entityTypeId, field: fieldCode })
          const { person, now, portal } = call
          await portal.jobs.schedule(tx, {
            kind: FILL_INDEX,
            key: String(id),
            // Until then, every server knows of the field.
            due: now + DELAY,
            userId: person.id,
            payload: { field: id, after: 0 },
          })
          return { id }
        })
      }),
  }),
  method({
    name: 'crm.duplicate.volatileType.unregister',
    scope,
    params: { id: need.integer },
    run: ({ id }, call) =>
      inStyle(style, 'write', () =>
        administer(call, [REGISTERED], async (tx) => {
          if (!(await registeredFields(call.portal.caches, tx)).some((each) => each.id === id))
            throw new ApiError('TYPE_IS_NOT_ASSIGNED', 400, 'This type is not assigned')
          await forget(call, tx, id)
          return true
        }),
      ),
  }),
]
