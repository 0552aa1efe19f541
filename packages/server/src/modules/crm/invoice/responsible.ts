import type { Call } from '../../../methods/method.ts'
import { sql } from '../../../store/sql.ts'

interface Responsible {
  readonly id: number
  readonly email: string | null
  readonly last_name: string | null
  readonly login: string | null
  readonly name: string | null
  readonly personal_photo: number | null
  readonly second_name: string | null
  readonly work_position: string | null
}

const PREFIX = 'RESPONSIBLE_'

/** Fills in what rows of invoices show of the person who is responsible: the keys that they have, as the person is now. */
export async function showResponsible(rows: readonly Record<string, unknown>[], call: Call): Promise<void> {
  const shown = rows.filter((row) => Object.keys(row).some((key) => key.startsWith(PREFIX)))
  if (shown.length === 0) return
  const people = await call.session.find<Responsible & { invoice_id: number }>(
    sql`select i.id as invoice_id, p.email, p.last_name, p.login, p.name, p.personal_photo, p.second_name, p.work_position from crm_invoice i join portal_user p on p.id = i.assigned_by_id where i.id in (${sql.join(shown.map((row) => Number(row.ID)))})`,
  )
  const byInvoice = new Map(people.map((person) => [person.invoice_id, person]))
  for (const row of shown) {
    const person = byInvoice.get(Number(row.ID))
    if (person === undefined) continue
    const values: Readonly<Record<string, string | null>> = {
      RESPONSIBLE_EMAIL: person.email,
      RESPONSIBLE_LAST_NAME: person.last_name,
      RESPONSIBLE_LOGIN: person.login,
      RESPONSIBLE_NAME: person.name,
      RESPONSIBLE_PERSONAL_PHOTO: person.personal_photo === null ? null : String(person.personal_photo),
      RESPONSIBLE_SECOND_NAME: person.second_name,
      RESPONSIBLE_WORK_POSITION: person.work_position,
    }
    for (const [key, value] of Object.entries(values)) if (key in row) row[key] = value
  }
}
