import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'
import { hold } from '../timeline/owners.ts'
import { CALL, COMPLETED, EMAIL, INCOMING, MEETING, PENDING, TASK, TODO_PROVIDER } from './activity.ts'
import { bind, inLockingOrder, isSame, type RecordRef, requireActivity, touch } from './bindings.ts'
import { type Communication, writeCommunications } from './communications.ts'
import { sendLater } from './letter.ts'
import { bindingTable, communicationTable, layoutTable } from './tables.ts'

/** What a draft carries beside the fields of the row. */
function carried<T>(change: Change, name: 'bindings' | 'communications'): readonly T[] | undefined {
  const json = change.draft.values.get(name)
  return typeof json === 'string' ? (JSON.parse(json) as T[]) : undefined
}

/** Who handles activities of a type unless the request names another provider. */
const providers: Readonly<Record<number, readonly [id: string, type: string]>> = {
  [MEETING]: ['CRM_MEETING', 'MEETING'],
  [CALL]: ['VOXIMPLANT_CALL', 'CALL'],
  [EMAIL]: ['CRM_EMAIL', 'EMAIL'],
}

/** What new activities say of themselves where the request is silent. */
function completeNew(change: Change): void {
  const typeId = Number(change.value('typeId'))
  const [provider, providerType] = providers[typeId] ?? []
  if (provider !== undefined) {
    change.default('providerId', provider)
    if (change.value('providerId') === provider) change.default('providerTypeId', providerType ?? null)
  }
  change.default('createdTime', Math.floor(change.now))
  change.default('createdBy', change.person.id)
  change.default('responsibleId', change.person.id)
  // As in the sample rows of crm-activity-get.md.
  change.default('priority', 2)
  change.default('descriptionType', 1)
  for (const name of ['subject', 'description', 'location', 'badgeCode']) change.default(name, '')
  const isMessage = typeId === CALL || typeId === EMAIL
  change.default('isIncomingChannel', isMessage && change.value('direction') === INCOMING ? 'Y' : 'N')
}

/**
 * The deadline of calls and meetings is their start, that of tasks their end; others have one of their own, or else
 * end with it (crm-activity-fields.md). Where a request gives the deadline alone, as the pages' own samples do, it moves
 * the time that it would follow from.
 */
function completeTimes(change: Change): void {
  const typeId = Number(change.value('typeId'))
  const given = (name: string): boolean => change.gives(name) && change.value(name) !== null
  if (change.value('providerId') === TODO_PROVIDER) {
    if (!change.gives('deadline')) return
    for (const name of ['startTime', 'endTime']) change.set(name, change.value('deadline'))
    return
  }
  const source = typeId === CALL || typeId === MEETING ? 'startTime' : 'endTime'
  const follows = source === 'startTime' || typeId === TASK
  if (given(source) && (follows || !given('deadline'))) change.set('deadline', change.value(source))
  else if (given('deadline') && follows) {
    const deadline = Number(change.value('deadline'))
    const [start, end] = [change.old('startTime'), change.old('endTime')]
    change.set(source, deadline)
    if (source === 'startTime' && !change.gives('endTime') && start !== null && end !== null)
      change.set('endTime', Number(end) + deadline - Number(start))
  }
}

/** `COMPLETED` and `STATUS` say the same; the former decides if both are given. */
function completeStatus(change: Change): void {
  const status = Number(change.value('status') ?? 0)
  if (!change.gives('completed') && change.gives('status') && status >= PENDING)
    change.set('completed', status > PENDING ? 'Y' : 'N')
  change.default('completed', 'N')
  const isDone = change.value('completed') === 'Y'
  if (!isDone) change.set('status', PENDING)
  else if (status < COMPLETED) change.set('status', COMPLETED)
  if (change.changes('completed')) change.set('completedTime', isDone ? Math.floor(change.now) : null)
}

export const activityHooks: Hooks = {
  readable: (context, id) => requireActivity(context, id, 'read'),
  complete(change) {
    if (change.isNew) completeNew(change)
    completeTimes(change)
    completeStatus(change)
    change.set('updatedTime', Math.floor(change.now))
    change.set('updatedBy', change.person.id)
  },
  async check(change) {
    if (!change.isNew) return
    const { tx, portal, draft } = change
    const owner: RecordRef = {
      entityTypeId: Number(change.value('ownerTypeId')),
      recordId: Number(change.value('ownerId')),
    }
    const kept: RecordRef[] = []
    const wanted = [owner, ...(carried<RecordRef>(change, 'bindings') ?? [])]
    for (const ref of inLockingOrder(wanted)) {
      const entity = await portal.entities.find(tx, ref.entityTypeId)
      if (entity !== undefined && (await hold(tx, entity, [ref.recordId])).length > 0) kept.push(ref)
    }
    if (!kept.some((ref) => isSame(ref, owner))) throw new Failure({ why: 'not-found' })
    const bindings = [owner, ...kept.filter((ref) => !isSame(ref, owner))]
    draft.values.set('bindings', JSON.stringify(bindings))
  },
  async saved(change) {
    const { tx, id } = change
    const bindings = carried<RecordRef>(change, 'bindings') ?? []
    if (bindings.length > 0) {
      await bind(tx, id, bindings)
      await touch(change, bindings)
    }
    const communications = carried<Communication>(change, 'communications')
    if (communications !== undefined) await writeCommunications(tx, id, communications)
    if (change.isNew) await sendLater(change)
  },
  async removed({ tx, id }) {
    for (const { name } of [bindingTable, communicationTable, layoutTable])
      await tx.change(sql`delete from ${sql.table(name)} where activity_id = ${id}`)
  },
}
