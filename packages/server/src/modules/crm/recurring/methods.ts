import { crud } from '../../../methods/crud.ts'
import { describeFields } from '../../../methods/describe.ts'
import { readDraft } from '../../../methods/draft.ts'
import { type ErrorStyle, inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { argument, type Call, isMap, method, type Method, need, take } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import type { Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { idOf } from '../product-rows/owner.ts'
import { copying, draftOf } from './copy.ts'
import { expose, findSetting, templateOf } from './expose.ts'
import { keyOf, type Recurring } from './recurring.ts'

/** `crm.deal.recurring.*`, `crm.invoice.recurring.*`. Rights are those to the templates. */
export function recurringMethods(kind: Recurring): Method[] {
  const { prefix, setting, word } = kind
  const partial = kind.partial === undefined ? {} : { partial: kind.partial }
  const style: ErrorStyle = {
    ...legacyStyle,
    notFound: () => legacyError(`Recurring ${word.toLowerCase()} is not found.`),
  }
  const owners = (call: Call): Promise<Entity> => call.portal.entities.get(call.session, kind.entityTypeId)

  /** The setting, if the caller may do all of this to its template. */
  const requireSetting = async (call: Call, id: number, actions: readonly Action[]): Promise<Stored> => {
    const stored = await findSetting(call.session, kind, id)
    if (stored === undefined) throw new Failure({ why: 'not-found' })
    const entity = await owners(call)
    for (const action of actions)
      await records.requireRecord(call, call.session, entity, templateOf(kind, stored), action)
    return stored
  }
  const isTemplate = (entity: Entity, record: Stored): boolean => scalarOf(record, entity.field('isRecurring')) === 'Y'

  const common = crud(prefix, setting.entityTypeId, {
    style,
    verbs: ['get', 'list', 'update', 'delete'],
    async guard(call, { verb, id }) {
      const actions = { get: ['read'], update: ['read', 'update'], delete: ['delete'], add: [] } as const
      const stored = await requireSetting(call, id, actions[verb])
      if (verb !== 'delete' || kind.bound === undefined) return
      const entity = await owners(call)
      const template = await records.get(call, entity, templateOf(kind, stored))
      if (isTemplate(entity, template)) throw legacyError(kind.bound)
    },
    shown: async (call) => shownTo(call, kind, await owners(call)),
    async complete(rows) {
      for (const row of rows)
        for (const name of kind.lowerToo ?? []) if (name in row) row[name.toLowerCase()] = row[name]
    },
  })

  const add = method({
    name: `${prefix}.add`,
    scope: 'crm',
    style: 'legacy',
    ...partial,
    params: { fields: need.map, params: take.map },
    run: ({ fields }, call) =>
      inStyle(style, 'write', async () => {
        const entity = await owners(call)
        await call.portal.access.require(call, entity, 'add')
        const source = idOf(argument(fields, keyOf(kind)))
        if (source === undefined) throw legacyError(`${word} id is empty.`)
        await requireSource(call, kind, entity, source)
        // What is made of it is in its place, and has its responsible person.
        await records.requireRecord(call, call.session, entity, source, 'add')
        const draft = await readDraft(call, setting, legacyWire, fields, { isNew: true, strict: false })
        const { portal, session, person, now } = call
        return copying(call, entity, source, (copies) =>
          session.transaction(async (tx) => {
            const within = { tx, portal, person, now }
            const record = await records.locked(tx, entity, source)
            let template = source
            if (isTemplate(entity, record)) await requireFree(tx, kind, source)
            else if (!kind.copies) throw legacyError(`${word} is not a template: IS_RECURRING is not Y.`)
            else {
              const copy = draftOf(entity, record, [], copies)
              copy.values.set('isRecurring', 'Y')
              await kind.prepare?.(tx, source, copy)
              template = await records.createWithin(within, entity, copy)
              await kind.follow?.(within, source, template)
              draft.values.set('basedId', source)
            }
            draft.values.set(kind.template, template)
            return records.createWithin(within, setting, draft, true)
          }),
        )
      }),
  })

  const exposeMethod = method({
    name: `${prefix}.expose`,
    scope: 'crm',
    style: 'legacy',
    ...partial,
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(style, 'write', async () => {
        const entity = await owners(call)
        const stored = await requireSetting(call, id, ['read', 'add'])
        const { portal, session, person, now } = call
        const made = await copying(call, entity, templateOf(kind, stored), (copies) =>
          session.transaction((tx) => expose({ tx, portal, person, now }, kind, id, copies)),
        )
        return { [keyOf(kind)]: made }
      }),
  })

  const fields = method({
    name: `${prefix}.fields`,
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: (_none, call) =>
      inStyle(style, 'read', async () => {
        await call.portal.access.require(call, await owners(call), 'read')
        return describeFields(setting, legacyWire)
      }),
  })
  return [
    add,
    ...common.map((each) => (each.name === `${prefix}.list` ? withoutParams(each) : asksForId(each))),
  ].concat(asksForId(exposeMethod), fields)
}

/** The deal that a template is made of; one that isn't there is as if none were named. */
async function requireSource(call: Call, { word }: Recurring, entity: Entity, id: number): Promise<void> {
  try {
    await records.requireRecord(call, call.session, entity, id, 'update')
  } catch (cause) {
    if (cause instanceof Failure && cause.reason.why === 'not-found') throw legacyError(`${word} id is empty.`)
    throw cause
  }
}

async function requireFree(tx: Transaction, { setting, template, word }: Recurring, id: number): Promise<void> {
  const taken = await tx.find(
    sql`select id from ${sql.table(setting.table)} where ${sql.ref(setting.columnOf(template))} = ${id}`,
  )
  if (taken.length > 0) throw legacyError(`${word} already has recurring settings.`)
}

/** Settings whose templates the caller may read. */
async function shownTo(call: Call, { setting, template }: Recurring, entity: Entity): Promise<Test | undefined> {
  const { test } = await call.portal.access.require(call, entity, 'read')
  if (test === undefined) return undefined
  const key = sql.ref(setting.columnOf(template))
  return {
    is: 'among',
    shape: `${setting.table} of`,
    values: [],
    of: [{ entity, test }],
    ids: (_none, [readable]) =>
      sql`select s.id from ${sql.table(setting.table)} as s join ${sql.table(entity.table)} as t on t.id = s.${key} where ${readable}`,
  }
}

/** These pages name the parameter as it is written, unlike others. */
const asksForId = (of: Method): Method => ({
  ...of,
  run(call) {
    if (idOf(argument(call.raw, 'id')) === undefined) throw legacyError('id is not defined or invalid.')
    return of.run(call)
  },
})

/** "The PARAMS field in the filter is ignored" (crm-deal-recurring-list.md), with any operator before it. */
const withoutParams = (of: Method): Method => ({
  ...of,
  run(call) {
    const filter = argument(call.raw, 'filter')
    if (!isMap(filter)) return of.run(call)
    const kept = Object.fromEntries(Object.entries(filter).filter(([key]) => !/^[^a-z]*params$/i.test(key)))
    const others = Object.entries(call.raw).filter(([key]) => key.toLowerCase() !== 'filter')
    return of.run({ ...call, raw: { ...Object.fromEntries(others), filter: kept } })
  },
})
