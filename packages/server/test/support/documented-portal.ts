import { documentedRecords } from '../../src/modules/demo/documented.ts'
import { DemoTools } from '../../src/modules/demo/tools.ts'
import { sql } from '../../src/store/sql.ts'
import { rolePermission } from '../../src/store/tables.ts'
import { testPortal, type TestPortal } from './portal.ts'

export interface DocumentedPortal extends TestPortal {
  /** Takes every right from everyone but administrators. */
  withoutRights(): Promise<void>
}

/**
 * A portal that holds what the documentation's requests refer to: the part of the demo data that `npm start` offers for
 * pasting the documented cURL lines. Its clock stands at `at` if given. The documentation's own portal answered in
 * +02:00 all year round.
 */
export async function documentedPortal(options: { at?: string } = {}): Promise<DocumentedPortal> {
  const at = options.at === undefined ? undefined : Date.parse(options.at) / 1000
  const portal = await testPortal({ timezone: 'Europe/Kaliningrad', ...(at === undefined ? {} : { at }) })
  await portal.pipeline.inside(1, (dispatch, session) =>
    documentedRecords(new DemoTools(portal.portal, session, dispatch)),
  )
  return {
    ...portal,
    async withoutRights() {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`delete from ${sql.table(rolePermission.name)}`),
      )
      await session.settled()
    },
  }
}
