import type { Sessions } from '../../auth/sessions.ts'
import type { Visitor } from '../../records/audit.ts'
import type { Portal } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Session } from '../../store/store.ts'

/** What the use cases of signing in need: the portal, where sessions are kept, and where the visitor comes from. */
export interface Desk {
  readonly portal: Portal
  readonly sessions: Sessions
  readonly session: Session
  readonly visitor: Visitor | undefined
}

/** What signing in needs to know of a person. The password is its hash. */
export interface Account {
  readonly id: number
  readonly active: string
  readonly email: string | null
  readonly login: string | null
  readonly name: string | null
  readonly last_name: string | null
  readonly password: string | null
}

const columns = sql`id, active, email, login, name, last_name, password`

export async function accountById(reader: Reader, id: number): Promise<Account | undefined> {
  const [row] = await reader.find<Account>(sql`select ${columns} from portal_user where id = ${id}`)
  return row
}

/** The account that a typed e-mail address or login stands for; an address counts before another's login. */
export async function accountByName(reader: Reader, typed: string): Promise<Account | undefined> {
  const name = typed.trim().toLowerCase()
  if (name === '') return undefined
  const rows = await reader.find<Account>(
    sql`select ${columns} from portal_user where lower(email) = ${name} or lower(login) = ${name} order by id`,
  )
  const byAddress = rows.filter(({ email }) => email?.toLowerCase() === name)
  const best = byAddress.length > 0 ? byAddress : rows
  return best.find(({ active }) => active === 'Y') ?? best[0]
}

/** A person's name as pages and letters show it. */
export const fullName = ({ name, last_name, email, login }: Omit<Account, 'id' | 'active' | 'password'>): string =>
  [name, last_name].filter(Boolean).join(' ') || email || login || ''
