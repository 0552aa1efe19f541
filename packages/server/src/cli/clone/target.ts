import type { Portal } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import type { Person } from '../../records/people.ts'
import type { Clone } from './step.ts'

const some = async (reader: Reader, table: string): Promise<boolean> =>
  (await reader.find(sql`select 1 as one from ${sql.table(table)} limit 1`)).length > 0

/** Whether nobody has worked here yet: no item of the CRM, no smart process, nobody but the administrator. */
export async function isEmpty(portal: Portal, reader: Reader): Promise<boolean> {
  const [others] = await reader.find(sql`select 1 as one from portal_user where id <> 1 limit 1`)
  if (others !== undefined || (await portal.entities.types(reader)).length > 0) return false
  for (const { table } of await portal.entities.all(reader)) if (await some(reader, table)) return false
  return true
}

/** In whose name settings are written: the first person of this portal. */
export async function administratorOf({ target }: Pick<Clone, 'target'>, reader: Reader): Promise<Person> {
  const person = await target.portal.people.find(reader, 1)
  if (person === undefined) throw new Error('this portal has no first person')
  return person
}
