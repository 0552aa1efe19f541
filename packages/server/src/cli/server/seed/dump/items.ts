import { mayHaveRows } from '../../../../modules/crm/product-rows/owner.ts'
import { stageDirectory } from '../../../../modules/crm/stages.ts'
import type { Entity, Field } from '../../../../schema/entity.ts'
import { codeOfEntityType, isDynamic } from '../../../../schema/entity-types.ts'
import { holdsOn, itemWire } from '../../../../schema/wire.ts'
import { sql } from '../../../../store/sql.ts'
import type { Dumping } from './dumping.ts'
import { valueIn } from './item-value.ts'
import { isNothing, type Row, same } from './look.ts'
import { rowsOfItem } from './product-rows.ts'

/** What other fields or the portal itself say. */
const DERIVED = new Set([
  'id',
  'entityTypeId',
  'closed',
  'taxValue',
  'webformId',
  'lastActivityBy',
  'lastActivityTime',
  'isRecurring',
  // The catalogue of locations and the storage of quotes are not here.
  'storageTypeId',
  'storageElementIds',
])

const TITLES = ['title', 'name', 'lastName']

/** The fields of an item that a dump tells, in their order. */
export function toldFields(entity: Entity): Field[] {
  const primary = new Set(entity.fields.flatMap(({ place }) => (place.in === 'links' ? (place.primary ?? []) : [])))
  const told = entity.fields.filter(
    (field) =>
      !DERIVED.has(field.name) &&
      !primary.has(field.name) &&
      itemWire.key(field) !== undefined &&
      !holdsOn(itemWire, field.readOnly) &&
      field.disabled !== true &&
      (field.place.in === 'column' ||
        field.place.in === 'values' ||
        (field.place.in === 'multifield' && field.name === 'fm') ||
        (field.place.in === 'links' && field.place.reverse !== true)),
  )
  // What people know a record by comes first.
  const isTitle = ({ name }: Field): boolean => TITLES.includes(name)
  return [...told.filter(isTitle), ...told.filter((field) => !isTitle(field))]
}

/** The CRM's entities, those that others point at first, as far as they do not point at each other. */
export function inOrder(entities: readonly Entity[]): Entity[] {
  const rank = (entity: Entity): number => {
    const at = [4, 3, 1, 2, 7, 31].indexOf(entity.entityTypeId)
    return at < 0 ? entity.entityTypeId : at
  }
  const waiting = [...entities].sort((a, b) => rank(a) - rank(b))
  const ordered: Entity[] = []
  while (waiting.length > 0) {
    const isFree = (entity: Entity): boolean =>
      !toldFields(entity).some(
        ({ kind }) => kind.target !== undefined && kind.target !== entity.entityTypeId && isWaiting(kind.target),
      )
    const isWaiting = (type: number): boolean => waiting.some(({ entityTypeId }) => entityTypeId === type)
    const [next] = waiting.splice(Math.max(waiting.findIndex(isFree), 0), 1)
    if (next !== undefined) ordered.push(next)
  }
  return ordered
}

const kindOf = (dumping: Dumping, { entityTypeId }: Entity): string => `records ${dumping.entityName(entityTypeId)}`

const pagesOf = (
  dumping: Dumping,
  { entityTypeId }: Entity,
  select: readonly string[],
): AsyncGenerator<readonly Row[]> => dumping.look.pages('crm.item.list', { entityTypeId, select }, 'id', 'items')

/** Gives all items of an entity their names. */
export async function nameItems(dumping: Dumping, entity: Entity): Promise<void> {
  const titles = TITLES.filter((name) => entity.byName.has(name))
  const kind = kindOf(dumping, entity)
  const otherwise = dumping.entityName(entity.entityTypeId)
  for await (const page of pagesOf(dumping, entity, ['id', ...titles]))
    for (const row of page) {
      const own = isNothing(row.title) ? [row.name, row.lastName] : [row.title]
      dumping.names.give(kind, Number(row.id), own.filter((each) => !isNothing(each)).join(' '), otherwise)
    }
}

/** Says of all items of an entity what is not as in a new one. */
export async function dumpItems(dumping: Dumping, entity: Entity): Promise<void> {
  const fields = toldFields(entity)
  const kind = kindOf(dumping, entity)
  const withRows = mayHaveRows(entity) ? await ownersOfRows(dumping, entity) : new Set<number>()
  const preset = dumping.fresh.records.get(isDynamic(entity.entityTypeId) ? 0 : entity.entityTypeId) ?? {}
  for await (const page of pagesOf(dumping, entity, ['*', 'fm', 'observers', 'contactIds', 'companyIds']))
    for (const row of page) {
      const named = dumping.names.find(kind, Number(row.id))
      if (named === undefined) continue
      const told: Told = { fields: {}, later: {} }
      const rows = withRows.has(Number(row.id)) ? await rowsOfItem(dumping, entity, Number(row.id)) : undefined
      for (const field of fields) await tell(dumping, { entity, field, row, preset, place: named.place, rows }, told)
      if (rows !== undefined) told.fields.productRows = rows
      const { name } = named
      dumping.add({ section: 'records', entity: dumping.entityName(entity.entityTypeId), name, ...told })
    }
}

interface Told {
  readonly fields: Record<string, unknown>
  readonly later: Record<string, unknown>
}

interface Telling {
  readonly entity: Entity
  readonly field: Field
  readonly row: Row
  /** A new record. */
  readonly preset: Row
  readonly place: number
  readonly rows: readonly Row[] | undefined
}

async function tell(dumping: Dumping, { entity, field, row, preset, place, rows }: Telling, told: Told): Promise<void> {
  const wireKey = itemWire.key(field) ?? field.name
  const value = row[wireKey]
  // The amount follows from the rows, unless somebody has said it.
  if (field.name === 'opportunity' && rows !== undefined && row.isManualOpportunity !== 'Y') return
  if (isAsNew(dumping, field, value, preset[wireKey], row)) return
  const key = keyOf(dumping, field, wireKey)
  if (isZero(value) && (isNothing(value) || field.kind.name === 'link')) {
    // What a new record gets by itself can only be taken away afterwards.
    const isGiven = field.name === 'mycompanyId' || !isNothing(preset[wireKey])
    const into = field.userFieldId === undefined && isGiven ? told.later : told.fields
    into[key] = field.multiple === true ? [] : value === '' ? '' : null
    return
  }
  const { written, latest } = await valueIn(dumping, entity, field, value, Number(row.id))
  if (written === undefined) return
  const into = latest >= place ? told.later : told.fields
  into[key] = written
}

/** Links that are not set are shown as 0 here and there. */
const isZero = (value: unknown): boolean => isNothing(value) || value === 0

/** `ufCrmSize`; of smart processes, whose numbers are in the names of their fields, by the name of the field. */
function keyOf({ names, state }: Dumping, field: Field, key: string): string {
  const parent = /^parentId(\d+)$/.exec(key)?.[1]
  if (parent !== undefined && isDynamic(Number(parent))) {
    const type = state.types.find((each) => Number(each.entityTypeId) === Number(parent))
    const named = type === undefined ? undefined : names.find('types', Number(type.id))
    return named === undefined ? key : `parentId@{${named.name}}`
  }
  const named = field.userFieldId === undefined ? undefined : names.find('fields', field.userFieldId)
  return named !== undefined && /^ufCrm_?\d+_?/.test(key) ? `@{${named.name}}` : key
}

/** Whether a new record would have the same. */
function isAsNew(dumping: Dumping, field: Field, value: unknown, preset: unknown, row: Row): boolean {
  const { name, kind } = field
  if (field.userFieldId !== undefined) {
    const initial = field.initial?.(0).some((each) => !isNothing(each)) === true
    return isNothing(value) && value !== '' && !initial
  }
  // A new record is from the first of the portal's own companies.
  if (name === 'mycompanyId') return !dumping.hasOwnCompany && isZero(value)
  if (kind.name === 'link') return isZero(value)
  if (name === 'categoryId') return dumping.isDefault(value)
  if (kind.name === 'status' && field.statusType !== undefined && dumping.changed.has(field.statusType)) return false
  if (name === 'currencyId') return value === dumping.state.baseCurrency || (isNothing(value) && isNothing(preset))
  if (kind.name === 'date' && !isNothing(preset)) return false
  if (name === 'stageId') return isFirstStage(dumping, String(value), String(preset), row)
  if (isNothing(value) && isNothing(preset)) return value !== '' || preset === ''
  return same(value, preset)
}

/** The stage of a new record, where the directory is as that of every new pipeline. */
function isFirstStage(dumping: Dumping, stage: string, preset: string, { entityTypeId, categoryId = 0 }: Row): boolean {
  const own = (code: string): string => code.slice(code.indexOf(':') + 1)
  if (own(stage) !== own(preset) || !dumping.isDefault(categoryId)) return false
  const directory = stageDirectory(Number(entityTypeId), Number(categoryId))
  return !dumping.changed.has(directory)
}

/** Items that have product rows: most have none, and need not be asked for them. */
async function ownersOfRows({ look }: Dumping, { entityTypeId }: Entity): Promise<Set<number>> {
  const type = codeOfEntityType(entityTypeId)
  const found = await look.session.find<{ owner_id: number }>(
    sql`select distinct owner_id from crm_product_row where owner_type = ${type}`,
  )
  return new Set(found.map((each) => Number(each.owner_id)))
}
