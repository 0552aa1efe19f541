import { PortalError } from 'portico-client'
import type { Calling } from '../client-command.ts'
import { type FieldInfo, isRow } from './engine/field.ts'
import type { Subject } from './subject.ts'

type Row = Record<string, unknown>

/** Links that the older lists do not show, and what `crm.item.list` calls them. */
const LINKS: Readonly<Record<string, string>> = { CONTACT_IDS: 'contactIds', COMPANY_IDS: 'companyIds' }

/** A page of rows with all the contacts and companies that each is linked to, where its list shows one only. */
export async function linkedRows(
  { client, signal }: Calling,
  { entityTypeId, dialect, id }: Subject,
  fields: readonly FieldInfo[],
  rows: readonly Row[],
): Promise<Row[]> {
  const first = rows[0]
  const absent = fields.filter(
    ({ key, multiple }) => multiple && key in LINKS && first !== undefined && !(key in first),
  )
  if (dialect !== 'legacy' || entityTypeId === undefined || absent.length === 0) return [...rows]
  const found = new Map<string, Row>()
  const ids = rows.map((row) => row[id])
  try {
    const items = client.list(
      'crm.item.list',
      { entityTypeId, select: ['id', ...absent.map(({ key }) => LINKS[key] ?? '')], filter: { '@id': ids } },
      { signal, limit: ids.length },
    )
    for await (const item of items) if (isRow(item)) found.set(String(item.id), item)
  } catch (cause) {
    // Portals without the universal methods, or a credential that they refuse: the rows are what they are.
    if (!(cause instanceof PortalError)) throw cause
    return [...rows]
  }
  return rows.map((row) => {
    const item = found.get(String(row[id]))
    if (item === undefined) return row
    return { ...row, ...Object.fromEntries(absent.map(({ key }) => [key, item[LINKS[key] ?? ''] ?? []])) }
  })
}
