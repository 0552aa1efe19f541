import { argument, isMap, listOfInput, type Map as Fields } from '../../../methods/method.ts'
import type { Context } from '../../../records/context.ts'
import { isBlank, textOf } from '../../../schema/kind.ts'
import { nameOfEntityType } from '../../../schema/entity-types.ts'
import { scalarOf } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { idNumber } from '../timeline/owners.ts'
import { CALL, EMAIL } from './activity.ts'
import { type Found, keyOf, readableAmong, type RecordRef } from './bindings.ts'
import { communicationTable } from './tables.ts'

const table = sql.table(communicationTable.name)

/** How a client is met: a phone, an address or a name, and whose it is. */
export interface Communication {
  readonly type: string
  readonly value: string
  readonly entity: RecordRef | null
}

/** What a call and a letter go to, where the request doesn't say it (tutorials/crm/how-to-add-crm-objects/how-to-send-email.md). */
const typeOf: Readonly<Record<number, string>> = { [CALL]: 'PHONE', [EMAIL]: 'EMAIL' }
const MAX_VALUE = 255
const MAX_COUNT = 1000

const short = (input: unknown): string => {
  const text = typeof input === 'object' || input === undefined ? '' : textOf(input).trim()
  return text.length > MAX_VALUE ? '' : text
}

/**
 * Reads `COMMUNICATIONS`. Those that say nothing are left out, as are those of a letter that are no e-mail addresses
 * by their type.
 */
export function readCommunications(input: unknown, activityType: number): Communication[] {
  if (isBlank(input) || typeof input !== 'object') return []
  // One that isn't in a list is a list of one.
  const isOne = isMap(input) && argument(input, 'VALUE') !== undefined
  return (isOne ? [input] : listOfInput(input)).slice(0, MAX_COUNT).flatMap((each): Communication[] => {
    if (!isMap(each)) return []
    const value = short(argument(each, 'VALUE'))
    const preset = typeOf[activityType] ?? ''
    const type = short(argument(each, 'TYPE')) || preset
    if (value === '' || (activityType === EMAIL && type.toUpperCase() !== preset)) return []
    return [{ type, value, entity: entityOf(each) }]
  })
}

function entityOf(fields: Fields): RecordRef | null {
  const entityTypeId = idNumber(argument(fields, 'ENTITY_TYPE_ID'))
  const recordId = idNumber(argument(fields, 'ENTITY_ID'))
  return entityTypeId === undefined || recordId === undefined ? null : { entityTypeId, recordId }
}

/** The owner's, where the request names nobody; nobody's, where it names what the caller can't see. */
export async function owned(
  context: Context,
  given: readonly Communication[],
  owner: RecordRef,
): Promise<Communication[]> {
  const readable = await readableAmong(
    context,
    given.flatMap(({ entity }) => entity ?? []),
  )
  return given.map((each) => ({
    ...each,
    entity: each.entity === null ? owner : readable.has(keyOf(each.entity)) ? each.entity : null,
  }))
}

interface Row {
  readonly id: number
  readonly activity_id: number
  readonly type: string
  readonly value: string
  readonly entity_type_id: number
  readonly entity_id: number
}

/** Replaces the communications of an activity. */
export async function writeCommunications(
  tx: Transaction,
  activityId: number,
  list: readonly Communication[],
): Promise<void> {
  await tx.change(sql`delete from ${table} where activity_id = ${activityId}`)
  for (const { type, value, entity } of list)
    tx.insert(communicationTable, {
      id: await tx.nextId(communicationTable),
      activity_id: activityId,
      type,
      value,
      entity_type_id: entity?.entityTypeId ?? 0,
      entity_id: entity?.recordId ?? 0,
    })
}

/** The communications of activities, as stored, in their order. */
async function rowsOf(reader: Reader, ids: readonly number[]): Promise<Row[]> {
  return ids.length === 0
    ? []
    : reader.find<Row>(
        sql`select id, activity_id, type, value, entity_type_id, entity_id from ${table} where activity_id in (${sql.join(ids)}) order by id`,
      )
}

/** To whom an activity goes: the values of its communications. */
export const addressesOf = async (reader: Reader, id: number): Promise<string[]> =>
  (await rowsOf(reader, [id])).map(({ value }) => value)

const refOf = (row: Row): RecordRef => ({ entityTypeId: row.entity_type_id, recordId: row.entity_id })

const personal = ['honorific', 'name', 'secondName', 'lastName', 'companyId']

/** The rows of `COMMUNICATIONS` (crm-activity-list.md, "Retrieving COMMUNICATIONS"), by the activity's number. */
export async function communicationRows(
  context: Context,
  ids: readonly number[],
): Promise<Map<number, Record<string, unknown>[]>> {
  const rows = await rowsOf(context.session, ids)
  const found = await readableAmong(context, rows.map(refOf), [...personal, 'title', 'companyTitle'])
  const companies = await readableAmong(context, [...found.values()].flatMap(companyOf), ['title'])
  const shown = new Map<number, Record<string, unknown>[]>(ids.map((id) => [id, []]))
  for (const row of rows)
    shown.get(row.activity_id)?.push({
      ID: String(row.id),
      TYPE: row.type,
      VALUE: row.value,
      ENTITY_ID: String(row.entity_id),
      ENTITY_TYPE_ID: String(row.entity_type_id),
      ENTITY_SETTINGS: settingsOf(found.get(keyOf(refOf(row))), companies),
    })
  return shown
}

const COMPANY = 4

function companyOf({ entity, stored }: Found): RecordRef[] {
  const field = entity.byName.get('companyId')
  const recordId = field === undefined ? 0 : Number(scalarOf(stored, field) ?? 0)
  return recordId === 0 ? [] : [{ entityTypeId: COMPANY, recordId }]
}

/** What the client is called: of a person the parts of the name, and the company. */
function settingsOf(found: Found | undefined, companies: ReadonlyMap<string, Found>): Record<string, string> | [] {
  if (found === undefined) return []
  const { entity, stored } = found
  const value = (of: Found, name: string): string => {
    const field = of.entity.byName.get(name)
    return field?.place.in === 'column' ? String(scalarOf(of.stored, field) ?? '') : ''
  }
  const type = nameOfEntityType(entity.entityTypeId)
  if (type === 'COMPANY') return { COMPANY_TITLE: value(found, 'title'), COMPANY_ID: value(found, 'id') }
  if (type !== 'CONTACT' && type !== 'LEAD') return []
  const [ref] = companyOf({ entity, stored })
  const company = ref === undefined ? undefined : companies.get(keyOf(ref))
  return {
    HONORIFIC: value(found, 'honorific'),
    NAME: value(found, 'name'),
    SECOND_NAME: value(found, 'secondName'),
    LAST_NAME: value(found, 'lastName'),
    COMPANY_TITLE: company === undefined ? value(found, 'companyTitle') : value(company, 'title'),
    COMPANY_ID: String(ref?.recordId ?? 0),
  }
}
