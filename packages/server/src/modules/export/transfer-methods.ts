import { hash } from 'node:crypto'
import { apiError, ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, isMap, mapOf, method, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import type { Entity } from '../../schema/entity.ts'
import { allowedFilter } from './allowed-filter.ts'

const scope = 'crm'
const MAX_NAME = 100
const MAX_KEYS = 50

/** Records of an entity, whose roles speak of them, or rows of a directory, which everyone reads that sees it. */
interface Subject {
  readonly name: string
  readonly entity: Entity | undefined
}

/** What is taken or brought: by its number, by its name (`lead`), or by the beginning of its methods (`crm.lead`). */
async function subject(call: Call, entityTypeId: number | undefined, name: string | undefined): Promise<Subject> {
  const { portal, session, methods } = call
  if (entityTypeId !== undefined) {
    const entity = await portal.entities.any(session, entityTypeId)
    if (entity === undefined) throw apiError('unknownType')
    return { name: entity.name, entity }
  }
  if (name === undefined || name.length > MAX_NAME)
    throw new ApiError('INVALID_ARG_VALUE', 400, 'Either entityTypeId or entity is needed')
  const wanted = name.toLowerCase()
  const named = (await portal.entities.everything(session)).find((each) => each.name.toLowerCase() === wanted)
  if (named !== undefined) return { name: named.name, entity: named }
  const list = methods.find(`${wanted}.list`) ?? methods.find(`${wanted}.get`)
  if (list === undefined) throw apiError('unknownType')
  const id = list.records?.entityTypeId
  const entity = id === undefined ? undefined : await portal.entities.any(session, id)
  return { name: entity?.name ?? wanted, entity }
}

/** Names of fields only: what is looked for may be somebody's phone number, which has no place in a log. */
const keysOf = (filter: unknown): string[] =>
  (isMap(filter) || Array.isArray(filter) ? Object.keys(mapOf(filter)) : [])
    .slice(0, MAX_KEYS)
    .map((key) => key.slice(0, MAX_NAME))

const params = { entityTypeId: take.integer(), entity: take.text, count: take.integer() }

/** Begins with the right of a role, ends with a line of the audit log; the records themselves go the usual ways. */
async function begin(
  call: Call,
  action: 'export' | 'import',
  { name, entity }: Subject,
  description: Readonly<Record<string, unknown>>,
): Promise<void> {
  // Roles speak of items; whoever may read or write the rest may do so in bulk.
  const asked = entity?.rights === 'roles' ? action : action === 'export' ? 'read' : 'add'
  if (entity !== undefined) await call.portal.access.require(call, entity, asked)
  await call.session.transaction((tx) =>
    audit(call, tx, { type: action.toUpperCase(), module: 'crm', item: name, description }),
  )
}

export default [
  /** Asked before an export: refused without the right, and else told in the audit log. */
  method({
    name: 'portico.export.begin',
    scope,
    params: { ...params, filter: take.any },
    run: ({ entityTypeId, entity: name, filter, count }, call) =>
      inStyle(itemStyle, 'read', async () => {
        const about = await subject(call, entityTypeId, name)
        const only = about.entity === undefined ? undefined : await allowedFilter(call, about.entity)
        await begin(call, 'export', about, { filter: keysOf(filter), count: count ?? null })
        return { entity: about.name, entityTypeId: about.entity?.entityTypeId ?? null, only: only ?? null }
      }),
  }),
  /**
   * Asked before an import: refused without the right, and else told in the audit log. `holder` names whose
   * Idempotency-Keys those of this caller are, so that an import that is gone on with knows whether they still hold.
   */
  method({
    name: 'portico.import.begin',
    scope,
    params,
    run: ({ entityTypeId, entity: name, count }, call) =>
      inStyle(itemStyle, 'write', async () => {
        const about = await subject(call, entityTypeId, name)
        await begin(call, 'import', about, { count: count ?? null })
        const holder = hash('sha256', `holder:${call.credential.id}:${call.person.id}`).slice(0, 32)
        return { entity: about.name, entityTypeId: about.entity?.entityTypeId ?? null, holder }
      }),
  }),
]
