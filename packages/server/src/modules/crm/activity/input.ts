import { applicationOf, requireApplication } from '../../../methods/application.ts'
import { readDraft } from '../../../methods/draft.ts'
import { legacyError } from '../../../methods/errors.ts'
import { argument, type Call, type Map } from '../../../methods/method.ts'
import type { Draft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import { nameOfEntityType } from '../../../schema/entity-types.ts'
import type { Entity } from '../../../schema/entity.ts'
import { isBlank } from '../../../schema/kind.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { enumerations } from '../defaults/enumerations.ts'
import { load } from '../shown.ts'
import { idNumber, mayDo } from '../timeline/owners.ts'
import { activity, APPLICATION_PROVIDER, CALL, CONFIGURABLE_PROVIDER, EMAIL, MEETING, PROVIDED } from './activity.ts'
import type { RecordRef } from './bindings.ts'
import { type Communication, owned, readCommunications } from './communications.ts'

/*
 * What `crm.activity.add` and `crm.activity.update` take and refuse, in the documented words
 * (api-reference/crm/timeline/activities/activity-base/crm-activity-add.md, "Possible Error Codes", and
 * tutorials/crm/how-to-add-crm-objects/how-to-add-activity-to-contact.md, "Errors and Diagnostics").
 */

const undefinedOr = (name: string, what: 'empty' | 'invalid') =>
  legacyError(`The field ${name} is not defined or ${what}`)
const wrongMethod = (verb: 'add' | 'update') =>
  legacyError(`Use crm.activity.configurable.${verb} for this activity provider`)

const stringOf = (input: unknown): string =>
  typeof input === 'string' || typeof input === 'number' ? String(input).trim() : ''

/** Types that requests may create; tasks and events come from elsewhere. */
const creatable = [MEETING, CALL, EMAIL, PROVIDED]
const metBy = [MEETING, CALL, EMAIL]

/** An activity without a type is its provider's (api-reference/crm/timeline/activities/app-embedding/activity-app.md). */
function typeOf(fields: Map, provider: string): number {
  const given = argument(fields, 'TYPE_ID')
  if (isBlank(given) && provider !== '') return PROVIDED
  const type = idNumber(given)
  if (type === undefined || type > PROVIDED) throw undefinedOr('TYPE_ID', 'invalid')
  return type
}

function checkType(type: number, provider: string): void {
  const name = enumerations.activitytype[type]?.name ?? ''
  if (!creatable.includes(type)) throw legacyError(`The activity type "${name}" is not supported in current context`)
  if (type === PROVIDED && provider === '')
    throw legacyError('The custom activity without provider is not supported in current context')
}

function checkCommunications(type: number, list: readonly Communication[]): void {
  if (metBy.includes(type) && list.length === 0) throw undefinedOr('COMMUNICATIONS', 'invalid')
  if (type === MEETING && list.length > 1)
    throw legacyError('The only one communication is allowed for activity of specified type')
}

/** The record that the activity is planned for: the named one, or the one that the first client is. */
function ownerRef(fields: Map, communications: readonly Communication[]): RecordRef | undefined {
  const entityTypeId = idNumber(argument(fields, 'OWNER_TYPE_ID'))
  const recordId = idNumber(argument(fields, 'OWNER_ID'))
  if (entityTypeId !== undefined && recordId !== undefined) return { entityTypeId, recordId }
  return communications.find(({ entity }) => entity !== null)?.entity ?? undefined
}

/** The person named, or else the one responsible for the record. */
async function responsible(call: Call, given: unknown, owner: Entity, id: number): Promise<number> {
  const named = idNumber(given)
  const field = owner.byName.get('assignedById')
  const record = named === undefined && field !== undefined ? await load(call.session, owner, id) : undefined
  const person = named ?? (record === undefined || field === undefined ? 0 : Number(scalarOf(record, field) ?? 0))
  if ((await call.portal.people.find(call.session, person)) === undefined)
    throw undefinedOr('RESPONSIBLE_ID', 'invalid')
  return person
}

/** `FILES` and the old name for them are one list. */
function withFiles(fields: Map): Map {
  const [files, old] = [argument(fields, 'FILES'), argument(fields, 'WEBDAV_ELEMENTS')]
  return files === undefined && old !== undefined ? { ...fields, FILES: old } : fields
}

const read = (call: Call, fields: Map, isNew: boolean): Promise<Draft> =>
  // As if imported: pages list two fields for writing that the description calls read-only.
  readDraft(call, activity, legacyWire, withFiles(fields), { isNew, importing: true, strict: false })

/** Those of the clients in whose timelines the caller may write. */
async function boundTo(call: Call, communications: readonly Communication[]): Promise<RecordRef[]> {
  const refs: RecordRef[] = []
  for (const { entity } of communications)
    if (entity !== null && (await mayDo(call, entity.entityTypeId, entity.recordId, 'update'))) refs.push(entity)
  return refs
}

async function requireOwner(call: Call, { entityTypeId, recordId }: RecordRef): Promise<Entity> {
  const entity = await call.portal.entities.find(call.session, entityTypeId)
  const notFound = legacyError(`Could not find '${nameOfEntityType(entityTypeId)}' with ID: ${recordId}`)
  if (entity === undefined) throw notFound
  try {
    await requireRecord(call, call.session, entity, recordId, 'update')
  } catch (cause) {
    throw cause instanceof Failure && cause.reason.why === 'not-found' ? notFound : cause
  }
  return entity
}

/** The draft of a new activity; refuses before any file is saved. */
export async function readNew(call: Call, fields: Map): Promise<Draft> {
  const provider = stringOf(argument(fields, 'PROVIDER_ID'))
  const type = typeOf(fields, provider)
  const communications = readCommunications(argument(fields, 'COMMUNICATIONS'), type)
  const owner = ownerRef(fields, communications)
  if (owner === undefined)
    throw legacyError('Could not build binding. Please ensure that owner info and communications are defined correctly')
  const entity = await requireOwner(call, owner)
  checkType(type, provider)
  if (provider === CONFIGURABLE_PROVIDER) throw wrongMethod('add')
  const application =
    provider === APPLICATION_PROVIDER
      ? requireApplication(call, legacyError('Application context required'))
      : undefined
  if (stringOf(argument(fields, 'SUBJECT')) === '') throw undefinedOr('SUBJECT', 'empty')
  checkCommunications(type, communications)
  const person = await responsible(call, argument(fields, 'RESPONSIBLE_ID'), entity, owner.recordId)
  const met = await owned(call, communications, owner)
  const bindings = await boundTo(call, met)
  const draft = await read(call, fields, true)
  draft.values.set('typeId', type)
  draft.values.set('ownerTypeId', owner.entityTypeId)
  draft.values.set('ownerId', owner.recordId)
  draft.values.set('responsibleId', person)
  draft.values.set('communications', JSON.stringify(met))
  draft.values.set('bindings', JSON.stringify(bindings))
  if (application !== undefined) draft.values.set('application', application)
  return draft
}

/**
 * Activities that an application has made are its own to change; people may, in the web CRM
 * (api-reference/crm/timeline/activities/app-embedding/activity-app.md).
 */
export function checkApplication(call: Call, stored: Stored): void {
  if (scalarOf(stored, activity.field('providerId')) !== APPLICATION_PROVIDER || call.credential.kind === 'session')
    return
  if (applicationOf(call.credential) !== scalarOf(stored, activity.field('application')))
    throw legacyError('Access denied! Application context required')
}

/** What an update changes. New clients don't move the activity: bindings have methods of their own. */
export async function readChanged(call: Call, stored: Stored, fields: Map): Promise<Draft> {
  const of = (name: string) => scalarOf(stored, activity.field(name))
  checkApplication(call, stored)
  const provider = argument(fields, 'PROVIDER_ID')
  const next = stringOf(provider)
  // An application's are changed by its own method; people finish and move them in the web CRM.
  const isPerson = call.credential.kind === 'session'
  if ((of('providerId') === CONFIGURABLE_PROVIDER && !isPerson) || next === CONFIGURABLE_PROVIDER)
    throw wrongMethod('update')
  if (next === APPLICATION_PROVIDER && of('providerId') !== next) throw legacyError('Application context required')
  if (provider !== undefined && next === '' && of('typeId') === PROVIDED)
    throw legacyError('The custom activity without provider is not supported in current context')
  const subject = argument(fields, 'SUBJECT')
  if (subject !== undefined && stringOf(subject) === '') throw undefinedOr('SUBJECT', 'empty')
  const person = argument(fields, 'RESPONSIBLE_ID')
  if (person !== undefined && (await call.portal.people.find(call.session, idNumber(person) ?? 0)) === undefined)
    throw undefinedOr('RESPONSIBLE_ID', 'invalid')
  const given = argument(fields, 'COMMUNICATIONS')
  const type = Number(of('typeId'))
  const communications = given === undefined ? undefined : readCommunications(given, type)
  if (communications !== undefined) checkCommunications(type, communications)
  const owner = { entityTypeId: Number(of('ownerTypeId')), recordId: Number(of('ownerId')) }
  const met = communications === undefined ? undefined : await owned(call, communications, owner)
  const draft = await read(call, fields, false)
  if (met !== undefined) draft.values.set('communications', JSON.stringify(met))
  return draft
}
