import type { Reader } from '../../../store/store.ts'
import { sql } from '../../../store/sql.ts'
import type { Table } from '../../../store/table.ts'

/** A place of its own for smart processes, apart from the CRM. */
export interface Workplace {
  readonly id: number
  readonly title: string
}

/** Which smart processes are in it, they know themselves: `crm_type.custom_section_id`. */
export const workplaceTable: Table = {
  name: 'crm_automated_solution',
  columns: { id: 'integer', title: 'text', created_by: 'integer', created: 'integer' },
}

export const workplaces = (reader: Reader): Promise<Workplace[]> =>
  reader.find<Workplace>(sql`select id, title from crm_automated_solution order by id`)

export async function findWorkplace(reader: Reader, id: number): Promise<Workplace | undefined> {
  const [found] = await reader.find<Workplace>(sql`select id, title from crm_automated_solution where id = ${id}`)
  return found
}
