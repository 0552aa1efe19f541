import { NewerPortalError, SCHEMA, SCHEMA_SETTING, VERSION_SETTING } from '../store/schema-version.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Session } from '../store/store.ts'
import type { Portal } from './context.ts'

/**
 * Leaves alone what a later version has written.
 * @throws {NewerPortalError}
 */
export async function refuseNewer(reader: Reader, version: string): Promise<void> {
  const rows = await reader.find<{ name: string; value: string }>(
    sql`select name, value from setting where name in (${SCHEMA_SETTING}, ${VERSION_SETTING})`,
  )
  const known = new Map(rows.map(({ name, value }) => [name, value]))
  if (Number(known.get(SCHEMA_SETTING) ?? 0) > SCHEMA)
    throw new NewerPortalError(known.get(VERSION_SETTING) ?? 'of a later version', version)
}

/** Writes what has opened the portal last, where that was another version. */
export async function rememberVersion(portal: Portal, session: Session, version: string): Promise<void> {
  const wanted = [
    [SCHEMA_SETTING, String(SCHEMA)],
    [VERSION_SETTING, version],
  ] as const
  const known = await Promise.all(wanted.map(([name]) => portal.settings.get(session, name)))
  if (wanted.every(([, value], index) => known[index] === value)) return
  await portal.caches.changing(session, ['settings'], async (tx) => {
    for (const [name, value] of wanted)
      await tx.change(
        sql`insert into setting (name, value) values (${name}, ${value}) on conflict (name) do update set value = excluded.value`,
      )
  })
  await session.settled()
}
