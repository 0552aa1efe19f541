import { ApiError, inStyle } from '../../../methods/errors.ts'
import {
  type Call,
  method,
  type Method,
  need,
  type Param,
  type Params,
  type ParamValues,
  take,
} from '../../../methods/method.ts'
import { type Draft, emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import { InvalidValue, textOf } from '../../../schema/kind.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { load } from '../shown.ts'
import { activity, PROVIDED, TODO_PROVIDER } from './activity.ts'
import { bindingsOf, isSame, type RecordRef, requireActivity, requireOwner } from './bindings.ts'
import { activityStyle } from './errors.ts'
import { pingsPartial, readPings } from './pings.ts'

const scope = 'crm'
const missing = 'refuse'

const refuse = (code: string, text: string): ApiError => new ApiError(code, 400, text)
const COLOR = /^[1-7]$/

interface Owner {
  readonly ownerTypeId: number
  readonly ownerId: number
}

const refOf = ({ ownerTypeId, ownerId }: Owner): RecordRef => ({ entityTypeId: ownerTypeId, recordId: ownerId })

/** A todo of that record, which the caller may change; closed ones stay as they are. */
async function open(call: Call, id: number, owner: Owner, closed: ApiError): Promise<Stored> {
  await requireOwner(call, refOf(owner), 'update')
  const bindings = await bindingsOf(call.session, id)
  const stored = bindings.some((ref) => isSame(ref, refOf(owner))) ? await load(call.session, activity, id) : undefined
  if (stored === undefined || scalarOf(stored, activity.field('providerId')) !== TODO_PROVIDER)
    throw new Failure({ why: 'not-found' })
  if (scalarOf(stored, activity.field('completed')) === 'Y') throw closed
  return stored
}

function deadlineOf(call: Call, input: unknown): number {
  const deadline = parseDateTime(input, call.portal.zone)
  if (deadline === undefined) throw refuse('WRONG_DATETIME_FORMAT', 'Incorrect date format')
  return deadline
}

/** The settings with this colour; without one, with the colour that all have. */
function coloured(settings: unknown, colorId: string): string | null {
  if (colorId !== '' && colorId !== 'default' && !COLOR.test(colorId))
    throw refuse('CAN_NOT_UPDATE_WRONG_COLOR_TODO', 'Invalid color value')
  const { COLOR: _before, ...rest } = (typeof settings === 'string' ? JSON.parse(settings) : {}) as Record<
    string,
    unknown
  >
  const next = COLOR.test(colorId) ? { ...rest, COLOR: colorId } : rest
  return Object.keys(next).length === 0 ? null : JSON.stringify(next)
}

async function responsibleOf(call: Call, id: number): Promise<number> {
  if (id <= 0) throw refuse('INVALID_ARG_VALUE', 'Parameter "responsibleId" must be greater than 0')
  if ((await call.portal.people.find(call.session, id)) === undefined)
    throw refuse('INVALID_ARG_VALUE', `There is no user ${id}`)
  return id
}

/** The activity after which this one is planned; the caller sees it. */
async function parentOf(call: Call, id: number): Promise<Stored> {
  await requireActivity(call, id, 'read')
  const parent = await load(call.session, activity, id)
  if (parent === undefined) throw new Failure({ why: 'not-found' })
  return parent
}

const optional = {
  title: take.text,
  description: take.text,
  responsibleId: take.integer(),
  parentActivityId: take.integer(),
  pingOffsets: take.any,
  colorId: take.text,
}

interface Given {
  readonly title: string | undefined
  readonly description: string | undefined
  readonly responsibleId: number | undefined
  readonly pingOffsets: unknown
  readonly colorId: string | undefined
}

/** What `add` and `update` have in common; names that the request leaves out stay out. */
async function draftOf(call: Call, given: Given, settings: unknown): Promise<Draft> {
  const draft = emptyDraft()
  const { title, description, responsibleId, colorId, pingOffsets } = given
  if (title !== undefined) draft.values.set('subject', decoded(call, 'subject', title))
  if (description !== undefined) draft.values.set('description', decoded(call, 'description', description))
  if (responsibleId !== undefined) draft.values.set('responsibleId', await responsibleOf(call, responsibleId))
  if (colorId !== undefined) draft.values.set('settings', coloured(settings, colorId))
  if (pingOffsets !== undefined) draft.values.set('pingOffsets', pings(pingOffsets))
  return draft
}

/** A text within the bounds of its field. */
function decoded(call: Call, name: string, input: string): string {
  const field = activity.field(name)
  try {
    return String(field.kind.decode(input, field, { zone: call.portal.zone }) ?? '')
  } catch (cause) {
    if (cause instanceof InvalidValue) throw new Failure({ why: 'invalid', field, detail: cause.reason })
    throw cause
  }
}

function pings(input: unknown): string {
  try {
    return readPings(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) throw refuse('INVALID_ARG_VALUE', `Parameter "pingOffsets": ${cause.reason}`)
    throw cause
  }
}

const settingsOf = (stored: Stored): unknown => scalarOf(stored, activity.field('settings'))
const completed = refuse('CAN_NOT_UPDATE_COMPLETED_TODO', 'Completed activity cannot be modified')

const owner = { ownerTypeId: need.id, ownerId: need.id }
const target = { id: need.id, ...owner }
/** Must be there, and may be empty. */
const anyText: Param<string> = { required: true, type: 'text', read: textOf }

/** A method that changes one thing of a todo. */
const changing = <P extends Params>(
  name: string,
  params: P,
  closed: ApiError,
  draft: (values: ParamValues<P>, call: Call, stored: Stored) => Promise<Draft> | Draft,
): Method =>
  method({
    name: `crm.activity.todo.${name}`,
    scope,
    params: { ...params, ...target },
    run: (values, call) =>
      inStyle(activityStyle, 'write', async () => {
        const { id, ownerTypeId, ownerId } = values as ParamValues<typeof target>
        const stored = await open(call, id, { ownerTypeId, ownerId }, closed)
        await records.update(call, activity, id, await draft(values as ParamValues<P>, call, stored), { missing })
        return { id }
      }),
  })

const only = (name: string, value: string | number | null): Draft => {
  const draft = emptyDraft()
  draft.values.set(name, value)
  return draft
}

export default [
  method({
    name: 'crm.activity.todo.add',
    scope,
    params: { ...owner, deadline: need.text, ...optional },
    partial: pingsPartial,
    run: ({ ownerTypeId, ownerId, deadline, parentActivityId, ...given }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const ref = refOf({ ownerTypeId, ownerId })
        await requireOwner(call, ref, 'update')
        const draft = await draftOf(call, given, null)
        draft.values.set('deadline', deadlineOf(call, deadline))
        draft.values.set('typeId', PROVIDED)
        draft.values.set('providerId', TODO_PROVIDER)
        draft.values.set('providerTypeId', 'TODO')
        draft.values.set('ownerTypeId', ref.entityTypeId)
        draft.values.set('ownerId', ref.recordId)
        if (parentActivityId !== undefined) {
          await parentOf(call, parentActivityId)
          draft.values.set('parentId', parentActivityId)
        }
        return { id: await records.create(call, activity, draft, { missing }) }
      }),
  }),
  method({
    name: 'crm.activity.todo.update',
    scope,
    params: { ...target, deadline: need.text, ...optional },
    partial: pingsPartial,
    run: ({ id, ownerTypeId, ownerId, deadline, parentActivityId, ...given }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const stored = await open(call, id, { ownerTypeId, ownerId }, completed)
        const draft = await draftOf(call, given, settingsOf(stored))
        draft.values.set('deadline', deadlineOf(call, deadline))
        if (parentActivityId !== undefined) {
          const parent = await parentOf(call, parentActivityId)
          if (scalarOf(parent, activity.field('completed')) === 'Y')
            throw refuse('ERROR_PARENT_ACTIVITY_RESTRICT', 'Cannot schedule a deal for a closed deal')
          draft.values.set('parentId', parentActivityId)
        }
        await records.update(call, activity, id, draft, { missing })
        return { id }
      }),
  }),
  changing(
    'updateColor',
    { colorId: anyText },
    refuse('CAN_NOT_UPDATE_COLOR_COMPLETED_TODO', 'Cannot change color in a closed deal'),
    ({ colorId }, _call, stored) => only('settings', coloured(settingsOf(stored), colorId)),
  ),
  changing('updateDeadline', { value: need.text }, completed, ({ value }, call) =>
    only('deadline', deadlineOf(call, value)),
  ),
  changing(
    'updateDescription',
    { value: anyText },
    refuse('CAN_NOT_UPDATE_COMPLETED_TODO', 'Closed activity cannot be modified'),
    ({ value }, call) => only('description', decoded(call, 'description', value)),
  ),
  changing(
    'updateResponsibleUser',
    { responsibleId: need.integer },
    refuse('CAN_NOT_UPDATE_RESPONSIBLE_USER_COMPLETED_TODO', 'Cannot change the responsible user in a closed activity'),
    async ({ responsibleId }, call) => only('responsibleId', await responsibleOf(call, responsibleId)),
  ),
]
