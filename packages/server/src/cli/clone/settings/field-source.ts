import { camelFromUpper } from '../../../schema/user-field-names.ts'
import { Refused, type Row, type Source } from '../source.ts'
import { isRow, textOf } from '../values.ts'

/** Entities whose fields have a family of methods of their own, beside `userfieldconfig.*`. */
const FAMILIES: Readonly<Record<string, string>> = {
  CRM_LEAD: 'crm.lead.userfield',
  CRM_DEAL: 'crm.deal.userfield',
  CRM_CONTACT: 'crm.contact.userfield',
  CRM_COMPANY: 'crm.company.userfield',
  CRM_QUOTE: 'crm.quote.userfield',
  CRM_REQUISITE: 'crm.requisite.userfield',
  USER: 'user.userfield',
}
/** Those that `userfieldconfig.*` doesn't tell. */
const OWN_FAMILY_ONLY: ReadonlySet<string> = new Set(['USER', 'CRM_REQUISITE'])

/**
 * User fields of an entity with labels in all languages, options and settings, by their camelCase names. A source whose
 * webhook lacks the scope `userfieldconfig` tells them through the family of the entity, if it has one.
 */
export async function fieldsIn(source: Source, entityId: string): Promise<Row[]> {
  const family = FAMILIES[entityId]
  if (OWN_FAMILY_ONLY.has(entityId) && family !== undefined) return ofFamily(source, family)
  try {
    return await ofConfig(source, entityId)
  } catch (cause) {
    if (!(cause instanceof Refused) || family === undefined) throw cause
    return ofFamily(source, family)
  }
}

/** How many user fields the CRM has. */
export async function countFields(source: Source): Promise<number | undefined> {
  try {
    return await source.total('userfieldconfig.list', { moduleId: 'crm', select: { 0: 'id' } })
  } catch (cause) {
    if (cause instanceof Refused) return undefined
    throw cause
  }
}

async function ofConfig(source: Source, entityId: string): Promise<Row[]> {
  const listed = await source.rows(
    'userfieldconfig.list',
    { moduleId: 'crm', select: { 0: 'id' }, filter: { entityId }, order: { id: 'ASC' } },
    'fields',
  )
  return whole(
    source,
    listed.map(({ id }) => textOf(id)),
    'userfieldconfig.get',
    { moduleId: 'crm' },
    (answer) => (isRow(answer.field) ? answer.field : undefined),
  )
}

async function ofFamily(source: Source, family: string): Promise<Row[]> {
  const listed = await source.rows(`${family}.list`, { order: { ID: 'ASC' } })
  if (family === 'user.userfield') return listed.map(camel)
  return whole(
    source,
    listed.map((row) => textOf(row.ID)),
    `${family}.get`,
    {},
    camel,
  )
}

async function whole(
  source: Source,
  ids: readonly string[],
  method: string,
  params: Row,
  read: (answer: Row) => Row | undefined,
): Promise<Row[]> {
  const found = await source.batch(
    Object.fromEntries(ids.map((id) => [id, { method, params: { ...params, id } }] as const)),
  )
  return ids.flatMap((id) => {
    const answer = found.get(id)
    const row = isRow(answer) && !(answer instanceof Refused) ? read(answer) : undefined
    return row === undefined ? [] : [row]
  })
}

/** UPPER_CASE rows under the names of `userfieldconfig.*`. */
function camel(row: Row): Row {
  const named = Object.fromEntries(Object.entries(row).map(([key, value]) => [camelFromUpper(key), value]))
  const list = Array.isArray(row.LIST) ? (row.LIST as unknown[]).filter(isRow) : []
  return { ...named, enum: list.map(camel) }
}
