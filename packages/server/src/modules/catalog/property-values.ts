import { isMap } from '../../methods/method.ts'
import { type Draft, emptyDraft } from '../../records/change.ts'
import { createWithin, removeWithin, updateWithin, type Within } from '../../records/records.ts'
import { Failure } from '../../records/failure.ts'
import { InvalidValue, isBlank, integerOf, textOf, yesNo } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { propertyEnum } from './property-enum.ts'

/** A value of a list as `crm.product.property.*` shows it (api-reference/crm/outdated/products/crm-product-property-add.md). */
export interface ListValue {
  readonly ID: string
  readonly VALUE: string
  readonly XML_ID: string
  readonly SORT: string
  readonly DEF: string
}

/** The values of every list, by property. */
export async function valuesOf(reader: Reader): Promise<ReadonlyMap<number, readonly ListValue[]>> {
  const rows = await reader.find<{
    id: number
    property_id: number
    value: string
    xml_id: string | null
    sort: number
    def: string
  }>(sql`select id, property_id, value, xml_id, sort, def from crm_product_property_enum order by sort, id`)
  const lists = new Map<number, ListValue[]>()
  for (const row of rows) {
    const shown = {
      ID: String(row.id),
      VALUE: row.value,
      XML_ID: row.xml_id ?? '',
      SORT: String(row.sort),
      DEF: row.def,
    }
    lists.set(row.property_id, [...(lists.get(row.property_id) ?? []), shown])
  }
  return lists
}

function draftOf(input: Readonly<Record<string, unknown>>): Draft {
  const draft = emptyDraft()
  draft.values.set('value', textOf(input.VALUE))
  if (!isBlank(input.XML_ID)) draft.values.set('xmlId', textOf(input.XML_ID))
  if (!isBlank(input.SORT)) draft.values.set('sort', integerOf(input.SORT))
  if (!isBlank(input.DEF)) draft.values.set('def', yesNo(input.DEF) === true ? 'Y' : 'N')
  return draft
}

/**
 * Makes the values of a list be these: those of a known id are changed, others are new (their ids may be any text, such
 * as `n0`), and those that are not named or have no text are removed.
 */
export async function writeValues(within: Within, propertyId: number, given: unknown): Promise<void> {
  const known = new Set((await valuesOf(within.tx)).get(propertyId)?.map(({ ID }) => ID))
  const inputs = Object.entries(typeof given === 'object' && given !== null ? given : {}).map(([key, value]) => {
    const map: Readonly<Record<string, unknown>> = isMap(value) ? value : { VALUE: value }
    return { id: textOrEmpty(map.ID) || key, map }
  })
  const filled = inputs.filter(({ map }) => !isBlank(map.VALUE))
  const stay = new Set(filled.map(({ id }) => id))
  for (const id of known) if (!stay.has(id)) await removeWithin(within, propertyEnum, Number(id))
  try {
    for (const { id, map } of filled) {
      const draft = draftOf(map)
      if (known.has(id)) await updateWithin(within, propertyEnum, Number(id), draft)
      else {
        draft.values.set('propertyId', propertyId)
        await createWithin(within, propertyEnum, draft)
      }
    }
  } catch (cause) {
    if (cause instanceof InvalidValue)
      throw new Failure({ why: 'rule', text: `Invalid value of a list: ${cause.reason}.` })
    throw cause
  }
}

const textOrEmpty = (input: unknown): string =>
  typeof input === 'string' || typeof input === 'number' ? String(input) : ''
