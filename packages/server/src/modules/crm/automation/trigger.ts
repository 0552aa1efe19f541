import { requireApplication } from '../../../methods/application.ts'
import { ApiError, inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { type Call, method, take } from '../../../methods/method.ts'
import { requireReader } from '../../../records/administration.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import { entityTypeIdOfName } from '../../../schema/entity-types.ts'
import type { Entity } from '../../../schema/entity.ts'
import { integerOf, InvalidValue, textOf } from '../../../schema/kind.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { startChain } from './chain.ts'
import { activeRules, type Place, type Trigger } from './rule.ts'
import { trigger as table } from './tables.ts'

const scope = 'crm'
const texts = { code: take.any, name: take.any }

const denied = (text: string): ApiError => new ApiError('ACCESS_DENIED', 400, `Access denied! ${text}`)

/** The application whose triggers they are: its administrators' to make (api-reference/crm/automation/triggers/index.md). */
function contextOf(call: Call): string {
  if (!call.person.active || !call.person.admin) throw denied('Admin permissions required')
  return requireApplication(call, denied('Application context required'))
}

function plain(input: unknown): string {
  try {
    return input === undefined || input === null ? '' : textOf(input).trim()
  } catch (cause) {
    if (cause instanceof InvalidValue) return ''
    throw cause
  }
}

function codeOf(input: unknown): string {
  const code = plain(input)
  if (code === '') throw legacyError('Empty trigger code!')
  if (!/^[a-z0-9.\-_]+$/.test(code)) throw legacyError('Wrong trigger code!')
  return code
}

async function find(reader: Reader, { owner, code }: Trigger): Promise<{ id: number } | undefined> {
  const [row] = await reader.find<{ id: number }>(
    sql`select id from crm_automation_trigger where owner = ${owner} and code = ${code}`,
  )
  return row
}

async function placeOf(call: Call, entity: Entity, id: number): Promise<Place | undefined> {
  const [stored] = await select(call.session, {
    entity,
    fields: entity.fields,
    test: { is: 'compare', field: entity.field('id'), op: 'eq', values: [id] },
  })
  if (stored === undefined || entity.stageField === undefined) return undefined
  return {
    entityTypeId: entity.entityTypeId,
    categoryId: entity.categories ? Number(scalarOf(stored, entity.field('categoryId')) ?? 0) : 0,
    stageId: String(scalarOf(stored, entity.field(entity.stageField)) ?? ''),
  }
}

/** Starts the rules that a trigger starts; answers whether there are any. */
async function pull(call: Call, trigger: Trigger, place: Place, recordId: number): Promise<boolean> {
  const { portal, session, person, now } = call
  const rules = (await activeRules(portal, session)).ofTrigger(trigger, place)
  if (rules.length === 0) return false
  await session.transaction((tx) =>
    startChain({ tx, portal, person, now }, rules, { entityTypeId: place.entityTypeId, recordId, stageId: null }),
  )
  return true
}

/** api-reference/crm/automation/crm-automation-trigger.md: the address that an administrator gives to somebody outside. */
async function pullByWebhook(target: unknown, code: unknown, call: Call): Promise<boolean> {
  await requireReader(call)
  const text = plain(target)
  if (text === '') throw legacyError('Target is not set.')
  const [, type = '', id = ''] = /^([A-Z][A-Z0-9_]*)_(\d{1,15})$/i.exec(text) ?? []
  if (type === '') throw legacyError('Incorrect target format.')
  const entityTypeId = entityTypeIdOfName(type.toUpperCase())
  const entity = entityTypeId === undefined ? undefined : await call.portal.entities.find(call.session, entityTypeId)
  if (entity?.stageField === undefined) throw legacyError('Target is not found.')
  try {
    await requireRecord(call, call.session, entity, Number(id), 'update')
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.reason.why !== 'access-denied') throw cause
    throw denied('There are no permissions to update the entity.')
  }
  const place = await placeOf(call, entity, Number(id))
  return place !== undefined && pull(call, { owner: '', code: plain(code) }, place, Number(id))
}

function wholeOf(input: unknown): number {
  try {
    return input === undefined || input === null || input === '' ? 0 : integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return 0
    throw cause
  }
}

async function execute(given: { code: unknown; type: unknown; id: unknown }, call: Call): Promise<true> {
  const trigger = { owner: contextOf(call), code: codeOf(given.code) }
  if ((await find(call.session, trigger)) === undefined)
    throw legacyError(`Trigger with code ${trigger.code} is not registered.`)
  const entity = await call.portal.entities.find(call.session, wholeOf(given.type))
  if (entity?.stageField === undefined) throw legacyError('Incorrect parameter OWNER_TYPE_ID.')
  const id = wholeOf(given.id)
  const place = id > 0 ? await placeOf(call, entity, id) : undefined
  if (place === undefined) throw legacyError('Incorrect parameter OWNER_ID.')
  // "Sends an event to CRM automation but does not confirm the change" (api-reference/crm/automation/triggers/index.md).
  await pull(call, trigger, place, id)
  return true
}

async function add(given: { code: unknown; name: unknown }, call: Call): Promise<true> {
  const owner = contextOf(call)
  const code = codeOf(given.code)
  const name = plain(given.name)
  if (name === '') throw legacyError('Empty trigger name!')
  await call.session.transaction(async (tx) => {
    const renamed = sql`update crm_automation_trigger set name = ${name} where owner = ${owner} and code = ${code}`
    if ((await tx.change(renamed)) > 0) return
    tx.insert(table, {
      id: await tx.nextId(table),
      owner,
      code,
      name,
      created: Math.floor(call.now),
      created_by: call.person.id,
    })
  })
  return true
}

export default [
  method({
    name: 'crm.automation.trigger',
    scope,
    style: 'legacy',
    params: { target: take.any, code: take.any },
    run: ({ target, code }, call) =>
      inStyle({ ...legacyStyle, notFound: () => legacyError('Target is not found.') }, 'write', () =>
        pullByWebhook(target, code, call),
      ),
  }),
  method({
    name: 'crm.automation.trigger.add',
    scope,
    style: 'legacy',
    params: texts,
    run: (given, call) => add(given, call),
  }),
  method({
    name: 'crm.automation.trigger.list',
    scope,
    style: 'legacy',
    params: {},
    run(_none, call) {
      const owner = contextOf(call)
      return call.session.find(
        sql`select name as ${sql.ref('NAME')}, code as ${sql.ref('CODE')} from crm_automation_trigger where owner = ${owner} order by id`,
      )
    },
  }),
  method({
    name: 'crm.automation.trigger.execute',
    scope,
    style: 'legacy',
    params: { code: take.any, owner_type_id: take.any, owner_id: take.any },
    run: ({ code, owner_type_id: type, owner_id: id }, call) => execute({ code, type, id }, call),
  }),
  method({
    name: 'crm.automation.trigger.delete',
    scope,
    style: 'legacy',
    params: { code: take.any },
    async run({ code }, call) {
      const owner = contextOf(call)
      const known = codeOf(code)
      const removed = await call.session.transaction((tx) =>
        tx.change(sql`delete from crm_automation_trigger where owner = ${owner} and code = ${known}`),
      )
      if (removed === 0) throw legacyError('Trigger not found')
      return true
    },
  }),
]
