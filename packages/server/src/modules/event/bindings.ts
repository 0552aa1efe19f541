import { callingApplication, textOrNothing, wrongArgument } from '../../methods/application-arguments.ts'
import { isGranted } from '../../auth/scopes.ts'
import { ApiError } from '../../methods/errors.ts'
import { argument, type Call, isMap, method, take } from '../../methods/method.ts'
import type { Application } from '../../records/applications.ts'
import { audit } from '../../records/audit.ts'
import { deliverToHandlers, dropDeliveries } from '../../records/deliveries.ts'
import { type Binding, eventHandler } from '../../records/subscriptions.ts'
import { isDynamic } from '../../schema/entity-types.ts'
import { yesNo } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { denied, handlerOf, integerOr, offlineOf, requiredText } from './arguments.ts'
import { eventNames, scopeOfEvent } from './names.ts'

const DAY = 86_400

/** The numbers of the smart processes that there are. */
export async function typesOf({ portal }: Pick<Call, 'portal'>, reader: Reader): Promise<number[]> {
  const all = await portal.entities.all(reader)
  return all.map(({ entityTypeId }) => entityTypeId).filter(isDynamic)
}

/** Whether an application may be told of an event. */
export const mayHear = (scopes: readonly string[], scope: string): boolean =>
  scope === '' || isGranted(new Set(scopes), scope)

async function knownEvent(call: Call, application: Application, input: unknown): Promise<string> {
  const event = requiredText('EVENT', input).toUpperCase()
  const scope = scopeOfEvent(event, await typesOf(call, call.session))
  if (scope === undefined || !mayHear(application.scopes, scope))
    throw new ApiError('ERROR_EVENT_NOT_FOUND', 400, 'Event not found')
  return event
}

/** `options` of ONOFFLINEEVENT; others have none. */
function optionsOf(event: string, input: unknown): { minTimeout?: number } {
  if (event !== 'ONOFFLINEEVENT' || !isMap(input)) return {}
  const seconds = integerOr('minTimeout', argument(input, 'minTimeout'), 1)
  if (seconds < 0 || seconds > DAY) throw wrongArgument('minTimeout', 'minTimeout must be between 0 and 86400 seconds')
  return { minTimeout: seconds }
}

/** In whose name handlers work: others than their own only by administrators. */
function authTypeOf({ person }: Call, input: unknown, verb: 'binding' | 'unbinding'): number | undefined {
  const given = integerOr('AUTH_TYPE', input, input === undefined || input === null ? undefined : 0)
  if (given !== undefined && given < 0)
    throw wrongArgument('AUTH_TYPE', "The value of an argument 'AUTH_TYPE' is wrong")
  if (person.admin) return given
  if (given !== undefined && given > 0 && given !== person.id)
    throw denied(` Event ${verb} with AUTH_TYPE requires administrator access rights`)
  return person.id
}

/** Handlers that the caller may see and end. */
const seen =
  ({ person }: Call, application: Application) =>
  (each: Binding): boolean =>
    each.applicationId === application.id && (person.admin || (!each.offline && each.authType === person.id))

async function bind(call: Call, given: Readonly<Record<string, unknown>>): Promise<true> {
  const application = await callingApplication(call)
  const { portal, session, person, now } = call
  const event = await knownEvent(call, application, given.event)
  const offline = offlineOf(given.event_type)
  if (offline && !person.admin) throw denied(' Offline events binding requires administrator access rights')
  const handler = offline ? '' : handlerOf('HANDLER', given.handler)
  const authType = authTypeOf(call, given.auth_type, 'binding') ?? 0
  if (authType > 0 && (await portal.people.find(session, authType)) === undefined)
    throw wrongArgument('AUTH_TYPE', "The value of an argument 'AUTH_TYPE' is wrong")
  const connector = textOrNothing('AUTH_CONNECTOR', given.auth_connector)
  const options = optionsOf(event, given.options)
  await portal.caches.changing(session, ['subscriptions'], async (tx) => {
    const { bindings } = await portal.subscriptions.all(tx)
    const isSame = (each: Binding): boolean =>
      each.applicationId === application.id &&
      each.event === event &&
      each.offline === offline &&
      (offline ? each.connector === connector : each.handler === handler && each.authType === authType)
    if (bindings.some(isSame))
      throw new ApiError('ERROR_EVENT_BINDING_EXISTS', 400, 'Unable to set event handler: Handler already binded')
    const id = await tx.nextId(eventHandler)
    tx.insert(eventHandler, {
      id,
      application_id: application.id,
      event,
      handler,
      auth_type: authType,
      offline: offline ? 'Y' : 'N',
      connector,
      options: JSON.stringify(options),
      user_id: person.id,
      created: Math.floor(now),
      told: 0,
    })
    await audit(call, tx, {
      type: 'EVENT_BIND',
      severity: 'INFO',
      module: 'rest',
      item: `application ${application.id}`,
      description: { event, handler: id },
    })
    tx.afterCommit(portal.deliveries.wake)
  })
  return true
}

async function unbind(call: Call, given: Readonly<Record<string, unknown>>): Promise<{ count: number }> {
  const application = await callingApplication(call)
  const { portal, session, person } = call
  const event = requiredText('EVENT', given.event).toUpperCase()
  const offline = offlineOf(given.event_type)
  if (offline && !person.admin) throw denied(' Offline events unbinding requires administrator access rights')
  const handler = offline ? '' : typeof given.handler === 'string' ? given.handler.trim() : ''
  const connector = textOrNothing('AUTH_CONNECTOR', given.auth_connector)
  const authType = authTypeOf(call, given.auth_type, 'unbinding')
  const count = await portal.caches.changing(session, ['subscriptions'], async (tx) => {
    const { bindings } = await portal.subscriptions.all(tx)
    const ended = bindings.filter(
      (each) =>
        seen(call, application)(each) &&
        each.event === event &&
        each.offline === offline &&
        (handler === '' || each.handler === handler) &&
        (authType === undefined || each.authType === authType) &&
        (connector === '' || each.connector === connector),
    )
    for (const { id } of ended) {
      await tx.change(sql`delete from event_handler where id = ${id}`)
      await dropDeliveries(
        tx,
        sql`application_id = ${application.id} and source = 'binding' and handler_id = ${id}`,
        call.now,
      )
      await audit(call, tx, {
        type: 'EVENT_UNBIND',
        severity: 'INFO',
        module: 'rest',
        item: `application ${application.id}`,
        description: { event, handler: id },
      })
    }
    return ended.length
  })
  return { count }
}

/** Handlers of applications (api-reference/events/). */
export default [
  method({
    name: 'events',
    scope: null,
    params: { scope: take.text, full: take.any },
    async run({ scope, full }, call) {
      const application = await callingApplication(call)
      const types = await typesOf(call, call.session)
      if (scope !== undefined) return eventNames(types, scope.trim().toLowerCase())
      const all = eventNames(types)
      if (yesNo(full) === true) return all
      return all.filter((name) => mayHear(application.scopes, scopeOfEvent(name, types) ?? ''))
    },
  }),
  method({
    name: 'event.bind',
    scope: null,
    params: {
      event: take.any,
      handler: take.any,
      auth_type: take.any,
      event_type: take.any,
      auth_connector: take.any,
      options: take.any,
    },
    run: (given, call) => bind(call, given),
  }),
  method({
    name: 'event.unbind',
    scope: null,
    params: {
      event: take.any,
      handler: take.any,
      auth_type: take.any,
      event_type: take.any,
      auth_connector: take.any,
    },
    run: (given, call) => unbind(call, given),
  }),
  method({
    name: 'event.get',
    scope: null,
    params: {},
    async run(_none, call) {
      const application = await callingApplication(call)
      const { bindings } = await call.portal.subscriptions.all(call.session)
      return bindings.filter(seen(call, application)).map(({ event, handler, authType, offline, connector }) => ({
        event,
        handler,
        auth_type: String(authType),
        offline: offline ? 1 : 0,
        ...(connector === '' ? {} : { connector_id: connector }),
      }))
    },
  }),
  method({
    name: 'event.test',
    scope: null,
    params: {},
    async run(_none, call) {
      const application = await callingApplication(call)
      const { portal, session, person, now, raw } = call
      if (!application.installed) return 1
      const query = Object.fromEntries(Object.entries(raw).filter(([name]) => !secrets.has(name.toLowerCase())))
      await session.transaction(async (tx) => {
        await deliverToHandlers(
          { tx, portal, now },
          {
            applicationId: application.id,
            event: 'ONAPPTEST',
            data: { QUERY: query, LANGUAGE_ID: portal.language },
            userId: person.id,
          },
        )
      })
      return 1
    },
  }),
]

/** How a caller may have said who it is: never a part of what is handed on. */
const secrets = new Set(['auth', 'access_token', 'sessid'])
