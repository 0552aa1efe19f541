import { portal } from '../api/portal.ts'
import { type FieldInfo, keysOf, keysOfRow, type Known, pointsOfRow, type ReadRow, type Rule } from './engine.ts'

/** What is done with a row whose record is there already. */
export type Policy = 'add' | 'skip' | 'update'
/** How that is known: by phones and e-mails, or by the id that a column gives. */
export type MatchBy = 'points' | 'id'

/** Types whose phones and e-mails can be looked for (crm.duplicate.findbycomm). */
const COMMUNICATING: Readonly<Record<number, string>> = { 1: 'LEAD', 3: 'CONTACT', 4: 'COMPANY' }
export const hasPoints = (entityTypeId: number): boolean => entityTypeId in COMMUNICATING

const VALUES_AT_ONCE = 20
type Item = Readonly<Record<string, unknown>>

const point = (key: 'PHONE' | 'EMAIL'): FieldInfo => ({
  key,
  type: 'crm_multifield',
  titles: [],
  required: false,
  readOnly: false,
  multiple: true,
  settings: {},
  within: 'fm',
})
const pointRules: readonly Rule[] = [[point('PHONE')], [point('EMAIL')]]

export const keysIn = (row: ReadRow): string[] =>
  pointRules.flatMap((rule, index) => keysOf(row, rule).map((key) => `${index} ${key}`))
const keysInItem = (item: Item): string[] =>
  pointRules.flatMap((rule, index) => keysOfRow(item, rule).map((key) => `${index} ${key}`))

const chunks = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_each, index) =>
    values.slice(index * size, (index + 1) * size),
  )

const known = (item: Item): Known => ({
  fields: item,
  points: ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'].flatMap((key) => pointsOfRow(item, { ...point('PHONE'), key })),
})

async function itemsOf(entityTypeId: number, ids: readonly number[], signal: AbortSignal): Promise<Item[]> {
  const pages = chunks([...ids], 50).map((some) => ({
    method: 'crm.item.list' as const,
    params: { entityTypeId, select: ['*'], filter: { '@id': some }, order: { id: 'ASC' }, start: -1 },
  }))
  if (pages.length === 0) return []
  const { results } = await portal.batch(pages as never, { signal })
  return Object.values(results as Record<string, { items: Item[] }>).flatMap(({ items }) => items)
}

/** A record that a row may be. */
export interface There {
  readonly id: number
  readonly known: Known
}

/** The records that rows have phones or e-mails in common with: each row's, the oldest where there are several. */
export async function sameByPoints(
  entityTypeId: number,
  rows: readonly ReadRow[],
  signal: AbortSignal,
): Promise<Map<ReadRow, There>> {
  const found = new Map<ReadRow, There>()
  const type = COMMUNICATING[entityTypeId]
  if (type === undefined) return found
  const commands = (['PHONE', 'EMAIL'] as const).flatMap((kind) => {
    const values = rows.flatMap(({ points }) => points.filter((each) => each.type === kind).map(({ value }) => value))
    return chunks([...new Set(values)], VALUES_AT_ONCE).map((some) => ({
      method: 'crm.duplicate.findbycomm',
      params: { type: kind, values: some, entity_type: type },
    }))
  })
  if (commands.length === 0) return found
  const { results } = await portal.batch(commands as never, { signal })
  const ids = new Set(
    Object.values(results as Record<string, Record<string, number[]> | []>).flatMap((each) =>
      Array.isArray(each) ? [] : (each[type] ?? []),
    ),
  )
  const items = await itemsOf(entityTypeId, [...ids].map(Number), signal)
  const byKey = new Map<string, Item>()
  for (const item of items.toSorted((a, b) => Number(a.id) - Number(b.id)))
    for (const key of keysInItem(item)) if (!byKey.has(key)) byKey.set(key, item)
  for (const row of rows) {
    const item = keysIn(row)
      .map((key) => byKey.get(key))
      .find((each) => each !== undefined)
    if (item !== undefined) found.set(row, { id: Number(item.id), known: known(item) })
  }
  return found
}

/** The records whose ids rows give. */
export async function sameById(
  entityTypeId: number,
  rows: readonly ReadRow[],
  signal: AbortSignal,
): Promise<Map<ReadRow, There>> {
  const idOf = ({ finding }: ReadRow): number => Number(finding.id ?? 0)
  const ids = [...new Set(rows.map(idOf).filter((id) => id > 0))]
  const items = new Map((await itemsOf(entityTypeId, ids, signal)).map((item) => [Number(item.id), item]))
  return new Map(
    rows.flatMap((row) => {
      const item = items.get(idOf(row))
      return item === undefined ? [] : [[row, { id: Number(item.id), known: known(item) }] as const]
    }),
  )
}
