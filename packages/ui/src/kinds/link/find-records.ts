import { call } from '../../api/portal.ts'
import { recordTitle, rememberTitle } from '../../records/titles.ts'

/** A record that was found. */
export interface Found {
  readonly entityTypeId: number
  readonly id: number
  readonly title: string
  readonly subtitle: string
}

const MOST = 12

/** Records of some types by name, phone, e-mail or number; without a query the newest. */
export async function findRecords(
  entityTypeIds: readonly number[],
  query: string,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const pages = await Promise.all(
    entityTypeIds.map((entityTypeId) =>
      query === '' ? newest(entityTypeId, signal) : search(entityTypeId, query, signal),
    ),
  )
  const found = pages.flat()
  for (const { entityTypeId, id, title } of found) rememberTitle(entityTypeId, id, title)
  return found
}

async function search(entityTypeId: number, query: string, signal: AbortSignal): Promise<readonly Found[]> {
  const { items } = await call<{ items: readonly Found[] }>(
    'portico.search',
    { query, entityTypeId, limit: MOST },
    signal,
  )
  return items.map(({ id, title, subtitle }) => ({ entityTypeId, id, title, subtitle }))
}

async function newest(entityTypeId: number, signal: AbortSignal): Promise<readonly Found[]> {
  const { items } = await call<{ items: readonly { id: number }[] }>(
    'crm.item.list',
    { entityTypeId, select: ['id', 'title', 'name', 'lastName'], order: { id: 'DESC' }, start: -1 },
    signal,
  )
  return items
    .slice(0, MOST)
    .map((row) => ({ entityTypeId, id: row.id, title: recordTitle(entityTypeId, row), subtitle: '' }))
}
