import { sql } from '../../src/store/sql.ts'
import type { TestPortal } from './portal.ts'

export interface Announced {
  readonly event: string
  readonly fields: Record<string, unknown>
}

/** What the portal has announced since the last call, oldest first. */
export function announcements(portal: TestPortal): () => Promise<Announced[]> {
  let seen = 0
  return async () => {
    const rows = await portal.portal.store
      .session()
      .find<{ id: number; event: string; payload: string }>(
        sql`select id, event, payload from outbox where id > ${seen} order by id`,
      )
    seen = Math.max(seen, ...rows.map((row) => row.id))
    return rows.map(({ event, payload }) => ({ event, fields: JSON.parse(payload).FIELDS as Record<string, unknown> }))
  }
}
