import { ApiError, inStyle } from '../../../methods/errors.ts'
import { method, need } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import type { Entity } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { hold } from '../timeline/owners.ts'
import { activity } from './activity.ts'
import {
  bind,
  bindingsOf,
  isBinding,
  isSame,
  keyOf,
  readableAmong,
  requireActivity,
  requireOwner,
  settleOwner,
  touch,
} from './bindings.ts'
import { bindingStyle } from './errors.ts'
import { bindingTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(bindingTable.name)
/** api-reference/crm/timeline/activities/binding/crm-activity-binding-add.md, "Limit". */
const MAX_BINDINGS = 100

const refuse = (code: string, text: string): ApiError => new ApiError(code, 400, text)
const alreadyBound = () => refuse('ACTIVITY_IS_ALREADY_BOUND', 'The deal is already bound to this entity')
const notBound = (text: string) => refuse('BINDING_NOT_FOUND', text)

/** Keeps the record and then the activity from going until the transaction ends: everyone locks in this order. */
async function holdBoth(tx: Transaction, entity: Entity, recordId: number, activityId: number): Promise<void> {
  for (const [of, id] of [
    [entity, recordId],
    [activity, activityId],
  ] as const)
    if ((await hold(tx, of, [id])).length === 0) throw new Failure({ why: 'not-found' })
}

export default [
  method({
    name: 'crm.activity.binding.add',
    scope,
    params: { activityId: need.id, entityTypeId: need.id, entityId: need.id },
    run: ({ activityId, entityTypeId, entityId }, call) =>
      inStyle({ ...bindingStyle, notFound: () => refuse('NOT_FOUND', 'Entity not found') }, 'write', async () => {
        await requireActivity(call, activityId, 'update')
        const target = { entityTypeId, recordId: entityId }
        const entity = await requireOwner(call, target, 'update')
        return call.session.transaction(async (tx) => {
          await holdBoth(tx, entity, entityId, activityId)
          const before = await bindingsOf(tx, activityId)
          if (before.some((ref) => isSame(ref, target))) throw alreadyBound()
          if (before.length >= MAX_BINDINGS)
            throw refuse('ERROR_CORE', `The maximum number of bindings for a single activity is ${MAX_BINDINGS}`)
          await bind(tx, activityId, [target])
          await touch({ ...call, tx }, [target])
          return true
        })
      }),
  }),
  method({
    name: 'crm.activity.binding.delete',
    scope,
    params: { activityId: need.id, entityTypeId: need.id, entityId: need.id },
    run: ({ activityId, entityTypeId, entityId }, call) =>
      inStyle(bindingStyle, 'write', async () => {
        await requireActivity(call, activityId, 'update')
        const source = { entityTypeId, recordId: entityId }
        const entity = await requireOwner(call, source, 'update')
        return call.session.transaction(async (tx) => {
          await holdBoth(tx, entity, entityId, activityId)
          const before = await bindingsOf(tx, activityId)
          if (!before.some((ref) => isSame(ref, source))) throw notBound('Deal is not linked to this entity')
          if (before.length === 1)
            throw refuse('LAST_BINDING_CANNOT_BE_DELETED', 'Cannot delete the only binding of the deal to the entity')
          await tx.change(sql`delete from ${table} where ${isBinding(activityId, source)}`)
          await settleOwner(tx, activityId)
          return true
        })
      }),
  }),
  method({
    name: 'crm.activity.binding.move',
    scope,
    params: {
      activityId: need.id,
      sourceEntityTypeId: need.id,
      sourceEntityId: need.id,
      targetEntityTypeId: need.id,
      targetEntityId: need.id,
    },
    run: (given, call) =>
      inStyle(bindingStyle, 'write', async () => {
        const { activityId } = given
        const source = { entityTypeId: given.sourceEntityTypeId, recordId: given.sourceEntityId }
        const target = { entityTypeId: given.targetEntityTypeId, recordId: given.targetEntityId }
        if (source.entityTypeId !== target.entityTypeId)
          throw refuse(
            'SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR',
            'Cannot move the deal from one CRM object type to another',
          )
        if (source.recordId === target.recordId)
          throw refuse('SOURCE_AND_TARGET_ENTITY_ID_ARE_EQUAL_ERROR', 'Cannot move the deal to the same deal')
        await requireActivity(call, activityId, 'update')
        await requireOwner(call, source, 'update')
        const entity = await requireOwner(call, target, 'update')
        return call.session.transaction(async (tx) => {
          await holdBoth(tx, entity, target.recordId, activityId)
          const before = await bindingsOf(tx, activityId)
          if (!before.some((ref) => isSame(ref, source)))
            throw notBound('The deal is not linked to the specified entity')
          if (before.some((ref) => isSame(ref, target))) throw alreadyBound()
          // In its old place among the others.
          await tx.change(sql`update ${table} set owner_id = ${target.recordId} where ${isBinding(activityId, source)}`)
          await settleOwner(tx, activityId)
          await touch({ ...call, tx }, [target])
          return true
        })
      }),
  }),
  method({
    name: 'crm.activity.binding.list',
    scope,
    params: { activityId: need.id },
    run: ({ activityId }, call) =>
      inStyle(bindingStyle, 'read', async () => {
        const bindings = await requireActivity(call, activityId, 'read')
        const readable = await readableAmong(call, bindings)
        return bindings
          .filter((ref) => readable.has(keyOf(ref)))
          .map(({ entityTypeId, recordId }) => ({ entityTypeId, entityId: recordId }))
      }),
  }),
]
