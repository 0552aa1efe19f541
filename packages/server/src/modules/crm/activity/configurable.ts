import { applicationOf, requireApplication } from '../../../methods/application.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { argument, type Call, type Map, method, need, take } from '../../../methods/method.ts'
import { type Draft, emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import { InvalidValue, integerOf, isBlank, type Scalar, textOf, yesNo } from '../../../schema/kind.ts'
import { formatDateTime, parseDateTime } from '../../../schema/time.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { load } from '../shown.ts'
import { activity, CONFIGURABLE_PROVIDER, PROVIDED } from './activity.ts'
import { requireActivity, requireOwner } from './bindings.ts'
import { readConfigurableLayout, titleIn } from './configurable-layout.ts'
import { activityStyle } from './errors.ts'
import { pingsPartial, readPings } from './pings.ts'
import { isConfigurable } from './type.ts'

const scope = 'crm'
const missing = 'refuse'
/** The type that needs no application to add it first. */
const PRESET_TYPE = 'CONFIGURABLE'

const refuse = (code: string, text: string): ApiError => new ApiError(code, 400, text)

/** Calling these by a webhook is refused (api-reference/crm/timeline/activities/configurable/index.md). */
const contextOf = (call: Call): string =>
  requireApplication(
    call,
    refuse('ERROR_WRONG_CONTEXT', 'Method call is only possible in the context of an application'),
  )

const of = (stored: Stored, name: string): Scalar => scalarOf(stored, activity.field(name))

type Read = (input: unknown, call: Call) => Scalar | Promise<Scalar>

/** Throws InvalidValue on what isn't yes or no. */
function flag(input: unknown): string {
  const value = yesNo(input)
  if (value === undefined) throw new InvalidValue('true or false is expected')
  return value ? 'Y' : 'N'
}

const short: Read = (input) => {
  const text = isBlank(input) ? '' : textOf(input)
  if (text.length > 255) throw new InvalidValue('the text is longer than 255 characters')
  return text
}

/** The fields of a configurable activity: where each is kept, and how it is read (crm-activity-configurable-add.md, "Parameter fields"). */
const fields: Readonly<Record<string, readonly [name: string, read: Read]>> = {
  typeId: [
    'providerTypeId',
    async (input, call) => {
      const type = isBlank(input) ? PRESET_TYPE : textOf(input)
      if (type === PRESET_TYPE || (await isConfigurable(call.session, applicationOf(call.credential), type)))
        return type
      throw new InvalidValue('the application has no such type of configurable activities')
    },
  ],
  completed: ['completed', flag],
  deadline: [
    'deadline',
    (input, call) => {
      if (isBlank(input)) return null
      const deadline = parseDateTime(input, call.portal.zone)
      if (deadline === undefined) throw new InvalidValue('a date and time is expected')
      return deadline
    },
  ],
  pingOffsets: ['pingOffsets', readPings],
  isIncomingChannel: ['isIncomingChannel', flag],
  responsibleId: [
    'responsibleId',
    async (input, call) => {
      const id = integerOf(input)
      if ((await call.portal.people.find(call.session, id)) === undefined)
        throw new InvalidValue('there is no such user')
      return id
    },
  ],
  badgeCode: ['badgeCode', short],
  originatorId: ['originatorId', short],
  originId: ['originId', short],
}

async function readFields(call: Call, given: Map, draft: Draft): Promise<void> {
  for (const [name, [field, read]] of Object.entries(fields)) {
    const input = argument(given, name)
    if (input === undefined || (input === null && name !== 'deadline')) continue
    try {
      draft.values.set(field, await read(input, call))
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw refuse('WRONG_FIELD_VALUE', `Incorrect field value: ${name}: ${cause.reason}`)
    }
  }
}

async function readLayout(call: Call, input: unknown, draft: Draft): Promise<void> {
  const layout = await readConfigurableLayout(call.session, input)
  draft.values.set('layout', JSON.stringify(layout))
  draft.values.set('subject', titleIn(layout, call.portal.language).slice(0, activity.field('subject').max))
}

/** What comes in waits from the moment on when it came: it has no deadline. */
function checkIncoming(value: (name: string) => unknown): void {
  if (value('isIncomingChannel') === 'Y' && typeof value('deadline') === 'number')
    throw refuse('INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE', 'Incoming activity cannot have a deadline')
}

async function find(call: Call, id: number, action: 'read' | 'update'): Promise<Stored> {
  await requireActivity(call, id, action)
  const stored = await load(call.session, activity, id)
  if (stored === undefined || of(stored, 'providerId') !== CONFIGURABLE_PROVIDER)
    throw new Failure({ why: 'not-found' })
  return stored
}

/** The activity as its page shows it. */
function shown(call: Call, stored: Stored): Record<string, unknown> {
  const deadline = of(stored, 'deadline')
  const json = (name: string, preset: unknown): unknown => {
    const value = of(stored, name)
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : preset
  }
  return {
    id: of(stored, 'id'),
    ownerTypeId: of(stored, 'ownerTypeId'),
    ownerId: of(stored, 'ownerId'),
    fields: {
      typeId: of(stored, 'providerTypeId'),
      completed: of(stored, 'completed') === 'Y',
      deadline: typeof deadline === 'number' ? formatDateTime(deadline, call.portal.zone) : null,
      pingOffsets: json('pingOffsets', []),
      isIncomingChannel: of(stored, 'isIncomingChannel') === 'Y',
      responsibleId: of(stored, 'responsibleId'),
      badgeCode: of(stored, 'badgeCode') ?? '',
      originatorId: of(stored, 'originatorId'),
      originId: of(stored, 'originId'),
    },
    layout: json('layout', null),
  }
}

export default [
  method({
    name: 'crm.activity.configurable.add',
    scope,
    params: { ownerTypeId: need.id, ownerId: need.id, fields: need.map, layout: take.any },
    partial: pingsPartial,
    run: ({ ownerTypeId, ownerId, fields: given, layout }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const application = contextOf(call)
        await requireOwner(call, { entityTypeId: ownerTypeId, recordId: ownerId }, 'update')
        const draft = emptyDraft()
        await readFields(call, { typeId: PRESET_TYPE, ...given }, draft)
        await readLayout(call, layout, draft)
        checkIncoming((name) => draft.values.get(name))
        draft.values.set('typeId', PROVIDED)
        draft.values.set('providerId', CONFIGURABLE_PROVIDER)
        draft.values.set('application', application)
        draft.values.set('ownerTypeId', ownerTypeId)
        draft.values.set('ownerId', ownerId)
        return { activity: { id: await records.create(call, activity, draft, { missing }) } }
      }),
  }),
  method({
    name: 'crm.activity.configurable.update',
    scope,
    // The layout is described as required, but clients that change fields alone leave it out.
    params: { id: need.id, fields: take.map, layout: take.any },
    partial: pingsPartial,
    run: ({ id, fields: given, layout }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const application = contextOf(call)
        const stored = await find(call, id, 'update')
        if (of(stored, 'application') !== application)
          throw refuse('ERROR_WRONG_APPLICATION', 'The activity can only be updated by the application that created it')
        const draft = emptyDraft()
        await readFields(call, given ?? {}, draft)
        if (layout !== undefined && layout !== null) await readLayout(call, layout, draft)
        checkIncoming((name) => (draft.values.has(name) ? draft.values.get(name) : of(stored, name)))
        await records.update(call, activity, id, draft, { missing })
        return { activity: { id } }
      }),
  }),
  method({
    name: 'crm.activity.configurable.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(activityStyle, 'read', async () => {
        contextOf(call)
        return { activity: shown(call, await find(call, id, 'read')) }
      }),
  }),
]
